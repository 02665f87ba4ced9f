// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ParameterId} from "../../common/interfaces/IPolicyRegistry.sol";
import {TradeId} from "./PrepaidTypes.sol";

/// @title Ids of the prepaid parameters in the policy registry
/// @notice A parameter may be set for one trade: `forTrade(id, trade)` is looked up first, then the id itself. A parameter that is not set
/// switches its rule off, except those marked "required". Money in fen, shares in ppm, times as named.
library PrepaidParameters {
    // custody (A-14 to A-22)
    ParameterId internal constant GENERAL_WARNING = ParameterId.wrap("prepaid.warning.general"); // fen; SH19 11
    ParameterId internal constant GENERAL_RATIO = ParameterId.wrap("prepaid.ratio.general"); // ppm of the whole balance
    ParameterId internal constant SPECIAL_SHARE = ParameterId.wrap("prepaid.warning.specialShare"); // ppm of last year's revenue
    ParameterId internal constant SPECIAL_CAP = ParameterId.wrap("prepaid.warning.specialCap"); // fen
    ParameterId internal constant SPECIAL_RATIO = ParameterId.wrap("prepaid.ratio.special"); // ppm
    ParameterId internal constant YOUNG_DAYS = ParameterId.wrap("prepaid.young.days"); // younger than this: special ratio
    ParameterId internal constant TRADE_RATIO = ParameterId.wrap("prepaid.ratio.trade"); // ppm of the balance whatever it is (A-19)
    ParameterId internal constant QUARTER_SCALE = ParameterId.wrap("prepaid.quarter.scale"); // ppm of the last quarter-end (A-18)
    ParameterId internal constant QUARTER_GROUP = ParameterId.wrap("prepaid.quarter.group");
    ParameterId internal constant QUARTER_BRAND = ParameterId.wrap("prepaid.quarter.brand");
    ParameterId internal constant LOW_WATER = ParameterId.wrap("prepaid.lowWater"); // ppm of what was paid in (A-22)
    ParameterId internal constant CURE_DAYS = ParameterId.wrap("prepaid.cure.days"); // A-20
    ParameterId internal constant PAYOUT_THRESHOLD = ParameterId.wrap("prepaid.payout.threshold"); // fen
    // who may sell (A-03, A-10)
    ParameterId internal constant LICENCE_MIN_DAYS = ParameterId.wrap("prepaid.licence.minDays");
    ParameterId internal constant REVENUE_CAP = ParameterId.wrap("prepaid.cap.revenue"); // ppm of last year's revenue the balance may reach
    ParameterId internal constant CAPITAL_CAP = ParameterId.wrap("prepaid.cap.capital"); // ppm of paid-in capital, first year
    ParameterId internal constant LEASE_BOUND = ParameterId.wrap("prepaid.lease.bound"); // 1: no card outlives the lease
    // caps of a card and of a consumer (A-04, A-08, A-09, A-11)
    ParameterId internal constant CAP_NAMED = ParameterId.wrap("prepaid.cap.named"); // fen
    ParameterId internal constant CAP_BEARER = ParameterId.wrap("prepaid.cap.bearer"); // fen
    ParameterId internal constant CAP_CONSUMER = ParameterId.wrap("prepaid.cap.consumer"); // fen, all kinds together
    ParameterId internal constant CAP_STORED = ParameterId.wrap("prepaid.cap.stored"); // fen
    ParameterId internal constant CAP_VISITS = ParameterId.wrap("prepaid.cap.visits"); // fen
    ParameterId internal constant CAP_VISIT_COUNT = ParameterId.wrap("prepaid.cap.visitCount"); // visits or lessons
    ParameterId internal constant CAP_PERIOD = ParameterId.wrap("prepaid.cap.period"); // fen
    ParameterId internal constant CAP_PERIOD_MONTHS = ParameterId.wrap("prepaid.cap.periodMonths");
    ParameterId internal constant CHARGE_MONTHS = ParameterId.wrap("prepaid.charge.months"); // one charge covers at most (A-09)
    ParameterId internal constant CHARGE_VISITS = ParameterId.wrap("prepaid.charge.visits");
    ParameterId internal constant CHARGE_EARLY_DAYS = ParameterId.wrap("prepaid.charge.earlyDays"); // not earlier before the start
    ParameterId internal constant CHARGE_RENEW_AT = ParameterId.wrap("prepaid.charge.renewAt"); // or when at most so many lessons remain
    ParameterId internal constant PLATFORM_WAIVES_CAP = ParameterId.wrap("prepaid.platform.waivesCap"); // 1: A-11
    // identity and payment (A-05, A-06)
    ParameterId internal constant BEARER_ID_FROM = ParameterId.wrap("prepaid.id.bearerFrom"); // fen in one sale
    ParameterId internal constant TRANSFER_ORGANISATION = ParameterId.wrap("prepaid.transfer.organisation"); // fen: no cash from here
    ParameterId internal constant TRANSFER_PERSON = ParameterId.wrap("prepaid.transfer.person"); // fen
    // term (A-07)
    ParameterId internal constant BEARER_MIN_MONTHS = ParameterId.wrap("prepaid.bearer.minMonths");
    // refunds (A-28 to A-39)
    ParameterId internal constant COOLING_OFF_DAYS = ParameterId.wrap("prepaid.coolingOff.days"); // required
    ParameterId internal constant COOLING_OFF_UNUSED = ParameterId.wrap("prepaid.coolingOff.unused"); // 1: nothing may be redeemed (BJ 16)
    ParameterId internal constant COOLING_OFF_PAY_DAYS = ParameterId.wrap("prepaid.coolingOff.payDays");
    ParameterId internal constant REFUND_PAY_DAYS = ParameterId.wrap("prepaid.refund.payDays"); // required
    ParameterId internal constant REFUND_WORKING_DAYS = ParameterId.wrap("prepaid.refund.workDays"); // 1: both pay days are working days
    ParameterId internal constant NEUTRAL_AT_LIST = ParameterId.wrap("prepaid.neutral.atList"); // 1: SPC 19 basis; default SPC 18 (A-50)
    ParameterId internal constant OPERATOR_RATE = ParameterId.wrap("prepaid.rate.operator"); // ppm a year: 1-year LPR
    ParameterId internal constant CONSUMER_RATE = ParameterId.wrap("prepaid.rate.consumer"); // ppm a year: deposit benchmark
    ParameterId internal constant CUSTODY_RATE = ParameterId.wrap("prepaid.rate.custody"); // ppm a year: the supervised account's
    // notices and windows (A-23, A-40, A-41, A-53)
    ParameterId internal constant CLOSING_NOTICE_DAYS = ParameterId.wrap("prepaid.notice.closing"); // required
    ParameterId internal constant EXIT_NOTICE_DAYS = ParameterId.wrap("prepaid.notice.exit"); // required
    ParameterId internal constant CONTEST_DAYS = ParameterId.wrap("prepaid.contest.days"); // required
    ParameterId internal constant ANSWER_DAYS = ParameterId.wrap("prepaid.answer.days"); // required
    ParameterId internal constant MARK_WORKING_DAYS = ParameterId.wrap("prepaid.mark.workingDays"); // required
    ParameterId internal constant REPORT_DAY = ParameterId.wrap("prepaid.report.day"); // required
    ParameterId internal constant PENALTY_YEAR_DAYS = ParameterId.wrap("prepaid.penalty.days"); // required: two penalties within

    /// @notice The id of a parameter for one trade: the trade's four characters in the last four bytes. Parameter names are
    /// at most 28 bytes long, so no two pairs meet, and no hash is taken that another chain would compute differently.
    function forTrade(ParameterId id, TradeId trade) internal pure returns (ParameterId) {
        return ParameterId.wrap(ParameterId.unwrap(id) | (bytes32(TradeId.unwrap(trade)) >> 224));
    }

    /// @notice The parameters that every region must set before a merchant can be filed there.
    /// @return ids their ids
    function required() internal pure returns (ParameterId[] memory ids) {
        ids = new ParameterId[](9);
        ids[0] = COOLING_OFF_DAYS;
        ids[1] = REFUND_PAY_DAYS;
        ids[2] = CLOSING_NOTICE_DAYS;
        ids[3] = EXIT_NOTICE_DAYS;
        ids[4] = CONTEST_DAYS;
        ids[5] = ANSWER_DAYS;
        ids[6] = MARK_WORKING_DAYS;
        ids[7] = REPORT_DAY;
        ids[8] = PENALTY_YEAR_DAYS;
    }
}
