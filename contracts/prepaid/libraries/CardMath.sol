// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Money} from "../../common/libraries/Money.sol";
import {TimeLib} from "../../common/libraries/TimeLib.sol";
import {Card, CardKind} from "./PrepaidTypes.sol";
import {RefundMath} from "./RefundMath.sol";

/// @title Arithmetic of a card
/// @notice A tranche of P fen for F units of face, of which U units are used: redeemed in all is floor(P x U / F) (see {ICardLedger}).
/// @dev On the card in storage: of its fifteen slots a step reads two or three.
library CardMath {
    /// @notice The face left, what is set aside included.
    /// @param card the card
    /// @return the face, in the card's unit
    function faceLeft(Card storage card) internal view returns (uint128) {
        return card.trancheFace - card.trancheUsed;
    }

    /// @notice The face that is neither used nor set aside.
    /// @param card the card
    /// @return the face, in the card's unit
    function faceFree(Card storage card) internal view returns (uint128) {
        return card.trancheFace - card.trancheUsed - card.reserved;
    }

    /// @notice The principal that the next `face` units redeem. Rounded down over the whole tranche, for the holder.
    /// @param card the card
    /// @param face the units, at most `faceLeft`
    /// @return the principal, in fen
    function principalOfNext(Card storage card, uint128 face) internal view returns (uint128) {
        if (face == 0) return 0;
        uint256 used = card.trancheUsed;
        // At most the tranche's principal, which fits.
        return
            uint128(
                RefundMath.redeemedAtRatio(card.tranchePaid, card.trancheFace, used + face) -
                    RefundMath.redeemedAtRatio(card.tranchePaid, card.trancheFace, used)
            );
    }

    /// @notice The principal that is not set aside.
    /// @param card the card
    /// @return the principal, in fen
    function principalFree(Card storage card) internal view returns (uint128) {
        return card.principal - principalOfNext(card, card.reserved);
    }

    /// @notice The principal that the face left is worth by the tranche; the card's principal unless an ending took from it.
    /// @param card the card
    /// @return the principal, in fen
    function tranchePrincipal(Card storage card) internal view returns (uint128) {
        return principalOfNext(card, faceLeft(card));
    }

    /// @notice What is left of the last top-up: of what was used since, it bore its part.
    /// @param card the card
    /// @return paid its principal, in fen; rounded up, for the holder
    /// @return face its face, in the card's unit; rounded down
    function topUpLeft(Card storage card) internal view returns (uint128 paid, uint128 face) {
        uint256 paidThen = card.lastTopUpPaid;
        if (paidThen == 0) return (0, 0);
        // Both at most what they were, which fits.
        paid = uint128(Money.proRataUp(paidThen, faceLeft(card), card.trancheFace));
        face = uint128(Money.proRataDown(card.lastTopUpFace, faceLeft(card), card.trancheFace));
    }

    /// @notice The time of a period pass that has passed and is neither used nor set aside: whole days, at the end of the term all of it.
    /// @param card the card
    /// @param until up to when time counts, in seconds
    /// @return due the time, in seconds
    function accruable(Card memory card, uint64 until) internal pure returns (uint128 due) {
        if (until <= card.startsAt) return 0;
        uint128 passed = until - card.startsAt;
        passed = passed >= card.trancheFace ? card.trancheFace : passed - (passed % TimeLib.DAY);
        uint128 taken = card.trancheUsed + card.reserved;
        return passed > taken ? passed - taken : 0;
    }

    /// @notice The time a period pass still runs.
    /// @param card the card
    /// @param time the present time, in seconds
    /// @return the time, in seconds; 0 when it is over, or the card is no period pass
    function termLeft(Card storage card, uint64 time) internal view returns (uint64) {
        if (card.kind != CardKind.PERIOD) return 0;
        return uint64(Money.floorSub(uint256(card.startsAt) + card.trancheFace, time));
    }

    /// @notice Until when a consumer's terms with a merchant run when another is added, all laid end to end: so terms side by side count like
    /// terms in a row.
    /// @param endsAt until when they run without it, in seconds; in the past when none runs
    /// @param time the present time, in seconds
    /// @param term the term added, in seconds
    /// @return the end, in seconds
    function reach(uint64 endsAt, uint64 time, uint256 term) internal pure returns (uint256) {
        return Money.max(endsAt, time) + term;
    }
}
