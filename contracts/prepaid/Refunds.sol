// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {ICustody} from "./interfaces/ICustody.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidCards} from "./interfaces/IPrepaidCards.sol";
import {IRefundRules} from "./interfaces/IRefundRules.sol";
import {IRefunds} from "./interfaces/IRefunds.sol";
import {CardId, CardStatus, EndCause, MerchantId, MerchantStatus, RefundId} from "./libraries/PrepaidTypes.sol";
import {Refund, RefundRuling, RefundStatus} from "./libraries/RefundTypes.sol";
import {RefundLedger} from "./RefundLedger.sol";

/// @title Refunds
/// @notice A refund by cause; see {IRefunds}.
contract Refunds is RefundLedger {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @notice The deposit token in which debtors pay.
    IERC20 public immutable token;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param token_ the deployment's {DepositToken}
    /// @param register_ the {MerchantRegister}
    /// @param rules_ the {RefundRules}
    /// @param cards_ the {PrepaidCards}
    /// @param custody_ the {Custody}
    constructor(
        address authority_,
        IClock clock_,
        IERC20 token_,
        IMerchantRegister register_,
        IRefundRules rules_,
        IPrepaidCards cards_,
        ICustody custody_
    ) RefundLedger(authority_, clock_, register_, rules_, cards_, custody_) {
        _requireContract(address(token_));
        token = token_;
    }

    /// @inheritdoc IRefunds
    function request(CardId card, EndCause cause, Digest calldata reason) external returns (RefundId id) {
        CardFile memory file = _fileOf(card);
        _requireHolder(file);
        require(file.card.status == CardStatus.ACTIVE, RefundsCardNotActive(card, file.card.status));
        _requireClaimsClosed(file);
        (bool topUpOnly, bool atOnce, uint64 dueAt) = rules.open(card, cause);
        if (!atOnce) Digests.requirePresent(reason);

        id = RefundId.wrap(++_count);
        Refund storage entry = _refunds[id];
        entry.card = card;
        entry.merchant = file.card.merchant;
        entry.cause = cause;
        entry.status = RefundStatus.REQUESTED;
        entry.topUpOnly = topUpOnly;
        entry.holder = file.card.holder;
        entry.requestedAt = file.time;
        entry.dueAt = dueAt;
        entry.reason = reason;
        _latest[card] = id;
        emit RefundRequested(id, card, entry.merchant, entry.holder, cause, dueAt, reason);
        cards.beginEnding(card, cause);
        if (atOnce) _approve(id, entry, file, file.time);
    }

    /// @inheritdoc IRefunds
    function accept(RefundId refund) external {
        (Refund storage entry, CardFile memory file) = _load(refund);
        require(_msgSender() == register.agentOf(entry.merchant), RefundsNotAgent(entry.merchant, _msgSender()));
        _requireRequested(refund, entry, file);
        _approve(refund, entry, file, entry.requestedAt);
    }

    /// @inheritdoc IRefunds
    function enforce(RefundId refund) external {
        (Refund storage entry, CardFile memory file) = _load(refund);
        _requireHolder(file);
        _requireRequested(refund, entry, file);
        bool shown = entry.cause == EndCause.OPERATOR && register.operatorCause(entry.merchant);
        require(shown || file.time > entry.dueAt, RefundsNotDue(refund, entry.dueAt));
        _approve(refund, entry, file, entry.requestedAt);
    }

    /// @inheritdoc IRefunds
    function withdrawRequest(RefundId refund) external {
        (Refund storage entry, CardFile memory file) = _load(refund);
        _requireHolder(file);
        _requireClaimsClosed(file);
        // A top-up waits for payment while its card is ending for it; afterwards the card is in use, or ends for another refund.
        bool waitingTopUp =
            entry.topUpOnly &&
                entry.status == RefundStatus.APPROVED &&
                file.card.status == CardStatus.ENDING &&
                _isLatest(refund, entry);
        require(entry.status == RefundStatus.REQUESTED || waitingTopUp, RefundsWrongStatus(refund, entry.status));
        entry.status = RefundStatus.WITHDRAWN;
        emit RefundWithdrawn(refund);
        cards.abandonEnding(entry.card);
    }

    /// @inheritdoc IRefunds
    function rule(RefundId refund, RefundRuling calldata ruling) external restricted {
        (Refund storage entry, CardFile memory file) = _load(refund);
        _requireRequested(refund, entry, file);
        rules.requireCause(ruling.cause);
        uint64 terminatedAt = ruling.terminatedAt == 0 ? entry.requestedAt : ruling.terminatedAt;
        require(
            terminatedAt >= file.card.soldAt && terminatedAt <= file.time,
            RefundsTerminationOutOfRange(terminatedAt, file.card.soldAt, file.time)
        );
        if (MerchantId.unwrap(ruling.jointDebtor) != 0) _requireDebtor(entry.merchant, ruling.jointDebtor);
        Digests.requirePresent(ruling.digest);

        entry.jointDebtor = ruling.jointDebtor;
        entry.ruling = ruling.digest;
        emit RefundRuled(refund, ruling);
        if (ruling.cause != entry.cause) {
            // A card ends for one cause: the one that was ruled.
            entry.cause = ruling.cause;
            cards.abandonEnding(entry.card);
            cards.beginEnding(entry.card, ruling.cause);
        }
        _approveRuled(refund, entry, file, terminatedAt, ruling);
    }

    /// @inheritdoc IRefunds
    function reject(RefundId refund, Digest calldata ruling) external restricted {
        (Refund storage entry, CardFile memory file) = _load(refund);
        _requireRequested(refund, entry, file);
        Digests.requirePresent(ruling);
        entry.status = RefundStatus.REJECTED;
        entry.ruling = ruling;
        emit RefundRejected(refund, ruling);
        cards.abandonEnding(entry.card);
    }

    /// @inheritdoc IRefunds
    function joinDebtor(RefundId refund, MerchantId debtor, Digest calldata ruling) external restricted {
        Refund storage entry = _entryOf(refund);
        require(entry.status == RefundStatus.APPROVED, RefundsWrongStatus(refund, entry.status));
        _requireDebtor(entry.merchant, debtor);
        Digests.requirePresent(ruling);
        entry.jointDebtor = debtor;
        entry.ruling = ruling;
        emit RefundDebtorJoined(refund, debtor, ruling);
    }

    /// @inheritdoc IRefunds
    function settle(RefundId refund) external {
        (Refund storage entry, CardFile memory file) = _load(refund);
        address caller = _msgSender();
        require(
            caller == file.card.holder || caller == register.agentOf(entry.merchant),
            RefundsNotParty(refund, caller)
        );
        _requireApproved(refund, entry, file);
        require(_advance(refund, entry, file), RefundsNothingToSettle(refund));
    }

    /// @inheritdoc IRefunds
    function pay(RefundId refund) external returns (uint256 principal, uint256 interest) {
        (Refund storage entry, CardFile memory file) = _load(refund);
        address caller = _msgSender();
        require(_isDebtor(entry, caller), RefundsNotDebtor(refund, caller));
        _requireApproved(refund, entry, file);
        (, Due memory due) = _update(refund, entry, file);
        principal = due.owed;
        interest = _interestOn(entry, principal, file.time);
        require(principal != 0 || interest != 0, RefundsNothingOwed(refund));

        entry.paidByMerchant += principal.toUint128();
        entry.interestPaid += interest.toUint128();
        entry.interestOnCustody = 0;
        address holder = entry.holder;
        emit RefundPaid(refund, caller, holder, principal, interest);
        _takeFromCard(entry, file, due.fromCard, principal);
        _conclude(refund, entry, file, 0);
        token.safeTransferFrom(caller, holder, principal + interest);
    }

    function _isDebtor(Refund storage entry, address caller) private view returns (bool) {
        if (caller == register.agentOf(entry.merchant)) return true;
        MerchantId joint = entry.jointDebtor;
        return MerchantId.unwrap(joint) != 0 && caller == register.agentOf(joint);
    }

    function _requireDebtor(MerchantId merchant, MerchantId debtor) private view {
        require(
            MerchantId.unwrap(debtor) != MerchantId.unwrap(merchant) &&
                register.statusOf(debtor) != MerchantStatus.NONE,
            RefundsInvalidDebtor(debtor)
        );
    }

    function _requireHolder(CardFile memory file) private view {
        require(_msgSender() == file.card.holder, RefundsNotHolder(file.id, _msgSender()));
    }

    function _requireRequested(RefundId refund, Refund storage entry, CardFile memory file) private view {
        require(entry.status == RefundStatus.REQUESTED, RefundsWrongStatus(refund, entry.status));
        _requireClaimsClosed(file);
    }

    function _requireApproved(RefundId refund, Refund storage entry, CardFile memory file) private view {
        require(entry.status == RefundStatus.APPROVED, RefundsWrongStatus(refund, entry.status));
        _requireClaimsClosed(file);
    }

    function _requireClaimsClosed(CardFile memory file) private view {
        MerchantId merchant = file.card.merchant;
        require(register.claimsOpenedAt(merchant) == 0, RefundsClaimsOpen(merchant));
    }
}
