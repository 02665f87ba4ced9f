// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Card, CardId, CardStatus, EndCause, MerchantId} from "../libraries/PrepaidTypes.sol";

/// @title Card ledger: the arithmetic of a card's life
/// @notice What redemptions, refunds and default claims write to a card, and what everyone may read of it.
/// @dev A card runs in tranches: P fen paid for F units of face, U units used so far. Redeemed in all is floor(P x U / F), so the principal left
/// rounds in the holder's favour and the instalments of a tranche add up to exactly P. On 3,000 CNY paid with a bonus of 1,000 CNY and 3,594 CNY used,
/// 304.50 CNY are left (SPC 法释〔2025〕4号 Art 18(2), A-32). Always: paidTotal = principal + redeemed + refunded of a card, and the principals of
/// a merchant's cards add up to its balance in the book (SH18 Art 30).
///
/// Reserved face (pending, contested or authorised) is part of the principal; `free` is the principal that is not reserved.
interface ICardLedger {
    /// @notice Face was set aside for a redemption that is not final, or an authorisation.
    /// @param card the card
    /// @param face the face set aside, in the card's unit
    /// @param reserved what is set aside now in all, in the card's unit
    event CardReserved(CardId indexed card, uint256 face, uint256 reserved);

    /// @notice Face that was set aside is free again.
    /// @param card the card
    /// @param face the face, in the card's unit
    /// @param reserved what is set aside now in all, in the card's unit
    event CardUnreserved(CardId indexed card, uint256 face, uint256 reserved);

    /// @notice Face was redeemed.
    /// @param card the card
    /// @param face the face, in the card's unit
    /// @param listValue its price before discount, in fen
    /// @param principal the principal redeemed with it, in fen
    event CardConsumed(CardId indexed card, uint256 face, uint256 listValue, uint256 principal);

    /// @notice The ending of a card began.
    /// @param card the card
    /// @param cause its cause
    event CardEndingBegun(CardId indexed card, EndCause cause);

    /// @notice The ending of a card was withdrawn or refused; the card is in use again.
    /// @param card the card
    /// @param cause the cause it would have had
    event CardEndingAbandoned(CardId indexed card, EndCause cause);

    /// @notice The merchant keeps principal under the basis of the ending.
    /// @param card the card
    /// @param principal the principal, in fen
    event CardEarned(CardId indexed card, uint256 principal);

    /// @notice Principal was paid back to the holder.
    /// @param card the card
    /// @param principal the principal, in fen
    event CardRepaid(CardId indexed card, uint256 principal);

    /// @notice The last top-up was taken back, wholly or in part.
    /// @param card the card
    /// @param principal the principal paid back, in fen
    /// @param face the face withdrawn, in the card's unit
    event CardTopUpUnwound(CardId indexed card, uint256 principal, uint256 face);

    /// @notice A card ended.
    /// @param card the card
    /// @param cause its one cause
    event CardEnded(CardId indexed card, EndCause cause);

    /// @notice No card has this id.
    /// @param card the id given
    /// @custom:cure Use an id from a `CardIssued` event, 1 to `count()`.
    error CardLedgerUnknownCard(CardId card);

    /// @notice The card's status does not allow this.
    /// @param card the card
    /// @param status its status
    /// @custom:cure ACTIVE cards are redeemed and transferred; LOST ones are found or reissued first; ENDING and ENDED ones only pay out.
    error CardLedgerWrongStatus(CardId card, CardStatus status);

    /// @notice Claims after the merchant's default have opened: its cards stand as they are.
    /// @param card the card
    /// @param merchant the merchant
    /// @custom:cure The holder calls `DefaultClaims.claim`.
    error CardLedgerClaimsOpen(CardId card, MerchantId merchant);

    /// @notice The card's term is over; what is on it is not lost.
    /// @param card the card
    /// @param expiresAt the end of its term, in seconds
    /// @custom:cure The holder or the merchant's agent calls `reactivate`, or the holder asks for a refund.
    error CardLedgerExpired(CardId card, uint64 expiresAt);

    /// @notice Nothing is to be set aside, freed or redeemed.
    /// @param card the card
    /// @custom:cure Give a face of at least one unit.
    error CardLedgerZeroFace(CardId card);

    /// @notice The card has less free face than asked for.
    /// @param card the card
    /// @param available the face that is neither used nor set aside, in the card's unit
    /// @param face the face asked for, in the card's unit
    /// @custom:cure Take at most `available`; top the card up for more.
    error CardLedgerFaceShort(CardId card, uint256 available, uint256 face);

