// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Money} from "../../common/libraries/Money.sol";
import {TimeLib} from "../../common/libraries/TimeLib.sol";

/// @title RefundMath
/// @notice The arithmetic of refunds, one function per rule (A-28 to A-39). SPC is the Supreme People's Court's 法释〔2025〕4号, BJ the
/// Beijing regulation on single-purpose prepaid cards of 2022.
/// @dev Pure. Money in fen, times in seconds, rates in parts per million a year, face in the card's unit (fen, visits, seconds).
library RefundMath {
    /// @notice Days in the year of a simple interest, "actual/365". A convention of counting, not a regulation's number.
    uint256 internal constant YEAR = 365;

    /// @notice The last second in which a payment may be taken back without a reason (A-28). The better of law and contract holds.
    /// @custom:source SPC Art 14
    /// @param paidAt the moment of the payment
    /// @param lawDays days of 86,400 s that the policy gives
    /// @param agreedDays days of 86,400 s that the contract gives; 0 = none agreed
    /// @return the last second inside the time
    function coolingOffUntil(uint64 paidAt, uint256 lawDays, uint256 agreedDays) internal pure returns (uint64) {
        return TimeLib.addDays(paidAt, Money.max(lawDays, agreedDays));
    }

    /// @notice Value of redeemed face at the price really paid: the discounted price (A-31), and with bonus credit the share P / (P + G) of
    /// the face (A-32). Rounded down, for the holder: 3,594 of 4,000 bought for 3,000 count 2,695.50.
    /// @custom:source SPC Art 18(1), 18(2)
    /// @param paid principal of the tranche, P
    /// @param face whole face of the tranche, P + G; not zero (`MoneyEmptyWhole`)
    /// @param used face redeemed
    /// @return the redeemed value
    function redeemedAtRatio(uint256 paid, uint256 face, uint256 used) internal pure returns (uint256) {
        return Money.proRataDown(paid, used, face);
    }

    /// @notice What is left for the holder when redeemed value counts at the price before discount (A-33). Nothing where that exceeds the
    /// payment: nothing is claimed from the consumer (A-34). Never more than at the price really paid. No division.
    /// @custom:source SPC Art 19, 20
    /// @param paid all that was paid and not yet paid back
    /// @param listUsed list price of all that was redeemed
    /// @param left what is left at the price really paid
    /// @return the principal to pay back
    function leftAtList(uint256 paid, uint256 listUsed, uint256 left) internal pure returns (uint256) {
        return Money.min(left, Money.floorSub(paid, listUsed));
    }

    /// @notice What remains of the term of a period pass at the end of the contract, or on the day the operator stopped if that was earlier
    /// (A-35). Nothing once the term is over through the consumer's own cause.
    /// @custom:source SPC Art 22
    /// @param startsAt first second of the term
    /// @param term length of the term, in seconds
    /// @param endedAt end of the contract
    /// @param stoppedAt when the operator stopped serving; 0 = it serves
    /// @param ownCause whether the cause is the consumer's own
    /// @return the remaining term, in seconds; at most `term`
    function remainingTerm(
        uint64 startsAt,
        uint256 term,
        uint64 endedAt,
        uint64 stoppedAt,
        bool ownCause
    ) internal pure returns (uint256) {
        if (ownCause && endedAt >= startsAt + term) return 0;
        uint256 last = stoppedAt != 0 ? Money.min(stoppedAt, endedAt) : endedAt;
        return Money.floorSub(term, Money.floorSub(last, startsAt));
    }

    /// @notice The payment's share for the remaining term (A-35). Rounded up, for the holder.
    /// @custom:source SPC Art 22
    /// @param paid what was paid for the term
    /// @param term length of the term, in seconds; not zero (`MoneyEmptyWhole`)
    /// @param remaining what remains of it, in seconds
    /// @return the principal to pay back
    function leftOfTerm(uint256 paid, uint256 term, uint256 remaining) internal pure returns (uint256) {
        return Money.proRataUp(paid, remaining, term);
    }

    /// @notice What is left when the value redeemed was ruled: market value (A-33) or the offset against a minor's payment (A-51). Not under
    /// nothing (A-34). No division.
    /// @custom:source SPC Art 19, 20, 10
    /// @param paid all that was paid and not yet paid back
    /// @param value the value redeemed as ruled
    /// @return the principal to pay back
    function leftAtValue(uint256 paid, uint256 value) internal pure returns (uint256) {
        return Money.floorSub(paid, value);
    }

    /// @notice What is left after gifts that stay with the holder (A-36). Not under nothing. No division.
    /// @custom:source SPC Art 21
    /// @param principal what is left before
    /// @param gifts fair value of the gifts, as ruled
    /// @return the principal to pay back
    function lessGifts(uint256 principal, uint256 gifts) internal pure returns (uint256) {
        return Money.floorSub(principal, gifts);
    }

    /// @notice Whether what is left buys nothing any more (A-29).
    /// @custom:source BJ Art 17
    /// @param faceLeft face left, in the card's unit
    /// @param cheapest face of the cheapest item; 0 = none stated, nothing is then too small
    /// @return whether it is too small
    function isResidue(uint256 faceLeft, uint256 cheapest) internal pure returns (bool) {
        return faceLeft < cheapest;
    }

    /// @notice What is due once entries that stood open were decided: what was due before, or what became free less what the merchant keeps
    /// under the basis, whichever is more. What is due never falls. No division.
    /// @custom:source SPC Art 15
    /// @param before what was due before
    /// @param free principal that no entry holds, whether paid back since or not
    /// @param kept principal that the merchant keeps under the basis
    /// @return the principal to pay back
    function raisedDue(uint256 before, uint256 free, uint256 kept) internal pure returns (uint256) {
        return Money.max(before, Money.floorSub(free, kept));
    }

    /// @notice The yearly rate that holds: the better for the holder of law and contract (A-37).
    /// @custom:source SPC Art 16, 17
    /// @param law the policy's rate
    /// @param agreed the contract's rate; 0 = none agreed
    /// @return the rate, in ppm a year
    function betterRate(uint256 law, uint256 agreed) internal pure returns (uint256) {
        return Money.max(law, agreed);
    }

    /// @notice Days for which interest is due: natural days of UTC+8 from the day of termination (counted) to the day of payment (not
    /// counted), as banks count deposits (A-38).
    /// @custom:source SPC Art 17
    /// @param from the moment of termination
    /// @param to the moment of payment; not before `from`
    /// @return the days
    function interestDays(uint64 from, uint64 to) internal pure returns (uint256) {
        return TimeLib.dayNumber(to, TimeLib.CHINA_OFFSET) - TimeLib.dayNumber(from, TimeLib.CHINA_OFFSET);
    }

    /// @notice Simple interest, actual/365 (A-37). Rounded up, for the holder.
    /// @custom:source SPC Art 16
    /// @param principal the principal
    /// @param ratePpm the rate, in ppm a year
    /// @param count the days
    /// @return the interest
    function interest(uint256 principal, uint256 ratePpm, uint256 count) internal pure returns (uint256) {
        return Money.proRataUp(principal, ratePpm * count, Money.PPM * YEAR);
    }
}
