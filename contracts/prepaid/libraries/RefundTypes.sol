// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CardId, EndCause, MerchantId} from "./PrepaidTypes.sol";

/// @dev Where a refund is.
enum RefundStatus {
    NONE,
    REQUESTED, // waits for the merchant's or the arbiter's word
    APPROVED, // fixed; principal or interest is owed, or entries are open
    PAID,
    WITHDRAWN,
    REJECTED
}

/// @dev What an arbiter may set instead of the formula.
struct RefundRuling {
    EndCause cause;
    bool overrideValue; // use redeemedValue instead of the formula; open entries then change nothing any more
    uint128 redeemedValue; // market value of what was redeemed, fen (SPC 19), or the offset for a minor (SPC 10)
    uint128 giftDeduction; // fair value of gifts kept, fen (SPC 21)
    uint64 terminatedAt; // end of the contract, s; 0 = moment of the request
    MerchantId jointDebtor; // franchisor that answers too (SPC 5); 0 = none
    Digest digest;
}

/// @dev What a refund would give now. Money in fen.
struct RefundQuote {
    bool topUpOnly; // cooling off of the last top-up: the card lives on
    bool awaitsEntries; // list price of open entries is not known: principal is the most it can be, and is fixed when they are decided
    uint128 redeemedValue; // value of what was redeemed on the basis of the cause, open entries included
    uint128 principal; // to be paid back; rounded up, for the holder
    uint128 earned; // principal of the card that stays with the merchant under the basis
    uint128 beyondBook; // part of principal that was already earned by the merchant: its own debt
    uint32 ratePpm; // yearly interest on what the merchant pays
    uint32 custodyRatePpm; // yearly interest on what custody pays
}

/// @dev A refund as stored. Money in fen, times in seconds.
struct Refund {
    CardId card;
    MerchantId merchant;
    EndCause cause;
    RefundStatus status;
    bool topUpOnly; // cooling off of the last top-up: the card lives on
    bool awaitsEntries; // fixed when the open entries are decided
    address holder; // who is paid; follows a reissue while the card is ending
    uint64 requestedAt;
    uint64 terminatedAt; // interest runs from here (SPC 17)
    uint64 dueAt; // last second in which payment is in time
    uint128 principal; // due in all; grows when open entries fall
    uint128 kept; // principal that the merchant keeps under the basis; 2^128 - 1: all that is not due (a ruled value)
    uint128 earned; // of it, moved to the merchant's redeemed total
    uint128 refundedBefore; // what the card had paid back when the refund was fixed
    uint128 fromCard; // of what was paid, principal that was still in the card
    uint128 paidFromCustody;
    uint128 paidByMerchant;
    uint128 interestOnCustody; // interest on what custody paid, owed by the merchant and not paid yet
    uint128 interestPaid;
    uint32 ratePpm;
    uint32 custodyRatePpm;
    MerchantId jointDebtor; // 0 = none
    Digest reason;
    Digest ruling;
}
