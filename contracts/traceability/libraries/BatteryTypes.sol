// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ParameterId} from "../../common/interfaces/IPolicyRegistry.sol";
import {KeyKind, ObjectId} from "./TraceTypes.sol";

/// @dev A battery passport, counted from 1; 0 means "none".
type PassportId is uint48;

/// @dev What a battery is, by the fourth character of its code (B-35).
enum BatteryLevel {
    NONE,
    PACK, // P
    MODULE, // M
    CELL // C
}

/// @dev Status of a passport, in the words of Regulation (EU) 2023/1542 (B-39).
enum PassportStatus {
    NONE,
    ORIGINAL,
    REPURPOSED,
    REUSED,
    REMANUFACTURED,
    WASTE
}

/// @dev Who may see which fields of a passport (B-38); the fields are kept off the chain, by digest.
enum AccessTier {
    PUBLIC,
    INTEREST, // persons with a legitimate interest, and the Commission
    AUTHORITY // notified bodies, market surveillance, the Commission
}

/// @dev How a state of health was found (B-40).
enum HealthMethod {
    NONE,
    CAPACITY_TEST, // full discharge at a stated current
    IMPEDANCE,
    ESTIMATE // by the battery management system
}

/// @title Battery codes and parameters
library Batteries {
    ParameterId internal constant END_OF_LIFE = ParameterId.wrap("battery.endOfLife"); // ppm of rated: first life ends below it
    ParameterId internal constant SWAP_MIN_CHARGE = ParameterId.wrap("battery.swap.minCharge"); // ppm: nothing emptier is issued; default 0

    // Digits and capitals.
    uint256 private constant _SET36 = 0x7fffffe03ff000000000000;

    /// @notice The level that a battery code states.
    /// @param battery the code
    /// @return the level; NONE for what is no battery code of 24 digits and capitals
    function levelOf(ObjectId battery) internal pure returns (BatteryLevel) {
        bytes32 word = ObjectId.unwrap(battery);
        if (uint8(word[0]) != uint8(KeyKind.BATTERY) || word << 200 != 0) return BatteryLevel.NONE;
        for (uint256 i = 1; i < 25; ++i) {
            if ((_SET36 >> uint8(word[i])) & 1 == 0) return BatteryLevel.NONE;
        }
        bytes1 level = word[4];
        if (level == "P") return BatteryLevel.PACK;
        if (level == "M") return BatteryLevel.MODULE;
        return level == "C" ? BatteryLevel.CELL : BatteryLevel.NONE;
    }
}
