// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LotState, ObjectState} from "../libraries/StateTypes.sol";
import {EpcisEvent, EventId, ObjectId, ObjectStatus, PartyId} from "../libraries/TraceTypes.sol";

/// @title Derived state
/// @notice What the captured events come to: of each item and container its life, who possesses and owns it, where it is, what lies in it; of each lot
/// how much of it is where (kept by {TraceLots}, read here).
/// @dev What creates, moves or ends a thing (its life, possession, ownership, parent, bond) is structural: it needs the state to be right, and can be
/// taken back only while no later structural event rests on it. What is only observed (place, disposition, persistent dispositions) is taken back
/// wherever it stands. Only who has to do with the object observes it; see {TraceStateNotConcerned}.
///
/// Business steps of object events with action OBSERVE: `shipping` by the possessor sets in transit to the stated possessing party; `receiving` and
/// `accepting` by that party end it; `void_shipping` by the shipper, or by the consignee (who so refuses), sends back. A shipping that states no
/// possessing party is an open consignment, where policy allows it: whoever first captures `receiving` or `accepting` has the goods, only the shipper
/// sends back, and what is recalled is neither shipped nor received so. `retail_selling` and `dispensing` by the possessor sell; `receiving` with disposition `returned` brings a sold thing back. All others observe. Action DELETE ends: sold
/// with `retail_selling` or `dispensing`, destroyed with `destroying`, decommissioned with any other.
interface ITraceState {
    // -- events --------------------------------------------------------------------------------------

    /// @notice An object was marked as recalled, or the mark was taken off.
    /// @param object the item, container or lot
    /// @param recalled whether it is marked from now on
    event RecallMarked(ObjectId indexed object, bool recalled);

    /// @notice The number of recalled things in a container changed.
    /// @param container the container
    /// @param count how many are in it now, at any depth
    event RecalledInside(ObjectId indexed container, uint32 count);

    // -- errors --------------------------------------------------------------------------------------

    /// @notice The object was never commissioned (create before use), or its commissioning was declared erroneous.
    /// @param object the object
    /// @custom:cure Capture the commissioning first; for what was in circulation before, `captureOpening`.
    error TraceStateUnknown(ObjectId object);

    /// @notice The object was commissioned before (C-15).
    /// @param object the object
    /// @param status its life
    /// @custom:cure A code is used once; commission another, or leave the second commissioning out.
    error TraceStateExists(ObjectId object, ObjectStatus status);

    /// @notice The object's life is over (C-15), or only a sold one can be returned.
    /// @param object the object
    /// @param status its life
    /// @custom:cure If its end was captured in error, declare that event erroneous; a sold object comes back by `receiving` with `returned`.
    error TraceStateEnded(ObjectId object, ObjectStatus status);

    /// @notice A code of this kind cannot stand here: a lot among items, an item among quantities, a place as a container.
    /// @param object the code
    /// @custom:cure List items, containers and assets as objects, lots as quantities; a place can only be the parent of an association.
    error TraceStateWrongKey(ObjectId object);

    /// @notice The object is listed twice in one event.
    /// @param object the object
    /// @custom:cure List it once.
    error TraceStateDuplicate(ObjectId object);

    /// @notice Somebody other than the possessor acts.
    /// @param object the object
    /// @param possessor who possesses it
    /// @param by who acts
    /// @custom:cure Only the possessor ships, packs, transforms, sells and ends; receive the object first.
    error TraceStateNotPossessor(ObjectId object, PartyId possessor, PartyId by);

    /// @notice The party has nothing to do with the object: what it observes of it, or associates with it, is not kept.
    /// @param object the object, or the lot
    /// @param by who acts
    /// @custom:cure Of an item or container its possessor, carrier, shipper, consignee and owner observe; of a lot who holds or held some of it; with a
    /// place its owner associates; of all of them laboratories, certifiers and authorities' offices.
    error TraceStateNotConcerned(ObjectId object, PartyId by);

    /// @notice The object lies in a container.
    /// @param object the object
    /// @param parent the container
    /// @custom:cure Handle the container, or take the object out first (aggregation, DELETE).
    error TraceStateContained(ObjectId object, ObjectId parent);

