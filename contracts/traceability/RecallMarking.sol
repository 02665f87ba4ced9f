// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICaptureGuard} from "./interfaces/ICaptureGuard.sol";
import {IRecallMarks} from "./interfaces/IRecallMarks.sol";
import {ITraceLineage} from "./interfaces/ITraceLineage.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {Governed} from "../common/Governed.sol";
import {Entry, Ledger, RecallLedger, Way} from "./libraries/RecallLedger.sol";
import {RecallCase, RecallId, RecallPlace, RecallStatus} from "./libraries/RecallTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {
    Action,
    BizStep,
    EpcisEvent,
    EventId,
    EventKind,
    KeyKind,
    ObjectId,
    ObjectStatus,
    PartyId,
    Quantity
} from "./libraries/TraceTypes.sol";

/// @title RecallMarking
/// @notice How a recall reaches everything downstream: the cursor that pages follow, and the plug in the repository that catches what is made of
/// marked things meanwhile.
abstract contract RecallMarking is IRecallMarks, ICaptureGuard, Governed {
    using RecallLedger for Ledger;

    // Bounds on the work of one call, not a regulation's numbers.
    uint256 internal constant MAX_WORK = 50;
    uint256 internal constant MAX_RECALLS = 8;
    uint256 private constant _MAX_CHILDREN = 100;

    /// @notice The derived state.
    ITraceState public immutable state;
    /// @inheritdoc IRecallMarks
    ITraceLineage public immutable override lineage;

    mapping(RecallId recall => RecallCase) internal _cases;
    mapping(RecallId recall => Way) internal _ways;
    mapping(RecallId recall => Ledger) internal _ledgers;
    /// @dev One slot says both that a recall reached the object and how far it is with it; the first free slot ends the list.
    mapping(ObjectId object => mapping(uint256 slot => Entry)) internal _entries;

    /// @param state_ the derived state
    /// @param lineage_ lineage
    constructor(ITraceState state_, ITraceLineage lineage_) {
        _requireContract(address(state_));
        _requireContract(address(lineage_));
        state = state_;
        lineage = lineage_;
    }

    // -- the plug in the repository ------------------------------------------------------------------

    /// @inheritdoc ICaptureGuard
    function beforeCapture(PartyId, EventId, EpcisEvent calldata captured) external restricted {
        if (captured.step == BizStep.SHIPPING) _requireReturnable(captured);
        if (captured.action != Action.DELETE) return;
        if (captured.kind == EventKind.OBJECT) {
            // Whatever the step: what is decommissioned counts as destroyed in the books.
            for (uint256 i = 0; i < captured.objects.length; ++i) {
                _requireAnnounced(captured.objects[i], captured.eventTime / 1000);
            }
            for (uint256 i = 0; i < captured.quantities.length; ++i) {
                _requireAnnounced(captured.quantities[i].object, captured.eventTime / 1000);
            }
        } else if (captured.kind == EventKind.AGGREGATION && _leavesAll(captured)) {
            // What leaves without being named is still there now.
            for (ObjectId around = captured.parent; ObjectId.unwrap(around) != 0; around = _parentOf(around)) {
                _catchContents(around, captured.parent);
            }
        }
    }

    /// @inheritdoc ICaptureGuard
    function afterCapture(PartyId, EventId, EpcisEvent calldata captured) external restricted {
        if (captured.kind == EventKind.TRANSFORMATION) {
            _catchOutputs(captured);
        } else if (captured.kind == EventKind.AGGREGATION) {
            // What is put into a recalled container, or taken out of one, is marked, also where only a container around it was reached so far.
            if (captured.action != Action.OBSERVE) {
                for (ObjectId around = captured.parent; ObjectId.unwrap(around) != 0; around = _parentOf(around)) {
                    _catch(around, captured.objects, captured.quantities);
                }
            }
        } else if (captured.kind == EventKind.OBJECT && captured.action == Action.ADD) {
            // Items that are commissioned of a marked lot are marked.
            if (ObjectId.unwrap(captured.ilmd.lot) != 0) {
                _catch(captured.ilmd.lot, captured.objects, captured.quantities);
            }
        }
        _refresh(captured);
    }

    /// @inheritdoc ICaptureGuard
    function afterDeclaration(PartyId, EventId, EpcisEvent calldata captured) external restricted {
        _refresh(captured);
        if (captured.kind != EventKind.AGGREGATION) return;
        _catch(captured.parent, captured.outputs, captured.outputQuantities);
        if (!_leavesAll(captured)) return;
        (ObjectId[] memory children, ) = state.childrenOf(captured.parent, 0, _MAX_CHILDREN);
        for (uint256 i = 0; i < children.length; ++i) {
            _refreshObject(children[i]);
        }
    }

    /// @dev Marked things that are returned go where they came from; see {IRecallMarks-RecallMarksNotUpTheChain}.
    function _requireReturnable(EpcisEvent calldata captured) internal view virtual;

    // -- following -----------------------------------------------------------------------------------

    /// @dev Works on, up to a bound. Steps are weighed by what they cost, so that pages cost alike: an edge, a child, a container or a transformation
    /// is one, an item reached two, a lot three. Items that lead nowhere when they are reached are not looked at again.
    function _advance(RecallId recall, uint256 limit) internal returns (uint256 work) {
        Way storage way = _ways[recall];
        while (work < limit) {
            bool again = way.againHead < way.again.length;
            if (!again && way.head == way.nodes.length) break;
            ObjectId node = again ? way.again[way.againHead] : way.nodes[way.head];
            (, Entry storage entry) = _find(recall, node);
            (uint256 used, bool done) = _follow(recall, node, entry, limit - work);
            work += used;
            if (!done) continue;
            if (again) {
                entry.again = false;
                ++way.againHead;
            } else {
                ++way.head;
            }
        }
    }

    /// @dev Follows one node for at most `limit` steps.
    function _follow(
        RecallId recall,
        ObjectId node,
        Entry storage entry,
        uint256 limit
    ) private returns (uint256 work, bool done) {
        (work, done) = _followLineage(recall, node, entry, limit);
        if (!done) return (work, false);
        KeyKind kind = TraceKeys.kindOf(node);
        if (kind == KeyKind.LGTIN) {
            uint256 more;
            (more, done) = _followContainers(node, entry, limit - work);
            work += more;
        } else if (kind != KeyKind.TRANSFORMATION) {
            uint256 more;
            (more, done) = _followContents(recall, node, entry, limit - work);
            work += more;
        }
        entry.done = done;
        if (work == 0) work = 1;
    }

    function _followLineage(
        RecallId recall,
        ObjectId node,
        Entry storage entry,
        uint256 limit
    ) private returns (uint256 work, bool done) {
        uint256 offset = entry.edges;
        uint256 count = lineage.downCount(node);
        if (offset == count) return (0, true);
        (ObjectId[] memory items, uint256 next) = lineage.down(node, offset, limit);
        uint256 end = next == 0 ? count : next;
        // Where nodes are void, what is left does not tell which: then the page is read to its end.
        bool whole = items.length != end - offset;
        for (uint256 i = 0; i < items.length; ++i) {
            if (!whole && work >= limit) {
                end = offset + i;
                break;
            }
            work += _reach(recall, items[i]);
        }
        entry.edges = uint32(end);
        return (work == 0 ? 1 : work, end == count);
    }

    function _followContainers(
        ObjectId lot,
        Entry storage entry,
        uint256 limit
    ) internal returns (uint256 work, bool done) {
        if (limit == 0) return (0, false);
        (ObjectId[] memory containers, uint256 next) = state.containersOf(lot, entry.parts, limit);
        for (uint256 i = 0; i < containers.length; ++i) {
            state.syncContainer(lot, containers[i]);
        }
        work = containers.length;
        entry.parts += uint32(work);
        done = next == 0;
    }

    function _followContents(
        RecallId recall,
        ObjectId node,
        Entry storage entry,
        uint256 limit
    ) private returns (uint256 work, bool done) {
        if (limit == 0) return (0, false);
        uint256 offset = entry.children;
        // The list may have become shorter: then it is read anew.
        if (offset != 0 && offset > state.stateOf(node).children) offset = 0;
        (ObjectId[] memory children, uint256 next) = state.childrenOf(node, offset, limit);
        uint256 seen = 0;
        for (; seen < children.length && work < limit; ++seen) {
            work += _reach(recall, children[seen]);
        }
        if (seen != 0) entry.children = uint32(offset + seen);
        if (next != 0 || seen != children.length) return (work, false);
        if (!TraceKeys.isContainer(node)) return (work, true);

        (ObjectId[] memory lots, ) = state.lotsIn(node);
        uint256 part = entry.parts;
        for (; part < lots.length && work < limit; ++part) {
            work += _reach(recall, lots[part]);
        }
        if (part != entry.parts) entry.parts = uint32(part);
        done = part >= lots.length;
    }

    /// @dev Marks an object and puts it into the way, once. The ninth recall of an object marks and follows nothing more: eight others do.
    /// @return weight what it cost: 1 to 3
    function _reach(RecallId recall, ObjectId object) internal returns (uint256 weight) {
        (bool found, Entry storage entry) = _find(recall, object);
        Way storage way = _ways[recall];
        if (!found) {
            if (RecallId.unwrap(entry.recall) != 0) return 1;
            entry.recall = recall;
            entry.done = _leadsNowhere(object);
            emit RecallReached(recall, object, uint64(_count(way)));
            if (entry.done) way.leaves.push(object);
            else way.nodes.push(object);
        }
        if (entry.marked || TraceKeys.kindOf(object) == KeyKind.TRANSFORMATION) return 1;
        // Most are alive and lie nowhere: the one question that says so spares three others.
        bool lot = TraceKeys.isLot(object);
        bool free = !lot && state.isShippable(object);
        if (!free && state.statusOf(object) == ObjectStatus.NONE) return 1;
        entry.marked = true;
        ++way.marked;
        if (!free) _ledgers[recall].remember(state, object, entry);
        state.mark(object, true);
        PartyId by = _cases[recall].by;
        if (free) _ledgers[recall].renewFree(state, by, object, entry);
        else _ledgers[recall].renew(state, by, object, entry);
        return lot ? 3 : 2;
    }

    function _leadsNowhere(ObjectId object) private view returns (bool) {
        KeyKind kind = TraceKeys.kindOf(object);
        if (kind == KeyKind.LGTIN || kind == KeyKind.TRANSFORMATION || TraceKeys.isContainer(object)) return false;
        if (lineage.downCount(object) != 0) return false;
        (ObjectId[] memory children, ) = state.childrenOf(object, 0, 1);
        return children.length == 0;
    }

    /// @dev The entry of a recall at an object, or the first free one; the last one where none is free.
    function _find(RecallId recall, ObjectId object) internal view returns (bool found, Entry storage entry) {
        for (uint256 slot = 0; slot < MAX_RECALLS; ++slot) {
            entry = _entries[object][slot];
            if (RecallId.unwrap(entry.recall) == RecallId.unwrap(recall)) return (true, entry);
            if (RecallId.unwrap(entry.recall) == 0) return (false, entry);
        }
        entry = _entries[object][MAX_RECALLS - 1];
    }

    function _count(Way storage way) internal view returns (uint256) {
        return way.nodes.length + way.leaves.length;
    }

    function _reachedAt(Way storage way, uint256 index) internal view returns (ObjectId) {
        uint256 count = way.nodes.length;
        return index < count ? way.nodes[index] : way.leaves[index - count];
    }

    function _entryAt(ObjectId object, uint256 slot) internal view returns (bool exists, Entry storage entry) {
        entry = _entries[object][slot];
        exists = slot < MAX_RECALLS && RecallId.unwrap(entry.recall) != 0;
    }

    // -- catching ------------------------------------------------------------------------------------

    /// @dev What comes out of marked things is marked, and of a marked lot; so is what further events put out of a shared transformation.
    function _catchOutputs(EpcisEvent calldata captured) private {
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _catch(captured.objects[i], captured.outputs, captured.outputQuantities);
        }
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _catch(captured.quantities[i].object, captured.outputs, captured.outputQuantities);
        }
        ObjectId lot = captured.ilmd.lot;
        if (ObjectId.unwrap(lot) != 0) _catch(lot, captured.outputs, captured.outputQuantities);
        if (ObjectId.unwrap(captured.transformation) != 0) {
            _catch(captured.transformation, captured.outputs, captured.outputQuantities);
        }
    }

    /// @dev Marks what comes of a marked source, in every recall that reached it, and has the source looked at again.
    function _catch(ObjectId source, ObjectId[] calldata objects, Quantity[] calldata quantities) private {
        for (uint256 slot = 0; slot < MAX_RECALLS; ++slot) {
            (bool exists, Entry storage entry) = _entryAt(source, slot);
            if (!exists) return;
            if (!_isRunning(entry)) continue;
            RecallId recall = entry.recall;
            _lookAgain(recall, source, entry);
            for (uint256 i = 0; i < objects.length; ++i) {
                _reach(recall, objects[i]);
            }
            for (uint256 i = 0; i < quantities.length; ++i) {
                _reach(recall, quantities[i].object);
            }
        }
    }

    /// @dev Marks what lies in a container, in every recall that reached the container itself or one around it.
    function _catchContents(ObjectId source, ObjectId parent) private {
        for (uint256 slot = 0; slot < MAX_RECALLS; ++slot) {
            (bool exists, Entry storage entry) = _entryAt(source, slot);
            if (!exists) return;
            if (!_isRunning(entry)) continue;
            RecallId recall = entry.recall;
            (ObjectId[] memory children, ) = state.childrenOf(parent, 0, _MAX_CHILDREN);
            for (uint256 i = 0; i < children.length; ++i) {
                _reach(recall, children[i]);
            }
            (ObjectId[] memory lots, ) = state.lotsIn(parent);
            for (uint256 i = 0; i < lots.length; ++i) {
                _reach(recall, lots[i]);
            }
        }
    }

    /// @dev Contents have no lasting order, so they are read anew; edges only grow, so they are read on.
    function _lookAgain(RecallId recall, ObjectId node, Entry storage entry) private {
        entry.children = 0;
        if (TraceKeys.isContainer(node)) entry.parts = 0;
        if (!entry.done || entry.again) return;
        entry.again = true;
        entry.done = false;
        _ways[recall].again.push(node);
    }

    // -- keeping the books in step -------------------------------------------------------------------

    function _refresh(EpcisEvent calldata captured) private {
        _refreshAll(captured.objects);
        _refreshAll(captured.outputs);
        _refreshLots(captured.quantities);
        _refreshLots(captured.outputQuantities);
    }

    function _refreshAll(ObjectId[] calldata objects) private {
        for (uint256 i = 0; i < objects.length; ++i) {
            _refreshObject(objects[i]);
        }
    }

    function _refreshLots(Quantity[] calldata quantities) private {
        for (uint256 i = 0; i < quantities.length; ++i) {
            _refreshObject(quantities[i].object);
        }
    }

    function _refreshObject(ObjectId object) private {
        for (uint256 slot = 0; slot < MAX_RECALLS; ++slot) {
            (bool exists, Entry storage entry) = _entryAt(object, slot);
            if (!exists) return;
            if (!entry.marked) {
                // A code that a recall reached does not leave it by being commissioned anew.
                if (_isRunning(entry)) _reach(entry.recall, object);
                continue;
            }
            if (_cases[entry.recall].status != RecallStatus.OPEN) continue;
            if (state.statusOf(object) == ObjectStatus.NONE) {
                // Its commissioning was declared erroneous: it never was.
                _ledgers[entry.recall].unbook(object, entry);
                entry.marked = false;
                entry.place = RecallPlace.NONE;
                --_ways[entry.recall].marked;
            } else {
                _ledgers[entry.recall].renew(state, _cases[entry.recall].by, object, entry);
            }
        }
    }

    /// @dev Most containers lie in nothing, which is cheaper to ask.
    function _parentOf(ObjectId container) private view returns (ObjectId parent) {
        if (!(state.rootOf(container) == container)) parent = state.stateOf(container).parent;
    }

    /// @dev Goods; logistic units and returnable assets end without an announcement.
    function _requireAnnounced(ObjectId object, uint64 time) private view {
        KeyKind kind = TraceKeys.kindOf(object);
        if (kind == KeyKind.SSCC || kind == KeyKind.GRAI) return;
        for (uint256 slot = 0; slot < MAX_RECALLS; ++slot) {
            (bool exists, Entry storage entry) = _entryAt(object, slot);
            if (!exists) return;
            RecallCase storage record = _cases[entry.recall];
            if (!record.announce || !entry.marked || !_isRunning(entry)) continue;
            uint64 at = record.destructionAt;
            require(at != 0 && time >= at, RecallMarksDestructionNotAnnounced(entry.recall, object, at));
        }
    }

    /// @dev A closed recall catches on: its marks stay on what came back.
    function _isRunning(Entry storage entry) internal view returns (bool) {
        return !entry.relabelled && _cases[entry.recall].status != RecallStatus.WITHDRAWN;
    }

    function _leavesAll(EpcisEvent calldata captured) private pure returns (bool) {
        return captured.action == Action.DELETE && captured.objects.length == 0 && captured.quantities.length == 0;
    }
}
