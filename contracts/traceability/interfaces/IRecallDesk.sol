// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {Recall, RecallId, RecallLevel, RecallOrder} from "../libraries/RecallTypes.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Recall desk
/// @notice Recalls by level with their clocks: opened by who made or brands the goods, or ordered by the regulator; noticed, planned, reported and
/// closed. What they reach and what they have to account for keeps {IRecallMarks}.
/// @dev The clock starts when the risk becomes known; the time to finish counts from the notice. Late is accepted and told: a duty done late is still
/// to be done.
interface IRecallDesk {
    // -- events ----------------------------------------------------------------------------------------

    /// @notice A recall was opened.
    /// @param recall its number
    /// @param by the party that recalls
    /// @param level how grave it is
    /// @param roots what is recalled
    /// @param ordered whether the regulator ordered it
    /// @param knownAt when the risk became known, in seconds
    /// @param startDueAt the first moment at which the notice is late, in seconds
    /// @param reason digest of the finding
    event RecallOpened(
        RecallId indexed recall,
        PartyId indexed by,
        RecallLevel indexed level,
        ObjectId[] roots,
        bool ordered,
        uint64 knownAt,
        uint64 startDueAt,
        Digest reason
    );

    /// @notice The notice of a recall was published.
    /// @param recall the recall
    /// @param notice digest of the notice
    /// @param late whether it was late
    /// @param finishDueAt the first moment at which the close is late, in seconds; 0 = no such limit
    event RecallNoticed(RecallId indexed recall, Digest notice, bool late, uint64 finishDueAt);

    /// @notice The plan of a recall was filed.
    /// @param recall the recall
    /// @param plan digest of assessment and plan
    /// @param late whether it was late
    event RecallPlanned(RecallId indexed recall, Digest plan, bool late);

    /// @notice Progress of a recall was reported.
    /// @param recall the recall
    /// @param report digest of the report
    /// @param late whether it was late
    event RecallReported(RecallId indexed recall, Digest report, bool late);

    /// @notice Time and place of a destruction were announced.
    /// @param recall the recall
    /// @param at when it takes place, in seconds
    /// @param announcement digest of the announcement with the place
    event DestructionAnnounced(RecallId indexed recall, uint64 at, Digest announcement);

    /// @notice A recall was closed.
    /// @param recall the recall
    /// @param report digest of the final report
    /// @param late whether it was late
    event RecallClosed(RecallId indexed recall, Digest report, bool late);

    /// @notice A recall was withdrawn.
    /// @param recall the recall
    /// @param reason digest of the reason
    event RecallWithdrawn(RecallId indexed recall, Digest reason);

    // -- errors ----------------------------------------------------------------------------------------

    /// @notice No recall has this number.
    /// @param recall the number
    /// @custom:cure Use 1 to `recallCount()`.
    error RecallDeskUnknown(RecallId recall);

    /// @notice The recall is not open, or was not withdrawn where only that allows the call.
    /// @param recall the recall
    /// @custom:cure See `recallOf(recall).status`.
    error RecallDeskWrongStatus(RecallId recall);

    /// @notice The account does not act for the party that recalls.
    /// @param by the party
    /// @param account the account
    /// @custom:cure Call from one of the party's agents.
    error RecallDeskNotParty(PartyId by, address account);

    /// @notice The party neither owns the brand of an object nor produced it.
    /// @param object the object
    /// @param by the party
    /// @custom:cure Brand owner, licence holder or producer recalls; the regulator orders any other recall.
    error RecallDeskNotResponsible(ObjectId object, PartyId by);

    /// @notice No object, or more than one recall begins with.
    /// @param count the number given
    /// @param max the most
    /// @custom:cure Begin with 1 to `max` lots, items or containers.
    error RecallDeskRootCount(uint256 count, uint256 max);

    /// @notice More lies in the container than one recall of its packer is checked for: whether all of it is the packer's own.
    /// @param container the container
    /// @param max the most things
    /// @custom:cure Recall the goods themselves, or smaller containers; the regulator orders any other recall.
    error RecallDeskTooMuchInside(ObjectId container, uint256 max);

    /// @notice The object does not exist.
    /// @param object the object
    /// @custom:cure Recall what was commissioned, or a lot that items were commissioned of.
    error RecallDeskUnknownObject(ObjectId object);

