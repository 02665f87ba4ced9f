// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ObjectId, PartyId} from "../../traceability/libraries/TraceTypes.sol";

/// @title Rule of bindings
/// @notice What {IDeviceRegister} asks before a device is bound to a battery; {IBatteryPassports} answers.
interface IBindingRule {
    /// @notice Whether devices of a party may be bound to a thing.
    /// @param object the thing
    /// @param party the party
    /// @return whether they may
    function mayBind(ObjectId object, PartyId party) external view returns (bool);
}
