// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Clock} from "../common/Clock.sol";
import {TimeUnit} from "../common/interfaces/IClock.sol";

/// @title ClockHarness
/// @notice The clock over a reading that a test sets: a test chain cannot go from milliseconds back to seconds, a live one can.
contract ClockHarness is Clock {
    uint256 private _reading;

    /// @param authority_ the deployment's authority
    /// @param initialUnit the declared unit
    constructor(address authority_, TimeUnit initialUnit) Clock(authority_, initialUnit) {}

    /// @notice Sets what the chain's `block.timestamp` reads from now on.
    /// @param reading the reading; 0 for the chain's own
    /// @custom:caller anyone
    function setReading(uint256 reading) external {
        _reading = reading;
    }

    function _blockTimestamp() internal view override returns (uint256) {
        return _reading == 0 ? block.timestamp : _reading;
    }
}
