// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev A scan, counted from 1; 0 means "none".
type ScanId is uint48;

/// @dev What a scanned code is told to be (C-18). New verdicts are appended, never inserted.
enum CodeVerdict {
    NONE,
    GENUINE, // commissioned, alive, in its region, neither recalled nor expired
    UNKNOWN, // never commissioned: the label is somebody else's
    SOLD, // sold at retail before
    RECALLED,
    OUT_OF_TERRITORY,
    EXPIRED,
    ENDED // destroyed, decommissioned or used up
}
