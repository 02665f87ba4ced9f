// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IWorkCalendar
/// @notice Which days are working days (工作日), as the yearly notice on public holidays says.
/// @dev Every year has to be published before it can be counted in; a working day of a year without a notice is refused, not
/// guessed from Monday to Friday. A day is written as its ordinal date of ISO 8601: 1 is 1 January, 366 the 31 December of a
/// leap year. Local days are those of the calendar's offset from UTC.
interface IWorkCalendar {
    /// @notice A year was published, or published anew.
    /// @param year the year
    /// @param revision 1 for the first publication, one more for each correction
    /// @param daysOff the days off listed, as ordinal dates
    /// @param workdays the weekend days listed that are worked, as ordinal dates
    /// @param source the notice: office, number, date
    event YearPublished(
        uint16 indexed year,
        uint32 indexed revision,
        uint16[] daysOff,
        uint16[] workdays,
        string source
    );

    /// @notice No notice for the year has been published.
    /// @param year the year
    /// @custom:cure The regulator publishes the year's notice with `publishYear`.
    error WorkCalendarYearNotPublished(uint256 year);

    /// @notice The year is before 1970 or after 9999.
    /// @param year the year given
    /// @custom:cure Give the year in four digits.
    error WorkCalendarInvalidYear(uint16 year);

    /// @notice The notice names no source.
    /// @param year the year
    /// @custom:cure Give the office, number and date of the notice.
    error WorkCalendarSourceMissing(uint16 year);

    /// @notice A list is longer than a year's notice can be.
    /// @param count the length given
    /// @param max the largest length
    /// @custom:cure List only the days that the notice names.
    error WorkCalendarTooManyDays(uint256 count, uint256 max);

    /// @notice A listed day is not in the year, or the list is not in ascending order.
    /// @param year the year
    /// @param day the ordinal date given
    /// @custom:cure List each ordinal date once, in ascending order, from 1 to the length of the year.
    error WorkCalendarInvalidDay(uint16 year, uint16 day);

    /// @notice A day is listed as worked that is worked anyway.
    /// @param year the year
    /// @param day the ordinal date given
    /// @custom:cure List as workdays only Saturdays and Sundays.
    error WorkCalendarNotWeekend(uint16 year, uint16 day);

    /// @notice A day is listed both as off and as worked.
    /// @param year the year
    /// @param day the ordinal date given
    /// @custom:cure Keep the day in one of the lists.
    error WorkCalendarConflict(uint16 year, uint16 day);

    /// @notice More working days were to be counted than one call counts.
    /// @param count the number asked for
    /// @param max the largest number
    /// @custom:cure Count in steps of at most `max`.
    error WorkCalendarCountTooLarge(uint256 count, uint256 max);

    /// @notice Publishes a year's notice, or corrects it. Deadlines that were computed before stay as they were stored.
    /// @param year the year
    /// @param daysOff the days off, as ordinal dates in ascending order; weekend days may be among them. At most 60.
    /// @param workdays the Saturdays and Sundays that are worked, as ordinal dates in ascending order. At most 60.
    /// @param source the notice: office, number, date
    /// @return revision 1 for the first publication of the year, one more for each correction
    /// @custom:caller REGULATOR
    /// @custom:error WorkCalendarInvalidYear when the year is not in 1970 to 9999.
    /// @custom:error WorkCalendarSourceMissing when the source is empty.
    /// @custom:error WorkCalendarTooManyDays when a list has more than 60 days.
    /// @custom:error WorkCalendarInvalidDay when a day is not in the year or out of order.
    /// @custom:error WorkCalendarNotWeekend when a listed workday is no Saturday or Sunday.
    /// @custom:error WorkCalendarConflict when a day is in both lists.
    function publishYear(
        uint16 year,
        uint16[] calldata daysOff,
        uint16[] calldata workdays,
        string calldata source
    ) external returns (uint32 revision);

    /// @notice Whether the local day of a moment is a working day.
    /// @param moment a moment
    /// @return whether it is
    /// @custom:unit moment: s
    /// @custom:error WorkCalendarYearNotPublished when the day's year has no notice.
    function isWorkingDay(uint64 moment) external view returns (bool);

    /// @notice The same local time of day on the `count`-th working day after the day of a moment. That day itself is not
    /// counted, whether it is worked or not.
    /// @param from a moment
    /// @param count how many working days, at most 60; 0 gives `from`
    /// @return the later moment
    /// @custom:unit from and result: s
    /// @custom:source Civil Code of the PRC Art 201(1): the day on which a period begins is not counted
    /// @custom:error WorkCalendarCountTooLarge when more than 60 days are to be counted.
    /// @custom:error WorkCalendarYearNotPublished when the count reaches a year that has no notice.
    function addWorkingDays(uint64 from, uint256 count) external view returns (uint64);

    /// @notice How often a year was published.
    /// @param year the year
    /// @return 0 when it was not published
    function revisionOf(uint16 year) external view returns (uint32);

    /// @notice The notice that a year follows now.
    /// @param year the year
    /// @return the source given with the latest revision
    /// @custom:error WorkCalendarYearNotPublished when the year has no notice.
    function sourceOf(uint16 year) external view returns (string memory);

    /// @notice The lead of the calendar's local time over UTC.
    /// @return the lead; China 28,800
    /// @custom:unit s
    function utcOffset() external view returns (int32);
}
