// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {ITradeParties} from "../traceability/interfaces/ITradeParties.sol";
import {PartyId} from "../traceability/libraries/TraceTypes.sol";
import {IDeviceReadings} from "./interfaces/IDeviceReadings.sol";
import {IDeviceRegister} from "./interfaces/IDeviceRegister.sol";
import {IReadingGroups} from "./interfaces/IReadingGroups.sol";
import {ISavingsDesk} from "./interfaces/ISavingsDesk.sol";
import {DeviceId, MeasureId} from "./libraries/DeviceTypes.sol";
import {PartyUser} from "./PartyUser.sol";

/// @title SavingsDesk
/// @notice Savings by readings before and after; see {ISavingsDesk}.
contract SavingsDesk is ISavingsDesk, PartyUser {
    int256 private constant _PPM = 1_000_000;

    /// @notice The deployment's register of devices.
    IDeviceRegister public immutable register;
    /// @notice The deployment's readings.
    IDeviceReadings public immutable readings;
    /// @notice The deployment's groups of readings.
    IReadingGroups public immutable groups;

    /// @inheritdoc ISavingsDesk
    uint256 public count;

    mapping(uint256 savings => Savings) private _savings;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's register of parties
    /// @param groups_ the deployment's {ReadingGroups}
    /// @param register_ the deployment's {DeviceRegister}
    /// @param readings_ the deployment's {DeviceReadings}; this contract reads it as DEVICE_READER
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IReadingGroups groups_,
        IDeviceRegister register_,
        IDeviceReadings readings_
    ) PartyUser(authority_, clock_, parties_) {
        _requireContract(address(groups_));
        _requireContract(address(register_));
        _requireContract(address(readings_));
        groups = groups_;
        register = register_;
        readings = readings_;
    }

    /// @inheritdoc ISavingsDesk
    function state(
        PartyId by,
        DeviceId meter,
        MeasureId measure,
        Period calldata before,
        Period calldata since
    ) external returns (uint256 savings) {
        IDeviceRegister.Device memory device = register.deviceOf(meter);
        PartyId owner = groups.groupOf(device.group).owner;
        require(by == owner || by == device.owner, PartyUserNotAgent(by, _msgSender()));
        _requireAgent(by);
        require(
            before.from < before.to && before.to < since.from && since.from < since.to && since.to < clock.timestamp(),
            SavingsDeskWrongPeriods(before, since)
        );

        savings = ++count;
        Savings storage entry = _savings[savings];
        entry.meter = meter;
        entry.measure = measure;
        entry.group = device.group;
        entry.status = SavingsStatus.STATED;
        entry.before = before;
        entry.since = since;
        entry.statedAt = clock.timestamp();
        _compute(entry);
        emit SavingsStated(savings, device.group, meter, entry.expected, entry.used, entry.savedPpm);
    }

    /// @inheritdoc ISavingsDesk
    function contest(uint256 savings, PartyId by, Digest calldata reason) external {
        Savings storage entry = _entry(savings);
        _requireAgent(by);
        require(groups.mayRead(entry.group, _msgSender()), SavingsDeskNotReader(savings, _msgSender()));
        require(entry.status == SavingsStatus.STATED, SavingsDeskWrongStatus(savings, entry.status));
        Digests.requirePresent(reason);

        entry.status = SavingsStatus.CONTESTED;
        emit SavingsContested(savings, by, reason);
    }

    /// @inheritdoc ISavingsDesk
    function rule(uint256 savings, bool upheld, Digest calldata ruling) external restricted {
        Savings storage entry = _entry(savings);
        require(entry.status == SavingsStatus.CONTESTED, SavingsDeskWrongStatus(savings, entry.status));
        Digests.requirePresent(ruling);

        entry.status = upheld ? SavingsStatus.UPHELD : SavingsStatus.STRUCK_OUT;
        emit SavingsRuled(savings, entry.status, ruling);
    }

    /// @inheritdoc ISavingsDesk
    function savingsOf(uint256 savings) external view returns (Savings memory) {
        return _entry(savings);
    }

    function _compute(Savings storage entry) private {
        (int256 before, uint64 beforeSeconds) = _totalOf(entry, entry.before);
        (int256 used, uint64 usedSeconds) = _totalOf(entry, entry.since);
        require(before > 0, SavingsDeskNotCovered(entry.before, beforeSeconds));
        int256 expected = (before * int256(uint256(usedSeconds))) / int256(uint256(beforeSeconds));
        require(expected > 0, SavingsDeskNotCovered(entry.before, beforeSeconds));
        entry.expected = expected;
        entry.used = used;
        entry.savedPpm = ((expected - used) * _PPM) / expected;
    }

    /// @dev A sum that leaves out more than a tenth of the time is no basis; it is a bound of this contract, not a regulation's number.
    function _totalOf(
        Savings storage entry,
        Period storage period
    ) private view returns (int256 total, uint64 covered) {
        (total, covered) = readings.totalBetween(entry.meter, entry.measure, period.from, period.to);
        require(uint256(covered) * 10 >= uint256(period.to - period.from) * 9, SavingsDeskNotCovered(period, covered));
    }

    function _entry(uint256 savings) private view returns (Savings storage entry) {
        entry = _savings[savings];
        require(entry.status != SavingsStatus.NONE, SavingsDeskUnknown(savings));
    }
}
