// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPolicyRegistry, ParameterId, RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {PrepaidParameters} from "./PrepaidParameters.sol";
import {TradeId} from "./PrepaidTypes.sol";

/// @title Reading prepaid parameters
/// @notice A parameter's value for a trade where the policy sets one (in the region or any above it), else its value for all trades.
library PolicyReader {
    /// @notice The value in force at a moment, if there is one.
    /// @param policies the deployment's policy registry
    /// @param region the merchant's region
    /// @param asOf the moment whose policy holds, in seconds
    /// @param trade the merchant's trade; zero looks only at the value for all trades
    /// @param id the parameter, see {PrepaidParameters}
    /// @return found whether it is set for the trade or for all trades
    /// @return value the value in the parameter's unit; 0 when not found
    function find(
        IPolicyRegistry policies,
        bytes32 region,
        uint64 asOf,
        TradeId trade,
        ParameterId id
    ) internal view returns (bool found, uint256 value) {
        if (TradeId.unwrap(trade) != 0) {
            (found, value) = policies.tryValueOf(RegionId.wrap(region), asOf, PrepaidParameters.forTrade(id, trade));
            if (found) return (true, value);
        }
        return policies.tryValueOf(RegionId.wrap(region), asOf, id);
    }

    /// @notice The value in force at a moment, or 0 when none is set: the parameter's rule is then off.
    /// @param policies the deployment's policy registry
    /// @param region the merchant's region
    /// @param asOf the moment whose policy holds, in seconds
    /// @param trade the merchant's trade
    /// @param id the parameter, see {PrepaidParameters}
    /// @return value the value in the parameter's unit
    function get(
        IPolicyRegistry policies,
        bytes32 region,
        uint64 asOf,
        TradeId trade,
        ParameterId id
    ) internal view returns (uint256 value) {
        (, value) = find(policies, region, asOf, trade, id);
    }

    /// @notice The value in force at a moment of a parameter that must be set; reverts with `PolicyRegistryParameterNotSet`.
    /// @param policies the deployment's policy registry
    /// @param region the merchant's region
    /// @param asOf the moment whose policy holds, in seconds
    /// @param trade the merchant's trade
    /// @param id the parameter, see {PrepaidParameters}
    /// @return value the value in the parameter's unit
    function need(
        IPolicyRegistry policies,
        bytes32 region,
        uint64 asOf,
        TradeId trade,
        ParameterId id
    ) internal view returns (uint256 value) {
        bool found;
        (found, value) = find(policies, region, asOf, trade, id);
        require(found, IPolicyRegistry.PolicyRegistryParameterNotSet(RegionId.wrap(region), asOf, id));
    }
}
