// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../interfaces/IPolicyRegistry.sol";

/// @title Regions
/// @notice Region codes and their levels; see {RegionId}.
library Regions {
    bytes1 private constant _HYPHEN = "-";
    uint256 private constant _ALL_ONES = type(uint256).max / 0xff; // 0x01 in every byte
    uint256 private constant _ALL_HYPHENS = _ALL_ONES * 0x2d;
    uint256 private constant _ALL_HIGH_BITS = _ALL_ONES * 0x80;

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

    /// @notice How deep a region lies: 0 for a root, one more for each level below it.
    /// @param region the region, well formed
    /// @return level the level
    function levelOf(RegionId region) internal pure returns (uint256 level) {
        for (RegionId above = parentOf(region); RegionId.unwrap(above) != 0; above = parentOf(above)) {
            ++level;
        }
    }

    /// @notice The region's province: its code down to level 1; a root is its own.
    /// @param region the region, well formed
    /// @return province the region or the one above it at level 1
    function provinceOf(RegionId region) internal pure returns (RegionId province) {
        province = region;
        while (!isRoot(province) && !isRoot(parentOf(province))) {
            province = parentOf(province);
        }
    }

    /// @notice Whether a region is another or lies within it.
    /// @param region the region
    /// @param area the other, well formed
    /// @return whether it does
    function isWithin(RegionId region, RegionId area) internal pure returns (bool) {
        uint256 code = uint256(RegionId.unwrap(region));
        uint256 above = uint256(RegionId.unwrap(area));
        if (code == above) return true;
        // What is longer than the area's code begins with it and goes on with a hyphen.
        uint256 difference = code ^ above;
        if (above == 0) return false;
        uint256 length = 32;
        while (above & 0xff == 0) {
            above >>= 8;
            --length;
        }
        return difference >> (8 * (32 - length)) == 0 && RegionId.unwrap(region)[length] == _HYPHEN;
    }

    /// @notice The region above a region. Read at every look-up of a policy, so it takes a fixed number of steps: no loop over the code.
    /// @param region the region, well formed
    /// @return the code without its last level, or zero for a root
    function parentOf(RegionId region) internal pure returns (RegionId) {
        uint256 code = uint256(RegionId.unwrap(region));
        uint256 hyphens = code ^ _ALL_HYPHENS;
        // The highest bit of the lowest byte that is a hyphen: subtracting one from every byte borrows there first.
        unchecked {
            uint256 marks = (hyphens - _ALL_ONES) & ~hyphens & _ALL_HIGH_BITS;
            uint256 lowest = marks & (0 - marks);
            // Without a hyphen there is nothing to keep: the mask is then empty, as it is for a hyphen in the first place.
            return RegionId.wrap(lowest == 0 ? bytes32(0) : bytes32(code & ~((lowest << 1) - 1)));
        }
    }
}
