// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerchantId} from "../libraries/PrepaidTypes.sol";
import {ISupervisionCode} from "./ISupervisionCode.sol";

/// @title User of the supervision code
/// @notice A contract that changes what a merchant's code is computed from, and has the code announced anew in the same transaction. The code
/// reads these contracts, so it is deployed after them and wired once.
interface ICodeUser {
    /// @notice The supervision code was wired.
    /// @param code the address of SupervisionCode
    event CodeWired(address indexed code);

    /// @notice The supervision code is wired already, and stays.
    /// @param code the address of SupervisionCode
    /// @custom:cure Nothing is to be done. Another code needs another deployment.
    error CodeUserAlreadyWired(address code);

    /// @notice The supervision code is not wired yet, so a change of a merchant's code could not be announced.
    /// @param merchant the merchant
    /// @custom:cure The administrator finishes the deployment with `wireCode`.
    error CodeUserNotWired(MerchantId merchant);

    /// @notice Tells the contract where the supervision code is. Once.
    /// @param code the address of SupervisionCode
    /// @custom:caller ADMIN
    /// @custom:error CodeUserAlreadyWired when it was told before.
    /// @custom:error GovernedNotAContract when there is no contract at the address.
    function wireCode(address code) external;

    /// @notice The supervision code.
    /// @return the contract, or zero before it is wired
    function supervisionCode() external view returns (ISupervisionCode);
}
