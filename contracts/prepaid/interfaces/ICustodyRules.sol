// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerchantId} from "../libraries/PrepaidTypes.sol";

/// @title How much must be in custody
/// @notice Judgement over the register, the book and the policy in force now in the merchant's region, for its trade where the policy has a number
/// for the trade. Nothing is stored. Money in fen, rounded up: for the holders.
/// @dev For an unknown merchant every function reverts as the merchant register does.
interface ICustodyRules {
    /// @notice What custody and cover together must reach at the present balance: the largest of
    /// - the whole balance x `prepaid.ratio.general` once the balance exceeds `prepaid.warning.general` (A-14);
    /// - the whole balance x `prepaid.ratio.special` once it exceeds that line and the merchant's licence is younger than `prepaid.young.days`, or it
    ///   is a mall-type issuer (A-16), or the balance exceeds the special line min(max(`prepaid.warning.specialShare` x last year's revenue,
    ///   `prepaid.warning.general`), `prepaid.warning.specialCap`) (A-15);
    /// - the balance x `prepaid.ratio.trade` (A-19);
    /// - the balance of the last quarter-end x `prepaid.quarter.scale`, `.group` or `.brand` (A-18).
    /// A number that the policy does not set switches its part off. The special line rounds down to the fen: the stricter way.
    /// @param merchant the merchant
    /// @return the requirement
    /// @custom:unit fen, rounded up
    /// @custom:source SH19 Art 11; SH18 Art 29; MOFCOM order 9 of 2012 Art 26-28; Beijing youth sports rules 京体产业字〔2023〕12号 (A-14 to A-19)
    function requiredOf(MerchantId merchant) external view returns (uint256);

    /// @notice The same for a balance that is assumed. The last quarter-end is what it was.
    /// @param merchant the merchant
    /// @param balance the assumed balance
    /// @return the requirement
    /// @custom:unit balance and result: fen, rounded up
    /// @custom:source SH19 Art 11; SH18 Art 29; MOFCOM order 9 of 2012 Art 26-28 (A-14 to A-19)
    function requiredAt(MerchantId merchant, uint256 balance) external view returns (uint256);

    /// @notice Releases of one natural day above this sum need the regulator's approval (`prepaid.payout.threshold`).
    /// @param merchant the merchant
    /// @return the threshold; 0 = none needs approval
    /// @custom:unit fen
    function approvalThreshold(MerchantId merchant) external view returns (uint256);

    /// @notice Below this share of all that was paid in, the supervising bodies are warned (`prepaid.lowWater`).
    /// @param merchant the merchant
    /// @return the share; 0 = no warning
    /// @custom:unit ppm
    /// @custom:source Shaoxing Yuecheng prepaid code scheme (A-22)
    function lowWaterPpm(MerchantId merchant) external view returns (uint256);

    /// @notice How long a merchant has to make good a custody that is short (`prepaid.cure.days`).
    /// @param merchant the merchant
    /// @return the time; 0 = the policy sets none
    /// @custom:unit s
    /// @custom:source BJ Art 32; SH18 Art 26 (A-20)
    function cureTime(MerchantId merchant) external view returns (uint256);
}
