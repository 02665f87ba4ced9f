// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {Roles} from "../common/Roles.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {CardLedger} from "./CardLedger.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {IPrepaidCards} from "./interfaces/IPrepaidCards.sol";
import {ISaleRules} from "./interfaces/ISaleRules.sol";
import {ITermsRegister} from "./interfaces/ITermsRegister.sol";
import {CardMath} from "./libraries/CardMath.sol";
import {
    Card,
    CardForm,
    CardId,
    CardKind,
    CardOrder,
    CardStatus,
    EndCause,
    MerchantId,
    Sale,
    TermsId,
    TopUp
} from "./libraries/PrepaidTypes.sol";
import {RoleReader} from "./libraries/RoleReader.sol";

/// @title PrepaidCards
/// @notice The life of a card; see {IPrepaidCards}.
contract PrepaidCards is IPrepaidCards, CardLedger {
    using CardMath for Card;

    /// @dev Who held a period pass before its last transfer.
    struct Former {
        address holder;
        bytes32 consumerKey;
        Digest buyerId;
    }

    // Technical limits: with them a call stays under 5 M gas.
    uint256 private constant _MAX_ORDERS = 10;
    uint256 private constant _MAX_RETIRED = 50;

    /// @notice The deployment's sale rules.
    ISaleRules public immutable saleRules;
    /// @notice The deployment's terms register.
    ITermsRegister public immutable termsRegister;

    mapping(CardId card => Former) private _formers;
    mapping(CardId card => bool) private _lostByPlatform;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param register_ the deployment's {MerchantRegister}
    /// @param book_ the deployment's {PrepaidBook}
    /// @param saleRules_ the deployment's {SaleRules}
    /// @param termsRegister_ the deployment's {TermsRegister}
    constructor(
        address authority_,
        IClock clock_,
        IMerchantRegister register_,
        IPrepaidBook book_,
        ISaleRules saleRules_,
        ITermsRegister termsRegister_
    ) Governed(authority_) CardLedger(clock_, register_, book_) {
        _requireContract(address(saleRules_));
        _requireContract(address(termsRegister_));
        saleRules = saleRules_;
        termsRegister = termsRegister_;
    }

    /// @inheritdoc IPrepaidCards
    function issue(Sale calldata sale, CardOrder[] calldata orders) external restricted returns (CardId first) {
        require(sale.holder != address(0), PrepaidCardsHolderMissing());
        uint256 length = orders.length;
        require(length != 0 && length <= _MAX_ORDERS, PrepaidCardsBatch(length, _MAX_ORDERS));

        first = CardId.wrap(count + 1);
        uint64 time = clock.timestamp();
        uint256 total = 0;
        for (uint256 i = 0; i < length; ++i) {
            total += orders[i].paid;
            CardId id = _issue(sale, orders[i], time);
            emit CardIssued(id, sale.merchant, sale.holder, orders[i]);
        }
        book.recordPayment(sale.merchant, total, length);
    }

    /// @inheritdoc IPrepaidCards
    function addTopUp(TopUp calldata order) external restricted {
        CardId id = order.card;
        Card storage card = _card(id);
        _requireStatus(id, card, CardStatus.ACTIVE);
        _requireNotExpired(id, card);

        uint64 time = clock.timestamp();
        _addTranche(card, order, time);
        emit CardToppedUp(id, order, card.tranchePaid, card.trancheFace);
        book.recordPayment(card.merchant, order.paid, 0);
        _addExposure(card, order.paid, order.face, order.face, time);
    }

    /// @inheritdoc IPrepaidCards
    function transfer(CardId id, address to, bytes32 consumerKey, Digest calldata buyerId) external {
        Card storage card = _card(id);
        _requireHolder(id, card);
        _requireStatus(id, card, CardStatus.ACTIVE);
        _requireNewHolder(id, card, to);
        require(
            card.form == CardForm.BEARER || (consumerKey != 0 && Digests.isPresent(buyerId)),
            PrepaidCardsIdentityMissing(id)
        );

        address from = card.holder;
        if (card.kind == CardKind.PERIOD) {
            _formers[id] = Former({holder: from, consumerKey: card.consumerKey, buyerId: card.buyerId});
        }
        card.buyerId = buyerId;
        emit CardTransferred(id, from, to, consumerKey, buyerId);
        _move(id, card, to, consumerKey);
    }

    /// @inheritdoc IPrepaidCards
    function annulTransfer(CardId id, Digest calldata ruling) external restricted {
        Digests.requirePresent(ruling);
        Card storage card = _card(id);
        require(card.kind == CardKind.PERIOD, PrepaidCardsWrongKind(id, card.kind));
        _requireLive(id, card);
        Former memory former = _formers[id];
        require(former.holder != address(0), PrepaidCardsNotTransferred(id));

        address from = card.holder;
        delete _formers[id];
        delete _lostByPlatform[id];
        card.status = CardStatus.ACTIVE;
        card.buyerId = former.buyerId;
        emit CardTransferAnnulled(id, from, former.holder, ruling);
        _move(id, card, former.holder, former.consumerKey);
    }

    /// @inheritdoc IPrepaidCards
    function reportLoss(CardId id) external {
        Card storage card = _card(id);
        bool byPlatform = _requireHolderOrPlatform(id, card);
        require(card.form == CardForm.NAMED, PrepaidCardsWrongForm(id, card.form));
        _requireStatus(id, card, CardStatus.ACTIVE);

        card.status = CardStatus.LOST;
        if (byPlatform) _lostByPlatform[id] = true;
        emit CardReportedLost(id, _msgSender());
    }

    /// @inheritdoc IPrepaidCards
    function withdrawLoss(CardId id) external {
        Card storage card = _card(id);
        bool byPlatform = _requireHolderOrPlatform(id, card);
        _requireStatus(id, card, CardStatus.LOST);
        require(byPlatform || !_lostByPlatform[id], PrepaidCardsReportedByPlatform(id));

        card.status = CardStatus.ACTIVE;
        delete _lostByPlatform[id];
        emit CardLossWithdrawn(id, _msgSender());
    }

    /// @inheritdoc IPrepaidCards
    function reissue(CardId id, address newHolder, Digest calldata buyerId) external restricted {
        Card storage card = _card(id);
        // A card that ends pays out to its account for as long as the merchant owes, so a lost account is replaced then too.
        bool ending = card.status == CardStatus.ENDING;
        if (!ending) _requireStatus(id, card, CardStatus.LOST);
        require(card.form == CardForm.NAMED, PrepaidCardsWrongForm(id, card.form));
        _requireNewHolder(id, card, newHolder);
        require(Digests.equal(card.buyerId, buyerId), PrepaidCardsIdentityDiffers(id));

        address from = card.holder;
        if (!ending) card.status = CardStatus.ACTIVE;
        delete _lostByPlatform[id];
        emit CardReissued(id, from, newHolder);
        _move(id, card, newHolder, card.consumerKey);
    }

    /// @inheritdoc IPrepaidCards
    function reactivate(CardId id) external {
        Card storage card = _card(id);
        _requireHolderOrAgent(id, card);
        _requireStatus(id, card, CardStatus.ACTIVE);
        uint64 expiresAt = card.expiresAt;
        require(expiresAt != 0 && clock.timestamp() >= expiresAt, PrepaidCardsNotExpired(id, expiresAt));

        expiresAt = saleRules.reactivatedUntil(card.merchant);
        card.expiresAt = expiresAt;
        emit CardReactivated(id, expiresAt);
    }

    /// @inheritdoc IPrepaidCards
    function changeTerms(CardId id, TermsId terms) external {
        Card storage card = _card(id);
        _requireHolder(id, card);
        _requireStatus(id, card, CardStatus.ACTIVE);
        TermsId former = card.terms;
        require(TermsId.unwrap(terms) != TermsId.unwrap(former), PrepaidCardsSameTerms(id, terms));
        MerchantId owner = termsRegister.termsOf(terms).merchant;
        require(MerchantId.unwrap(owner) == MerchantId.unwrap(card.merchant), PrepaidCardsTermsOfOther(id, terms));

        card.terms = terms;
        emit CardTermsChanged(id, former, terms);
    }

    /// @inheritdoc IPrepaidCards
    function retire(CardId[] calldata cards) external {
        require(cards.length != 0 && cards.length <= _MAX_RETIRED, PrepaidCardsBatch(cards.length, _MAX_RETIRED));
        for (uint256 i = 0; i < cards.length; ++i) {
            CardId id = cards[i];
            Card storage card = _card(id);
            _requireHolderOrAgent(id, card);
            _requireLive(id, card);
            require(card.principal == 0 && card.reserved == 0, CardLedgerNotSettled(id, card.principal, card.reserved));

            card.cause = EndCause.USED_UP;
            _end(id, card);
        }
    }

    /// @dev What was left and what is added start a tranche. A period pass that had ended runs on from now.
    function _addTranche(Card storage card, TopUp calldata order, uint64 time) private {
        uint128 left = card.faceLeft();
        card.paidTotal += order.paid;
        card.toppedUpAt = time;
        card.lastTopUpPaid = order.paid;
        card.lastTopUpFace = order.face;
        card.contractDigest = order.contractDigest;
        _beginTranche(card, card.principal + order.paid, left + order.face);
        if (card.kind == CardKind.PERIOD) {
            uint256 end = uint256(card.startsAt) + left;
            if (end < time) card.startsAt += uint64(time - end); // less than `time`
        }
        _requireTermFits(card);
    }

    function _requireHolder(CardId id, Card storage card) private view {
        address caller = _msgSender();
        require(caller == card.holder, PrepaidCardsNotHolder(id, caller));
    }

    function _requireHolderOrAgent(CardId id, Card storage card) private view {
        address caller = _msgSender();
        require(caller == card.holder || caller == register.agentOf(card.merchant), PrepaidCardsNotHolder(id, caller));
    }

    function _requireHolderOrPlatform(CardId id, Card storage card) private view returns (bool byPlatform) {
        address caller = _msgSender();
        if (caller == card.holder) return false;
        byPlatform = RoleReader.holds(authority(), Roles.PLATFORM, caller);
        require(byPlatform, PrepaidCardsNotHolder(id, caller));
    }

    function _requireNewHolder(CardId id, Card storage card, address to) private view {
        require(to != address(0), PrepaidCardsHolderMissing());
        require(to != card.holder, PrepaidCardsSameHolder(id, to));
    }

    /// @dev In use, or lost.
    function _requireLive(CardId id, Card storage card) private view {
        require(
            card.status == CardStatus.ACTIVE || card.status == CardStatus.LOST,
            CardLedgerWrongStatus(id, card.status)
        );
    }
}
