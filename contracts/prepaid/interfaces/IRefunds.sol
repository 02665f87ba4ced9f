// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CardId, CardStatus, EndCause, MerchantId, RefundId} from "../libraries/PrepaidTypes.sol";
import {Refund, RefundQuote, RefundRuling, RefundStatus} from "../libraries/RefundTypes.sol";

/// @title Refunds
/// @notice A refund by cause, with the arithmetic of SPC (Supreme People's Court, 法释〔2025〕4号) Art 14 to 22; see {RefundMath}. Principal is
/// paid from custody as far as custody reaches, the rest and all interest by the merchant.
/// @dev No pause, freeze or loss of the link stops a refund. Only the opening of claims after a default does: from then on the same
/// principal is paid by {IDefaultClaims}.
///
/// Open entries (pending, contested or authorised) are treated as if they stood: their principal waits, and is due as soon as the
/// entry falls. At the list price (SPC Art 19) their value is not known before they are decided, so such a refund waits for them.
///
/// What is due never falls, but for a top-up that is taken back while entries use it up. What the basis leaves to the merchant becomes redeemed. Where the basis gives more than the card's principal
/// (a period accrued beyond the day the operator stopped, a ruling), the rest was earned before: the merchant owes it from its own money.
interface IRefunds {
    /// @notice A refund was asked for.
    /// @param refund the refund
    /// @param card the card
    /// @param merchant the merchant
    /// @param holder who asked
    /// @param cause the cause named
    /// @param dueAt the last second in which payment is in time
    /// @param reason the digest of the reason; empty where none is needed
    event RefundRequested(
        RefundId indexed refund,
        CardId indexed card,
        MerchantId indexed merchant,
        address holder,
        EndCause cause,
        uint64 dueAt,
        Digest reason
    );

    /// @notice A refund was fixed: by the law at once, by the merchant, by the arbiter, or by the holder after the time was over.
    /// @param refund the refund
    /// @param account who fixed it
    /// @param cause the cause on which it ends
    /// @param terminatedAt from when interest runs
    /// @param principal the principal due; 0 while the value of open entries is not known
    /// @param awaitsEntries whether the principal is fixed when the open entries are decided
    /// @param ratePpm yearly interest on what the merchant pays
    /// @param custodyRatePpm yearly interest on what custody pays
    event RefundApproved(
        RefundId indexed refund,
        address indexed account,
        EndCause cause,
        uint64 terminatedAt,
        uint256 principal,
        bool awaitsEntries,
        uint32 ratePpm,
        uint32 custodyRatePpm
    );

    /// @notice Other principal is due, because open entries were decided. Less only where the last top-up alone is taken back.
    /// @param refund the refund
    /// @param principal the principal due in all, fen
    event RefundAdjusted(RefundId indexed refund, uint256 principal);

    /// @notice Principal of the card stays with the merchant under the basis.
    /// @param refund the refund
    /// @param amount the principal, fen
    event RefundEarned(RefundId indexed refund, uint256 amount);

    /// @notice The holder is paid.
    /// @param refund the refund
    /// @param payer Custody, or the account that pays
    /// @param holder who is paid
    /// @param principal the principal paid, fen
    /// @param interest the interest paid, fen
    event RefundPaid(
        RefundId indexed refund,
        address indexed payer,
        address indexed holder,
        uint256 principal,
        uint256 interest
    );

    /// @notice All is paid, interest too, and no entry is open.
    /// @param refund the refund
    /// @param principal the principal paid in all, fen
    /// @param interest the interest paid in all, fen
    event RefundCompleted(RefundId indexed refund, uint256 principal, uint256 interest);

    /// @notice The holder took the request back; the card is in use again.
    /// @param refund the refund
    event RefundWithdrawn(RefundId indexed refund);

    /// @notice The arbiter refused; the card is in use again.
    /// @param refund the refund
    /// @param ruling the digest of the ruling
    event RefundRejected(RefundId indexed refund, Digest ruling);

    /// @notice The arbiter ruled.
    /// @param refund the refund
    /// @param ruling what was ruled
    event RefundRuled(RefundId indexed refund, RefundRuling ruling);

