// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {Roles} from "../common/Roles.sol";
import {ICustody} from "./interfaces/ICustody.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {IPrepaidCards} from "./interfaces/IPrepaidCards.sol";
import {ISupervisionCode} from "./interfaces/ISupervisionCode.sol";
import {ISupervisionDesk} from "./interfaces/ISupervisionDesk.sol";
import {Card, CardId, MerchantId} from "./libraries/PrepaidTypes.sol";
import {RoleReader} from "./libraries/RoleReader.sol";

/// @title SupervisionDesk
/// @notice The readers' door; see {ISupervisionDesk}.
contract SupervisionDesk is ISupervisionDesk, Governed {
    // Bounds on the work of one call, not a regulation's numbers.
    uint256 private constant _MAX_MERCHANTS = 20;
    uint256 private constant _MAX_CARDS = 50;

    /// @notice The merchant register.
    IMerchantRegister public immutable register;
    /// @notice The prepaid book.
    IPrepaidBook public immutable book;
    /// @notice Custody.
    ICustody public immutable custody;
    /// @notice The supervision code.
    ISupervisionCode public immutable supervisionCode;
    /// @notice The prepaid cards.
    IPrepaidCards public immutable prepaidCards;

    /// @param authority_ the deployment's {Authority}
    /// @param register_ the merchant register
    /// @param book_ the prepaid book
    /// @param custody_ custody
    /// @param code_ the supervision code
    /// @param cards_ the prepaid cards
    constructor(
        address authority_,
        IMerchantRegister register_,
        IPrepaidBook book_,
        ICustody custody_,
        ISupervisionCode code_,
        IPrepaidCards cards_
    ) Governed(authority_) {
        _requireContract(address(register_));
        _requireContract(address(book_));
        _requireContract(address(custody_));
        _requireContract(address(code_));
        _requireContract(address(cards_));
        register = register_;
        book = book_;
        custody = custody_;
        supervisionCode = code_;
        prepaidCards = cards_;
    }

    /// @inheritdoc ISupervisionDesk
    function sheetOf(MerchantId merchant) external view returns (MerchantSheet memory) {
        return _sheet(merchant);
    }

    /// @inheritdoc ISupervisionDesk
    function audit(uint256 from, uint256 to) external view returns (MerchantSheet[] memory sheets) {
        require(_isReader(), SupervisionDeskNotAllowed(msg.sender));
        uint256 count = register.count();
        require(
            from != 0 && from <= to && to <= count && to - from < _MAX_MERCHANTS,
            SupervisionDeskInvalidRange(from, to, _MAX_MERCHANTS, count)
        );
        sheets = new MerchantSheet[](to - from + 1);
        for (uint256 i = 0; i < sheets.length; ++i) {
            sheets[i] = _sheet(MerchantId.wrap(from + i));
        }
    }

    /// @inheritdoc ISupervisionDesk
    function auditCards(
        MerchantId merchant,
        uint256 cursor,
        uint256 limit
    ) external view returns (Card[] memory cards, uint256 next) {
        require(_isReader() || msg.sender == register.agentOf(merchant), SupervisionDeskNotAllowed(msg.sender));
        _requireLimit(limit);
        CardId[] memory ids;
        (ids, next) = prepaidCards.cardsOfMerchant(merchant, cursor, limit);
        cards = _cards(ids);
    }

    /// @inheritdoc ISupervisionDesk
    function myCards(
        uint256 cursor,
        uint256 limit
    ) external view returns (CardId[] memory ids, Card[] memory cards, uint256 next) {
        _requireLimit(limit);
        (ids, next) = prepaidCards.cardsOfHolder(msg.sender, cursor, limit);
        cards = _cards(ids);
    }

    /// @inheritdoc ISupervisionDesk
    function card(CardId id) external view returns (Card memory found) {
        found = prepaidCards.cardOf(id);
        require(
            msg.sender == found.holder || _isReader() || msg.sender == register.agentOf(found.merchant),
            SupervisionDeskNotAllowed(msg.sender)
        );
    }

    function _sheet(MerchantId merchant) private view returns (MerchantSheet memory) {
        IPrepaidBook.Totals memory totals = book.totalsOf(merchant);
        ICustody.Account memory account = custody.accountOf(merchant);
        ISupervisionCode.Facts memory facts = supervisionCode.factsOf(merchant);
        return
            MerchantSheet({
                merchant: merchant,
                status: register.statusOf(merchant),
                colour: facts.colour,
                compliant: facts.compliant,
                frozen: account.frozen,
                balance: facts.balance,
                custody: facts.custody,
                cover: facts.cover,
                required: facts.required,
                paid: totals.paid,
                redeemed: totals.redeemed,
                refunded: totals.refunded,
                released: account.released,
                liveCards: totals.live
            });
    }

    function _cards(CardId[] memory ids) private view returns (Card[] memory cards) {
        cards = new Card[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            cards[i] = prepaidCards.cardOf(ids[i]);
        }
    }

    function _isReader() private view returns (bool) {
        return
            RoleReader.holds(authority(), Roles.REGULATOR, msg.sender) ||
            RoleReader.holds(authority(), Roles.AUDITOR, msg.sender);
    }

    function _requireLimit(uint256 limit) private pure {
        require(limit != 0 && limit <= _MAX_CARDS, SupervisionDeskLimitOutOfRange(limit, _MAX_CARDS));
    }
}
