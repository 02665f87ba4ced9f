// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../libraries/Digests.sol";

/// @notice A part of a contract's work that can be paused by itself: its name in ASCII, left-aligned (`"ISSUE"`).
type AreaId is bytes32;

/// @title IEmergencyStop
/// @notice Pausing by area. Whoever stops and whoever resumes are two roles: a duty officer can stop at once, only the
/// regulator resumes.
/// @dev An exit is never an area. Refunds, reclaims and default claims carry no guard, so no pause can keep people from their
/// money. What may be paused is what takes new money in or pays an operator.
interface IEmergencyStop {
    /// @notice An area was paused.
    /// @param area the area
    /// @param account who paused it
    /// @param reason the digest of the order
    event AreaPaused(AreaId indexed area, address indexed account, Digest reason);

    /// @notice An area was resumed.
    /// @param area the area
    /// @param account who resumed it
    /// @param reason the digest of the order
    event AreaUnpaused(AreaId indexed area, address indexed account, Digest reason);

    /// @notice The contract has no area of this name.
    /// @param area the area named
    /// @custom:cure Use one of the names that `areas()` lists.
    error EmergencyStopUnknownArea(AreaId area);

    /// @notice The area is paused: what the call does is not allowed now, or it is paused already.
    /// @param area the paused area
    /// @custom:cure Wait until the regulator resumes the area; `AreaPaused` says who paused it and why.
    error EmergencyStopAreaPaused(AreaId area);

    /// @notice The area is not paused, so it cannot be resumed.
    /// @param area the area
    /// @custom:cure Nothing is to be done: the area works.
    error EmergencyStopAreaNotPaused(AreaId area);

    /// @notice Pauses an area at once.
    /// @param area the area
    /// @param reason the digest of the order
    /// @custom:caller EMERGENCY
    /// @custom:error EmergencyStopUnknownArea when the contract has no such area.
    /// @custom:error EmergencyStopAreaPaused when the area is paused already.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    function pause(AreaId area, Digest calldata reason) external;

    /// @notice Resumes an area.
    /// @param area the area
    /// @param reason the digest of the order
    /// @custom:caller REGULATOR
    /// @custom:error EmergencyStopUnknownArea when the contract has no such area.
    /// @custom:error EmergencyStopAreaNotPaused when the area is not paused.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    function unpause(AreaId area, Digest calldata reason) external;

    /// @notice Whether an area is paused.
    /// @param area the area
    /// @return whether it is paused
    /// @custom:error EmergencyStopUnknownArea when the contract has no such area.
    function paused(AreaId area) external view returns (bool);

    /// @notice The areas of the contract.
    /// @return the names
    function areas() external view returns (AreaId[] memory);
}
