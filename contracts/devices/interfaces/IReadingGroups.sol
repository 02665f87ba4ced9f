// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {PartyId} from "../../traceability/libraries/TraceTypes.sol";
import {GroupId} from "../libraries/DeviceTypes.sol";
import {IPartyUser} from "./IPartyUser.sol";

/// @title Groups of readings
/// @notice Who may have the contracts' answers about the devices of a building, a plant or a pool. The owner's agents ask freely. Everybody else
/// opens a reading first, which is written down with its purpose and closes by itself.
/// @dev What this guards is the contracts' answer. Every node of the chain holds all of its data and can read them past every contract: what must
/// stay secret from the operators of nodes is kept off the chain, as a salted digest or a root over salted leaves.
interface IReadingGroups is IPartyUser {
    /// @notice A group.
    /// @param owner whose it is
    /// @param region where it is, for policy
    /// @param openedAt when it was made, in seconds
    /// @param name digest of its name
    struct Group {
        PartyId owner;
        bytes32 region;
        uint64 openedAt;
        Digest name;
    }

    /// @notice A reading that was opened.
    /// @param by the party that read; 0 = an office
    /// @param account the account that read
    /// @param at when it was opened, in seconds
    /// @param until the first second at which it was closed
    /// @param purpose digest of what it was for
    struct Access {
        PartyId by;
        address account;
        uint64 at;
        uint64 until;
        Digest purpose;
    }

    /// @notice A group was made.
    /// @param group the group
    /// @param owner whose it is
    /// @param region where it is
    /// @param name digest of its name
    event ReadingGroupOpened(GroupId indexed group, PartyId indexed owner, bytes32 region, Digest name);

    /// @notice A party may read.
    /// @param group the group
    /// @param reader the party
    /// @param until the first second at which it may not any more
    event ReadingGranted(GroupId indexed group, PartyId indexed reader, uint64 until);

    /// @notice A party may not read any more.
    /// @param group the group
    /// @param reader the party
    event ReadingRevoked(GroupId indexed group, PartyId indexed reader);

    /// @notice A reading was opened.
    /// @param group the group
    /// @param by the party that reads; 0 = an office
    /// @param account the account that reads
    /// @param until the first second at which it is closed
    /// @param purpose digest of what it is for
    event ReadingOpened(
        GroupId indexed group,
        PartyId indexed by,
        address indexed account,
        uint64 until,
        Digest purpose
    );

    /// @notice No group has this number.
    /// @param group the number given
    /// @custom:cure Use a number from a `ReadingGroupOpened` event.
    error ReadingGroupsUnknown(GroupId group);

    /// @notice The grant names no party, or ends before it begins.
    /// @param reader the party given
    /// @param until the end given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Name a party and an end after the present time.
    error ReadingGroupsInvalidGrant(PartyId reader, uint64 until, uint64 timestamp);

    /// @notice The party was not let in.
    /// @param group the group
    /// @param reader the party; 0 = as an office
    /// @custom:cure Have the group's owner grant it; as an office, call from an account that holds REGULATOR or AUDITOR.
    error ReadingGroupsNotGranted(GroupId group, PartyId reader);

    /// @notice The account has no open reading of the group.
    /// @param group the group
    /// @param account the account
    /// @custom:cure Open one with `openReading` and ask again before it closes.
    error ReadingGroupsNotOpen(GroupId group, address account);

    /// @notice Makes a group.
    /// @param owner whose it is
    /// @param region where it is, as policy names it
    /// @param name digest of its name
    /// @return group the group
    /// @custom:caller an agent of the owner
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner.
    /// @custom:error DigestsMissing when the name is missing.
    /// @custom:error PolicyRegistryParameterNotSet when the region has no rule on how long a reading stays open.
    function open(PartyId owner, bytes32 region, Digest calldata name) external returns (GroupId group);

    /// @notice Lets a party read. A later grant replaces an earlier one.
    /// @param group the group
    /// @param reader the party
    /// @param until the first second at which it may not any more
    /// @custom:caller an agent of the owner
    /// @custom:unit until: s
    /// @custom:error ReadingGroupsUnknown when no group has the number.
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner.
    /// @custom:error ReadingGroupsInvalidGrant when it names no party or has passed.
    function grant(GroupId group, PartyId reader, uint64 until) external;

    /// @notice Lets a party read no more; a reading that it has open closes at once.
    /// @param group the group
    /// @param reader the party
    /// @custom:caller an agent of the owner
    /// @custom:error ReadingGroupsUnknown when no group has the number.
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner.
    /// @custom:error ReadingGroupsNotGranted when the party was not let in.
    function revoke(GroupId group, PartyId reader) external;

    /// @notice Opens a reading, which is written down: the caller gets answers until it closes.
    /// @param group the group
    /// @param by the party for which the caller reads; 0 = as an office that holds REGULATOR or AUDITOR
    /// @param purpose digest of what it is for
    /// @return until the first second at which it is closed
    /// @custom:caller an agent of a party that was let in; REGULATOR or AUDITOR
    /// @custom:unit until: s
    /// @custom:error ReadingGroupsUnknown when no group has the number.
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error ReadingGroupsNotGranted when the party was not let in, or the caller is no such office.
    /// @custom:error DigestsMissing when the purpose is missing.
    function openReading(GroupId group, PartyId by, Digest calldata purpose) external returns (uint64 until);

    /// @notice Whether an account gets answers now: it acts for the owner, or has a reading open and is still let in.
    /// @param group the group
    /// @param account the account
    /// @return whether it does
    function mayRead(GroupId group, address account) external view returns (bool);

    /// @notice How many groups there are.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice A group.
    /// @param group its number
    /// @return the group
    /// @custom:error ReadingGroupsUnknown when no group has the number.
    function groupOf(GroupId group) external view returns (Group memory);

    /// @notice Until when a party may read.
    /// @param group the group
    /// @param reader the party
    /// @return until the first second at which it may not any more; 0 = it was not let in
    function grantOf(GroupId group, PartyId reader) external view returns (uint64 until);

    /// @notice The readings of a group that were opened, in their order. Open to everybody: who looked is no secret.
    /// @param group the group
    /// @param cursor where to begin; 0 or the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return accesses the readings
    /// @return next the next page's cursor; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the page size is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is past the end.
    function accessesOf(
        GroupId group,
        uint256 cursor,
        uint256 limit
    ) external view returns (Access[] memory accesses, uint256 next);
}
