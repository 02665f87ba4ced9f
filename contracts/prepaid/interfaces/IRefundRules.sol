// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CardId, EndCause} from "../libraries/PrepaidTypes.sol";
import {RefundQuote} from "../libraries/RefundTypes.sol";

/// @title What a refund comes to
/// @notice Which causes are open to a card, on which basis its refund counts, at which rate interest runs and until when it is paid; the
/// formulas are in {RefundMath}. Reads only: the policy of the card's sale, its terms, the register and the card.
interface IRefundRules {
    /// @notice A card does not end on request for this cause.
    /// @param cause the cause given
    /// @custom:cure Name cooling off, the operator's, the consumer's or neither's cause, a minor's payment, or a residue. After a default
    /// opened to claims, call `DefaultClaims.claim`.
    error RefundRulesCauseNotAllowed(EndCause cause);

    /// @notice The consumer had already had this good or service when contracting (SPC 14).
    /// @param card the card
    /// @custom:cure Ask for a refund for another cause.
    error RefundRulesCoolingOffBarred(CardId card);

    /// @notice The time for a refund without a reason is over.
    /// @param card the card
    /// @param until the last second that was inside
    /// @custom:cure Ask for a refund for another cause.
    error RefundRulesCoolingOffOver(CardId card, uint64 until);

    /// @notice The region gives a refund without a reason only while nothing was redeemed (BJ 16), and something was, or an entry is open.
    /// @param card the card
    /// @custom:cure Contest an entry that is wrong and ask again, or ask for a refund for another cause.
    error RefundRulesCoolingOffUsed(CardId card);

    /// @notice Nothing of the last top-up is left that no open entry holds.
    /// @param card the card
    /// @custom:cure Have the open entries decided and ask again.
    error RefundRulesTopUpSpent(CardId card);

    /// @notice What is left still buys something.
    /// @param card the card
    /// @param left face left, in the card's unit
    /// @param cheapest face of the cheapest item as the contract states it; 0 = none stated
    /// @custom:cure Use the card, or ask for a refund for another cause.
    error RefundRulesNotResidue(CardId card, uint256 left, uint256 cheapest);

    /// @notice Reverts unless a card can end for the cause on request or by ruling.
    /// @param cause the cause
    /// @custom:error RefundRulesCauseNotAllowed when it cannot.
    function requireCause(EndCause cause) external pure;

    /// @notice Reverts unless the holder can name the cause for the card now.
    /// @param card the card
    /// @param cause the cause
    /// @return topUpOnly whether only the last top-up is still inside its cooling-off time
    /// @return atOnce whether the law fixes the refund at once, without the merchant's or the arbiter's word: cooling off, the consumer's
    /// cause, a residue, and the operator's cause where the register shows it
    /// @return dueAt the last second in which payment is in time. Days agreed hold over the law's; for cooling off only where they
    /// are fewer. The law's are working days where the policy says so; where the calendar of a year is missing, natural days.
    /// @custom:unit dueAt: s
    /// @custom:source SPC 法释〔2025〕4号 Art 13 to 15 (A-28, A-30, A-50); BJ Art 16, 17 (A-28b, A-29)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error RefundRulesCauseNotAllowed when the card does not end on request for the cause.
    /// @custom:error RefundRulesCoolingOffBarred when the consumer had had the good or service before.
    /// @custom:error RefundRulesCoolingOffOver when the time for cooling off is over.
    /// @custom:error RefundRulesCoolingOffUsed when the region asks for an unused card and it is not.
    /// @custom:error RefundRulesTopUpSpent when nothing of the last top-up is left.
    /// @custom:error RefundRulesNotResidue when the rest still buys something.
    function open(CardId card, EndCause cause) external view returns (bool topUpOnly, bool atOnce, uint64 dueAt);

    /// @notice What is left for the holder on the basis of a cause, without gifts.
    /// @param card the card
    /// @param cause the cause
    /// @param terminatedAt the end of the contract
    /// @return principal the principal to pay back, fen; rounded up, for the holder. While `awaitsEntries`, the most that it can be
    /// @return redeemedValue value of what was redeemed on the basis, fen; open entries included where the basis knows them
    /// @return awaitsEntries whether the list price of open entries is not known yet
    /// @custom:unit terminatedAt: s
    /// @custom:source SPC 法释〔2025〕4号 Art 18 to 20, 22 (A-31 to A-35, A-39, A-50)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    function assess(
        CardId card,
        EndCause cause,
        uint64 terminatedAt
    ) external view returns (uint256 principal, uint256 redeemedValue, bool awaitsEntries);

    /// @notice Yearly rates for a cause. Cooling off, a residue, a minor's payment and neither's cause are not the operator's, so the
    /// consumer's rate holds for them. A better rate in the terms holds over the law's.
    /// @param card the card
    /// @param cause the cause
    /// @return ratePpm on what the merchant pays, ppm
    /// @return custodyRatePpm on what custody pays: the account's real rate, ppm
    /// @custom:source SPC 法释〔2025〕4号 Art 16, 17 (A-37, A-38)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    function ratesOf(CardId card, EndCause cause) external view returns (uint32 ratePpm, uint32 custodyRatePpm);

    /// @notice What a refund would give now.
    /// @param card the card
    /// @param cause the cause
    /// @return what it would give; nothing is left of an ended card
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error RefundRulesCauseNotAllowed when the card does not end on request for the cause.
    /// @custom:error RefundRulesCoolingOffBarred when the consumer had had the good or service before.
    /// @custom:error RefundRulesCoolingOffOver when the time for cooling off is over.
    /// @custom:error RefundRulesCoolingOffUsed when the region asks for an unused card and it is not.
    /// @custom:error RefundRulesTopUpSpent when nothing of the last top-up is left.
    /// @custom:error RefundRulesNotResidue when the rest still buys something.
    function quote(CardId card, EndCause cause) external view returns (RefundQuote memory);
}