    /// @notice Medicines and other goods cannot share one recall: other clocks run.
    /// @param object the object that differs from the first
    /// @custom:cure Open a recall for each.
    error RecallDeskMixedKinds(ObjectId object);

    /// @notice The recall has no level.
    /// @custom:cure Give level ONE, TWO or THREE.
    error RecallDeskLevelMissing();

    /// @notice The risk would have become known in the future, or at no time.
    /// @param knownAt the moment given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give the moment at which the risk became known.
    error RecallDeskKnownInFuture(uint64 knownAt, uint64 timestamp);

    /// @notice The notice was published, or the plan was filed, before.
    /// @param recall the recall
    /// @param at when, in seconds
    /// @custom:cure Nothing is to be done.
    error RecallDeskDoneBefore(RecallId recall, uint64 at);

    /// @notice The notice is not published yet.
    /// @param recall the recall
    /// @custom:cure Publish the notice first.
    error RecallDeskNoNotice(RecallId recall);

    /// @notice The destruction announced lies in the past.
    /// @param at the moment given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Announce it beforehand.
    error RecallDeskDestructionPast(uint64 at, uint64 timestamp);

    // -- writers ---------------------------------------------------------------------------------------

    /// @notice Opens a recall and marks what it begins with.
    /// @param order what the party says
    /// @param roots the lots, items or containers at fault, 1 to 10
    /// @return recall its number
    /// @custom:caller an agent of the party that recalls, or PLATFORM with its mandate
    /// @custom:source 食品召回管理办法 13, 18 (C-25 to C-27); 药品召回管理办法 (C-32 to C-34)
    /// @custom:error RecallDeskNotParty when the caller does not act for the party.
    /// @custom:error RecallDeskNotResponsible when the party neither owns the brand of a root, or of what lies in it, nor produced it.
    /// @custom:error RecallDeskTooMuchInside when more than 100 things lie in a root.
    /// @custom:error RecallDeskRootCount when there are no or too many roots.
    /// @custom:error RecallDeskUnknownObject when a root does not exist.
    /// @custom:error RecallDeskMixedKinds when medicines and other goods are mixed.
    /// @custom:error RecallDeskLevelMissing when there is no level.
    /// @custom:error RecallDeskKnownInFuture when the risk became known later than now.
    /// @custom:error DigestsMissing when the finding is missing.
    function open(RecallOrder calldata order, ObjectId[] calldata roots) external returns (RecallId recall);

    /// @notice Orders a party to recall, and marks what the recall begins with.
    /// @param order what the regulator says
    /// @param roots the lots, items or containers at fault, 1 to 10
    /// @return recall its number
    /// @custom:caller REGULATOR
    /// @custom:source 食品安全法 63 (C-28); 药品召回管理办法 (C-33)
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error RecallDeskRootCount when there are no or too many roots.
    /// @custom:error RecallDeskUnknownObject when a root does not exist.
    /// @custom:error RecallDeskMixedKinds when medicines and other goods are mixed.
    /// @custom:error RecallDeskLevelMissing when there is no level.
    /// @custom:error RecallDeskKnownInFuture when the risk became known later than now.
    /// @custom:error DigestsMissing when the finding is missing.
    function orderRecall(RecallOrder calldata order, ObjectId[] calldata roots) external returns (RecallId recall);

    /// @notice Publishes the notice of the recall. Late is accepted and told. The time to finish counts from here.
    /// @param recall the recall
    /// @param notice digest of the notice
    /// @custom:caller an agent of the party that recalls, or PLATFORM with its mandate
    /// @custom:source 食品召回管理办法 13, 18 (C-25 to C-27); 食品安全法 63 (C-28)
    /// @custom:error RecallDeskUnknown when there is no such recall.
    /// @custom:error RecallDeskNotParty when the caller does not act for the party.
    /// @custom:error RecallDeskWrongStatus when it is not open.
    /// @custom:error RecallDeskDoneBefore when it was published before.
    /// @custom:error DigestsMissing when the notice is missing.
    function publishNotice(RecallId recall, Digest calldata notice) external;

