// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Paging} from "../../common/libraries/Paging.sol";
import {IRecallMarks} from "../interfaces/IRecallMarks.sol";
import {ITraceState} from "../interfaces/ITraceState.sol";
import {RecallBook, RecallId, RecallPlace} from "./RecallTypes.sol";
import {LotState} from "./StateTypes.sol";
import {TraceKeys} from "./TraceKeys.sol";
import {KeyKind, ObjectId, ObjectStatus, PartyId, Unit} from "./TraceTypes.sol";

/// @dev What is kept of an object in a recall: one slot.
/// @param recall the recall; 0 = no entry
/// @param place where an item stands in the books
/// @param marked whether the recall marked it
/// @param endedBefore whether it had ended when the recall reached it
/// @param writtenOff whether a sold item was said to be beyond reach
/// @param relabelled whether its mark was taken off
/// @param again whether it waits a second time, for what was added to it
/// @param unmarking whether a withdrawn recall's mark is off and its containers are being counted again
/// @param edges how many edges of its lineage were read
/// @param children how many of its direct children were looked at
/// @param parts how many containers of a lot, or lots of a container, were looked at
/// @param done whether nothing of it was left to read when it was last looked at
/// @param unit the unit of a lot, which a lot that is taken back no longer tells
struct Entry {
    RecallId recall;
    RecallPlace place;
    bool marked;
    bool endedBefore;
    bool writtenOff;
    bool relabelled;
    bool again;
    bool done;
    bool unmarking;
    uint32 edges;
    uint32 children;
    uint32 parts;
    Unit unit;
}

/// @dev The way of a recall: what it reached, and what waits for a second look.
/// @param nodes what was reached and may lead on, once each, in the order in which it was reached
/// @param leaves items reached that led nowhere
/// @param head the first node that was not looked at
/// @param again what waits for a second look
/// @param againHead the first of them that still waits
/// @param marked how many objects were marked
/// @param unmarked how many of all of them were looked at to take marks off
struct Way {
    ObjectId[] nodes;
    ObjectId[] leaves;
    ObjectId[] again;
    uint64 head;
    uint64 againHead;
    uint64 marked;
    uint64 unmarked;
}

/// @dev The line of a lot.
/// @param book what is booked
/// @param before how much of the lot had been destroyed when the recall reached it
/// @param writtenOff how much of what was sold was said to be beyond reach
struct Line {
    RecallBook book;
    uint128 before;
    uint128 writtenOff;
}

/// @dev The books of a recall.
/// @param units the units
/// @param books the book of each
/// @param known which units there are
/// @param unbalanced how many of them do not balance
/// @param lines the line of each lot
struct Ledger {
    Unit[] units;
    mapping(Unit unit => RecallBook) books;
    mapping(Unit unit => bool) known;
    uint256 unbalanced;
    mapping(ObjectId lot => Line) lines;
}

