// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Money
/// @notice Divisions of money. Every function says in its name which way it rounds; the caller says for whose benefit.
/// @dev Amounts in fen, shares in parts per million (1,000,000 ppm = 100%). Products are computed in 512 bits, so nothing
/// overflows before the division; a quotient over 2^256 - 1 panics (0x11).
library Money {
    /// @notice Parts per million in the whole. A unit, not a regulation's number.
    uint256 internal constant PPM = 1_000_000;

    /// @notice A part of nothing was asked for.
    /// @param part the part
    /// @custom:cure Settle the case of an empty whole before dividing.
    error MoneyEmptyWhole(uint256 part);

    /// @notice A share of an amount, rounded down to the fen.
    /// @param amount the amount, in fen
    /// @param ppm the share, in parts per million; over 1,000,000 gives more than the amount
    /// @return the share, in fen
    function shareDown(uint256 amount, uint256 ppm) internal pure returns (uint256) {
        return Math.mulDiv(amount, ppm, PPM);
    }

    /// @notice A share of an amount, rounded up to the fen.
    /// @param amount the amount, in fen
    /// @param ppm the share, in parts per million; over 1,000,000 gives more than the amount
    /// @return the share, in fen
    function shareUp(uint256 amount, uint256 ppm) internal pure returns (uint256) {
        return Math.mulDiv(amount, ppm, PPM, Math.Rounding.Ceil);
    }

    /// @notice `total x part / whole`, rounded down.
    /// @param total the amount to divide, in fen
    /// @param part the part, in the unit of `whole`
    /// @param whole the whole; not zero (`MoneyEmptyWhole`)
    /// @return the part of the amount, in fen
    function proRataDown(uint256 total, uint256 part, uint256 whole) internal pure returns (uint256) {
        require(whole != 0, MoneyEmptyWhole(part));
        return Math.mulDiv(total, part, whole);
    }

    /// @notice `total x part / whole`, rounded up.
    /// @param total the amount to divide, in fen
    /// @param part the part, in the unit of `whole`
    /// @param whole the whole; not zero (`MoneyEmptyWhole`)
    /// @return the part of the amount, in fen
    function proRataUp(uint256 total, uint256 part, uint256 whole) internal pure returns (uint256) {
        require(whole != 0, MoneyEmptyWhole(part));
        return Math.mulDiv(total, part, whole, Math.Rounding.Ceil);
    }

    /// @notice The next instalment of an amount that is paid out in steps: what is due up to `doneAfter` less what was due up
    /// to `doneBefore`. Rounding never adds up: the instalments of a whole sum to exactly `total`.
    /// @dev Each step is off by less than one fen from its exact part.
    /// @param total the amount to pay out over the whole, in fen
    /// @param doneBefore the units done before this step; at most `doneAfter`
    /// @param doneAfter the units done after this step; at most `whole`
    /// @param whole the units in all; not zero (`MoneyEmptyWhole`)
    /// @return the instalment, in fen
    function instalment(
        uint256 total,
        uint256 doneBefore,
        uint256 doneAfter,
        uint256 whole
    ) internal pure returns (uint256) {
        return proRataDown(total, doneAfter, whole) - proRataDown(total, doneBefore, whole);
    }

    /// @notice The smaller of two amounts.
    /// @param a one amount
    /// @param b the other
    /// @return the smaller
    function min(uint256 a, uint256 b) internal pure returns (uint256) {
        return Math.min(a, b);
    }

    /// @notice The larger of two amounts.
    /// @param a one amount
    /// @param b the other
    /// @return the larger
    function max(uint256 a, uint256 b) internal pure returns (uint256) {
        return Math.max(a, b);
    }

    /// @notice `a - b`, or zero where `b` is larger.
    /// @param a the amount
    /// @param b what is taken from it
    /// @return the rest
    function floorSub(uint256 a, uint256 b) internal pure returns (uint256) {
        return Math.saturatingSub(a, b);
    }
}