    /// @notice Less is set aside than is to be freed or redeemed.
    /// @param card the card
    /// @param reserved what is set aside, in the card's unit
    /// @param face the face asked for, in the card's unit
    /// @custom:cure Take at most `reserved`.
    error CardLedgerReservedShort(CardId card, uint256 reserved, uint256 face);

    /// @notice The card has less principal for this than asked for.
    /// @param card the card
    /// @param available the principal that may be taken, in fen
    /// @param principal the principal asked for, in fen
    /// @custom:cure Take at most `available`; wait until what is set aside is decided for more.
    error CardLedgerPrincipalShort(CardId card, uint256 available, uint256 principal);

    /// @notice An ending needs a cause.
    /// @param card the card
    /// @custom:cure Give one of the causes other than NONE and USED_UP.
    error CardLedgerCauseMissing(CardId card);

    /// @notice The ending was carried out in part already, so it cannot be abandoned.
    /// @param card the card
    /// @param principal the principal that is left, in fen
    /// @custom:cure Carry the ending through.
    error CardLedgerEndingCarriedOut(CardId card, uint256 principal);

    /// @notice The card cannot end yet: principal is left, or something set aside is not decided.
    /// @param card the card
    /// @param principal the principal left, in fen
    /// @param reserved what is set aside, in the card's unit
    /// @custom:cure Pay the principal out and have what is set aside decided first.
    error CardLedgerNotSettled(CardId card, uint256 principal, uint256 reserved);

    // -- writers of the other prepaid contracts ------------------------------------------------------------

    /// @notice Sets face aside.
    /// @param card the card
    /// @param face the face, in the card's unit
    /// @custom:caller Redemptions (Roles.PREPAID_OPERATOR)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerZeroFace when the face is zero.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened.
    /// @custom:error CardLedgerExpired when the card's term is over.
    /// @custom:error CardLedgerFaceShort when less is free.
    function reserve(CardId card, uint128 face) external;

    /// @notice Frees face that was set aside, whatever the card's status. Of a period pass, time that was struck out is made up: the pass runs
    /// that much longer.
    /// @param card the card
    /// @param face the face, in the card's unit
    /// @custom:caller Redemptions (Roles.PREPAID_OPERATOR)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerZeroFace when the face is zero.
    /// @custom:error CardLedgerReservedShort when less is set aside.
    function unreserve(CardId card, uint128 face) external;

    /// @notice Redeems face: its principal moves to what the merchant earned. From what is set aside this works until claims after a default
    /// open, also on a card that is LOST or ENDING: the service was rendered before.
    /// @param card the card
    /// @param face the face, in the card's unit
    /// @param listValue its price before discount, in fen
    /// @param fromReserve whether the face was set aside before
    /// @return principal the principal redeemed, in fen; rounded down over the tranche, for the holder
    /// @custom:caller Redemptions (Roles.PREPAID_OPERATOR)
    /// @custom:source SPC 法释〔2025〕4号 Art 18(1), 18(2) (A-31, A-32)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerZeroFace when the face is zero.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE and the face was not set aside.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened.
    /// @custom:error CardLedgerExpired when the card's term is over and the face was not set aside.
    /// @custom:error CardLedgerFaceShort when less is free.
    /// @custom:error CardLedgerReservedShort when less is set aside.
    function consume(
        CardId card,
        uint128 face,
        uint128 listValue,
        bool fromReserve
    ) external returns (uint128 principal);

    /// @notice Begins the ending of a card: nothing more can be redeemed but what is set aside.
    /// @param card the card
    /// @param cause why it ends
    /// @custom:caller Refunds, DefaultClaims (Roles.PREPAID_OPERATOR)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerCauseMissing when the cause is NONE or USED_UP.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened and the cause is not DEFAULT.
    function beginEnding(CardId card, EndCause cause) external;

    /// @notice Puts a card back into use whose ending was withdrawn or refused.
    /// @param card the card
    /// @custom:caller Refunds (Roles.PREPAID_OPERATOR)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerWrongStatus when the card is not ENDING.
    /// @custom:error CardLedgerEndingCarriedOut when principal was earned or repaid under the ending.
    function abandonEnding(CardId card) external;

