// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {Roles} from "../common/Roles.sol";
import {PartyId} from "../traceability/libraries/TraceTypes.sol";
import {ITradeParties} from "../traceability/interfaces/ITradeParties.sol";
import {IReadingGroups} from "./interfaces/IReadingGroups.sol";
import {DeviceParameters} from "./libraries/DeviceParameters.sol";
import {GroupId} from "./libraries/DeviceTypes.sol";
import {PartyUser} from "./PartyUser.sol";

/// @title ReadingGroups
/// @notice Who may have answers about which devices; see {IReadingGroups}.
contract ReadingGroups is IReadingGroups, PartyUser {
    struct Session {
        PartyId by;
        uint64 until;
    }

    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;

    /// @inheritdoc IReadingGroups
    uint256 public count;
    /// @inheritdoc IReadingGroups
    mapping(GroupId group => mapping(PartyId reader => uint64)) public grantOf;

    mapping(GroupId group => Group) private _groups;
    mapping(GroupId group => Access[]) private _accesses;
    mapping(GroupId group => mapping(address account => Session)) private _sessions;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's register of parties
    /// @param policies_ the deployment's {PolicyRegistry}
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IPolicyRegistry policies_
    ) PartyUser(authority_, clock_, parties_) {
        _requireContract(address(policies_));
        policies = policies_;
    }

    /// @inheritdoc IReadingGroups
    function open(PartyId owner, bytes32 region, Digest calldata name) external returns (GroupId group) {
        _requireAgent(owner);
        Digests.requirePresent(name);
        _window(region);

        group = GroupId.wrap(uint32(++count));
        _groups[group] = Group({owner: owner, region: region, openedAt: clock.timestamp(), name: name});
        emit ReadingGroupOpened(group, owner, region, name);
    }

    /// @inheritdoc IReadingGroups
    function grant(GroupId group, PartyId reader, uint64 until) external {
        _requireAgent(_group(group).owner);
        uint64 time = clock.timestamp();
        require(PartyId.unwrap(reader) != 0 && until > time, ReadingGroupsInvalidGrant(reader, until, time));

        grantOf[group][reader] = until;
        emit ReadingGranted(group, reader, until);
    }

    /// @inheritdoc IReadingGroups
    function revoke(GroupId group, PartyId reader) external {
        _requireAgent(_group(group).owner);
        require(grantOf[group][reader] != 0, ReadingGroupsNotGranted(group, reader));

        grantOf[group][reader] = 0;
        emit ReadingRevoked(group, reader);
    }

    /// @inheritdoc IReadingGroups
    function openReading(GroupId group, PartyId by, Digest calldata purpose) external returns (uint64 until) {
        Group storage read = _group(group);
        address account = _msgSender();
        if (PartyId.unwrap(by) != 0) _requireAgent(by);
        require(_isEntitled(group, by, account), ReadingGroupsNotGranted(group, by));
        Digests.requirePresent(purpose);

        uint64 time = clock.timestamp();
        until = time + _window(read.region);
        _sessions[group][account] = Session({by: by, until: until});
        _accesses[group].push(Access({by: by, account: account, at: time, until: until, purpose: purpose}));
        emit ReadingOpened(group, by, account, until, purpose);
    }

    /// @inheritdoc IReadingGroups
    function mayRead(GroupId group, address account) external view returns (bool) {
        if (_isAgent(_groups[group].owner, account)) return true;
        Session storage session = _sessions[group][account];
        return
            session.until > clock.timestamp() &&
            (PartyId.unwrap(session.by) == 0 || _isAgent(session.by, account)) &&
            _isEntitled(group, session.by, account);
    }

    /// @inheritdoc IReadingGroups
    function groupOf(GroupId group) external view returns (Group memory) {
        return _group(group);
    }

    /// @inheritdoc IReadingGroups
    function accessesOf(
        GroupId group,
        uint256 cursor,
        uint256 limit
    ) external view returns (Access[] memory accesses, uint256 next) {
        Access[] storage all = _accesses[group];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        accesses = new Access[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            accesses[i - cursor] = all[i];
        }
    }

    function _group(GroupId group) private view returns (Group storage found) {
        found = _groups[group];
        require(found.openedAt != 0, ReadingGroupsUnknown(group));
    }

    function _isEntitled(GroupId group, PartyId by, address account) private view returns (bool) {
        if (PartyId.unwrap(by) != 0) return grantOf[group][by] > clock.timestamp();
        return _holds(Roles.REGULATOR, account) || _holds(Roles.AUDITOR, account);
    }

    function _holds(uint64 role, address account) private view returns (bool) {
        (bool isMember, ) = IAccessManager(authority()).hasRole(role, account);
        return isMember;
    }

    function _window(bytes32 region) private view returns (uint64) {
        return uint64(policies.valueOf(RegionId.wrap(region), clock.timestamp(), DeviceParameters.READING_WINDOW));
    }
}
