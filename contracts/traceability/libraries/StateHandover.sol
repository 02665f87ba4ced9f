// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITraceState} from "../interfaces/ITraceState.sol";
import {Chain, EventChain} from "./EventChain.sol";
import {Item, ItemWords} from "./ItemWords.sol";
import {StateLists} from "./StateLists.sol";
import {Context, Effects, StateStore} from "./StateStore.sol";
import {Flow, ObjectId, ObjectStatus, PartyId} from "./TraceTypes.sol";

/// @title Handover in derived state
/// @notice Ships, receives, sends back. Linked to {TraceState}, whose code it would not fit into.
library StateHandover {
    using EventChain for Chain;
    using EventChain for uint256;
    using ItemWords for uint256;

    /// @notice Sets objects in transit.
    /// @param store the state
    /// @param who who and what the event is about
    /// @param objects the objects
    /// @param flow sources and destinations, the receiver checked
    function ship(
        StateStore storage store,
        Context calldata who,
        ObjectId[] calldata objects,
        Flow calldata flow
    ) external {
        Context memory context = who;
        for (uint256 i = 0; i < objects.length; ++i) {
            _ship(store, context, objects[i], flow);
        }
    }

    /// @notice Ends transit at the consignee, or takes sold objects back.
    /// @param store the state
    /// @param who who and what the event is about
    /// @param objects the objects
    /// @param flow sources and destinations
    /// @param accepting whether what was received before may be accepted now
    function take(
        StateStore storage store,
        Context calldata who,
        ObjectId[] calldata objects,
        Flow calldata flow,
        bool accepting
    ) external {
        Context memory context = who;
        for (uint256 i = 0; i < objects.length; ++i) {
            _receive(store, context, objects[i], flow, accepting);
        }
    }

    /// @notice Sends objects in transit back to their shipper.
    /// @param store the state
    /// @param who who and what the event is about
    /// @param objects the objects
    function sendBack(StateStore storage store, Context calldata who, ObjectId[] calldata objects) external {
        Context memory context = who;
        for (uint256 i = 0; i < objects.length; ++i) {
            _voidShipping(store, context, objects[i]);
        }
    }

    function _ship(StateStore storage store, Context memory context, ObjectId object, Flow calldata flow) private {
        (Item storage item, uint256 head) = StateLists.own(store, context, object);
        PartyId from = flow.fromHolder;
        require(
            PartyId.unwrap(from) == 0 || from == context.by,
            ITraceState.TraceStateFlowMismatch(object, from, context.by)
        );
        if (!context.returned) StateLists.requireClean(object, item, head);

        PartyId carrier = flow.carrier;
        if (PartyId.unwrap(carrier) == 0) carrier = context.by;
        PartyId consignee = flow.toHolder;
        uint256 payload =
            (uint256(PartyId.unwrap(consignee)) << 64) |
                (uint256(PartyId.unwrap(carrier)) << 32) |
                PartyId.unwrap(context.by);
        head = head.withHolder(carrier).withTransit(consignee, context.by);
        StateLists.keep(context, item, head, Effects.SHIPPED, payload);
    }

    function _receive(
        StateStore storage store,
        Context memory context,
        ObjectId object,
        Flow calldata flow,
        bool accepting
    ) private {
        (Item storage item, uint256 head) = StateLists.known(store, object);
        ObjectStatus status = head.statusOf();
        if (status == ObjectStatus.SOLD && context.returned) {
            _return(store, context, object, flow.toOwner);
            return;
        }
        require(status == ObjectStatus.ACTIVE, ITraceState.TraceStateEnded(object, status));
        require(head & ItemWords.CONTAINED == 0, ITraceState.TraceStateContained(object, item.parent));
        PartyId consignee = head.consigneeOf();
        if (PartyId.unwrap(consignee) == 0) {
            // Received first and accepted later: what the acceptance rests on cannot be taken back before it.
            require(accepting && head.holderOf() == context.by, ITraceState.TraceStateNotInTransit(object));
            StateLists.keep(context, item, head, Effects.KEPT, 0);
            return;
        }
        require(consignee == context.by, ITraceState.TraceStateNotParty(object, consignee, context.by));
        _requireFlow(object, flow, head.shipperOf(), context.by);
        if (!context.returned) StateLists.requireClean(object, item, head);
        _takeOver(context, item, head, flow.toOwner);
    }

    function _takeOver(Context memory context, Item storage item, uint256 head, PartyId owner) private {
        uint256 inside = item.inside;
        uint256 payload = uint256(PartyId.unwrap(head.ownerOf())) << 32;
        payload |= inside.field(ItemWords.OWNERSHIP_AT, ItemWords.ENTRY);
        if (PartyId.unwrap(owner) != 0) {
            head = head.withOwner(owner);
            if (inside.field(ItemWords.CHILDREN_AT, ItemWords.U16) != 0) {
                item.inside = inside.with(ItemWords.OWNERSHIP_AT, ItemWords.ENTRY, head.countOf() + 1);
            }
        }
        head = head.withHolder(context.by).withTransit(PartyId.wrap(0), PartyId.wrap(0));
        StateLists.keep(context, item, head, Effects.RECEIVED, payload);
    }

    /// @dev Possessing parties may be left out; stated, they are those of the shipping.
    function _requireFlow(ObjectId object, Flow calldata flow, PartyId shipper, PartyId by) private pure {
        PartyId from = flow.fromHolder;
        require(
            PartyId.unwrap(from) == 0 || from == shipper,
            ITraceState.TraceStateFlowMismatch(object, from, shipper)
        );
        PartyId to = flow.toHolder;
        require(PartyId.unwrap(to) == 0 || to == by, ITraceState.TraceStateFlowMismatch(object, to, by));
    }

    function _return(StateStore storage store, Context memory context, ObjectId object, PartyId owner) private {
        Item storage item = store.items[object];
        uint256 head = item.head;
        PartyId holder = head.holderOf();
        require(
            holder == context.by ||
                head & ItemWords.RECALLED != 0 ||
                StateLists.birthOf(store, item, head, item.inside).producer == context.by,
            ITraceState.TraceStateNotReturnable(object, context.by)
        );
        uint256 payload = (uint256(PartyId.unwrap(holder)) << 32) | PartyId.unwrap(head.ownerOf());
        head = head.withStatus(ObjectStatus.ACTIVE).withHolder(context.by);
        if (PartyId.unwrap(owner) != 0) head = head.withOwner(owner);
        StateLists.keep(context, item, head, Effects.RETURNED, payload);
    }

    function _voidShipping(StateStore storage store, Context memory context, ObjectId object) private {
        (Item storage item, uint256 head) = StateLists.known(store, object);
        PartyId shipper = head.shipperOf();
        require(PartyId.unwrap(shipper) != 0, ITraceState.TraceStateNotInTransit(object));
        require(
            shipper == context.by || head.consigneeOf() == context.by,
            ITraceState.TraceStateNotParty(object, shipper, context.by)
        );
        head = head.withHolder(shipper).withTransit(PartyId.wrap(0), PartyId.wrap(0));
        StateLists.keep(context, item, head, Effects.VOIDED, 0);
    }
}
