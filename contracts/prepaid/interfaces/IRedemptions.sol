// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Signature} from "../../common/interfaces/ISaltedEIP712.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {CardId, CardKind, MerchantId, RedemptionId} from "../libraries/PrepaidTypes.sol";
import {IAuthorisations} from "./IAuthorisations.sol";

/// @title Redemptions
/// @notice Written by the merchant; countersigned by the holder (EIP-712), or contestable in a window (SPC Art 25, A-53). Only what is final is
/// earned (A-21).
/// @dev An entry: PENDING until the holder confirms it, or the window passes and it is finalised. Contested inside the window: the merchant puts its
/// records within the answer time, else the holder's version stands; the arbiter decides. Until it is final its face is set aside on the card.
/// Nothing here can be paused. Times in seconds; windows are those of the policy in force when they begin.
interface IRedemptions is IAuthorisations {
    /// @dev PENDING and CONTESTED entries are open; FINAL and CANCELLED ones stay.
    enum RedemptionStatus {
        NONE,
        PENDING,
        CONTESTED,
        FINAL,
        CANCELLED
    }

    /// @notice An entry.
    /// @param card the card
    /// @param face the face, in the card's unit; after a decision what stands
    /// @param listValue the price before discount, in fen; after a decision what stands
    /// @param principal the principal earned, in fen; set when final
    /// @param recordedAt when it was written
    /// @param contestUntil the first second at which it cannot be contested any more
    /// @param answerUntil the first second at which the merchant's answer is late; set when contested
    /// @param answered whether the merchant put its records
    /// @param status its status
    /// @param evidence the digest of the merchant's record; zero value for time that passed
    struct Redemption {
        CardId card;
        uint128 face;
        uint128 listValue;
        uint128 principal;
        uint64 recordedAt;
        uint64 contestUntil;
        uint64 answerUntil;
        bool answered;
        RedemptionStatus status;
        Digest evidence;
    }

    /// @notice An entry was written.
    /// @param redemption the entry
    /// @param card the card
    /// @param face the face, in the card's unit
    /// @param listValue its price before discount, in fen
    /// @param contestUntil the first second at which it cannot be contested any more; 0 when the holder signed it
    /// @param evidence the digest of the merchant's record
    event RedemptionRecorded(
        RedemptionId indexed redemption,
        CardId indexed card,
        uint256 face,
        uint256 listValue,
        uint64 contestUntil,
        Digest evidence
    );

    /// @notice An entry became final: its principal is earned.
    /// @param redemption the entry
    /// @param card the card
    /// @param face the face that stands, in the card's unit
    /// @param principal the principal earned, in fen
    event RedemptionFinal(RedemptionId indexed redemption, CardId indexed card, uint256 face, uint256 principal);

    /// @notice An entry was contested.
    /// @param redemption the entry
    /// @param card the card
    /// @param answerUntil the first second at which the merchant's answer is late
    /// @param reason the digest of the holder's reason
    event RedemptionContested(RedemptionId indexed redemption, CardId indexed card, uint64 answerUntil, Digest reason);

    /// @notice The merchant put its records.
    /// @param redemption the entry
    /// @param records their digest
    event RedemptionAnswered(RedemptionId indexed redemption, Digest records);

    /// @notice The arbiter decided a contested entry.
    /// @param redemption the entry
    /// @param face the face that stands, in the card's unit; 0 = none
    /// @param listValue its price before discount, in fen
    /// @param ruling the ruling
    event RedemptionDecided(RedemptionId indexed redemption, uint256 face, uint256 listValue, Digest ruling);

    /// @notice An entry does not stand: withdrawn, unanswered, or struck out by the arbiter.
    /// @param redemption the entry
    /// @param card the card
    /// @param by who ended it
    event RedemptionCancelled(RedemptionId indexed redemption, CardId indexed card, address indexed by);

    /// @notice An order that was signed will not be taken any more.
    /// @param signer who had signed it
    /// @param nonce its nonce
    event OrderWithdrawn(address indexed signer, uint256 nonce);

