// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ParameterId} from "../../common/interfaces/IPolicyRegistry.sol";

/// @title Ids of the parameters of capture and retention in the policy registry
/// @notice A parameter that is not set: no tolerance, no duty to keep.
library CaptureParameters {
    ParameterId internal constant TOLERANCE = ParameterId.wrap("trace.capture.tolerance"); // s that an event's time may be ahead
    ParameterId internal constant MAX_AGE = ParameterId.wrap("trace.capture.maxAge"); // s that an event may lie behind its capture; unset: any
    ParameterId internal constant SHIPPING_OPEN = ParameterId.wrap("trace.shipping.open"); // 1: a shipping may name no receiver
    // C-19: records of purchase, check at the factory gate and wholesale
    ParameterId internal constant KEEP_AFTER_EXPIRY = ParameterId.wrap("trace.keep.afterExpiryMonths"); // after the shelf life
    ParameterId internal constant KEEP_WITHOUT_EXPIRY = ParameterId.wrap("trace.keep.withoutExpiryMonths"); // after the event
    // C-20: sellers of farm produce, and its producers' own record
    ParameterId internal constant KEEP_PRODUCE = ParameterId.wrap("trace.keep.produceMonths"); // after the event
    ParameterId internal constant KEEP_PRODUCTION = ParameterId.wrap("trace.keep.productionMonths"); // after the event
    ParameterId internal constant KEEP_VACCINE = ParameterId.wrap("trace.keep.vaccineMonths"); // C-37, after the shelf life
}
