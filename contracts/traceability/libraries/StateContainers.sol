// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITraceState} from "../interfaces/ITraceState.sol";
import {Chain, EventChain, Statement} from "./EventChain.sol";
import {Item, ItemWords} from "./ItemWords.sol";
import {StateLists} from "./StateLists.sol";
import {Context, Effects, StateStore} from "./StateStore.sol";
import {TraceKeys} from "./TraceKeys.sol";
import {KeyKind, ObjectId, ObjectStatus, PartyId} from "./TraceTypes.sol";

/// @title Containers and associations of derived state
/// @notice Packs, unpacks, associates. Linked to {TraceState}, whose code it would not fit into.
library StateContainers {
    using EventChain for Chain;
    using EventChain for uint256;
    using ItemWords for uint256;

    // Bounds on the work of one call, not a regulation's numbers.
    uint256 private constant _MAX_LEVELS = 8;
    uint256 private constant _MAX_EMPTIED = 100;

    /// @notice Packs objects into a container.
    /// @param store the state
    /// @param who who and what the event is about
    /// @param parent the container
    /// @param objects the objects
    /// @param fresh whether the event created the container
    function pack(
        StateStore storage store,
        Context calldata who,
        ObjectId parent,
        ObjectId[] calldata objects,
        bool fresh
    ) external {
        Context memory context = who;
        (uint256 depth, ObjectId root) = fresh ? (0, parent) : _use(store, context, parent, true, false);
        Item storage container = store.items[parent];
        uint256 inside = container.inside;
        for (uint256 i = 0; i < objects.length; ++i) {
            require(!(objects[i] == root), ITraceState.TraceStateCycle(root, parent));
            inside = _pack(store, context, objects[i], parent, container, inside, depth);
        }
        container.inside = inside;
        _raise(store, parent, inside);
    }

    /// @notice Takes objects out of a container.
    /// @param store the state
    /// @param who who and what the event is about
    /// @param parent the container
    /// @param objects the objects
    function unpack(
        StateStore storage store,
        Context calldata who,
        ObjectId parent,
        ObjectId[] calldata objects
    ) external {
        Context memory context = who;
        _use(store, context, parent, false, false);
        for (uint256 i = 0; i < objects.length; ++i) {
            _unpack(store, context, objects[i], parent);
            StateLists.leave(store, parent, store.items[objects[i]].head.indexOf());
        }
    }

    /// @notice Takes everything out of a container. Its list begins anew; the old one stays, so that the event can be taken back.
    /// @param store the state
    /// @param who who and what the event is about
    /// @param parent the container
    function empty(StateStore storage store, Context calldata who, ObjectId parent) external {
        Context memory context = who;
        _use(store, context, parent, false, true);
        Item storage container = store.items[parent];
        uint256 inside = container.inside;
        uint256 count = inside.field(ItemWords.CHILDREN_AT, ItemWords.U16);
        uint256 generation = inside.field(ItemWords.GENERATION_AT, ItemWords.U16);
        for (uint256 i = 0; i < count; ++i) {
            _unpack(store, context, container.children[(generation << 16) | i], parent);
        }
        inside = container.inside.with(ItemWords.CHILDREN_AT, ItemWords.U16, 0);
        inside = inside.with(ItemWords.LEVELS_AT, ItemWords.U8, 0);
        container.inside = inside.with(ItemWords.GENERATION_AT, ItemWords.U16, generation + 1);
    }

    /// @notice Associates objects with a parent, or ends that.
    /// @param store the state
    /// @param who who and what the event is about
    /// @param parent an asset, an item or a place
    /// @param objects the objects
    /// @param bonding whether they are associated
    /// @param all whether every association ends without being named
    function associate(
        StateStore storage store,
        Context calldata who,
        ObjectId parent,
        ObjectId[] calldata objects,
        bool bonding,
        bool all
    ) external {
        Context memory context = who;
        Item storage item = store.items[parent];
        if (TraceKeys.kindOf(parent) != KeyKind.SGLN) {
            ObjectStatus status = item.head.statusOf();
            require(status != ObjectStatus.NONE, ITraceState.TraceStateUnknown(parent));
            require(!bonding || status == ObjectStatus.ACTIVE, ITraceState.TraceStateEnded(parent, status));
        }
        if (all) {
            _looseAll(store, context, parent);
            return;
        }
        item.head = item.chain.append(item.head, context.statement, 0, 0, 0, false);
        for (uint256 i = 0; i < objects.length; ++i) {
            if (bonding) {
                _bond(store, context, objects[i], parent);
            } else {
                _loose(store, context, objects[i], parent);
                StateLists.leaveBond(store, item, store.items[objects[i]].bondIndex);
            }
        }
    }

    /// @dev Ends every association with a parent. Its list begins anew; the old one stays, so that the event can be taken back.
    function _looseAll(StateStore storage store, Context memory context, ObjectId parent) private {
        Item storage item = store.items[parent];
        uint256 inside = item.inside;
        uint256 count = inside.field(ItemWords.BONDED_AT, ItemWords.U16);
        uint256 generation = inside.field(ItemWords.BOND_GENERATION_AT, ItemWords.U16);
        require(count <= _MAX_EMPTIED, ITraceState.TraceStateFull(parent, _MAX_EMPTIED));
        uint256 payload = (generation << 16) | count;
        payload |= inside.field(ItemWords.LOOSED_AT, ItemWords.ENTRY) << Effects.BEFORE_AT;
        inside = inside.with(ItemWords.LOOSED_AT, ItemWords.ENTRY, item.head.countOf() + 1);
        item.head = item.chain.append(item.head, context.statement, 0, Effects.LOOSED, payload, false);
        for (uint256 i = 0; i < count; ++i) {
            _loose(store, context, item.bonded[(generation << 16) | i], parent);
        }
        inside = inside.with(ItemWords.BONDED_AT, ItemWords.U16, 0);
        item.inside = inside.with(ItemWords.BOND_GENERATION_AT, ItemWords.U16, generation + 1);
    }

    function _pack(
        StateStore storage store,
        Context memory context,
        ObjectId child,
        ObjectId parent,
        Item storage container,
        uint256 inside,
        uint256 depth
    ) private returns (uint256) {
        (Item storage item, uint256 head) = StateLists.own(store, context, child);
        StateLists.requireClean(child, item, head);
        uint256 levels = item.inside.field(ItemWords.LEVELS_AT, ItemWords.U8) + 1;
        require(depth + levels <= _MAX_LEVELS, ITraceState.TraceStateTooDeep(child, parent, _MAX_LEVELS));
        uint256 count = inside.field(ItemWords.CHILDREN_AT, ItemWords.U16);
        require(count < StateLists.MAX_CHILDREN, ITraceState.TraceStateFull(parent, StateLists.MAX_CHILDREN));

        container.children[(inside.field(ItemWords.GENERATION_AT, ItemWords.U16) << 16) | count] = child;
        item.parent = parent;
        StateLists.keep(context, item, (head | ItemWords.CONTAINED).withIndex(count), Effects.PACKED, 0);
        if (inside.field(ItemWords.LEVELS_AT, ItemWords.U8) < levels) {
            inside = inside.with(ItemWords.LEVELS_AT, ItemWords.U8, levels);
        }
        return inside.with(ItemWords.CHILDREN_AT, ItemWords.U16, count + 1);
    }

    /// @dev Takes a child out; the parent's list is the caller's.
    function _unpack(StateStore storage store, Context memory context, ObjectId child, ObjectId parent) private {
        Item storage item = store.items[child];
        uint256 head = item.head;
        require(
            head & ItemWords.CONTAINED != 0 && item.parent == parent,
            ITraceState.TraceStateNotChild(child, parent)
        );
        PartyId owner = StateLists.ownerOf(store, item);
        uint256 payload = (uint256(PartyId.unwrap(head.holderOf())) << 32) | PartyId.unwrap(head.ownerOf());
        head = (head & ~ItemWords.CONTAINED).withHolder(context.by).withOwner(owner);
        StateLists.keep(context, item, head, Effects.UNPACKED, payload);
        int256 recalled = StateLists.recalledIn(item, head);
        if (recalled != 0) StateLists.countInside(store, parent, -recalled);
    }

    function _bond(StateStore storage store, Context memory context, ObjectId child, ObjectId parent) private {
        require(!(child == parent), ITraceState.TraceStateCycle(child, parent));
        (Item storage item, uint256 head) = StateLists.own(store, context, child);
        require(ObjectId.unwrap(item.bond) == 0, ITraceState.TraceStateBonded(child, item.bond));
        StateLists.enterBond(store.items[parent], child, item, parent);
        StateLists.keep(context, item, head, Effects.BONDED, 0);
    }

    function _loose(StateStore storage store, Context memory context, ObjectId child, ObjectId parent) private {
        (Item storage item, uint256 head) = StateLists.own(store, context, child);
        require(item.bond == parent, ITraceState.TraceStateNotChild(child, parent));
        item.bond = ObjectId.wrap(0);
        StateLists.keep(context, item, head, Effects.UNBONDED, 0);
    }

    /// @dev Names a container as used, and every container that it lies in: none of them can be taken back under what was done.
    /// Returns how deep the container lies, and the outermost one.
    function _use(
        StateStore storage store,
        Context memory context,
        ObjectId parent,
        bool packing,
        bool all
    ) private returns (uint256 depth, ObjectId root) {
        Item storage item = store.items[parent];
        require(item.head.statusOf() != ObjectStatus.NONE, ITraceState.TraceStateUnknown(parent));
        uint256 payload = item.head & ItemWords.CONTAINED == 0 ? 0 : Effects.NESTED;
        uint256 inside = item.inside;
        if (packing) {
            StateLists.requireClean(parent, item, item.head);
        } else if (all) {
            uint256 count = inside.field(ItemWords.CHILDREN_AT, ItemWords.U16);
            require(count <= _MAX_EMPTIED, ITraceState.TraceStateFull(parent, _MAX_EMPTIED));
            payload |= (inside.field(ItemWords.GENERATION_AT, ItemWords.U16) << 16) | count;
            payload |= inside.field(ItemWords.EMPTIED_AT, ItemWords.ENTRY) << Effects.BEFORE_AT;
            item.inside = inside.with(ItemWords.EMPTIED_AT, ItemWords.ENTRY, item.head.countOf() + 1);
        }
        root = parent;
        for (;;) {
            uint256 head = item.head;
            inside = item.inside;
            require(head.statusOf() == ObjectStatus.ACTIVE, ITraceState.TraceStateEnded(root, head.statusOf()));
            uint256 before = inside.field(ItemWords.USE_AT, ItemWords.ENTRY);
            item.inside = inside.with(ItemWords.USE_AT, ItemWords.ENTRY, head.countOf() + 1);
            head = item.chain.append(
                head | ItemWords.CONTAINER,
                depth == 0 ? context.statement : _bare(context),
                before,
                Effects.USED,
                depth == 0 ? payload : 0,
                false
            );
            item.head = head;
            if (head & ItemWords.CONTAINED == 0) {
                StateLists.requireAtRest(root, head, context.by);
                return (depth, root);
            }
            root = item.parent;
            item = store.items[root];
            ++depth;
        }
    }

    /// @dev Passes the number of levels on to the containers around.
    function _raise(StateStore storage store, ObjectId parent, uint256 inside) private {
        uint256 levels = inside.field(ItemWords.LEVELS_AT, ItemWords.U8);
        Item storage item = store.items[parent];
        while (item.head & ItemWords.CONTAINED != 0) {
            item = store.items[item.parent];
            ++levels;
            if (item.inside.field(ItemWords.LEVELS_AT, ItemWords.U8) >= levels) return;
            item.inside = item.inside.with(ItemWords.LEVELS_AT, ItemWords.U8, levels);
        }
    }

    function _bare(Context memory context) private pure returns (Statement memory statement) {
        statement.id = context.statement.id;
    }
}
