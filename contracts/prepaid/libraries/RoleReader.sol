// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title Reading roles
/// @notice For functions that more than one role may call, and for views: the authority wires a writer to one role only.
library RoleReader {
    /// @notice Whether an account holds a role now.
    /// @param authority the deployment's authority
    /// @param role the role
    /// @param account the account
    /// @return whether it does
    function holds(address authority, uint64 role, address account) internal view returns (bool) {
        (bool isMember, ) = IAccessManager(authority).hasRole(role, account);
        return isMember;
    }
}
