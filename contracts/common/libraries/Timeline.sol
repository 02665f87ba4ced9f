// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The history of one value: entries in ascending order of the moment from which each holds.
/// @dev An entry packs the moment (48 bits, seconds) above the value (208 bits).
struct Timeline {
    uint256[] entries;
}

/// @title Timelines
/// @notice Values by the moment from which they hold. OpenZeppelin's Checkpoints cannot take a planned value back.
library Timelines {
    uint256 private constant _VALUE_BITS = 208;

    /// @notice The last entry.
    /// @param self the history
    /// @return exists whether there is one
    /// @return moment from when it holds, in seconds
    /// @return value what holds
    function last(Timeline storage self) internal view returns (bool exists, uint48 moment, uint208 value) {
        uint256 length = self.entries.length;
        if (length == 0) return (false, 0, 0);
        uint256 entry = self.entries[length - 1];
        return (true, uint48(entry >> _VALUE_BITS), uint208(entry));
    }

    /// @notice What holds at a moment: the value of the last entry that is not after it. A binary search.
    /// @param self the history
    /// @param moment the moment, in seconds
    /// @return the value, or 0 before the first entry
    function valueAt(Timeline storage self, uint48 moment) internal view returns (uint208) {
        uint256 low = 0;
        uint256 high = self.entries.length;
        if (high == 0) return 0;
        // Most readers ask for what holds now, which the last entry answers.
        uint256 entry = self.entries[high - 1];
        if (entry >> _VALUE_BITS <= moment) return uint208(entry);
        --high;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (self.entries[middle] >> _VALUE_BITS <= moment) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? 0 : uint208(self.entries[low - 1]);
    }

    /// @notice Appends an entry. The caller has checked that it is after the last one.
    /// @param self the history
    /// @param moment from when the value holds, in seconds
    /// @param value what holds
    function append(Timeline storage self, uint48 moment, uint208 value) internal {
        self.entries.push((uint256(moment) << _VALUE_BITS) | value);
    }

    /// @notice Takes the last entry back. The caller has checked that it does not hold yet.
    /// @param self the history, not empty
    function takeBack(Timeline storage self) internal {
        self.entries.pop();
    }
}
