// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {PartyUser} from "../devices/PartyUser.sol";
import {IChainAnchors} from "./interfaces/IChainAnchors.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {PartyId} from "./libraries/TraceTypes.sol";

/// @title ChainAnchors
/// @notice Roots of other chains that notaries agree on, and proofs against them; see {IChainAnchors}.
contract ChainAnchors is IChainAnchors, PartyUser {
    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_NOTARIES = 20;

    /// @inheritdoc IChainAnchors
    mapping(bytes32 chain => mapping(uint64 height => bytes32)) public rootOf;
    /// @inheritdoc IChainAnchors
    mapping(bytes32 chain => mapping(PartyId party => bool)) public isNotary;

    mapping(bytes32 chain => ForeignChain) private _chains;
    mapping(bytes32 chain => mapping(uint64 height => mapping(PartyId notary => bool))) private _stated;
    mapping(bytes32 chain => mapping(uint64 height => mapping(bytes32 root => uint32))) private _votes;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) PartyUser(authority_, clock_, parties_) {}

    /// @inheritdoc IChainAnchors
    function admitChain(
        bytes32 chain,
        PartyId[] calldata notaries,
        uint32 threshold,
        Digest calldata agreement
    ) external restricted {
        uint256 length = notaries.length;
        bool valid = chain != 0 && _chains[chain].threshold == 0 && threshold != 0 && threshold <= length;
        valid = valid && length <= _MAX_NOTARIES;
        for (uint256 i = 0; valid && i < length; ++i) {
            valid = PartyId.unwrap(notaries[i]) != 0 && !isNotary[chain][notaries[i]];
            isNotary[chain][notaries[i]] = true;
        }
        require(valid, ChainAnchorsInvalidChain(chain, length, threshold, _MAX_NOTARIES));
        Digests.requirePresent(agreement);

        _chains[chain] = ForeignChain(threshold, uint32(length), 0, agreement);
        emit ChainAdmitted(chain, notaries, threshold, agreement);
    }

    /// @inheritdoc IChainAnchors
    function stateRoot(PartyId by, bytes32 chain, uint64 height, bytes32 root) external returns (bool anchored) {
        _requireAgent(by);
        require(isNotary[chain][by], ChainAnchorsNotNotary(chain, by));
        require(root != 0, ChainAnchorsRootMissing());
        require(rootOf[chain][height] == 0 && !_stated[chain][height][by], ChainAnchorsStated(chain, height));

        _stated[chain][height][by] = true;
        uint32 votes = ++_votes[chain][height][root];
        ForeignChain storage known = _chains[chain];
        anchored = votes == known.threshold;
        emit RootStated(chain, height, root, by);
        if (anchored) {
            rootOf[chain][height] = root;
            if (height > known.latest) known.latest = height;
            emit Anchored(chain, height, root);
        }
    }

    /// @inheritdoc IChainAnchors
    function proves(
        bytes32 chain,
        uint64 height,
        bytes32 record,
        bytes32[] calldata path
    ) external view returns (bool) {
        bytes32 root = rootOf[chain][height];
        require(root != 0, ChainAnchorsNone(chain, height));
        return MerkleProof.verifyCalldata(path, root, keccak256(bytes.concat(keccak256(abi.encode(record)))));
    }

    /// @inheritdoc IChainAnchors
    function chainOf(bytes32 chain) external view returns (ForeignChain memory) {
        return _chains[chain];
    }
}
