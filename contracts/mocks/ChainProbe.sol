// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

// What the chain prints for this library is what is tested here.
// solhint-disable-next-line no-console
import {console} from "hardhat/console.sol";
import {IChainProbe} from "./interfaces/IChainProbe.sol";

/// @title A contract that shows what a chain does: it fails in every way, reads every block field and writes storage
/// @notice Only tests of the chain deploy it.
contract ChainProbe is IChainProbe {
    /// @inheritdoc IChainProbe
    uint256 public constant override MAX_VALUE = 1_000;

    /// @inheritdoc IChainProbe
    uint256 public override value;
    /// @inheritdoc IChainProbe
    mapping(address account => uint256 amount) public override depositOf;

    constructor(uint256 initialValue) {
        require(initialValue <= MAX_VALUE, ProbeValueTooHigh(initialValue, MAX_VALUE));
        value = initialValue;
    }

    /// @inheritdoc IChainProbe
    function setValue(uint256 newValue) external override {
        require(newValue <= MAX_VALUE, ProbeValueTooHigh(newValue, MAX_VALUE));
        uint256 oldValue = value;
        value = newValue;
        emit ProbeValueSet(msg.sender, oldValue, newValue);
    }

    /// @inheritdoc IChainProbe
    function deposit() external payable override {
        depositOf[msg.sender] += msg.value;
    }

    /// @inheritdoc IChainProbe
    function say(string calldata words, uint256 number) external override {
        // solhint-disable-next-line no-console
        console.log("probe says %s %d", words, number);
        value = number;
    }

    /// @inheritdoc IChainProbe
    function tryOther(IChainProbe other, uint256 newValue) external override returns (bool accepted) {
        try other.setValue(newValue) {
            accepted = true;
        } catch {
            accepted = false;
        }
        emit ProbeTried(address(other), accepted);
    }

    /// @inheritdoc IChainProbe
    function failWithReason(string calldata reason) external pure override {
        revert(reason);
    }

    /// @inheritdoc IChainProbe
    function failWithPanic(uint256 divisor) external pure override returns (uint256 quotient) {
        quotient = 1 / divisor;
    }

    /// @inheritdoc IChainProbe
    function failSilently() external pure override {
        // A revert without data is what this function is for.
        // solhint-disable-next-line reason-string, gas-custom-errors
        revert();
    }

    /// @inheritdoc IChainProbe
    function useAllGas() external pure override {
        while (true) {}
    }

    /// @inheritdoc IChainProbe
    function blockFields() external view override returns (BlockFields memory fields) {
        fields = BlockFields({
            number: block.number,
            timestamp: block.timestamp,
            coinbase: block.coinbase,
            gasLimit: block.gaslimit,
            baseFee: block.basefee,
            prevRandao: block.prevrandao,
            chainId: block.chainid,
            parentHash: blockhash(block.number - 1),
            sender: msg.sender,
            // Shown, not trusted: nothing is authorised by it.
            // solhint-disable-next-line avoid-tx-origin
            origin: tx.origin
        });
    }
}
