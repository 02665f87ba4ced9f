// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {ICaptureGuard} from "./interfaces/ICaptureGuard.sol";
import {IEpcisRepository} from "./interfaces/IEpcisRepository.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ITradePartiesErrors} from "./interfaces/ITradePartiesErrors.sol";
import {CaptureParameters} from "./libraries/CaptureParameters.sol";
import {EpcisRules} from "./libraries/EpcisRules.sol";
import {EventRecord, GuardEntry} from "./libraries/StateTypes.sol";
import {
    Action,
    BizStep,
    EpcisEvent,
    ErrorReason,
    EventId,
    EventKind,
    ObjectId,
    PartyId,
    PlaceId
} from "./libraries/TraceTypes.sol";

/// @title EpcisRepository
/// @notice The door for EPCIS events; see {IEpcisRepository}.
contract EpcisRepository is IEpcisRepository, Governed {
    // Bounds on the work of one call, not a regulation's numbers.
    uint256 private constant _MAX_EVENTS = 50;
    uint256 private constant _MAX_GUARDS = 12;
    // What happened within the last day is never too old, so that whoever captures in time pays for no question.
    uint64 private constant _FRESH = 1 days;

    /// @dev An event as stored, by its content id.
    struct Stored {
        EventId id;
        PartyId by;
        uint40 recordedAt;
        uint40 capture;
        bool opening;
        uint40 declaredAt;
        ErrorReason reason;
        bytes32 digest;
    }

    /// @dev What all events of a capture share.
    struct Batch {
        PartyId by;
        uint64 time;
        uint64 number;
        bool opening;
        bool toleranceKnown;
        bool ageKnown;
        uint64 latest;
        uint64 earliest;
    }

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The deployment's parties.
    ITradeParties public immutable parties;
    /// @notice The deployment's derived state.
    ITraceState public immutable state;

    /// @inheritdoc IEpcisRepository
    uint64 public captureNumber;

    uint48 private _count;
    mapping(bytes32 contentId => Stored) private _events;
    mapping(EventId id => bytes32) private _contentOf;
    mapping(PartyId party => uint64) private _openingUntil;
    GuardEntry[] private _guards;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param parties_ the deployment's {TradeParties}
    /// @param state_ the deployment's {TraceState}
    constructor(
        address authority_,
        IClock clock_,
        IPolicyRegistry policies_,
        ITradeParties parties_,
        ITraceState state_
    ) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(policies_));
        _requireContract(address(parties_));
        _requireContract(address(state_));
        clock = clock_;
        policies = policies_;
        parties = parties_;
        state = state_;
    }

    // -- writers -------------------------------------------------------------------------------------

    /// @inheritdoc IEpcisRepository
    function capture(PartyId by, EpcisEvent[] calldata events) external returns (EventId first, uint64 number) {
        return _capture(by, false, events);
    }

    /// @inheritdoc IEpcisRepository
    function captureOpening(PartyId by, EpcisEvent[] calldata events) external returns (EventId first, uint64 number) {
        uint64 until = _openingUntil[by];
        require(clock.timestamp() < until, EpcisRepositoryOpeningNotAllowed(by, until));
        for (uint256 i = 0; i < events.length; ++i) {
            require(
                events[i].kind == EventKind.OBJECT && events[i].action == Action.ADD,
                EpcisRepositoryNotAnOpening(i)
            );
        }
        return _capture(by, true, events);
    }

    /// @inheritdoc IEpcisRepository
    function declareError(
        PartyId by,
        EpcisEvent calldata captured,
        uint64 declarationTime,
        ErrorReason reason,
        bytes32[] calldata corrective
    ) external returns (EventId id) {
        parties.requireActsFor(_msgSender(), by);
        Stored storage stored = _events[captured.contentId];
        id = stored.id;
        require(EventId.unwrap(id) != 0, EpcisRepositoryUnknownContent(captured.contentId));
        bytes32 digest = _digestOf(captured);
        require(digest == stored.digest, EpcisRepositoryNotTheSame(id, digest, stored.digest));
        PartyId capturer = stored.by;
        require(capturer == by, EpcisRepositoryNotCapturer(id, capturer, by));
        require(stored.reason == ErrorReason.NONE, EpcisRepositoryDeclaredBefore(id));
        require(reason != ErrorReason.NONE, EpcisRepositoryReasonMissing(id));
        Batch memory batch;
        batch.by = by;
        batch.time = clock.timestamp();
        _requirePast(batch, declarationTime);

        stored.declaredAt = uint40(batch.time); // until the year 36812
        stored.reason = reason;
        emit ErrorDeclared(id, by, captured.contentId, declarationTime, batch.time, reason, corrective);
        state.takeBack(by, id, captured);
        for (uint256 i = 0; i < _guards.length; ++i) {
            if (_watches(_guards[i], captured)) _guards[i].guard.afterDeclaration(by, id, captured);
        }
    }

    /// @inheritdoc IEpcisRepository
    function addGuard(ICaptureGuard guard, uint64 steps, uint8 kinds) external restricted {
        _requireContract(address(guard));
        uint256 count = _guards.length;
        for (uint256 i = 0; i < count; ++i) {
            require(address(_guards[i].guard) != address(guard), EpcisRepositoryGuardKnown(guard));
        }
        require(count < _MAX_GUARDS && steps != 0 && kinds != 0, EpcisRepositoryGuardRefused(count, _MAX_GUARDS));
        _guards.push(GuardEntry({guard: guard, steps: steps, kinds: kinds}));
        emit GuardAdded(guard, steps, kinds);
    }

    /// @inheritdoc IEpcisRepository
    function removeGuard(ICaptureGuard guard) external restricted {
        uint256 count = _guards.length;
        uint256 at = 0;
        while (at < count && address(_guards[at].guard) != address(guard)) ++at;
        require(at < count, EpcisRepositoryGuardUnknown(guard));
        // The others keep their order: they are asked in it.
        for (; at + 1 < count; ++at) _guards[at] = _guards[at + 1];
        _guards.pop();
        emit GuardRemoved(guard);
    }

    /// @inheritdoc IEpcisRepository
    function allowOpening(PartyId party, uint64 until) external restricted {
        parties.requireActive(party);
        _openingUntil[party] = until;
        emit OpeningAllowed(party, until);
    }

    // -- readers -------------------------------------------------------------------------------------

    /// @inheritdoc IEpcisRepository
    function eventOf(EventId id) external view returns (EventRecord memory) {
        Stored storage stored = _stored(id);
        return
            EventRecord({
                by: stored.by,
                recordedAt: stored.recordedAt,
                capture: stored.capture,
                opening: stored.opening,
                contentId: _contentOf[id],
                digest: stored.digest,
                declaredAt: stored.declaredAt,
                reason: stored.reason
            });
    }

    /// @inheritdoc IEpcisRepository
    function eventByContent(bytes32 contentId) external view returns (EventId) {
        return _events[contentId].id;
    }

    /// @inheritdoc IEpcisRepository
    function eventsOf(
        ObjectId object,
        uint256 offset,
        uint256 limit
    ) external view returns (EventId[] memory events, uint256 next) {
        return state.eventsOf(object, offset, limit);
    }

    /// @inheritdoc IEpcisRepository
    function isErroneous(EventId id) external view returns (bool) {
        return _stored(id).reason != ErrorReason.NONE;
    }

    /// @inheritdoc IEpcisRepository
    function eventCount() external view returns (uint256) {
        return _count;
    }

    /// @inheritdoc IEpcisRepository
    function openingUntil(PartyId party) external view returns (uint64) {
        return _openingUntil[party];
    }

    /// @inheritdoc IEpcisRepository
    function guards() external view returns (GuardEntry[] memory) {
        return _guards;
    }

    /// @inheritdoc IEpcisRepository
    function digestOf(EpcisEvent calldata captured) external pure returns (bytes32) {
        return _digestOf(captured);
    }

    // -- capturing -------------------------------------------------------------------------------------

    function _capture(
        PartyId by,
        bool opening,
        EpcisEvent[] calldata events
    ) private returns (EventId first, uint64 number) {
        require(
            events.length != 0 && events.length <= _MAX_EVENTS,
            EpcisRepositoryBatchSize(events.length, _MAX_EVENTS)
        );
        parties.requireActsFor(_msgSender(), by);
        number = ++captureNumber;
        Batch memory batch;
        batch.by = by;
        batch.time = clock.timestamp();
        batch.number = number;
        batch.opening = opening;
        uint48 count = _count;
        first = EventId.wrap(count + 1);
        _count = count + uint48(events.length); // at most 50
        for (uint256 i = 0; i < events.length; ++i) {
            _captureOne(batch, EventId.wrap(++count), events[i]);
        }
    }

    function _captureOne(Batch memory batch, EventId id, EpcisEvent calldata captured) private {
        bytes32 contentId = captured.contentId;
        require(contentId != 0, EpcisRepositoryContentIdMissing());
        Stored storage stored = _events[contentId];
        require(EventId.unwrap(stored.id) == 0, EpcisRepositoryCapturedBefore(contentId, stored.id));
        EpcisRules.requireWellFormed(captured);
        _requirePast(batch, captured.eventTime);
        if (!batch.opening) _requireRecent(batch, captured.eventTime);
        if (captured.step == BizStep.SHIPPING && PartyId.unwrap(captured.flow.toHolder) == 0) {
            _requireOpenShipping(batch, captured);
        }
        if (PlaceId.unwrap(captured.readPoint) != 0) _requirePlace(captured.readPoint);
        if (PlaceId.unwrap(captured.location) != 0) _requirePlace(captured.location);

        _contentOf[id] = contentId;
        stored.id = id;
        stored.by = batch.by;
        stored.recordedAt = uint40(batch.time); // until the year 36812
        stored.capture = uint40(batch.number); // one is at least a transaction
        stored.opening = batch.opening;
        stored.digest = _digestOf(captured);
        emit EventCaptured(id, batch.by, contentId, batch.time, batch.number, batch.opening, captured);

        uint256 count = _guards.length;
        for (uint256 i = 0; i < count; ++i) {
            if (_watches(_guards[i], captured)) _guards[i].guard.beforeCapture(batch.by, id, captured);
        }
        state.record(batch.by, id, batch.opening, captured);
        for (uint256 i = 0; i < count; ++i) {
            if (_watches(_guards[i], captured)) _guards[i].guard.afterCapture(batch.by, id, captured);
        }
    }

    /// @dev The tolerance is looked up once, and only when a time is ahead of the chain's.
    function _requirePast(Batch memory batch, uint64 milliseconds) private view {
        if (milliseconds <= batch.time * 1_000) return;
        if (!batch.toleranceKnown) {
            RegionId region = parties.regionOf(batch.by);
            (, uint256 tolerance) = policies.tryValueOf(region, batch.time, CaptureParameters.TOLERANCE);
            batch.latest = uint64((batch.time + tolerance) * 1_000);
            batch.toleranceKnown = true;
        }
        require(milliseconds <= batch.latest, EpcisRepositoryFuture(milliseconds, batch.latest));
    }

    /// @dev Looked up once, and only when an event is not of the last day. What was in circulation before may be as old as it likes.
    function _requireRecent(Batch memory batch, uint64 milliseconds) private view {
        if (milliseconds + _FRESH * 1_000 >= batch.time * 1_000) return;
        if (!batch.ageKnown) {
            RegionId region = parties.regionOf(batch.by);
            (bool known, uint256 age) = policies.tryValueOf(region, batch.time, CaptureParameters.MAX_AGE);
            if (age < _FRESH) age = _FRESH;
            batch.earliest = known && age < batch.time ? uint64((batch.time - age) * 1_000) : 0;
            batch.ageKnown = true;
        }
        require(milliseconds >= batch.earliest, EpcisRepositoryTooOld(milliseconds, batch.earliest));
    }

    /// @dev A shipping that names no receiver sets its goods in transit to whoever receives them first.
    function _requireOpenShipping(Batch memory batch, EpcisEvent calldata captured) private view {
        if (captured.kind != EventKind.OBJECT || captured.action != Action.OBSERVE) return;
        if (captured.objects.length + captured.quantities.length == 0) return;
        RegionId region = parties.regionOf(batch.by);
        (, uint256 allowed) = policies.tryValueOf(region, batch.time, CaptureParameters.SHIPPING_OPEN);
        require(allowed != 0, EpcisRepositoryReceiverMissing(batch.by));
    }

    function _requirePlace(PlaceId place) private view {
        require(PartyId.unwrap(parties.placeOwner(place)) != 0, ITradePartiesErrors.TradePartiesUnknownPlace(place));
    }

    function _stored(EventId id) private view returns (Stored storage stored) {
        bytes32 contentId = _contentOf[id];
        require(contentId != 0, EpcisRepositoryUnknownEvent(id));
        stored = _events[contentId];
    }

    function _watches(GuardEntry storage entry, EpcisEvent calldata captured) private view returns (bool) {
        return (entry.steps >> uint256(captured.step)) & 1 == 1 && (entry.kinds >> uint256(captured.kind)) & 1 == 1;
    }

    function _digestOf(EpcisEvent calldata captured) private pure returns (bytes32) {
        return keccak256(abi.encode(captured));
    }
}
