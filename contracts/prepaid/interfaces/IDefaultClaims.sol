// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CardId, MerchantId} from "../libraries/PrepaidTypes.sol";

/// @title Claims after a default
/// @notice Holders share what is in custody (covers paid in included) pro rata over refundable principal (A-43, A-44). Rounds, each card once a
/// round. The n-th claimer gets floor(pot * (c + w) / base) - floor(pot * c / base), c claimed before, w own weight: the sum paid is the pot.
interface IDefaultClaims {
    struct Round {
        uint128 pot; // fen to share: at most base
        uint128 base; // principal that shares
        uint128 claimed; // principal that has claimed
        uint128 paid;
        uint64 openedAt;
    }

    /// @notice Opens a round over what is in the vault now. From the first round on the merchant's cards are frozen as they stand.
    /// @custom:caller REGULATOR
    function openRound(MerchantId merchant, Digest calldata decision) external returns (uint256 round);
    /// @notice Pays a card's share of every open round it has not claimed.
    /// @custom:caller the holder
    function claim(CardId card) external returns (uint256 paid);
    /// @notice Pays the shares of several cards to their holders. All or nothing; at most 50.
    /// @custom:caller PLATFORM
    function claimFor(CardId[] calldata cards) external;

    function roundsOf(MerchantId merchant) external view returns (uint256);
    function roundOf(MerchantId merchant, uint256 round) external view returns (Round memory);
    function claimedRoundsOf(CardId card) external view returns (uint256);
    function shareOf(CardId card) external view returns (uint256);
}
