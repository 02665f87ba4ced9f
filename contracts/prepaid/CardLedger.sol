// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {Money} from "../common/libraries/Money.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {CodeUser} from "./CodeUser.sol";
import {ICardLedger} from "./interfaces/ICardLedger.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {CardMath} from "./libraries/CardMath.sol";
import {Card, CardId, CardKind, CardOrder, CardStatus, EndCause, MerchantId, Sale} from "./libraries/PrepaidTypes.sol";

/// @title CardLedger
/// @notice Base of {PrepaidCards}: the cards and their arithmetic; see {ICardLedger}.
abstract contract CardLedger is ICardLedger, CodeUser {
    using CardMath for Card;
    using EnumerableSet for EnumerableSet.UintSet;
    using Paging for uint256[];
    using SafeCast for uint256;

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's merchant register.
    IMerchantRegister public immutable register;
    /// @notice The deployment's book.
    IPrepaidBook public immutable book;

    /// @inheritdoc ICardLedger
    uint256 public count;

    mapping(CardId card => Card) private _cards;
    mapping(MerchantId merchant => uint256[]) private _ofMerchant;
    mapping(address holder => EnumerableSet.UintSet) private _ofHolder;

    /// @param clock_ the deployment's {Clock}
    /// @param register_ the deployment's {MerchantRegister}
    /// @param book_ the deployment's {PrepaidBook}
    constructor(IClock clock_, IMerchantRegister register_, IPrepaidBook book_) {
        _requireContract(address(clock_));
        _requireContract(address(register_));
        _requireContract(address(book_));
        clock = clock_;
        register = register_;
        book = book_;
    }

    /// @inheritdoc ICardLedger
    function reserve(CardId id, uint128 face) external restricted {
        Card storage card = _card(id);
        _requireUsable(id, card);
        _requireFree(id, card, face);

        uint128 reserved = card.reserved + face;
        card.reserved = reserved;
        emit CardReserved(id, face, reserved);
    }

    /// @inheritdoc ICardLedger
    function unreserve(CardId id, uint128 face) external restricted {
        Card storage card = _card(id);
        uint128 reserved = _takeReserved(id, card, face);

        // Time that was struck out is made up at the end.
        if (card.kind == CardKind.PERIOD) card.startsAt += uint64(face);
        emit CardUnreserved(id, face, reserved);
    }

    /// @inheritdoc ICardLedger
    function consume(
        CardId id,
        uint128 face,
        uint128 listValue,
        bool fromReserve
    ) external restricted returns (uint128 principal) {
        Card storage card = _card(id);
        if (fromReserve) {
            _requireNoClaims(id, card);
            _takeReserved(id, card, face);
        } else {
            _requireUsable(id, card);
            _requireFree(id, card, face);
        }

        principal = card.principalOfNext(face);
        card.trancheUsed += face;
        card.listUsed += listValue;
        card.principal -= principal;
        card.redeemed += principal;
        emit CardConsumed(id, face, listValue, principal);
        _bookRedemption(card, principal, face);
    }

    /// @inheritdoc ICardLedger
    function beginEnding(CardId id, EndCause cause) external restricted {
        Card storage card = _card(id);
        require(cause != EndCause.NONE && cause != EndCause.USED_UP, CardLedgerCauseMissing(id));
        _requireStatus(id, card, CardStatus.ACTIVE);
        if (cause != EndCause.DEFAULT) _requireNoClaims(id, card);

        card.status = CardStatus.ENDING;
        card.cause = cause;
        emit CardEndingBegun(id, cause);
    }

    /// @inheritdoc ICardLedger
    function abandonEnding(CardId id) external restricted {
        Card storage card = _card(id);
        _requireStatus(id, card, CardStatus.ENDING);
        require(card.principal == card.tranchePrincipal(), CardLedgerEndingCarriedOut(id, card.principal));

        EndCause cause = card.cause;
        card.status = CardStatus.ACTIVE;
        card.cause = EndCause.NONE;
        emit CardEndingAbandoned(id, cause);
    }

    /// @inheritdoc ICardLedger
    function earn(CardId id, uint128 principal) external restricted {
        Card storage card = _card(id);
        _requireStatus(id, card, CardStatus.ENDING);
        _requireNoClaims(id, card);
        _takePrincipal(id, card, principal, card.principalFree());

        card.redeemed += principal;
        emit CardEarned(id, principal);
        _bookRedemption(card, principal, 0);
    }

    /// @inheritdoc ICardLedger
    function repay(CardId id, uint128 principal) external restricted {
        Card storage card = _card(id);
        _requireStatus(id, card, CardStatus.ENDING);
        _takePrincipal(id, card, principal, _claimsOpen(card) ? card.principal : card.principalFree());

        card.refunded += principal;
        emit CardRepaid(id, principal);
        _bookRefund(card, principal, 0);
    }

    /// @inheritdoc ICardLedger
    function unwindTopUp(CardId id, uint128 principal) external restricted {
        Card storage card = _card(id);
        _requireStatus(id, card, CardStatus.ACTIVE);
        _requireNoClaims(id, card);
        (uint128 paidLeft, uint128 faceLeft) = card.topUpLeft();
        uint128 most = uint128(Money.min(paidLeft, card.principalFree())); // both fit
        require(principal != 0 && principal <= most, CardLedgerPrincipalShort(id, most, principal));

        // The face that is set aside stays on the card.
        uint128 face = uint128(Money.min(Money.proRataDown(faceLeft, principal, paidLeft), card.faceFree()));
        card.refunded += principal;
        card.lastTopUpPaid = paidLeft - principal;
        card.lastTopUpFace = faceLeft - face;
        _beginTranche(card, card.principal - principal, card.faceLeft() - face);
        emit CardTopUpUnwound(id, principal, face);
        _bookRefund(card, principal, face);
    }

    /// @inheritdoc ICardLedger
    function finishEnding(CardId id) external restricted {
        Card storage card = _card(id);
        _requireStatus(id, card, CardStatus.ENDING);
        require(
            card.principal == 0 && (card.reserved == 0 || _claimsOpen(card)),
            CardLedgerNotSettled(id, card.principal, card.reserved)
        );

        _end(id, card);
    }

    /// @inheritdoc ICardLedger
    function cardOf(CardId id) external view returns (Card memory) {
        return _card(id);
    }

    /// @inheritdoc ICardLedger
    function holderOf(CardId id) external view returns (address) {
        return _card(id).holder;
    }

    /// @inheritdoc ICardLedger
    function merchantOf(CardId id) external view returns (MerchantId) {
        return _card(id).merchant;
    }

    /// @inheritdoc ICardLedger
    function principalOf(CardId id) external view returns (uint256) {
        return _card(id).principal;
    }

    /// @inheritdoc ICardLedger
    function faceOf(CardId id) external view returns (uint256 left, uint256 paidPart, uint256 bonusPart) {
        Card storage card = _card(id);
        left = card.faceLeft();
        paidPart = card.kind == CardKind.STORED_VALUE ? card.tranchePrincipal() : left;
        bonusPart = left - paidPart;
    }

    /// @inheritdoc ICardLedger
    function reservedPrincipalOf(CardId id) external view returns (uint256) {
        Card storage card = _card(id);
        return card.principalOfNext(card.reserved);
    }

    /// @inheritdoc ICardLedger
    function topUpLeftOf(CardId id) external view returns (uint256 principal, uint256 face) {
        return _card(id).topUpLeft();
    }

    /// @inheritdoc ICardLedger
    function cardsOfMerchant(
        MerchantId merchant,
        uint256 cursor,
        uint256 limit
    ) external view returns (CardId[] memory cards, uint256 next) {
        uint256[] memory ids;
        (ids, next) = _ofMerchant[merchant].page(cursor, limit);
        cards = _toCards(ids);
    }

    /// @inheritdoc ICardLedger
    function cardsOfHolder(
        address holder,
        uint256 cursor,
        uint256 limit
    ) external view returns (CardId[] memory cards, uint256 next) {
        EnumerableSet.UintSet storage held = _ofHolder[holder];
        uint256 end;
        (end, next) = Paging.window(held.length(), cursor, limit);
        cards = _toCards(held.values(cursor, end));
    }

    /// @dev Stores a card of a sale. The book is written by the caller.
    function _issue(Sale calldata sale, CardOrder calldata order, uint64 time) internal returns (CardId id) {
        uint256 number = ++count;
        id = CardId.wrap(number);
        Card storage card = _cards[id];
        card.merchant = sale.merchant;
        card.terms = sale.terms;
        card.kind = order.kind;
        card.form = order.form;
        card.status = CardStatus.ACTIVE;
        card.coolingOffBarred = sale.hadBefore;
        card.holder = sale.holder;
        card.soldAt = time;
        card.startsAt = order.startsAt == 0 ? time : order.startsAt;
        card.expiresAt = order.expiresAt;
        card.paidTotal = order.paid;
        card.principal = order.paid;
        card.tranchePaid = order.paid;
        card.trancheFace = order.face;
        card.listUnitPrice = order.listUnitPrice;
        card.consumerKey = sale.consumerKey;
        card.buyerId = sale.buyerId;
        card.contractDigest = sale.contractDigest;
        _requireTermFits(card);
        _ofMerchant[sale.merchant].push(number);
        _ofHolder[sale.holder].add(number);
        _addExposure(card, order.paid, order.face, order.face, time);
    }

    /// @dev Starts a tranche with what is on the card. A period pass then runs from where it was used up to.
    function _beginTranche(Card storage card, uint128 paid, uint128 face) internal {
        if (card.kind == CardKind.PERIOD) card.startsAt += uint64(card.trancheUsed);
        card.principal = paid;
        card.tranchePaid = paid;
        card.trancheFace = face;
        card.trancheUsed = 0;
    }

    /// @dev Ends a card whose principal is 0; its cause is set. What is left of face goes out of the consumer's exposure.
    function _end(CardId id, Card storage card) internal {
        card.status = CardStatus.ENDED;
        emit CardEnded(id, card.cause);
        _takeExposure(card, 0, card.faceLeft());
        book.recordCardEnded(card.merchant);
    }

    /// @dev Gives a card to another account, and its exposure to another consumer.
    function _move(CardId id, Card storage card, address to, bytes32 consumerKey) internal {
        _ofHolder[card.holder].remove(CardId.unwrap(id));
        _ofHolder[to].add(CardId.unwrap(id));
        card.holder = to;
        if (consumerKey == card.consumerKey) return;
        uint64 time = clock.timestamp();
        _takeExposure(card, card.principal, card.faceLeft());
        card.consumerKey = consumerKey;
        _addExposure(card, card.principal, card.faceLeft(), card.termLeft(time), time);
    }

    /// @dev Adds to what the consumer has with the merchant: principal, visits, and of a period pass its term.
    function _addExposure(Card storage card, uint128 principal, uint128 face, uint256 term, uint64 time) internal {
        bytes32 key = card.consumerKey;
        if (key == 0) return;
        uint64 endsAt = 0;
        if (card.kind == CardKind.PERIOD) {
            endsAt = CardMath.reach(book.exposureOf(card.merchant, key).periodEndsAt, time, term).toUint64();
        }
        int256 visits = card.kind == CardKind.VISITS ? int256(uint256(face)) : int256(0);
        book.changeExposure(card.merchant, key, card.kind, int256(uint256(principal)), visits, endsAt);
    }

    /// @dev The card of an id. Reverts with `CardLedgerUnknownCard`.
    function _card(CardId id) internal view returns (Card storage card) {
        card = _cards[id];
        require(card.status != CardStatus.NONE, CardLedgerUnknownCard(id));
    }

    /// @dev Moments have 64 bits: a period pass that would end later reverts with `SafeCastOverflowedUintDowncast`.
    function _requireTermFits(Card storage card) internal view {
        if (card.kind == CardKind.PERIOD) (uint256(card.startsAt) + card.trancheFace).toUint64();
    }

    /// @dev Reverts unless the card has the status.
    function _requireStatus(CardId id, Card storage card, CardStatus status) internal view {
        require(card.status == status, CardLedgerWrongStatus(id, card.status));
    }

    /// @dev Reverts when the card's term is over.
    function _requireNotExpired(CardId id, Card storage card) internal view {
        uint64 expiresAt = card.expiresAt;
        require(expiresAt == 0 || clock.timestamp() < expiresAt, CardLedgerExpired(id, expiresAt));
    }

    function _takeExposure(Card storage card, uint128 principal, uint128 face) private {
        bytes32 key = card.consumerKey;
        if (key == 0) return;
        int256 visits = card.kind == CardKind.VISITS ? -int256(uint256(face)) : int256(0);
        book.changeExposure(card.merchant, key, card.kind, -int256(uint256(principal)), visits, 0);
    }

    function _takeReserved(CardId id, Card storage card, uint128 face) private returns (uint128 reserved) {
        reserved = card.reserved;
        require(face != 0, CardLedgerZeroFace(id));
        require(face <= reserved, CardLedgerReservedShort(id, reserved, face));
        reserved -= face;
        card.reserved = reserved;
    }

    function _takePrincipal(CardId id, Card storage card, uint128 principal, uint128 most) private {
        require(principal != 0 && principal <= most, CardLedgerPrincipalShort(id, most, principal));
        card.principal -= principal;
    }

    function _bookRedemption(Card storage card, uint128 principal, uint128 face) private {
        MerchantId merchant = card.merchant;
        _takeExposure(card, principal, face);
        if (principal == 0) return;
        book.recordRedemption(merchant, principal);
        _refreshLowered(merchant);
    }

    function _bookRefund(Card storage card, uint128 principal, uint128 face) private {
        MerchantId merchant = card.merchant;
        _takeExposure(card, principal, face);
        book.recordRefund(merchant, principal);
        _refresh(merchant);
    }

    function _claimsOpen(Card storage card) private view returns (bool) {
        return register.claimsOpenedAt(card.merchant) != 0;
    }

    function _requireNoClaims(CardId id, Card storage card) private view {
        require(!_claimsOpen(card), CardLedgerClaimsOpen(id, card.merchant));
    }

    function _requireUsable(CardId id, Card storage card) private view {
        _requireStatus(id, card, CardStatus.ACTIVE);
        _requireNoClaims(id, card);
        _requireNotExpired(id, card);
    }

    function _requireFree(CardId id, Card storage card, uint128 face) private view {
        uint128 available = card.faceFree();
        require(face != 0, CardLedgerZeroFace(id));
        require(face <= available, CardLedgerFaceShort(id, available, face));
    }

    /// @dev At most one page.
    function _toCards(uint256[] memory ids) private pure returns (CardId[] memory cards) {
        cards = new CardId[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            cards[i] = CardId.wrap(ids[i]);
        }
    }
}
