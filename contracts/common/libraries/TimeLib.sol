// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title TimeLib
/// @notice Days, months and years on moments given in seconds since 1970-01-01T00:00:00Z.
/// @dev The calendar is the proleptic Gregorian one. A local day begins at local midnight; `offset` is the local time's lead
/// over UTC in seconds (China: 28,800, without summer time). A moment before the local 1970-01-01 reverts
/// (`SafeCastOverflowedIntToUint`).
library TimeLib {
    using SafeCast for int256;
    using SafeCast for uint256;

    /// @notice Seconds in a day.
    uint64 internal constant DAY = 86_400;
    /// @notice The lead of China Standard Time (UTC+8) over UTC, in seconds.
    int32 internal constant CHINA_OFFSET = 28_800;

    /// @notice The number of the local day: days since the local 1970-01-01.
    /// @param moment a moment, in seconds
    /// @param offset the local lead over UTC, in seconds
    /// @return the number of the day
    function dayNumber(uint64 moment, int32 offset) internal pure returns (uint64) {
        return _local(moment, offset) / DAY;
    }

    /// @notice The moment at which a local day begins.
    /// @param number the number of the day, see {dayNumber}
    /// @param offset the local lead over UTC, in seconds
    /// @return local midnight, in seconds
    function dayStart(uint64 number, int32 offset) internal pure returns (uint64) {
        return (int256(uint256(number) * DAY) - offset).toUint256().toUint64();
    }

    /// @notice The moment at which the local day of a moment began.
    /// @param moment a moment, in seconds
    /// @param offset the local lead over UTC, in seconds
    /// @return local midnight at or before the moment, in seconds
    function startOfDay(uint64 moment, int32 offset) internal pure returns (uint64) {
        return dayStart(dayNumber(moment, offset), offset);
    }

    /// @notice The same time of day, `count` natural days later.
    /// @param moment a moment, in seconds
    /// @param count days of 86,400 s
    /// @return the later moment, in seconds
    function addDays(uint64 moment, uint256 count) internal pure returns (uint64) {
        return (moment + count * DAY).toUint64();
    }

    /// @notice The same local date and time of day, `count` calendar months later. Where that month has no such date, its last
    /// day is taken (31 January + 1 month = 28 or 29 February).
    /// @param moment a moment, in seconds
    /// @param count calendar months; 24 months are two calendar years
    /// @param offset the local lead over UTC, in seconds
    /// @return the later moment, in seconds
    function addMonths(uint64 moment, uint256 count, int32 offset) internal pure returns (uint64) {
        uint256 local = _local(moment, offset);
        (uint256 year, uint256 month, uint256 day) = civilFromDays(local / DAY);
        uint256 months = year * 12 + (month - 1) + count;
        year = months / 12;
        month = (months % 12) + 1;
        day = Math.min(day, daysInMonth(year, month));
        uint256 later = daysFromCivil(year, month, day) * DAY + (local % DAY);
        return (later.toInt256() - offset).toUint256().toUint64();
    }

    /// @notice The weekday after ISO 8601.
    /// @param number the number of the day, see {dayNumber}
    /// @return 1 for Monday to 7 for Sunday
    function weekday(uint256 number) internal pure returns (uint256) {
        // 1970-01-01 was a Thursday.
        return ((number + 3) % 7) + 1;
    }

    /// @notice The date of a day.
    /// @param number the number of the day, see {dayNumber}
    /// @return year the year, from 1970
    /// @return month 1 to 12
    /// @return day 1 to 31
    function civilFromDays(uint256 number) internal pure returns (uint256 year, uint256 month, uint256 day) {
        // Years are counted from 1 March 0000, so that the leap day is the last day of a year, in eras of 400 years.
        uint256 fromMarch = number + 719_468;
        uint256 era = fromMarch / 146_097;
        uint256 dayOfEra = fromMarch % 146_097;
        uint256 yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        uint256 dayOfYear_ = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        uint256 monthFromMarch = (5 * dayOfYear_ + 2) / 153;
        day = dayOfYear_ - (153 * monthFromMarch + 2) / 5 + 1;
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    }

    /// @notice The number of the day of a date. The date must exist; from 1970 on.
    /// @param year the year
    /// @param month 1 to 12
    /// @param day 1 to 31
    /// @return the number of the day, see {dayNumber}
    function daysFromCivil(uint256 year, uint256 month, uint256 day) internal pure returns (uint256) {
        uint256 fromMarch = month <= 2 ? year - 1 : year;
        uint256 era = fromMarch / 400;
        uint256 yearOfEra = fromMarch % 400;
        uint256 dayOfYear_ = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        uint256 dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear_;
        return era * 146_097 + dayOfEra - 719_468;
    }

    /// @notice Whether a year has 366 days.
    /// @param year the year
    /// @return whether it is a leap year
    function isLeapYear(uint256 year) internal pure returns (bool) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /// @notice The days of a year.
    /// @param year the year
    /// @return 365 or 366
    function daysInYear(uint256 year) internal pure returns (uint256) {
        return isLeapYear(year) ? 366 : 365;
    }

    /// @notice The days of a month.
    /// @param year the year
    /// @param month 1 to 12
    /// @return 28 to 31
    function daysInMonth(uint256 year, uint256 month) internal pure returns (uint256) {
        if (month == 2) return isLeapYear(year) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    function _local(uint64 moment, int32 offset) private pure returns (uint64) {
        return (int256(uint256(moment)) + offset).toUint256().toUint64();
    }
}
