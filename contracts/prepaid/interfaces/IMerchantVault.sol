// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title Vault of one merchant
/// @notice The merchant's supervised account (专用存管账户) as an address of its own: one clone per merchant holds that merchant's deposit tokens and
/// nobody else's. Only Custody moves them.
/// @custom:source SH18 Art 15 (A-14, A-56)
interface IMerchantVault {
    /// @notice Someone else than Custody asked for money.
    /// @param caller who asked
    /// @custom:cure Use the functions of Custody: a release, a refund, a return.
    error MerchantVaultNotCustody(address caller);

    /// @notice Pays out of the vault.
    /// @param to who is paid
    /// @param amount how much
    /// @custom:caller Custody
    /// @custom:unit amount: fen
    /// @custom:error MerchantVaultNotCustody when the caller is not Custody.
    /// @custom:error ERC20InsufficientBalance when the vault holds less.
    function pay(address to, uint256 amount) external;

    /// @notice The contract that moves the money.
    /// @return the address of Custody
    function custody() external view returns (address);

    /// @notice The token held.
    /// @return the deposit token
    function token() external view returns (IERC20);
}
