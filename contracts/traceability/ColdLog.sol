// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {Signature} from "../common/interfaces/ISaltedEIP712.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {SaltedEIP712} from "../common/SaltedEIP712.sol";
import {IDeviceRegister} from "../devices/interfaces/IDeviceRegister.sol";
import {DeviceId} from "../devices/libraries/DeviceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";
import {IColdLog} from "./interfaces/IColdLog.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ColdMath} from "./libraries/ColdMath.sol";
import {ColdFigures, ColdLimits, LegId, SensorBatch, Verdict} from "./libraries/ColdTypes.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";

/// @title ColdLog
/// @notice What devices logged of the legs of the cold chain; see {IColdLog}.
contract ColdLog is IColdLog, PartyUser, SaltedEIP712 {
    // Technical limit of one call.
    uint256 private constant _MAX_INTERVALS = 300;
    bytes32 private constant _BATCH = keccak256(
        "SensorBatch(uint48 leg,uint32 device,uint64 sequence,uint64 from,uint32 interval,int16[] min,int16[] max,int16[] mean,bytes32 root)"
    );

    /// @notice The deployment's register of devices.
    IDeviceRegister public immutable register;

    /// @inheritdoc IColdLog
    mapping(DeviceId device => uint64) public sequenceOf;

    mapping(LegId leg => Watch) private _watches;
    mapping(LegId leg => ColdFigures) private _figures;
    mapping(LegId leg => ColdLimits) private _limits;
    mapping(LegId leg => mapping(bytes32 root => bool)) private _roots;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's {TradeParties}
    /// @param register_ the deployment's {DeviceRegister}
    /// @param salt_ the salt of the deployment's EIP-712 domains
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IDeviceRegister register_,
        bytes32 salt_
    ) PartyUser(authority_, clock_, parties_) SaltedEIP712("Banyan ColdLog", "1", salt_) {
        _requireContract(address(register_));
        register = register_;
    }

    /// @inheritdoc IColdLog
    function prepare(LegId leg, Watch calldata watch, ColdLimits calldata limits) external restricted {
        _watches[leg] = watch;
        _limits[leg] = limits;
    }

    /// @inheritdoc IColdLog
    function setTimes(LegId leg, uint64 startedAt, uint64 endedAt) external restricted {
        Watch storage watch = _watch(leg);
        watch.startedAt = startedAt;
        watch.endedAt = endedAt;
    }

    /// @inheritdoc IColdLog
    function setConsignee(LegId leg, PartyId consignee) external restricted {
        _watch(leg).consignee = consignee;
    }

    /// @inheritdoc IColdLog
    function record(SensorBatch calldata batch, Signature calldata signature) external {
        Watch storage leg = _watch(batch.leg);
        require(leg.startedAt != 0 && leg.endedAt == 0, ColdLogNotRunning(batch.leg));
        DeviceId device = leg.device;
        uint64 expected = sequenceOf[device] + 1;
        require(
            batch.device == device && batch.sequence == expected,
            ColdLogOutOfSequence(device, expected, batch.sequence)
        );
        _checkBinding(leg.object, device, batch.from);
        (, address key, ) = register.voiceOf(device);
        _requireSignature(key, _hashBatch(batch), signature);
        ColdLimits memory limits = _limits[batch.leg];
        require(_isSound(batch, limits), ColdLogInvalidBatch(batch.leg));
        ColdFigures memory figures = _figures[batch.leg];
        _checkTime(leg, batch, limits, figures.to);

        sequenceOf[device] = expected;
        uint256 before = _causes(figures, limits, leg.startedAt);
        figures = ColdMath.add(figures, limits, batch);
        _figures[batch.leg] = figures;
        _roots[batch.leg][batch.root] = true;
        emit SamplesRecorded(batch.leg, device, batch);
        Verdict verdict = ColdMath.judge(figures, limits, leg.startedAt, figures.to);
        if (_causes(figures, limits, leg.startedAt) != before || (verdict == Verdict.REFUSE && !leg.alarm)) {
            leg.alarm = true;
            emit ColdAlarm(batch.leg, leg.object, verdict, figures);
        }
    }

    /// @inheritdoc IColdLog
    function clearAlarm(LegId leg, Digest calldata reason) external restricted {
        Watch storage entry = _watch(leg);
        uint64 time = clock.timestamp();
        address officer = _msgSender();
        bool isRunning = entry.startedAt != 0 && entry.endedAt == 0;
        bool isSecond = entry.clearedBy != address(0) && entry.clearedBy != officer;
        require(entry.alarm || (isRunning && (isSecond || isOpen(leg, time))), ColdLogNoAlarm(leg));
        require(
            !_isAgent(entry.by, officer) && !_isAgent(entry.carrier, officer) && !_isAgent(entry.consignee, officer),
            ColdLogOwnCause(leg, officer)
        );
        Digests.requirePresent(reason);

        entry.alarm = false;
        entry.clearedAt = time;
        entry.clearedBy = officer;
        emit AlarmCleared(leg, officer, reason);
    }

    /// @inheritdoc IColdLog
    function figuresOf(LegId leg) external view returns (ColdFigures memory) {
        return _figures[leg];
    }

    /// @inheritdoc IColdLog
    function limitsOf(LegId leg) external view returns (ColdLimits memory) {
        return _limits[leg];
    }

    /// @inheritdoc IColdLog
    function watchOf(LegId leg) external view returns (Watch memory) {
        return _watches[leg];
    }

    /// @inheritdoc IColdLog
    function judge(LegId leg, uint64 at) external view returns (Verdict verdict, ColdFigures memory figures) {
        figures = _figures[leg];
        verdict = ColdMath.judge(figures, _limits[leg], _watches[leg].startedAt, at);
    }

    /// @inheritdoc IColdLog
    function proves(
        LegId leg,
        bytes32 root,
        uint64 time,
        int64 value,
        bytes32 salt,
        bytes32[] calldata proof
    ) external view returns (bool) {
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(time, value, salt))));
        return _roots[leg][root] && MerkleProof.verifyCalldata(proof, root, leaf);
    }

    /// @inheritdoc IColdLog
    function isOpen(LegId leg, uint64 at) public view returns (bool) {
        Watch storage watch = _watches[leg];
        if (watch.alarm) return true;
        ColdFigures memory figures = _figures[leg];
        ColdLimits memory limits = _limits[leg];
        if (ColdMath.judge(figures, limits, watch.startedAt, at) != Verdict.EXCURSION) return false;
        uint64 decided = watch.clearedAt;
        if (decided == 0) return true;
        uint64 upTo = decided > figures.to ? decided : figures.to;
        return at > upTo + limits.logEvery;
    }

    function _checkBinding(ObjectId object, DeviceId device, uint64 from) private view {
        IDeviceRegister.Device memory entry = register.deviceOf(device);
        require(entry.bound == object && entry.boundFrom <= from, ColdLogNotBound(device, object));
    }

    function _checkTime(
        Watch storage leg,
        SensorBatch calldata batch,
        ColdLimits memory limits,
        uint64 last
    ) private view {
        uint64 to = batch.from + uint64(batch.min.length) * batch.interval;
        require(
            batch.from >= last && batch.from + limits.logEvery >= leg.startedAt && to <= clock.timestamp(),
            ColdLogWrongTime(batch.leg, batch.from, to)
        );
    }

    function _watch(LegId leg) private view returns (Watch storage watch) {
        watch = _watches[leg];
        require(ObjectId.unwrap(watch.object) != 0, ColdLogUnknown(leg));
    }

    /// @dev How many things in a log are for an officer to decide on; each raises an alarm when it comes up.
    function _causes(
        ColdFigures memory figures,
        ColdLimits memory limits,
        uint64 startedAt
    ) private pure returns (uint256 causes) {
        causes = uint256(figures.excursions) + figures.gaps;
        if (figures.outside > limits.allowance) ++causes;
        if (figures.intervals != 0 && figures.from > startedAt + limits.logEvery) ++causes;
    }

    function _isSound(SensorBatch calldata batch, ColdLimits memory limits) private pure returns (bool) {
        uint256 length = batch.min.length;
        if (
            length == 0 ||
            length > _MAX_INTERVALS ||
            batch.max.length != length ||
            batch.mean.length != length ||
            batch.interval == 0 ||
            batch.interval > limits.logEvery ||
            batch.root == 0
        ) return false;
        for (uint256 i = 0; i < length; ++i) {
            if (batch.min[i] > batch.mean[i] || batch.mean[i] > batch.max[i]) return false;
        }
        return true;
    }

    function _hashBatch(SensorBatch calldata batch) private pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    _BATCH,
                    batch.leg,
                    batch.device,
                    batch.sequence,
                    batch.from,
                    batch.interval,
                    keccak256(abi.encodePacked(batch.min)),
                    keccak256(abi.encodePacked(batch.max)),
                    keccak256(abi.encodePacked(batch.mean)),
                    batch.root
                )
            );
    }
}
