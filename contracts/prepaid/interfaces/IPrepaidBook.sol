// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CardKind, Exposure, MerchantId} from "../libraries/PrepaidTypes.sol";

/// @title Prepaid book: each merchant's totals
/// @notice balance = paid - redeemed - refunded (SH18 Art 30: prepayments received less what was redeemed). Money in fen.
interface IPrepaidBook {
    struct Totals {
        uint128 paid; // prepayments received
        uint128 redeemed; // principal earned by redemption
        uint128 refunded; // principal paid back to holders
        uint64 cards; // cards ever sold
        uint64 live; // cards not ended
    }

    event BookPaid(MerchantId indexed merchant, uint256 amount, uint256 balance);
    event BookRedeemed(MerchantId indexed merchant, uint256 amount, uint256 balance);
    event BookRefunded(MerchantId indexed merchant, uint256 amount, uint256 balance);

    /// @notice More was taken out of the book than it holds.
    error PrepaidBookOverdrawn(MerchantId merchant, uint256 balance, uint256 amount);

    /// @custom:caller Only contracts that keep the cards (Roles.PREPAID_LEDGER).
    function recordPayment(MerchantId merchant, uint256 amount, uint256 newCards) external;
    function recordRedemption(MerchantId merchant, uint256 amount) external;
    function recordRefund(MerchantId merchant, uint256 amount) external;
    function recordCardEnded(MerchantId merchant) external;
    /// @notice Replaces the exposure of one consumer with one merchant after a change.
    function changeExposure(MerchantId merchant, bytes32 consumerKey, CardKind kind, int256 principal, int256 visits, uint64 periodEndsAt)
        external;

    function totalsOf(MerchantId merchant) external view returns (Totals memory);
    function balanceOf(MerchantId merchant) external view returns (uint256);
    /// @notice Balance at the end of the last finished quarter (UTC+8), MOFCOM Art 26.
    function quarterEndBalanceOf(MerchantId merchant) external view returns (uint256);
    function exposureOf(MerchantId merchant, bytes32 consumerKey) external view returns (Exposure memory);
}
