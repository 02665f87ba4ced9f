// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {DeviceId, GroupId, MeasureId, ReadingId, WarningId} from "../libraries/DeviceTypes.sol";
import {IPartyUser} from "./IPartyUser.sol";

/// @title Alarm strategies and warnings
/// @notice Critical values by group or device, in versions; each reading beyond them becomes a warning with a sealed evidence record in the same
/// transaction, without anybody's doing. A warning names the reading and the version of the strategy it broke.
interface IAlarmDesk is IPartyUser {
    /// @notice A version of a strategy.
    /// @param lower the least value that is in order
    /// @param upper the largest value that is in order
    /// @param from since when it holds, in seconds
    /// @param source digest of the rule or data sheet that the values come from
    struct Strategy {
        int64 lower;
        int64 upper;
        uint64 from;
        Digest source;
    }

    /// @dev OPEN until the owner reports, ANSWERED until the office closes it. An office may close an OPEN one.
    enum WarningStatus {
        NONE,
        OPEN,
        ANSWERED,
        CLOSED
    }

    /// @notice A warning.
    /// @param reading the batch that broke the strategy
    /// @param source the device that measured
    /// @param group its group
    /// @param measure what was measured
    /// @param version the version of the strategy
    /// @param ofDevice whether the strategy is the device's own; else the group's
    /// @param above whether the largest reading was above; else the least was below
    /// @param status its status
    /// @param value the reading farthest out
    /// @param raisedAt when it was raised, in seconds
    /// @param evidence the sealed record: Keccak-256 over the batch as signed, the strategy and the time
    /// @param report digest of the owner's report; zero = none
    /// @param decision digest of the office's decision; zero = none
    struct Warning {
        ReadingId reading;
        DeviceId source;
        GroupId group;
        MeasureId measure;
        uint32 version;
        bool ofDevice;
        bool above;
        WarningStatus status;
        int64 value;
        uint64 raisedAt;
        bytes32 evidence;
        Digest report;
        Digest decision;
    }

    /// @notice A version of a strategy was set.
    /// @param group the group
    /// @param device the device; 0 = all of the group
    /// @param measure what is measured
    /// @param version its number, from 1
    /// @param lower the least value that is in order
    /// @param upper the largest value that is in order
    /// @param source digest of the rule or data sheet
    event StrategySet(
        GroupId indexed group,
        DeviceId indexed device,
        MeasureId indexed measure,
        uint32 version,
        int64 lower,
        int64 upper,
        Digest source
    );

    /// @notice A reading broke a strategy.
    /// @param warning the warning
    /// @param group the group
    /// @param reading the batch
    /// @param source the device that measured
    /// @param measure what was measured
    /// @param version the version of the strategy
    /// @param value the reading farthest out
    /// @param evidence the sealed record
    event WarningRaised(
        WarningId indexed warning,
        GroupId indexed group,
        ReadingId indexed reading,
        DeviceId source,
        MeasureId measure,
        uint32 version,
        int64 value,
        bytes32 evidence
    );

    /// @notice The owner reported on a warning.
    /// @param warning the warning
    /// @param report digest of the report
    event WarningAnswered(WarningId indexed warning, Digest report);

    /// @notice An office closed a warning.
    /// @param warning the warning
    /// @param decision digest of the decision
    event WarningClosed(WarningId indexed warning, Digest decision);

    /// @notice The least value is above the largest, or no measure is named.
    /// @param lower the least value given
    /// @param upper the largest value given
    /// @custom:cure Name the measure and give a range.
    error AlarmDeskInvalidRange(int64 lower, int64 upper);

    /// @notice The device does not belong to the group.
    /// @param device the device
    /// @param group the group
    /// @custom:cure Name the device's own group.
    error AlarmDeskForeignDevice(DeviceId device, GroupId group);

    /// @notice No warning has this number.
    /// @param warning the number given
    /// @custom:cure Use a number from a `WarningRaised` event.
    error AlarmDeskUnknown(WarningId warning);

    /// @notice No strategy has this version.
    /// @param version the version given
    /// @custom:cure Use 1 to the version of the last `StrategySet` event.
    error AlarmDeskUnknownVersion(uint32 version);

    /// @notice The warning's status does not allow this.
    /// @param warning the warning
    /// @param status its status
    /// @custom:cure OPEN ones are answered or closed, ANSWERED ones closed.
    error AlarmDeskWrongStatus(WarningId warning, WarningStatus status);

    /// @notice Who owns the group may not close its warnings.
    /// @param warning the warning
    /// @param account the account
    /// @custom:cure Let an office close it that does not act for the owner.
    error AlarmDeskOwnCause(WarningId warning, address account);

