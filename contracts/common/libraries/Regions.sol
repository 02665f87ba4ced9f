// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../interfaces/IPolicyRegistry.sol";

/// @title Regions
/// @notice Region codes and their levels; see {RegionId}.
library Regions {
    bytes1 private constant _HYPHEN = "-";

    /// @notice Whether a code is capitals and digits in groups joined by single hyphens, left-aligned, not empty.
    /// @param region the code
    /// @return whether it is well formed
    function isValid(RegionId region) internal pure returns (bool) {
        bytes32 code = RegionId.unwrap(region);
        bytes1 previous = _HYPHEN;
        uint256 i = 0;
        for (; i < 32 && code[i] != 0; ++i) {
            bytes1 char = code[i];
            bool letterOrDigit = (char >= "A" && char <= "Z") || (char >= "0" && char <= "9");
            if (!letterOrDigit && (char != _HYPHEN || previous == _HYPHEN)) return false;
            previous = char;
        }
        // Nothing may follow the end of the code, and a code does not end with a hyphen; `previous` is one for an empty code.
        return previous != _HYPHEN && (i == 32 || code << (8 * i) == 0);
    }

    /// @notice Whether a region has none above it.
    /// @param region the region
    /// @return whether its code has one level
    function isRoot(RegionId region) internal pure returns (bool) {
        return RegionId.unwrap(parentOf(region)) == 0;
    }

    /// @notice The region above a region.
    /// @param region the region
    /// @return the code without its last level, or zero for a root
    function parentOf(RegionId region) internal pure returns (RegionId) {
        bytes32 code = RegionId.unwrap(region);
        uint256 cut = 0;
        for (uint256 i = 0; i < 32 && code[i] != 0; ++i) {
            if (code[i] == _HYPHEN) cut = i;
        }
        return RegionId.wrap(cut == 0 ? bytes32(0) : code & ~(bytes32(type(uint256).max) >> (8 * cut)));
    }
}
