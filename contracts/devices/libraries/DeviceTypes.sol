// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev A device, counted from 1; 0 means "none".
type DeviceId is uint32;
/// @dev A group of devices whose readings are kept apart from other groups' (a building, a plant, a pool of batteries), counted from 1; 0 means "none".
type GroupId is uint32;
/// @dev A batch of readings, counted from 1; 0 means "none".
type ReadingId is uint48;
/// @dev A warning, counted from 1; 0 means "none".
type WarningId is uint48;
/// @dev What is measured, with its unit: a name in ASCII, left-aligned (`"energy.Wh"`, `"temp.cC"`, `"so2.ug/m3"`). A name, not a hash.
type MeasureId is bytes16;

/// @dev What a device is. New kinds are appended, never inserted.
enum DeviceKind {
    NONE,
    SENSOR, // measures; may speak through a collector or gateway
    METER, // measures what is paid for
    COLLECTOR, // signs what sensors measured
    GATEWAY, // signs for terminals of an industry
    TERMINAL, // a fixed device at a place: a monitoring station, a swap cabinet
    MODULE, // a communication module with a key of its own, built into one thing
    ACTUATOR // carries out actions
}

/// @dev A device is enrolled until it is retired, which is final.
enum DeviceStatus {
    NONE,
    ENROLLED,
    RETIRED
}

function _equalDevice(DeviceId a, DeviceId b) pure returns (bool) {
    return DeviceId.unwrap(a) == DeviceId.unwrap(b);
}

function _equalGroup(GroupId a, GroupId b) pure returns (bool) {
    return GroupId.unwrap(a) == GroupId.unwrap(b);
}

function _equalMeasure(MeasureId a, MeasureId b) pure returns (bool) {
    return MeasureId.unwrap(a) == MeasureId.unwrap(b);
}

using {_equalDevice as ==} for DeviceId global;
using {_equalGroup as ==} for GroupId global;
using {_equalMeasure as ==} for MeasureId global;
