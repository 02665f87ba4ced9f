// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CaptureGuard} from "./CaptureGuard.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {
    Action,
    BizStep,
    Disposition,
    EpcisEvent,
    EventId,
    EventKind,
    ObjectId,
    PartyId,
    PlaceId
} from "./libraries/TraceTypes.sol";

/// @dev The events of a chain of custody, newest first.
/// @param events the events
/// @param through what each names
/// @param count how many
/// @param complete whether every event was looked at
struct Trail {
    EventId[] events;
    ObjectId[] through;
    uint256 count;
    bool complete;
}

/// @title CustodyTrail
/// @notice Which events make up an item's chain of custody: its own, those of the containers while it lay in them, and its lot's before it was there.
abstract contract CustodyTrail is CaptureGuard {
    // Bounds on the work of one call, not a regulation's numbers.
    uint256 private constant _MAX_READ = 128;
    uint256 private constant _MAX_TRAIL = 256;
    uint256 private constant _MAX_DEPTH = 8;

    /// @dev What is kept of an event: one slot, and a second one for what is packed or unpacked.
    struct Fact {
        uint64 eventTime;
        EventKind kind;
        Action action;
        BizStep step;
        Disposition disposition;
        PlaceId place;
        PartyId to;
    }

    /// @dev A stretch of events of one object.
    struct Stretch {
        ObjectId object;
        uint256 after_;
        uint256 until;
        uint256 depth;
    }

    ITraceState private immutable _state;

    mapping(EventId id => Fact) internal _facts;
    mapping(EventId id => ObjectId) private _parents;

    /// @param state_ the derived state
    constructor(ITraceState state_) {
        _state = state_;
    }

    /// @inheritdoc CaptureGuard
    function _after(PartyId, EventId id, EpcisEvent calldata captured) internal override {
        PlaceId place = PlaceId.unwrap(captured.readPoint) == 0 ? captured.location : captured.readPoint;
        _facts[id] = Fact({
            eventTime: captured.eventTime,
            kind: captured.kind,
            action: captured.action,
            step: captured.step,
            disposition: captured.disposition,
            place: place,
            to: captured.flow.toHolder
        });
        if (captured.kind == EventKind.AGGREGATION) _parents[id] = captured.parent;
    }

    /// @dev The chain of custody before a cursor (0 = from the newest on).
    function _trailOf(
        ObjectId object,
        ObjectId lot,
        EventId birth,
        EventId cursor
    ) internal view returns (Trail memory trail) {
        trail.events = new EventId[](_MAX_TRAIL);
        trail.through = new ObjectId[](_MAX_TRAIL);
        trail.complete = true;
        uint256 until = EventId.unwrap(cursor) == 0 ? type(uint48).max : EventId.unwrap(cursor) - 1;
        _collect(trail, Stretch({object: object, after_: 0, until: type(uint48).max, depth: 0}), until);
        if (ObjectId.unwrap(lot) != 0) {
            _collect(trail, Stretch({object: lot, after_: 0, until: EventId.unwrap(birth), depth: 1}), until);
        }
    }

    /// @dev Adds the events of an object within a stretch, and what befell the containers that it lay in.
    function _collect(Trail memory trail, Stretch memory stretch, uint256 until) private view {
        if (stretch.depth > _MAX_DEPTH) return;
        EventId[] memory events = _latest(trail, stretch.object);
        ObjectId container;
        uint256 since = 0;
        for (uint256 i = 0; i < events.length; ++i) {
            EventId id = events[i];
            uint256 number = EventId.unwrap(id);
            Fact memory fact = _facts[id];
            bool packing = fact.kind == EventKind.AGGREGATION && fact.action != Action.OBSERVE;
            if (packing && _parents[id] == stretch.object) continue;
            if (packing) {
                if (ObjectId.unwrap(container) != 0) _collectIn(trail, stretch, container, since, number, until);
                container = fact.action == Action.ADD ? _parents[id] : ObjectId.wrap(0);
                since = number;
            }
            bool inside = number > stretch.after_ && number <= stretch.until && number <= until;
            if (inside) _insert(trail, id, stretch.object);
        }
        if (ObjectId.unwrap(container) != 0) {
            _collectIn(trail, stretch, container, since, type(uint48).max, until);
        }
    }

    function _collectIn(
        Trail memory trail,
        Stretch memory stretch,
        ObjectId container,
        uint256 since,
        uint256 number,
        uint256 until
    ) private view {
        uint256 from = since > stretch.after_ ? since : stretch.after_;
        uint256 to = number < stretch.until ? number : stretch.until;
        if (from >= to) return;
        _collect(trail, Stretch({object: container, after_: from, until: to, depth: stretch.depth + 1}), until);
    }

    /// @dev The latest events of an object, in their order.
    function _latest(Trail memory trail, ObjectId object) private view returns (EventId[] memory events) {
        uint256 next;
        (events, next) = _state.eventsOf(object, 0, 100);
        if (next == 0) return events;
        uint256 length = _lengthOf(object, next);
        uint256 offset = length > _MAX_READ ? length - _MAX_READ : 0;
        if (offset != 0) trail.complete = false;
        EventId[] memory all = new EventId[](length - offset);
        for (uint256 i = 0; i < all.length;) {
            (events, ) = _state.eventsOf(object, offset + i, 100);
            for (uint256 j = 0; j < events.length && i < all.length; ++j) {
                all[i++] = events[j];
            }
        }
        return all;
    }

    /// @dev The length of a list that only tells whether an offset lies within it: doubles, then halves.
    function _lengthOf(ObjectId object, uint256 known) private view returns (uint256) {
        uint256 low = known;
        uint256 high = known * 2;
        while (_reaches(object, high)) {
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            uint256 middle = (low + high) / 2;
            if (_reaches(object, middle)) low = middle;
            else high = middle;
        }
        return low;
    }

    function _reaches(ObjectId object, uint256 offset) private view returns (bool) {
        try _state.eventsOf(object, offset, 1) {
            return true;
        } catch {
            return false;
        }
    }

    /// @dev Keeps the newest first; drops the oldest when there is no room.
    function _insert(Trail memory trail, EventId id, ObjectId through) private pure {
        uint256 at = trail.count;
        while (at != 0 && EventId.unwrap(trail.events[at - 1]) < EventId.unwrap(id)) {
            --at;
        }
        if (at != 0 && EventId.unwrap(trail.events[at - 1]) == EventId.unwrap(id)) return;
        if (trail.count == _MAX_TRAIL) {
            trail.complete = false;
            if (at == _MAX_TRAIL) return;
        } else {
            ++trail.count;
        }
        for (uint256 i = trail.count - 1; i > at; --i) {
            trail.events[i] = trail.events[i - 1];
            trail.through[i] = trail.through[i - 1];
        }
        trail.events[at] = id;
        trail.through[at] = through;
    }
}
