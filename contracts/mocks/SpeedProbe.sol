// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title A contract that does one thing many times within one call and says how much gas that took
/// @notice Engines are measured with it: the difference between two counts leaves out what a call costs around the EVM, and the gas shows that
/// they did the same work. Only benchmarks deploy it; it is stateless and anyone may call it.
contract SpeedProbe {
    /// @notice A call of `target` failed, or created nothing.
    /// @custom:cure Send the same input to the target directly: its own error says what is wrong.
    error SpeedProbeFailed(address target);

    /// @notice Hashes 64 bytes `count` times, each time with a byte of the hash before.
    /// @return gasUsed The gas of the loop.
    /// @return result The last hash, so that nothing can be left out.
    function hash(uint256 count) external view returns (uint256 gasUsed, bytes32 result) {
        bytes memory buffer = new bytes(64);
        uint256 gasBefore = gasleft();
        for (uint256 i = 0; i < count; ++i) {
            result = keccak256(buffer);
            buffer[i & 63] = result[0];
        }
        gasUsed = gasBefore - gasleft();
    }

    /// @notice Multiplies, adds, divides and compares `count` times, overflow checked as Solidity does.
    /// @return gasUsed The gas of the loop.
    /// @return result The last value, so that nothing can be left out.
    function calculate(uint256 count) external view returns (uint256 gasUsed, uint256 result) {
        uint256 gasBefore = gasleft();
        result = 1;
        for (uint256 i = 0; i < count; ++i) {
            result = ((result * 31) + i) % 1_000_000_007;
        }
        gasUsed = gasBefore - gasleft();
    }

    /// @notice Calls a contract `count` times with the same input and undoes each call, so that each finds the same state.
    /// @param count How often.
    /// @param target The contract; the zero address creates one with `input` as init code.
    /// @param input The calldata or init code.
    /// @return gasUsed The gas of all calls.
    function repeat(uint256 count, address target, bytes calldata input) external returns (uint256 gasUsed) {
        bytes memory message = abi.encodeCall(this.attempt, (target, input));
        uint256 gasBefore = gasleft();
        for (uint256 i = 0; i < count; ++i) {
            // A message that was encoded once for all repetitions.
            // solhint-disable-next-line avoid-low-level-calls
            (bool kept, bytes memory failure) = address(this).call(message);
            require(!kept && failure.length == 0, SpeedProbeFailed(target));
        }
        gasUsed = gasBefore - gasleft();
    }

    /// @notice Calls a contract once, then undoes it: reverts without data if the call succeeded, with SpeedProbeFailed if not.
    /// @param target The contract; the zero address creates one with `input` as init code.
    /// @param input The calldata or init code.
    function attempt(address target, bytes calldata input) external {
        bool succeeded;
        if (target == address(0)) {
            succeeded = createFrom(input) != address(0);
        } else {
            // Any call of any contract.
            // solhint-disable-next-line avoid-low-level-calls
            (succeeded, ) = target.call(input);
        }
        require(succeeded, SpeedProbeFailed(target));
        // Without data, so that one repetition leaves nothing in memory for the next.
        // solhint-disable-next-line reason-string, gas-custom-errors
        revert();
    }

    function createFrom(bytes memory initCode) private returns (address created) {
        // Solidity creates only contracts that it knows.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            created := create(0, add(initCode, 0x20), mload(initCode))
        }
    }
}
