// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {ITagRegister, TagBatchId} from "./interfaces/ITagRegister.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title TagRegister
/// @notice Electronic tags from the chip to the product; see {ITagRegister}.
contract TagRegister is ITagRegister, PartyUser {
    /// @inheritdoc ITagRegister
    uint256 public count;
    /// @inheritdoc ITagRegister
    mapping(PartyId party => Craft) public craftOf;
    /// @inheritdoc ITagRegister
    mapping(ObjectId product => bytes32) public tagOfProduct;

    mapping(TagBatchId batch => TagBatch) private _batches;
    mapping(bytes32 tag => Tag) private _tags;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) PartyUser(authority_, clock_, parties_) {}

    /// @inheritdoc ITagRegister
    function admit(PartyId party, Craft craft) external restricted {
        craftOf[party] = craft;
        emit MakerAdmitted(party, craft);
    }

    /// @inheritdoc ITagRegister
    function recordChips(PartyId by, uint64 size, Digest calldata content) external returns (TagBatchId batch) {
        _requireMaker(by, Craft.CHIP);
        require(size != 0, TagRegisterShort(TagBatchId.wrap(0), 0, 0));
        batch = _record(Craft.CHIP, by, TagBatchId.wrap(0), size, content);
    }

    /// @inheritdoc ITagRegister
    function recordTags(
        PartyId by,
        TagBatchId chips,
        uint64 size,
        Digest calldata content
    ) external returns (TagBatchId batch) {
        _requireMaker(by, Craft.TAG);
        _use(chips, Craft.CHIP, size);
        batch = _record(Craft.TAG, by, chips, size, content);
    }

    /// @inheritdoc ITagRegister
    function recordIntegration(
        PartyId by,
        TagBatchId tags,
        PartyId customer,
        uint64 size,
        bytes32 numbers,
        Digest calldata content
    ) external returns (TagBatchId batch) {
        _requireMaker(by, Craft.INTEGRATION);
        require(PartyId.unwrap(customer) != 0 && numbers != 0, TagRegisterIntegrationIncomplete());
        _use(tags, Craft.TAG, size);
        batch = _record(Craft.INTEGRATION, by, tags, size, content);
        _batches[batch].customer = customer;
        _batches[batch].numbers = numbers;
    }

    /// @inheritdoc ITagRegister
    function bind(PartyId by, TagBatchId integration, bytes32 tag, bytes32[] calldata path, ObjectId product) external {
        _requireAgent(by);
        TagBatch storage batch = _batches[integration];
        require(batch.craft == Craft.INTEGRATION && batch.customer == by, TagRegisterNotCustomer(integration, by));
        ObjectId bound = _tags[tag].product;
        require(ObjectId.unwrap(bound) == 0, TagRegisterTagBound(tag, bound));
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(tag))));
        require(MerkleProof.verifyCalldata(path, batch.numbers, leaf), TagRegisterUnknownTag(integration, tag));
        bytes32 borne = tagOfProduct[product];
        require(ObjectId.unwrap(product) != 0 && borne == 0, TagRegisterProductTagged(product, borne));
        _use(integration, Craft.INTEGRATION, 1);

        _tags[tag] = Tag(product, integration, clock.timestamp(), 0);
        tagOfProduct[product] = tag;
        emit TagBound(tag, product, integration);
    }

    /// @inheritdoc ITagRegister
    function retire(PartyId by, bytes32 tag, Digest calldata reason) external {
        _requireAgent(by);
        Tag storage found = _tags[tag];
        require(found.boundAt != 0 && found.retiredAt == 0, TagRegisterNotInUse(tag));
        require(_batches[found.integration].customer == by, TagRegisterNotCustomer(found.integration, by));
        Digests.requirePresent(reason);

        found.retiredAt = clock.timestamp();
        delete tagOfProduct[found.product];
        emit TagRetired(tag, found.product, reason);
    }

    /// @inheritdoc ITagRegister
    function batchOf(TagBatchId batch) external view returns (TagBatch memory) {
        require(_batches[batch].recordedAt != 0, TagRegisterUnknownBatch(batch));
        return _batches[batch];
    }

    /// @inheritdoc ITagRegister
    function tagOf(bytes32 tag) external view returns (Tag memory) {
        return _tags[tag];
    }

    /// @inheritdoc ITagRegister
    function originOf(
        ObjectId product
    ) external view returns (TagBatchId chips, TagBatchId tags, TagBatchId integration) {
        integration = _tags[tagOfProduct[product]].integration;
        tags = _batches[integration].source;
        chips = _batches[tags].source;
    }

    function _record(
        Craft craft,
        PartyId by,
        TagBatchId source,
        uint64 size,
        Digest calldata content
    ) private returns (TagBatchId batch) {
        Digests.requirePresent(content);
        batch = TagBatchId.wrap(++count);
        TagBatch storage stored = _batches[batch];
        stored.craft = craft;
        stored.maker = by;
        stored.source = source;
        stored.size = size;
        stored.recordedAt = clock.timestamp();
        stored.content = content;
        emit TagBatchRecorded(batch, craft, by, source, size, content);
    }

    /// @dev Takes pieces out of a batch of a craft.
    function _use(TagBatchId source, Craft needed, uint64 size) private {
        TagBatch storage batch = _batches[source];
        require(batch.craft == needed, TagRegisterWrongSource(source, needed));
        uint64 left = batch.size - batch.used;
        require(size != 0 && size <= left, TagRegisterShort(source, left, size));
        batch.used += size;
    }

    function _requireMaker(PartyId by, Craft craft) private view {
        _requireAgent(by);
        require(craftOf[by] == craft, TagRegisterNotMaker(by, craft));
    }
}