    /// @notice Gives the merchant principal that it keeps under the basis of the ending (list price, a term that passed).
    /// @param card the card
    /// @param principal the principal, in fen; at most what is free
    /// @custom:caller Refunds (Roles.PREPAID_OPERATOR)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerWrongStatus when the card is not ENDING.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened.
    /// @custom:error CardLedgerPrincipalShort when the principal is zero, or less is free.
    function earn(CardId card, uint128 principal) external;

    /// @notice Books principal that was paid back to the holder.
    /// @param card the card
    /// @param principal the principal, in fen; at most what is free. Once claims after a default opened, what is set aside counts as free.
    /// @custom:caller Refunds, DefaultClaims (Roles.PREPAID_OPERATOR)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerWrongStatus when the card is not ENDING.
    /// @custom:error CardLedgerPrincipalShort when the principal is zero, or less is free.
    function repay(CardId card, uint128 principal) external;

    /// @notice Takes back the last top-up inside its cooling-off time, wholly or in part: principal is repaid, its face withdrawn, and the card
    /// lives on. What was used since the top-up is borne by old and new money in proportion.
    /// @param card the card
    /// @param principal the principal paid back, in fen; at most `topUpLeftOf` and at most what is free
    /// @custom:caller Refunds (Roles.PREPAID_OPERATOR)
    /// @custom:source SPC 法释〔2025〕4号 Art 14, 15 (A-28, A-30)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened.
    /// @custom:error CardLedgerPrincipalShort when the principal is zero, or less is left of the top-up, or less is free.
    function unwindTopUp(CardId card, uint128 principal) external;

    /// @notice Ends a card whose principal is 0 and of which nothing is set aside. Once claims after a default opened, what is set aside
    /// does not matter any more.
    /// @param card the card
    /// @custom:caller Refunds, DefaultClaims (Roles.PREPAID_OPERATOR)
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerWrongStatus when the card is not ENDING.
    /// @custom:error CardLedgerNotSettled when principal is left or something is set aside.
    function finishEnding(CardId card) external;

    // -- readers -------------------------------------------------------------------------------------------

    /// @notice How many cards were ever sold; the latest has this id.
    /// @return the number
    function count() external view returns (uint256);

    /// @notice A card as it stands.
    /// @param card the card
    /// @return the card
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    function cardOf(CardId card) external view returns (Card memory);

    /// @notice Whose card it is.
    /// @param card the card
    /// @return the account
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    function holderOf(CardId card) external view returns (address);

    /// @notice Who sold the card.
    /// @param card the card
    /// @return the merchant
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    function merchantOf(CardId card) external view returns (MerchantId);

    /// @notice The principal still in the card.
    /// @param card the card
    /// @return the principal
    /// @custom:unit fen
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    function principalOf(CardId card) external view returns (uint256);

    /// @notice The face left, what is set aside included, and how it splits into the paid part and the bonus part.
    /// @param card the card
    /// @return left the face left, in the card's unit
    /// @return paidPart the part that was paid; of visits and periods all of it
    /// @return bonusPart the part that was given; of visits and periods 0
    /// @custom:unit STORED_VALUE: fen; VISITS: visits; PERIOD: s
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    function faceOf(CardId card) external view returns (uint256 left, uint256 paidPart, uint256 bonusPart);

    /// @notice The principal of what is set aside, as if all of it were redeemed.
    /// @param card the card
    /// @return the principal
    /// @custom:unit fen
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    function reservedPrincipalOf(CardId card) external view returns (uint256);

    /// @notice What is left of the last top-up: its paid part rounded up, for the holder, its face rounded down.
    /// @param card the card
    /// @return principal the principal that unwinding it would pay back at most, in fen
    /// @return face the face that would be withdrawn with it, in the card's unit
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    function topUpLeftOf(CardId card) external view returns (uint256 principal, uint256 face);

    /// @notice A page of the cards a merchant sold, in the order of sale.
    /// @param merchant the merchant
    /// @param cursor 0 to begin, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return cards the page
    /// @return next where the next page begins; 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is beyond the end.
    function cardsOfMerchant(
        MerchantId merchant,
        uint256 cursor,
        uint256 limit
    ) external view returns (CardId[] memory cards, uint256 next);

    /// @notice A page of the cards an account holds now, ended ones included. A card that moves away changes the order.
    /// @param holder the account
    /// @param cursor 0 to begin, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return cards the page
    /// @return next where the next page begins; 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is beyond the end.
    function cardsOfHolder(
        address holder,
        uint256 cursor,
        uint256 limit
    ) external view returns (CardId[] memory cards, uint256 next);
}
