// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Paging} from "../../common/libraries/Paging.sol";
import {ITraceLots} from "../interfaces/ITraceLots.sol";
import {Chain, EventChain} from "./EventChain.sol";
import {Item, ItemWords} from "./ItemWords.sol";
import {StateLists} from "./StateLists.sol";
import {Effects, StateBirth, StateStore} from "./StateStore.sol";
import {ObjectState} from "./StateTypes.sol";
import {TraceKeys} from "./TraceKeys.sol";
import {Disposition, EventId, ObjectId, ObjectStatus, PartyId, PlaceId} from "./TraceTypes.sol";

/// @title Reading of derived state
/// @notice What is read of an item at once. Linked to {TraceState}, whose code it would not fit into.
library StateReader {
    using EventChain for Chain;
    using EventChain for uint256;
    using ItemWords for uint256;

    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_CHANGES = 16;

    /// @notice An item, container or asset as it stands; see {ITraceState-stateOf}.
    /// @param store the state
    /// @param lots the deployment's quantities
    /// @param object the object
    /// @return state the state
    function stateOf(
        StateStore storage store,
        ITraceLots lots,
        ObjectId object
    ) external view returns (ObjectState memory state) {
        Item storage item = store.items[object];
        uint256 head = item.head;
        uint256 inside = item.inside;
        state.children = uint32(inside.field(ItemWords.CHILDREN_AT, ItemWords.U16));
        state.status = head.statusOf();
        if (state.status == ObjectStatus.NONE) return state;
        uint256 root = store.items[StateLists.rootOf(store, object)].head;
        state.recalled = head & ItemWords.RECALLED != 0;
        state.possessor = root.holderOf();
        state.holder = head.holderOf();
        state.consignee = root.consigneeOf();
        state.shipper = root.shipperOf();
        state.owner = StateLists.ownerOf(store, item);
        state.place = _placeOf(store, item);
        if (head & ItemWords.CONTAINED != 0) state.parent = item.parent;
        state.bond = item.bond;
        state.disposition = Disposition(item.chain.dispositionOf(head));
        state.persistent = item.chain.persistentOf();
        state.lastEvent = item.chain.lastEvent(head);
        state.recalledInside = uint32(inside.field(ItemWords.RECALLED_INSIDE_AT, ItemWords.U32));
        _fillBirth(store, lots, state, item, head, inside);
    }

    /// @notice Whether an object came by way of a party; see {ITraceState-cameFrom}.
    /// @param store the state
    /// @param lots the deployment's quantities
    /// @param object the object
    /// @param party the party
    /// @return whether it did
    function cameFrom(
        StateStore storage store,
        ITraceLots lots,
        ObjectId object,
        PartyId party
    ) external view returns (bool) {
        if (TraceKeys.isLot(object)) return lots.hasHeld(object, party);
        Item storage item = store.items[object];
        uint256 head = item.head;
        if (head.statusOf() == ObjectStatus.NONE) return false;
        if (StateLists.birthOf(store, item, head, item.inside).producer == party) return true;
        // What lies in a container was packed by who handled it last by itself.
        if (head & ItemWords.CONTAINED != 0 && head.holderOf() == party) return true;
        uint256 at = head.structureOf();
        for (uint256 i = 0; i < _MAX_CHANGES && at != 0; ++i) {
            uint256 entry = item.chain.entries[at - 1];
            uint256 effect = entry.effectOf();
            uint256 payload = entry.payloadOf();
            if (effect == Effects.SHIPPED && PartyId.wrap(uint32(payload)) == party) return true;
            // Who had it when it was packed, and who sold it.
            bool left = effect == Effects.UNPACKED || effect == Effects.RETURNED;
            if (left && PartyId.wrap(uint32(payload >> 32)) == party) return true;
            at = entry.beforeOf();
        }
        return false;
    }

    /// @notice A page of a list; see {ITraceState-childrenOf}.
    /// @param store the state
    /// @param parent the container or parent
    /// @param offset the first index
    /// @param limit the page size
    /// @return children the objects
    /// @return next the offset of the next page, or 0 when this is the last
    function childrenOf(
        StateStore storage store,
        ObjectId parent,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory children, uint256 next) {
        Item storage item = store.items[parent];
        return
            _page(
                item.children,
                item.inside.field(ItemWords.CHILDREN_AT, ItemWords.U16),
                item.inside.field(ItemWords.GENERATION_AT, ItemWords.U16),
                offset,
                limit
            );
    }

    /// @notice A page of a list; see {ITraceState-bondedTo}.
    /// @param store the state
    /// @param parent the container or parent
    /// @param offset the first index
    /// @param limit the page size
    /// @return children the objects
    /// @return next the offset of the next page, or 0 when this is the last
    function bondedTo(
        StateStore storage store,
        ObjectId parent,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory children, uint256 next) {
        Item storage item = store.items[parent];
        return
            _page(
                item.bonded,
                item.inside.field(ItemWords.BONDED_AT, ItemWords.U16),
                item.inside.field(ItemWords.BOND_GENERATION_AT, ItemWords.U16),
                offset,
                limit
            );
    }

    function _fillBirth(
        StateStore storage store,
        ITraceLots lots,
        ObjectState memory state,
        Item storage item,
        uint256 head,
        uint256 inside
    ) private view {
        state.commissionedBy = StateLists.creationOf(item, head, inside);
        StateBirth storage birth = store.births[state.commissionedBy];
        state.opening = birth.opening;
        state.producer = birth.producer;
        state.lot = birth.lot;
        state.producedAt = birth.producedAt;
        state.expiresAt = StateLists.expiryOf(lots, birth);
        state.certificate = birth.certificate;
    }

    /// @dev The place last stated of the object, or of a container while it was inside.
    function _placeOf(StateStore storage store, Item storage self) private view returns (PlaceId place) {
        Item storage item = self;
        uint256 head = item.head;
        EventId stated;
        (place, stated) = item.chain.placeOf(head);
        uint48 since = 0;
        while (head & ItemWords.CONTAINED != 0) {
            since = StateLists.later(since, StateLists.packedAt(item, head));
            item = store.items[item.parent];
            head = item.head;
            (PlaceId around, EventId id) = item.chain.placeOf(head);
            if (EventId.unwrap(id) > since && EventId.unwrap(id) > EventId.unwrap(stated)) {
                stated = id;
                place = around;
            }
        }
    }

    function _page(
        mapping(uint256 place => ObjectId) storage list,
        uint256 count,
        uint256 generation,
        uint256 offset,
        uint256 limit
    ) private view returns (ObjectId[] memory objects, uint256 next) {
        uint256 end;
        (end, next) = Paging.window(count, offset, limit);
        objects = new ObjectId[](end - offset);
        for (uint256 i = offset; i < end; ++i) {
            objects[i - offset] = list[(generation << 16) | i];
        }
    }
}