    /// @notice The object is in transit.
    /// @param object the object
    /// @param consignee who is to receive it; 4294967295 = whoever receives it first
    /// @custom:cure The consignee receives it, or shipper or consignee void the shipping.
    error TraceStateInTransit(ObjectId object, PartyId consignee);

    /// @notice The object is not in transit: no shipping matches (C-15).
    /// @param object the object
    /// @custom:cure Capture the shipping first.
    error TraceStateNotInTransit(ObjectId object);

    /// @notice The object is in transit to somebody else, or was shipped by somebody else.
    /// @param object the object
    /// @param expected the party that may
    /// @param by who acts
    /// @custom:cure Only the consignee receives; only shipper and consignee void a shipping.
    error TraceStateNotParty(ObjectId object, PartyId expected, PartyId by);

    /// @notice A shipping names the shipper as its receiver.
    /// @param receiver the party named
    /// @custom:cure Name the destination of type possessing_party: a party filed, other than the shipper; or leave it out, where policy allows open
    /// consignments.
    error TraceStateInvalidReceiver(PartyId receiver);

    /// @notice A source or destination of the event contradicts the state.
    /// @param object the object
    /// @param stated the possessing party stated
    /// @param actual the one on record
    /// @custom:cure State who really hands over and receives, or leave it out.
    error TraceStateFlowMismatch(ObjectId object, PartyId stated, PartyId actual);

    /// @notice The object is recalled: it is not shipped, received, packed, transformed or sold (C-29).
    /// @param object the object
    /// @custom:cure Hold it, return it (disposition `returned`) or destroy it.
    error TraceStateRecalled(ObjectId object);

    /// @notice Recalled things lie in the container (C-29).
    /// @param container the container
    /// @param count how many, at any depth
    /// @custom:cure Take them out before it is shipped, or return it as a whole (disposition `returned`).
    error TraceStateRecalledInside(ObjectId container, uint32 count);

    /// @notice The object is past its shelf life and is not sold any more.
    /// @param object the object
    /// @param expiresAt first moment at which it may no longer be sold, in seconds
    /// @param eventTime when it would be sold, in milliseconds
    /// @custom:cure Return it or destroy it.
    error TraceStateExpired(ObjectId object, uint64 expiresAt, uint64 eventTime);

    /// @notice Somebody takes back a sold object who neither sold nor made it.
    /// @param object the object
    /// @param by who acts
    /// @custom:cure Seller or producer take it back; a recalled one anybody.
    error TraceStateNotReturnable(ObjectId object, PartyId by);

    /// @notice The object does not lie in the container, or is not associated with the parent.
    /// @param object the object
    /// @param parent the container or parent
    /// @custom:cure See `stateOf(object)` for what it lies in.
    error TraceStateNotChild(ObjectId object, ObjectId parent);

    /// @notice The object is associated with something already.
    /// @param object the object
    /// @param bond with what
    /// @custom:cure End that association first.
    error TraceStateBonded(ObjectId object, ObjectId bond);

    /// @notice The container would lie in itself.
    /// @param object the container
    /// @param parent what it would lie in
    /// @custom:cure Check which is the container.
    error TraceStateCycle(ObjectId object, ObjectId parent);

    /// @notice Containers would be nested too deeply.
    /// @param object what is packed
    /// @param parent what it is packed into
    /// @param max the most levels
    /// @custom:cure Pack flatter.
    error TraceStateTooDeep(ObjectId object, ObjectId parent, uint256 max);

    /// @notice The container has as many direct children as it can hold, or too many to be taken out in one event without being named.
    /// @param parent the container
    /// @param max the most
    /// @custom:cure Use containers in between; take out by name in several events.
    error TraceStateFull(ObjectId parent, uint256 max);

    /// @notice The container is not empty.
    /// @param object the container
    /// @custom:cure Take out what lies in it (aggregation, DELETE) before it is sold, destroyed, consumed or decommissioned.
    error TraceStateNotEmpty(ObjectId object);

