// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITraceLots} from "../interfaces/ITraceLots.sol";
import {ITraceState} from "../interfaces/ITraceState.sol";
import {Chain, EventChain} from "./EventChain.sol";
import {Item, ItemWords} from "./ItemWords.sol";
import {Context, StateBirth, StateStore} from "./StateStore.sol";
import {EpcisEvent, EventId, KeyKind, ObjectId, ObjectStatus, PartyId, Quantity} from "./TraceTypes.sol";

/// @title Lists and look-ups of derived state
/// @notice What recording, correcting and reading of {TraceState} share.
library StateLists {
    using EventChain for Chain;
    using EventChain for uint256;
    using ItemWords for uint256;

    /// @notice The most direct children of a container. A bound on the work of one call, not a regulation's number.
    uint256 internal constant MAX_CHILDREN = 1_000;

    /// @dev Takes a place out of a container's list: the last child moves into it.
    function leave(StateStore storage store, ObjectId parent, uint256 index) internal {
        Item storage container = store.items[parent];
        uint256 inside = container.inside;
        uint256 last = inside.field(ItemWords.CHILDREN_AT, ItemWords.U16) - 1;
        uint256 base = inside.field(ItemWords.GENERATION_AT, ItemWords.U16) << 16;
        if (index != last) {
            ObjectId moved = container.children[base | last];
            container.children[base | index] = moved;
            store.items[moved].head = store.items[moved].head.withIndex(index);
        }
        if (last == 0) inside = inside.with(ItemWords.LEVELS_AT, ItemWords.U8, 0);
        container.inside = inside.with(ItemWords.CHILDREN_AT, ItemWords.U16, last);
    }

    function enterBond(Item storage parentItem, ObjectId child, Item storage item, ObjectId parent) internal {
        uint256 inside = parentItem.inside;
        uint256 count = inside.field(ItemWords.BONDED_AT, ItemWords.U16);
        require(count < MAX_CHILDREN, ITraceState.TraceStateFull(parent, MAX_CHILDREN));
        parentItem.bonded[(inside.field(ItemWords.BOND_GENERATION_AT, ItemWords.U16) << 16) | count] = child;
        parentItem.inside = inside.with(ItemWords.BONDED_AT, ItemWords.U16, count + 1);
        item.bond = parent;
        item.bondIndex = count;
    }

    function leaveBond(StateStore storage store, Item storage parentItem, uint256 index) internal {
        uint256 inside = parentItem.inside;
        uint256 last = inside.field(ItemWords.BONDED_AT, ItemWords.U16) - 1;
        uint256 base = inside.field(ItemWords.BOND_GENERATION_AT, ItemWords.U16) << 16;
        if (index != last) {
            ObjectId moved = parentItem.bonded[base | last];
            parentItem.bonded[base | index] = moved;
            store.items[moved].bondIndex = index;
        }
        parentItem.inside = inside.with(ItemWords.BONDED_AT, ItemWords.U16, last);
    }

    /// @dev Counts recalled things in a container and in those around it.
    function countInside(StateStore storage store, ObjectId container, int256 change) internal {
        for (;;) {
            Item storage item = store.items[container];
            uint256 inside = item.inside;
            uint256 count = uint256(int256(inside.field(ItemWords.RECALLED_INSIDE_AT, ItemWords.U32)) + change);
            item.inside = inside.with(ItemWords.RECALLED_INSIDE_AT, ItemWords.U32, count);
            emit ITraceState.RecalledInside(container, uint32(count));
            uint256 head = item.head;
            if (head & ItemWords.CONTAINED == 0) {
                if (head & ItemWords.CONTAINER == 0) item.head = head | ItemWords.CONTAINER;
                return;
            }
            container = item.parent;
        }
    }

    function sync(
        StateStore storage store,
        ITraceLots lots,
        ObjectId lot,
        ObjectId container
    ) internal returns (bool changed) {
        bool counts = lots.isRecalled(lot) && lots.amountAt(lot, ObjectId.unwrap(container)) != 0;
        changed = store.counted[lot][container] != counts;
        if (!changed) return false;
        store.counted[lot][container] = counts;
        countInside(store, container, counts ? int256(1) : -1);
    }

    /// @dev After quantities moved into or out of a container: counts the recalled ones again.
    function recount(
        StateStore storage store,
        ITraceLots lots,
        ObjectId container,
        ObjectId[] memory emptied,
        Quantity[] calldata quantities
    ) internal {
        for (uint256 i = 0; i < quantities.length; ++i) {
            sync(store, lots, quantities[i].object, container);
        }
        for (uint256 i = 0; i < emptied.length; ++i) {
            sync(store, lots, emptied[i], container);
        }
    }

    /// @dev How many recalled things leave a container with an object.
    function recalledIn(Item storage item, uint256 head) internal view returns (int256 count) {
        count = head & ItemWords.RECALLED != 0 ? int256(1) : int256(0);
        if (head & ItemWords.CONTAINER != 0) {
            count += int256(item.inside.field(ItemWords.RECALLED_INSIDE_AT, ItemWords.U32));
        }
    }

    function birthOf(
        StateStore storage store,
        Item storage item,
        uint256 head,
        uint256 inside
    ) internal view returns (StateBirth storage) {
        return store.births[creationOf(item, head, inside)];
    }

    /// @dev The event that created the object: its first entry, unless that one was taken back and it was created anew.
    function creationOf(Item storage item, uint256 head, uint256 inside) internal view returns (EventId) {
        uint256 at = 0;
        if (head & ItemWords.RECREATED != 0) at = inside.field(ItemWords.CREATION_AT, ItemWords.ENTRY) - 1;
        return item.chain.entries[at].eventOf();
    }

    function expiryOf(ITraceLots lots, StateBirth storage birth) internal view returns (uint64 expiresAt) {
        expiresAt = birth.expiresAt;
        if (expiresAt == 0 && ObjectId.unwrap(birth.lot) != 0) expiresAt = lots.expiryOf(birth.lot);
    }

    function rootOf(StateStore storage store, ObjectId object) internal view returns (ObjectId) {
        while (store.items[object].head & ItemWords.CONTAINED != 0) {
            object = store.items[object].parent;
        }
        return object;
    }

    /// @dev The owner last stated of the object, or of a container while it was inside.
    function ownerOf(StateStore storage store, Item storage self) internal view returns (PartyId owner) {
        Item storage item = self;
        uint256 head = item.head;
        owner = head.ownerOf();
        uint48 since = 0;
        uint48 stated = 0;
        while (head & ItemWords.CONTAINED != 0) {
            since = later(since, packedAt(item, head));
            item = store.items[item.parent];
            head = item.head;
            uint256 ownership = item.inside.field(ItemWords.OWNERSHIP_AT, ItemWords.ENTRY);
            if (ownership != 0) {
                uint48 id = EventId.unwrap(item.chain.entries[ownership - 1].eventOf());
                if (id > since && id > stated) {
                    stated = id;
                    owner = head.ownerOf();
                }
            }
        }
    }

    /// @dev The event that packed a contained object: the last of its structure, since nothing else is done with what lies in a container.
    function packedAt(Item storage item, uint256 head) internal view returns (uint48) {
        return EventId.unwrap(item.chain.entries[head.structureOf() - 1].eventOf());
    }

    function later(uint48 a, uint48 b) internal pure returns (uint48) {
        return a > b ? a : b;
    }

    /// @dev The event's own node in lineage.
    function nodeOf(EpcisEvent calldata captured) internal pure returns (ObjectId) {
        return ObjectId.wrap(bytes32(uint256(KeyKind.TRANSFORMATION) << 248) | (captured.contentId >> 8));
    }

    function keep(Context memory context, Item storage item, uint256 head, uint256 effect, uint256 payload) internal {
        item.head = item.chain.append(head, context.statement, head.structureOf(), effect, payload, true);
    }

    /// @dev An object that was commissioned.
    function known(StateStore storage store, ObjectId object) internal view returns (Item storage item, uint256 head) {
        item = store.items[object];
        head = item.head;
        require(head.statusOf() != ObjectStatus.NONE, ITraceState.TraceStateUnknown(object));
    }

    /// @dev An object that the party possesses by itself: alive, in no container, not in transit.
    function own(
        StateStore storage store,
        Context memory context,
        ObjectId object
    ) internal view returns (Item storage item, uint256 head) {
        (item, head) = known(store, object);
        require(head.statusOf() == ObjectStatus.ACTIVE, ITraceState.TraceStateEnded(object, head.statusOf()));
        require(head & ItemWords.CONTAINED == 0, ITraceState.TraceStateContained(object, item.parent));
        requireAtRest(object, head, context.by);
    }

    function requireAtRest(ObjectId object, uint256 head, PartyId by) internal pure {
        PartyId consignee = head.consigneeOf();
        require(PartyId.unwrap(consignee) == 0, ITraceState.TraceStateInTransit(object, consignee));
        PartyId holder = head.holderOf();
        require(holder == by, ITraceState.TraceStateNotPossessor(object, holder, by));
    }

    /// @dev Neither recalled nor with anything recalled in it.
    function requireClean(ObjectId object, Item storage item, uint256 head) internal view {
        require(head & ItemWords.RECALLED == 0, ITraceState.TraceStateRecalled(object));
        if (head & ItemWords.CONTAINER == 0) return;
        uint256 count = item.inside.field(ItemWords.RECALLED_INSIDE_AT, ItemWords.U32);
        require(count == 0, ITraceState.TraceStateRecalledInside(object, uint32(count)));
    }
}
