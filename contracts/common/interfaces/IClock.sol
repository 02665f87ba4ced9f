// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The unit in which a chain counts `block.timestamp`.
/// @dev AUTO tells the unit from the size of the number. SECONDS and MILLISECONDS refuse a reading of the other unit.
enum TimeUnit {
    AUTO,
    SECONDS,
    MILLISECONDS
}

/// @title IClock
/// @notice The time in seconds, whatever the chain counts in.
/// @dev FISCO BCOS counts milliseconds and, from 3.12.0, can be switched to seconds while it lives
/// (`feature_evm_timestamp`). A number under 10^11 can only be seconds (10^11 s is the year 5138), one from 10^11 up to 10^14
/// only milliseconds (10^11 ms is March 1973), and anything larger is neither. The three modes therefore never give two
/// answers: they give the same one, or a fixed mode refuses. With AUTO a switch of the unit moves no deadline, not even in
/// the block of the switch. A fixed mode stops everything that needs the time, exits included, until the regulator says the
/// new unit; take it only where the switch itself must be approved.
///
/// Every contract reads the time here and nowhere else, and stores seconds.
interface IClock {
    /// @notice The declared unit changed.
    /// @param oldUnit the unit before
    /// @param newUnit the unit from now on
    /// @param timestamp the time of the change, in seconds
    event UnitSet(TimeUnit indexed oldUnit, TimeUnit indexed newUnit, uint64 timestamp);

    /// @notice The chain's reading cannot be the time in the declared unit.
    /// @param reading the chain's `block.timestamp`
    /// @param unit the declared unit
    /// @custom:cure Where the chain changed its unit, the regulator calls `setUnit`. Otherwise repair the chain's clock.
    error ClockImplausibleReading(uint256 reading, TimeUnit unit);

    /// @notice The chain's reading lies before the clock's deployment.
    /// @param timestamp the reading, in seconds
    /// @param deployedAt the time of the deployment, in seconds
    /// @custom:cure Repair the chain's clock: time went backwards.
    error ClockBeforeDeployment(uint64 timestamp, uint64 deployedAt);

    /// @notice Declares the chain's unit. It cannot move the time: a unit that does not fit the present reading is refused.
    /// @param newUnit the unit from now on
    /// @custom:caller REGULATOR
    /// @custom:error ClockImplausibleReading when the present reading does not fit the new unit.
    function setUnit(TimeUnit newUnit) external;

    /// @notice The time of the block.
    /// @return seconds since 1970-01-01T00:00:00Z, rounded down
    /// @custom:unit s
    /// @custom:error ClockImplausibleReading when the chain's reading does not fit the declared unit.
    /// @custom:error ClockBeforeDeployment when the chain's reading lies before the clock's deployment.
    function timestamp() external view returns (uint64);

    /// @notice The declared unit.
    /// @return the unit
    function unit() external view returns (TimeUnit);

    /// @notice The time at which the clock was deployed: no reading is earlier.
    /// @return seconds since 1970-01-01T00:00:00Z
    /// @custom:unit s
    function deployedAt() external view returns (uint64);
}
