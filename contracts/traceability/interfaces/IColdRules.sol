// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ColdClass, ColdLimits, ColdStage} from "../libraries/ColdTypes.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Rules of the cold chain
/// @notice What policy and product catalogue say; read by {IColdChain}.
interface IColdRules {
    /// @notice What policy demands now in a party's region.
    /// @param party the party
    /// @param class what is kept cold
    /// @param stage where
    /// @return the limits
    /// @custom:error PolicyRegistryParameterNotSet when policy has no range or logging interval.
    function limitsFor(PartyId party, ColdClass class, ColdStage stage) external view returns (ColdLimits memory);

    /// @notice The largest error that a sensor may have.
    /// @param party the party
    /// @param class what is kept cold
    /// @param stage where
    /// @return asked whether policy asks for a calibration
    /// @return allowed the largest error, in 0.01 K
    function sensorErrorFor(
        PartyId party,
        ColdClass class,
        ColdStage stage
    ) external view returns (bool asked, uint256 allowed);

    /// @notice Whether nothing of a class ships without a planned leg.
    /// @param party the party that ships
    /// @param class what is kept cold
    /// @return whether a leg is required
    function isLegRequired(PartyId party, ColdClass class) external view returns (bool);

    /// @notice Until when the log of a leg is kept.
    /// @param party who planned it
    /// @param class what is kept cold
    /// @param asOf whose moment's policy holds, in seconds
    /// @param endedAt when it ended, in seconds
    /// @param expiresAt when the goods expire, in seconds; 0 = not known
    /// @return the first second at which it need not be kept any more
    function retainUntil(
        PartyId party,
        ColdClass class,
        uint64 asOf,
        uint64 endedAt,
        uint64 expiresAt
    ) external view returns (uint64);

    /// @notice How a product is kept.
    /// @param object an item or a lot
    /// @return the class; NONE for other codes, and where the product demands nothing
    function classOfProduct(ObjectId object) external view returns (ColdClass);
}
