// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITraceState} from "./interfaces/ITraceState.sol";
import {RecallBook, RecallId, RecallPlace} from "./libraries/RecallTypes.sol";
import {LotState} from "./libraries/StateTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {KeyKind, ObjectId, ObjectStatus, PartyId, Unit} from "./libraries/TraceTypes.sol";

/// @title RecallBooks
/// @notice What the recalls have to account for, unit by unit (C-29). Every line is a function of the state: whenever something may have changed it is
/// made anew and the difference booked, so that a correction needs no rule of its own.
abstract contract RecallBooks {
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

    uint128 internal constant PIECE = 1_000_000;

    /// @notice The derived state.
    ITraceState public immutable state;

    mapping(RecallId recall => mapping(ObjectId lot => Line)) internal _lines;
    mapping(RecallId recall => Unit[]) internal _units;
    mapping(RecallId recall => mapping(Unit unit => RecallBook)) internal _books;
    mapping(RecallId recall => mapping(Unit unit => bool)) private _isUnit;
    /// @dev How many units do not balance.
    mapping(RecallId recall => uint256) internal _unbalanced;

    /// @param state_ the derived state
    constructor(ITraceState state_) {
        state = state_;
    }

    /// @dev Makes the line of an object anew.
    /// @param recall the recall
    /// @param by the party that recalls
    /// @param object the object
    /// @param entry its entry
    function _book(RecallId recall, PartyId by, ObjectId object, Entry storage entry) internal {
        if (entry.relabelled) return;
        KeyKind kind = TraceKeys.kindOf(object);
        if (kind == KeyKind.LGTIN) {
            _bookLot(recall, by, object);
        } else if (_isGood(kind)) {
            _bookItem(recall, by, object, entry);
        }
    }

    function _bookLot(RecallId recall, PartyId by, ObjectId lot) private {
        LotState memory current = state.lotOf(lot);
        Line storage line = _lines[recall][lot];
        if (line.before > current.destroyed) line.before = current.destroyed;
        RecallBook memory next;
        next.destroyed = current.destroyed - line.before;
        next.distributed = current.live + current.sold + next.destroyed;
        next.returned = state.amountAt(lot, state.stockNode(by));
        next.writtenOff = line.writtenOff < current.sold ? line.writtenOff : current.sold;
        _move(recall, current.unit, line.book, next);
        line.book = next;
    }

    /// @dev Makes the line of an item that is alive, in no container and not in transit.
    function _bookFree(RecallId recall, PartyId by, ObjectId object, Entry storage entry) internal {
        if (!_isGood(TraceKeys.kindOf(object))) return;
        _place(recall, entry, state.possessorOf(object) == by ? RecallPlace.RETURNED : RecallPlace.OPEN);
    }

    function _bookItem(RecallId recall, PartyId by, ObjectId object, Entry storage entry) private {
        _place(recall, entry, _placeOf(by, object, entry));
    }

    function _place(RecallId recall, Entry storage entry, RecallPlace place) private {
        if (place == entry.place) return;
        if (place == RecallPlace.OPEN || place == RecallPlace.RETURNED || place == RecallPlace.SOLD) {
            if (entry.endedBefore) entry.endedBefore = false;
        }
        _move(recall, Unit.wrap(0), _single(entry.place), _single(place));
        entry.place = place;
    }

    /// @dev Says that a lot is sold again as far as it lives. Whole lots only, so the line stays as it is from now on.
    function _bookRelabelledLot(RecallId recall, ObjectId lot) internal returns (uint128 amount) {
        RecallBook storage book = _lines[recall][lot].book;
        RecallBook memory next = book;
        amount = next.returned;
        next.relabelled = amount;
        next.returned = 0;
        _move(recall, state.lotOf(lot).unit, book, next);
        _lines[recall][lot].book = next;
    }

    /// @dev Says that an item is sold again.
    function _bookRelabelledItem(RecallId recall, Entry storage entry) internal {
        _move(recall, Unit.wrap(0), _single(entry.place), _single(RecallPlace.RELABELLED));
        entry.place = RecallPlace.RELABELLED;
    }

    /// @dev Takes an object out of the books: it never was.
    function _unbook(RecallId recall, ObjectId object, Entry storage entry) internal {
        RecallBook memory none;
        if (TraceKeys.isLot(object)) {
            _move(recall, state.lotOf(object).unit, _lines[recall][object].book, none);
            delete _lines[recall][object];
        } else if (entry.place != RecallPlace.NONE) {
            _move(recall, Unit.wrap(0), _single(entry.place), none);
        }
    }

    /// @dev How much of a lot had been destroyed when the recall reached it.
    function _remember(RecallId recall, ObjectId object, Entry storage entry) internal {
        if (TraceKeys.isLot(object)) {
            _lines[recall][object].before = state.lotOf(object).destroyed;
        } else {
            ObjectStatus status = state.statusOf(object);
            entry.endedBefore = status == ObjectStatus.DESTROYED || status == ObjectStatus.DECOMMISSIONED;
        }
    }

    function _move(RecallId recall, Unit unit, RecallBook memory old, RecallBook memory next) private {
        RecallBook storage book = _books[recall][unit];
        if (!_isUnit[recall][unit]) {
            _isUnit[recall][unit] = true;
            _units[recall].push(unit);
        }
        bool was = _isBalanced(book);
        book.distributed = book.distributed - old.distributed + next.distributed;
        book.returned = book.returned - old.returned + next.returned;
        book.destroyed = book.destroyed - old.destroyed + next.destroyed;
        book.writtenOff = book.writtenOff - old.writtenOff + next.writtenOff;
        book.relabelled = book.relabelled - old.relabelled + next.relabelled;
        bool balanced = _isBalanced(book);
        if (was && !balanced) ++_unbalanced[recall];
        else if (!was && balanced) --_unbalanced[recall];
    }

    function _placeOf(PartyId by, ObjectId object, Entry storage entry) private view returns (RecallPlace) {
        ObjectStatus status = state.statusOf(object);
        if (status == ObjectStatus.ACTIVE) {
            return _isReturned(by, object) ? RecallPlace.RETURNED : RecallPlace.OPEN;
        }
        if (status == ObjectStatus.SOLD) return entry.writtenOff ? RecallPlace.WRITTEN_OFF : RecallPlace.SOLD;
        if (status == ObjectStatus.DESTROYED || status == ObjectStatus.DECOMMISSIONED) {
            return entry.endedBefore ? RecallPlace.GONE : RecallPlace.DESTROYED;
        }
        return RecallPlace.GONE;
    }

    /// @dev What the party itself sent out and nobody received yet is in its possession and not back.
    function _isReturned(PartyId by, ObjectId object) private view returns (bool) {
        if (!(state.rootOf(object) == object) || !(state.possessorOf(object) == by)) return false;
        return PartyId.unwrap(state.stateOf(object).consignee) == 0;
    }

    function _accounted(RecallBook memory book) internal pure returns (uint128) {
        return book.returned + book.destroyed + book.writtenOff + book.relabelled;
    }

    function _isBalanced(RecallBook memory book) private pure returns (bool) {
        return book.distributed == _accounted(book);
    }

    function _single(RecallPlace place) private pure returns (RecallBook memory book) {
        if (place == RecallPlace.NONE || place == RecallPlace.GONE) return book;
        book.distributed = PIECE;
        if (place == RecallPlace.RETURNED) book.returned = PIECE;
        else if (place == RecallPlace.DESTROYED) book.destroyed = PIECE;
        else if (place == RecallPlace.WRITTEN_OFF) book.writtenOff = PIECE;
        else if (place == RecallPlace.RELABELLED) book.relabelled = PIECE;
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
