// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Colour, MerchantId} from "../libraries/PrepaidTypes.sol";

/// @title The prepaid code (预付码) of a merchant
/// @notice Colour (cover against balance) and compliance (cover against requirement) are separate facts; neither is derived from the other.
interface ISupervisionCode {
    event ColourChanged(MerchantId indexed merchant, Colour from, Colour to, uint256 balance, uint256 custody, uint256 cover);
    event ComplianceChanged(MerchantId indexed merchant, bool compliant, uint256 required, uint256 custody, uint256 cover);
    event LowWater(MerchantId indexed merchant, uint256 custody, uint256 paidIn);

    /// @notice Compares with what was last announced and emits each change. Called in the transaction that causes it.
    /// @custom:caller the prepaid contracts (Roles.PREPAID_LEDGER) and PLATFORM (a cover that lapsed with time)
    function refresh(MerchantId merchant) external;
    /// @notice Puts an order to stop issuing on a merchant whose custody stayed short past the cure time (A-20).
    /// @custom:caller PLATFORM, REGULATOR
    function escalate(MerchantId merchant) external;

    function colourOf(MerchantId merchant) external view returns (Colour);
    function requiredOf(MerchantId merchant) external view returns (uint256);
    function compliantOf(MerchantId merchant) external view returns (bool);
    /// @notice Since when custody has been short as announced; 0 = it is not.
    function shortSince(MerchantId merchant) external view returns (uint64);
    function lastColourOf(MerchantId merchant) external view returns (Colour);
}
