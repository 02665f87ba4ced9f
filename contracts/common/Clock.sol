// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "./Governed.sol";
import {IClock, TimeUnit} from "./interfaces/IClock.sol";

/// @title Clock
/// @notice The time in seconds, whatever the chain counts in; see {IClock}.
contract Clock is IClock, Governed {
    // The year 5138 in seconds, March 1973 in milliseconds: no clock of either unit reads on the other's side.
    uint256 private constant _MILLISECONDS_FROM = 1e11;
    uint256 private constant _MILLISECONDS_BELOW = 1e14;

    /// @inheritdoc IClock
    uint64 public immutable deployedAt;

    /// @inheritdoc IClock
    TimeUnit public unit;

    /// @param authority_ the deployment's {Authority}
    /// @param initialUnit the declared unit; AUTO unless a switch of the chain's unit must be approved
    constructor(address authority_, TimeUnit initialUnit) Governed(authority_) {
        unit = initialUnit;
        deployedAt = _seconds(initialUnit);
        emit UnitSet(TimeUnit.AUTO, initialUnit, deployedAt);
    }

    /// @inheritdoc IClock
    function setUnit(TimeUnit newUnit) external restricted {
        uint64 time = _seconds(newUnit);
        require(time >= deployedAt, ClockBeforeDeployment(time, deployedAt));
        TimeUnit oldUnit = unit;
        unit = newUnit;
        emit UnitSet(oldUnit, newUnit, time);
    }

    /// @inheritdoc IClock
    function timestamp() external view returns (uint64) {
        uint64 time = _seconds(unit);
        require(time >= deployedAt, ClockBeforeDeployment(time, deployedAt));
        return time;
    }

    /// @dev The chain's reading, in the chain's unit. A test replaces it.
    function _blockTimestamp() internal view virtual returns (uint256) {
        return block.timestamp;
    }

    function _seconds(TimeUnit declared) private view returns (uint64) {
        uint256 reading = _blockTimestamp();
        TimeUnit actual = reading < _MILLISECONDS_FROM ? TimeUnit.SECONDS : TimeUnit.MILLISECONDS;
        require(
            reading < _MILLISECONDS_BELOW && (declared == TimeUnit.AUTO || declared == actual),
            ClockImplausibleReading(reading, declared)
        );
        // Under 10^14, so it fits 64 bits.
        return uint64(actual == TimeUnit.SECONDS ? reading : reading / 1_000);
    }
}
