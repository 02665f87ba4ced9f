// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Signature} from "../common/interfaces/ISaltedEIP712.sol";
import {SaltedEIP712} from "../common/SaltedEIP712.sol";

/// @title SaltedEIP712Harness
/// @notice Takes one kind of signed message.
contract SaltedEIP712Harness is SaltedEIP712 {
    bytes32 private constant _SLIP_TYPEHASH = keccak256("Slip(address signer,uint256 amount,uint256 nonce)");

    /// @notice A signed slip was taken.
    event SlipTaken(address indexed signer, uint256 amount, uint256 nonce);

    /// @param name_ the domain's name
    /// @param version_ the domain's version
    /// @param salt_ the domain's salt
    constructor(string memory name_, string memory version_, bytes32 salt_) SaltedEIP712(name_, version_, salt_) {}

    /// @notice Takes a slip that its signer signed.
    /// @custom:caller anyone, with the signer's signature
    function take(address signer, uint256 amount, uint256 nonce, Signature calldata signature) external {
        _requireSignature(signer, keccak256(abi.encode(_SLIP_TYPEHASH, signer, amount, nonce)), signature);
        _useCheckedNonce(signer, nonce);
        emit SlipTaken(signer, amount, nonce);
    }
}
