// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Card, CardOrder, MerchantId, Sale} from "../libraries/PrepaidTypes.sol";

/// @title What may be sold
/// @notice Caps, terms and identity rules (A-04 to A-11), read from the policy in force. Reverts with the rule that refuses.
interface ISaleRules {
    /// @notice Checks a whole sale against the policy in force.
    function checkSale(Sale calldata sale, CardOrder[] calldata orders) external view;
    /// @notice Checks a top-up of a card by paid fen and face units.
    function checkTopUp(Card calldata card, uint128 paid, uint128 face, bool cash) external view;
    /// @notice The least term a reactivated bearer card gets, seconds from now to the returned instant.
    function reactivatedUntil(MerchantId merchant) external view returns (uint64);
}