    /// @notice Another merchant answers for the refund too.
    /// @param refund the refund
    /// @param debtor the merchant
    /// @param ruling the digest of the ruling
    event RefundDebtorJoined(RefundId indexed refund, MerchantId indexed debtor, Digest ruling);

    /// @notice The caller does not hold the card.
    /// @param card the card
    /// @param caller the caller
    /// @custom:cure The card's holder calls; `PrepaidCards.holderOf` says who it is.
    error RefundsNotHolder(CardId card, address caller);

    /// @notice The caller does not act for the merchant.
    /// @param merchant the merchant
    /// @param caller the caller
    /// @custom:cure The merchant's agent calls; `MerchantRegister.agentOf` says who it is.
    error RefundsNotAgent(MerchantId merchant, address caller);

    /// @notice The caller is neither the card's holder nor the merchant's agent.
    /// @param refund the refund
    /// @param caller the caller
    /// @custom:cure The holder or the merchant's agent calls.
    error RefundsNotParty(RefundId refund, address caller);

    /// @notice The caller acts neither for the merchant nor for the joint debtor.
    /// @param refund the refund
    /// @param caller the caller
    /// @custom:cure The merchant's or the joint debtor's agent pays. Others give the money to them first.
    error RefundsNotDebtor(RefundId refund, address caller);

    /// @notice The card is not in use: lost, ending already, or ended.
    /// @param card the card
    /// @param status what it is
    /// @custom:cure Take the loss back or have the card reissued first. A card that ends has its refund, see `refundOfCard`.
    error RefundsCardNotActive(CardId card, CardStatus status);

    /// @notice Claims after the merchant's default are open: its cards are paid there, all in the same share.
    /// @param merchant the merchant
    /// @custom:cure Holders call `DefaultClaims.claim`. Debtors pay into the vault with `Custody.deposit`; the next round shares it.
    error RefundsClaimsOpen(MerchantId merchant);

    /// @notice There is no such refund.
    /// @param refund the id given
    /// @custom:cure Use an id that `RefundRequested` announced; `count` says the last.
    error RefundsUnknown(RefundId refund);

    /// @notice The refund is not at the step that the call needs.
    /// @param refund the refund
    /// @param status where it is
    /// @custom:cure See `refundOf(refund).status`: what is requested can be accepted, ruled, rejected, withdrawn; what is approved can be settled
    /// and paid.
    error RefundsWrongStatus(RefundId refund, RefundStatus status);

    /// @notice The time to answer is not over.
    /// @param refund the refund
    /// @param dueAt its last second
    /// @custom:cure Call again after `dueAt`.
    error RefundsNotDue(RefundId refund, uint64 dueAt);

    /// @notice The end of the contract as ruled lies before the sale or after the present.
    /// @param terminatedAt the moment given
    /// @param soldAt the sale
    /// @param present the present time
    /// @custom:cure Give a moment from the sale up to now, or 0 for the moment of the request.
    error RefundsTerminationOutOfRange(uint64 terminatedAt, uint64 soldAt, uint64 present);

    /// @notice The joint debtor is not registered, or is the merchant itself.
    /// @param debtor the merchant given
    /// @custom:cure Give the id of the franchisor in the merchant register.
    error RefundsInvalidDebtor(MerchantId debtor);

    /// @notice Nothing changed since: no entry was decided and custody has nothing to pay with.
    /// @param refund the refund
    /// @custom:cure Wait until an entry is decided or money comes in; what the merchant owes it settles with `pay`.
    error RefundsNothingToSettle(RefundId refund);

    /// @notice Nothing is owed now.
    /// @param refund the refund
    /// @custom:cure Nothing is to be paid; open entries may make more due later.
    error RefundsNothingOwed(RefundId refund);

