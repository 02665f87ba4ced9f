// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title What tests of the chain call
/// @notice Anyone may call every function.
interface IChainProbe {
    /// @notice What the EVM answers about the current block and call.
    /// @param number height of the block
    /// @param timestamp time of the block in seconds
    /// @param coinbase receiver of the tips
    /// @param gasLimit gas limit of the block
    /// @param baseFee base fee in wei per gas
    /// @param prevRandao randomness of the block
    /// @param chainId chain id
    /// @param parentHash hash of the block before
    /// @param sender caller
    /// @param origin signer of the transaction
    struct BlockFields {
        uint256 number;
        uint256 timestamp;
        address coinbase;
        uint256 gasLimit;
        uint256 baseFee;
        uint256 prevRandao;
        uint256 chainId;
        bytes32 parentHash;
        address sender;
        address origin;
    }

    /// @notice The value was set.
    /// @param by who set it
    /// @param oldValue the value before
    /// @param newValue the value now
    event ProbeValueSet(address indexed by, uint256 oldValue, uint256 newValue);
    /// @notice A nested call was tried.
    /// @param other the probe that was called
    /// @param accepted whether it accepted the value
    event ProbeTried(address indexed other, bool accepted);

    /// @notice The value is above the greatest that the probe accepts.
    /// @param given the value that was asked for
    /// @param greatest the greatest value accepted
    /// @custom:cure Store a smaller value.
    error ProbeValueTooHigh(uint256 given, uint256 greatest);

    /// @notice The greatest value that the probe accepts.
    /// @return greatest the limit
    function MAX_VALUE() external view returns (uint256 greatest);

    /// @notice The value, in storage slot 0.
    /// @return current the value
    function value() external view returns (uint256 current);

    /// @notice What an account has deposited.
    /// @param account the account
    /// @return amount its deposits in wei
    function depositOf(address account) external view returns (uint256 amount);

    /// @notice Sets the value. Reverts with `ProbeValueTooHigh` above `MAX_VALUE`.
    /// @param newValue the value to set
    function setValue(uint256 newValue) external;

    /// @notice Adds the wei sent to the caller's deposits.
    function deposit() external payable;

    /// @notice Prints a line on the chain's console and sets the value, whatever it is.
    /// @param words what to print
    /// @param number what to print after it
    function say(string calldata words, uint256 number) external;

    /// @notice Sets the value of another probe and survives its refusal.
    /// @param other the other probe
    /// @param newValue the value to set there
    /// @return accepted whether the other probe accepted it
    function tryOther(IChainProbe other, uint256 newValue) external returns (bool accepted);

    /// @notice Always reverts with the reason string given.
    /// @param reason the reason
    function failWithReason(string calldata reason) external pure;

    /// @notice Divides one by the argument: reverts with `Panic(0x12)` for zero.
    /// @param divisor the divisor
    /// @return quotient one divided by it, rounded down
    function failWithPanic(uint256 divisor) external pure returns (uint256 quotient);

    /// @notice Always reverts without data.
    function failSilently() external pure;

    /// @notice Never ends: uses all the gas it is given.
    function useAllGas() external pure;

    /// @notice The block and call fields that the EVM shows.
    /// @return fields see `BlockFields`
    function blockFields() external view returns (BlockFields memory fields);
}
