// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {
    RecallBook,
    RecallId,
    RecallOrder,
    RecallPlace,
    RecallProgress,
    RecallStatus
} from "../libraries/RecallTypes.sol";
import {ObjectId, PartyId, Unit} from "../libraries/TraceTypes.sol";
import {ITraceLineage} from "./ITraceLineage.sol";

/// @title Marks and books of recalls
/// @notice The marking of everything downstream in pages, and the books that must balance before a recall closes.
/// @dev Marking follows lineage downwards (items of a lot, outputs of transformations) and the contents of containers that are themselves recalled. Of
/// a container that only holds a recalled lot the count of recalled things is brought up to date. A lot of which a part lies in a recalled container is
/// recalled as a whole: once unpacked, nobody could tell the parts apart. A lot that is known only by its items (as the lot of their ILMD) bears no mark
/// itself: it is reached, and its items are marked, those too that are commissioned of it later. Each page does a bounded amount of work and leaves a cursor; what is made of
/// marked things meanwhile is marked at once, in the call that captures it.
///
/// The books count what the state says. An item is returned when it is in no container and in the hands of the party that recalls; of a lot that
/// party's own stock is. Whenever an event, or its declaration as erroneous, names a marked thing, its line is made anew from the state; {sync} does
/// the same for any of them. Logistic units and returnable assets are marked and not counted.
interface IRecallMarks {
    // -- events ----------------------------------------------------------------------------------------

    /// @notice A page of marking was done.
    /// @param recall the recall
    /// @param work steps of work used
    /// @param waiting nodes that still wait
    event RecallAdvanced(RecallId indexed recall, uint256 work, uint64 waiting);

    /// @notice An object was reached by a recall.
    /// @param recall the recall
    /// @param object the object
    /// @param index how many were reached before
    event RecallReached(RecallId indexed recall, ObjectId indexed object, uint64 index);

    /// @notice Of a sold object it was said that it cannot be had back.
    /// @param recall the recall
    /// @param object the object
    /// @param amount how much in all, in millionths of its unit
    /// @param reason digest of what was tried
    event RecallWrittenOff(RecallId indexed recall, ObjectId indexed object, uint128 amount, Digest reason);

    /// @notice The label of an object was put right: it may be sold again.
    /// @param recall the recall
    /// @param object the object
    /// @param amount how much, in millionths of its unit
    /// @param fix digest of what the buyer is shown
    event RecallRelabelled(RecallId indexed recall, ObjectId indexed object, uint128 amount, Digest fix);

    // -- errors ----------------------------------------------------------------------------------------

    /// @notice No recall has this number.
    /// @param recall the number
    /// @custom:cure Use 1 to `recallCount()`.
    error RecallMarksUnknown(RecallId recall);

    /// @notice The recall is not open, or was not withdrawn where only that allows the call.
    /// @param recall the recall
    /// @custom:cure See `recallOf(recall).status`.
    error RecallMarksWrongStatus(RecallId recall);

    /// @notice The account does not act for the party that recalls.
    /// @param by the party
    /// @param account the account
    /// @custom:cure Call from one of the party's agents.
    error RecallMarksNotParty(PartyId by, address account);

    /// @notice A recalled object is destroyed before time and place were announced (C-28).
    /// @param recall the recall
    /// @param object the object
    /// @param destructionAt the announced moment, in seconds; 0 = none
    /// @custom:cure Announce the destruction and carry it out from `destructionAt` on.
    error RecallMarksDestructionNotAnnounced(RecallId recall, ObjectId object, uint64 destructionAt);

    /// @notice The page of work is zero or too large.
    /// @param limit the work asked for
    /// @param max the most
    /// @custom:cure Ask for 1 to `max` steps.
    error RecallMarksLimitOutOfRange(uint256 limit, uint256 max);

    /// @notice The object is not in the recall.
    /// @param recall the recall
    /// @param object the object
    /// @custom:cure Advance the marking until it is complete; then it is not downstream.
    error RecallMarksNotReached(RecallId recall, ObjectId object);

    /// @notice More is written off than was sold.
    /// @param object the object
    /// @param amount the amount given, in millionths of its unit
    /// @param sold what is sold and did not come back
    /// @custom:cure Only what was sold can be written off; hold, return or destroy the rest.
    error RecallMarksNotSold(ObjectId object, uint128 amount, uint128 sold);

