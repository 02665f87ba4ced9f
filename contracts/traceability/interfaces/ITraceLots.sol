// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LotState} from "../libraries/StateTypes.sol";
import {EpcisEvent, EventId, Gtin, ObjectId, ObjectStatus, PartyId, Unit} from "../libraries/TraceTypes.sol";

/// @title Quantities of lots
/// @notice How much of each lot is where, and that nothing comes of nothing: amounts move between nodes (a party's stock, on the way between two
/// parties, a container, what a party sold), and a transformation puts out no more than its inputs allow.
/// @dev Conservation of a transformation: for each product that comes out, `allowed` is the sum over the inputs of the amount times the stated yield
/// factor, or times one where the unit is the same and none is stated; the sum over the products of `amount / allowed` is at most one. Items count as
/// 1,000,000 millionths of a piece. Events that share a transformation id add up: inputs first.
///
/// What a debit took can always be put back; a credit can be taken back while nothing was debited from its node later.
interface ITraceLots {
    /// @notice A lot was marked as recalled, or the mark was taken off.
    /// @param lot the lot
    /// @param recalled whether it is marked from now on
    event LotRecallMarked(ObjectId indexed lot, bool recalled);

    /// @notice The lot was never created (create before use).
    /// @param lot the lot
    /// @custom:cure Capture its commissioning first; for what was in circulation before, `captureOpening`.
    error TraceLotsUnknown(ObjectId lot);

    /// @notice The quantity has no amount.
    /// @param lot the lot
    /// @custom:cure State how much; only observations may leave it out.
    error TraceLotsAmountMissing(ObjectId lot);

    /// @notice The unit is not the lot's, or not the one that the product is counted in.
    /// @param lot the lot
    /// @param given the unit given
    /// @param unit the right one; zero = pieces
    /// @custom:cure Convert the amount.
    error TraceLotsWrongUnit(ObjectId lot, Unit given, Unit unit);

    /// @notice There is not so much of the lot at the node.
    /// @param lot the lot
    /// @param node the node: a party's stock, on the way between two parties, a container, what a party sold
    /// @param available what is there, in millionths
    /// @param amount what would be taken, in millionths
    /// @custom:cure Compare `amountAt` with the paper; correct the event that stated too little, or this one.
    error TraceLotsShort(ObjectId lot, bytes32 node, uint128 available, uint128 amount);

    /// @notice Somebody other than its producer would make a lot grow.
    /// @param lot the lot
    /// @param producer who created it
    /// @param by who acts
    /// @custom:cure Create a lot of your own.
    error TraceLotsNotProducer(ObjectId lot, PartyId producer, PartyId by);

    /// @notice A receipt or a refusal of quantities does not say who shipped them, or a shipping to whom they go.
    /// @param lot the lot
    /// @custom:cure State source and destination of type possessing_party.
    error TraceLotsPartyMissing(ObjectId lot);

    /// @notice The lot is recalled: it is not shipped, received, packed, transformed or sold (C-29).
    /// @param lot the lot
    /// @custom:cure Hold it, return it (disposition `returned`) or destroy it; splitting it is allowed and marks the parts.
    error TraceLotsRecalled(ObjectId lot);

    /// @notice The lot is past its shelf life and is not sold any more.
    /// @param lot the lot
    /// @param expiresAt first moment at which it may no longer be sold, in seconds
    /// @param eventTime when it would be sold, in milliseconds
    /// @custom:cure Return it or destroy it.
    error TraceLotsExpired(ObjectId lot, uint64 expiresAt, uint64 eventTime);

    /// @notice The lot is listed twice in one event.
    /// @param lot the lot
    /// @custom:cure List it once with the sum.
    error TraceLotsDuplicate(ObjectId lot);

    /// @notice The container holds as many lots as it can.
    /// @param container the container
    /// @param max the most
    /// @custom:cure Use another container.
    error TraceLotsFull(ObjectId container, uint256 max);

    /// @notice More comes out of a transformation than its inputs allow.
    /// @param transformation the transformation
    /// @param product the product that exceeds, with those before it
    /// @param amount how much of it came out, in millionths
    /// @param allowed how much the inputs allow if nothing else came out, in millionths
    /// @custom:cure Correct inputs or outputs; where more is right, the output's brand owner states a yield factor.
    error TraceLotsNotConserved(ObjectId transformation, Gtin product, uint256 amount, uint256 allowed);

    /// @notice A transformation has too many products on a side.
    /// @param transformation the transformation
    /// @param max the most
    /// @custom:cure Record it in several transformations.
    error TraceLotsTooManyProducts(ObjectId transformation, uint256 max);

