// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";

/// @notice The algorithm of a signature.
/// @dev NONE is what an empty slot reads as. SM2 has its number, and is refused until a chain's precompile verifies it.
/// New algorithms are appended, never inserted.
enum SignatureAlgorithm {
    NONE,
    ECDSA_SECP256K1,
    ERC1271,
    SM2
}

/// @notice A signature with its algorithm.
/// @param algorithm what made it; ERC1271 where the signer is a contract
/// @param data the signature; for ECDSA_SECP256K1 the 65 bytes r, s, v
struct Signature {
    SignatureAlgorithm algorithm;
    bytes data;
}

/// @title ISaltedEIP712
/// @notice EIP-712 signatures over a domain that carries a salt.
/// @dev Chain ids of consortium chains can be 0 or equal, and addresses of equal deployments can be equal too. The deployer's
/// salt keeps a signature made for one deployment from holding in another. `eip712Domain()` (ERC-5267) tells wallets the
/// whole domain: name, version, chainId, verifyingContract and salt (fields 0x1f).
///
/// On a chain of the national cryptography suite `keccak256` runs SM3, so the hash of the typed data has to be made with SM3
/// there, outside the chain too.
interface ISaltedEIP712 is IERC5267 {
    /// @notice The salt given at deployment is zero.
    /// @custom:cure Deploy with a salt of 32 random bytes.
    error SaltedEIP712ZeroSalt();

    /// @notice The signature is not the signer's, or not of this message.
    /// @param signer who should have signed
    /// @param digest the EIP-712 digest of the message
    /// @custom:cure Sign the message with exactly these fields, for the domain that `eip712Domain()` returns.
    error SaltedEIP712InvalidSignature(address signer, bytes32 digest);

    /// @notice Signatures of this algorithm cannot be verified here.
    /// @param algorithm the algorithm given
    /// @custom:cure Sign with ECDSA over secp256k1 (1), or by a contract after ERC-1271 (2).
    error SaltedEIP712UnsupportedAlgorithm(SignatureAlgorithm algorithm);

    /// @notice The hash of the domain, as EIP-712 defines it.
    /// @return the domain separator
    function domainSeparator() external view returns (bytes32);
}