    /// @notice More than the label is at fault, so nothing is sold again (C-28).
    /// @param recall the recall
    /// @custom:cure Destroy what came back.
    error RecallMarksNotLabelOnly(RecallId recall);

    /// @notice The object, or a part of the lot, is not back in the hands of the party that recalls.
    /// @param recall the recall
    /// @param object the object
    /// @custom:cure Relabel what was returned; split a lot first to relabel a part of it, and write off what was sold.
    error RecallMarksNotReturned(RecallId recall, ObjectId object);

    /// @notice A recalled thing, or a container with one in it, is shipped as returned to a party that it did not come from.
    /// @param object the item, container or lot
    /// @param to who would receive it
    /// @custom:cure Return it to its producer, to who shipped or sold it before (of a lot: to who had some of it), or to who recalls it; for
    /// destruction to a recycler or an authority's office.
    error RecallMarksNotUpTheChain(ObjectId object, PartyId to);

    /// @notice The marking is not complete.
    /// @param recall the recall
    /// @param waiting nodes that still wait
    /// @custom:cure Call `advance` until nothing waits.
    error RecallMarksIncomplete(RecallId recall, uint64 waiting);

    /// @notice The books of a unit do not balance (C-29).
    /// @param recall the recall
    /// @param unit the unit; zero = pieces
    /// @param distributed what was distributed, in millionths of the unit
    /// @param accounted returned, destroyed, written off and relabelled together
    /// @custom:cure Get back, destroy or write off the rest; `sync` brings a line up to date.
    error RecallMarksUnbalanced(RecallId recall, Unit unit, uint128 distributed, uint128 accounted);

    // -- writers ----------------------------------------------------------------------------------------

    /// @notice Begins a recall: marks what it begins with.
    /// @param recall its number
    /// @param order what was said when it was opened
    /// @param announce whether a destruction must be announced beforehand
    /// @param roots the lots, items or containers at fault
    /// @custom:caller TRACE_RECALL (RecallDesk)
    function begin(RecallId recall, RecallOrder calldata order, bool announce, ObjectId[] calldata roots) external;

    /// @notice Says when the latest announced destruction takes place.
    /// @param recall the recall
    /// @param at the moment
    /// @custom:caller TRACE_RECALL (RecallDesk)
    /// @custom:unit at: s
    function setDestruction(RecallId recall, uint64 at) external;

    /// @notice Ends a recall: closed when its books balance, or withdrawn.
    /// @param recall the recall; open
    /// @param status CLOSED or WITHDRAWN
    /// @custom:caller TRACE_RECALL (RecallDesk)
    /// @custom:source C-29
    /// @custom:error RecallMarksIncomplete when it is to be closed and the marking is not complete.
    /// @custom:error RecallMarksUnbalanced when it is to be closed and a unit's books do not balance.
    function finish(RecallId recall, RecallStatus status) external;

    /// @notice Marks on, up to a bound of work.
    /// @param recall the recall; open
    /// @param limit the most steps of work, 1 to 50: an edge or a transformation counts one, an item reached two, a lot three
    /// @return waiting nodes that still wait; 0 = complete
    /// @custom:caller anyone
    /// @custom:source C-29
    /// @custom:error RecallMarksUnknown when there is no such recall.
    /// @custom:error RecallMarksWrongStatus when it is withdrawn.
    /// @custom:error RecallMarksLimitOutOfRange when the bound is 0 or above 50.
    function advance(RecallId recall, uint256 limit) external returns (uint64 waiting);

    /// @notice Says of a sold object how much of it cannot be had back. A later statement replaces the one before; what comes back all the same counts
    /// as returned.
    /// @param recall the recall
    /// @param object an item that is sold, or a lot
    /// @param amount how much in all, in millionths of its unit; an item is 1,000,000; 0 takes the statement back
    /// @param reason digest of what was tried
    /// @custom:caller an agent of the party that recalls, or PLATFORM with its mandate
    /// @custom:source C-29
    /// @custom:error RecallMarksUnknown when there is no such recall.
    /// @custom:error RecallMarksNotParty when the caller does not act for the party.
    /// @custom:error RecallMarksWrongStatus when it is not open.
    /// @custom:error RecallMarksNotReached when the object is not in the recall.
    /// @custom:error RecallMarksNotSold when more is written off than was sold, or not the whole of an item.
    /// @custom:error DigestsMissing when the reason is missing.
    function writeOff(RecallId recall, ObjectId object, uint128 amount, Digest calldata reason) external;

