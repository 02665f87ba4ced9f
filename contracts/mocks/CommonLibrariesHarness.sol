// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Money} from "../common/libraries/Money.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";

/// @title CommonLibrariesHarness
/// @notice A door to the internal functions of the common libraries.
contract CommonLibrariesHarness {
    uint256[] private _numbers;
    bytes32[] private _words;
    address[] private _addresses;

    /// @notice Fills the lists with 1 to `count`.
    /// @custom:caller anyone
    function fill(uint256 count) external {
        for (uint256 i = 1; i <= count; ++i) {
            _numbers.push(i);
            _words.push(bytes32(i));
            _addresses.push(address(uint160(i)));
        }
    }

    function numbers(uint256 offset, uint256 limit) external view returns (uint256[] memory items, uint256 next) {
        return Paging.page(_numbers, offset, limit);
    }

    function words(uint256 offset, uint256 limit) external view returns (bytes32[] memory items, uint256 next) {
        return Paging.page(_words, offset, limit);
    }

    function addresses(uint256 offset, uint256 limit) external view returns (address[] memory items, uint256 next) {
        return Paging.page(_addresses, offset, limit);
    }

    function window(uint256 length, uint256 offset, uint256 limit) external pure returns (uint256 end, uint256 next) {
        return Paging.window(length, offset, limit);
    }

    function shareDown(uint256 amount, uint256 ppm) external pure returns (uint256) {
        return Money.shareDown(amount, ppm);
    }

    function shareUp(uint256 amount, uint256 ppm) external pure returns (uint256) {
        return Money.shareUp(amount, ppm);
    }

    function proRataDown(uint256 total, uint256 part, uint256 whole) external pure returns (uint256) {
        return Money.proRataDown(total, part, whole);
    }

    function proRataUp(uint256 total, uint256 part, uint256 whole) external pure returns (uint256) {
        return Money.proRataUp(total, part, whole);
    }

    function instalment(
        uint256 total,
        uint256 doneBefore,
        uint256 doneAfter,
        uint256 whole
    ) external pure returns (uint256) {
        return Money.instalment(total, doneBefore, doneAfter, whole);
    }

    function bounds(uint256 a, uint256 b) external pure returns (uint256 min, uint256 max, uint256 floorSub) {
        return (Money.min(a, b), Money.max(a, b), Money.floorSub(a, b));
    }

    function requirePresent(Digest calldata digest) external pure returns (bool) {
        Digests.requirePresent(digest);
        return true;
    }

    function equal(Digest calldata a, Digest calldata b) external pure returns (bool) {
        return Digests.equal(a, b);
    }

    function dayNumber(uint64 moment, int32 offset) external pure returns (uint64) {
        return TimeLib.dayNumber(moment, offset);
    }

    function startOfDay(uint64 moment, int32 offset) external pure returns (uint64) {
        return TimeLib.startOfDay(moment, offset);
    }

    function addDays(uint64 moment, uint256 count) external pure returns (uint64) {
        return TimeLib.addDays(moment, count);
    }

    function addMonths(uint64 moment, uint256 count, int32 offset) external pure returns (uint64) {
        return TimeLib.addMonths(moment, count, offset);
    }

    function civil(uint256 number) external pure returns (uint256 year, uint256 month, uint256 day, uint256 weekday) {
        (year, month, day) = TimeLib.civilFromDays(number);
        weekday = TimeLib.weekday(number);
    }

    function daysFromCivil(uint256 year, uint256 month, uint256 day) external pure returns (uint256) {
        return TimeLib.daysFromCivil(year, month, day);
    }

    function daysInYear(uint256 year) external pure returns (uint256) {
        return TimeLib.daysInYear(year);
    }
}