    /// @notice No entry has this id.
    /// @param redemption the id given
    /// @custom:cure Use an id from a `RedemptionRecorded` event, 1 to `count()`.
    error RedemptionsUnknown(RedemptionId redemption);

    /// @notice Only the agent of the card's merchant may do this.
    /// @param merchant the merchant
    /// @param caller who called
    /// @custom:cure Call from the account that `MerchantRegister.agentOf` names.
    error RedemptionsNotAgent(MerchantId merchant, address caller);

    /// @notice Only the card's holder may do this.
    /// @param card the card
    /// @param caller who called
    /// @custom:cure Call from the account that `PrepaidCards.holderOf` names.
    error RedemptionsNotHolder(CardId card, address caller);

    /// @notice The merchant defaulted or stopped serving, so it writes no new entries.
    /// @param merchant the merchant
    /// @param since when it stopped, in seconds; 0 when it is in default and a ruling took the stop back
    /// @custom:cure Entries written before can still be decided. For time served before the stop on a period pass use `accrue`.
    error RedemptionsNotServing(MerchantId merchant, uint64 since);

    /// @notice The card's kind does not allow this.
    /// @param card the card
    /// @param kind its kind
    /// @custom:cure A period pass is redeemed by `accrue` alone; the other kinds by `record`, `recordSigned` and `authorise`.
    error RedemptionsWrongKind(CardId card, CardKind kind);

    /// @notice The price before discount is above the one agreed for so many visits.
    /// @param card the card
    /// @param listValue the price given, in fen
    /// @param most the agreed price, in fen
    /// @custom:cure Give at most the visits times the card's list price.
    error RedemptionsListValue(CardId card, uint256 listValue, uint256 most);

    /// @notice No whole day has passed that is not redeemed or set aside already.
    /// @param card the card
    /// @param until up to when time counts, in seconds
    /// @custom:cure Wait for the next day of the term.
    error RedemptionsNothingDue(CardId card, uint64 until);

    /// @notice The entry's status does not allow this.
    /// @param redemption the entry
    /// @param status its status
    /// @custom:cure PENDING entries are confirmed, contested, withdrawn, finalised; CONTESTED ones answered, withdrawn, decided.
    error RedemptionsWrongStatus(RedemptionId redemption, RedemptionStatus status);

    /// @notice The time for this has passed.
    /// @param redemption the entry
    /// @param until the first second at which it was late, in seconds
    /// @custom:cure The arbiter can still decide what was contested in time.
    error RedemptionsTooLate(RedemptionId redemption, uint64 until);

    /// @notice The time for this has not come.
    /// @param redemption the entry
    /// @param from the first second at which it can be done
    /// @custom:cure Call again from then on.
    error RedemptionsTooEarly(RedemptionId redemption, uint64 from);

    /// @notice The merchant put its records already.
    /// @param redemption the entry
    /// @custom:cure Wait for the arbiter's decision.
    error RedemptionsAnswered(RedemptionId redemption);

    /// @notice More would stand than was written.
    /// @param redemption the entry
    /// @param face the face given, in the card's unit
    /// @param listValue the price before discount given, in fen
    /// @custom:cure Let at most what was written stand, and no price without face.
    error RedemptionsAboveEntry(RedemptionId redemption, uint256 face, uint256 listValue);

    /// @notice A call takes no entry, or more than one call takes.
    /// @param count how many were given
    /// @param max the most
    /// @custom:cure Give 1 to `max` and spread more over several calls.
    error RedemptionsBatch(uint256 count, uint256 max);

    /// @notice The order's last moment has passed.
    /// @param deadline the last second at which it could be taken
    /// @param timestamp the present time, in seconds
    /// @custom:cure Ask the holder to sign a new one.
    error RedemptionsOrderExpired(uint256 deadline, uint256 timestamp);