    /// @notice Files assessment and plan. Late is accepted and told.
    /// @param recall the recall
    /// @param plan digest of assessment and plan
    /// @custom:caller an agent of the party that recalls, or PLATFORM with its mandate
    /// @custom:source 药品召回管理办法 16, 17 (C-32)
    /// @custom:error RecallDeskUnknown when there is no such recall.
    /// @custom:error RecallDeskNotParty when the caller does not act for the party.
    /// @custom:error RecallDeskWrongStatus when it is not open.
    /// @custom:error RecallDeskNoNotice when the notice is not published.
    /// @custom:error RecallDeskDoneBefore when it was filed before.
    /// @custom:error DigestsMissing when the plan is missing.
    function filePlan(RecallId recall, Digest calldata plan) external;

    /// @notice Reports progress. Late is accepted and told.
    /// @param recall the recall
    /// @param report_ digest of the report
    /// @custom:caller an agent of the party that recalls, or PLATFORM with its mandate
    /// @custom:source 药品召回管理办法 17 (C-32)
    /// @custom:error RecallDeskUnknown when there is no such recall.
    /// @custom:error RecallDeskNotParty when the caller does not act for the party.
    /// @custom:error RecallDeskWrongStatus when it is not open.
    /// @custom:error RecallDeskNoNotice when the notice is not published.
    /// @custom:error DigestsMissing when the report is missing.
    function report(RecallId recall, Digest calldata report_) external;

    /// @notice Announces time and place of a destruction. The latest announcement holds.
    /// @param recall the recall
    /// @param at when it takes place; not in the past
    /// @param announcement digest of the announcement with the place
    /// @custom:caller an agent of the party that recalls, or PLATFORM with its mandate
    /// @custom:unit at: s
    /// @custom:source 食品安全法 63 (C-28)
    /// @custom:error RecallDeskUnknown when there is no such recall.
    /// @custom:error RecallDeskNotParty when the caller does not act for the party.
    /// @custom:error RecallDeskWrongStatus when it is withdrawn.
    /// @custom:error RecallDeskDestructionPast when the moment lies in the past.
    /// @custom:error DigestsMissing when the announcement is missing.
    function announceDestruction(RecallId recall, uint64 at, Digest calldata announcement) external;

    /// @notice Closes a recall whose marking is complete and whose books balance. Marks stay on what came back. Late is accepted and told.
    /// @param recall the recall
    /// @param report_ digest of the final report
    /// @custom:caller an agent of the party that recalls, or PLATFORM with its mandate
    /// @custom:source C-29
    /// @custom:error RecallDeskUnknown when there is no such recall.
    /// @custom:error RecallDeskNotParty when the caller does not act for the party.
    /// @custom:error RecallDeskWrongStatus when it is not open.
    /// @custom:error RecallDeskNoNotice when the notice is not published.
    /// @custom:error RecallMarksIncomplete when the marking is not complete.
    /// @custom:error RecallMarksUnbalanced when a unit's books do not balance.
    /// @custom:error DigestsMissing when the report is missing.
    function close(RecallId recall, Digest calldata report_) external;

    /// @notice Withdraws a recall that was opened in error; its marks are then taken off with {unmark}.
    /// @param recall the recall; open
    /// @param reason digest of the reason
    /// @custom:caller REGULATOR
    /// @custom:error RecallDeskUnknown when there is no such recall.
    /// @custom:error RecallDeskWrongStatus when it is not open.
    /// @custom:error DigestsMissing when the reason is missing.
    function withdraw(RecallId recall, Digest calldata reason) external;

    // -- readers ---------------------------------------------------------------------------------------

    /// @notice A recall.
    /// @param recall the recall
    /// @return the record
    /// @custom:error RecallDeskUnknown when there is no such recall.
    function recallOf(RecallId recall) external view returns (Recall memory);

    /// @notice How many recalls there are; the highest number.
    /// @return the count
    function recallCount() external view returns (uint256);

    /// @notice Which duties of an open recall are late now.
    /// @param recall the recall
    /// @return start whether the notice is
    /// @return plan whether the plan is
    /// @return progress whether a progress report is
    /// @return finish whether the close is
    /// @custom:error RecallDeskUnknown when there is no such recall.
    function overdueOf(RecallId recall) external view returns (bool start, bool plan, bool progress, bool finish);

    /// @notice A page of recalls of which a duty is late now; a page may be short or empty though more follow.
    /// @param offset the first recall, counted from 0
    /// @param limit the most recalls looked at; 1 to 100
    /// @return recalls their numbers
    /// @return next the offset of the next page, or 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the offset is after the end.
    function overdue(uint256 offset, uint256 limit) external view returns (RecallId[] memory recalls, uint256 next);
}
