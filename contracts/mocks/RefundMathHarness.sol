// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RefundMath} from "../prepaid/libraries/RefundMath.sol";

/// @title RefundMathHarness
/// @notice A door to the internal functions of {RefundMath}.
contract RefundMathHarness {
    function coolingOffUntil(uint64 paidAt, uint256 lawDays, uint256 agreedDays) external pure returns (uint64) {
        return RefundMath.coolingOffUntil(paidAt, lawDays, agreedDays);
    }

    function redeemedAtRatio(uint256 paid, uint256 face, uint256 used) external pure returns (uint256) {
        return RefundMath.redeemedAtRatio(paid, face, used);
    }

    function leftAtList(uint256 paid, uint256 listUsed, uint256 left) external pure returns (uint256) {
        return RefundMath.leftAtList(paid, listUsed, left);
    }

    function remainingTerm(
        uint64 startsAt,
        uint256 term,
        uint64 endedAt,
        uint64 stoppedAt,
        bool ownCause
    ) external pure returns (uint256) {
        return RefundMath.remainingTerm(startsAt, term, endedAt, stoppedAt, ownCause);
    }

    function leftOfTerm(uint256 paid, uint256 term, uint256 remaining) external pure returns (uint256) {
        return RefundMath.leftOfTerm(paid, term, remaining);
    }

    function leftAtValue(uint256 paid, uint256 value) external pure returns (uint256) {
        return RefundMath.leftAtValue(paid, value);
    }

    function lessGifts(uint256 principal, uint256 gifts) external pure returns (uint256) {
        return RefundMath.lessGifts(principal, gifts);
    }

    function isResidue(uint256 faceLeft, uint256 cheapest) external pure returns (bool) {
        return RefundMath.isResidue(faceLeft, cheapest);
    }

    function raisedDue(uint256 before, uint256 free, uint256 kept) external pure returns (uint256) {
        return RefundMath.raisedDue(before, free, kept);
    }

    function betterRate(uint256 law, uint256 agreed) external pure returns (uint256) {
        return RefundMath.betterRate(law, agreed);
    }

    function interestDays(uint64 from, uint64 to) external pure returns (uint256) {
        return RefundMath.interestDays(from, to);
    }

    function interest(uint256 principal, uint256 ratePpm, uint256 count) external pure returns (uint256) {
        return RefundMath.interest(principal, ratePpm, count);
    }
}
