// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title IAuthority
/// @notice The one place of a deployment that says which account holds which role and which role may call which function.
/// @dev An OpenZeppelin AccessManager in which a role holds from the moment it is granted to the moment it is revoked. The
/// delays of the AccessManager are refused: they are counted in the chain's own unit, which on FISCO BCOS is the millisecond
/// and can become the second while the chain lives. A delay of a day would be over after 86 seconds, and after the switch
/// every role granted before it would begin fifty thousand years later. Whoever wants time to reflect gives the role to a
/// contract that waits by {IClock}.
interface IAuthority is IAccessManager {
    /// @notice A delay other than zero was asked for.
    /// @param delay the delay asked for, in the chain's unit
    /// @custom:cure Pass 0. To make a role wait, grant it to a contract that waits by the deployment's clock.
    error AuthorityDelayNotSupported(uint32 delay);

    /// @notice Every role that can be granted, in ascending order of id.
    /// @return ids the role ids, see {Roles}
    function roles() external view returns (uint64[] memory ids);

    /// @notice The label of a role.
    /// @param roleId a role id, the administrator's and the public's included
    /// @return the label, in capitals
    /// @custom:error RolesUnknownRole when no role has this id.
    function labelOf(uint64 roleId) external view returns (string memory);
}