    /// @notice Asks for a refund. Cooling off, the consumer's cause, a residue, and the operator's cause where the register shows it, are fixed
    /// and paid from custody at once; the others wait for the merchant or the arbiter. The card can no longer be used meanwhile, except for
    /// what is open already. Cooling off of a last top-up alone leaves the rest of the card in use.
    /// @param card the card
    /// @param cause cooling off, operator, consumer, neutral, minor or residue
    /// @param reason the digest of the reason and its proof; may be empty where the refund is fixed at once
    /// @return refund the refund
    /// @custom:caller the holder
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error RefundsNotHolder when the caller does not hold the card.
    /// @custom:error RefundsCardNotActive when the card is lost, ending or ended.
    /// @custom:error RefundsClaimsOpen when claims after a default are open.
    /// @custom:error RefundRulesCauseNotAllowed when the card does not end on request for the cause.
    /// @custom:error RefundRulesCoolingOffBarred when the consumer had had the good or service before.
    /// @custom:error RefundRulesCoolingOffOver when the time for cooling off is over.
    /// @custom:error RefundRulesCoolingOffUsed when the region asks for an unused card and it is not.
    /// @custom:error RefundRulesTopUpSpent when nothing of the last top-up is left.
    /// @custom:error RefundRulesNotResidue when the rest still buys something.
    /// @custom:error DigestsMissing when the refund has to wait and gives no reason.
    /// @custom:source SPC Art 13 to 15 (A-28, A-30, A-50), SPC Art 10 (A-51), BJ Art 16, 17 (A-28b, A-29)
    function request(CardId card, EndCause cause, Digest calldata reason) external returns (RefundId refund);

    /// @notice Accepts the cause that the holder named.
    /// @param refund the refund
    /// @custom:caller the merchant's agent
    /// @custom:error RefundsUnknown when there is no such refund.
    /// @custom:error RefundsNotAgent when the caller does not act for the merchant.
    /// @custom:error RefundsWrongStatus when it is not REQUESTED.
    /// @custom:error RefundsClaimsOpen when claims after a default are open.
    function accept(RefundId refund) external;

    /// @notice Nothing was answered within the time for payment: the holder's version stands. At once where the register meanwhile shows the
    /// operator's cause that was named.
    /// @param refund the refund
    /// @custom:caller the holder
    /// @custom:error RefundsUnknown when there is no such refund.
    /// @custom:error RefundsNotHolder when the caller does not hold the card.
    /// @custom:error RefundsWrongStatus when it is not REQUESTED.
    /// @custom:error RefundsClaimsOpen when claims after a default are open.
    /// @custom:error RefundsNotDue when the time is not over.
    /// @custom:source SPC Art 25 by analogy (A-53)
    function enforce(RefundId refund) external;

    /// @notice Takes the request back; the card is in use again. Also an approved cooling off of a top-up that custody could not pay.
    /// @param refund the refund
    /// @custom:caller the holder
    /// @custom:error RefundsUnknown when there is no such refund.
    /// @custom:error RefundsNotHolder when the caller does not hold the card.
    /// @custom:error RefundsWrongStatus when it is neither.
    /// @custom:error RefundsClaimsOpen when claims after a default are open.
    function withdrawRequest(RefundId refund) external;

    /// @notice Decides a request: the cause, and where the formula does not decide, the value redeemed, gifts kept, the end of the contract and
    /// who answers too.
    /// @param refund the refund
    /// @param ruling what is ruled
    /// @custom:caller ARBITER
    /// @custom:error RefundsUnknown when there is no such refund.
    /// @custom:error RefundsWrongStatus when it is not REQUESTED.
    /// @custom:error RefundsClaimsOpen when claims after a default are open.
    /// @custom:error RefundRulesCauseNotAllowed when the card does not end on request for the cause.
    /// @custom:error RefundsTerminationOutOfRange when the end lies before the sale or after the present.
    /// @custom:error RefundsInvalidDebtor when the joint debtor is not registered or is the merchant.
    /// @custom:error DigestsMissing when the ruling has no digest.
    /// @custom:source SPC Art 5, 10, 18 to 22 (A-31 to A-36, A-51, A-52)
    function rule(RefundId refund, RefundRuling calldata ruling) external;