/// @title Books of recalls
/// @notice What the recalls have to account for, unit by unit (C-29). Every line is a function of the state: whenever something may have changed it is
/// made anew and the difference booked, so that a correction needs no rule of its own.
library RecallLedger {
    uint128 private constant _PIECE = 1_000_000;

    /// @notice A page of what a recall reached; see {IRecallMarks-reachedBy}.
    /// @param way the way of the recall
    /// @param offset the first index
    /// @param limit the page size; 1 to 100
    /// @return objects the objects
    /// @return next the offset of the next page, or 0 when this is the last
    function reached(
        Way storage way,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory objects, uint256 next) {
        uint256 nodes = way.nodes.length;
        uint256 stop;
        (stop, next) = Paging.window(nodes + way.leaves.length, offset, limit);
        objects = new ObjectId[](stop - offset);
        for (uint256 i = offset; i < stop; ++i) {
            objects[i - offset] = i < nodes ? way.nodes[i] : way.leaves[i - nodes];
        }
    }

    /// @notice The books of a recall; see {IRecallMarks-booksOf}.
    /// @param ledger the books
    /// @return units the units
    /// @return all the books
    function books(Ledger storage ledger) external view returns (Unit[] memory units, RecallBook[] memory all) {
        units = ledger.units;
        all = new RecallBook[](units.length);
        for (uint256 i = 0; i < units.length; ++i) {
            all[i] = ledger.books[units[i]];
        }
    }

    /// @notice Reverts for the first unit that does not balance.
    /// @param recall the recall
    /// @param ledger its books
    function refuseUnbalanced(RecallId recall, Ledger storage ledger) external view {
        Unit[] storage list = ledger.units;
        for (uint256 i = 0; i < list.length; ++i) {
            RecallBook memory book = ledger.books[list[i]];
            uint128 accounted = _accounted(book);
            require(
                book.distributed == accounted,
                IRecallMarks.RecallMarksUnbalanced(recall, list[i], book.distributed, accounted)
            );
        }
    }

    /// @notice Makes the line of an object anew.
    /// @param ledger the books
    /// @param state the derived state
    /// @param by the party that recalls
    /// @param object the object
    /// @param entry its entry
    function renew(
        Ledger storage ledger,
        ITraceState state,
        PartyId by,
        ObjectId object,
        Entry storage entry
    ) external {
        if (entry.relabelled) return;
        KeyKind kind = TraceKeys.kindOf(object);
        if (kind == KeyKind.LGTIN) {
            _renewLot(ledger, state, by, object);
        } else if (_isGood(kind)) {
            _renewItem(ledger, state, by, object, entry);
        }
    }

    function _renewLot(Ledger storage ledger, ITraceState state, PartyId by, ObjectId lot) private {
        LotState memory current = state.lotOf(lot);
        Line storage line = ledger.lines[lot];
        if (line.before > current.destroyed) line.before = current.destroyed;
        RecallBook memory next;
        next.destroyed = current.destroyed - line.before;
        next.distributed = current.live + current.sold + next.destroyed;
        next.returned = state.amountAt(lot, state.stockNode(by));
        next.writtenOff = line.writtenOff < current.sold ? line.writtenOff : current.sold;
        _move(ledger, current.unit, line.book, next);
        line.book = next;
    }

    /// @notice Makes the line of an item that is alive, in no container and not in transit.
    function renewFree(
        Ledger storage ledger,
        ITraceState state,
        PartyId by,
        ObjectId object,
        Entry storage entry
    ) external {
        if (!_isGood(TraceKeys.kindOf(object))) return;
        _place(ledger, entry, state.possessorOf(object) == by ? RecallPlace.RETURNED : RecallPlace.OPEN);
    }

    function _renewItem(
        Ledger storage ledger,
        ITraceState state,
        PartyId by,
        ObjectId object,
        Entry storage entry
    ) private {
        _place(ledger, entry, _placeOf(state, by, object, entry));
    }

    function _place(Ledger storage ledger, Entry storage entry, RecallPlace place) private {
        if (place == entry.place) return;
        if (place == RecallPlace.OPEN || place == RecallPlace.RETURNED || place == RecallPlace.SOLD) {
            if (entry.endedBefore) entry.endedBefore = false;
        }
        _move(ledger, Unit.wrap(0), _single(entry.place), _single(place));
        entry.place = place;
    }

    /// @notice Says that a lot is sold again as far as it lives. Whole lots only, so the line stays as it is from now on.
    function relabelLot(Ledger storage ledger, ITraceState state, ObjectId lot) external returns (uint128 amount) {
        RecallBook storage book = ledger.lines[lot].book;
        RecallBook memory next = book;
        amount = next.returned;
        next.relabelled = amount;
        next.returned = 0;
        _move(ledger, state.lotOf(lot).unit, book, next);
        ledger.lines[lot].book = next;
    }

    /// @notice Says that an item is sold again.
    function relabelItem(Ledger storage ledger, Entry storage entry) external {
        _move(ledger, Unit.wrap(0), _single(entry.place), _single(RecallPlace.RELABELLED));
        entry.place = RecallPlace.RELABELLED;
    }

    /// @notice Takes an object out of the books: it never was.
    function unbook(Ledger storage ledger, ObjectId object, Entry storage entry) external {
        RecallBook memory none;
        if (TraceKeys.isLot(object)) {
            _move(ledger, entry.unit, ledger.lines[object].book, none);
            delete ledger.lines[object];
        } else if (entry.place != RecallPlace.NONE) {
            _move(ledger, Unit.wrap(0), _single(entry.place), none);
        }
    }

    /// @notice The unit of a lot, and how much of it had been destroyed, when the recall reached it.
    function remember(Ledger storage ledger, ITraceState state, ObjectId object, Entry storage entry) external {
        if (TraceKeys.isLot(object)) {
            LotState memory current = state.lotOf(object);
            ledger.lines[object].before = current.destroyed;
            entry.unit = current.unit;
        } else {
            ObjectStatus status = state.statusOf(object);
            entry.endedBefore = status == ObjectStatus.DESTROYED || status == ObjectStatus.DECOMMISSIONED;
        }
    }

    function _move(Ledger storage ledger, Unit unit, RecallBook memory old, RecallBook memory next) private {
        RecallBook storage book = ledger.books[unit];
        if (!ledger.known[unit]) {
            ledger.known[unit] = true;
            ledger.units.push(unit);
        }
        bool was = _isBalanced(book);
        // A sum holds each line that is taken from it, and amounts of a unit stay far below 2^128.
        unchecked {
            book.distributed += next.distributed - old.distributed;
            book.returned += next.returned - old.returned;
            book.destroyed += next.destroyed - old.destroyed;
            book.writtenOff += next.writtenOff - old.writtenOff;
            book.relabelled += next.relabelled - old.relabelled;
        }
        bool balanced = _isBalanced(book);
        if (was == balanced) return;
        if (balanced) --ledger.unbalanced;
        else ++ledger.unbalanced;
    }

    function _placeOf(
        ITraceState state,
        PartyId by,
        ObjectId object,
        Entry storage entry
    ) private view returns (RecallPlace) {
        ObjectStatus status = state.statusOf(object);
        if (status == ObjectStatus.ACTIVE) {
            return _isReturned(state, by, object) ? RecallPlace.RETURNED : RecallPlace.OPEN;
        }
        if (status == ObjectStatus.SOLD) return entry.writtenOff ? RecallPlace.WRITTEN_OFF : RecallPlace.SOLD;
        if (status == ObjectStatus.DESTROYED || status == ObjectStatus.DECOMMISSIONED) {
            return entry.endedBefore ? RecallPlace.GONE : RecallPlace.DESTROYED;
        }
        return RecallPlace.GONE;
    }

    /// @dev What the party itself sent out and nobody received yet is in its possession and not back.
    function _isReturned(ITraceState state, PartyId by, ObjectId object) private view returns (bool) {
        if (!(state.rootOf(object) == object) || !(state.possessorOf(object) == by)) return false;
        return PartyId.unwrap(state.stateOf(object).consignee) == 0;
    }

    function _accounted(RecallBook memory book) internal pure returns (uint128) {
        unchecked {
            return book.returned + book.destroyed + book.writtenOff + book.relabelled;
        }
    }

    function _isBalanced(RecallBook memory book) private pure returns (bool) {
        return book.distributed == _accounted(book);
    }

    function _single(RecallPlace place) private pure returns (RecallBook memory book) {
        if (place == RecallPlace.NONE || place == RecallPlace.GONE) return book;
        book.distributed = _PIECE;
        if (place == RecallPlace.RETURNED) book.returned = _PIECE;
        else if (place == RecallPlace.DESTROYED) book.destroyed = _PIECE;
        else if (place == RecallPlace.WRITTEN_OFF) book.writtenOff = _PIECE;
        else if (place == RecallPlace.RELABELLED) book.relabelled = _PIECE;
    }

    /// @dev Logistic units and returnable assets carry goods, transformations and places are none.
    function _isGood(KeyKind kind) internal pure returns (bool) {
        return
            kind == KeyKind.SGTIN ||
            kind == KeyKind.GIAI ||
            kind == KeyKind.MEDICINE ||
            kind == KeyKind.BATTERY ||
            kind == KeyKind.URI;
    }
}