    /// @notice Writes an entry that the holder can contest inside the window.
    /// @param card the card; no period pass
    /// @param face the face, in the card's unit
    /// @param listValue its price before discount, in fen; of visits at most their list price
    /// @param evidence the digest of the merchant's record
    /// @return the entry
    /// @custom:caller the merchant's agent
    /// @custom:source SPC 法释〔2025〕4号 Art 25 (A-53)
    /// @custom:error RedemptionsNotAgent when the caller is not the agent of the card's merchant.
    /// @custom:error RedemptionsNotServing when the merchant defaulted or stopped serving.
    /// @custom:error DigestsMissing when the evidence is missing.
    /// @custom:error RedemptionsWrongKind when the card is a period pass.
    /// @custom:error RedemptionsListValue when the price is above the agreed one.
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerZeroFace when the face is zero.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened.
    /// @custom:error CardLedgerExpired when the card's term is over.
    /// @custom:error CardLedgerFaceShort when less is free.
    function record(
        CardId card,
        uint128 face,
        uint128 listValue,
        Digest calldata evidence
    ) external returns (RedemptionId);

    /// @notice Writes an entry that the holder countersigned: final at once.
    /// @param card the card; no period pass
    /// @param face the face, in the card's unit
    /// @param listValue its price before discount, in fen; of visits at most their list price
    /// @param evidence the digest of the merchant's record
    /// @param nonce the order's nonce: `nonces(holder, key)` of any key; the card's number as key keeps cards from waiting for each other
    /// @param deadline the last second at which the order holds
    /// @param signature the holder's signature over the EIP-712 struct
    /// `RedemptionOrder(uint256 card,uint128 face,uint128 listValue,Digest evidence,uint256 nonce,uint64 deadline)`
    /// @return the entry
    /// @custom:caller the merchant's agent
    /// @custom:source SPC 法释〔2025〕4号 Art 25 (A-53)
    /// @custom:error RedemptionsNotAgent when the caller is not the agent of the card's merchant.
    /// @custom:error RedemptionsNotServing when the merchant defaulted or stopped serving.
    /// @custom:error DigestsMissing when the evidence is missing.
    /// @custom:error RedemptionsWrongKind when the card is a period pass.
    /// @custom:error RedemptionsListValue when the price is above the agreed one.
    /// @custom:error RedemptionsOrderExpired when the deadline has passed.
    /// @custom:error SaltedEIP712InvalidSignature when the holder did not sign exactly this order for this deployment.
    /// @custom:error InvalidAccountNonce when the order was taken or withdrawn before.
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerZeroFace when the face is zero.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened.
    /// @custom:error CardLedgerExpired when the card's term is over.
    /// @custom:error CardLedgerFaceShort when less is free.
    function recordSigned(
        CardId card,
        uint128 face,
        uint128 listValue,
        Digest calldata evidence,
        uint256 nonce,
        uint64 deadline,
        Signature calldata signature
    ) external returns (RedemptionId);

    /// @notice Writes an entry for the whole days of a period pass that have passed and are neither redeemed nor set aside; at the end of the
    /// term also for the rest of a day. Time counts up to now, the day service stopped, or the announced last day of a closing merchant.
    /// @param card the card; a period pass
    /// @return the entry
    /// @custom:caller the merchant's agent
    /// @custom:source SPC 法释〔2025〕4号 Art 22, 25 (A-35, A-53)
    /// @custom:error RedemptionsNotAgent when the caller is not the agent of the card's merchant.
    /// @custom:error RedemptionsWrongKind when the card is no period pass.
    /// @custom:error RedemptionsNothingDue when no time is due.
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened.
    /// @custom:error CardLedgerExpired when the card's term is over.
    function accrue(CardId card) external returns (RedemptionId);

    /// @notice Countersigns an entry: final at once.
    /// @param redemption the entry
    /// @custom:caller the holder
    /// @custom:error RedemptionsUnknown when no entry has the id.
    /// @custom:error RedemptionsNotHolder when the caller is not the card's holder.
    /// @custom:error RedemptionsWrongStatus when it is not PENDING.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened.
    function confirm(RedemptionId redemption) external;

