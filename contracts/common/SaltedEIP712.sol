// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {NoncesKeyed} from "@openzeppelin/contracts/utils/NoncesKeyed.sol";
import {ShortString, ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";

import {ISaltedEIP712, Signature, SignatureAlgorithm} from "./interfaces/ISaltedEIP712.sol";

/// @title SaltedEIP712
/// @notice Base of a contract that checks what people sign; see {ISaltedEIP712}.
/// @dev OpenZeppelin's EIP712 has no salt. The separator is computed at each use: it is one hash, and the chain id of a
/// consortium chain can be configured after deployment. Nonces are per signer and key (a card, a merchant), so that signatures
/// on different matters do not wait for each other.
abstract contract SaltedEIP712 is ISaltedEIP712, NoncesKeyed {
    bytes32 private constant _DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)"
    );

    ShortString private immutable _name;
    ShortString private immutable _version;
    bytes32 private immutable _hashedName;
    bytes32 private immutable _hashedVersion;
    bytes32 private immutable _salt;

    /// @param name_ the domain's name, at most 31 bytes (`StringTooLong`)
    /// @param version_ the domain's version, at most 31 bytes (`StringTooLong`)
    /// @param salt_ the deployment's salt, not zero (`SaltedEIP712ZeroSalt`)
    constructor(string memory name_, string memory version_, bytes32 salt_) {
        require(salt_ != 0, SaltedEIP712ZeroSalt());
        _name = ShortStrings.toShortString(name_);
        _version = ShortStrings.toShortString(version_);
        _hashedName = keccak256(bytes(name_));
        _hashedVersion = keccak256(bytes(version_));
        _salt = salt_;
    }

    /// @inheritdoc IERC5267
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        return (
            hex"1f",
            ShortStrings.toString(_name),
            ShortStrings.toString(_version),
            block.chainid,
            address(this),
            _salt,
            new uint256[](0)
        );
    }

    /// @inheritdoc ISaltedEIP712
    function domainSeparator() public view returns (bytes32) {
        return
            keccak256(abi.encode(_DOMAIN_TYPEHASH, _hashedName, _hashedVersion, block.chainid, address(this), _salt));
    }

    /// @dev The digest that a signer signs.
    /// @param structHash the EIP-712 hash of the message's struct
    function _hashTypedData(bytes32 structHash) internal view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(domainSeparator(), structHash);
    }

    /// @dev Reverts with `SaltedEIP712InvalidSignature` or `SaltedEIP712UnsupportedAlgorithm` unless the signer signed. It
    /// uses no nonce; the message carries one, and the caller uses it with `_useCheckedNonce`.
    /// @param signer who should have signed; for ERC1271 a contract, which is called
    /// @param structHash the EIP-712 hash of the message's struct
    /// @param signature the signature
    function _requireSignature(address signer, bytes32 structHash, Signature calldata signature) internal view {
        bytes32 digest = _hashTypedData(structHash);
        bool valid;
        if (signature.algorithm == SignatureAlgorithm.ECDSA_SECP256K1) {
            (address recovered, ECDSA.RecoverError failure, ) = ECDSA.tryRecoverCalldata(digest, signature.data);
            valid = failure == ECDSA.RecoverError.NoError && recovered == signer;
        } else if (signature.algorithm == SignatureAlgorithm.ERC1271) {
            valid = SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature.data);
        } else {
            revert SaltedEIP712UnsupportedAlgorithm(signature.algorithm);
        }
        require(valid, SaltedEIP712InvalidSignature(signer, digest));
    }
}
