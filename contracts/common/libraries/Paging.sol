// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Paging
/// @notice Bounded pages of lists that can grow.
/// @dev A reader starts at offset 0 and passes each page's `next` on, until `next` is 0. Lists only grow at the end, so the
/// pages read so far stay as they were.
library Paging {
    /// @notice The most items that one page holds. A technical limit of one call, not a regulation's number.
    uint256 internal constant MAX_LIMIT = 100;

    /// @notice The page size asked for is zero or too large.
    /// @param limit the page size asked for
    /// @param max the largest page size
    /// @custom:cure Ask for 1 to `max` items and read the rest page by page.
    error PagingLimitOutOfRange(uint256 limit, uint256 max);

    /// @notice The page would begin after the end of the list.
    /// @param offset the index asked for
    /// @param length the length of the list
    /// @custom:cure Begin at 0 and use the `next` of the page before.
    error PagingOffsetOutOfRange(uint256 offset, uint256 length);

    /// @notice Where a page ends and the next begins; for lists of any shape.
    /// @param length the length of the list
    /// @param offset the first index; at most `length` (`PagingOffsetOutOfRange`)
    /// @param limit the page size; 1 to 100 (`PagingLimitOutOfRange`)
    /// @return end the index after the last item of the page
    /// @return next the offset of the next page, or 0 when this is the last
    function window(uint256 length, uint256 offset, uint256 limit) internal pure returns (uint256 end, uint256 next) {
        require(limit != 0 && limit <= MAX_LIMIT, PagingLimitOutOfRange(limit, MAX_LIMIT));
        require(offset <= length, PagingOffsetOutOfRange(offset, length));
        end = length - offset > limit ? offset + limit : length;
        next = end < length ? end : 0;
    }

    /// @notice A page of a list of numbers.
    /// @param list the list
    /// @param offset the first index
    /// @param limit the page size
    /// @return items the page
    /// @return next the offset of the next page, or 0 when this is the last
    function page(
        uint256[] storage list,
        uint256 offset,
        uint256 limit
    ) internal view returns (uint256[] memory items, uint256 next) {
        uint256 end;
        (end, next) = window(list.length, offset, limit);
        items = new uint256[](end - offset);
        for (uint256 i = offset; i < end; ++i) {
            items[i - offset] = list[i];
        }
    }

    /// @notice A page of a list of words.
    /// @param list the list
    /// @param offset the first index
    /// @param limit the page size
    /// @return items the page
    /// @return next the offset of the next page, or 0 when this is the last
    function page(
        bytes32[] storage list,
        uint256 offset,
        uint256 limit
    ) internal view returns (bytes32[] memory items, uint256 next) {
        uint256 end;
        (end, next) = window(list.length, offset, limit);
        items = new bytes32[](end - offset);
        for (uint256 i = offset; i < end; ++i) {
            items[i - offset] = list[i];
        }
    }

    /// @notice A page of a list of addresses.
    /// @param list the list
    /// @param offset the first index
    /// @param limit the page size
    /// @return items the page
    /// @return next the offset of the next page, or 0 when this is the last
    function page(
        address[] storage list,
        uint256 offset,
        uint256 limit
    ) internal view returns (address[] memory items, uint256 next) {
        uint256 end;
        (end, next) = window(list.length, offset, limit);
        items = new address[](end - offset);
        for (uint256 i = offset; i < end; ++i) {
            items[i - offset] = list[i];
        }
    }
}
