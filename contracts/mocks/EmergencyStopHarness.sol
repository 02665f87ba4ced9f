// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EmergencyStop} from "../common/EmergencyStop.sol";
import {Governed} from "../common/Governed.sol";
import {AreaId} from "../common/interfaces/IEmergencyStop.sol";

/// @title EmergencyStopHarness
/// @notice A contract with two areas and an exit.
contract EmergencyStopHarness is EmergencyStop {
    AreaId private constant _ISSUE = AreaId.wrap("ISSUE");
    AreaId private constant _PAYOUT = AreaId.wrap("PAYOUT");

    /// @notice Calls of {issue}, {payout} and {leave} that went through.
    uint256 public calls;

    /// @param authority_ the deployment's authority
    constructor(address authority_) Governed(authority_) {}

    /// @notice A writer of the area ISSUE.
    /// @custom:caller anyone
    function issue() external whenRunning(_ISSUE) {
        ++calls;
    }

    /// @notice A writer of the area PAYOUT.
    /// @custom:caller anyone
    function payout() external whenRunning(_PAYOUT) {
        ++calls;
    }

    /// @notice An exit: no area, no guard.
    /// @custom:caller anyone
    function leave() external {
        ++calls;
    }

    /// @notice The areas of the contract.
    /// @return names ISSUE and PAYOUT
    function areas() public pure override returns (AreaId[] memory names) {
        names = new AreaId[](2);
        names[0] = _ISSUE;
        names[1] = _PAYOUT;
    }
}
