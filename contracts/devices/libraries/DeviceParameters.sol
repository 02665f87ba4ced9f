// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ParameterId} from "../../common/interfaces/IPolicyRegistry.sol";

/// @title Parameters of devices
/// @notice The numbers that policy sets for devices. The values are in apps/trace-common/policies.
library DeviceParameters {
    ParameterId internal constant READING_WINDOW = ParameterId.wrap("device.reading.window"); // s: how long one logged reading stays open; required
    ParameterId internal constant CLOCK_SKEW = ParameterId.wrap("device.clock.skew"); // s: how far a device's clock may be ahead; default 0
}
