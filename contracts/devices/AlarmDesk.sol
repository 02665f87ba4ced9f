// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {Roles} from "../common/Roles.sol";
import {IAlarmDesk} from "./interfaces/IAlarmDesk.sol";
import {IDeviceRegister} from "./interfaces/IDeviceRegister.sol";
import {ITradeParties} from "../traceability/interfaces/ITradeParties.sol";
import {IReadingGroups} from "./interfaces/IReadingGroups.sol";
import {DeviceId, GroupId, MeasureId, ReadingId, WarningId} from "./libraries/DeviceTypes.sol";
import {DeviceReader} from "./DeviceReader.sol";
import {PartyUser} from "./PartyUser.sol";

/// @title AlarmDesk
/// @notice Alarm strategies and the warnings they raise; see {IAlarmDesk}.
contract AlarmDesk is IAlarmDesk, PartyUser, DeviceReader {
    /// @notice The deployment's register of devices.
    IDeviceRegister public immutable register;

    /// @inheritdoc IAlarmDesk
    uint256 public count;

    mapping(GroupId group => mapping(DeviceId device => mapping(MeasureId measure => Strategy[]))) private _strategies;
    mapping(WarningId warning => Warning) private _warnings;
    mapping(GroupId group => WarningId[]) private _ofGroup;
    mapping(GroupId group => uint256) private _open;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's register of parties
    /// @param groups_ the deployment's {ReadingGroups}
    /// @param register_ the deployment's {DeviceRegister}
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IReadingGroups groups_,
        IDeviceRegister register_
    ) PartyUser(authority_, clock_, parties_) DeviceReader(groups_) {
        _requireContract(address(register_));
        register = register_;
    }

    /// @inheritdoc IAlarmDesk
    function setStrategy(
        GroupId group,
        DeviceId device,
        MeasureId measure,
        int64 lower,
        int64 upper,
        Digest calldata source
    ) external restricted returns (uint32 version) {
        groups.groupOf(group);
        if (DeviceId.unwrap(device) != 0) {
            require(register.deviceOf(device).group == group, AlarmDeskForeignDevice(device, group));
        }
        require(lower <= upper && MeasureId.unwrap(measure) != 0, AlarmDeskInvalidRange(lower, upper));
        Digests.requirePresent(source);

        Strategy[] storage versions = _strategies[group][device][measure];
        versions.push(Strategy({lower: lower, upper: upper, from: clock.timestamp(), source: source}));
        version = uint32(versions.length);
        emit StrategySet(group, device, measure, version, lower, upper, source);
    }

    /// @inheritdoc IAlarmDesk
    function check(
        ReadingId reading,
        DeviceId source,
        GroupId group,
        MeasureId measure,
        int64 min,
        int64 max,
        bytes32 sealed_
    ) external restricted returns (WarningId warning) {
        (uint32 version, bool ofDevice, Strategy memory strategy) = strategyOf(group, source, measure);
        bool above = max > strategy.upper;
        if (version == 0 || (!above && min >= strategy.lower)) return warning;

        warning = WarningId.wrap(uint48(++count));
        Warning storage entry = _warnings[warning];
        entry.reading = reading;
        entry.source = source;
        entry.group = group;
        entry.measure = measure;
        entry.version = version;
        entry.ofDevice = ofDevice;
        entry.above = above;
        entry.status = WarningStatus.OPEN;
        entry.value = above ? max : min;
        entry.raisedAt = clock.timestamp();
        entry.evidence = keccak256(abi.encode(sealed_, version, ofDevice, strategy, entry.raisedAt));
        _ofGroup[group].push(warning);
        ++_open[group];
        emit WarningRaised(warning, group, reading, source, measure, version, entry.value, entry.evidence);
    }

    /// @inheritdoc IAlarmDesk
    function answer(WarningId warning, Digest calldata report) external {
        Warning storage entry = _warning(warning);
        _requireAgent(groups.groupOf(entry.group).owner);
        require(entry.status == WarningStatus.OPEN, AlarmDeskWrongStatus(warning, entry.status));
        Digests.requirePresent(report);

        entry.status = WarningStatus.ANSWERED;
        entry.report = report;
        emit WarningAnswered(warning, report);
    }

    /// @inheritdoc IAlarmDesk
    function close(WarningId warning, Digest calldata decision) external restricted {
        Warning storage entry = _warning(warning);
        require(entry.status != WarningStatus.CLOSED, AlarmDeskWrongStatus(warning, entry.status));
        require(!_isAgent(groups.groupOf(entry.group).owner, _msgSender()), AlarmDeskOwnCause(warning, _msgSender()));
        Digests.requirePresent(decision);

        entry.status = WarningStatus.CLOSED;
        entry.decision = decision;
        --_open[entry.group];
        emit WarningClosed(warning, decision);
    }

    /// @inheritdoc IAlarmDesk
    function strategyAt(
        GroupId group,
        DeviceId device,
        MeasureId measure,
        uint32 version
    ) external view returns (Strategy memory) {
        Strategy[] storage versions = _strategies[group][device][measure];
        require(version != 0 && version <= versions.length, AlarmDeskUnknownVersion(version));
        return versions[version - 1];
    }

    /// @inheritdoc IAlarmDesk
    function warningOf(WarningId warning) external view returns (Warning memory) {
        Warning storage entry = _warning(warning);
        _requireReader(entry.group, Roles.DEVICE_STRATEGIST);
        return entry;
    }

    /// @inheritdoc IAlarmDesk
    function warningsOf(
        GroupId group,
        uint256 cursor,
        uint256 limit
    ) external view returns (WarningId[] memory warnings, uint256 next) {
        _requireReader(group, Roles.DEVICE_STRATEGIST);
        WarningId[] storage all = _ofGroup[group];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        warnings = new WarningId[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            warnings[i - cursor] = all[i];
        }
    }

    /// @inheritdoc IAlarmDesk
    function standingOf(GroupId group) external view returns (uint256 raised, uint256 open) {
        return (_ofGroup[group].length, _open[group]);
    }

    /// @inheritdoc IAlarmDesk
    function strategyOf(
        GroupId group,
        DeviceId device,
        MeasureId measure
    ) public view returns (uint32 version, bool ofDevice, Strategy memory strategy) {
        Strategy[] storage versions = _strategies[group][device][measure];
        ofDevice = DeviceId.unwrap(device) != 0 && versions.length != 0;
        if (!ofDevice) versions = _strategies[group][DeviceId.wrap(0)][measure];
        version = uint32(versions.length);
        if (version != 0) strategy = versions[version - 1];
    }

    function _warning(WarningId warning) private view returns (Warning storage entry) {
        entry = _warnings[warning];
        require(entry.status != WarningStatus.NONE, AlarmDeskUnknown(warning));
    }
}
