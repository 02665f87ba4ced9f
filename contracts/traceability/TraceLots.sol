// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {LotBook} from "./LotBook.sol";
import {TransformationBook} from "./TransformationBook.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {ITraceLots} from "./interfaces/ITraceLots.sol";
import {Chain, EventChain, Statement} from "./libraries/EventChain.sol";
import {LotMoves, Move, Total} from "./libraries/LotMoves.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {TraceNodes} from "./libraries/TraceNodes.sol";
import {Action, EpcisEvent, EventId, EventKind, ObjectId, PartyId, Quantity, Unit} from "./libraries/TraceTypes.sol";

/// @title TraceLots
/// @notice Quantities of lots; see {ITraceLots}.
contract TraceLots is LotBook, TransformationBook, Governed {
    using EventChain for Chain;
    using EventChain for uint256;

    // What an entry did: it created the lot; it took from an open consignment.
    uint256 private constant _CREATED = 1;
    uint256 private constant _OPENED = 2;

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
        Move memory move = LotMoves.moveOf(by, captured);
        if (move.blocked && transformation && LotMoves.isSplit(captured)) move.blocked = false;
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
        } else if (LotMoves.empties(captured)) {
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
        Move memory move = LotMoves.moveOf(by, captured);
        for (uint256 i = 0; i < quantities.length; ++i) {
            _undo(id, move, quantities[i].object, quantities[i].amount);
        }
        if (LotMoves.empties(captured)) {
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
        require(move.from != LotMoves.NOBODY, TraceLotsPartyMissing(id));
        recalled = head & _RECALLED != 0;
        bool opened = move.open != 0 && uint128(lot.nodes[move.from]) < quantity.amount;
        opened = opened && uint128(lot.nodes[move.open]) >= quantity.amount;
        require(!recalled || !(move.blocked || opened), TraceLotsRecalled(id));
        if (move.sale) {
            uint64 expiresAt = _births[EventId.wrap(_creationOf(head))].expiresAt;
            require(expiresAt == 0 || eventTime / 1_000 < expiresAt, TraceLotsExpired(id, expiresAt, eventTime));
        }
        uint256 debit = _debit(id, lot, opened ? move.open : move.from, quantity.amount, statement.id);
        lot.head = lot.chain.append(lot.head, statement, 0, opened ? _OPENED : 0, debit, false);
        _arrive(move, id, lot, quantity.amount);
    }

    function _arrive(Move memory move, ObjectId id, Lot storage lot, uint128 amount) private {
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
            uint256 debit = _debit(lots[i], lot, move.from, amount, statement.id);
            lot.head = lot.chain.append(lot.head, statement, 0, 0, debit, false);
            _arrive(move, lots[i], lot, amount);
        }
    }

    function _mark(ObjectId id, Lot storage lot) private {
        if (lot.head & _RECALLED != 0) return;
        lot.head |= _RECALLED;
        emit LotRecallMarked(id, true);
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
            uint256 entry = lot.chain.entries[index];
            bytes32 from = entry.effectOf() == _OPENED ? move.open : move.from;
            _undebit(id, lot, from, amount, event_, entry.payloadOf());
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

    /// @dev The last entry is the only one that can be of this event.
    function _requireOnce(ObjectId id, Lot storage lot, uint256 head, EventId event_) private view {
        EventId last = lot.chain.entries[head.countOf() - 1].eventOf();
        require(EventId.unwrap(last) != EventId.unwrap(event_), TraceLotsDuplicate(id));
    }

    function _requireUnit(ObjectId id, Unit given, Unit unit) private pure {
        require(Unit.unwrap(given) == Unit.unwrap(unit), TraceLotsWrongUnit(id, given, unit));
    }
}
