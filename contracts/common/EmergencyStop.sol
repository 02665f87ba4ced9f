// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "./Governed.sol";
import {AreaId, IEmergencyStop} from "./interfaces/IEmergencyStop.sol";
import {Digest, Digests} from "./libraries/Digests.sol";

/// @title EmergencyStop
/// @notice Base of a contract whose areas can be paused; see {IEmergencyStop}.
/// @dev A contract declares its areas in {areas} and puts `whenRunning(AREA)` on the writers of that area. It never puts the
/// modifier on an exit (refund, reclaim, claim). The deployment wires `pause` to EMERGENCY and `unpause` to REGULATOR.
abstract contract EmergencyStop is IEmergencyStop, Governed {
    mapping(AreaId area => bool) private _paused;

    /// @dev Reverts with `EmergencyStopAreaPaused` while the area is paused. Not for exits.
    modifier whenRunning(AreaId area) {
        _requireRunning(area);
        _;
    }

    /// @inheritdoc IEmergencyStop
    function pause(AreaId area, Digest calldata reason) external restricted {
        Digests.requirePresent(reason);
        require(!paused(area), EmergencyStopAreaPaused(area));
        _paused[area] = true;
        emit AreaPaused(area, _msgSender(), reason);
    }

    /// @inheritdoc IEmergencyStop
    function unpause(AreaId area, Digest calldata reason) external restricted {
        Digests.requirePresent(reason);
        require(paused(area), EmergencyStopAreaNotPaused(area));
        _paused[area] = false;
        emit AreaUnpaused(area, _msgSender(), reason);
    }

    /// @inheritdoc IEmergencyStop
    function paused(AreaId area) public view returns (bool) {
        _requireKnown(area);
        return _paused[area];
    }

    /// @inheritdoc IEmergencyStop
    function areas() public view virtual returns (AreaId[] memory);

    /// @dev The check behind {whenRunning}, for bodies that decide later. One slot is read.
    function _requireRunning(AreaId area) internal view {
        require(!_paused[area], EmergencyStopAreaPaused(area));
    }

    /// @dev A misspelt name must not pass for an area that runs. The list is the contract's own, a handful of names.
    function _requireKnown(AreaId area) private view {
        AreaId[] memory known = areas();
        for (uint256 i = 0; i < known.length; ++i) {
            if (AreaId.unwrap(known[i]) == AreaId.unwrap(area)) return;
        }
        revert EmergencyStopUnknownArea(area);
    }
}
