// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {SaltedEIP712} from "../common/SaltedEIP712.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId} from "../common/interfaces/IPolicyRegistry.sol";
import {Signature} from "../common/interfaces/ISaltedEIP712.sol";
import {Digest, DigestAlgorithm, Digests} from "../common/libraries/Digests.sol";
import {Money} from "../common/libraries/Money.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {IAuthorisations} from "./interfaces/IAuthorisations.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidCards} from "./interfaces/IPrepaidCards.sol";
import {IRedemptions} from "./interfaces/IRedemptions.sol";
import {CardMath} from "./libraries/CardMath.sol";
import {PolicyReader} from "./libraries/PolicyReader.sol";
import {PrepaidOrders} from "./libraries/PrepaidOrders.sol";
import {PrepaidParameters} from "./libraries/PrepaidParameters.sol";
import {
    AuthorisationId,
    Card,
    CardId,
    CardKind,
    MerchantId,
    MerchantStatus,
    RedemptionId,
    TradeId
} from "./libraries/PrepaidTypes.sol";

/// @title Redemptions
/// @notice Entries and authorisations; see {IRedemptions} and {IAuthorisations}.
contract Redemptions is IRedemptions, Governed, SaltedEIP712 {
    // Technical limit: with it a call stays under 5 M gas.
    uint256 private constant _MAX_FINALISED = 20;

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The deployment's merchant register.
    IMerchantRegister public immutable register;
    /// @notice The deployment's cards.
    IPrepaidCards public immutable cards;

    /// @inheritdoc IRedemptions
    uint256 public count;

    uint256 private _authorisationCount;
    mapping(RedemptionId redemption => Redemption) private _redemptions;
    mapping(AuthorisationId authorisation => Authorisation) private _authorisations;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param register_ the deployment's {MerchantRegister}
    /// @param cards_ the deployment's {PrepaidCards}
    /// @param salt_ the salt of the deployment's EIP-712 domains
    constructor(
        address authority_,
        IClock clock_,
        IPolicyRegistry policies_,
        IMerchantRegister register_,
        IPrepaidCards cards_,
        bytes32 salt_
    ) Governed(authority_) SaltedEIP712("Banyan Redemptions", "1", salt_) {
        _requireContract(address(clock_));
        _requireContract(address(policies_));
        _requireContract(address(register_));
        _requireContract(address(cards_));
        clock = clock_;
        policies = policies_;
        register = register_;
        cards = cards_;
    }

    /// @inheritdoc IRedemptions
    function record(
        CardId card,
        uint128 face,
        uint128 listValue,
        Digest calldata evidence
    ) external returns (RedemptionId id) {
        _checkEntry(card, face, listValue, evidence);

        id = _write(card, face, listValue, evidence, _window(card, PrepaidParameters.CONTEST_DAYS));
        cards.reserve(card, face);
    }

    /// @inheritdoc IRedemptions
    function recordSigned(
        CardId card,
        uint128 face,
        uint128 listValue,
        Digest calldata evidence,
        uint256 nonce,
        uint64 deadline,
        Signature calldata signature
    ) external returns (RedemptionId id) {
        _checkEntry(card, face, listValue, evidence);
        uint64 time = clock.timestamp();
        require(time <= deadline, RedemptionsOrderExpired(deadline, time));
        bytes32 order = PrepaidOrders.hashRedemptionOrder(card, face, listValue, evidence, nonce, deadline);
        _takeOrder(card, order, nonce, signature);

        id = _write(card, face, listValue, evidence, 0);
        _finish(id, false);
    }

    /// @inheritdoc IRedemptions
    function accrue(CardId id) external returns (RedemptionId) {
        Card memory card = cards.cardOf(id);
        _requireAgent(card.merchant);
        require(card.kind == CardKind.PERIOD, RedemptionsWrongKind(id, card.kind));
        uint64 until = _servedUntil(card.merchant);
        uint128 due = CardMath.accruable(card, until);
        require(due != 0, RedemptionsNothingDue(id, until));

        // The list price is agreed by the day; for the rest of a day at the end of the term it rounds down, for the holder.
        uint128 listValue = uint128(Money.proRataDown(card.listUnitPrice, due, TimeLib.DAY));
        Digest memory none = Digest({value: 0, algorithm: DigestAlgorithm.NONE});
        RedemptionId entry = _write(id, due, listValue, none, _window(id, PrepaidParameters.CONTEST_DAYS));
        cards.reserve(id, due);
        return entry;
    }

    /// @inheritdoc IRedemptions
    function confirm(RedemptionId id) external {
        Redemption storage entry = _entry(id);
        _requireHolder(entry.card);
        _requireStatus(id, entry, RedemptionStatus.PENDING);

        _finish(id, true);
    }

    /// @inheritdoc IRedemptions
    function contest(RedemptionId id, Digest calldata reason) external {
        Redemption storage entry = _entry(id);
        _requireHolder(entry.card);
        _requireStatus(id, entry, RedemptionStatus.PENDING);
        require(clock.timestamp() < entry.contestUntil, RedemptionsTooLate(id, entry.contestUntil));
        Digests.requirePresent(reason);

        uint64 answerUntil = _window(entry.card, PrepaidParameters.ANSWER_DAYS);
        entry.status = RedemptionStatus.CONTESTED;
        entry.answerUntil = answerUntil;
        emit RedemptionContested(id, entry.card, answerUntil, reason);
    }

    /// @inheritdoc IRedemptions
    function answer(RedemptionId id, Digest calldata records) external {
        Redemption storage entry = _entry(id);
        _requireAgent(cards.merchantOf(entry.card));
        _requireStatus(id, entry, RedemptionStatus.CONTESTED);
        require(!entry.answered, RedemptionsAnswered(id));
        require(clock.timestamp() < entry.answerUntil, RedemptionsTooLate(id, entry.answerUntil));
        Digests.requirePresent(records);

        entry.answered = true;
        emit RedemptionAnswered(id, records);
    }

    /// @inheritdoc IRedemptions
    function claimUnanswered(RedemptionId id) external {
        Redemption storage entry = _entry(id);
        _requireHolder(entry.card);
        _requireStatus(id, entry, RedemptionStatus.CONTESTED);
        require(!entry.answered, RedemptionsAnswered(id));
        require(clock.timestamp() >= entry.answerUntil, RedemptionsTooEarly(id, entry.answerUntil));

        _cancel(id, entry);
    }

    /// @inheritdoc IRedemptions
    function withdraw(RedemptionId id) external {
        Redemption storage entry = _entry(id);
        _requireAgent(cards.merchantOf(entry.card));
        RedemptionStatus status = entry.status;
        require(
            status == RedemptionStatus.PENDING || status == RedemptionStatus.CONTESTED,
            RedemptionsWrongStatus(id, status)
        );

        _cancel(id, entry);
    }

    /// @inheritdoc IRedemptions
    function decide(RedemptionId id, uint128 face, uint128 listValue, Digest calldata ruling) external restricted {
        Redemption storage entry = _entry(id);
        _requireStatus(id, entry, RedemptionStatus.CONTESTED);
        uint128 written = entry.face;
        require(
            face <= written && listValue <= entry.listValue && (face != 0 || listValue == 0),
            RedemptionsAboveEntry(id, face, listValue)
        );
        Digests.requirePresent(ruling);

        emit RedemptionDecided(id, face, listValue, ruling);
        if (face == 0) {
            _cancel(id, entry);
            return;
        }
        entry.face = face;
        entry.listValue = listValue;
        _finish(id, true);
        if (face != written) cards.unreserve(entry.card, written - face);
    }

    /// @inheritdoc IRedemptions
    function finalise(RedemptionId[] calldata redemptions) external {
        uint256 length = redemptions.length;
        require(length != 0 && length <= _MAX_FINALISED, RedemptionsBatch(length, _MAX_FINALISED));
        uint64 time = clock.timestamp();
        for (uint256 i = 0; i < length; ++i) {
            RedemptionId id = redemptions[i];
            Redemption storage entry = _entry(id);
            _requireAgent(cards.merchantOf(entry.card));
            _requireStatus(id, entry, RedemptionStatus.PENDING);
            require(time >= entry.contestUntil, RedemptionsTooEarly(id, entry.contestUntil));

            _finish(id, true);
        }
    }

    /// @inheritdoc IAuthorisations
    function authorise(
        CardId card,
        uint128 face,
        uint64 expiresAt,
        uint256 nonce,
        Signature calldata signature
    ) external returns (AuthorisationId id) {
        _checkService(card);
        uint64 time = clock.timestamp();
        require(expiresAt > time, AuthorisationsExpiryInPast(expiresAt, time));
        _takeOrder(card, PrepaidOrders.hashAuthorisationOrder(card, face, expiresAt, nonce), nonce, signature);

        id = AuthorisationId.wrap(++_authorisationCount);
        _authorisations[id] = Authorisation({card: card, face: face, captured: 0, expiresAt: expiresAt, open: true});
        emit CardAuthorised(id, card, face, expiresAt);
        cards.reserve(card, face);
    }

    /// @inheritdoc IAuthorisations
    function capture(
        AuthorisationId id,
        uint128 face,
        uint128 listValue,
        Digest calldata evidence
    ) external returns (RedemptionId entry) {
        Authorisation storage authorisation = _openAuthorisation(id);
        CardId card = authorisation.card;
        _checkEntry(card, face, listValue, evidence);
        uint64 expiresAt = authorisation.expiresAt;
        require(clock.timestamp() < expiresAt, AuthorisationsExpired(id, expiresAt));
        uint128 left = authorisation.face - authorisation.captured;
        require(face != 0 && face <= left, AuthorisationsAboveHeld(id, left, face));

        // What is captured stays set aside, now for the entry.
        authorisation.captured += face;
        if (face == left) authorisation.open = false;
        entry = _write(card, face, listValue, evidence, _window(card, PrepaidParameters.CONTEST_DAYS));
        emit AuthorisationCaptured(id, entry, authorisation.captured);
    }

    /// @inheritdoc IAuthorisations
    function void_(AuthorisationId id) external {
        Authorisation storage authorisation = _openAuthorisation(id);
        _requireAgent(cards.merchantOf(authorisation.card));

        _close(id, authorisation);
    }

    /// @inheritdoc IAuthorisations
    function reclaim(AuthorisationId id) external {
        Authorisation storage authorisation = _openAuthorisation(id);
        _requireHolder(authorisation.card);
        uint64 expiresAt = authorisation.expiresAt;
        require(clock.timestamp() >= expiresAt, AuthorisationsNotExpired(id, expiresAt));

        _close(id, authorisation);
    }

    /// @inheritdoc IRedemptions
    function withdrawOrder(uint256 nonce) external {
        _useCheckedNonce(_msgSender(), nonce);
        emit OrderWithdrawn(_msgSender(), nonce);
    }

    /// @inheritdoc IRedemptions
    function redemptionOf(RedemptionId id) external view returns (Redemption memory) {
        return _entry(id);
    }

    /// @inheritdoc IAuthorisations
    function authorisationOf(AuthorisationId id) external view returns (Authorisation memory) {
        return _authorisation(id);
    }

    function _write(
        CardId card,
        uint128 face,
        uint128 listValue,
        Digest memory evidence,
        uint64 contestUntil
    ) private returns (RedemptionId id) {
        id = RedemptionId.wrap(++count);
        Redemption storage entry = _redemptions[id];
        entry.card = card;
        entry.face = face;
        entry.listValue = listValue;
        entry.recordedAt = clock.timestamp();
        entry.contestUntil = contestUntil;
        entry.status = RedemptionStatus.PENDING;
        entry.evidence = evidence;
        emit RedemptionRecorded(id, card, face, listValue, contestUntil, evidence);
    }

    /// @dev Makes an entry final. The principal is known only when the cards have redeemed it.
    function _finish(RedemptionId id, bool reserved) private {
        Redemption storage entry = _redemptions[id];
        entry.status = RedemptionStatus.FINAL;
        uint128 principal = cards.consume(entry.card, entry.face, entry.listValue, reserved);
        entry.principal = principal;
        emit RedemptionFinal(id, entry.card, entry.face, principal);
    }

    function _cancel(RedemptionId id, Redemption storage entry) private {
        entry.status = RedemptionStatus.CANCELLED;
        emit RedemptionCancelled(id, entry.card, _msgSender());
        cards.unreserve(entry.card, entry.face);
    }

    function _close(AuthorisationId id, Authorisation storage authorisation) private {
        uint128 left = authorisation.face - authorisation.captured;
        authorisation.open = false;
        emit AuthorisationClosed(id, _msgSender(), left);
        cards.unreserve(authorisation.card, left);
    }

    /// @dev Checks the holder's signature and uses its nonce.
    function _takeOrder(CardId card, bytes32 order, uint256 nonce, Signature calldata signature) private {
        address holder = cards.holderOf(card);
        _requireSignature(holder, order, signature);
        _useCheckedNonce(holder, nonce);
    }

    /// @dev What every new entry must be, but for the face, which the cards check.
    function _checkEntry(CardId id, uint128 face, uint128 listValue, Digest calldata evidence) private view {
        Card memory card = _checkService(id);
        Digests.requirePresent(evidence);
        if (card.kind == CardKind.VISITS) {
            uint256 most = uint256(face) * card.listUnitPrice;
            require(listValue <= most, RedemptionsListValue(id, listValue, most));
        }
    }

    /// @dev The card of a merchant that serves now, called by its agent; no period pass.
    function _checkService(CardId id) private view returns (Card memory card) {
        card = cards.cardOf(id);
        _requireAgent(card.merchant);
        require(card.kind != CardKind.PERIOD, RedemptionsWrongKind(id, card.kind));
        IMerchantRegister.Merchant memory merchant = register.merchantOf(card.merchant);
        require(
            merchant.status != MerchantStatus.DEFAULTED && merchant.stoppedAt == 0,
            RedemptionsNotServing(card.merchant, merchant.stoppedAt)
        );
    }

    /// @dev Up to when a merchant's time counts: now, the day service stopped, or the announced last day.
    function _servedUntil(MerchantId id) private view returns (uint64 until) {
        IMerchantRegister.Merchant memory merchant = register.merchantOf(id);
        until = clock.timestamp();
        if (merchant.stoppedAt != 0 && merchant.stoppedAt < until) until = merchant.stoppedAt;
        if (merchant.lastDay != 0 && merchant.lastDay < until) until = merchant.lastDay;
    }

    /// @dev The end of a window that begins now, under the policy of now.
    function _window(CardId card, ParameterId id) private view returns (uint64) {
        (bytes32 region, TradeId trade) = register.scopeOf(cards.merchantOf(card));
        uint64 time = clock.timestamp();
        return TimeLib.addDays(time, PolicyReader.need(policies, region, time, trade, id));
    }

    function _entry(RedemptionId id) private view returns (Redemption storage entry) {
        entry = _redemptions[id];
        require(entry.status != RedemptionStatus.NONE, RedemptionsUnknown(id));
    }

    function _authorisation(AuthorisationId id) private view returns (Authorisation storage authorisation) {
        authorisation = _authorisations[id];
        require(authorisation.expiresAt != 0, AuthorisationsUnknown(id));
    }

    function _openAuthorisation(AuthorisationId id) private view returns (Authorisation storage authorisation) {
        authorisation = _authorisation(id);
        require(authorisation.open, AuthorisationsClosed(id));
    }

    function _requireStatus(RedemptionId id, Redemption storage entry, RedemptionStatus status) private view {
        require(entry.status == status, RedemptionsWrongStatus(id, entry.status));
    }

    function _requireAgent(MerchantId merchant) private view {
        require(_msgSender() == register.agentOf(merchant), RedemptionsNotAgent(merchant, _msgSender()));
    }

    function _requireHolder(CardId card) private view {
        require(_msgSender() == cards.holderOf(card), RedemptionsNotHolder(card, _msgSender()));
    }
}
