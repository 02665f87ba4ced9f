// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CardForm, CardId, CardKind, CardOrder, MerchantId, Sale, TermsId, TopUp} from "../libraries/PrepaidTypes.sol";
import {ICardLedger} from "./ICardLedger.sol";

/// @title Prepaid cards: the life of a card
/// @notice What holders, merchants and the platform do with cards that were sold; the arithmetic is in {ICardLedger}, sale and top-up in
/// {IPrepaidSales}. Nothing here can be paused.
interface IPrepaidCards is ICardLedger {
    /// @notice A card was issued.
    /// @param card the card
    /// @param merchant the merchant
    /// @param holder the holder
    /// @param order what was ordered
    event CardIssued(CardId indexed card, MerchantId indexed merchant, address indexed holder, CardOrder order);

    /// @notice A card was topped up.
    /// @param card the card
    /// @param topUp what was paid, given and agreed
    /// @param principal the principal with which the new tranche begins, in fen
    /// @param face the face with which the new tranche begins, in the card's unit
    event CardToppedUp(CardId indexed card, TopUp topUp, uint256 principal, uint256 face);

    /// @notice A card changed hands; from now on the transfer binds the merchant.
    /// @param card the card
    /// @param from the holder before
    /// @param to the holder now
    /// @param consumerKey the digest that names the new holder to the merchant; zero for an anonymous bearer
    /// @param buyerId the digest of the new holder's identity document; zero value where none is required
    event CardTransferred(
        CardId indexed card,
        address indexed from,
        address indexed to,
        bytes32 consumerKey,
        Digest buyerId
    );

    /// @notice A transfer in bad faith was taken back.
    /// @param card the card
    /// @param from the holder whose transfer does not hold
    /// @param to the holder before it, who holds the card again
    /// @param ruling the ruling
    event CardTransferAnnulled(CardId indexed card, address indexed from, address indexed to, Digest ruling);

    /// @notice A card was reported lost: nothing can be redeemed with it.
    /// @param card the card
    /// @param by the holder, or the platform after an identity check
    event CardReportedLost(CardId indexed card, address indexed by);

    /// @notice A report of loss was withdrawn.
    /// @param card the card
    /// @param by the holder or the platform
    event CardLossWithdrawn(CardId indexed card, address indexed by);

    /// @notice A lost card was given to a new account of the same person.
    /// @param card the card
    /// @param from the account before
    /// @param to the account now
    event CardReissued(CardId indexed card, address indexed from, address indexed to);

    /// @notice An expired bearer card has a new term.
    /// @param card the card
    /// @param expiresAt the end of the new term, in seconds; 0 = none
    event CardReactivated(CardId indexed card, uint64 expiresAt);

    /// @notice A card moved to other terms, with its holder's consent.
    /// @param card the card
    /// @param from the terms before
    /// @param to the terms now
    event CardTermsChanged(CardId indexed card, TermsId from, TermsId to);

    /// @notice Only the card's holder may do this (or, where the interface says so, another named in it).
    /// @param card the card
    /// @param caller who called
    /// @custom:cure Call from the account that `holderOf` names.
    error PrepaidCardsNotHolder(CardId card, address caller);

    /// @notice A card needs a holder's account, also a bearer card.
    /// @custom:cure Name an account other than the zero address.
    error PrepaidCardsHolderMissing();

    /// @notice The card is in the other form.
    /// @param card the card
    /// @param form its form
    /// @custom:cure Only named cards can be reported lost and reissued; a bearer card can only be reactivated.
    error PrepaidCardsWrongForm(CardId card, CardForm form);

    /// @notice The card is of another kind.
    /// @param card the card
    /// @param kind its kind
    /// @custom:cure Only transfers of period passes can be annulled.
    error PrepaidCardsWrongKind(CardId card, CardKind kind);

    /// @notice The account holds the card already.
    /// @param card the card
    /// @param holder the account
    /// @custom:cure Name another account.
    error PrepaidCardsSameHolder(CardId card, address holder);

