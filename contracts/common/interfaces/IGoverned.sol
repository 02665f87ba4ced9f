// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

/// @title IGoverned
/// @notice What every contract under the deployment's authority answers.
interface IGoverned is IAccessManaged {
    /// @notice The authority or another part given at deployment is not a contract.
    /// @param part the address given
    /// @custom:cure Deploy the part first and pass its address.
    error GovernedNotAContract(address part);

    /// @notice The version of the contract's rules, as MAJOR.MINOR.PATCH (Semantic Versioning 2.0.0).
    /// @return the version
    function domainVersion() external view returns (string memory);
}
