// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Card, CardId, Colour, MerchantId, MerchantStatus} from "../libraries/PrepaidTypes.sol";

/// @title Supervision desk: the readers' door
/// @notice Public facts for everyone, cards for their holder, everything for supervisors, and for auditors and lenders admitted as AUDITOR.
/// @dev A guard on a view binds callers that sign; it keeps nothing secret from who runs a node. Nodes must also limit who may ask them.
interface ISupervisionDesk {
    /// @notice A merchant at a glance. Money in fen.
    /// @param merchant the merchant
    /// @param status its status
    /// @param colour the colour of its code: custody and cover against the balance
    /// @param compliant whether custody and cover reach the requirement
    /// @param frozen whether payouts to it are stopped
    /// @param balance prepayments received less redeemed less refunded
    /// @param custody what its vault holds
    /// @param cover the sum of its covers in force
    /// @param required what custody and cover must reach
    /// @param paid prepayments received
    /// @param redeemed principal earned by redemption
    /// @param refunded principal paid back to holders
    /// @param released paid out of custody to the merchant
    /// @param liveCards cards that have not ended
    struct MerchantSheet {
        MerchantId merchant;
        MerchantStatus status;
        Colour colour;
        bool compliant;
        bool frozen;
        uint256 balance;
        uint256 custody;
        uint256 cover;
        uint256 required;
        uint256 paid;
        uint256 redeemed;
        uint256 refunded;
        uint256 released;
        uint256 liveCards;
    }

    /// @notice The caller holds none of the roles that may read this, and it is not its own.
    /// @param caller who called
    /// @custom:cure Call from an account that holds one of the roles named at the function.
    error SupervisionDeskNotAllowed(address caller);

    /// @notice The range of merchants is empty, too long, or reaches past the last one.
    /// @param from its first merchant
    /// @param to its last merchant
    /// @param max the longest range
    /// @param count the number of merchants
    /// @custom:cure Give 1 <= from <= to <= `count`, at most `max` merchants.
    error SupervisionDeskInvalidRange(uint256 from, uint256 to, uint256 max, uint256 count);

    /// @notice The page size is zero or too large.
    /// @param limit the page size asked for
    /// @param max the largest page size
    /// @custom:cure Ask for 1 to `max` cards and read the rest page by page.
    error SupervisionDeskLimitOutOfRange(uint256 limit, uint256 max);

    /// @notice What a consumer sees who scans the code.
    /// @param merchant the merchant
    /// @return the sheet
    /// @custom:caller PUBLIC
    /// @custom:error MerchantRegisterUnknown when no merchant has the number.
    function sheetOf(MerchantId merchant) external view returns (MerchantSheet memory);

    /// @notice The sheets of a range of merchants.
    /// @param from the first merchant's number
    /// @param to the last merchant's number; at most 20 in all
    /// @return the sheets, in order
    /// @custom:caller REGULATOR, AUDITOR
    /// @custom:error SupervisionDeskNotAllowed when the caller holds neither role.
    /// @custom:error SupervisionDeskInvalidRange when the range is empty, too long, or reaches past the last merchant.
    function audit(uint256 from, uint256 to) external view returns (MerchantSheet[] memory);

    /// @notice The cards of a merchant, paged.
    /// @param merchant the merchant
    /// @param cursor 0, or the `next` of the page before
    /// @param limit the page size, 1 to 50
    /// @return cards the page
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:caller REGULATOR, AUDITOR, the merchant's agent
    /// @custom:error SupervisionDeskNotAllowed when the caller is none of them.
    /// @custom:error SupervisionDeskLimitOutOfRange when the page size is not 1 to 50.
    function auditCards(
        MerchantId merchant,
        uint256 cursor,
        uint256 limit
    ) external view returns (Card[] memory cards, uint256 next);

    /// @notice The caller's own cards, paged.
    /// @param cursor 0, or the `next` of the page before
    /// @param limit the page size, 1 to 50
    /// @return ids the cards' ids
    /// @return cards the cards
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:caller any account, for itself
    /// @custom:error SupervisionDeskLimitOutOfRange when the page size is not 1 to 50.
    function myCards(
        uint256 cursor,
        uint256 limit
    ) external view returns (CardId[] memory ids, Card[] memory cards, uint256 next);

    /// @notice One card.
    /// @param id the card
    /// @return the card
    /// @custom:caller its holder, its merchant's agent, REGULATOR, AUDITOR
    /// @custom:error SupervisionDeskNotAllowed when the caller is none of them.
    function card(CardId id) external view returns (Card memory);
}