    /// @notice A named card needs the consumer's key and the digest of the identity document.
    /// @param card the card
    /// @custom:cure Give both, salted.
    error PrepaidCardsIdentityMissing(CardId card);

    /// @notice The identity document is not the one with which the card was bought.
    /// @param card the card
    /// @custom:cure A lost card goes to the same person only; give the digest that the card holds.
    error PrepaidCardsIdentityDiffers(CardId card);

    /// @notice The card was not transferred since the sale, or the last transfer was annulled already.
    /// @param card the card
    /// @custom:cure Nothing is to be annulled.
    error PrepaidCardsNotTransferred(CardId card);

    /// @notice The loss was reported by the platform after an identity check, so the account cannot withdraw it.
    /// @param card the card
    /// @custom:cure The platform withdraws the report or reissues the card.
    error PrepaidCardsReportedByPlatform(CardId card);

    /// @notice The card's term is not over, or it has none.
    /// @param card the card
    /// @param expiresAt the end of its term, in seconds; 0 = none
    /// @custom:cure Nothing is to be done: the card can be used.
    error PrepaidCardsNotExpired(CardId card, uint64 expiresAt);

    /// @notice The terms are another merchant's.
    /// @param card the card
    /// @param terms the terms given
    /// @custom:cure Give terms that the card's merchant filed.
    error PrepaidCardsTermsOfOther(CardId card, TermsId terms);

    /// @notice The card is under these terms already.
    /// @param card the card
    /// @param terms the terms given
    /// @custom:cure Nothing is to be done.
    error PrepaidCardsSameTerms(CardId card, TermsId terms);

    /// @notice A call takes no card, or more cards than one call takes.
    /// @param count how many were given
    /// @param max the most
    /// @custom:cure Give 1 to `max` and spread more over several calls.
    error PrepaidCardsBatch(uint256 count, uint256 max);

    // -- writers of PrepaidSales ---------------------------------------------------------------------------

    /// @notice Issues the cards of a sale that was checked, and books what was paid.
    /// @param sale what the cards share
    /// @param orders the cards, 1 to 10
    /// @return first the first card; the others follow it
    /// @custom:caller PrepaidSales (Roles.PREPAID_LEDGER)
    /// @custom:error PrepaidCardsHolderMissing when the sale names no holder.
    /// @custom:error PrepaidCardsBatch when there is no order or more than 10.
    /// @custom:error SafeCastOverflowedUintDowncast when a period pass would end after 2^64 s.
    function issue(Sale calldata sale, CardOrder[] calldata orders) external returns (CardId first);

    /// @notice Adds a top-up that was checked, and books what was paid. What was left starts a new tranche together with it. A period pass runs
    /// on from its end, or from now where it had ended.
    /// @param order what was paid, given and agreed
    /// @custom:caller PrepaidSales (Roles.PREPAID_LEDGER)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error CardLedgerExpired when the card's term is over.
    /// @custom:error SafeCastOverflowedUintDowncast when a period pass would end after 2^64 s.
    function addTopUp(TopUp calldata order) external;

    // -- life ----------------------------------------------------------------------------------------------

    /// @notice Transfers a card. This transaction is the notice that binds the merchant; whoever holds the new account controls the card.
    /// @param card the card
    /// @param to the new holder
    /// @param consumerKey the digest that names the new holder to the merchant; needed for a named card
    /// @param buyerId the digest of the new holder's identity document; needed for a named card
    /// @custom:caller the holder
    /// @custom:source SPC 法释〔2025〕4号 Art 11 (A-45)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error PrepaidCardsNotHolder when the caller is not the holder.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error PrepaidCardsHolderMissing when the new holder is the zero address.
    /// @custom:error PrepaidCardsSameHolder when the new holder is the holder.
    /// @custom:error PrepaidCardsIdentityMissing when the card is named and key or identity is missing.
    function transfer(CardId card, address to, bytes32 consumerKey, Digest calldata buyerId) external;

