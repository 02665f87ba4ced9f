// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev What an event brought or took of a claim, so that exactly that is booked back.
/// @param claim the claim
/// @param brought whether it was brought; else it was taken
/// @param amount in millionths of the unit, weighted
struct ClaimMovement {
    bytes32 claim;
    bool brought;
    uint128 amount;
}
