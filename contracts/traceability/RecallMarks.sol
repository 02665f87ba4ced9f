// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {IRecallMarks} from "./interfaces/IRecallMarks.sol";
import {ITraceLineage} from "./interfaces/ITraceLineage.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {RecallMarking} from "./RecallMarking.sol";
import {Entry, Ledger, RecallLedger, Way} from "./libraries/RecallLedger.sol";
import {
    RecallBook,
    RecallCase,
    RecallId,
    RecallOrder,
    RecallPlace,
    RecallProgress,
    RecallStatus
} from "./libraries/RecallTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {Disposition, EpcisEvent, EventKind, ObjectId, ObjectStatus, PartyId, Unit} from "./libraries/TraceTypes.sol";
import {PartyRole} from "./libraries/TradeTypes.sol";

/// @title RecallMarks
/// @notice The marks and books of recalls; see {IRecallMarks}.
contract RecallMarks is RecallMarking {
    using RecallLedger for Ledger;

    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_OBJECTS = 20;
    uint128 private constant _PIECE = 1_000_000;

    /// @notice The register of parties.
    ITradeParties public immutable parties;

    /// @param authority_ the deployment's {Authority}
    /// @param parties_ the register of parties
    /// @param state_ the derived state
    /// @param lineage_ lineage
    constructor(
        address authority_,
        ITradeParties parties_,
        ITraceState state_,
        ITraceLineage lineage_
    ) Governed(authority_) RecallMarking(state_, lineage_) {
        _requireContract(address(parties_));
        parties = parties_;
    }

    // -- what the desk says --------------------------------------------------------------------------

    /// @inheritdoc IRecallMarks
    function begin(
        RecallId recall,
        RecallOrder calldata order,
        bool announce,
        ObjectId[] calldata roots
    ) external restricted {
        _cases[recall] = RecallCase({
            by: order.by,
            status: RecallStatus.OPEN,
            labelOnly: order.labelOnly,
            announce: announce,
            destructionAt: 0
        });
        for (uint256 i = 0; i < roots.length; ++i) {
            _reach(recall, roots[i]);
        }
    }

    /// @inheritdoc IRecallMarks
    function setDestruction(RecallId recall, uint64 at) external restricted {
        _cases[recall].destructionAt = at;
    }

    /// @inheritdoc IRecallMarks
    function finish(RecallId recall, RecallStatus status) external restricted {
        if (status == RecallStatus.CLOSED) {
            uint64 waiting = _waiting(recall);
            require(waiting == 0, RecallMarksIncomplete(recall, waiting));
            if (_ledgers[recall].unbalanced != 0) RecallLedger.refuseUnbalanced(recall, _ledgers[recall]);
        }
        _cases[recall].status = status;
    }

    // -- marking -------------------------------------------------------------------------------------

    /// @inheritdoc IRecallMarks
    function advance(RecallId recall, uint256 limit) external returns (uint64 waiting) {
        RecallCase storage record = _known(recall);
        require(record.status != RecallStatus.WITHDRAWN, RecallMarksWrongStatus(recall));
        _requireLimit(limit, MAX_WORK);
        uint256 work = _advance(recall, limit);
        waiting = _waiting(recall);
        emit RecallAdvanced(recall, work, waiting);
    }

    // -- books ---------------------------------------------------------------------------------------

    /// @inheritdoc IRecallMarks
    function writeOff(RecallId recall, ObjectId object, uint128 amount, Digest calldata reason) external {
        RecallCase storage record = _requireOpen(recall);
        Entry storage entry = _requireMarked(recall, object);
        Digests.requirePresent(reason);
        if (TraceKeys.isLot(object)) {
            uint128 sold = state.lotOf(object).sold;
            require(amount <= sold, RecallMarksNotSold(object, amount, sold));
            _ledgers[recall].lines[object].writtenOff = amount;
        } else {
            uint128 sold = state.statusOf(object) == ObjectStatus.SOLD ? _PIECE : 0;
            require(amount == 0 || (sold != 0 && amount == _PIECE), RecallMarksNotSold(object, amount, sold));
            entry.writtenOff = amount != 0;
        }
        _ledgers[recall].renew(state, record.by, object, entry);
        emit RecallWrittenOff(recall, object, amount, reason);
    }

    /// @inheritdoc IRecallMarks
    function relabel(RecallId recall, ObjectId[] calldata objects, Digest calldata fix) external {
        RecallCase storage record = _requireOpen(recall);
        require(record.labelOnly, RecallMarksNotLabelOnly(recall));
        _requireLimit(objects.length, _MAX_OBJECTS);
        Digests.requirePresent(fix);
        for (uint256 i = 0; i < objects.length; ++i) {
            _relabel(recall, record.by, objects[i], fix);
        }
    }

    function _relabel(RecallId recall, PartyId by, ObjectId object, Digest calldata fix) private {
        Entry storage entry = _requireMarked(recall, object);
        _ledgers[recall].renew(state, by, object, entry);
        uint128 amount = _PIECE;
        if (TraceKeys.isLot(object)) {
            RecallBook memory line = _ledgers[recall].lines[object].book;
            require(
                !entry.relabelled &&
                    line.returned != 0 &&
                    line.distributed == line.returned + line.destroyed + line.writtenOff + line.relabelled,
                RecallMarksNotReturned(recall, object)
            );
            amount = _ledgers[recall].relabelLot(state, object);
        } else {
            require(entry.place == RecallPlace.RETURNED, RecallMarksNotReturned(recall, object));
            _ledgers[recall].relabelItem(entry);
        }
        entry.relabelled = true;
        _unmark(object);
        emit RecallRelabelled(recall, object, amount, fix);
    }

    /// @inheritdoc IRecallMarks
    function sync(RecallId recall, ObjectId[] calldata objects) external {
        RecallCase storage record = _known(recall);
        require(record.status == RecallStatus.OPEN, RecallMarksWrongStatus(recall));
        _requireLimit(objects.length, _MAX_OBJECTS);
        for (uint256 i = 0; i < objects.length; ++i) {
            _ledgers[recall].renew(state, record.by, objects[i], _requireMarked(recall, objects[i]));
        }
    }

    // -- withdrawn recalls ---------------------------------------------------------------------------

    /// @inheritdoc IRecallMarks
    function unmark(RecallId recall, uint256 limit) external returns (uint64 left) {
        RecallCase storage record = _known(recall);
        require(record.status == RecallStatus.WITHDRAWN, RecallMarksWrongStatus(recall));
        _requireLimit(limit, MAX_WORK);
        Way storage way = _ways[recall];
        uint256 length = _count(way);
        uint256 next = way.unmarked;
        for (uint256 work = 0; next < length && work < limit;) {
            ObjectId object = _reachedAt(way, next);
            (bool found, Entry storage entry) = _find(recall, object);
            if (found && entry.marked && !entry.relabelled && (entry.unmarking || _unmark(object))) {
                (uint256 more, bool done) = _release(object, entry, limit - work);
                work += more;
                if (!done) break;
            } else {
                ++work;
            }
            ++next;
        }
        way.unmarked = uint64(next);
        return uint64(length - next);
    }

    /// @dev Takes the mark off unless another recall holds it.
    function _unmark(ObjectId object) private returns (bool) {
        for (uint256 slot = 0; ; ++slot) {
            (bool exists, Entry storage entry) = _entryAt(object, slot);
            if (!exists) break;
            bool holds = entry.marked && !entry.relabelled;
            if (holds && _cases[entry.recall].status != RecallStatus.WITHDRAWN) return false;
        }
        state.mark(object, false);
        return true;
    }

    /// @dev Containers count again what recalled things lie in them.
    function _release(ObjectId object, Entry storage entry, uint256 limit) private returns (uint256 work, bool done) {
        if (!TraceKeys.isLot(object)) return (1, true);
        if (!entry.unmarking) {
            entry.unmarking = true;
            entry.parts = 0;
        }
        (work, done) = _followContainers(object, entry, limit);
        if (work == 0) work = 1;
    }

    // -- readers -------------------------------------------------------------------------------------

    /// @inheritdoc IRecallMarks
    function progressOf(RecallId recall) external view returns (RecallProgress memory progress) {
        _known(recall);
        progress.reached = uint64(_count(_ways[recall]));
        progress.marked = _ways[recall].marked;
        progress.waiting = _waiting(recall);
        progress.complete = progress.waiting == 0;
    }

    /// @inheritdoc IRecallMarks
    function reachedBy(
        RecallId recall,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory objects, uint256 next) {
        return RecallLedger.reached(_ways[recall], offset, limit);
    }

    /// @inheritdoc IRecallMarks
    function isReached(RecallId recall, ObjectId object) external view returns (bool found) {
        if (RecallId.unwrap(recall) == 0) return false;
        (found, ) = _find(recall, object);
    }

    /// @inheritdoc IRecallMarks
    function placeOf(RecallId recall, ObjectId object) external view returns (RecallPlace) {
        (bool found, Entry storage entry) = _find(recall, object);
        return found ? entry.place : RecallPlace.NONE;
    }

    /// @inheritdoc IRecallMarks
    function lineOf(RecallId recall, ObjectId lot) external view returns (RecallBook memory) {
        return _ledgers[recall].lines[lot].book;
    }

    /// @inheritdoc IRecallMarks
    function booksOf(RecallId recall) external view returns (Unit[] memory units, RecallBook[] memory books) {
        _known(recall);
        return RecallLedger.books(_ledgers[recall]);
    }

    /// @inheritdoc IRecallMarks
    function recallsOf(ObjectId object) external view returns (RecallId[] memory recalls) {
        uint256 count = 0;
        while (count < MAX_RECALLS && RecallId.unwrap(_entries[object][count].recall) != 0) {
            ++count;
        }
        recalls = new RecallId[](count);
        for (uint256 i = 0; i < count; ++i) {
            recalls[i] = _entries[object][i].recall;
        }
    }

    // -- returning -----------------------------------------------------------------------------------

    /// @inheritdoc RecallMarking
    function _requireReturnable(EpcisEvent calldata captured) internal view override {
        if (captured.kind != EventKind.OBJECT || captured.disposition != Disposition.RETURNED) return;
        PartyId to = captured.flow.toHolder;
        // To nobody by name the state lets nothing marked go.
        if (PartyId.unwrap(to) == 0 || parties.hasRole(to, PartyRole.RECYCLER) || parties.hasRole(to, PartyRole.OFFICE))
            return;
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            ObjectId lot = captured.quantities[i].object;
            if (state.isRecalled(lot)) require(_isUp(lot, to), RecallMarksNotUpTheChain(lot, to));
        }
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            ObjectId object = captured.objects[i];
            if (state.isShippable(object)) continue;
            if (state.isRecalled(object)) require(_isUp(object, to), RecallMarksNotUpTheChain(object, to));
            else if (state.stateOf(object).recalledInside != 0) {
                require(_isUp(object, to) || _isRunInside(object, to), RecallMarksNotUpTheChain(object, to));
            }
        }
    }

    /// @dev Where the object came from, or who recalls it.
    function _isUp(ObjectId object, PartyId to) private view returns (bool) {
        return state.cameFrom(object, to) || _isRunBy(object, to);
    }

    function _isRunBy(ObjectId object, PartyId to) private view returns (bool) {
        for (uint256 slot = 0; slot < MAX_RECALLS; ++slot) {
            (bool exists, Entry storage entry) = _entryAt(object, slot);
            if (!exists) return false;
            if (_cases[entry.recall].by == to && _isRunning(entry)) return true;
        }
        return false;
    }

    /// @dev Whether the party recalls anything that lies directly in a container.
    function _isRunInside(ObjectId container, PartyId to) private view returns (bool) {
        (ObjectId[] memory children, ) = state.childrenOf(container, 0, MAX_WORK);
        for (uint256 i = 0; i < children.length; ++i) {
            if (_isRunBy(children[i], to)) return true;
        }
        (ObjectId[] memory lots, ) = state.lotsIn(container);
        for (uint256 i = 0; i < lots.length; ++i) {
            if (_isRunBy(lots[i], to)) return true;
        }
        return false;
    }

    // -- within --------------------------------------------------------------------------------------

    function _requireMarked(RecallId recall, ObjectId object) private view returns (Entry storage entry) {
        bool found;
        (found, entry) = _find(recall, object);
        require(found && entry.marked, RecallMarksNotReached(recall, object));
    }

    function _requireOpen(RecallId recall) private view returns (RecallCase storage record) {
        record = _known(recall);
        require(parties.actsFor(msg.sender, record.by), RecallMarksNotParty(record.by, msg.sender));
        require(record.status == RecallStatus.OPEN, RecallMarksWrongStatus(recall));
    }

    function _known(RecallId recall) private view returns (RecallCase storage record) {
        record = _cases[recall];
        require(record.status != RecallStatus.NONE, RecallMarksUnknown(recall));
    }

    function _waiting(RecallId recall) private view returns (uint64) {
        Way storage way = _ways[recall];
        return uint64(way.nodes.length - way.head + way.again.length - way.againHead);
    }

    function _requireLimit(uint256 limit, uint256 max) private pure {
        require(limit != 0 && limit <= max, RecallMarksLimitOutOfRange(limit, max));
    }
}
