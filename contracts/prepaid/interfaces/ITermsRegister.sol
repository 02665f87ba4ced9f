// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {MerchantId, TermsId} from "../libraries/PrepaidTypes.sol";

/// @title Contract terms a merchant sells under
/// @notice Append-only. Void clauses (SPC 9, BJ 15) are refused by name; terms better than the law for the consumer win over it.
interface ITermsRegister {
    /// @dev Clauses that are void wherever they stand; a template that carries one is refused.
    enum VoidClause {
        REFUND_BANNED,
        TRANSFER_BANNED,
        REPLACEMENT_REFUSED,
        UNILATERAL_CHANGE,
        IMMUNITY_WIDENED
    }

    struct Terms {
        MerchantId merchant;
        uint64 filedAt;
        uint32 coolingOffDays; // 0 = the law's
        uint32 refundDays; // agreed days to pay a refund; 0 = the law's
        uint32 operatorRatePpm; // agreed yearly interest, operator's cause; 0 = the law's
        uint32 consumerRatePpm; // agreed yearly interest, consumer's cause; 0 = the law's
        uint128 cheapestItem; // face of the cheapest item on offer in the card's unit; 0 = none stated
        uint8 clauses; // bit set by VoidClause; only 0 is accepted
        Digest text; // the written terms
    }

    event TermsFiled(TermsId indexed terms, MerchantId indexed merchant, Terms filed);

    error TermsRegisterUnknown(TermsId terms);
    error TermsRegisterNotAgent(MerchantId merchant, address caller);
    error TermsRegisterVoidClause(MerchantId merchant, VoidClause clause);

    /// @custom:caller the merchant's agent
    function fileTerms(Terms calldata terms) external returns (TermsId);
    function termsOf(TermsId terms) external view returns (Terms memory);
    function count() external view returns (uint256);
}
