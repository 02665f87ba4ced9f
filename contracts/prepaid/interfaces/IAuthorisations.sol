// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Signature} from "../../common/interfaces/ISaltedEIP712.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {AuthorisationId, CardId, RedemptionId} from "../libraries/PrepaidTypes.sol";

/// @title Authorise, then capture
/// @notice Face held on a card for a service in progress, under the holder's signature. What the merchant captures before expiry becomes an entry of
/// {IRedemptions}; the rest the merchant frees at any time, and the holder after expiry without the merchant.
/// @dev Part of the contract Redemptions. Nothing here can be paused. Times in seconds.
interface IAuthorisations {
    /// @notice Face held for a service in progress.
    /// @param card the card
    /// @param face the most that may be captured, in the card's unit
    /// @param captured what was captured, in the card's unit
    /// @param expiresAt the first second at which nothing can be captured any more
    /// @param open whether the rest is still held
    struct Authorisation {
        CardId card;
        uint128 face;
        uint128 captured;
        uint64 expiresAt;
        bool open;
    }

    /// @notice Face was authorised.
    /// @param authorisation the authorisation
    /// @param card the card
    /// @param face the most that may be captured, in the card's unit
    /// @param expiresAt the first second at which nothing can be captured any more
    event CardAuthorised(AuthorisationId indexed authorisation, CardId indexed card, uint256 face, uint64 expiresAt);

    /// @notice Part of an authorisation was captured.
    /// @param authorisation the authorisation
    /// @param redemption the entry that it became
    /// @param captured what was captured so far, in the card's unit
    event AuthorisationCaptured(
        AuthorisationId indexed authorisation,
        RedemptionId indexed redemption,
        uint256 captured
    );

    /// @notice An authorisation was closed and its rest is free again.
    /// @param authorisation the authorisation
    /// @param by the agent, or after expiry the holder
    /// @param freed the rest, in the card's unit
    event AuthorisationClosed(AuthorisationId indexed authorisation, address indexed by, uint256 freed);

    /// @notice No authorisation has this id.
    /// @param authorisation the id given
    /// @custom:cure Use an id from a `CardAuthorised` event.
    error AuthorisationsUnknown(AuthorisationId authorisation);

    /// @notice The authorisation would be over before it begins.
    /// @param expiresAt the end given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give a later moment.
    error AuthorisationsExpiryInPast(uint64 expiresAt, uint64 timestamp);

    /// @notice The authorisation is closed.
    /// @param authorisation the authorisation
    /// @custom:cure Nothing of it is held any more; authorise anew.
    error AuthorisationsClosed(AuthorisationId authorisation);

    /// @notice The authorisation has expired, so nothing more can be captured.
    /// @param authorisation the authorisation
    /// @param expiresAt since when, in seconds
    /// @custom:cure Close it, and authorise anew.
    error AuthorisationsExpired(AuthorisationId authorisation, uint64 expiresAt);

    /// @notice The authorisation has not expired, so the holder cannot reclaim it yet.
    /// @param authorisation the authorisation
    /// @param expiresAt from when it can be reclaimed, in seconds
    /// @custom:cure Call again from then on, or have the merchant close it.
    error AuthorisationsNotExpired(AuthorisationId authorisation, uint64 expiresAt);

    /// @notice More would be captured than is held.
    /// @param authorisation the authorisation
    /// @param left what is still held, in the card's unit
    /// @param face what was to be captured, in the card's unit
    /// @custom:cure Capture at most `left`.
    error AuthorisationsAboveHeld(AuthorisationId authorisation, uint256 left, uint256 face);

    /// @notice Holds face for a service in progress.
    /// @param card the card; no period pass
    /// @param face the most that may be captured, in the card's unit
    /// @param expiresAt the first second at which nothing can be captured any more
    /// @param nonce the order's nonce: `nonces(holder, key)` of any key
    /// @param signature the holder's signature over the EIP-712 struct
    /// `AuthorisationOrder(uint256 card,uint128 face,uint64 expiresAt,uint256 nonce)`
    /// @return the authorisation
    /// @custom:caller the merchant's agent
    /// @custom:error RedemptionsNotAgent when the caller is not the agent of the card's merchant.
    /// @custom:error RedemptionsNotServing when the merchant defaulted or stopped serving.
    /// @custom:error RedemptionsWrongKind when the card is a period pass.
    /// @custom:error AuthorisationsExpiryInPast when it would be over at once.
    /// @custom:error SaltedEIP712InvalidSignature when the holder did not sign exactly this order for this deployment.
    /// @custom:error InvalidAccountNonce when the order was taken or withdrawn before.
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerZeroFace when the face is zero.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened.
    /// @custom:error CardLedgerExpired when the card's term is over.
    /// @custom:error CardLedgerFaceShort when less is free.
    function authorise(
        CardId card,
        uint128 face,
        uint64 expiresAt,
        uint256 nonce,
        Signature calldata signature
    ) external returns (AuthorisationId);

    /// @notice Captures part of what is held, or all: it becomes an entry that the holder can contest. May be done in several parts.
    /// @param authorisation the authorisation
    /// @param face the face, in the card's unit
    /// @param listValue its price before discount, in fen; of visits at most their list price
    /// @param evidence the digest of the merchant's record
    /// @return the entry
    /// @custom:caller the merchant's agent
    /// @custom:error AuthorisationsUnknown when no authorisation has the id.
    /// @custom:error RedemptionsNotAgent when the caller is not the agent of the card's merchant.
    /// @custom:error RedemptionsNotServing when the merchant defaulted or stopped serving.
    /// @custom:error DigestsMissing when the evidence is missing.
    /// @custom:error AuthorisationsClosed when it is closed.
    /// @custom:error AuthorisationsExpired when it has expired.
    /// @custom:error AuthorisationsAboveHeld when nothing or more than is held is to be captured.
    /// @custom:error RedemptionsListValue when the price is above the agreed one.
    function capture(
        AuthorisationId authorisation,
        uint128 face,
        uint128 listValue,
        Digest calldata evidence
    ) external returns (RedemptionId);

    /// @notice Closes an authorisation and frees what was not captured.
    /// @param authorisation the authorisation
    /// @custom:caller the merchant's agent
    /// @custom:error AuthorisationsUnknown when no authorisation has the id.
    /// @custom:error RedemptionsNotAgent when the caller is not the agent of the card's merchant.
    /// @custom:error AuthorisationsClosed when it is closed.
    function void_(AuthorisationId authorisation) external;

    /// @notice Frees what was not captured, without the merchant.
    /// @param authorisation the authorisation
    /// @custom:caller the holder, after expiry
    /// @custom:error AuthorisationsUnknown when no authorisation has the id.
    /// @custom:error RedemptionsNotHolder when the caller is not the card's holder.
    /// @custom:error AuthorisationsClosed when it is closed.
    /// @custom:error AuthorisationsNotExpired when it has not expired.
    function reclaim(AuthorisationId authorisation) external;

    /// @notice An authorisation.
    /// @param authorisation the authorisation
    /// @return the authorisation
    /// @custom:error AuthorisationsUnknown when no authorisation has the id.
    function authorisationOf(AuthorisationId authorisation) external view returns (Authorisation memory);
}