    /// @notice Contests an entry inside the window.
    /// @param redemption the entry
    /// @param reason the digest of the holder's reason
    /// @custom:caller the holder
    /// @custom:error RedemptionsUnknown when no entry has the id.
    /// @custom:error RedemptionsNotHolder when the caller is not the card's holder.
    /// @custom:error RedemptionsWrongStatus when it is not PENDING.
    /// @custom:error RedemptionsTooLate when the window is over.
    /// @custom:error DigestsMissing when the reason is missing.
    function contest(RedemptionId redemption, Digest calldata reason) external;

    /// @notice Puts the merchant's records to a contested entry.
    /// @param redemption the entry
    /// @param records their digest
    /// @custom:caller the merchant's agent
    /// @custom:error RedemptionsUnknown when no entry has the id.
    /// @custom:error RedemptionsNotAgent when the caller is not the agent of the card's merchant.
    /// @custom:error RedemptionsWrongStatus when it is not CONTESTED.
    /// @custom:error RedemptionsAnswered when records were put before.
    /// @custom:error RedemptionsTooLate when the answer time is over.
    /// @custom:error DigestsMissing when the records are missing.
    function answer(RedemptionId redemption, Digest calldata records) external;

    /// @notice The merchant withholds its records: the holder's version stands, and the entry is cancelled.
    /// @param redemption the entry
    /// @custom:caller the holder
    /// @custom:source SPC 法释〔2025〕4号 Art 25 (A-53)
    /// @custom:error RedemptionsUnknown when no entry has the id.
    /// @custom:error RedemptionsNotHolder when the caller is not the card's holder.
    /// @custom:error RedemptionsWrongStatus when it is not CONTESTED.
    /// @custom:error RedemptionsAnswered when records were put.
    /// @custom:error RedemptionsTooEarly when the answer time is not over.
    function claimUnanswered(RedemptionId redemption) external;

    /// @notice Takes an entry back.
    /// @param redemption the entry
    /// @custom:caller the merchant's agent
    /// @custom:error RedemptionsUnknown when no entry has the id.
    /// @custom:error RedemptionsNotAgent when the caller is not the agent of the card's merchant.
    /// @custom:error RedemptionsWrongStatus when it is neither PENDING nor CONTESTED.
    function withdraw(RedemptionId redemption) external;

    /// @notice Decides a contested entry.
    /// @param redemption the entry
    /// @param face the face that stands, in the card's unit; 0 = none
    /// @param listValue its price before discount, in fen
    /// @param ruling the ruling
    /// @custom:caller ARBITER
    /// @custom:error RedemptionsUnknown when no entry has the id.
    /// @custom:error RedemptionsWrongStatus when it is not CONTESTED.
    /// @custom:error RedemptionsAboveEntry when more is to stand than was written.
    /// @custom:error DigestsMissing when the ruling is missing.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened and face is to stand.
    function decide(RedemptionId redemption, uint128 face, uint128 listValue, Digest calldata ruling) external;

    /// @notice Makes entries final whose window is over. All or nothing.
    /// @param redemptions the entries, 1 to 20
    /// @custom:caller the agent of each card's merchant
    /// @custom:error RedemptionsBatch when there is no entry or more than 20.
    /// @custom:error RedemptionsUnknown when no entry has an id.
    /// @custom:error RedemptionsNotAgent when the caller is not the agent of a card's merchant.
    /// @custom:error RedemptionsWrongStatus when one is not PENDING.
    /// @custom:error RedemptionsTooEarly when one can still be contested.
    /// @custom:error CardLedgerClaimsOpen when claims after a default opened.
    function finalise(RedemptionId[] calldata redemptions) external;

    /// @notice Uses up a nonce of the caller, so that an order signed with it cannot be taken.
    /// @param nonce the caller's next nonce of its key
    /// @custom:caller any account, for itself
    /// @custom:error InvalidAccountNonce when it is not the next of its key.
    function withdrawOrder(uint256 nonce) external;

    /// @notice How many entries were ever written; the latest has this id.
    /// @return the number
    function count() external view returns (uint256);

    /// @notice An entry.
    /// @param redemption the entry
    /// @return the entry
    /// @custom:error RedemptionsUnknown when no entry has the id.
    function redemptionOf(RedemptionId redemption) external view returns (Redemption memory);
}
