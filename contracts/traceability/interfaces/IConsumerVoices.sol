// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @dev A complaint, counted from 1; 0 means "none".
type ComplaintId is uint256;

/// @title Consumers' reviews and complaints, tied to a code
/// @notice Who scanned a code rates the thing once, or complains; both stay with the code for whoever scans it later. Whoever answers for the code
/// answers the complaint; the consumer, or the supervising office over its head, closes it.
/// @dev A review counts for what it is: the word of an account. Consumers write through accounts of their own; texts stand outside the chain.
/// @custom:source 消费者权益保护法 15, 39: the right to criticise and to complain
interface IConsumerVoices {
    /// @notice Where a complaint stands.
    enum ComplaintStatus {
        NONE,
        OPEN,
        ANSWERED,
        CLOSED
    }

    /// @notice A complaint.
    /// @param subject the code that it is about
    /// @param consumer who complains
    /// @param status where it stands
    /// @param lodgedAt when it was lodged, in seconds
    /// @param content digest of the complaint
    /// @param answer digest of the answer
    /// @param outcome digest of the outcome with which it was closed
    struct Complaint {
        ObjectId subject;
        address consumer;
        ComplaintStatus status;
        uint64 lodgedAt;
        Digest content;
        Digest answer;
        Digest outcome;
    }

    /// @notice What consumers say of a code.
    /// @param respondent the party that answers for it; 0 = the code is not listed
    /// @param reviews how many reviewed it
    /// @param stars the sum of their stars
    /// @param complaints how many complaints there were
    /// @param open how many of them are not closed
    struct VoiceSummary {
        PartyId respondent;
        uint32 reviews;
        uint64 stars;
        uint32 complaints;
        uint32 open;
    }

    /// @notice A code was listed.
    /// @param subject the code
    /// @param respondent the party that answers for it
    event CodeListed(ObjectId indexed subject, PartyId indexed respondent);

    /// @notice A consumer reviewed.
    /// @param subject the code
    /// @param consumer who reviews
    /// @param stars 1 to 5
    /// @param content digest of the text; empty = stars only
    event Reviewed(ObjectId indexed subject, address indexed consumer, uint8 stars, Digest content);

    /// @notice A consumer complained.
    /// @param subject the code
    /// @param complaint its number
    /// @param consumer who complains
    /// @param content digest of the complaint
    event ComplaintLodged(
        ObjectId indexed subject,
        ComplaintId indexed complaint,
        address indexed consumer,
        Digest content
    );

    /// @notice A complaint was answered.
    /// @param complaint the complaint
    /// @param answer digest of the answer
    event ComplaintAnswered(ComplaintId indexed complaint, Digest answer);

    /// @notice A complaint was closed.
    /// @param complaint the complaint
    /// @param by who closed it
    /// @param outcome digest of the outcome
    event ComplaintClosed(ComplaintId indexed complaint, address indexed by, Digest outcome);

    /// @notice The code is not listed.
    /// @param subject the code
    /// @custom:cure Whoever answers for it lists it with `list`.
    error ConsumerVoicesUnknown(ObjectId subject);

    /// @notice The code is listed, or it is missing.
    /// @param subject the code
    /// @custom:cure Nothing is to be done.
    error ConsumerVoicesListed(ObjectId subject);

    /// @notice Stars are 1 to 5.
    /// @param stars the number given
    /// @custom:cure Give 1 to 5.
    error ConsumerVoicesInvalidStars(uint8 stars);

    /// @notice The account has reviewed the code.
    /// @param subject the code
    /// @param consumer the account
    /// @custom:cure A review is not changed.
    error ConsumerVoicesReviewed(ObjectId subject, address consumer);

    /// @notice No complaint of this number is in the status that this needs.
    /// @param complaint the number given
    /// @param status its status
    /// @custom:cure Answer what is open, close what is not closed.
    error ConsumerVoicesWrongStatus(ComplaintId complaint, ComplaintStatus status);

    /// @notice The complaint is not the caller's to answer or to close.
    /// @param complaint the complaint
    /// @param caller who called
    /// @custom:cure The respondent answers; the consumer closes.
    error ConsumerVoicesNotParty(ComplaintId complaint, address caller);

    /// @notice Lists a code with who answers for it.
    /// @param subject the code
    /// @param respondent the party that answers for it
    /// @custom:caller PLATFORM
    /// @custom:error ConsumerVoicesListed when the code is listed or missing.
    /// @custom:error TradePartiesUnknown when the respondent is not filed.
    /// @custom:error TradePartiesSuspended when the respondent is suspended.
    function list(ObjectId subject, PartyId respondent) external;

    /// @notice Reviews a thing, once.
    /// @param subject its code
    /// @param stars 1 to 5
    /// @param content digest of the text; may be empty
    /// @custom:caller any account
    /// @custom:error ConsumerVoicesUnknown when the code is not listed.
    /// @custom:error ConsumerVoicesInvalidStars when there are none or more than five.
    /// @custom:error ConsumerVoicesReviewed when the caller has reviewed it.
    function review(ObjectId subject, uint8 stars, Digest calldata content) external;

    /// @notice Complains.
    /// @param subject the thing's code
    /// @param content digest of the complaint
    /// @return complaint its number
    /// @custom:caller any account
    /// @custom:error ConsumerVoicesUnknown when the code is not listed.
    /// @custom:error DigestsMissing when the content is missing.
    function complain(ObjectId subject, Digest calldata content) external returns (ComplaintId complaint);

    /// @notice Answers a complaint.
    /// @param complaint the complaint
    /// @param answer_ digest of the answer
    /// @custom:caller an agent of the code's respondent
    /// @custom:error ConsumerVoicesWrongStatus when it is not open.
    /// @custom:error ConsumerVoicesNotParty when the caller is no agent of the respondent.
    /// @custom:error DigestsMissing when the answer is missing.
    function answer(ComplaintId complaint, Digest calldata answer_) external;

    /// @notice Closes one's own complaint: it is settled.
    /// @param complaint the complaint
    /// @param outcome digest of the outcome
    /// @custom:caller the consumer who complained
    /// @custom:error ConsumerVoicesWrongStatus when there is none or it is closed.
    /// @custom:error ConsumerVoicesNotParty when it is another's.
    /// @custom:error DigestsMissing when the outcome is missing.
    function settle(ComplaintId complaint, Digest calldata outcome) external;

    /// @notice Closes a complaint by decision.
    /// @param complaint the complaint
    /// @param outcome digest of the decision
    /// @custom:caller REGULATOR
    /// @custom:error ConsumerVoicesWrongStatus when there is none or it is closed.
    /// @custom:error DigestsMissing when the decision is missing.
    function decide(ComplaintId complaint, Digest calldata outcome) external;

    /// @notice What consumers say of a code.
    /// @param subject the code
    /// @return the summary
    function summaryOf(ObjectId subject) external view returns (VoiceSummary memory);

    /// @notice A page of a code's complaints, oldest first.
    /// @param subject the code
    /// @param cursor 0, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return complaints the page
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function complaintsOf(
        ObjectId subject,
        uint256 cursor,
        uint256 limit
    ) external view returns (Complaint[] memory complaints, uint256 next);

    /// @notice The stars that an account gave a code.
    /// @param subject the code
    /// @param consumer the account
    /// @return 1 to 5; 0 = none
    function starsOf(ObjectId subject, address consumer) external view returns (uint8);

    /// @notice How many complaints there are: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);
}
