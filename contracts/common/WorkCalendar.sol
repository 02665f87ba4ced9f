// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "./Governed.sol";
import {IWorkCalendar} from "./interfaces/IWorkCalendar.sol";
import {TimeLib} from "./libraries/TimeLib.sol";

/// @title WorkCalendar
/// @notice Working days by the yearly notice; see {IWorkCalendar}.
contract WorkCalendar is IWorkCalendar, Governed {
    /// @dev A year as published: bit `i` says that ordinal date `i + 1` departs from Monday to Friday.
    struct Year {
        uint32 revision;
        uint256[2] departures;
        string source;
    }

    // At most 60 days off a year and 60 days to count keep a count under 210 steps: 60 working days are at most 84 natural
    // days without holidays, and two years' holidays add at most 120.
    uint256 private constant _MAX_LISTED = 60;
    uint256 private constant _MAX_COUNT = 60;

    /// @inheritdoc IWorkCalendar
    int32 public immutable utcOffset;

    mapping(uint256 year => Year) private _years;

    /// @param authority_ the deployment's {Authority}
    /// @param utcOffset_ the lead of local time over UTC, in seconds
    constructor(address authority_, int32 utcOffset_) Governed(authority_) {
        utcOffset = utcOffset_;
    }

    /// @inheritdoc IWorkCalendar
    function publishYear(
        uint16 year,
        uint16[] calldata daysOff,
        uint16[] calldata workdays,
        string calldata source
    ) external restricted returns (uint32 revision) {
        require(year >= 1970 && year <= 9999, WorkCalendarInvalidYear(year));
        require(bytes(source).length != 0, WorkCalendarSourceMissing(year));
        uint256 newYear = TimeLib.daysFromCivil(year, 1, 1);
        uint256[2] memory off = _bits(year, daysOff);
        uint256[2] memory worked = _bits(year, workdays);
        for (uint256 i = 0; i < workdays.length; ++i) {
            uint16 day = workdays[i];
            require(!_isWeekday(newYear + day - 1), WorkCalendarNotWeekend(year, day));
            require(!_isSet(off, day - 1), WorkCalendarConflict(year, day));
        }
        // A day off at a weekend is no departure.
        for (uint256 i = 0; i < daysOff.length; ++i) {
            uint256 index = daysOff[i] - 1;
            if (!_isWeekday(newYear + index)) off[index >> 8] &= ~(uint256(1) << (index & 0xff));
        }

        Year storage entry = _years[year];
        revision = ++entry.revision;
        entry.departures = [off[0] | worked[0], off[1] | worked[1]];
        entry.source = source;
        emit YearPublished(year, revision, daysOff, workdays, source);
    }

    /// @inheritdoc IWorkCalendar
    function isWorkingDay(uint64 moment) external view returns (bool) {
        uint256 number = TimeLib.dayNumber(moment, utcOffset);
        (uint256 year, , ) = TimeLib.civilFromDays(number);
        uint256[2] memory departures = _departures(year);
        return _isWorked(departures, TimeLib.daysFromCivil(year, 1, 1), number);
    }

    /// @inheritdoc IWorkCalendar
    function addWorkingDays(uint64 from, uint256 count) external view returns (uint64) {
        require(count <= _MAX_COUNT, WorkCalendarCountTooLarge(count, _MAX_COUNT));
        if (count == 0) return from;
        uint256 first = TimeLib.dayNumber(from, utcOffset);
        uint256 number = first + 1;
        (uint256 year, , ) = TimeLib.civilFromDays(number);
        uint256 newYear = TimeLib.daysFromCivil(year, 1, 1);
        uint256[2] memory departures = _departures(year);
        while (true) {
            if (number - newYear == TimeLib.daysInYear(year)) {
                newYear = number;
                departures = _departures(++year);
            }
            if (_isWorked(departures, newYear, number) && --count == 0) break;
            ++number;
        }
        return TimeLib.addDays(from, number - first);
    }

    /// @inheritdoc IWorkCalendar
    function revisionOf(uint16 year) external view returns (uint32) {
        return _years[year].revision;
    }

    /// @inheritdoc IWorkCalendar
    function sourceOf(uint16 year) external view returns (string memory) {
        require(_years[year].revision != 0, WorkCalendarYearNotPublished(year));
        return _years[year].source;
    }

    function _departures(uint256 year) private view returns (uint256[2] memory) {
        require(_years[year].revision != 0, WorkCalendarYearNotPublished(year));
        return _years[year].departures;
    }

    function _isWorked(uint256[2] memory departures, uint256 newYear, uint256 number) private pure returns (bool) {
        return _isWeekday(number) != _isSet(departures, number - newYear);
    }

    function _isWeekday(uint256 number) private pure returns (bool) {
        return TimeLib.weekday(number) <= 5;
    }

    function _isSet(uint256[2] memory bits, uint256 index) private pure returns (bool) {
        return (bits[index >> 8] >> (index & 0xff)) & 1 == 1;
    }

    function _bits(uint16 year, uint16[] calldata list) private pure returns (uint256[2] memory bits) {
        require(list.length <= _MAX_LISTED, WorkCalendarTooManyDays(list.length, _MAX_LISTED));
        uint256 length = TimeLib.daysInYear(year);
        uint256 previous = 0;
        for (uint256 i = 0; i < list.length; ++i) {
            uint256 day = list[i];
            require(day > previous && day <= length, WorkCalendarInvalidDay(year, list[i]));
            bits[(day - 1) >> 8] |= uint256(1) << ((day - 1) & 0xff);
            previous = day;
        }
    }
}
