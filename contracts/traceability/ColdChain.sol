// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {IDeviceRegister} from "../devices/interfaces/IDeviceRegister.sol";
import {PartyUser} from "../devices/PartyUser.sol";
import {ICaptureGuard} from "./interfaces/ICaptureGuard.sol";
import {ColdStays} from "./ColdStays.sol";
import {IColdChain} from "./interfaces/IColdChain.sol";
import {IColdLog} from "./interfaces/IColdLog.sol";
import {IColdRules} from "./interfaces/IColdRules.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ColdMath} from "./libraries/ColdMath.sol";
import {ColdClass, ColdFigures, ColdStage, Leg, LegId, LegStatus, Verdict} from "./libraries/ColdTypes.sol";
import {
    Action,
    BizStep,
    Disposition,
    EpcisEvent,
    EventId,
    EventKind,
    ObjectId,
    PartyId
} from "./libraries/TraceTypes.sol";

/// @title ColdChain
/// @notice Legs, their logs and their verdicts; see {IColdChain}.
contract ColdChain is ColdStays, PartyUser {
    // Technical limits of one call.
    uint256 private constant _MAX_LEGS = 64;
    uint256 private constant _MAX_DEPTH = 8;

    /// @notice The deployment's register of devices.
    IDeviceRegister public immutable register;
    /// @notice The deployment's logs of the cold chain.
    IColdLog public immutable log;

    /// @inheritdoc IColdChain
    uint256 public count;

    mapping(LegId leg => Leg) private _legs;
    mapping(LegId leg => PartyId) private _endedBy;
    mapping(LegId leg => bool) private _reported;
    mapping(LegId leg => bool) private _isReturn;
    mapping(ObjectId object => LegId[]) private _ofObject;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's {TradeParties}
    /// @param state_ the deployment's {TraceState}
    /// @param register_ the deployment's {DeviceRegister}
    /// @param rules_ the deployment's {ColdRules}
    /// @param log_ the deployment's {ColdLog}
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        ITraceState state_,
        IDeviceRegister register_,
        IColdRules rules_,
        IColdLog log_
    ) PartyUser(authority_, clock_, parties_) ColdStays(state_, rules_) {
        _requireContract(address(state_));
        _requireContract(address(register_));
        _requireContract(address(rules_));
        register = register_;
        _requireContract(address(log_));
        log = log_;
    }

    /// @inheritdoc IColdChain
    function plan(PartyId by, Plan calldata planned) external returns (LegId leg) {
        _requireAgent(by);
        ObjectId object = planned.object;
        require(state.possessorOf(object) == by, ColdChainNotPossessor(object, by));
        LegId last = _lastLeg(object);
        require(
            planned.class != ColdClass.NONE && planned.stage != ColdStage.NONE && !_isInTheWay(last, by),
            ColdChainInvalidPlan(object, last)
        );
        ColdClass class = classOf(object);
        require(class == ColdClass.NONE || class == planned.class, ColdChainWrongClass(object, class, planned.class));
        _checkDevice(by, planned);
        _leave(last);

        leg = LegId.wrap(uint48(++count));
        log.prepare(
            leg,
            IColdLog.Watch({
                object: object,
                device: planned.device,
                by: by,
                carrier: planned.carrier,
                consignee: PartyId.wrap(0),
                startedAt: 0,
                endedAt: 0,
                clearedAt: 0,
                clearedBy: address(0),
                alarm: false
            }),
            rules.limitsFor(by, planned.class, planned.stage)
        );
        _writePlan(leg, by, planned);
    }

    /// @inheritdoc IColdChain
    function cancel(LegId leg) external {
        Leg storage entry = _leg(leg);
        _requireAgent(entry.by);
        require(entry.status == LegStatus.PLANNED, ColdChainWrongStatus(leg));
        _cancel(leg, entry);
    }

    /// @inheritdoc IColdChain
    function endStay(LegId leg) external {
        Leg storage entry = _leg(leg);
        _requireAgent(entry.by);
        require(entry.status == LegStatus.RUNNING && entry.stage != ColdStage.TRANSPORT, ColdChainWrongStatus(leg));
        _end(leg, entry, LegStatus.RECEIVED, clock.timestamp());
    }

    /// @inheritdoc IColdChain
    function reportRefusal(LegId leg, PartyId by, Digest calldata report) external {
        Leg storage entry = _leg(leg);
        _requireAgent(by);
        require(entry.status == LegStatus.REFUSED && !_reported[leg], ColdChainWrongStatus(leg));
        require(_endedBy[leg] == by, ColdChainNotRefuser(leg, by));
        Digests.requirePresent(report);

        _reported[leg] = true;
        emit RefusalReported(leg, entry.object, by, verdictOfLeg(leg), report);
    }

    /// @inheritdoc ICaptureGuard
    function beforeCapture(PartyId by, EventId, EpcisEvent calldata captured) external restricted {
        if (captured.kind == EventKind.AGGREGATION) {
            _recordStays(captured);
            return;
        }
        if (captured.kind != EventKind.OBJECT || captured.action != Action.OBSERVE) return;
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _beforeObserved(by, captured.objects[i], captured);
        }
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _beforeObserved(by, captured.quantities[i].object, captured);
        }
    }

    /// @inheritdoc ICaptureGuard
    function afterCapture(PartyId by, EventId id, EpcisEvent calldata captured) external restricted {
        if (captured.kind != EventKind.OBJECT || captured.action != Action.OBSERVE) return;
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _afterObserved(by, id, captured.objects[i], captured);
        }
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _afterObserved(by, id, captured.quantities[i].object, captured);
        }
    }

    /// @inheritdoc ICaptureGuard
    function afterDeclaration(PartyId, EventId id, EpcisEvent calldata captured) external restricted {
        if (captured.kind == EventKind.AGGREGATION) {
            _takeBackStays(captured);
            return;
        }
        if (captured.kind != EventKind.OBJECT || captured.action != Action.OBSERVE) return;
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _takeBack(id, captured.objects[i]);
        }
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _takeBack(id, captured.quantities[i].object);
        }
    }

    /// @inheritdoc IColdChain
    function legOf(LegId leg) external view returns (Leg memory) {
        return _leg(leg);
    }

    /// @inheritdoc IColdChain
    function verdictOf(
        ObjectId object
    ) external view returns (Verdict verdict, ColdFigures memory figures, uint256 legs) {
        Gathered memory gathered;
        _gather(gathered, object, 0, type(uint64).max, 0);
        return (gathered.verdict, gathered.figures, gathered.legs);
    }

    /// @inheritdoc IColdChain
    function legsOf(
        ObjectId object,
        uint256 cursor,
        uint256 limit
    ) external view returns (LegId[] memory legs, uint256 next) {
        LegId[] storage all = _ofObject[object];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        legs = new LegId[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            legs[i - cursor] = all[i];
        }
    }

    /// @inheritdoc IColdChain
    function retainUntil(LegId leg, uint64 expiresAt) external view returns (uint64) {
        Leg storage entry = _leg(leg);
        return rules.retainUntil(entry.by, entry.class, entry.plannedAt, entry.endedAt, expiresAt);
    }

    /// @inheritdoc IColdChain
    function verdictOfLeg(LegId leg) public view returns (Verdict) {
        Leg storage entry = _leg(leg);
        if (entry.status == LegStatus.PLANNED || entry.status == LegStatus.VOIDED) return Verdict.NONE;
        uint64 end = entry.status == LegStatus.RUNNING ? clock.timestamp() : entry.endedAt;
        (Verdict verdict, ) = log.judge(leg, end);
        return verdict;
    }

    function _writePlan(LegId leg, PartyId by, Plan calldata planned) private {
        uint64 time = clock.timestamp();
        Leg storage entry = _legs[leg];
        entry.object = planned.object;
        entry.class = planned.class;
        entry.stage = planned.stage;
        entry.status = LegStatus.PLANNED;
        entry.device = planned.device;
        entry.by = by;
        entry.carrier = planned.carrier;
        entry.plannedAt = time;
        _ofObject[planned.object].push(leg);
        emit LegPlanned(leg, planned.object, planned.device, planned.class, planned.stage);
        if (planned.stage != ColdStage.TRANSPORT) _start(leg, entry, time);
    }

    function _start(LegId leg, Leg storage entry, uint64 at) private {
        entry.status = LegStatus.RUNNING;
        entry.startedAt = at;
        log.setTimes(leg, at, 0);
        emit LegStarted(leg, entry.object, at);
    }

    function _cancel(LegId leg, Leg storage entry) private {
        entry.status = LegStatus.VOIDED;
        entry.endedAt = clock.timestamp();
        emit LegCancelled(leg, entry.object);
    }

    /// @dev Ends what a former possessor left open: a plan that came to nothing, a stay at its place.
    function _leave(LegId leg) private {
        Leg storage entry = _legs[leg];
        if (entry.status == LegStatus.PLANNED) _cancel(leg, entry);
        else if (entry.status == LegStatus.RUNNING) _end(leg, entry, LegStatus.RECEIVED, clock.timestamp());
    }

    function _end(LegId leg, Leg storage entry, LegStatus status, uint64 at) private {
        entry.status = status;
        entry.endedAt = at;
        log.setTimes(leg, entry.startedAt, at);
        (Verdict verdict, ColdFigures memory figures) = log.judge(leg, at);
        emit LegEnded(leg, entry.object, verdict, figures);
    }

    function _beforeObserved(PartyId by, ObjectId object, EpcisEvent calldata captured) private view {
        LegId leg = _lastLeg(object);
        if (captured.step == BizStep.SHIPPING) {
            if (_legs[leg].status == LegStatus.PLANNED) return;
            ColdClass class = classOf(object);
            require(
                captured.disposition == Disposition.RETURNED ||
                    class == ColdClass.NONE ||
                    !rules.isLegRequired(by, class),
                ColdChainLegMissing(object, class)
            );
        } else if (_isReceipt(captured) && _isMoving(leg) && !_isReturn[leg]) {
            _checkReceipt(by, object, leg, _endOf(leg, captured));
        }
    }

    function _checkReceipt(PartyId by, ObjectId object, LegId leg, uint64 at) private view {
        (Verdict verdict, ColdFigures memory figures) = log.judge(leg, at);
        require(
            verdict != Verdict.REFUSE,
            ColdChainMustRefuse(object, leg, figures.max, figures.outside, figures.gaps)
        );
        // Who receives was not named at the shipping where policy allows that: then it shows now whose officer decided.
        require(!log.isOpen(leg, at) && !_isAgent(by, log.watchOf(leg).clearedBy), ColdChainAlarmOpen(object, leg));
    }

    function _afterObserved(PartyId by, EventId id, ObjectId object, EpcisEvent calldata captured) private {
        LegId leg = _lastLeg(object);
        Leg storage entry = _legs[leg];
        if (captured.step == BizStep.SHIPPING && entry.status == LegStatus.PLANNED) {
            entry.startEvent = id;
            _isReturn[leg] = captured.disposition == Disposition.RETURNED;
            log.setConsignee(leg, captured.flow.toHolder);
            _start(leg, entry, uint64(captured.eventTime / 1_000));
        } else if (_isMoving(leg) && (captured.step == BizStep.VOID_SHIPPING || _isReceipt(captured))) {
            entry.endEvent = id;
            _endedBy[leg] = by;
            bool isReceipt = captured.step != BizStep.VOID_SHIPPING;
            LegStatus status = isReceipt ? LegStatus.RECEIVED : LegStatus.REFUSED;
            if (by == entry.by && !isReceipt) status = LegStatus.VOIDED;
            _end(leg, entry, status, _endOf(leg, captured));
        }
    }

    /// @dev The events of an object are taken back from the last one on, so only its last leg can be concerned.
    function _takeBack(EventId id, ObjectId object) private {
        LegId leg = _lastLeg(object);
        Leg storage entry = _legs[leg];
        if (EventId.unwrap(entry.endEvent) == EventId.unwrap(id)) {
            entry.status = LegStatus.RUNNING;
            entry.endedAt = 0;
            entry.endEvent = EventId.wrap(0);
            _endedBy[leg] = PartyId.wrap(0);
            _reported[leg] = false;
            log.setTimes(leg, entry.startedAt, 0);
            emit LegReopened(leg);
        } else if (EventId.unwrap(entry.startEvent) == EventId.unwrap(id) && entry.status == LegStatus.RUNNING) {
            entry.status = LegStatus.PLANNED;
            entry.startedAt = 0;
            entry.startEvent = EventId.wrap(0);
            log.setTimes(leg, 0, 0);
            emit LegReopened(leg);
        }
    }

    struct Gathered {
        Verdict verdict;
        ColdFigures figures;
        uint256 legs;
    }

    /// @dev Adds the legs of an object that overlap a time, and those of the containers that it lay in.
    function _gather(Gathered memory gathered, ObjectId object, uint64 from, uint64 to, uint256 depth) private view {
        LegId[] storage own = _ofObject[object];
        for (uint256 i = 0; i < own.length && gathered.legs < _MAX_LEGS; ++i) {
            Leg storage leg = _legs[own[i]];
            if (leg.startedAt == 0 || leg.startedAt >= to || (leg.endedAt != 0 && leg.endedAt <= from)) continue;
            Verdict verdict = verdictOfLeg(own[i]);
            if (verdict > gathered.verdict) gathered.verdict = verdict;
            gathered.figures = ColdMath.merge(gathered.figures, log.figuresOf(own[i]));
            ++gathered.legs;
        }
        if (depth == _MAX_DEPTH) return;
        Span[] storage spans = _spans[object];
        for (uint256 i = 0; i < spans.length && gathered.legs < _MAX_LEGS; ++i) {
            Span storage span = spans[i];
            uint64 end = span.to == 0 ? type(uint64).max : span.to;
            if (span.from >= to || end <= from) continue;
            _gather(gathered, span.container, span.from > from ? span.from : from, end < to ? end : to, depth + 1);
        }
    }

    function _checkDevice(PartyId by, Plan calldata planned) private view {
        IDeviceRegister.Device memory device = register.deviceOf(planned.device);
        require(device.bound == planned.object, ColdChainDeviceNotBound(planned.device, planned.object));
        (bool asked, uint256 allowed) = rules.sensorErrorFor(by, planned.class, planned.stage);
        require(
            !asked || (device.calibratedUntil > clock.timestamp() && device.maxError <= allowed),
            ColdChainNotCalibrated(planned.device, device.maxError, allowed)
        );
    }

    /// @dev When a leg ends by an event: when it happened, not before the leg began, and not longer ago than policy lets it be recorded late. Nobody
    /// hides a gap of the log behind an earlier date.
    function _endOf(LegId leg, EpcisEvent calldata captured) private view returns (uint64 at) {
        at = uint64(captured.eventTime / 1_000);
        uint64 startedAt = _legs[leg].startedAt;
        if (at < startedAt) at = startedAt;
        uint64 time = clock.timestamp();
        uint64 lag = log.limitsOf(leg).receiptLag;
        if (at + lag < time) at = time - lag;
    }

    function _lastLeg(ObjectId object) private view returns (LegId) {
        LegId[] storage own = _ofObject[object];
        return own.length == 0 ? LegId.wrap(0) : own[own.length - 1];
    }

    /// @dev Whether a leg that is not over keeps a party from planning another: its own, and whatever is on its way.
    function _isInTheWay(LegId leg, PartyId by) private view returns (bool) {
        Leg storage entry = _legs[leg];
        bool isUnderWay = entry.status == LegStatus.PLANNED || entry.status == LegStatus.RUNNING;
        return isUnderWay && (entry.by == by || _isMoving(leg));
    }

    /// @dev Whether a transport is under way.
    function _isMoving(LegId leg) private view returns (bool) {
        Leg storage entry = _legs[leg];
        return entry.status == LegStatus.RUNNING && entry.stage == ColdStage.TRANSPORT;
    }

    function _leg(LegId leg) private view returns (Leg storage entry) {
        entry = _legs[leg];
        require(entry.status != LegStatus.NONE, ColdChainUnknown(leg));
    }

    function _isReceipt(EpcisEvent calldata captured) private pure returns (bool) {
        return captured.step == BizStep.RECEIVING || captured.step == BizStep.ACCEPTING;
    }
}
