// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {Governed} from "../common/Governed.sol";
import {IReadingGroups} from "./interfaces/IReadingGroups.sol";
import {GroupId} from "./libraries/DeviceTypes.sol";

/// @title DeviceReader
/// @notice Base of the contracts whose answers a group guards; see {IReadingGroups}.
abstract contract DeviceReader is Governed {
    /// @notice The deployment's groups of readings.
    IReadingGroups public immutable groups;

    /// @param groups_ the deployment's {ReadingGroups}
    constructor(IReadingGroups groups_) {
        _requireContract(address(groups_));
        groups = groups_;
    }

    /// @dev Reverts with `ReadingGroupsNotOpen` unless the caller may read the group, or holds a role that reads all.
    function _requireReader(GroupId group, uint64 role) internal view {
        address account = _msgSender();
        if (groups.mayRead(group, account)) return;
        (bool isMember, ) = IAccessManager(authority()).hasRole(role, account);
        require(isMember, IReadingGroups.ReadingGroupsNotOpen(group, account));
    }
}
