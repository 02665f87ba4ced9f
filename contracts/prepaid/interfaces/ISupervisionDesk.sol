// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Card, CardId, Colour, MerchantId, MerchantStatus} from "../libraries/PrepaidTypes.sol";

/// @title Supervision desk: the readers' door
/// @notice Public facts for everyone, cards for their holder, everything for supervisors and lenders with a reader's role.
/// A guard on a view binds callers that sign; nodes must also limit who may ask them.
interface ISupervisionDesk {
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

    /// @notice What a consumer sees who scans the code. For everyone.
    function sheetOf(MerchantId merchant) external view returns (MerchantSheet memory);
    /// @notice The sheets of merchants from..to (inclusive, at most 50).
    /// @custom:caller REGULATOR, AUDITOR
    function audit(uint256 from, uint256 to) external view returns (MerchantSheet[] memory);
    /// @notice The cards of a merchant, paged (at most 50).
    /// @custom:caller REGULATOR, AUDITOR, the merchant's agent
    function auditCards(MerchantId merchant, uint256 cursor, uint256 limit) external view returns (Card[] memory, uint256 next);
    /// @notice The caller's own cards, paged.
    /// @custom:caller any account, for itself
    function myCards(uint256 cursor, uint256 limit) external view returns (CardId[] memory, Card[] memory, uint256 next);
    /// @notice One card.
    /// @custom:caller its holder, its merchant's agent, REGULATOR, AUDITOR
    function card(CardId id) external view returns (Card memory);
}