    /// @notice Takes the mark off objects whose label was put right, so that they are sold again.
    /// @param recall the recall; only the label was at fault
    /// @param objects items or lots that are wholly back, 1 to 20
    /// @param fix digest of what the buyer is shown
    /// @custom:caller an agent of the party that recalls, or PLATFORM with its mandate
    /// @custom:source 食品安全法 63 (C-28)
    /// @custom:error RecallMarksUnknown when there is no such recall.
    /// @custom:error RecallMarksNotParty when the caller does not act for the party.
    /// @custom:error RecallMarksWrongStatus when it is not open.
    /// @custom:error RecallMarksNotLabelOnly when more than the label is at fault.
    /// @custom:error RecallMarksLimitOutOfRange when there are no objects or more than 20.
    /// @custom:error RecallMarksNotReached when an object is not in the recall.
    /// @custom:error RecallMarksNotReturned when an object is not wholly back.
    /// @custom:error DigestsMissing when the fix is missing.
    function relabel(RecallId recall, ObjectId[] calldata objects, Digest calldata fix) external;

    /// @notice Makes the lines of objects in the books anew from the state.
    /// @param recall the recall
    /// @param objects the objects, 1 to 20
    /// @custom:caller anyone
    /// @custom:error RecallMarksUnknown when there is no such recall.
    /// @custom:error RecallMarksWrongStatus when it is not open.
    /// @custom:error RecallMarksLimitOutOfRange when there are no objects or more than 20.
    /// @custom:error RecallMarksNotReached when an object is not in the recall.
    function sync(RecallId recall, ObjectId[] calldata objects) external;

    /// @notice Takes marks of a withdrawn recall off, up to a bound of work. What another recall holds stays marked.
    /// @param recall the recall; withdrawn
    /// @param limit the most objects, 1 to 50
    /// @return left objects whose mark is still to be looked at
    /// @custom:caller anyone
    /// @custom:error RecallMarksUnknown when there is no such recall.
    /// @custom:error RecallMarksWrongStatus when it is not withdrawn.
    /// @custom:error RecallMarksLimitOutOfRange when the bound is 0 or above 50.
    function unmark(RecallId recall, uint256 limit) external returns (uint64 left);

    // -- readers ---------------------------------------------------------------------------------------

    /// @notice How far the marking of a recall is.
    /// @param recall the recall
    /// @return the progress
    /// @custom:error RecallMarksUnknown when there is no such recall.
    function progressOf(RecallId recall) external view returns (RecallProgress memory);

    /// @notice A page of what a recall reached: first what may lead on, transformations included, then items that led nowhere. While marking goes on the
    /// second part moves up.
    /// @param recall the recall
    /// @param offset the first index
    /// @param limit the page size; 1 to 100
    /// @return objects the objects
    /// @return next the offset of the next page, or 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the offset is after the end.
    function reachedBy(
        RecallId recall,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory objects, uint256 next);

    /// @notice Whether a recall reached an object.
    /// @param recall the recall
    /// @param object the object
    /// @return whether it did
    function isReached(RecallId recall, ObjectId object) external view returns (bool);

    /// @notice Where an item stands in the books.
    /// @param recall the recall
    /// @param object the item
    /// @return its place; NONE for lots, containers and what was not reached
    function placeOf(RecallId recall, ObjectId object) external view returns (RecallPlace);

    /// @notice The line of a lot in the books.
    /// @param recall the recall
    /// @param lot the lot
    /// @return its amounts
    function lineOf(RecallId recall, ObjectId lot) external view returns (RecallBook memory);

    /// @notice The books of a recall, one for each unit.
    /// @param recall the recall
    /// @return units the units; zero = pieces
    /// @return books the books
    /// @custom:error RecallMarksUnknown when there is no such recall.
    function booksOf(RecallId recall) external view returns (Unit[] memory units, RecallBook[] memory books);

    /// @notice The recalls that reached an object, eight at most.
    /// @param object the object
    /// @return recalls their numbers, oldest first
    function recallsOf(ObjectId object) external view returns (RecallId[] memory recalls);

    /// @notice The lineage that marking follows.
    /// @return the contract
    function lineage() external view returns (ITraceLineage);
}
