// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IAuthority} from "./interfaces/IAuthority.sol";
import {Roles} from "./Roles.sol";

/// @title Authority
/// @notice The AccessManager of a deployment; see {IAuthority}.
contract Authority is IAuthority, AccessManager {
    /// @param initialAdmin the first holder of ADMIN; not zero (`AccessManagerInvalidInitialAdmin`)
    constructor(address initialAdmin) AccessManager(initialAdmin) {
        uint64[] memory ids = Roles.all();
        for (uint256 i = 0; i < ids.length; ++i) {
            emit RoleLabel(ids[i], Roles.label(ids[i]));
        }
    }

    /// @inheritdoc IAuthority
    function roles() external pure returns (uint64[] memory ids) {
        return Roles.all();
    }

    /// @inheritdoc IAuthority
    function labelOf(uint64 roleId) external pure returns (string memory) {
        return Roles.label(roleId);
    }

    /// @notice Whether an account holds a role now.
    /// @dev Without delays a role holds from its grant on. The stored moment is not compared with the block's timestamp, whose
    /// unit may have changed since the grant.
    /// @param roleId the role
    /// @param account the account
    /// @return isMember whether the account holds the role
    /// @return executionDelay always 0
    function hasRole(
        uint64 roleId,
        address account
    ) public view override(AccessManager, IAccessManager) returns (bool isMember, uint32 executionDelay) {
        if (roleId == PUBLIC_ROLE) return (true, 0);
        (uint48 since, , , ) = getAccess(roleId, account);
        return (since != 0, 0);
    }

    /// @dev Refuses a delay; see {IAuthority}.
    function _grantRole(
        uint64 roleId,
        address account,
        uint32 grantDelay,
        uint32 executionDelay
    ) internal override returns (bool) {
        require(executionDelay == 0, AuthorityDelayNotSupported(executionDelay));
        return super._grantRole(roleId, account, grantDelay, 0);
    }

    /// @dev Refuses a delay; see {IAuthority}.
    function _setGrantDelay(uint64 roleId, uint32 newDelay) internal override {
        require(newDelay == 0, AuthorityDelayNotSupported(newDelay));
        super._setGrantDelay(roleId, 0);
    }

    /// @dev Refuses a delay; see {IAuthority}.
    function _setTargetAdminDelay(address target, uint32 newDelay) internal override {
        require(newDelay == 0, AuthorityDelayNotSupported(newDelay));
        super._setTargetAdminDelay(target, 0);
    }
}
