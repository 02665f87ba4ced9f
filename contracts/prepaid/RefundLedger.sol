// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {Money} from "../common/libraries/Money.sol";
import {ICustody} from "./interfaces/ICustody.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidCards} from "./interfaces/IPrepaidCards.sol";
import {IRefundRules} from "./interfaces/IRefundRules.sol";
import {IRefunds} from "./interfaces/IRefunds.sol";
import {Card, CardId, CardStatus, EndCause, RefundId} from "./libraries/PrepaidTypes.sol";
import {RefundMath} from "./libraries/RefundMath.sol";
import {Refund, RefundQuote, RefundRuling, RefundStatus} from "./libraries/RefundTypes.sol";

/// @title RefundLedger
/// @notice What each refund owes, and how it follows its card and the vault; see {IRefunds}.
abstract contract RefundLedger is IRefunds, Governed {
    using SafeCast for uint256;

    /// @dev Where a refund stands when its card is looked at now, fen.
    struct Due {
        bool awaitsEntries;
        uint256 principal; // due in all
        uint256 kept; // principal that the merchant keeps
        uint256 owed; // of the principal, not paid yet
        uint256 fromCard; // of what is owed, principal that is still in the card
        uint256 earned; // principal in the card that becomes the merchant's now
    }

    /// @dev `kept` of a refund whose value was ruled: all that is not due stays with the merchant.
    uint128 private constant _KEEPS_ALL = type(uint128).max;

    /// @dev A card with what of it every step looks at, read once.
    struct CardFile {
        CardId id;
        Card card;
        uint256 free; // principal that no open entry holds, fen
        uint64 time;
    }

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The merchants.
    IMerchantRegister public immutable register;
    /// @notice What a refund comes to.
    IRefundRules public immutable rules;
    /// @notice The cards.
    IPrepaidCards public immutable cards;
    /// @notice The vaults.
    ICustody public immutable custody;

    uint256 internal _count;
    mapping(RefundId refund => Refund) internal _refunds;
    mapping(CardId card => RefundId) internal _latest;

    constructor(
        address authority_,
        IClock clock_,
        IMerchantRegister register_,
        IRefundRules rules_,
        IPrepaidCards cards_,
        ICustody custody_
    ) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(register_));
        _requireContract(address(rules_));
        _requireContract(address(cards_));
        _requireContract(address(custody_));
        clock = clock_;
        register = register_;
        rules = rules_;
        cards = cards_;
        custody = custody_;
    }

    /// @inheritdoc IRefunds
    function quote(CardId card, EndCause cause) external view returns (RefundQuote memory) {
        return rules.quote(card, cause);
    }

    /// @inheritdoc IRefunds
    function refundOf(RefundId refund) external view returns (Refund memory) {
        return _entryOf(refund);
    }

    /// @inheritdoc IRefunds
    function refundOfCard(CardId card) external view returns (RefundId) {
        return _latest[card];
    }

    /// @inheritdoc IRefunds
    function owedOf(RefundId refund) external view returns (uint256 principal, uint256 interest) {
        return _owed(_entryOf(refund));
    }

    /// @inheritdoc IRefunds
    function isOverdue(RefundId refund) external view returns (bool) {
        Refund storage entry = _entryOf(refund);
        if (clock.timestamp() <= entry.dueAt) return false;
        if (entry.status == RefundStatus.REQUESTED) return true;
        (uint256 principal, uint256 interest) = _owed(entry);
        return principal != 0 || interest != 0;
    }

    /// @inheritdoc IRefunds
    function count() external view returns (uint256) {
        return _count;
    }

    function _entryOf(RefundId refund) internal view returns (Refund storage entry) {
        entry = _refunds[refund];
        require(entry.status != RefundStatus.NONE, RefundsUnknown(refund));
    }

    function _fileOf(CardId id) internal view returns (CardFile memory file) {
        file.id = id;
        file.card = cards.cardOf(id);
        file.free = Money.floorSub(file.card.principal, cards.reservedPrincipalOf(id));
        file.time = clock.timestamp();
    }

    function _load(RefundId refund) internal view returns (Refund storage entry, CardFile memory file) {
        entry = _entryOf(refund);
        file = _fileOf(entry.card);
    }

    /// @dev Fixes a refund by the formula of its cause and pays what custody reaches.
    function _approve(RefundId id, Refund storage entry, CardFile memory file, uint64 terminatedAt) internal {
        if (entry.topUpOnly) {
            entry.principal = _topUpLeft(file).toUint128();
        } else {
            _fix(entry, file, terminatedAt, 0);
        }
        _begin(id, entry, file, terminatedAt);
    }

    /// @dev Fixes a refund as ruled.
    function _approveRuled(
        RefundId id,
        Refund storage entry,
        CardFile memory file,
        uint64 terminatedAt,
        RefundRuling calldata ruling
    ) internal {
        if (ruling.overrideValue) {
            uint256 unreturned = file.card.paidTotal - file.card.refunded;
            uint256 left = RefundMath.leftAtValue(unreturned, ruling.redeemedValue);
            entry.principal = RefundMath.lessGifts(left, ruling.giftDeduction).toUint128();
            entry.kept = _KEEPS_ALL;
        } else {
            _fix(entry, file, terminatedAt, ruling.giftDeduction);
        }
        _begin(id, entry, file, terminatedAt);
    }

    /// @dev Brings a refund up to date with its card, pays what custody reaches and ends what is settled.
    /// @return changed whether anything did
    function _advance(RefundId id, Refund storage entry, CardFile memory file) internal returns (bool changed) {
        Due memory due;
        (changed, due) = _update(id, entry, file);
        // Custody pays first: the card announces the merchant's code once, when it books the repayment.
        uint256 amount = due.fromCard == 0 ? 0 : custody.payHolder(entry.merchant, entry.holder, due.fromCard);
        if (amount != 0) {
            changed = true;
            entry.paidFromCustody += amount.toUint128();
            uint256 elapsed = RefundMath.interestDays(entry.terminatedAt, file.time);
            entry.interestOnCustody += RefundMath.interest(amount, entry.custodyRatePpm, elapsed).toUint128();
            emit RefundPaid(id, address(custody), entry.holder, amount, 0);
            _takeFromCard(entry, file, amount, due.owed);
        }
        if (_conclude(id, entry, file, due.owed - amount)) changed = true;
    }

    /// @dev Writes what changed since: other principal is due, or principal became the merchant's.
    function _update(
        RefundId id,
        Refund storage entry,
        CardFile memory file
    ) internal returns (bool changed, Due memory due) {
        due = _dueOf(entry, file);
        // A card that ends can still be reissued. One that lives on without its top-up may have changed hands since.
        if (file.card.status == CardStatus.ENDING && _isLatest(id, entry)) entry.holder = file.card.holder;
        if (entry.awaitsEntries != due.awaitsEntries || entry.principal != due.principal) {
            entry.awaitsEntries = due.awaitsEntries;
            entry.kept = due.kept.toUint128();
            entry.principal = due.principal.toUint128();
            emit RefundAdjusted(id, due.principal);
            changed = true;
        }
        if (due.earned != 0) {
            uint128 amount = due.earned.toUint128();
            entry.earned += amount;
            file.card.principal -= amount;
            emit RefundEarned(id, amount);
            cards.earn(entry.card, amount);
            changed = true;
        }
    }

    /// @dev Books principal paid out of the card. `owed` is what of the refund was open before.
    function _takeFromCard(Refund storage entry, CardFile memory file, uint256 amount, uint256 owed) internal {
        if (amount == 0) return;
        uint128 principal = amount.toUint128();
        entry.fromCard += principal;
        file.card.principal -= principal;
        if (!entry.topUpOnly) {
            cards.repay(entry.card, principal);
            return;
        }
        // The card lives on without the top-up, but waits until all of that is paid.
        cards.abandonEnding(entry.card);
        cards.unwindTopUp(entry.card, principal);
        if (amount < owed) {
            cards.beginEnding(entry.card, entry.cause);
        } else {
            file.card.status = CardStatus.ACTIVE;
        }
    }

    /// @dev Ends the card and the refund where nothing is left of them. `owed` is the principal still open.
    /// @return changed whether one ended
    function _conclude(
        RefundId id,
        Refund storage entry,
        CardFile memory file,
        uint256 owed
    ) internal returns (bool changed) {
        bool decided = file.card.reserved == 0;
        bool ending = !entry.topUpOnly && file.card.status == CardStatus.ENDING;
        if (ending && decided && file.card.principal == 0) {
            changed = true;
            cards.finishEnding(entry.card);
        }
        if (owed == 0 && entry.interestOnCustody == 0 && (decided || entry.topUpOnly)) {
            changed = true;
            entry.status = RefundStatus.PAID;
            emit RefundCompleted(id, uint256(entry.paidFromCustody) + entry.paidByMerchant, entry.interestPaid);
        }
    }

    function _isLatest(RefundId id, Refund storage entry) internal view returns (bool) {
        return RefundId.unwrap(_latest[entry.card]) == RefundId.unwrap(id);
    }

    /// @dev Interest owed if the principal is paid now, and what custody's payments left to the merchant.
    function _interestOn(Refund storage entry, uint256 principal, uint64 time) internal view returns (uint256) {
        uint256 elapsed = RefundMath.interestDays(entry.terminatedAt, time);
        return RefundMath.interest(principal, entry.ratePpm, elapsed) + entry.interestOnCustody;
    }

    function _begin(RefundId id, Refund storage entry, CardFile memory file, uint64 terminatedAt) private {
        entry.status = RefundStatus.APPROVED;
        entry.terminatedAt = terminatedAt;
        entry.refundedBefore = file.card.refunded;
        (entry.ratePpm, entry.custodyRatePpm) = rules.ratesOf(file.id, entry.cause);
        emit RefundApproved(
            id,
            _msgSender(),
            entry.cause,
            terminatedAt,
            entry.principal,
            entry.awaitsEntries,
            entry.ratePpm,
            entry.custodyRatePpm
        );
        file.card.status = CardStatus.ENDING;
        _advance(id, entry, file);
    }

    /// @dev While list prices of open entries are not known nothing is due, and `kept` holds the gifts alone.
    function _fix(Refund storage entry, CardFile memory file, uint64 terminatedAt, uint256 gifts) private {
        (uint256 left, , bool awaitsEntries) = rules.assess(file.id, entry.cause, terminatedAt);
        (uint256 principal, uint256 kept) = awaitsEntries ? (0, gifts) : _split(file.free, left, gifts);
        entry.awaitsEntries = awaitsEntries;
        entry.principal = principal.toUint128();
        entry.kept = kept.toUint128();
    }

    function _dueOf(Refund storage entry, CardFile memory file) private view returns (Due memory due) {
        uint256 paid = uint256(entry.paidFromCustody) + entry.paidByMerchant;
        if (entry.topUpOnly) {
            // Entries that stood took their part of the top-up.
            due.owed = Money.min(entry.principal - paid, _topUpLeft(file));
            due.fromCard = due.owed;
            due.principal = paid + due.owed;
            return due;
        }
        uint256 refunded = file.card.refunded - entry.refundedBefore;
        due.kept = entry.kept;
        due.awaitsEntries = entry.awaitsEntries && file.card.reserved != 0;
        if (due.awaitsEntries) return due;
        if (entry.awaitsEntries) {
            (uint256 left, , ) = rules.assess(file.id, entry.cause, entry.terminatedAt);
            (due.principal, due.kept) = _split(file.free, left, due.kept);
        } else {
            due.principal = RefundMath.raisedDue(entry.principal, file.free + refunded + entry.earned, due.kept);
        }
        // What claims after a default paid from the card is no longer owed.
        due.owed = Money.floorSub(due.principal, paid + (refunded - entry.fromCard));
        due.fromCard = Money.min(file.free, due.owed);
        due.earned = file.free - due.fromCard;
    }

    function _owed(Refund storage entry) private view returns (uint256 principal, uint256 interest) {
        if (entry.status != RefundStatus.APPROVED) return (0, 0);
        CardFile memory file = _fileOf(entry.card);
        principal = _dueOf(entry, file).owed;
        interest = _interestOn(entry, principal, file.time);
    }

    /// @dev What of the last top-up is left and held by no open entry.
    function _topUpLeft(CardFile memory file) private view returns (uint256) {
        (uint256 left, ) = cards.topUpLeftOf(file.id);
        return Money.min(left, file.free);
    }

    /// @dev What is left on a basis, into what is due and what the merchant keeps of the free principal.
    function _split(uint256 free, uint256 left, uint256 gifts) private pure returns (uint256 principal, uint256 kept) {
        principal = RefundMath.lessGifts(left, gifts);
        kept = Money.floorSub(free, left) + gifts;
    }
}
