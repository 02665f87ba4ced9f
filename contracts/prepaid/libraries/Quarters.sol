// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TimeLib} from "../../common/libraries/TimeLib.sol";

/// @title Quarters
/// @notice Calendar quarters in China Standard Time (UTC+8), numbered `4 x year + quarter - 1`.
library Quarters {
    /// @notice The number of the quarter in which a moment lies.
    /// @param moment a moment, in seconds
    /// @return number the quarter's number
    function numberOf(uint64 moment) internal pure returns (uint32 number) {
        (uint256 year, uint256 month, ) = TimeLib.civilFromDays(TimeLib.dayNumber(moment, TimeLib.CHINA_OFFSET));
        return uint32(year * 4 + (month - 1) / 3); // years have at most 12 digits for a moment of 64 bits; a real clock far fewer
    }

    /// @notice The moment at which a quarter begins: local midnight.
    /// @param number the quarter's number
    /// @return the moment, in seconds
    function startOf(uint32 number) internal pure returns (uint64) {
        return startOfDayIn(number, 1);
    }

    /// @notice The moment at which a day of the quarter's first month begins.
    /// @param number the quarter's number
    /// @param day the day of the month, 1 to 31
    /// @return local midnight, in seconds
    function startOfDayIn(uint32 number, uint256 day) internal pure returns (uint64) {
        uint256 days_ = TimeLib.daysFromCivil(number / 4, (number % 4) * 3 + 1, day);
        return TimeLib.dayStart(uint64(days_), TimeLib.CHINA_OFFSET); // a 32-bit quarter number gives under 2^40 days
    }
}
