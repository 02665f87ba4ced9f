// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {Card, CardId, CardOrder, EndCause, MerchantId, Sale, TermsId} from "../libraries/PrepaidTypes.sol";

/// @title Prepaid cards
/// @notice The cards and their principal. Paid part and bonus part are kept apart: of each redeemed face f the share
/// P / F of the running tranche (P paid, F whole face) is principal (SPC 18(2)), rounded down in total, for the holder.
/// Sum of card principals of a merchant = its balance in the book, always.
interface IPrepaidCards {
    // -- sale --------------------------------------------------------------------------------------
    /// @notice Sells cards that the consumer paid to the merchant; sale.toCustody comes from the agent's account.
    /// @custom:caller the merchant's agent
    function sell(Sale calldata sale, CardOrder[] calldata orders) external returns (CardId first);
    /// @notice Buys cards under an offer signed by the merchant's agent; the whole price comes from the holder: toCustody to the
    /// vault, the rest to the merchant's settlement account.
    /// @custom:caller the holder named in the sale
    function purchase(Sale calldata sale, CardOrder[] calldata orders, uint64 deadline, bytes calldata merchantSignature)
        external
        returns (CardId first);
    /// @notice Adds paid fen and face to a card. What was left starts a new tranche together with it.
    /// @custom:caller the merchant's agent
    function topUp(CardId card, uint128 paid, uint128 face, uint256 toCustody, bool cash) external;

    // -- life --------------------------------------------------------------------------------------
    /// @notice Transfers a card; binds the merchant from this transaction on, which is the notice (SPC 11).
    /// @custom:caller the holder
    function transfer(CardId card, address to, bytes32 consumerKey, Digest calldata buyerId) external;
    /// @notice Takes back a transfer in bad faith (unlimited-use card split among several users, SPC 11).
    /// @custom:caller ARBITER
    function annulTransfer(CardId card, Digest calldata ruling) external;
    /// @custom:caller the holder of a named card, or PLATFORM after an identity check
    function reportLoss(CardId card) external;
    /// @custom:caller the holder
    function withdrawLoss(CardId card) external;
    /// @notice Gives a lost named card to a new account of the same person: the identity digest must be the same.
    /// @custom:caller PLATFORM
    function reissue(CardId card, address newHolder, Digest calldata buyerId) external;
    /// @notice Gives an expired bearer card a new term; a balance is never forfeited (SPC 24).
    /// @custom:caller the holder, or the merchant's agent
    function reactivate(CardId card) external;
    /// @notice Moves a card to other terms; only with the holder's own transaction (SPC 12).
    /// @custom:caller the holder
    function changeTerms(CardId card, TermsId terms) external;

    // -- book keeping by the other prepaid contracts (Roles.PREPAID_OPERATOR) ----------------------------
    function reserve(CardId card, uint128 face) external;
    function unreserve(CardId card, uint128 face) external;
    /// @notice Redeems face; the principal share moves to the merchant's redeemed total.
    /// @return principal the principal redeemed, fen
    function consume(CardId card, uint128 face, uint128 listValue, bool fromReserve) external returns (uint128 principal);
    /// @notice Begins the ending of a card: nothing more can be redeemed but what is reserved.
    function beginEnding(CardId card, EndCause cause) external;
    /// @notice The ending was withdrawn or refused.
    function abandonEnding(CardId card) external;
    /// @notice Principal that the merchant keeps under the basis of the ending (list price, a term that passed).
    function earn(CardId card, uint128 principal) external;
    /// @notice Principal paid back to the holder.
    function repay(CardId card, uint128 principal) external;
    /// @notice Takes back the last top-up inside its cooling-off time: principal repaid, bonus withdrawn, the card lives on.
    function unwindTopUp(CardId card, uint128 principal) external;
    /// @notice Ends a card whose principal is 0 and of which nothing is reserved.
    function finishEnding(CardId card) external;

    // -- readers -----------------------------------------------------------------------------------
    function count() external view returns (uint256);
    function cardOf(CardId card) external view returns (Card memory);
    function holderOf(CardId card) external view returns (address);
    function merchantOf(CardId card) external view returns (MerchantId);
    function principalOf(CardId card) external view returns (uint256);
    /// @notice Face left in the card's unit, and how it splits into the paid part and the bonus part (STORED_VALUE, fen; others bonus 0).
    function faceOf(CardId card) external view returns (uint256 left, uint256 paidPart, uint256 bonusPart);
    /// @notice Principal of what is reserved.
    function reservedPrincipalOf(CardId card) external view returns (uint256);
    function cardsOfMerchant(MerchantId merchant, uint256 cursor, uint256 limit) external view returns (CardId[] memory, uint256 next);
    function cardsOfHolder(address holder, uint256 cursor, uint256 limit) external view returns (CardId[] memory, uint256 next);
}
