// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title A contract of which a client knows the errors only
interface IBindingProbeVault {
    /// @notice The vault holds less than was asked for.
    /// @param asked what was asked for
    /// @custom:unit asked: fen
    /// @custom:cure Ask for less.
    error BindingProbeVaultShort(uint256 asked);

    /// @notice Empties the vault.
    /// @custom:caller anyone
    /// @custom:error BindingProbeVaultShort when nothing is left
    function empty() external;
}
