// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {Signature} from "../common/interfaces/ISaltedEIP712.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {Roles} from "../common/Roles.sol";
import {SaltedEIP712} from "../common/SaltedEIP712.sol";
import {IAlarmDesk} from "./interfaces/IAlarmDesk.sol";
import {IDeviceReadings} from "./interfaces/IDeviceReadings.sol";
import {IDeviceRegister} from "./interfaces/IDeviceRegister.sol";
import {IReadingGroups} from "./interfaces/IReadingGroups.sol";
import {DeviceParameters} from "./libraries/DeviceParameters.sol";
import {DeviceId, GroupId, MeasureId, ReadingId} from "./libraries/DeviceTypes.sol";
import {DeviceReader} from "./DeviceReader.sol";

/// @title DeviceReadings
/// @notice Batches of readings signed at the source; see {IDeviceReadings}.
contract DeviceReadings is IDeviceReadings, DeviceReader, SaltedEIP712 {
    // Technical limit: with it a call stays under 5 M gas.
    uint256 private constant _MAX_BATCHES = 20;
    bytes32 private constant _BATCH = keccak256(
        "ReadingBatch(uint32 source,bytes16 measure,uint64 sequence,uint64 from,uint64 to,uint32 count,int64 min,int64 max,int128 total,bytes32 root)"
    );

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The deployment's register of devices.
    IDeviceRegister public immutable register;
    /// @notice The deployment's alarm desk.
    IAlarmDesk public immutable alarms;

    /// @inheritdoc IDeviceReadings
    uint256 public count;
    /// @inheritdoc IDeviceReadings
    mapping(DeviceId speaker => uint64) public sequenceOf;

    mapping(ReadingId reading => Reading) private _readings;
    mapping(DeviceId source => mapping(MeasureId measure => ReadingId[])) private _series;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param groups_ the deployment's {ReadingGroups}
    /// @param register_ the deployment's {DeviceRegister}
    /// @param alarms_ the deployment's {AlarmDesk}
    /// @param salt_ the salt of the deployment's EIP-712 domains
    constructor(
        address authority_,
        IClock clock_,
        IPolicyRegistry policies_,
        IReadingGroups groups_,
        IDeviceRegister register_,
        IAlarmDesk alarms_,
        bytes32 salt_
    ) Governed(authority_) DeviceReader(groups_) SaltedEIP712("Banyan DeviceReadings", "1", salt_) {
        _requireContract(address(clock_));
        _requireContract(address(policies_));
        _requireContract(address(register_));
        _requireContract(address(alarms_));
        clock = clock_;
        policies = policies_;
        register = register_;
        alarms = alarms_;
    }

    /// @inheritdoc IDeviceReadings
    function post(Batch[] calldata batches, Signature[] calldata signatures) external returns (ReadingId first) {
        uint256 length = batches.length;
        require(
            length != 0 && length <= _MAX_BATCHES && length == signatures.length,
            DeviceReadingsBatch(length, signatures.length, _MAX_BATCHES)
        );
        first = ReadingId.wrap(uint48(count + 1));
        for (uint256 i = 0; i < length; ++i) {
            _post(batches[i], signatures[i]);
        }
    }

    /// @inheritdoc IDeviceReadings
    function lengthOf(DeviceId source, MeasureId measure) external view returns (uint256) {
        return _series[source][measure].length;
    }

    /// @inheritdoc IDeviceReadings
    function readingOf(ReadingId reading) external view returns (Reading memory) {
        Reading storage entry = _reading(reading);
        _requireReader(register.deviceOf(entry.source).group, Roles.DEVICE_READER);
        return entry;
    }

    /// @inheritdoc IDeviceReadings
    function series(
        DeviceId source,
        MeasureId measure,
        uint256 cursor,
        uint256 limit
    ) external view returns (Reading[] memory readings, uint256 next) {
        _requireReader(register.deviceOf(source).group, Roles.DEVICE_READER);
        ReadingId[] storage all = _series[source][measure];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        readings = new Reading[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            readings[i - cursor] = _readings[all[i]];
        }
    }

    /// @inheritdoc IDeviceReadings
    function totalBetween(
        DeviceId source,
        MeasureId measure,
        uint64 from,
        uint64 to
    ) external view returns (int256 total, uint64 covered) {
        _requireReader(register.deviceOf(source).group, Roles.DEVICE_READER);
        ReadingId[] storage all = _series[source][measure];
        uint256 first = _firstFrom(all, from);
        uint256 end = _firstAfter(all, to);
        if (first >= end) return (0, 0);
        Reading storage head = _readings[all[first]];
        Reading storage tail = _readings[all[end - 1]];
        return (int256(tail.running) - head.running + head.total, tail.to - head.from);
    }

    /// @inheritdoc IDeviceReadings
    function proves(
        ReadingId reading,
        uint64 time,
        int64 value,
        bytes32 salt,
        bytes32[] calldata proof
    ) external view returns (bool) {
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(time, value, salt))));
        return MerkleProof.verifyCalldata(proof, _reading(reading).root, leaf);
    }

    function _post(Batch calldata batch, Signature calldata signature) private {
        (DeviceId speaker, address key, GroupId group) = register.voiceOf(batch.source);
        uint64 expected = sequenceOf[speaker] + 1;
        require(batch.sequence == expected, DeviceReadingsOutOfSequence(speaker, expected, batch.sequence));
        bytes32 structHash = keccak256(abi.encode(_BATCH, batch));
        _requireSignature(key, structHash, signature);
        require(_isSound(batch), DeviceReadingsContradictory(batch.source, batch.sequence));

        sequenceOf[speaker] = expected;
        ReadingId reading = _write(speaker, group, batch);
        emit ReadingsPosted(reading, batch.source, speaker, batch);
        _compare(reading, group, batch, keccak256(abi.encode(structHash, signature.data)));
    }

    /// @dev Raises the warning that the batch calls for.
    function _compare(ReadingId reading, GroupId group, Batch calldata batch, bytes32 sealed_) private {
        alarms.check(reading, batch.source, group, batch.measure, batch.min, batch.max, sealed_);
    }

    function _write(DeviceId speaker, GroupId group, Batch calldata batch) private returns (ReadingId reading) {
        ReadingId[] storage all = _series[batch.source][batch.measure];
        int128 running = _checkTime(batch, group, all);
        reading = ReadingId.wrap(uint48(++count));
        all.push(reading);
        Reading storage entry = _readings[reading];
        entry.source = batch.source;
        entry.speaker = speaker;
        entry.measure = batch.measure;
        entry.sequence = uint48(batch.sequence);
        entry.from = uint48(batch.from);
        entry.to = uint48(batch.to);
        entry.recordedAt = uint48(clock.timestamp());
        entry.count = batch.count;
        entry.min = batch.min;
        entry.max = batch.max;
        entry.total = batch.total;
        entry.running = running + batch.total;
        entry.root = batch.root;
    }

    /// @return running the sum of the series so far
    function _checkTime(
        Batch calldata batch,
        GroupId group,
        ReadingId[] storage all
    ) private view returns (int128 running) {
        uint64 last = 0;
        if (all.length != 0) {
            Reading storage tail = _readings[all[all.length - 1]];
            last = tail.to;
            running = tail.running;
        }
        require(
            batch.from > last && batch.from <= batch.to && batch.to <= _latest(group),
            DeviceReadingsWrongTime(batch.source, batch.from, batch.to, last)
        );
    }

    /// @dev The latest moment that a reading may carry.
    function _latest(GroupId group) private view returns (uint64 time) {
        time = clock.timestamp();
        (, uint256 skew) = policies.tryValueOf(
            RegionId.wrap(groups.groupOf(group).region),
            time,
            DeviceParameters.CLOCK_SKEW
        );
        time += uint64(skew);
    }

    function _reading(ReadingId reading) private view returns (Reading storage entry) {
        entry = _readings[reading];
        require(entry.count != 0, DeviceReadingsUnknown(reading));
    }

    /// @dev The index of the first batch that begins at or after a moment.
    function _firstFrom(ReadingId[] storage all, uint64 from) private view returns (uint256 low) {
        uint256 high = all.length;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_readings[all[middle]].from < from) low = middle + 1;
            else high = middle;
        }
    }

    /// @dev The index of the first batch that ends after a moment.
    function _firstAfter(ReadingId[] storage all, uint64 to) private view returns (uint256 low) {
        uint256 high = all.length;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_readings[all[middle]].to <= to) low = middle + 1;
            else high = middle;
        }
    }

    function _isSound(Batch calldata batch) private pure returns (bool) {
        int256 size = int256(uint256(batch.count));
        return
            size != 0 &&
            MeasureId.unwrap(batch.measure) != 0 &&
            batch.root != 0 &&
            batch.min <= batch.max &&
            batch.total >= size * batch.min &&
            batch.total <= size * batch.max;
    }
}
