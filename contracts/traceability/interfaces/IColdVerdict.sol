// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ObjectId} from "../libraries/TraceTypes.sol";

/// @title Verdict of the cold chain
/// @notice What a consumer's page asks the cold chain: one number, whatever else the answer holds.
interface IColdVerdict {
    /// @notice What all legs of an object come to.
    /// @param object an item, a container or a lot
    /// @return verdict 0 no leg, 1 conformant, 2 an excursion, 3 must be refused
    function verdictOf(ObjectId object) external view returns (uint8 verdict);
}
