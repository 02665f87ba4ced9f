// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ParameterId} from "../../common/interfaces/IPolicyRegistry.sol";
import {ColdClass, ColdStage} from "./ColdTypes.sol";

/// @title Parameters of the cold chain
/// @notice The numbers that policy sets by what is kept cold and where: `cold.<class>.<stage>.<field>`, as in `cold.FROZ.TRAN.upper`; stage `ANY_`
/// where it is the same everywhere. Temperatures in 0.01 K, because the registry holds no negative numbers. The values are in
/// apps/trace-common/policies.
library ColdParameters {
    bytes17 internal constant LOWER = "lower"; // the least in range; required
    bytes17 internal constant UPPER = "upper"; // the largest in range; required
    bytes17 internal constant HARD_UPPER = "hardUpper"; // above it: refuse
    bytes17 internal constant RECOVER = "recover"; // at receipt not above it
    bytes17 internal constant TOLERANCE = "tolerance"; // s: longest run outside that is no excursion; default 0
    bytes17 internal constant ALLOWANCE = "allowance"; // s: time outside altogether that is no excursion; default: no such limit
    bytes17 internal constant LOG_EVERY = "logEvery"; // s; required
    bytes17 internal constant ALARM_EVERY = "alarmEvery"; // s; default: no such demand
    bytes17 internal constant RECEIPT_LAG = "receiptLag"; // s: how long after a receipt it may be recorded; default 0
    bytes17 internal constant STRICT = "strict"; // 1: whatever was out of range is refused
    bytes17 internal constant FULL_LOG = "fullLog"; // 1: without a complete log it is refused
    bytes17 internal constant SENSOR_ERROR = "sensorError"; // 0.01 K: the largest error that a calibration may show; default: no calibration asked for
    bytes17 internal constant LEG_REQUIRED = "legRequired"; // 1: nothing of this class ships without a planned leg
    bytes17 internal constant RETAIN = "retain"; // days: how long logs are kept after the leg
    bytes17 internal constant RETAIN_EXPIRY = "retainExpiry"; // days: how long logs are kept after the goods expire

    bytes4 private constant _ANY = "ANY_";

    /// @notice The id of a field for a class at a stage.
    /// @param field the field
    /// @param class the class
    /// @param stage the stage; NONE = everywhere
    /// @return the parameter
    function idOf(bytes17 field, ColdClass class, ColdStage stage) internal pure returns (ParameterId) {
        return ParameterId.wrap(bytes32(bytes.concat("cold.", _classOf(class), ".", _stageOf(stage), ".", field)));
    }

    function _classOf(ColdClass class) private pure returns (bytes4) {
        if (class == ColdClass.CHILLED) return "CHIL";
        if (class == ColdClass.FROZEN) return "FROZ";
        if (class == ColdClass.COLD_MEDICINE) return "COLD";
        if (class == ColdClass.ULTRA_COLD) return "ULTR";
        if (class == ColdClass.VACCINE) return "VACC";
        return _ANY;
    }

    function _stageOf(ColdStage stage) private pure returns (bytes4) {
        if (stage == ColdStage.TRANSPORT) return "TRAN";
        if (stage == ColdStage.STORE) return "STOR";
        if (stage == ColdStage.DISPLAY) return "DISP";
        return _ANY;
    }
}
