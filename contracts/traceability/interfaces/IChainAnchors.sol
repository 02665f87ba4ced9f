// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {PartyId} from "../libraries/TraceTypes.sol";

/// @title Anchors of other chains: what one chain recorded, proved on another
/// @notice Notaries of another alliance's chain each state the Merkle root of what it recorded up to a height. When as many of them as the agreement
/// asks for state the same root, anybody proves here that a record stands there, with the record's digest and its path.
/// @dev The notaries are trusted together, not the other chain's consensus: an anchor is as good as the number of independent parties that must agree.
/// Nothing of the records is here, so what is proved is shown only to whom one shows record and path. Paths are those of OpenZeppelin's MerkleProof:
/// sorted pairs, a leaf is hashed twice.
interface IChainAnchors {
    /// @notice A chain that anchors are taken of.
    /// @param threshold how many notaries must state the same root; 0 = the chain is not admitted
    /// @param notaries how many notaries it has
    /// @param latest the greatest height with an anchor
    /// @param agreement digest of the agreement between the alliances
    struct ForeignChain {
        uint32 threshold;
        uint32 notaries;
        uint64 latest;
        Digest agreement;
    }

    /// @notice A chain was admitted with its notaries.
    /// @param chain its name
    /// @param notaries the parties that state its roots
    /// @param threshold how many must agree
    /// @param agreement digest of the agreement
    event ChainAdmitted(bytes32 indexed chain, PartyId[] notaries, uint32 threshold, Digest agreement);

    /// @notice A notary stated a root.
    /// @param chain the chain
    /// @param height up to which height
    /// @param root the root
    /// @param notary who stated it
    event RootStated(bytes32 indexed chain, uint64 indexed height, bytes32 root, PartyId indexed notary);

    /// @notice Enough notaries stated the same root.
    /// @param chain the chain
    /// @param height up to which height
    /// @param root the root
    event Anchored(bytes32 indexed chain, uint64 indexed height, bytes32 root);

    /// @notice The chain has no name, is admitted, or its notaries cannot reach the threshold.
    /// @param chain its name
    /// @param notaries how many notaries were given
    /// @param threshold the threshold given
    /// @param max the most notaries
    /// @custom:cure Give a new name, 1 to `max` different parties, and a threshold from 1 to their number.
    error ChainAnchorsInvalidChain(bytes32 chain, uint256 notaries, uint32 threshold, uint256 max);

    /// @notice The party is no notary of the chain.
    /// @param chain the chain
    /// @param party the party
    /// @custom:cure Let a notary state the root.
    error ChainAnchorsNotNotary(bytes32 chain, PartyId party);

    /// @notice The notary stated a root for this height, or there is an anchor.
    /// @param chain the chain
    /// @param height the height
    /// @custom:cure A statement is not changed; state a later height.
    error ChainAnchorsStated(bytes32 chain, uint64 height);

    /// @notice The root is missing.
    /// @custom:cure Give the Merkle root.
    error ChainAnchorsRootMissing();

    /// @notice There is no anchor of this height.
    /// @param chain the chain
    /// @param height the height
    /// @custom:cure Use a height from `Anchored`.
    error ChainAnchorsNone(bytes32 chain, uint64 height);

    /// @notice Admits a chain with the parties that state its roots. An agreement is not changed: a new one is a new chain.
    /// @param chain its name in ASCII, left-aligned
    /// @param notaries 1 to 20 different parties
    /// @param threshold how many must state the same root
    /// @param agreement digest of the agreement
    /// @custom:caller ADMIN
    /// @custom:error ChainAnchorsInvalidChain when name, notaries or threshold will not do.
    /// @custom:error DigestsMissing when the agreement is missing.
    function admitChain(
        bytes32 chain,
        PartyId[] calldata notaries,
        uint32 threshold,
        Digest calldata agreement
    ) external;

    /// @notice States a root.
    /// @param by the notary
    /// @param chain the chain
    /// @param height up to which height
    /// @param root the Merkle root
    /// @return anchored whether with it enough have stated it
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error ChainAnchorsNotNotary when the party is no notary of the chain.
    /// @custom:error ChainAnchorsRootMissing when the root is missing.
    /// @custom:error ChainAnchorsStated when the notary stated one for the height, or there is an anchor.
    function stateRoot(PartyId by, bytes32 chain, uint64 height, bytes32 root) external returns (bool anchored);

    /// @notice Whether a record stands on the other chain, by the anchor of a height.
    /// @param chain the chain
    /// @param height the anchor's height
    /// @param record digest of the record
    /// @param path its path to the root
    /// @return whether the path leads to the anchored root
    /// @custom:error ChainAnchorsNone when there is no anchor of the height.
    function proves(bytes32 chain, uint64 height, bytes32 record, bytes32[] calldata path) external view returns (bool);

    /// @notice The anchored root of a height.
    /// @param chain the chain
    /// @param height the height
    /// @return the root; zero = no anchor
    function rootOf(bytes32 chain, uint64 height) external view returns (bytes32);

    /// @notice A chain.
    /// @param chain its name
    /// @return the chain; its threshold is 0 where it is not admitted
    function chainOf(bytes32 chain) external view returns (ForeignChain memory);

    /// @notice Whether a party is a notary of a chain.
    /// @param chain the chain
    /// @param party the party
    /// @return whether it is
    function isNotary(bytes32 chain, PartyId party) external view returns (bool);
}
