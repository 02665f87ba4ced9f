// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CardKind, Exposure, MerchantId} from "../libraries/PrepaidTypes.sol";

/// @title Prepaid book: each merchant's totals
/// @notice balance = paid - redeemed - refunded (SH18 Art 30: prepayments received less what was redeemed), always. Money in fen.
/// @dev The book judges nothing: PrepaidCards writes it, everyone reads it. Nothing is divided here, so nothing is rounded.
interface IPrepaidBook {
    /// @notice A merchant's totals since it was filed.
    /// @param paid prepayments received, fen
    /// @param redeemed principal earned by redemption, fen
    /// @param refunded principal paid back to holders, fen
    /// @param cards cards ever sold
    /// @param live cards not ended
    struct Totals {
        uint128 paid;
        uint128 redeemed;
        uint128 refunded;
        uint64 cards;
        uint64 live;
    }

    /// @notice A prepayment was received: a sale or a top-up.
    /// @param merchant the merchant
    /// @param amount the prepayment, in fen
    /// @param newCards the cards sold with it; 0 for a top-up
    /// @param balance the merchant's balance after it, in fen
    event BookPaid(MerchantId indexed merchant, uint256 amount, uint256 newCards, uint256 balance);

    /// @notice Principal was earned by redemption.
    /// @param merchant the merchant
    /// @param amount the principal, in fen
    /// @param balance the merchant's balance after it, in fen
    event BookRedeemed(MerchantId indexed merchant, uint256 amount, uint256 balance);

    /// @notice Principal was paid back to a holder.
    /// @param merchant the merchant
    /// @param amount the principal, in fen
    /// @param balance the merchant's balance after it, in fen
    event BookRefunded(MerchantId indexed merchant, uint256 amount, uint256 balance);

    /// @notice A card ended.
    /// @param merchant the merchant
    /// @param live the merchant's cards that have not ended
    event BookCardEnded(MerchantId indexed merchant, uint256 live);

    /// @notice What a consumer still has with a merchant changed.
    /// @param merchant the merchant
    /// @param consumerKey the salted digest that names the consumer to this merchant
    /// @param exposure what the consumer has after the change
    event ExposureChanged(MerchantId indexed merchant, bytes32 indexed consumerKey, Exposure exposure);

    /// @notice More was taken out of the book than it holds.
    /// @param merchant the merchant
    /// @param balance what the book holds, in fen
    /// @param amount what was to be taken out, in fen
    /// @custom:cure The caller's books differ from this book: compare the cards' principals with the balance.
    error PrepaidBookOverdrawn(MerchantId merchant, uint256 balance, uint256 amount);

    /// @notice A payment of nothing for no card.
    /// @param merchant the merchant
    /// @custom:cure Record an amount, or the number of cards sold.
    error PrepaidBookNothingPaid(MerchantId merchant);

    /// @notice More cards ended than were live.
    /// @param merchant the merchant
    /// @custom:cure Each card ends once.
    error PrepaidBookNoLiveCard(MerchantId merchant);

    /// @notice An exposure needs the consumer's key.
    /// @param merchant the merchant
    /// @custom:cure Skip the call for an anonymous bearer card: nobody's exposure changes.
    error PrepaidBookConsumerMissing(MerchantId merchant);

    /// @notice More was taken from a consumer's exposure than it holds.
    /// @param merchant the merchant
    /// @param consumerKey the consumer
    /// @param held what it holds, in fen or in visits
    /// @param change the change asked for, below zero
    /// @custom:cure The caller's books differ from this book: take away at most what was added.
    error PrepaidBookExposureOverdrawn(MerchantId merchant, bytes32 consumerKey, uint256 held, int256 change);

    /// @notice Records a prepayment and the cards sold with it.
    /// @param merchant the merchant
    /// @param amount the prepayment; 0 only with a card that is given away
    /// @param newCards the cards sold; 0 for a top-up
    /// @custom:caller PREPAID_LEDGER (PrepaidCards)
    /// @custom:unit amount: fen
    /// @custom:source SH18 Art 30
    /// @custom:error PrepaidBookNothingPaid when both amount and newCards are 0.
    function recordPayment(MerchantId merchant, uint256 amount, uint256 newCards) external;

    /// @notice Records principal that the merchant earned.
    /// @param merchant the merchant
    /// @param amount the principal; 0 where a redemption earns less than a fen
    /// @custom:caller PREPAID_LEDGER (PrepaidCards)
    /// @custom:unit amount: fen
    /// @custom:source SH18 Art 30
    /// @custom:error PrepaidBookOverdrawn when the amount is more than the balance.
    function recordRedemption(MerchantId merchant, uint256 amount) external;

    /// @notice Records principal paid back to a holder.
    /// @param merchant the merchant
    /// @param amount the principal
    /// @custom:caller PREPAID_LEDGER (PrepaidCards)
    /// @custom:unit amount: fen
    /// @custom:source SH18 Art 30
    /// @custom:error PrepaidBookOverdrawn when the amount is more than the balance.
    function recordRefund(MerchantId merchant, uint256 amount) external;

    /// @notice Records that a card ended.
    /// @param merchant the merchant
    /// @custom:caller PREPAID_LEDGER (PrepaidCards)
    /// @custom:error PrepaidBookNoLiveCard when no card is live.
    function recordCardEnded(MerchantId merchant) external;

    /// @notice Changes what one consumer still has with one merchant, so that a renewal counts what is left.
    /// @param merchant the merchant
    /// @param consumerKey the consumer; not zero
    /// @param kind the kind of card that changed
    /// @param principal the change of the principal in cards of this kind
    /// @param visits the change of the visits left; counted for VISITS only
    /// @param periodEndsAt counted for PERIOD only: the end of the pass that changed. The latest end stays, since a consumer may hold several
    /// passes; it is forgotten when no period principal is left
    /// @custom:caller PREPAID_LEDGER (PrepaidCards)
    /// @custom:unit principal: fen; periodEndsAt: s
    /// @custom:source SHFIT Art 8 (A-08)
    /// @custom:error PrepaidBookConsumerMissing when the key is zero.
    /// @custom:error PrepaidBookExposureOverdrawn when more is taken than the consumer has.
    function changeExposure(
        MerchantId merchant,
        bytes32 consumerKey,
        CardKind kind,
        int256 principal,
        int256 visits,
        uint64 periodEndsAt
    ) external;

    /// @notice A merchant's totals.
    /// @param merchant the merchant
    /// @return the totals; all 0 where nothing was recorded
    function totalsOf(MerchantId merchant) external view returns (Totals memory);

    /// @notice A merchant's balance: paid - redeemed - refunded.
    /// @param merchant the merchant
    /// @return the balance
    /// @custom:unit fen
    /// @custom:source SH18 Art 30
    function balanceOf(MerchantId merchant) external view returns (uint256);

    /// @notice Balance at the end of the last finished quarter (UTC+8).
    /// @param merchant the merchant
    /// @return the balance; 0 before the end of the merchant's first quarter
    /// @custom:unit fen
    /// @custom:source MOFCOM order 9 of 2012 Art 26 (A-18)
    function quarterEndBalanceOf(MerchantId merchant) external view returns (uint256);

    /// @notice What one consumer still has with one merchant.
    /// @param merchant the merchant
    /// @param consumerKey the consumer
    /// @return the exposure
    function exposureOf(MerchantId merchant, bytes32 consumerKey) external view returns (Exposure memory);
}
