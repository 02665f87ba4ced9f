// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {TransformationBook} from "./TransformationBook.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {ITraceLots} from "./interfaces/ITraceLots.sol";
import {Chain, EventChain, Statement} from "./libraries/EventChain.sol";
import {LotState} from "./libraries/StateTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {TraceNodes} from "./libraries/TraceNodes.sol";
import {
    Action,
    BizStep,
    Disposition,
    EpcisEvent,
    EventId,
    EventKind,
    Gtin,
    ObjectId,
    ObjectStatus,
    PartyId,
    Quantity,
    Unit
} from "./libraries/TraceTypes.sol";

/// @title TraceLots
/// @notice Quantities of lots; see {ITraceLots}.
contract TraceLots is ITraceLots, TransformationBook, Governed {
    using EventChain for Chain;
    using EventChain for uint256;

    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_LOTS = 50;

    // A lot's word: cursor of its events (110 bits), whether recalled, whether opening, unit (24), producer (32), event of its creation (48).
    uint256 private constant _RECALLED = 1 << 110;
    uint256 private constant _OPENING = 1 << 111;
    uint256 private constant _UNIT_AT = 112;
    uint256 private constant _PRODUCER_AT = 136;
    uint256 private constant _CREATION_AT = 168;
    // A node's word: amount (128 bits), the event that last debited it (48), whether it ever held some of the lot (1), index plus one among the lots
    // of a container (16).
    uint256 private constant _AMOUNT = type(uint128).max;
    uint256 private constant _DEBIT_AT = 128;
    uint256 private constant _DEBIT = uint256(type(uint48).max) << _DEBIT_AT;
    uint256 private constant _LISTED = 1 << 176;
    uint256 private constant _INDEX_AT = 177;
    uint256 private constant _INDEX = uint256(type(uint16).max) << _INDEX_AT;

    uint256 private constant _CREATED = 1; // effect of the entry that created the lot

    /// @dev Which total of a lot a movement adds to.
    enum Total {
        NONE,
        CREATED,
        SOLD,
        CONSUMED,
        DESTROYED
    }

    /// @dev Where quantities go.
    struct Move {
        bytes32 from;
        bytes32 to;
        Total total;
        bool observed;
        bool blocked;
        bool sale;
        bool returned;
    }

    /// @dev What a lot's creation stated.
    struct Birth {
        uint64 producedAt;
        uint64 expiresAt;
        bytes32 certificate;
    }

    /// @dev A lot as stored.
    struct Lot {
        uint256 head;
        uint128 created;
        uint128 sold;
        uint128 consumed;
        uint128 destroyed;
        Chain chain;
        mapping(bytes32 node => uint256) nodes;
        ObjectId[] containers;
    }

    /// @dev What was in a container when it was emptied.
    struct Portion {
        ObjectId lot;
        uint128 amount;
    }

    mapping(ObjectId lot => Lot) private _lots;
    mapping(EventId id => Birth) private _births;
    mapping(ObjectId container => ObjectId[]) private _inside;
    mapping(EventId id => Portion[]) private _emptied;

    /// @param authority_ the deployment's {Authority}
    /// @param catalogue_ the deployment's {ProductCatalogue}
    constructor(address authority_, IProductCatalogue catalogue_) Governed(authority_) TransformationBook(catalogue_) {
        _requireContract(address(catalogue_));
    }

    // -- writers -------------------------------------------------------------------------------------

    /// @inheritdoc ITraceLots
    function record(PartyId by, EventId id, bool opening, EpcisEvent calldata captured) external restricted {
        Statement memory statement = Statement({
            id: id,
            place: captured.location,
            disposition: uint8(captured.disposition),
            set: captured.set,
            unset: captured.unset
        });
        bool transformation = captured.kind == EventKind.TRANSFORMATION;
        Quantity[] calldata quantities = captured.quantities;
        if (captured.kind == EventKind.OBJECT && captured.action == Action.ADD) {
            if (quantities.length != 0) _bear(id, captured);
            for (uint256 i = 0; i < quantities.length; ++i) {
                _create(by, opening, statement, quantities[i]);
            }
            return;
        }
        Move memory move = _moveOf(by, captured);
        if (move.blocked && transformation && _isSplit(captured)) move.blocked = false;
        bool recalled = false;
        for (uint256 i = 0; i < quantities.length; ++i) {
            bool marked = _record(statement, move, quantities[i], captured.eventTime);
            recalled = recalled || marked;
        }
        if (transformation) {
            quantities = captured.outputQuantities;
            if (quantities.length != 0) _bear(id, captured);
            for (uint256 i = 0; i < quantities.length; ++i) {
                _create(by, false, statement, quantities[i]);
                if (recalled) _mark(quantities[i].object, _lots[quantities[i].object]);
            }
            _addUp(by, id, captured);
        } else if (_empties(captured)) {
            _empty(statement, move, captured.parent);
        }
    }

    /// @inheritdoc ITraceLots
    function takeBack(PartyId by, EventId id, EpcisEvent calldata captured) external restricted {
        if (captured.kind == EventKind.TRANSFORMATION) {
            _takeOff(id, captured);
            for (uint256 i = 0; i < captured.outputQuantities.length; ++i) {
                _undoCreation(by, id, captured.outputQuantities[i]);
            }
        }
        Quantity[] calldata quantities = captured.quantities;
        if (captured.kind == EventKind.OBJECT && captured.action == Action.ADD) {
            for (uint256 i = 0; i < quantities.length; ++i) {
                _undoCreation(by, id, quantities[i]);
            }
            return;
        }
        Move memory move = _moveOf(by, captured);
        for (uint256 i = 0; i < quantities.length; ++i) {
            _undo(id, move, quantities[i].object, quantities[i].amount);
        }
        if (_empties(captured)) {
            Portion[] storage portions = _emptied[id];
            for (uint256 i = 0; i < portions.length; ++i) {
                _undo(id, move, portions[i].lot, portions[i].amount);
            }
        }
    }

    /// @inheritdoc ITraceLots
    function mark(ObjectId lot, bool recalled) external restricted returns (bool changed) {
        Lot storage record_ = _lots[lot];
        uint256 head = record_.head;
        require(_creationOf(head) != 0, TraceLotsUnknown(lot));
        changed = (head & _RECALLED != 0) != recalled;
        if (!changed) return false;
        record_.head = head ^ _RECALLED;
        emit LotRecallMarked(lot, recalled);
    }

    // -- readers -------------------------------------------------------------------------------------

    /// @inheritdoc ITraceLots
    function lotOf(ObjectId lot) external view returns (LotState memory state) {
        Lot storage record_ = _lots[lot];
        uint256 head = record_.head;
        uint48 creation = _creationOf(head);
        if (creation == 0) return state;
        state.unit = _unitOf(head);
        state.recalled = head & _RECALLED != 0;
        state.opening = head & _OPENING != 0;
        state.producer = _producerOf(head);
        Birth storage birth = _births[EventId.wrap(creation)];
        state.producedAt = birth.producedAt;
        state.expiresAt = birth.expiresAt;
        state.certificate = birth.certificate;
        (state.place, ) = record_.chain.placeOf(head);
        state.disposition = Disposition(record_.chain.dispositionOf(head));
        state.persistent = record_.chain.persistentOf();
        state.created = record_.created;
        state.sold = record_.sold;
        state.consumed = record_.consumed;
        state.destroyed = record_.destroyed;
        state.live = state.created - state.sold - state.consumed - state.destroyed;
        state.commissionedBy = EventId.wrap(creation);
        state.lastEvent = record_.chain.lastEvent(head);
    }

    /// @inheritdoc ITraceLots
    function statusOf(ObjectId lot) external view returns (ObjectStatus) {
        Lot storage record_ = _lots[lot];
        if (_creationOf(record_.head) == 0) return ObjectStatus.NONE;
        uint128 sold = record_.sold;
        uint128 consumed = record_.consumed;
        uint128 destroyed = record_.destroyed;
        if (record_.created != sold + consumed + destroyed) return ObjectStatus.ACTIVE;
        if (sold >= consumed && sold >= destroyed) return ObjectStatus.SOLD;
        return consumed >= destroyed ? ObjectStatus.CONSUMED : ObjectStatus.DESTROYED;
    }

    /// @inheritdoc ITraceLots
    function amountAt(ObjectId lot, bytes32 node) external view returns (uint128) {
        return uint128(_lots[lot].nodes[node]);
    }

    /// @inheritdoc ITraceLots
    function isRecalled(ObjectId lot) external view returns (bool) {
        return _lots[lot].head & _RECALLED != 0;
    }

    /// @inheritdoc ITraceLots
    function expiryOf(ObjectId lot) external view returns (uint64) {
        return _births[EventId.wrap(_creationOf(_lots[lot].head))].expiresAt;
    }

    /// @inheritdoc ITraceLots
    function containersOf(
        ObjectId lot,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory containers, uint256 next) {
        ObjectId[] storage list = _lots[lot].containers;
        uint256 end;
        (end, next) = Paging.window(list.length, offset, limit);
        containers = new ObjectId[](end - offset);
        for (uint256 i = offset; i < end; ++i) {
            containers[i - offset] = list[i];
        }
    }

    /// @inheritdoc ITraceLots
    function lotsIn(ObjectId container) external view returns (ObjectId[] memory lots, uint128[] memory amounts) {
        lots = _inside[container];
        amounts = new uint128[](lots.length);
        for (uint256 i = 0; i < lots.length; ++i) {
            amounts[i] = uint128(_lots[lots[i]].nodes[ObjectId.unwrap(container)]);
        }
    }

    /// @inheritdoc ITraceLots
    function countIn(ObjectId container) external view returns (uint256) {
        return _inside[container].length;
    }

    /// @inheritdoc ITraceLots
    function eventsOf(
        ObjectId lot,
        uint256 offset,
        uint256 limit
    ) external view returns (EventId[] memory events, uint256 next) {
        Lot storage record_ = _lots[lot];
        return record_.chain.page(record_.head, offset, limit);
    }

    // -- recording -------------------------------------------------------------------------------------

    function _bear(EventId id, EpcisEvent calldata captured) private {
        if (captured.ilmd.producedAt | captured.ilmd.expiresAt == 0 && captured.ilmd.certificate == 0) return;
        Birth storage birth = _births[id];
        birth.producedAt = captured.ilmd.producedAt;
        birth.expiresAt = captured.ilmd.expiresAt;
        if (captured.ilmd.certificate != 0) birth.certificate = captured.ilmd.certificate;
    }

    /// @dev Creates a lot, or lets it grow by its producer.
    function _create(PartyId by, bool opening, Statement memory statement, Quantity calldata quantity) private {
        ObjectId id = quantity.object;
        Lot storage lot = _lots[id];
        uint256 head = lot.head;
        require(quantity.amount != 0, TraceLotsAmountMissing(id));
        uint256 effect = 0;
        if (_creationOf(head) == 0) {
            TraceKeys.requireValid(id);
            Unit unit = catalogue.unitOf(TraceKeys.gtinOf(id));
            _requireUnit(id, quantity.unit, unit);
            if (!opening) catalogue.requireMayProduce(TraceKeys.gtinOf(id), by);
            head = head.cursorOf() | (opening ? _OPENING : 0);
            head |= uint256(uint24(Unit.unwrap(unit))) << _UNIT_AT;
            head |= uint256(PartyId.unwrap(by)) << _PRODUCER_AT;
            head |= uint256(EventId.unwrap(statement.id)) << _CREATION_AT;
            effect = _CREATED;
        } else {
            _requireUnit(id, quantity.unit, _unitOf(head));
            require(opening || _producerOf(head) == by, TraceLotsNotProducer(id, _producerOf(head), by));
            _requireOnce(id, lot, head, statement.id);
        }
        lot.head = lot.chain.append(head, statement, 0, effect, 0, false);
        lot.created += quantity.amount;
        _credit(id, lot, TraceNodes.stock(by), quantity.amount);
    }

    /// @dev Moves or observes a quantity. Returns whether the lot is recalled.
    function _record(
        Statement memory statement,
        Move memory move,
        Quantity calldata quantity,
        uint64 eventTime
    ) private returns (bool recalled) {
        ObjectId id = quantity.object;
        Lot storage lot = _lots[id];
        uint256 head = lot.head;
        require(_creationOf(head) != 0, TraceLotsUnknown(id));
        _requireOnce(id, lot, head, statement.id);
        if (move.observed) {
            lot.head = lot.chain.append(head, statement, 0, 0, 0, false);
            return false;
        }
        _requireUnit(id, quantity.unit, _unitOf(head));
        require(quantity.amount != 0, TraceLotsAmountMissing(id));
        require(move.from != bytes32(type(uint256).max), TraceLotsPartyMissing(id));
        recalled = head & _RECALLED != 0;
        require(!recalled || !move.blocked, TraceLotsRecalled(id));
        if (move.sale) {
            uint64 expiresAt = _births[EventId.wrap(_creationOf(head))].expiresAt;
            require(expiresAt == 0 || eventTime / 1_000 < expiresAt, TraceLotsExpired(id, expiresAt, eventTime));
        }
        _move(statement, move, id, lot, quantity.amount);
    }

    function _move(Statement memory statement, Move memory move, ObjectId id, Lot storage lot, uint128 amount) private {
        uint256 debit = _debit(id, lot, move.from, amount, statement.id);
        lot.head = lot.chain.append(lot.head, statement, 0, 0, debit, false);
        if (move.to != 0) _credit(id, lot, move.to, amount);
        if (move.total == Total.SOLD) {
            if (move.returned) lot.sold -= amount;
            else lot.sold += amount;
        } else if (move.total == Total.CONSUMED) {
            lot.consumed += amount;
        } else if (move.total == Total.DESTROYED) {
            lot.destroyed += amount;
        }
    }

    /// @dev Moves all that lies in a container.
    function _empty(Statement memory statement, Move memory move, ObjectId container) private {
        ObjectId[] memory lots = _inside[container];
        for (uint256 i = 0; i < lots.length; ++i) {
            Lot storage lot = _lots[lots[i]];
            uint128 amount = uint128(lot.nodes[ObjectId.unwrap(container)]);
            _emptied[statement.id].push(Portion({lot: lots[i], amount: amount}));
            _move(statement, move, lots[i], lot, amount);
        }
    }

    function _mark(ObjectId id, Lot storage lot) private {
        if (lot.head & _RECALLED != 0) return;
        lot.head |= _RECALLED;
        emit LotRecallMarked(id, true);
    }

    /// @dev Takes from a node and returns the event that debited it before.
    function _debit(
        ObjectId id,
        Lot storage lot,
        bytes32 node,
        uint128 amount,
        EventId event_
    ) private returns (uint256 before) {
        uint256 word = lot.nodes[node];
        uint128 available = uint128(word);
        require(amount <= available, TraceLotsShort(id, node, available, amount));
        before = (word & _DEBIT) >> _DEBIT_AT;
        word = (word - amount) & ~_DEBIT;
        word |= uint256(EventId.unwrap(event_)) << _DEBIT_AT;
        lot.nodes[node] = word;
        if (amount == available) _delist(node, lot, word);
    }

    function _credit(ObjectId id, Lot storage lot, bytes32 node, uint128 amount) private {
        uint256 word = lot.nodes[node];
        uint128 sum = uint128(word) + amount; // checked: a lot has at most 2^128 - 1
        word = (word & ~_AMOUNT) | sum;
        if (uint8(node[0]) < 0x80) {
            if (word & _LISTED == 0) {
                word |= _LISTED;
                lot.containers.push(ObjectId.wrap(node));
            }
            if (word & _INDEX == 0) {
                ObjectId[] storage inside = _inside[ObjectId.wrap(node)];
                require(inside.length < _MAX_LOTS, TraceLotsFull(ObjectId.wrap(node), _MAX_LOTS));
                inside.push(id);
                word |= inside.length << _INDEX_AT;
            }
        }
        lot.nodes[node] = word;
    }

    /// @dev Takes a lot out of a container's list when nothing of it is left there.
    function _delist(bytes32 node, Lot storage lot, uint256 word) private {
        uint256 index = (word & _INDEX) >> _INDEX_AT;
        if (index == 0) return;
        ObjectId[] storage inside = _inside[ObjectId.wrap(node)];
        ObjectId moved = inside[inside.length - 1];
        inside[index - 1] = moved;
        inside.pop();
        uint256 other = _lots[moved].nodes[node];
        _lots[moved].nodes[node] = (other & ~_INDEX) | (index << _INDEX_AT);
        lot.nodes[node] = word & ~_INDEX;
    }

    // -- taking back -----------------------------------------------------------------------------------

    function _undoCreation(PartyId by, EventId event_, Quantity calldata quantity) private {
        ObjectId id = quantity.object;
        Lot storage lot = _lots[id];
        uint256 head = lot.head;
        (, uint256 index) = lot.chain.find(head, event_);
        bool first = lot.chain.entries[index].effectOf() == _CREATED;
        require(!first || head.liveOf() == 1, TraceLotsLaterEvent(id, lot.chain.lastEvent(head)));
        _uncredit(id, lot, TraceNodes.stock(by), quantity.amount, event_);
        lot.created -= quantity.amount;
        head = lot.chain.void(head, index);
        lot.head = first ? head.cursorOf() : head;
    }

    function _undo(EventId event_, Move memory move, ObjectId id, uint128 amount) private {
        Lot storage lot = _lots[id];
        (, uint256 index) = lot.chain.find(lot.head, event_);
        if (!move.observed) {
            if (move.to != 0) _uncredit(id, lot, move.to, amount, event_);
            _undebit(id, lot, move.from, amount, event_, lot.chain.entries[index].payloadOf());
            if (move.total == Total.SOLD) {
                if (move.returned) lot.sold += amount;
                else lot.sold -= amount;
            } else if (move.total == Total.CONSUMED) {
                lot.consumed -= amount;
            } else if (move.total == Total.DESTROYED) {
                lot.destroyed -= amount;
            }
        }
        lot.head = lot.chain.void(lot.head, index);
    }

    function _uncredit(ObjectId id, Lot storage lot, bytes32 node, uint128 amount, EventId event_) private {
        uint256 word = lot.nodes[node];
        EventId last = _lastDebit(lot, word, event_);
        require(EventId.unwrap(last) <= EventId.unwrap(event_), TraceLotsLaterEvent(id, last));
        word -= amount;
        lot.nodes[node] = word;
        if (uint128(word) == 0) _delist(node, lot, word);
    }

    /// @dev The latest debit of a node that is not taken back; those before the event do not matter.
    function _lastDebit(Lot storage lot, uint256 word, EventId event_) private view returns (EventId last) {
        last = EventId.wrap(uint48(word >> _DEBIT_AT));
        uint256 head = lot.head;
        while (EventId.unwrap(last) > EventId.unwrap(event_)) {
            (, uint256 index) = lot.chain.find(head, last);
            uint256 entry = lot.chain.entries[index];
            if (!entry.isVoid()) return last;
            last = EventId.wrap(uint48(entry.payloadOf()));
        }
    }

    function _undebit(
        ObjectId id,
        Lot storage lot,
        bytes32 node,
        uint128 amount,
        EventId event_,
        uint256 before
    ) private {
        uint256 word = lot.nodes[node];
        if (uint48(word >> _DEBIT_AT) == EventId.unwrap(event_)) {
            lot.nodes[node] = (word & ~_DEBIT) | (before << _DEBIT_AT);
        }
        _credit(id, lot, node, amount);
    }

    // -- what an event means -------------------------------------------------------------------------

    /// @dev Where an event moves its quantities; `from` is all ones where a party is missing.
    function _moveOf(PartyId by, EpcisEvent calldata captured) private pure returns (Move memory move) {
        bytes32 stock = TraceNodes.stock(by);
        EventKind kind = captured.kind;
        Action action = captured.action;
        if (kind == EventKind.TRANSFORMATION) {
            return _moveFrom(stock, 0, Total.CONSUMED, true);
        }
        if (kind == EventKind.AGGREGATION && action != Action.OBSERVE) {
            bytes32 container = ObjectId.unwrap(captured.parent);
            if (action == Action.ADD) return _moveFrom(stock, container, Total.NONE, true);
            return _moveFrom(container, stock, Total.NONE, false);
        }
        if (kind != EventKind.OBJECT) {
            move.observed = true;
            return move;
        }
        return _handle(by, stock, captured);
    }

    function _handle(PartyId by, bytes32 stock, EpcisEvent calldata captured) private pure returns (Move memory move) {
        BizStep step = captured.step;
        PartyId from = captured.flow.fromHolder;
        PartyId to = captured.flow.toHolder;
        bool returned = captured.disposition == Disposition.RETURNED;
        if (step == BizStep.RETAIL_SELLING || step == BizStep.DISPENSING) {
            move = _moveFrom(stock, TraceNodes.sold(by), Total.SOLD, true);
            move.sale = true;
        } else if (captured.action == Action.DELETE) {
            move = _moveFrom(stock, 0, Total.DESTROYED, false);
        } else if (step == BizStep.SHIPPING) {
            move = _moveFrom(stock, TraceNodes.transit(by, to), Total.NONE, !returned);
        } else if (step == BizStep.VOID_SHIPPING) {
            // The shipper takes back what it sent, or the consignee refuses what was sent to it.
            bool refused = to == by || PartyId.unwrap(to) == 0;
            PartyId shipper = refused ? from : by;
            move = _moveFrom(
                TraceNodes.transit(shipper, refused ? by : to),
                TraceNodes.stock(shipper),
                Total.NONE,
                false
            );
            if (PartyId.unwrap(shipper) == 0) move.from = bytes32(type(uint256).max);
        } else if (step == BizStep.RECEIVING || step == BizStep.ACCEPTING) {
            if (PartyId.unwrap(from) != 0) return _moveFrom(TraceNodes.transit(from, by), stock, Total.NONE, !returned);
            if (step == BizStep.RECEIVING && returned) {
                move = _moveFrom(TraceNodes.sold(by), stock, Total.SOLD, false);
                move.returned = true;
            } else if (step == BizStep.RECEIVING) {
                move.from = bytes32(type(uint256).max);
            } else {
                move.observed = true; // received before, with its shipper
            }
        } else {
            move.observed = true;
        }
    }

    function _moveFrom(bytes32 from, bytes32 to, Total total, bool blocked) private pure returns (Move memory move) {
        move.from = from;
        move.to = to;
        move.total = total;
        move.blocked = blocked;
    }

    function _empties(EpcisEvent calldata captured) private pure returns (bool) {
        return
            captured.kind == EventKind.AGGREGATION &&
            captured.action == Action.DELETE &&
            captured.objects.length + captured.quantities.length == 0;
    }

    /// @dev Whether a transformation only divides or joins lots of one product, in one event.
    function _isSplit(EpcisEvent calldata captured) private pure returns (bool) {
        if (captured.objects.length + captured.outputs.length != 0) return false;
        if (captured.quantities.length == 0 || captured.outputQuantities.length == 0) return false;
        Gtin product = TraceKeys.gtinOf(captured.quantities[0].object);
        return _allOf(product, captured.quantities) && _allOf(product, captured.outputQuantities);
    }

    function _allOf(Gtin product, Quantity[] calldata quantities) private pure returns (bool) {
        for (uint256 i = 0; i < quantities.length; ++i) {
            if (Gtin.unwrap(TraceKeys.gtinOf(quantities[i].object)) != Gtin.unwrap(product)) return false;
        }
        return true;
    }

    /// @dev The last entry is the only one that can be of this event.
    function _requireOnce(ObjectId id, Lot storage lot, uint256 head, EventId event_) private view {
        EventId last = lot.chain.entries[head.countOf() - 1].eventOf();
        require(EventId.unwrap(last) != EventId.unwrap(event_), TraceLotsDuplicate(id));
    }

    function _requireUnit(ObjectId id, Unit given, Unit unit) private pure {
        require(Unit.unwrap(given) == Unit.unwrap(unit), TraceLotsWrongUnit(id, given, unit));
    }

    function _unitOf(uint256 head) private pure returns (Unit) {
        return Unit.wrap(bytes3(uint24(head >> _UNIT_AT)));
    }

    function _producerOf(uint256 head) private pure returns (PartyId) {
        return PartyId.wrap(uint32(head >> _PRODUCER_AT));
    }

    function _creationOf(uint256 head) private pure returns (uint48) {
        return uint48(head >> _CREATION_AT);
    }
}
