// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {MerchantId, TermsId} from "../libraries/PrepaidTypes.sol";

/// @title Contract terms a merchant sells under
/// @notice Append-only. Void clauses (SPC 9, BJ 15) are refused by name; terms better than the law for the consumer win over it.
/// @dev Terms are never changed: a card keeps the terms it was sold under, whatever the merchant files later (SPC Art 12, A-48). A term worse
/// than the law is not refused here: whoever applies terms takes the better of both.
interface ITermsRegister {
    /// @notice Clauses that are void wherever they stand; a template that carries one is refused.
    /// @dev REFUND_BANNED: no refund. TRANSFER_BANNED: an unreasonable ban on transfer. REPLACEMENT_REFUSED: a lost named card is not
    /// replaced. UNILATERAL_CHANGE: the operator alone changes price, kind, quality or quantity. IMMUNITY_WIDENED: it answers for less than the
    /// law says.
    enum VoidClause {
        REFUND_BANNED,
        TRANSFER_BANNED,
        REPLACEMENT_REFUSED,
        UNILATERAL_CHANGE,
        IMMUNITY_WIDENED
    }

    /// @notice Terms as filed.
    /// @param merchant whose terms they are
    /// @param filedAt when they were filed, in seconds; set by the register
    /// @param coolingOffDays agreed days of cooling off; 0 = the law's
    /// @param refundDays agreed days to pay a refund; 0 = the law's
    /// @param operatorRatePpm agreed yearly interest at the operator's cause, ppm; 0 = the law's
    /// @param consumerRatePpm agreed yearly interest at the consumer's cause, ppm; 0 = the law's
    /// @param cheapestItem face of the cheapest item on offer in the card's unit; 0 = none stated
    /// @param clauses bit set by VoidClause; only 0 is accepted
    /// @param text the written terms
    struct Terms {
        MerchantId merchant;
        uint64 filedAt;
        uint32 coolingOffDays;
        uint32 refundDays;
        uint32 operatorRatePpm;
        uint32 consumerRatePpm;
        uint128 cheapestItem;
        uint8 clauses;
        Digest text;
    }

    /// @notice Terms were filed.
    /// @param terms their number
    /// @param merchant whose terms they are
    /// @param filed the terms
    event TermsFiled(TermsId indexed terms, MerchantId indexed merchant, Terms filed);

    /// @notice No terms have this number.
    /// @param terms the number given
    /// @custom:cure Use a number that `fileTerms` returned, 1 to `count()`.
    error TermsRegisterUnknown(TermsId terms);

    /// @notice The caller does not act for the merchant.
    /// @param merchant the merchant
    /// @param caller who called
    /// @custom:cure Call from the account that the merchant register names as agent.
    error TermsRegisterNotAgent(MerchantId merchant, address caller);

    /// @notice The template carries a clause that is void.
    /// @param merchant the merchant
    /// @param clause the first of them
    /// @custom:cure Take the clause out of the terms.
    error TermsRegisterVoidClause(MerchantId merchant, VoidClause clause);

    /// @notice The set of clauses names a clause that this register does not know.
    /// @param merchant the merchant
    /// @param clauses the set given
    /// @custom:cure Give 0: terms without void clauses.
    error TermsRegisterUnknownClause(MerchantId merchant, uint8 clauses);

    /// @notice A yearly rate is over the whole.
    /// @param merchant the merchant
    /// @param ratePpm the rate given, ppm
    /// @param max the largest rate, ppm
    /// @custom:cure Give parts per million: 3% is 30,000.
    error TermsRegisterRateTooHigh(MerchantId merchant, uint32 ratePpm, uint32 max);

    /// @notice Files terms.
    /// @param terms the terms; `filedAt` is set by the register, whatever is given
    /// @return id their number
    /// @custom:caller the merchant's agent
    /// @custom:source SPC Art 9; BJ Art 15 (A-46); CPR Art 22 (A-12)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error TermsRegisterNotAgent when the caller is not the merchant's agent.
    /// @custom:error TermsRegisterVoidClause when a void clause is carried.
    /// @custom:error TermsRegisterUnknownClause when a clause is named that does not exist.
    /// @custom:error TermsRegisterRateTooHigh when a rate is over 1,000,000 ppm.
    /// @custom:error DigestsMissing when the text is missing.
    function fileTerms(Terms calldata terms) external returns (TermsId id);

    /// @notice Terms as filed.
    /// @param terms their number
    /// @return the terms
    /// @custom:error TermsRegisterUnknown when no terms have the number.
    function termsOf(TermsId terms) external view returns (Terms memory);

    /// @notice Whose terms they are.
    /// @param terms their number
    /// @return the merchant
    /// @custom:error TermsRegisterUnknown when no terms have the number.
    function merchantOf(TermsId terms) external view returns (MerchantId);

    /// @notice How many terms were filed: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);
}