    /// @notice The transformation id belongs to another party.
    /// @param transformation the transformation
    /// @param owner whose it is
    /// @param by who acts
    /// @custom:cure Use an id of your own.
    error TraceLotsNotYours(ObjectId transformation, PartyId owner, PartyId by);

    /// @notice A later event rests on the event that is to be taken back (C-12).
    /// @param object the lot or transformation that both concern
    /// @param later the later event
    /// @custom:cure Declare `later` erroneous first.
    error TraceLotsLaterEvent(ObjectId object, EventId later);

    /// @notice Moves quantities as an event says, and checks the conservation of a transformation, its items included.
    /// @param by who captures
    /// @param id the event's number
    /// @param opening whether it declares what was in circulation already
    /// @param captured the event
    /// @custom:caller TRACE_STATE (TraceState)
    /// @custom:error TraceLotsUnknown when a lot was never created.
    /// @custom:error TraceLotsAmountMissing when an amount is missing.
    /// @custom:error TraceLotsWrongUnit when the unit is wrong.
    /// @custom:error TraceLotsShort when there is not so much.
    /// @custom:error TraceLotsNotProducer when a stranger would make a lot grow.
    /// @custom:error TraceLotsPartyMissing when shipper or receiver is missing.
    /// @custom:error TraceLotsRecalled when a lot is recalled.
    /// @custom:error TraceLotsExpired when a lot is sold past its shelf life.
    /// @custom:error TraceLotsDuplicate when a lot is listed twice.
    /// @custom:error TraceLotsFull when a container holds too many lots.
    /// @custom:error TraceLotsNotConserved when more comes out than the inputs allow.
    /// @custom:error TraceLotsTooManyProducts when a side has more than 16 products.
    /// @custom:error TraceLotsNotYours when the transformation id is another party's.
    function record(PartyId by, EventId id, bool opening, EpcisEvent calldata captured) external;

    /// @notice Takes an event's movements back.
    /// @param by who captured it
    /// @param id its number
    /// @param captured the event
    /// @custom:caller TRACE_STATE (TraceState)
    /// @custom:error TraceLotsLaterEvent when a later event rests on it.
    function takeBack(PartyId by, EventId id, EpcisEvent calldata captured) external;

    /// @notice Marks a lot as recalled, or takes the mark off.
    /// @param lot the lot
    /// @param recalled whether it is recalled
    /// @return changed whether the mark changed
    /// @custom:caller TRACE_STATE (TraceState)
    /// @custom:error TraceLotsUnknown when the lot was never created.
    function mark(ObjectId lot, bool recalled) external returns (bool changed);

    /// @notice A lot as it stands.
    /// @param lot the lot
    /// @return the state; all zero when it was never created
    function lotOf(ObjectId lot) external view returns (LotState memory);

    /// @notice The life of a lot: ACTIVE while it has quantity, else how most of it ended.
    /// @param lot the lot
    /// @return the life; NONE = never created
    function statusOf(ObjectId lot) external view returns (ObjectStatus);

    /// @notice How much of a lot is at a node.
    /// @param lot the lot
    /// @param node the node
    /// @return the amount, in millionths of the lot's unit
    function amountAt(ObjectId lot, bytes32 node) external view returns (uint128);

    /// @notice Whether a party has or had some of a lot in its own stock, or sold some.
    /// @param lot the lot
    /// @param party the party
    /// @return whether it did
    function hasHeld(ObjectId lot, PartyId party) external view returns (bool);

    /// @notice Whether a lot is marked as recalled.
    /// @param lot the lot
    /// @return whether it is
    function isRecalled(ObjectId lot) external view returns (bool);

    /// @notice First moment at which a lot may no longer be sold.
    /// @param lot the lot
    /// @return the moment, in seconds; 0 = no shelf life, or never created
    function expiryOf(ObjectId lot) external view returns (uint64);

    /// @notice A page of the containers that ever held a quantity of a lot; see {ITraceState-containersOf}.
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

    /// @notice The lots of which a container holds quantities directly.
    /// @param container the container
    /// @return lots the lots
    /// @return amounts the amount of each, in millionths of its unit
    function lotsIn(ObjectId container) external view returns (ObjectId[] memory lots, uint128[] memory amounts);

    /// @notice Of how many lots a container holds quantities directly.
    /// @param container the container
    /// @return the count
    function countIn(ObjectId container) external view returns (uint256);

    /// @notice A page of the events that name a lot, erroneous ones included.
    /// @param lot the lot
    /// @param offset the first index
    /// @param limit the page size; 1 to 100
    /// @return events the numbers
    /// @return next the offset of the next page, or 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the offset is after the end.
    function eventsOf(
        ObjectId lot,
        uint256 offset,
        uint256 limit
    ) external view returns (EventId[] memory events, uint256 next);
}
