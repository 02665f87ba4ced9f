// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {PartyId} from "../../traceability/libraries/TraceTypes.sol";
import {DeviceId, GroupId, MeasureId} from "../libraries/DeviceTypes.sol";
import {IPartyUser} from "./IPartyUser.sol";

/// @title Savings
/// @notice What was saved, by comparing a meter's readings before and after; never by anybody's word. A statement can be contested, and an arbiter
/// rules on it.
/// @dev What would have been used is the use of the time before, brought to the length of the time after: `before x seconds after / seconds before`,
/// rounded down, against the one who claims the saving.
interface ISavingsDesk is IPartyUser {
    /// @dev STATED until somebody contests, CONTESTED until the arbiter rules.
    enum SavingsStatus {
        NONE,
        STATED,
        CONTESTED,
        UPHELD,
        STRUCK_OUT
    }

    /// @notice A time, both ends included.
    /// @param from the first second
    /// @param to the last second
    struct Period {
        uint64 from;
        uint64 to;
    }

    /// @notice A statement of savings.
    /// @param meter the meter
    /// @param measure what it measures
    /// @param group its group
    /// @param status its status
    /// @param before the time before
    /// @param since the time after
    /// @param expected what would have been used in the time after
    /// @param used what was used
    /// @param savedPpm the saving in parts per million of what would have been used; below zero = more was used
    /// @param statedAt when it was stated, in seconds
    struct Savings {
        DeviceId meter;
        MeasureId measure;
        GroupId group;
        SavingsStatus status;
        Period before;
        Period since;
        int256 expected;
        int256 used;
        int256 savedPpm;
        uint64 statedAt;
    }

    /// @notice Savings were stated.
    /// @param savings the statement
    /// @param group the meter's group
    /// @param meter the meter
    /// @param expected what would have been used
    /// @param used what was used
    /// @param savedPpm the saving, in parts per million
    event SavingsStated(
        uint256 indexed savings,
        GroupId indexed group,
        DeviceId indexed meter,
        int256 expected,
        int256 used,
        int256 savedPpm
    );

    /// @notice A statement was contested.
    /// @param savings the statement
    /// @param by who contests it
    /// @param reason digest of the reason
    event SavingsContested(uint256 indexed savings, PartyId indexed by, Digest reason);

    /// @notice The arbiter ruled.
    /// @param savings the statement
    /// @param status UPHELD or STRUCK_OUT
    /// @param ruling digest of the ruling
    event SavingsRuled(uint256 indexed savings, SavingsStatus status, Digest ruling);

    /// @notice There is no such statement.
    /// @param savings the number given
    /// @custom:cure Use a number from a `SavingsStated` event.
    error SavingsDeskUnknown(uint256 savings);

    /// @notice The times are not one after the other, or reach into the future.
    /// @param before the time before
    /// @param since the time after
    /// @custom:cure Let the time after begin after the time before, and end before now.
    error SavingsDeskWrongPeriods(Period before, Period since);

    /// @notice The readings do not cover nine tenths of a time, or were nothing before.
    /// @param period the time
    /// @param covered the seconds that are covered
    /// @custom:cure Choose times for which the meter has readings.
    error SavingsDeskNotCovered(Period period, uint64 covered);

    /// @notice Only a party that may read the group contests.
    /// @param savings the statement
    /// @param account the account
    /// @custom:cure Open a reading of the group first.
    error SavingsDeskNotReader(uint256 savings, address account);

    /// @notice The statement's status does not allow this.
    /// @param savings the statement
    /// @param status its status
    /// @custom:cure STATED ones are contested, CONTESTED ones ruled on.
    error SavingsDeskWrongStatus(uint256 savings, SavingsStatus status);

    /// @notice States what a meter's readings say was saved.
    /// @param by the owner of the meter's group
    /// @param meter the meter
    /// @param measure what it measures
    /// @param before the time before
    /// @param since the time after
    /// @return savings the statement
    /// @custom:caller an agent of the group's owner, or of the meter's owner
    /// @custom:error PartyUserNotAgent when the caller does not act for either.
    /// @custom:error SavingsDeskWrongPeriods when the times are wrong.
    /// @custom:error SavingsDeskNotCovered when the readings do not cover a time.
    /// @custom:error DeviceRegisterUnknown when the meter is not enrolled.
    function state(
        PartyId by,
        DeviceId meter,
        MeasureId measure,
        Period calldata before,
        Period calldata since
    ) external returns (uint256 savings);

    /// @notice Contests a statement.
    /// @param savings the statement
    /// @param by who contests it
    /// @param reason digest of the reason
    /// @custom:caller an agent of a party, with an open reading of the group
    /// @custom:error SavingsDeskUnknown when there is no such statement.
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error SavingsDeskNotReader when it may not read the group.
    /// @custom:error SavingsDeskWrongStatus when it is not STATED.
    /// @custom:error DigestsMissing when the reason is missing.
    function contest(uint256 savings, PartyId by, Digest calldata reason) external;

    /// @notice Rules on a contested statement.
    /// @param savings the statement
    /// @param upheld whether it stands
    /// @param ruling digest of the ruling
    /// @custom:caller ARBITER
    /// @custom:error SavingsDeskUnknown when there is no such statement.
    /// @custom:error SavingsDeskWrongStatus when it is not CONTESTED.
    /// @custom:error DigestsMissing when the ruling is missing.
    function rule(uint256 savings, bool upheld, Digest calldata ruling) external;

    /// @notice How many statements there are.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice A statement. Open to everybody: owners are to trust it.
    /// @param savings its number
    /// @return the statement
    /// @custom:error SavingsDeskUnknown when there is no such statement.
    function savingsOf(uint256 savings) external view returns (Savings memory);
}