    /// @notice Refuses a request; the card is in use again.
    /// @param refund the refund
    /// @param ruling the digest of the ruling
    /// @custom:caller ARBITER
    /// @custom:error RefundsUnknown when there is no such refund.
    /// @custom:error RefundsWrongStatus when it is not REQUESTED.
    /// @custom:error RefundsClaimsOpen when claims after a default are open.
    /// @custom:error DigestsMissing when the ruling has no digest.
    function reject(RefundId refund, Digest calldata ruling) external;

    /// @notice Makes another merchant answer for an approved refund too (the four cases of SPC 5).
    /// @param refund the refund
    /// @param debtor the franchisor or franchisee
    /// @param ruling the digest of the ruling
    /// @custom:caller ARBITER
    /// @custom:error RefundsUnknown when there is no such refund.
    /// @custom:error RefundsWrongStatus when it is not APPROVED.
    /// @custom:error RefundsInvalidDebtor when the debtor is not registered or is the merchant.
    /// @custom:error DigestsMissing when the ruling has no digest.
    /// @custom:source SPC Art 5 (A-52)
    function joinDebtor(RefundId refund, MerchantId debtor, Digest calldata ruling) external;

    /// @notice Pays from custody what it can now reach, and what became free since (entries decided).
    /// @param refund the refund
    /// @custom:caller the holder or the merchant's agent
    /// @custom:error RefundsUnknown when there is no such refund.
    /// @custom:error RefundsNotParty when the caller is neither.
    /// @custom:error RefundsWrongStatus when it is not APPROVED.
    /// @custom:error RefundsClaimsOpen when claims after a default are open.
    /// @custom:error RefundsNothingToSettle when nothing changed.
    function settle(RefundId refund) external;

    /// @notice Pays all that is owed now, with interest to this day, from the caller's account. The caller approves Refunds on the
    /// deposit token first.
    /// @param refund the refund
    /// @return principal the principal paid, fen
    /// @return interest the interest paid, fen; rounded up
    /// @custom:caller the merchant's agent, or the joint debtor's
    /// @custom:error RefundsUnknown when there is no such refund.
    /// @custom:error RefundsNotDebtor when the caller acts for neither.
    /// @custom:error RefundsWrongStatus when it is not APPROVED.
    /// @custom:error RefundsClaimsOpen when claims after a default are open.
    /// @custom:error RefundsNothingOwed when nothing is owed.
    /// @custom:error ERC20InsufficientAllowance when the caller approved too little.
    /// @custom:error ERC20InsufficientBalance when the caller has too little.
    /// @custom:source SPC Art 16, 17 (A-37, A-38)
    function pay(RefundId refund) external returns (uint256 principal, uint256 interest);

    /// @notice What a refund would give now; see {IRefundRules}, whose errors it reverts with.
    /// @param card the card
    /// @param cause the cause
    /// @return what it would give
    function quote(CardId card, EndCause cause) external view returns (RefundQuote memory);

    /// @notice A refund.
    /// @param refund the refund
    /// @return the refund as stored
    /// @custom:error RefundsUnknown when there is no such refund.
    function refundOf(RefundId refund) external view returns (Refund memory);

    /// @notice The latest refund of a card.
    /// @param card the card
    /// @return the refund; 0 = none was asked for
    function refundOfCard(CardId card) external view returns (RefundId);

    /// @notice Principal and interest owed now, entries decided since included; interest as if the merchant paid it all today.
    /// @param refund the refund
    /// @return principal the principal, fen; what claims after a default paid is no longer owed
    /// @return interest the interest, fen; rounded up
    /// @custom:error RefundsUnknown when there is no such refund.
    function owedOf(RefundId refund) external view returns (uint256 principal, uint256 interest);

    /// @notice Whether the time for payment is over and the request is unanswered, or principal or interest is owed.
    /// @param refund the refund
    /// @return whether it is overdue
    /// @custom:error RefundsUnknown when there is no such refund.
    /// @custom:source BJ Art 16, 17 (A-28b, A-29)
    function isOverdue(RefundId refund) external view returns (bool);

    /// @notice How many refunds were asked for; their ids are 1 to this number.
    /// @return the number
    function count() external view returns (uint256);
}
