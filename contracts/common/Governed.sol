// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IGoverned} from "./interfaces/IGoverned.sol";

/// @title Governed
/// @notice Base of every contract under the deployment's authority: a writer is `restricted` to a role, or it checks who owns
/// the record it writes to.
abstract contract Governed is IGoverned, AccessManaged {
    /// @param authority_ the deployment's {Authority}
    constructor(address authority_) AccessManaged(authority_) {
        _requireContract(authority_);
    }

    /// @inheritdoc IGoverned
    function domainVersion() external pure virtual returns (string memory) {
        return "1.0.0";
    }

    /// @dev Guards a constructor against a part that was not deployed. Reverts with `GovernedNotAContract`.
    /// @param part the address of the part
    function _requireContract(address part) internal view {
        require(part.code.length != 0, GovernedNotAContract(part));
    }
}
