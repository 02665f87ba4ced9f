// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId} from "../common/interfaces/IPolicyRegistry.sol";
import {Digests} from "../common/libraries/Digests.sol";
import {Money} from "../common/libraries/Money.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {ISaleRules} from "./interfaces/ISaleRules.sol";
import {ITermsRegister} from "./interfaces/ITermsRegister.sol";
import {CardMath} from "./libraries/CardMath.sol";
import {PolicyReader} from "./libraries/PolicyReader.sol";
import {PrepaidParameters} from "./libraries/PrepaidParameters.sol";
import {
    Card,
    CardForm,
    CardKind,
    CardOrder,
    Exposure,
    Filing,
    MerchantId,
    Sale,
    TopUp,
    TradeId
} from "./libraries/PrepaidTypes.sol";

/// @title SaleRules
/// @notice What may be sold; see {ISaleRules}.
contract SaleRules is ISaleRules {
    /// @dev One payment: what a sale or a top-up adds to what the consumer and the merchant have. Money in fen, times in seconds.
    struct Charge {
        MerchantId merchant;
        Filing filing;
        uint64 time;
        bytes32 consumerKey;
        uint256 stored;
        uint256 visitsPaid;
        uint256 periodPaid;
        uint256 bearerPaid;
        uint256 visits;
        uint256 visitsStart; // the latest first day of visits
        uint256 term; // of all period passes together
        uint256 termStart; // the earliest first day of a period pass
        uint256 lastStart; // the latest first day of a period pass
        uint256 lastEnd; // the latest end of a period pass
    }

    int32 private constant _OFFSET = TimeLib.CHINA_OFFSET;

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The deployment's merchant register.
    IMerchantRegister public immutable register;
    /// @notice The deployment's book.
    IPrepaidBook public immutable book;
    /// @notice The deployment's terms register.
    ITermsRegister public immutable termsRegister;

    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param register_ the deployment's {MerchantRegister}
    /// @param book_ the deployment's {PrepaidBook}
    /// @param termsRegister_ the deployment's {TermsRegister}
    constructor(
        IClock clock_,
        IPolicyRegistry policies_,
        IMerchantRegister register_,
        IPrepaidBook book_,
        ITermsRegister termsRegister_
    ) {
        clock = clock_;
        policies = policies_;
        register = register_;
        book = book_;
        termsRegister = termsRegister_;
    }

    /// @inheritdoc ISaleRules
    function checkSale(Sale calldata sale, CardOrder[] calldata orders) external view {
        MerchantId owner = termsRegister.termsOf(sale.terms).merchant;
        require(
            MerchantId.unwrap(owner) == MerchantId.unwrap(sale.merchant),
            SaleRulesTermsOfOther(sale.merchant, sale.terms)
        );
        require(Digests.isPresent(sale.contractDigest), SaleRulesContractMissing(sale.merchant));
        Charge memory charge = _charge(sale.merchant, sale.consumerKey, sale.viaPlatform);
        uint256 capNamed = _cardCap(charge, CardForm.NAMED, sale.viaPlatform);
        uint256 capBearer = _cardCap(charge, CardForm.BEARER, sale.viaPlatform);

        bool identified = Digests.isPresent(sale.buyerId);
        for (uint256 i = 0; i < orders.length; ++i) {
            CardOrder calldata order = orders[i];
            _checkOrder(charge, order, i);
            if (order.form == CardForm.NAMED) {
                require(identified && sale.consumerKey != 0, SaleRulesIdentityMissing(sale.merchant, 0, 0));
            }
            uint256 cap = order.form == CardForm.NAMED ? capNamed : capBearer;
            require(cap == 0 || order.paid <= cap, SaleRulesCardCap(i, order.form, order.paid, cap));
            uint256 start = order.startsAt == 0 ? charge.time : order.startsAt;
            _add(charge, order.kind, order.form, order.paid, order.face, start);
        }
        _checkBearerIdentity(charge, identified);
        _checkCharge(charge, sale.organisation, sale.cash);
    }

    /// @inheritdoc ISaleRules
    function checkTopUp(Card calldata card, TopUp calldata order) external view {
        require(Digests.isPresent(order.contractDigest), SaleRulesContractMissing(card.merchant));
        require(order.paid != 0 && order.face != 0, SaleRulesEmptyOrder(0));
        require(
            card.kind != CardKind.STORED_VALUE || order.face >= order.paid,
            SaleRulesFaceBelowPaid(0, order.paid, order.face)
        );
        Charge memory charge = _charge(card.merchant, card.consumerKey, order.viaPlatform);
        uint256 cap = _cardCap(charge, card.form, order.viaPlatform);
        uint256 principal = uint256(card.principal) + order.paid;
        require(cap == 0 || principal <= cap, SaleRulesCardCap(0, card.form, principal, cap));

        // A period pass runs on from its end.
        uint256 start = charge.time;
        if (card.kind == CardKind.PERIOD) start = Money.max(start, uint256(card.startsAt) + card.trancheFace);
        _add(charge, card.kind, card.form, order.paid, order.face, start);
        _checkBearerIdentity(charge, Digests.isPresent(card.buyerId));
        _checkCharge(charge, order.organisation, order.cash);
    }

    /// @inheritdoc ISaleRules
    function reactivatedUntil(MerchantId merchant) external view returns (uint64) {
        (bytes32 region, TradeId trade) = register.scopeOf(merchant);
        uint64 time = clock.timestamp();
        uint256 months = PolicyReader.get(policies, region, time, trade, PrepaidParameters.BEARER_MIN_MONTHS);
        return months == 0 ? 0 : TimeLib.addMonths(time, months, _OFFSET);
    }

    /// @dev What each card must be by itself.
    function _checkOrder(Charge memory charge, CardOrder calldata order, uint256 i) private view {
        require(order.paid != 0 && order.face != 0, SaleRulesEmptyOrder(i));
        if (order.kind == CardKind.STORED_VALUE) {
            require(order.face >= order.paid, SaleRulesFaceBelowPaid(i, order.paid, order.face));
        } else {
            uint256 single = order.kind == CardKind.VISITS ? 1 : TimeLib.DAY;
            require(order.face > single, SaleRulesSingleUse(i, order.face));
        }
        require(
            (order.listUnitPrice == 0) == (order.kind == CardKind.STORED_VALUE),
            SaleRulesListPrice(i, order.listUnitPrice)
        );
        require(
            order.startsAt == 0 || order.startsAt >= charge.time,
            SaleRulesStartInPast(i, order.startsAt, charge.time)
        );
        if (order.expiresAt != 0) {
            require(order.form == CardForm.BEARER, SaleRulesTerm(i, order.expiresAt, 0));
            uint64 least = TimeLib.addMonths(
                charge.time,
                _parameter(charge, PrepaidParameters.BEARER_MIN_MONTHS),
                _OFFSET
            );
            require(order.expiresAt >= least, SaleRulesTerm(i, order.expiresAt, least));
        }
    }

    /// @dev What one payment must keep: cash, the charge, the consumer's caps, the merchant's caps.
    function _checkCharge(Charge memory charge, bool organisation, bool cash) private view {
        MerchantId merchant = charge.merchant;
        uint256 total = _total(charge);
        if (cash) {
            uint256 from = _parameter(
                charge,
                organisation ? PrepaidParameters.TRANSFER_ORGANISATION : PrepaidParameters.TRANSFER_PERSON
            );
            require(from == 0 || total < from, SaleRulesCashRefused(merchant, total, from));
        }
        Exposure memory has = book.exposureOf(merchant, charge.consumerKey);
        if (charge.stored != 0) _checkKind(charge, CardKind.STORED_VALUE, has.storedPrincipal + charge.stored);
        if (charge.visits != 0) _checkVisits(charge, has);
        if (charge.term != 0) _checkPeriod(charge, has);
        uint256 principal = total + has.storedPrincipal + has.visitsPrincipal + has.periodPrincipal;
        uint256 cap = _consumerCap(charge, PrepaidParameters.CAP_CONSUMER);
        require(cap == 0 || principal <= cap, SaleRulesConsumerCap(merchant, principal, cap));
        _checkMerchant(charge, total);
    }

    function _checkVisits(Charge memory charge, Exposure memory has) private view {
        MerchantId merchant = charge.merchant;
        uint256 cap = _parameter(charge, PrepaidParameters.CHARGE_VISITS);
        require(cap == 0 || charge.visits <= cap, SaleRulesChargeVisits(merchant, charge.visits, cap));
        (bool found, uint256 most) = PolicyReader.find(
            policies,
            charge.filing.region,
            charge.time,
            charge.filing.trade,
            PrepaidParameters.CHARGE_RENEW_AT
        );
        require(!found || charge.consumerKey != 0, SaleRulesConsumerMissing(merchant));
        if (!found || has.visitsLeft == 0) _checkStart(charge, charge.visitsStart);
        else require(has.visitsLeft <= most, SaleRulesRenewalEarly(merchant, has.visitsLeft, most));

        _checkKind(charge, CardKind.VISITS, has.visitsPrincipal + charge.visitsPaid);
        cap = _consumerCap(charge, PrepaidParameters.CAP_VISIT_COUNT);
        uint256 visits = has.visitsLeft + charge.visits;
        require(cap == 0 || visits <= cap, SaleRulesVisitCap(merchant, visits, cap));
    }

    function _checkPeriod(Charge memory charge, Exposure memory has) private view {
        MerchantId merchant = charge.merchant;
        uint256 months = _parameter(charge, PrepaidParameters.CHARGE_MONTHS);
        if (months != 0) {
            uint256 cap = _addMonths(charge.termStart, months) - charge.termStart;
            require(charge.term <= cap, SaleRulesChargeTerm(merchant, charge.term, cap));
        }
        _checkStart(charge, Money.max(charge.lastStart, has.periodEndsAt));

        _checkKind(charge, CardKind.PERIOD, has.periodPrincipal + charge.periodPaid);
        months = _consumerCap(charge, PrepaidParameters.CAP_PERIOD_MONTHS);
        if (months != 0) {
            // Where a term still runs, from now; a first term may begin later.
            uint256 from = has.periodEndsAt > charge.time ? charge.time : charge.termStart;
            uint256 endsAt = CardMath.reach(has.periodEndsAt, uint64(from), charge.term);
            uint256 latest = _addMonths(from, months);
            require(endsAt <= latest, SaleRulesPeriodCap(merchant, endsAt, latest));
        }
        if (_parameter(charge, PrepaidParameters.LEASE_BOUND) != 0) {
            uint64 leaseEndsAt = charge.filing.leaseEndsAt;
            require(charge.lastEnd <= leaseEndsAt, SaleRulesLease(merchant, charge.lastEnd, leaseEndsAt));
        }
    }

    function _checkKind(Charge memory charge, CardKind kind, uint256 principal) private view {
        ParameterId id =
            kind == CardKind.STORED_VALUE
                ? PrepaidParameters.CAP_STORED
                : kind == CardKind.VISITS
                    ? PrepaidParameters.CAP_VISITS
                    : PrepaidParameters.CAP_PERIOD;
        uint256 cap = _consumerCap(charge, id);
        require(cap == 0 || principal <= cap, SaleRulesKindCap(charge.merchant, kind, principal, cap));
    }

    function _checkStart(Charge memory charge, uint256 start) private view {
        uint256 lead = _parameter(charge, PrepaidParameters.CHARGE_EARLY_DAYS) * TimeLib.DAY;
        require(
            lead == 0 || start <= charge.time + lead,
            SaleRulesChargeEarly(charge.merchant, start, start - Money.min(lead, start))
        );
    }

    function _checkMerchant(Charge memory charge, uint256 total) private view {
        uint256 base = charge.filing.lastYearRevenue;
        ParameterId id = PrepaidParameters.REVENUE_CAP;
        if (base == 0) (base, id) = (charge.filing.paidInCapital, PrepaidParameters.CAPITAL_CAP);
        uint256 ppm = _parameter(charge, id);
        if (ppm == 0) return;
        uint256 cap = Money.shareDown(base, ppm);
        uint256 balance = book.balanceOf(charge.merchant) + total;
        require(balance <= cap, SaleRulesMerchantCap(charge.merchant, balance, cap));
    }

    function _checkBearerIdentity(Charge memory charge, bool identified) private view {
        if (charge.bearerPaid == 0 || identified) return;
        uint256 from = _parameter(charge, PrepaidParameters.BEARER_ID_FROM);
        require(
            from == 0 || charge.bearerPaid < from,
            SaleRulesIdentityMissing(charge.merchant, charge.bearerPaid, from)
        );
    }

    /// @dev The most a single card of a form may hold; 0 = no cap. A compliant platform waives the named card's where the policy says so.
    function _cardCap(Charge memory charge, CardForm form, bool viaPlatform) private view returns (uint256) {
        if (form == CardForm.BEARER) return _parameter(charge, PrepaidParameters.CAP_BEARER);
        if (viaPlatform && _parameter(charge, PrepaidParameters.PLATFORM_WAIVES_CAP) != 0) return 0;
        return _parameter(charge, PrepaidParameters.CAP_NAMED);
    }

    /// @dev A cap that holds for each consumer: where it is set, the consumer must be known.
    function _consumerCap(Charge memory charge, ParameterId id) private view returns (uint256 cap) {
        cap = _parameter(charge, id);
        require(cap == 0 || charge.consumerKey != 0, SaleRulesConsumerMissing(charge.merchant));
    }

    function _parameter(Charge memory charge, ParameterId id) private view returns (uint256) {
        return PolicyReader.get(policies, charge.filing.region, charge.time, charge.filing.trade, id);
    }

    function _charge(
        MerchantId merchant,
        bytes32 consumerKey,
        bool viaPlatform
    ) private view returns (Charge memory charge) {
        charge.merchant = merchant;
        charge.filing = register.merchantOf(merchant).filing;
        require(!viaPlatform || charge.filing.onCompliantPlatform, SaleRulesNotOnPlatform(merchant));
        charge.time = clock.timestamp();
        charge.consumerKey = consumerKey;
        charge.termStart = type(uint256).max;
    }

    function _add(
        Charge memory charge,
        CardKind kind,
        CardForm form,
        uint256 paid,
        uint256 face,
        uint256 start
    ) private pure {
        if (form == CardForm.BEARER) charge.bearerPaid += paid;
        if (kind == CardKind.STORED_VALUE) {
            charge.stored += paid;
        } else if (kind == CardKind.VISITS) {
            charge.visitsPaid += paid;
            charge.visits += face;
            charge.visitsStart = Money.max(charge.visitsStart, start);
        } else {
            charge.periodPaid += paid;
            charge.term += face;
            charge.termStart = Money.min(charge.termStart, start);
            charge.lastStart = Money.max(charge.lastStart, start);
            charge.lastEnd = Money.max(charge.lastEnd, start + face);
        }
    }

    function _total(Charge memory charge) private pure returns (uint256) {
        return charge.stored + charge.visitsPaid + charge.periodPaid;
    }

    function _addMonths(uint256 moment, uint256 months) private pure returns (uint256) {
        return TimeLib.addMonths(uint64(moment), months, _OFFSET);
    }
}
