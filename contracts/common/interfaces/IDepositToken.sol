// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {Digest} from "../libraries/Digests.sol";

/// @title IDepositToken
/// @notice A bank deposit in fen as an ERC-20 of 2 decimals. Each mint and burn stands against one entry in a bank's books.
/// @dev Only custodian banks mint and burn. Ether is not accepted. A bank burns from its own balance or, like any spender,
/// from an allowance: it has no power over other people's deposits.
interface IDepositToken is IERC20Metadata {
    /// @notice A bank credited a deposit.
    /// @param custodian the bank
    /// @param to who received it
    /// @param amount the deposit, in fen
    /// @param bankEntry the digest of the entry in the bank's books
    event DepositMinted(address indexed custodian, address indexed to, uint256 amount, Digest bankEntry);

    /// @notice A bank paid a deposit out.
    /// @param custodian the bank
    /// @param from whose deposit it was
    /// @param amount the deposit, in fen
    /// @param bankEntry the digest of the entry in the bank's books
    event DepositBurned(address indexed custodian, address indexed from, uint256 amount, Digest bankEntry);

    /// @notice Nothing is to be minted or burned.
    /// @custom:cure Give an amount of at least one fen.
    error DepositTokenZeroAmount();

    /// @notice The bank's entry stands against a mint or burn already.
    /// @param entry the value of the entry's digest
    /// @custom:cure Check whether the call was made before; each entry in the books is booked once.
    error DepositTokenEntryUsed(bytes32 entry);

    /// @notice Credits a deposit.
    /// @param to who receives it
    /// @param amount the deposit
    /// @param bankEntry the digest of the entry in the bank's books; each entry once
    /// @custom:caller CUSTODIAN
    /// @custom:unit amount: fen
    /// @custom:error DepositTokenZeroAmount when the amount is zero.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    /// @custom:error DepositTokenEntryUsed when the entry was booked before.
    /// @custom:error ERC20InvalidReceiver when the receiver is the zero address.
    function mint(address to, uint256 amount, Digest calldata bankEntry) external;

    /// @notice Pays a deposit out: the bank's own balance, or one whose holder gave the bank an allowance.
    /// @param from whose deposit it is
    /// @param amount the deposit
    /// @param bankEntry the digest of the entry in the bank's books; each entry once
    /// @custom:caller CUSTODIAN
    /// @custom:unit amount: fen
    /// @custom:error DepositTokenZeroAmount when the amount is zero.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    /// @custom:error DepositTokenEntryUsed when the entry was booked before.
    /// @custom:error ERC20InsufficientAllowance when the deposit is another's and the allowance is too small.
    /// @custom:error ERC20InsufficientBalance when the balance is too small.
    function burn(address from, uint256 amount, Digest calldata bankEntry) external;

    /// @notice Whether an entry in a bank's books was booked.
    /// @param entry the value of the entry's digest
    /// @return whether a mint or burn stands against it
    function isEntryUsed(bytes32 entry) external view returns (bool);
}