    /// @notice Takes back the last transfer of a period pass that was split among several users in bad faith.
    /// @param card the card
    /// @param ruling the ruling
    /// @custom:caller ARBITER
    /// @custom:source SPC 法释〔2025〕4号 Art 11 (A-45)
    /// @custom:error DigestsMissing when the ruling is missing.
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error PrepaidCardsWrongKind when the card is no period pass.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE or LOST.
    /// @custom:error PrepaidCardsNotTransferred when no transfer is left to annul.
    function annulTransfer(CardId card, Digest calldata ruling) external;

    /// @notice Reports a named card lost.
    /// @param card the card
    /// @custom:caller the holder, or PLATFORM after an identity check
    /// @custom:source SPC 法释〔2025〕4号 Art 24 (A-47)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error PrepaidCardsNotHolder when the caller is neither.
    /// @custom:error PrepaidCardsWrongForm when the card is a bearer card.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    function reportLoss(CardId card) external;

    /// @notice Withdraws a report of loss. What the platform reported only the platform withdraws: the account may be in wrong hands.
    /// @param card the card
    /// @custom:caller the holder, or PLATFORM after an identity check
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error PrepaidCardsNotHolder when the caller is neither.
    /// @custom:error CardLedgerWrongStatus when the card is not LOST.
    /// @custom:error PrepaidCardsReportedByPlatform when the platform reported it and the holder calls.
    function withdrawLoss(CardId card) external;

    /// @notice Gives a lost card to a new account of the same person; also a card that is ending, whose account was lost while it pays out.
    /// @param card the card
    /// @param newHolder the new account
    /// @param buyerId the digest of the identity document; the same as the card's
    /// @custom:caller PLATFORM
    /// @custom:source SPC 法释〔2025〕4号 Art 24 (A-47)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerWrongStatus when the card is neither LOST nor ENDING.
    /// @custom:error PrepaidCardsWrongForm when the card is a bearer card.
    /// @custom:error PrepaidCardsHolderMissing when the new account is the zero address.
    /// @custom:error PrepaidCardsSameHolder when the new account is the lost one.
    /// @custom:error PrepaidCardsIdentityDiffers when the digest is another.
    function reissue(CardId card, address newHolder, Digest calldata buyerId) external;

    /// @notice Gives an expired bearer card a new term; a balance is never forfeited.
    /// @param card the card
    /// @custom:caller the holder, or the merchant's agent
    /// @custom:source SPC 法释〔2025〕4号 Art 24; 国办发〔2011〕25号 二(五) (A-07)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error PrepaidCardsNotHolder when the caller is neither.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error PrepaidCardsNotExpired when its term is not over.
    function reactivate(CardId card) external;

    /// @notice Moves a card to other terms of its merchant. Only the holder can: without consent the old terms stay.
    /// @param card the card
    /// @param terms the terms
    /// @custom:caller the holder
    /// @custom:source SPC 法释〔2025〕4号 Art 12 (A-48)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error PrepaidCardsNotHolder when the caller is not the holder.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error PrepaidCardsSameTerms when the card is under them already.
    /// @custom:error PrepaidCardsTermsOfOther when another merchant filed them.
    function changeTerms(CardId card, TermsId terms) external;

    /// @notice Ends cards on which nothing is left, so that their merchant can settle. A used-up card that is not retired can be topped up.
    /// @param cards the cards, 1 to 50; all or nothing
    /// @custom:caller of each card the holder, or the merchant's agent
    /// @custom:error PrepaidCardsBatch when there is no card or more than 50.
    /// @custom:error CardLedgerUnknownCard when no card has an id.
    /// @custom:error PrepaidCardsNotHolder when the caller is neither.
    /// @custom:error CardLedgerWrongStatus when a card is neither ACTIVE nor LOST.
    /// @custom:error CardLedgerNotSettled when a card has principal left or something set aside.
    function retire(CardId[] calldata cards) external;
}
