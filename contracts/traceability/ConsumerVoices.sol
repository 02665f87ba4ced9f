// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {ComplaintId, IConsumerVoices} from "./interfaces/IConsumerVoices.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title ConsumerVoices
/// @notice Reviews and complaints tied to a code; see {IConsumerVoices}.
contract ConsumerVoices is IConsumerVoices, PartyUser {
    // The stars of a review, a habit of the trade and not a regulation's number.
    uint8 private constant _MAX_STARS = 5;

    /// @inheritdoc IConsumerVoices
    uint256 public count;
    /// @inheritdoc IConsumerVoices
    mapping(ObjectId subject => mapping(address consumer => uint8)) public starsOf;

    mapping(ObjectId subject => VoiceSummary) private _summaries;
    mapping(ObjectId subject => ComplaintId[]) private _complaintsOf;
    mapping(ComplaintId complaint => Complaint) private _complaints;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) PartyUser(authority_, clock_, parties_) {}

    /// @inheritdoc IConsumerVoices
    function list(ObjectId subject, PartyId respondent) external restricted {
        require(
            ObjectId.unwrap(subject) != 0 && PartyId.unwrap(_summaries[subject].respondent) == 0,
            ConsumerVoicesListed(subject)
        );
        parties.requireActive(respondent);
        _summaries[subject].respondent = respondent;
        emit CodeListed(subject, respondent);
    }

    /// @inheritdoc IConsumerVoices
    function review(ObjectId subject, uint8 stars, Digest calldata content) external {
        VoiceSummary storage summary = _listed(subject);
        address consumer = _msgSender();
        require(stars != 0 && stars <= _MAX_STARS, ConsumerVoicesInvalidStars(stars));
        require(starsOf[subject][consumer] == 0, ConsumerVoicesReviewed(subject, consumer));

        starsOf[subject][consumer] = stars;
        ++summary.reviews;
        summary.stars += stars;
        emit Reviewed(subject, consumer, stars, content);
    }

    /// @inheritdoc IConsumerVoices
    function complain(ObjectId subject, Digest calldata content) external returns (ComplaintId complaint) {
        VoiceSummary storage summary = _listed(subject);
        Digests.requirePresent(content);

        complaint = ComplaintId.wrap(++count);
        Complaint storage lodged = _complaints[complaint];
        lodged.subject = subject;
        lodged.consumer = _msgSender();
        lodged.status = ComplaintStatus.OPEN;
        lodged.lodgedAt = clock.timestamp();
        lodged.content = content;
        _complaintsOf[subject].push(complaint);
        ++summary.complaints;
        ++summary.open;
        emit ComplaintLodged(subject, complaint, _msgSender(), content);
    }

    /// @inheritdoc IConsumerVoices
    function answer(ComplaintId complaint, Digest calldata answer_) external {
        Complaint storage found = _complaints[complaint];
        require(found.status == ComplaintStatus.OPEN, ConsumerVoicesWrongStatus(complaint, found.status));
        require(
            parties.partyOf(_msgSender()) == _summaries[found.subject].respondent,
            ConsumerVoicesNotParty(complaint, _msgSender())
        );
        Digests.requirePresent(answer_);

        found.status = ComplaintStatus.ANSWERED;
        found.answer = answer_;
        emit ComplaintAnswered(complaint, answer_);
    }

    /// @inheritdoc IConsumerVoices
    function settle(ComplaintId complaint, Digest calldata outcome) external {
        Complaint storage found = _unclosed(complaint);
        require(found.consumer == _msgSender(), ConsumerVoicesNotParty(complaint, _msgSender()));
        _close(complaint, found, outcome);
    }

    /// @inheritdoc IConsumerVoices
    function decide(ComplaintId complaint, Digest calldata outcome) external restricted {
        _close(complaint, _unclosed(complaint), outcome);
    }

    /// @inheritdoc IConsumerVoices
    function summaryOf(ObjectId subject) external view returns (VoiceSummary memory) {
        return _summaries[subject];
    }

    /// @inheritdoc IConsumerVoices
    function complaintsOf(
        ObjectId subject,
        uint256 cursor,
        uint256 limit
    ) external view returns (Complaint[] memory complaints, uint256 next) {
        ComplaintId[] storage all = _complaintsOf[subject];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        complaints = new Complaint[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            complaints[i - cursor] = _complaints[all[i]];
        }
    }

    function _close(ComplaintId complaint, Complaint storage found, Digest calldata outcome) private {
        Digests.requirePresent(outcome);
        found.status = ComplaintStatus.CLOSED;
        found.outcome = outcome;
        --_summaries[found.subject].open;
        emit ComplaintClosed(complaint, _msgSender(), outcome);
    }

    function _listed(ObjectId subject) private view returns (VoiceSummary storage summary) {
        summary = _summaries[subject];
        require(PartyId.unwrap(summary.respondent) != 0, ConsumerVoicesUnknown(subject));
    }

    function _unclosed(ComplaintId complaint) private view returns (Complaint storage found) {
        found = _complaints[complaint];
        ComplaintStatus status = found.status;
        require(
            status == ComplaintStatus.OPEN || status == ComplaintStatus.ANSWERED,
            ConsumerVoicesWrongStatus(complaint, status)
        );
    }
}