    /// @notice A later event rests on the event that is to be taken back (C-12).
    /// @param object the object that both concern
    /// @param later the later event
    /// @custom:cure Declare `later` erroneous first.
    error TraceStateLaterEvent(ObjectId object, EventId later);

    // -- writers -------------------------------------------------------------------------------------

    /// @notice Changes the state as an event says.
    /// @param by who captures
    /// @param id the event's number, above those before
    /// @param opening whether it declares things that were in circulation already
    /// @param captured the event, its shape checked
    /// @custom:caller TRACE_REPOSITORY (EpcisRepository)
    /// @custom:source C-06, C-10, C-15
    /// @custom:error TraceStateUnknown when an object was never commissioned.
    /// @custom:error TraceStateExists when an object is commissioned again.
    /// @custom:error TraceStateEnded when an object's life is over.
    /// @custom:error TraceStateWrongKey when a code cannot stand where it stands.
    /// @custom:error TraceStateDuplicate when an object is listed twice.
    /// @custom:error TraceStateNotPossessor when somebody other than the possessor acts.
    /// @custom:error TraceStateContained when an object lies in a container.
    /// @custom:error TraceStateInTransit when an object is in transit.
    /// @custom:error TraceStateNotInTransit when no shipping matches a receipt.
    /// @custom:error TraceStateNotParty when an object is in transit between others.
    /// @custom:error TraceStateInvalidReceiver when a shipping names the shipper as its receiver.
    /// @custom:error TraceStateFlowMismatch when sources or destinations contradict the state.
    /// @custom:error TraceStateRecalled when an object is recalled.
    /// @custom:error TraceStateRecalledInside when recalled things lie in a container that is shipped.
    /// @custom:error TraceStateExpired when an object is sold past its shelf life.
    /// @custom:error TraceStateNotReturnable when a sold object is taken back by a stranger.
    /// @custom:error TraceStateNotChild when an object is not where it is taken from.
    /// @custom:error TraceStateBonded when an object is associated already.
    /// @custom:error TraceStateCycle when a container would lie in itself.
    /// @custom:error TraceStateTooDeep when containers would be nested too deeply.
    /// @custom:error TraceStateFull when a container has too many children.
    /// @custom:error TraceStateNotEmpty when a container ends with something in it.
    function record(PartyId by, EventId id, bool opening, EpcisEvent calldata captured) external;

    /// @notice Takes the effects of an event back.
    /// @param by who captured it
    /// @param id its number
    /// @param captured the event
    /// @custom:caller TRACE_REPOSITORY (EpcisRepository)
    /// @custom:source C-11, C-12
    /// @custom:error TraceStateLaterEvent when a later event rests on it.
    /// @custom:error TraceLotsLaterEvent when a later event took from what it brought.
    function takeBack(PartyId by, EventId id, EpcisEvent calldata captured) external;

    /// @notice Marks an object as recalled, or takes the mark off. Nothing happens when it is so already.
    /// @param object an item, a container or a lot that exists
    /// @param recalled whether it is recalled
    /// @return changed whether the mark changed
    /// @custom:caller TRACE_RECALL (RecallDesk)
    /// @custom:source C-29
    /// @custom:error TraceStateUnknown when it was never commissioned.
    function mark(ObjectId object, bool recalled) external returns (bool changed);

    /// @notice Counts a recalled lot's quantity in a container among the recalled things in it, or no longer, as it is. Called for each container of a
    /// lot after the lot's mark changed; nothing happens when the count is right.
    /// @param lot the lot
    /// @param container the container
    /// @return changed whether the count changed
    /// @custom:caller TRACE_RECALL (RecallDesk)
    /// @custom:source C-29
    function syncContainer(ObjectId lot, ObjectId container) external returns (bool changed);

    // -- readers: items and containers -----------------------------------------------------------------

    /// @notice The life of an object. Of a lot: ACTIVE while it has quantity, else how most of it ended.
    /// @param object an item, a container or a lot
    /// @return the life; NONE = never commissioned
    function statusOf(ObjectId object) external view returns (ObjectStatus);

    /// @notice An item, container or asset as it stands.
    /// @param object the object
    /// @return the state; all zero but `children` of a place when it was never commissioned
    function stateOf(ObjectId object) external view returns (ObjectState memory);

