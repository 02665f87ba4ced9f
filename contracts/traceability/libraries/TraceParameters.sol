// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ParameterId} from "../../common/interfaces/IPolicyRegistry.sol";

/// @title Ids of the traceability parameters in the policy registry
/// @notice A parameter that is not set switches its rule off. Times as named.
library TraceParameters {
    // recall of food: C-25 to C-28
    ParameterId internal constant FOOD_START_1 = ParameterId.wrap("trace.recall.food.start.1"); // s from knowing to notice, level 1
    ParameterId internal constant FOOD_START_2 = ParameterId.wrap("trace.recall.food.start.2");
    ParameterId internal constant FOOD_START_3 = ParameterId.wrap("trace.recall.food.start.3");
    ParameterId internal constant FOOD_FINISH_1 = ParameterId.wrap("trace.recall.food.finish.1"); // working days from notice to close
    ParameterId internal constant FOOD_FINISH_2 = ParameterId.wrap("trace.recall.food.finish.2");
    ParameterId internal constant FOOD_FINISH_3 = ParameterId.wrap("trace.recall.food.finish.3");
    ParameterId internal constant FOOD_ANNOUNCE = ParameterId.wrap("trace.recall.food.announce"); // 1: destruction is announced first
    // recall of medicines: C-32, C-33
    ParameterId internal constant MEDICINE_START_1 = ParameterId.wrap("trace.recall.medicine.start.1"); // s from knowing to notice
    ParameterId internal constant MEDICINE_START_2 = ParameterId.wrap("trace.recall.medicine.start.2");
    ParameterId internal constant MEDICINE_START_3 = ParameterId.wrap("trace.recall.medicine.start.3");
    ParameterId internal constant MEDICINE_PLAN_1 = ParameterId.wrap("trace.recall.medicine.plan.1"); // s from notice to the plan filed
    ParameterId internal constant MEDICINE_PLAN_2 = ParameterId.wrap("trace.recall.medicine.plan.2");
    ParameterId internal constant MEDICINE_PLAN_3 = ParameterId.wrap("trace.recall.medicine.plan.3");
    ParameterId internal constant MEDICINE_REPORT_1 = ParameterId.wrap("trace.recall.medicine.report.1"); // s between progress reports
    ParameterId internal constant MEDICINE_REPORT_2 = ParameterId.wrap("trace.recall.medicine.report.2");
    ParameterId internal constant MEDICINE_REPORT_3 = ParameterId.wrap("trace.recall.medicine.report.3");
    // certificates: C-21, C-22; quarantine
    ParameterId internal constant CERTIFICATE_AT_PURCHASE = ParameterId.wrap("trace.certificate.purchase"); // 1: no certificate, no purchase
    ParameterId internal constant CERTIFICATE_SPLIT = ParameterId.wrap("trace.certificate.split"); // 1: mixing or splitting needs a new one
    ParameterId internal constant CERTIFICATE_MONTHS = ParameterId.wrap("trace.certificate.months"); // retention, months
    ParameterId internal constant QUARANTINE_LEVEL = ParameterId.wrap("trace.quarantine.level"); // lowest level of the office: 1 province, 2 city or county
    ParameterId internal constant QUARANTINE_SECONDS = ParameterId.wrap("trace.quarantine.seconds"); // how long it holds, s
    // codes of imported frozen food: C-24
    ParameterId internal constant FROZEN_CODE = ParameterId.wrap("trace.frozen.code"); // 1: no move, no sale without the code
    // returns of what was exported
    ParameterId internal constant EXPORT_RETURN_TERM = ParameterId.wrap("trace.export.returnTerm"); // s from release to return; unset: no term

    /// @notice The time from knowing the risk to the notice.
    /// @param medicine whether a medicine is recalled, else food and other goods
    /// @param level the level, 1 to 3
    /// @return the parameter
    function recallStart(bool medicine, uint8 level) internal pure returns (ParameterId) {
        if (medicine) return _pick(level, MEDICINE_START_1, MEDICINE_START_2, MEDICINE_START_3);
        return _pick(level, FOOD_START_1, FOOD_START_2, FOOD_START_3);
    }

    /// @notice The working days from the notice of a recall of food to its close.
    /// @param level the level, 1 to 3
    /// @return the parameter
    function recallFinish(uint8 level) internal pure returns (ParameterId) {
        return _pick(level, FOOD_FINISH_1, FOOD_FINISH_2, FOOD_FINISH_3);
    }

    /// @notice The time from the notice of a recall of a medicine to its plan.
    /// @param level the level, 1 to 3
    /// @return the parameter
    function recallPlan(uint8 level) internal pure returns (ParameterId) {
        return _pick(level, MEDICINE_PLAN_1, MEDICINE_PLAN_2, MEDICINE_PLAN_3);
    }

    /// @notice The time between progress reports on the recall of a medicine.
    /// @param level the level, 1 to 3
    /// @return the parameter
    function recallReport(uint8 level) internal pure returns (ParameterId) {
        return _pick(level, MEDICINE_REPORT_1, MEDICINE_REPORT_2, MEDICINE_REPORT_3);
    }

    function _pick(
        uint8 level,
        ParameterId first,
        ParameterId second,
        ParameterId third
    ) private pure returns (ParameterId) {
        return
            level == 1
                ? first
                : level == 2
                    ? second
                    : third;
    }
}
