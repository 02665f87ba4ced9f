// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CardId, EndCause, MerchantId, RefundId} from "../libraries/PrepaidTypes.sol";

/// @title Refunds
/// @notice A refund by cause, with the arithmetic of SPC 14 to 22. Principal is paid from custody first, the rest and the interest by the merchant.
interface IRefunds {
    enum RefundStatus {
        NONE,
        REQUESTED, // waits for the merchant's or the arbiter's word
        APPROVED, // fixed; something is still owed
        PAID,
        WITHDRAWN,
        REJECTED
    }

    /// @dev What an arbiter may set instead of the formula.
    struct Ruling {
        EndCause cause;
        bool overrideValue; // use redeemedValue instead of the formula
        uint128 redeemedValue; // market value of what was redeemed, fen (SPC 19), or the offset for a minor (SPC 10)
        uint128 giftDeduction; // fair value of gifts kept, fen (SPC 21)
        uint64 terminatedAt; // end of the contract; 0 = day of the request
        MerchantId jointDebtor; // franchisor that answers too (SPC 5); 0 = none
        Digest digest;
    }

    struct Quote {
        uint128 redeemedValue; // on the basis of the cause, fen
        uint128 principal; // to be paid back, fen; rounded up, for the holder
        uint128 earned; // book principal that stays with the merchant under the basis
        uint128 beyondBook; // part of principal that was already released to the merchant: its own debt
        uint32 ratePpm; // yearly interest on what the merchant pays
        uint32 custodyRatePpm; // yearly interest on what custody pays
    }

    struct Refund {
        CardId card;
        MerchantId merchant;
        EndCause cause;
        RefundStatus status;
        address holder; // who is paid
        uint64 requestedAt;
        uint64 terminatedAt; // interest runs from here (SPC 17)
        uint64 dueAt;
        uint128 principal; // fixed principal
        uint128 paidFromCustody;
        uint128 paidByMerchant;
        uint128 interestPaid;
        uint128 interestOnCustody; // fixed when custody paid
        uint32 ratePpm;
        MerchantId jointDebtor;
        Digest reason;
        Digest ruling;
    }

    /// @notice Asks for a refund. COOLING_OFF, CONSUMER and RESIDUE, and OPERATOR where the register shows it, are fixed and paid at once;
    /// the others wait for the merchant or the arbiter.
    /// @custom:caller the holder
    function request(CardId card, EndCause cause, Digest calldata reason) external returns (RefundId);
    /// @custom:caller the merchant's agent
    function accept(RefundId refund) external;
    /// @notice Nothing was answered within the time for payment: the holder's version stands.
    /// @custom:caller the holder
    function enforce(RefundId refund) external;
    /// @custom:caller the holder, while REQUESTED
    function withdrawRequest(RefundId refund) external;
    /// @custom:caller ARBITER
    function rule(RefundId refund, Ruling calldata ruling) external;
    /// @custom:caller ARBITER
    function reject(RefundId refund, Digest calldata ruling) external;
    /// @notice Pays from custody what it can now reach, and what became free since (pending entries decided).
    /// @custom:caller the holder or the merchant's agent
    function settle(RefundId refund) external;
    /// @notice Pays what is owed with interest to date from the caller's account; all of it.
    /// @custom:caller the merchant's agent, or the joint debtor's
    function pay(RefundId refund) external returns (uint256 principal, uint256 interest);

    function quote(CardId card, EndCause cause) external view returns (Quote memory);
    function refundOf(RefundId refund) external view returns (Refund memory);
    function refundOfCard(CardId card) external view returns (RefundId);
    /// @notice Principal and interest owed by the merchant now, fen, rounded up.
    function owedOf(RefundId refund) external view returns (uint256 principal, uint256 interest);
    function isOverdue(RefundId refund) external view returns (bool);
    function count() external view returns (uint256);
}