    /// @notice The outermost container that an object lies in.
    /// @param object the object
    /// @return the container, or the object itself
    function rootOf(ObjectId object) external view returns (ObjectId);

    /// @notice Who possesses an object now; see {ObjectState}.
    /// @param object the object
    /// @return the party; 0 = never commissioned
    function possessorOf(ObjectId object) external view returns (PartyId);

    /// @notice Whether an object came to where it is by way of a party: it produced it, or, of the last 16 changes of its life, possession and parent,
    /// shipped it, had it packed or sold it. Of a lot: whether the party ever had some of it.
    /// @param object an item, a container or a lot
    /// @param party the party
    /// @return whether it did
    function cameFrom(ObjectId object, PartyId party) external view returns (bool);

    /// @notice Whether a recall marked an object. Containers that only hold recalled things are not marked.
    /// @param object an item, a container or a lot
    /// @return whether it is marked
    function isRecalled(ObjectId object) external view returns (bool);

    /// @notice Whether the possessor could ship an object now: alive, in no container, not in transit, not recalled, with nothing recalled in it.
    /// @param object an item or a container
    /// @return whether it could
    function isShippable(ObjectId object) external view returns (bool);

    /// @notice A page of what lies directly in a container, in no lasting order: taking one out moves the last one into its place. Quantities of
    /// lots: {lotsIn}.
    /// @param parent the container
    /// @param offset the first index
    /// @param limit the page size; 1 to 100
    /// @return children the objects
    /// @return next the offset of the next page, or 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the offset is after the end.
    function childrenOf(
        ObjectId parent,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory children, uint256 next);

    /// @notice A page of what is associated with a parent, in no lasting order.
    /// @param parent an asset, an item or a place
    /// @param offset the first index
    /// @param limit the page size; 1 to 100
    /// @return children the objects
    /// @return next the offset of the next page, or 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the offset is after the end.
    function bondedTo(
        ObjectId parent,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory children, uint256 next);

    // -- readers: lots ---------------------------------------------------------------------------------

    /// @notice A lot as it stands.
    /// @param lot the lot
    /// @return the state; all zero when it was never created
    function lotOf(ObjectId lot) external view returns (LotState memory);

    /// @notice How much of a lot is at a node: a party's stock ({stockNode}), on its way ({transitNode}), or in a container (its {ObjectId}).
    /// @param lot the lot
    /// @param node the node
    /// @return the amount, in millionths of the lot's unit
    function amountAt(ObjectId lot, bytes32 node) external view returns (uint128);

    /// @notice The node of a party's stock, in no container.
    /// @param party the party
    /// @return the node
    function stockNode(PartyId party) external pure returns (bytes32);

    /// @notice The node of what one party shipped to another and that is not received yet.
    /// @param from the shipper
    /// @param to the consignee; 4294967295 of an open consignment
    /// @return the node
    function transitNode(PartyId from, PartyId to) external pure returns (bytes32);

    /// @notice A page of the containers that ever held a quantity of a lot, in the order of the first packing. The list only grows: ask {amountAt} for
    /// what is in each now.
    /// @param lot the lot
    /// @param offset the first index
    /// @param limit the page size; 1 to 100
    /// @return containers the containers
    /// @return next the offset of the next page, or 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the offset is after the end.
    function containersOf(
        ObjectId lot,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory containers, uint256 next);

    /// @notice The lots of which a container holds quantities directly, at most 100.
    /// @param container the container
    /// @return lots the lots
    /// @return amounts the amount of each, in millionths of its unit
    function lotsIn(ObjectId container) external view returns (ObjectId[] memory lots, uint128[] memory amounts);

    /// @notice A page of the events that name an object, erroneous ones included; see {IEpcisRepository-eventsOf}.
    /// @param object an item, a container or a lot
    /// @param offset the first index
    /// @param limit the page size; 1 to 100
    /// @return events the numbers
    /// @return next the offset of the next page, or 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the offset is after the end.
    function eventsOf(
        ObjectId object,
        uint256 offset,
        uint256 limit
    ) external view returns (EventId[] memory events, uint256 next);
}
