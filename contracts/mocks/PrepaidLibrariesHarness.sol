// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPolicyRegistry, ParameterId} from "../common/interfaces/IPolicyRegistry.sol";
import {PolicyReader} from "../prepaid/libraries/PolicyReader.sol";
import {PrepaidParameters} from "../prepaid/libraries/PrepaidParameters.sol";
import {TradeId} from "../prepaid/libraries/PrepaidTypes.sol";
import {Quarters} from "../prepaid/libraries/Quarters.sol";

/// @title PrepaidLibrariesHarness
/// @notice Opens the prepaid domain's small libraries to tests.
contract PrepaidLibrariesHarness {
    IPolicyRegistry public immutable policies;

    constructor(IPolicyRegistry policies_) {
        policies = policies_;
    }

    function find(
        bytes32 region,
        uint64 asOf,
        TradeId trade,
        ParameterId id
    ) external view returns (bool found, uint256 value) {
        return PolicyReader.find(policies, region, asOf, trade, id);
    }

    function get(bytes32 region, uint64 asOf, TradeId trade, ParameterId id) external view returns (uint256) {
        return PolicyReader.get(policies, region, asOf, trade, id);
    }

    function need(bytes32 region, uint64 asOf, TradeId trade, ParameterId id) external view returns (uint256) {
        return PolicyReader.need(policies, region, asOf, trade, id);
    }

    function forTrade(ParameterId id, TradeId trade) external pure returns (ParameterId) {
        return PrepaidParameters.forTrade(id, trade);
    }

    function required() external pure returns (ParameterId[] memory) {
        return PrepaidParameters.required();
    }

    function quarterOf(uint64 moment) external pure returns (uint32) {
        return Quarters.numberOf(moment);
    }

    function quarterStart(uint32 number) external pure returns (uint64) {
        return Quarters.startOf(number);
    }

    function dayIn(uint32 number, uint256 day) external pure returns (uint64) {
        return Quarters.startOfDayIn(number, day);
    }
}
