// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerchantId} from "../libraries/PrepaidTypes.sol";

/// @title How much must be in custody
/// @notice Pure judgement over the register, the book and the policy in force. Money in fen, rounded up (for the holders).
interface ICustodyRules {
    /// @notice SH19 Art 11 on the present balance and MOFCOM Art 26 on the last quarter-end: the stricter of both (A-14 to A-19).
    function requiredOf(MerchantId merchant) external view returns (uint256);
    /// @notice The same for a balance that is assumed.
    function requiredAt(MerchantId merchant, uint256 balance) external view returns (uint256);
    /// @notice A payout above this needs the regulator's approval; 0 = none does.
    function approvalThreshold(MerchantId merchant) external view returns (uint256);
    /// @notice Below this share of all that was paid in, the supervising bodies are warned (A-22). ppm.
    function lowWaterPpm(MerchantId merchant) external view returns (uint256);
    /// @notice Seconds a merchant has to make good a custody that is short (A-20).
    function cureTime(MerchantId merchant) external view returns (uint256);
}
