// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId} from "../common/interfaces/IPolicyRegistry.sol";
import {IWorkCalendar} from "../common/interfaces/IWorkCalendar.sol";
import {Money} from "../common/libraries/Money.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidCards} from "./interfaces/IPrepaidCards.sol";
import {IRefundRules} from "./interfaces/IRefundRules.sol";
import {ITermsRegister} from "./interfaces/ITermsRegister.sol";
import {PolicyReader} from "./libraries/PolicyReader.sol";
import {PrepaidParameters} from "./libraries/PrepaidParameters.sol";
import {Card, CardId, CardKind, EndCause} from "./libraries/PrepaidTypes.sol";
import {RefundMath} from "./libraries/RefundMath.sol";
import {RefundQuote} from "./libraries/RefundTypes.sol";

/// @title RefundRules
/// @notice What a refund comes to; see {IRefundRules}.
contract RefundRules is IRefundRules, Governed {
    using PolicyReader for IPolicyRegistry;
    using SafeCast for uint256;

    /// @dev How the value of what was redeemed counts.
    enum Basis {
        PRICE_PAID, // SPC 18
        LIST_PRICE, // SPC 19
        TERM // SPC 22
    }

    /// @dev A card with all that bears on its refund, read once.
    struct CardFile {
        CardId id;
        Card card;
        uint256 free; // principal that no open entry holds, fen
        IMerchantRegister.Merchant merchant;
        ITermsRegister.Terms terms;
        uint64 time;
    }

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The deployment's work calendar.
    IWorkCalendar public immutable calendar;
    /// @notice The merchants.
    IMerchantRegister public immutable register;
    /// @notice The terms that cards were sold under.
    ITermsRegister public immutable termsRegister;
    /// @notice The cards.
    IPrepaidCards public immutable cards;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param calendar_ the deployment's {WorkCalendar}
    /// @param register_ the {MerchantRegister}
    /// @param termsRegister_ the {TermsRegister}
    /// @param cards_ the {PrepaidCards}
    constructor(
        address authority_,
        IClock clock_,
        IPolicyRegistry policies_,
        IWorkCalendar calendar_,
        IMerchantRegister register_,
        ITermsRegister termsRegister_,
        IPrepaidCards cards_
    ) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(policies_));
        _requireContract(address(calendar_));
        _requireContract(address(register_));
        _requireContract(address(termsRegister_));
        _requireContract(address(cards_));
        clock = clock_;
        policies = policies_;
        calendar = calendar_;
        register = register_;
        termsRegister = termsRegister_;
        cards = cards_;
    }

    /// @inheritdoc IRefundRules
    function requireCause(EndCause cause) external pure {
        _requireCause(cause);
    }

    /// @inheritdoc IRefundRules
    function open(CardId card, EndCause cause) external view returns (bool topUpOnly, bool atOnce, uint64 dueAt) {
        CardFile memory file = _fileOf(card);
        topUpOnly = _requireOpen(file, cause);
        atOnce = _isFixedAtOnce(file, cause);
        dueAt = _dueAt(file, cause);
    }

    /// @inheritdoc IRefundRules
    function assess(
        CardId card,
        EndCause cause,
        uint64 terminatedAt
    ) external view returns (uint256 principal, uint256 redeemedValue, bool awaitsEntries) {
        return _assess(_fileOf(card), cause, terminatedAt);
    }

    /// @inheritdoc IRefundRules
    function ratesOf(CardId card, EndCause cause) external view returns (uint32 ratePpm, uint32 custodyRatePpm) {
        return _rates(_fileOf(card), cause);
    }

    /// @inheritdoc IRefundRules
    function quote(CardId card, EndCause cause) external view returns (RefundQuote memory result) {
        CardFile memory file = _fileOf(card);
        result.topUpOnly = _requireOpen(file, cause);
        (result.ratePpm, result.custodyRatePpm) = _rates(file, cause);
        if (result.topUpOnly) {
            result.principal = _topUpLeft(file).toUint128();
            result.redeemedValue = (_unreturned(file.card) - file.free).toUint128();
            return result;
        }
        (uint256 principal, uint256 redeemedValue, bool awaitsEntries) = _assess(file, cause, file.time);
        result.awaitsEntries = awaitsEntries;
        result.redeemedValue = redeemedValue.toUint128();
        result.principal = principal.toUint128();
        result.earned = Money.floorSub(file.free, principal).toUint128();
        result.beyondBook = Money.floorSub(principal, file.free).toUint128();
    }

    function _fileOf(CardId id) private view returns (CardFile memory file) {
        file.id = id;
        file.card = cards.cardOf(id);
        file.free = Money.floorSub(file.card.principal, cards.reservedPrincipalOf(id));
        file.merchant = register.merchantOf(file.card.merchant);
        file.terms = termsRegister.termsOf(file.card.terms);
        file.time = clock.timestamp();
    }

    /// @dev Reverts unless a holder can name the cause for the card now.
    /// @return topUpOnly whether only the last top-up is still inside its cooling-off time
    function _requireOpen(CardFile memory file, EndCause cause) private view returns (bool topUpOnly) {
        _requireCause(cause);
        if (cause == EndCause.COOLING_OFF) return _requireCoolingOff(file);
        if (cause == EndCause.RESIDUE) {
            Card memory card = file.card;
            uint256 left = uint256(card.trancheFace) - card.trancheUsed - card.reserved;
            uint256 cheapest = file.terms.cheapestItem;
            require(RefundMath.isResidue(left, cheapest), RefundRulesNotResidue(file.id, left, cheapest));
        }
    }

    function _requireCause(EndCause cause) private pure {
        // Causes from DEFAULT on are not asked for: the card is paid out after a default, or is used up.
        require(cause != EndCause.NONE && cause < EndCause.DEFAULT, RefundRulesCauseNotAllowed(cause));
    }

    function _isFixedAtOnce(CardFile memory file, EndCause cause) private view returns (bool) {
        if (cause == EndCause.OPERATOR) return register.operatorCause(file.card.merchant);
        return cause == EndCause.COOLING_OFF || cause == EndCause.CONSUMER || cause == EndCause.RESIDUE;
    }

    function _assess(
        CardFile memory file,
        EndCause cause,
        uint64 terminatedAt
    ) private view returns (uint256 principal, uint256 redeemedValue, bool awaitsEntries) {
        Card memory card = file.card;
        uint256 unreturned = _unreturned(card);
        Basis basis = _basisOf(file, cause);
        if (basis == Basis.LIST_PRICE) {
            principal = RefundMath.leftAtList(unreturned, card.listUsed, file.free);
            return (principal, card.listUsed, card.reserved != 0);
        }
        principal = basis == Basis.TERM ? _leftOfTerm(file, cause, terminatedAt) : file.free;
        redeemedValue = unreturned - principal;
    }

    function _rates(CardFile memory file, EndCause cause) private view returns (uint32 ratePpm, uint32 custodyRatePpm) {
        bool operator = cause == EndCause.OPERATOR;
        ParameterId id = operator ? PrepaidParameters.OPERATOR_RATE : PrepaidParameters.CONSUMER_RATE;
        uint256 agreed = operator ? file.terms.operatorRatePpm : file.terms.consumerRatePpm;
        ratePpm = RefundMath.betterRate(_parameter(file, id), agreed).toUint32();
        custodyRatePpm = _parameter(file, PrepaidParameters.CUSTODY_RATE).toUint32();
    }

    function _dueAt(CardFile memory file, EndCause cause) private view returns (uint64) {
        uint256 count = 0;
        if (cause == EndCause.COOLING_OFF) count = _parameter(file, PrepaidParameters.COOLING_OFF_PAY_DAYS);
        if (count == 0) {
            count = policies.need(
                file.merchant.filing.region,
                file.card.soldAt,
                file.merchant.filing.trade,
                PrepaidParameters.REFUND_PAY_DAYS
            );
        }
        uint64 due = _addPayDays(file, count);
        if (file.terms.refundDays == 0) return due;
        uint64 agreed = TimeLib.addDays(file.time, file.terms.refundDays);
        return cause == EndCause.COOLING_OFF && due < agreed ? due : agreed;
    }

    /// @dev What the consumer paid and was not paid back.
    function _unreturned(Card memory card) private pure returns (uint256) {
        return card.paidTotal - card.refunded;
    }

    /// @dev What of the last top-up is left and held by no open entry.
    function _topUpLeft(CardFile memory file) private view returns (uint256) {
        (uint256 left, ) = cards.topUpLeftOf(file.id);
        return Money.min(left, file.free);
    }

    function _requireCoolingOff(CardFile memory file) private view returns (bool topUpOnly) {
        Card memory card = file.card;
        require(!card.coolingOffBarred, RefundRulesCoolingOffBarred(file.id));
        uint256 lawDays = policies.need(
            file.merchant.filing.region,
            card.soldAt,
            file.merchant.filing.trade,
            PrepaidParameters.COOLING_OFF_DAYS
        );
        uint64 until = RefundMath.coolingOffUntil(card.soldAt, lawDays, file.terms.coolingOffDays);
        topUpOnly = file.time > until;
        if (topUpOnly) {
            if (card.lastTopUpPaid != 0) {
                until = RefundMath.coolingOffUntil(card.toppedUpAt, lawDays, file.terms.coolingOffDays);
            }
            require(file.time <= until, RefundRulesCoolingOffOver(file.id, until));
        }
        if (_parameter(file, PrepaidParameters.COOLING_OFF_UNUSED) == 1) {
            bool used =
                topUpOnly ? card.trancheUsed != 0 : card.trancheUsed != 0 || card.redeemed != 0 || card.listUsed != 0;
            require(!used && card.reserved == 0, RefundRulesCoolingOffUsed(file.id));
        }
        require(!topUpOnly || _topUpLeft(file) != 0, RefundRulesTopUpSpent(file.id));
    }

    /// @dev A period pass counts by its term whatever the cause, but for cooling off, where the price paid is better for the holder.
    function _basisOf(CardFile memory file, EndCause cause) private view returns (Basis) {
        if (file.card.kind == CardKind.PERIOD && cause != EndCause.COOLING_OFF) return Basis.TERM;
        if (cause == EndCause.CONSUMER) return Basis.LIST_PRICE;
        if (cause == EndCause.NEUTRAL && _parameter(file, PrepaidParameters.NEUTRAL_AT_LIST) == 1) {
            return Basis.LIST_PRICE;
        }
        return Basis.PRICE_PAID;
    }

    function _leftOfTerm(CardFile memory file, EndCause cause, uint64 terminatedAt) private pure returns (uint256) {
        Card memory card = file.card;
        if (card.trancheFace == 0) return 0; // used up, and its top-up taken back
        uint256 remaining = RefundMath.remainingTerm(
            card.startsAt,
            card.trancheFace,
            terminatedAt,
            file.merchant.stoppedAt,
            cause == EndCause.CONSUMER
        );
        return RefundMath.leftOfTerm(card.tranchePaid, card.trancheFace, remaining);
    }

    /// @dev Working days where the policy says so. A year without a published calendar must not stop a refund: natural days, which end
    /// earlier, hold then.
    function _addPayDays(CardFile memory file, uint256 count) private view returns (uint64) {
        if (_parameter(file, PrepaidParameters.REFUND_WORKING_DAYS) == 1) {
            try calendar.addWorkingDays(file.time, count) returns (uint64 due) {
                return due;
            } catch {}
        }
        return TimeLib.addDays(file.time, count);
    }

    /// @dev A parameter of the policy that the card keeps: that of its sale. 0 where it is not set.
    function _parameter(CardFile memory file, ParameterId id) private view returns (uint256) {
        return policies.get(file.merchant.filing.region, file.card.soldAt, file.merchant.filing.trade, id);
    }
}
