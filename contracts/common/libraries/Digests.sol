// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The algorithm that made a digest.
/// @dev On a chain of the national cryptography suite Solidity's `keccak256` runs SM3, so a digest without its algorithm could
/// not be recomputed elsewhere. NONE is what an empty slot reads as. New algorithms are appended, never inserted.
enum DigestAlgorithm {
    NONE,
    KECCAK256,
    SHA256,
    SM3
}

/// @notice A 32-byte digest of a document outside the chain, with its algorithm.
/// @dev Digests of personal data are salted by whoever makes them: an unsalted digest of a telephone number can be guessed.
/// @param value the digest
/// @param algorithm what made it
struct Digest {
    bytes32 value;
    DigestAlgorithm algorithm;
}

/// @title Digests
/// @notice Checks on digests.
library Digests {
    /// @notice A digest is needed, and its value or its algorithm is missing.
    /// @param value the value given
    /// @param algorithm the algorithm given
    /// @custom:cure Pass the 32-byte digest of the document and the algorithm that made it (1 Keccak-256, 2 SHA-256, 3 SM3).
    error DigestsMissing(bytes32 value, DigestAlgorithm algorithm);

    /// @notice Reverts with `DigestsMissing` unless both parts are there.
    /// @param digest the digest
    function requirePresent(Digest memory digest) internal pure {
        require(isPresent(digest), DigestsMissing(digest.value, digest.algorithm));
    }

    /// @notice Whether both parts are there.
    /// @param digest the digest
    /// @return whether neither the value nor the algorithm is zero
    function isPresent(Digest memory digest) internal pure returns (bool) {
        return digest.value != 0 && digest.algorithm != DigestAlgorithm.NONE;
    }

    /// @notice Whether two digests are the same: equal value, equal algorithm.
    /// @param a one digest
    /// @param b the other
    /// @return whether they are the same
    function equal(Digest memory a, Digest memory b) internal pure returns (bool) {
        return a.value == b.value && a.algorithm == b.algorithm;
    }
}