    /// @notice Sets the next version of a strategy; it holds for what is recorded from now on.
    /// @param group the group
    /// @param device the device; 0 = all of the group that have no strategy of their own
    /// @param measure what is measured
    /// @param lower the least value that is in order
    /// @param upper the largest value that is in order
    /// @param source digest of the rule or data sheet
    /// @return version its number
    /// @custom:caller DEVICE_STRATEGIST
    /// @custom:error ReadingGroupsUnknown when no group has the number.
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    /// @custom:error AlarmDeskForeignDevice when the device is of another group.
    /// @custom:error AlarmDeskInvalidRange when the range is empty or no measure is named.
    /// @custom:error DigestsMissing when the source is missing.
    function setStrategy(
        GroupId group,
        DeviceId device,
        MeasureId measure,
        int64 lower,
        int64 upper,
        Digest calldata source
    ) external returns (uint32 version);

    /// @notice Compares a batch with the strategy in force and raises the warning it calls for.
    /// @param reading the batch
    /// @param source the device that measured
    /// @param group its group
    /// @param measure what was measured
    /// @param min the least reading
    /// @param max the largest reading
    /// @param sealed_ hash of the batch as the device signed it
    /// @return warning the warning; 0 = the batch is in order or no strategy is set
    /// @custom:caller DEVICE_READINGS (DeviceReadings)
    function check(
        ReadingId reading,
        DeviceId source,
        GroupId group,
        MeasureId measure,
        int64 min,
        int64 max,
        bytes32 sealed_
    ) external returns (WarningId warning);

    /// @notice Reports what was done about a warning.
    /// @param warning the warning
    /// @param report digest of the report
    /// @custom:caller an agent of the group's owner
    /// @custom:error AlarmDeskUnknown when no warning has the number.
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner.
    /// @custom:error AlarmDeskWrongStatus when it is not OPEN.
    /// @custom:error DigestsMissing when the report is missing.
    function answer(WarningId warning, Digest calldata report) external;

    /// @notice Closes a warning. The record stays.
    /// @param warning the warning
    /// @param decision digest of the decision
    /// @custom:caller DEVICE_STRATEGIST that does not act for the group's owner
    /// @custom:error AlarmDeskUnknown when no warning has the number.
    /// @custom:error AlarmDeskWrongStatus when it is closed.
    /// @custom:error AlarmDeskOwnCause when the caller acts for the group's owner.
    /// @custom:error DigestsMissing when the decision is missing.
    function close(WarningId warning, Digest calldata decision) external;

    /// @notice How many warnings were raised.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice The strategy in force.
    /// @param group the group
    /// @param device the device; 0 = the group's
    /// @param measure what is measured
    /// @return version its number; 0 = none
    /// @return ofDevice whether it is the device's own
    /// @return strategy the strategy
    function strategyOf(
        GroupId group,
        DeviceId device,
        MeasureId measure
    ) external view returns (uint32 version, bool ofDevice, Strategy memory strategy);

    /// @notice A version of a strategy, also of the past.
    /// @param group the group
    /// @param device the device; 0 = the group's
    /// @param measure what is measured
    /// @param version its number
    /// @return the strategy
    /// @custom:error AlarmDeskUnknownVersion when there is no such version.
    function strategyAt(
        GroupId group,
        DeviceId device,
        MeasureId measure,
        uint32 version
    ) external view returns (Strategy memory);

    /// @notice A warning.
    /// @param warning its number
    /// @return the warning
    /// @custom:caller a reader of the group, or DEVICE_STRATEGIST
    /// @custom:error AlarmDeskUnknown when no warning has the number.
    /// @custom:error ReadingGroupsNotOpen when the caller may not read the group.
    function warningOf(WarningId warning) external view returns (Warning memory);

    /// @notice The warnings of a group, in their order: shared with every department that may read it.
    /// @param group the group
    /// @param cursor where to begin; 0 or the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return warnings their numbers
    /// @return next the next page's cursor; 0 = this was the last
    /// @custom:caller a reader of the group, or DEVICE_STRATEGIST
    /// @custom:error ReadingGroupsNotOpen when the caller may not read the group.
    /// @custom:error PagingLimitOutOfRange when the page size is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is past the end.
    function warningsOf(
        GroupId group,
        uint256 cursor,
        uint256 limit
    ) external view returns (WarningId[] memory warnings, uint256 next);

    /// @notice How many warnings of a group are not closed: part of the enterprise's environmental credit.
    /// @param group the group
    /// @return raised how many were ever raised
    /// @return open how many are not closed
    function standingOf(GroupId group) external view returns (uint256 raised, uint256 open);
}
