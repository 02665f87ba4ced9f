// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITraceLots} from "../interfaces/ITraceLots.sol";
import {ITraceState} from "../interfaces/ITraceState.sol";
import {ITradeParties} from "../interfaces/ITradeParties.sol";
import {Chain, EventChain} from "./EventChain.sol";
import {Item, ItemWords} from "./ItemWords.sol";
import {StateLists} from "./StateLists.sol";
import {Context, Effects, StateStore} from "./StateStore.sol";
import {TraceKeys} from "./TraceKeys.sol";
import {TraceNodes} from "./TraceNodes.sol";
import {
    Action,
    EpcisEvent,
    EventId,
    EventKind,
    Flow,
    KeyKind,
    ObjectId,
    ObjectStatus,
    PartyId,
    PlaceId,
    Quantity
} from "./TraceTypes.sol";
import {PartyRole} from "./TradeTypes.sol";

/// @title Handover in derived state
/// @notice Ships, receives, sends back, and observes. Linked to {TraceState}, whose code it would not fit into.
library StateHandover {
    using EventChain for Chain;
    using EventChain for uint256;
    using ItemWords for uint256;

    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_CONTAINERS = 32;

    /// @dev Who observes, and whom that is asked of.
    /// @param parties the deployment's parties
    /// @param lots the deployment's quantities
    /// @param by who observes
    struct Witness {
        ITradeParties parties;
        ITraceLots lots;
        PartyId by;
    }

    /// @notice Sets objects in transit, and checks who is to carry and to receive them, and quantities shipped with them.
    /// @param store the state
    /// @param parties the deployment's parties
    /// @param who who and what the event is about
    /// @param objects the objects
    /// @param flow sources and destinations; without a receiver the consignment is open: whether that may be the repository asks
    function ship(
        StateStore storage store,
        ITradeParties parties,
        Context calldata who,
        ObjectId[] calldata objects,
        Flow calldata flow
    ) external {
        Context memory context = who;
        PartyId receiver = flow.toHolder;
        require(!(receiver == context.by), ITraceState.TraceStateInvalidReceiver(receiver));
        if (PartyId.unwrap(receiver) != 0) parties.requireActive(receiver);
        if (PartyId.unwrap(flow.carrier) != 0) parties.requireActive(flow.carrier);
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

    /// @notice Keeps what an event states of the things that it only observes.
    /// @param store the state
    /// @param parties the deployment's parties
    /// @param lots the deployment's quantities
    /// @param who who and what the event is about
    /// @param captured the event
    function observe(
        StateStore storage store,
        ITradeParties parties,
        ITraceLots lots,
        Context calldata who,
        EpcisEvent calldata captured
    ) external {
        Context memory context = who;
        Witness memory witness = Witness({parties: parties, lots: lots, by: context.by});
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _observe(store, context, witness, captured.objects[i]);
        }
        ObjectId parent = captured.parent;
        if (_isThing(parent)) _observe(store, context, witness, parent);
        _requireLots(store, witness, captured);
    }

    /// @notice Reverts unless the party has to do with the quantities that the event observes, and with what it associates things with.
    /// @param store the state
    /// @param parties the deployment's parties
    /// @param lots the deployment's quantities
    /// @param who who and what the event is about
    /// @param captured the event
    function requireConcerned(
        StateStore storage store,
        ITradeParties parties,
        ITraceLots lots,
        Context calldata who,
        EpcisEvent calldata captured
    ) external view {
        Witness memory witness = Witness({parties: parties, lots: lots, by: who.by});
        bool bonding = captured.kind == EventKind.ASSOCIATION && captured.action == Action.ADD;
        if (bonding && _isThing(captured.parent)) _requireConcerned(store, witness, captured.parent);
        else if (bonding) _requireOwnPlace(witness, captured.parent);
        _requireLots(store, witness, captured);
    }

    function _isThing(ObjectId parent) private pure returns (bool) {
        return ObjectId.unwrap(parent) != 0 && !TraceKeys.isLot(parent) && TraceKeys.kindOf(parent) != KeyKind.SGLN;
    }

    function _observe(
        StateStore storage store,
        Context memory context,
        Witness memory witness,
        ObjectId object
    ) private {
        _requireConcerned(store, witness, object);
        Item storage item = store.items[object];
        uint256 head = item.head;
        uint256 last = item.chain.entries[head.countOf() - 1];
        require(
            EventId.unwrap(last.eventOf()) != EventId.unwrap(context.statement.id),
            ITraceState.TraceStateDuplicate(object)
        );
        item.head = item.chain.append(head, context.statement, 0, 0, 0, false);
    }

    /// @dev What a place is associated with is for its owner, where it is filed, else for the party of its GLN; nobody else fills its list.
    function _requireOwnPlace(Witness memory witness, ObjectId parent) private view {
        if (TraceKeys.kindOf(parent) != KeyKind.SGLN) return;
        PlaceId place = witness.parties.placeByKey(parent);
        PartyId owner =
            PlaceId.unwrap(place) == 0
                ? witness.parties.partyByGln(TraceKeys.numberOf(parent))
                : witness.parties.placeOwner(place);
        if (PartyId.unwrap(owner) == 0 || owner == witness.by || _isOffice(witness)) return;
        revert ITraceState.TraceStateNotConcerned(parent, witness.by);
    }

    /// @dev Who possesses it, carries it, ships it, is to receive it or owns it, and whose office it is to look.
    function _requireConcerned(StateStore storage store, Witness memory witness, ObjectId object) private view {
        (Item storage item, ) = StateLists.known(store, object);
        uint256 root = store.items[StateLists.rootOf(store, object)].head;
        PartyId by = witness.by;
        if (root.holderOf() == by || root.consigneeOf() == by || root.shipperOf() == by) return;
        if (StateLists.ownerOf(store, item) == by) return;
        require(_isOffice(witness), ITraceState.TraceStateNotConcerned(object, by));
    }

    /// @dev Who holds or held some of it, is to receive some of it, or has it in a container.
    function _requireLots(StateStore storage store, Witness memory witness, EpcisEvent calldata captured) private view {
        Quantity[] calldata quantities = captured.quantities;
        PartyId from = captured.flow.fromHolder;
        for (uint256 i = 0; i < quantities.length; ++i) {
            ObjectId lot = quantities[i].object;
            if (witness.lots.hasHeld(lot, witness.by)) continue;
            bytes32 transit = TraceNodes.transit(from, witness.by);
            if (PartyId.unwrap(from) != 0 && witness.lots.amountAt(lot, transit) != 0) continue;
            if (witness.lots.statusOf(lot) == ObjectStatus.NONE) continue; // refused where quantities are kept
            if (_isInHand(store, witness, lot) || _isOffice(witness)) continue;
            revert ITraceState.TraceStateNotConcerned(lot, witness.by);
        }
    }

    function _isInHand(StateStore storage store, Witness memory witness, ObjectId lot) private view returns (bool) {
        (ObjectId[] memory containers, ) = witness.lots.containersOf(lot, 0, _MAX_CONTAINERS);
        for (uint256 i = 0; i < containers.length; ++i) {
            uint256 root = store.items[StateLists.rootOf(store, containers[i])].head;
            if (!(root.holderOf() == witness.by) && !(root.consigneeOf() == witness.by)) continue;
            if (witness.lots.amountAt(lot, ObjectId.unwrap(containers[i])) != 0) return true;
        }
        return false;
    }

    function _isOffice(Witness memory witness) private view returns (bool) {
        ITradeParties parties = witness.parties;
        PartyId by = witness.by;
        return
            parties.hasRole(by, PartyRole.LABORATORY) ||
            parties.hasRole(by, PartyRole.CERTIFIER) ||
            parties.hasRole(by, PartyRole.OFFICE);
    }

    function _ship(StateStore storage store, Context memory context, ObjectId object, Flow calldata flow) private {
        (Item storage item, uint256 head) = StateLists.own(store, context, object);
        PartyId from = flow.fromHolder;
        require(
            PartyId.unwrap(from) == 0 || from == context.by,
            ITraceState.TraceStateFlowMismatch(object, from, context.by)
        );
        PartyId consignee = flow.toHolder;
        bool open = PartyId.unwrap(consignee) == 0;
        if (open) consignee = TraceNodes.ANYBODY;
        // What is recalled goes back to somebody, not to anybody.
        if (open || !context.returned) StateLists.requireClean(object, item, head);

        PartyId carrier = flow.carrier;
        if (PartyId.unwrap(carrier) == 0) carrier = context.by;
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
        bool open = consignee == TraceNodes.ANYBODY;
        require(open || consignee == context.by, ITraceState.TraceStateNotParty(object, consignee, context.by));
        _requireFlow(object, flow, head.shipperOf(), context.by);
        if (open || !context.returned) StateLists.requireClean(object, item, head);
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
