// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITraceLineage} from "../interfaces/ITraceLineage.sol";
import {ITraceLots} from "../interfaces/ITraceLots.sol";
import {ITraceState} from "../interfaces/ITraceState.sol";
import {Chain, EventChain} from "./EventChain.sol";
import {Item, ItemWords} from "./ItemWords.sol";
import {StateLists} from "./StateLists.sol";
import {Effects, StateStore} from "./StateStore.sol";
import {Action, EpcisEvent, EventId, EventKind, ObjectId, ObjectStatus, PartyId} from "./TraceTypes.sol";

/// @title Corrections of derived state
/// @notice Takes the effects of an erroneous event back. Linked to {TraceState}, whose code it would not fit into.
library StateCorrections {
    using EventChain for Chain;
    using EventChain for uint256;
    using ItemWords for uint256;

    /// @notice Takes the effects of an event back; see {ITraceState-takeBack}.
    /// @param store the state
    /// @param lots the deployment's quantities
    /// @param lineage the deployment's lineage
    /// @param by who captured it
    /// @param id its number
    /// @param captured the event
    function takeBack(
        StateStore storage store,
        ITraceLots lots,
        ITraceLineage lineage,
        PartyId by,
        EventId id,
        EpcisEvent calldata captured
    ) external {
        EventKind kind = captured.kind;
        ObjectId parent = captured.parent;
        bool packing = kind == EventKind.AGGREGATION && captured.action != Action.OBSERVE;
        bool transformation = kind == EventKind.TRANSFORMATION;
        if (packing) _requireUnmoved(store, parent, id, captured.action == Action.ADD);
        if (captured.action == Action.DELETE && ObjectId.unwrap(parent) != 0) {
            bool bonds = kind == EventKind.ASSOCIATION;
            _requireNotEmptied(store, parent, id, bonds ? ItemWords.LOOSED_AT : ItemWords.EMPTIED_AT);
        }
        bool emptying = packing && captured.objects.length + captured.quantities.length == 0;
        if (captured.quantities.length != 0 || transformation || emptying) lots.takeBack(by, id, captured);
        if (packing) {
            ObjectId[] memory refilled;
            if (emptying) (refilled, ) = lots.lotsIn(parent);
            StateLists.recount(store, lots, parent, refilled, captured.quantities);
        }
        for (uint256 i = 0; i < captured.outputs.length; ++i) {
            _undo(store, id, captured.outputs[i], parent);
        }
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _undo(store, id, captured.objects[i], parent);
        }
        if (ObjectId.unwrap(parent) != 0) _undoParent(store, id, parent);
        if (transformation || (captured.objects.length != 0 && ObjectId.unwrap(captured.ilmd.lot) != 0)) {
            lineage.voidNode(StateLists.nodeOf(captured));
        }
    }

    function _undo(StateStore storage store, EventId id, ObjectId object, ObjectId parent) private {
        Item storage item = store.items[object];
        uint256 head = item.head;
        (bool found, uint256 index) = item.chain.find(head, id);
        require(found, ITraceState.TraceStateUnknown(object));
        uint256 entry = item.chain.entries[index];
        uint256 effect = entry.effectOf();
        if (effect != 0) {
            _requireLast(object, item, head, index);
            if (effect == Effects.CREATED) {
                require(head.liveOf() == 1, ITraceState.TraceStateLaterEvent(object, item.chain.lastEvent(head)));
                head = head.cursorOf();
            } else if (effect == Effects.PACKED || effect == Effects.UNPACKED) {
                head = _undoPacking(store, object, item, head, parent, entry);
            } else if (effect == Effects.BONDED) {
                StateLists.leaveBond(store, store.items[parent], item.bondIndex);
                item.bond = ObjectId.wrap(0);
            } else if (effect == Effects.UNBONDED) {
                StateLists.enterBond(store.items[parent], object, item, parent);
            } else {
                head = _undoHandover(item, head, entry, effect);
            }
            head = head.withStructure(entry.beforeOf());
        }
        item.head = item.chain.void(head, index);
    }

    function _undoHandover(Item storage item, uint256 head, uint256 entry, uint256 effect) private returns (uint256) {
        uint256 payload = entry.payloadOf();
        PartyId first = PartyId.wrap(uint32(payload >> 32));
        PartyId nobody = PartyId.wrap(0);
        if (effect == Effects.SHIPPED)
            return head.withHolder(PartyId.wrap(uint32(payload))).withTransit(nobody, nobody);
        if (effect == Effects.ENDED) return head.withStatus(ObjectStatus.ACTIVE);
        if (effect == Effects.RETURNED) {
            return head.withStatus(ObjectStatus.SOLD).withHolder(first).withOwner(PartyId.wrap(uint32(payload)));
        }
        if (effect == Effects.KEPT) return head;
        // Received or sent back: what the shipping before it made.
        if (effect == Effects.RECEIVED) {
            head = head.withOwner(first);
            uint256 inside = item.inside;
            uint256 before = inside.with(ItemWords.OWNERSHIP_AT, ItemWords.ENTRY, payload & ItemWords.ENTRY);
            if (before != inside) item.inside = before;
        }
        payload = item.chain.entries[entry.beforeOf() - 1].payloadOf();
        head = head.withHolder(PartyId.wrap(uint32(payload >> 32)));
        return head.withTransit(PartyId.wrap(uint32(payload >> 64)), PartyId.wrap(uint32(payload)));
    }

    function _undoPacking(
        StateStore storage store,
        ObjectId child,
        Item storage item,
        uint256 head,
        ObjectId parent,
        uint256 entry
    ) private returns (uint256) {
        int256 recalled = StateLists.recalledIn(item, head);
        if (entry.effectOf() == Effects.PACKED) {
            StateLists.leave(store, parent, head.indexOf());
            if (recalled != 0) StateLists.countInside(store, parent, -recalled);
            return head & ~ItemWords.CONTAINED;
        }
        Item storage container = store.items[parent];
        uint256 inside = container.inside;
        uint256 count = inside.field(ItemWords.CHILDREN_AT, ItemWords.U16);
        require(count < StateLists.MAX_CHILDREN, ITraceState.TraceStateFull(parent, StateLists.MAX_CHILDREN));
        uint256 levels = item.inside.field(ItemWords.LEVELS_AT, ItemWords.U8) + 1;
        if (inside.field(ItemWords.LEVELS_AT, ItemWords.U8) < levels) {
            inside = inside.with(ItemWords.LEVELS_AT, ItemWords.U8, levels);
        }
        container.children[(inside.field(ItemWords.GENERATION_AT, ItemWords.U16) << 16) | count] = child;
        container.inside = inside.with(ItemWords.CHILDREN_AT, ItemWords.U16, count + 1);
        if (recalled != 0) StateLists.countInside(store, parent, recalled);
        uint256 payload = entry.payloadOf();
        head = head.withHolder(PartyId.wrap(uint32(payload >> 32))).withOwner(PartyId.wrap(uint32(payload)));
        return (head | ItemWords.CONTAINED).withIndex(count);
    }

    /// @dev The parent's own entry, and those of the containers around that were used with it.
    function _undoParent(StateStore storage store, EventId id, ObjectId parent) private {
        Item storage item = store.items[parent];
        (bool found, uint256 index) = item.chain.find(item.head, id);
        if (!found) return;
        uint256 entry = item.chain.entries[index];
        uint256 effect = entry.effectOf();
        uint256 base = entry.payloadOf() & (ItemWords.U16 << 16);
        uint256 count = entry.payloadOf() & ItemWords.U16;
        if (effect == Effects.CREATED) {
            _undo(store, id, parent, parent);
        } else if (effect == Effects.USED) {
            for (uint256 i = 0; i < count; ++i) {
                _undo(store, id, item.children[base | i], parent);
            }
            _forget(item, index, ItemWords.EMPTIED_AT);
            _unuse(store, id, parent);
        } else {
            // Only where all associations ended there are any to be counted.
            for (uint256 i = 0; i < count; ++i) {
                _undo(store, id, item.bonded[base | i], parent);
            }
            _forget(item, index, ItemWords.LOOSED_AT);
            item.head = item.chain.void(item.head, index);
        }
    }

    /// @dev An emptying that is taken back: the last one is the one before that still holds.
    function _forget(Item storage item, uint256 index, uint256 at) private {
        uint256 inside = item.inside;
        if (inside.field(at, ItemWords.ENTRY) != index + 1) return;
        uint256 before = index + 1;
        do {
            uint256 entry = item.chain.entries[before - 1];
            if (before != index + 1 && !entry.isVoid()) break;
            before = (entry.payloadOf() >> Effects.BEFORE_AT) & ItemWords.ENTRY;
        } while (before != 0);
        item.inside = inside.with(at, ItemWords.ENTRY, before);
    }

    /// @dev Before something comes back to a parent: not everything was taken from it since, which would have taken this too.
    function _requireNotEmptied(StateStore storage store, ObjectId parent, EventId id, uint256 at) private view {
        Item storage item = store.items[parent];
        uint256 last = item.inside.field(at, ItemWords.ENTRY);
        if (last == 0) return;
        EventId later = item.chain.entries[last - 1].eventOf();
        require(EventId.unwrap(later) <= EventId.unwrap(id), ITraceState.TraceStateLaterEvent(parent, later));
    }

    function _unuse(StateStore storage store, EventId id, ObjectId container) private {
        for (;;) {
            Item storage item = store.items[container];
            uint256 head = item.head;
            (bool found, uint256 index) = item.chain.find(head, id);
            if (!found) return;
            head = item.chain.void(head, index);
            item.head = head;
            uint256 inside = item.inside;
            uint256 use = inside.field(ItemWords.USE_AT, ItemWords.ENTRY);
            while (use != 0) {
                uint256 entry = item.chain.entries[use - 1];
                if (!entry.isVoid()) break;
                use = entry.beforeOf();
            }
            item.inside = inside.with(ItemWords.USE_AT, ItemWords.ENTRY, use);
            if (head & ItemWords.CONTAINED == 0) return;
            container = item.parent;
        }
    }

    /// @dev No later structural event of the object, and no later use of it as a container.
    function _requireLast(ObjectId object, Item storage item, uint256 head, uint256 index) private view {
        uint256 last = head.structureOf();
        if (last == index + 1 && head & ItemWords.CONTAINER != 0) {
            uint256 use = item.inside.field(ItemWords.USE_AT, ItemWords.ENTRY);
            if (use > last) last = use;
        }
        if (last != index + 1) {
            revert ITraceState.TraceStateLaterEvent(object, item.chain.entries[last - 1].eventOf());
        }
    }

    /// @dev Before something comes back into a container: neither it nor what it lies in was moved since. What was packed into a container in no
    /// other may be taken out of it wherever it went.
    function _requireUnmoved(StateStore storage store, ObjectId container, EventId id, bool packed) private view {
        Item storage item = store.items[container];
        uint256 head = item.head;
        (bool found, uint256 index) = item.chain.find(head, id);
        if (packed && (!found || (item.chain.entries[index].payloadOf() & Effects.NESTED) == 0)) return;
        for (;;) {
            EventId last = item.chain.entries[head.structureOf() - 1].eventOf();
            require(EventId.unwrap(last) <= EventId.unwrap(id), ITraceState.TraceStateLaterEvent(container, last));
            if (head & ItemWords.CONTAINED == 0) return;
            container = item.parent;
            item = store.items[container];
            head = item.head;
        }
    }
}
