// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CardId, CardStatus, MerchantId, MerchantStatus} from "../libraries/PrepaidTypes.sol";

/// @title Claims after a default
/// @notice Holders share what is in custody (covers paid in included) pro rata over refundable principal (A-43, A-44). Bonus credit is no
/// principal and does not share. Rounds, each card once a round.
/// @dev A round shares a pot over a base: the principal that is still unpaid when it opens. A claim of weight w gets
/// `floor(pot x (c + w) / base) - floor(pot x c / base)`, where c is what claimed before it. So the sum paid is exactly the pot once
/// all have claimed, whatever the order; the order moves a claim by less than one fen, and nobody gets more than its weight. Rounding is for
/// nobody's benefit.
///
/// Money that comes in later (a cover, the estate) is shared in a further round, over what the earlier rounds leave unpaid. Interest, and what
/// a refund owed beyond the card's principal, stay debts of the merchant and do not share.
interface IDefaultClaims {
    /// @notice A round. Money in fen.
    /// @param pot what is shared; at most `base`
    /// @param base the principal that shares
    /// @param claimed the principal that has claimed
    /// @param paid what was paid
    /// @param openedAt when it opened, in seconds
    struct Round {
        uint128 pot;
        uint128 base;
        uint128 claimed;
        uint128 paid;
        uint64 openedAt;
    }

    /// @notice A round opened. The merchant's cards stand as they are from its first round on.
    /// @param merchant the merchant
    /// @param round the number of the round, from 1
    /// @param pot what is shared, fen
    /// @param base the principal that shares, fen
    /// @param decision the digest of the decision
    event RoundOpened(MerchantId indexed merchant, uint256 indexed round, uint256 pot, uint256 base, Digest decision);

    /// @notice A card's share of a round.
    /// @param merchant the merchant
    /// @param round the round
    /// @param card the card
    /// @param weight the card's unpaid principal, fen
    /// @param share what it gets, fen
    event ShareClaimed(
        MerchantId indexed merchant,
        uint256 indexed round,
        CardId indexed card,
        uint256 weight,
        uint256 share
    );

    /// @notice Only a merchant in default has claims.
    /// @param merchant the merchant
    /// @param status where it stands
    /// @custom:cure The regulator declares the default first.
    error DefaultClaimsNotDefaulted(MerchantId merchant, MerchantStatus status);

    /// @notice Nothing is to be shared: custody holds nothing beyond what earlier rounds promised, or no principal is unpaid.
    /// @param merchant the merchant
    /// @param unpaid the principal unpaid by the rounds so far, fen
    /// @param free what custody holds beyond what earlier rounds promised, fen
    /// @custom:cure Pay covers and the estate's money into the vault first. Where nothing is unpaid, nothing is to be done.
    error DefaultClaimsNothingToShare(MerchantId merchant, uint256 unpaid, uint256 free);

    /// @notice The merchant has had all rounds that it can have.
    /// @param merchant the merchant
    /// @param max the most rounds
    /// @custom:cure Gather what comes in and open fewer rounds; share what is left outside this contract.
    error DefaultClaimsTooManyRounds(MerchantId merchant, uint256 max);

    /// @notice The caller does not hold the card.
    /// @param card the card
    /// @param caller the caller
    /// @custom:cure The card's holder calls, or the platform with `claimFor`.
    error DefaultClaimsNotHolder(CardId card, address caller);

    /// @notice The card is lost: its old account must not be paid. Or it ended: nothing is left.
    /// @param card the card
    /// @param status what it is
    /// @custom:cure Take the loss back or have the card reissued, then claim. The share waits.
    error DefaultClaimsWrongStatus(CardId card, CardStatus status);

    /// @notice The card has claimed all rounds that are open.
    /// @param card the card
    /// @param rounds how many rounds are open; 0 = none
    /// @custom:cure Wait for the next `RoundOpened`.
    error DefaultClaimsNoRound(CardId card, uint256 rounds);

    /// @notice A call takes no card, or more cards than one call takes.
    /// @param count how many were given
    /// @param max the most
    /// @custom:cure Give 1 to `max` and spread more over several calls.
    error DefaultClaimsBatch(uint256 count, uint256 max);

    /// @notice Opens a round over what is in the vault now. From the first round on the merchant's cards stand as they are: nothing is redeemed,
    /// refunded or topped up any more, and open entries count as not redeemed.
    /// @param merchant the merchant; in default
    /// @param decision the digest of the decision
    /// @return round the number of the round, from 1; at most 12
    /// @custom:caller REGULATOR
    /// @custom:source SPC Art 23; consumer law (A-43, A-44)
    /// @custom:error DefaultClaimsNotDefaulted when the merchant is not in default.
    /// @custom:error DefaultClaimsTooManyRounds when it had 12.
    /// @custom:error DefaultClaimsNothingToShare when there is nothing to share or nobody to share it.
    /// @custom:error DigestsMissing when the decision has no digest.
    function openRound(MerchantId merchant, Digest calldata decision) external returns (uint256 round);

    /// @notice Pays a card's share of every open round it has not claimed.
    /// @param card the card
    /// @return paid what was paid, fen
    /// @custom:caller the holder
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error DefaultClaimsNotHolder when the caller does not hold the card.
    /// @custom:error DefaultClaimsWrongStatus when the card is lost or ended.
    /// @custom:error DefaultClaimsNoRound when no round is open that it has not claimed.
    function claim(CardId card) external returns (uint256 paid);

    /// @notice Pays the shares of several cards to their holders. All or nothing.
    /// @param cards_ the cards, 1 to 10; of any merchants
    /// @custom:caller PLATFORM
    /// @custom:error CardLedgerUnknownCard when no card has an id.
    /// @custom:error DefaultClaimsBatch when there is no card or more than 10.
    /// @custom:error DefaultClaimsWrongStatus when a card is lost or ended.
    /// @custom:error DefaultClaimsNoRound when a card has claimed all open rounds.
    function claimFor(CardId[] calldata cards_) external;

    /// @notice How many rounds a merchant has had.
    /// @param merchant the merchant
    /// @return the number of the latest; 0 = none
    function roundsOf(MerchantId merchant) external view returns (uint256);

    /// @notice A round.
    /// @param merchant the merchant
    /// @param round its number, from 1
    /// @return the round; all zero where there is none
    function roundOf(MerchantId merchant, uint256 round) external view returns (Round memory);

    /// @notice How many rounds a card has claimed; it claims them in order.
    /// @param card the card
    /// @return the number
    function claimedRoundsOf(CardId card) external view returns (uint256);

    /// @notice What `claim` would pay now.
    /// @param card the card
    /// @return the share of all open rounds not claimed, fen; what others claim before moves it by less than a fen a round
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    function shareOf(CardId card) external view returns (uint256);
}
