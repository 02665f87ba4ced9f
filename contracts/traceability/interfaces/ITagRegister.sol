// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @dev A batch of chips, of tags or of integrated tags, counted from 1; 0 means "none".
type TagBatchId is uint256;

/// @title Register of electronic tags: the carrier itself cannot be faked
/// @notice Chips, tags made of them and tags integrated for a customer are recorded batch by batch, each out of the batch before and never more than
/// it holds; a tag is bound to one product, once, by the customer that its batch was integrated for.
/// @dev The unique numbers of an integrated batch stand on the chain as a Merkle root; who binds shows the path of the one tag (OpenZeppelin's
/// MerkleProof: sorted pairs, a leaf is hashed twice). Nobody else learns the numbers of tags that are not bound yet.
interface ITagRegister {
    /// @notice A craft that a party was admitted for.
    enum Craft {
        NONE,
        CHIP,
        TAG,
        INTEGRATION
    }

    /// @notice A batch.
    /// @param craft what was done
    /// @param maker the party that did it
    /// @param customer whose products the tags are for; 0 but for an integration
    /// @param source the batch that it was made of; 0 for chips
    /// @param size how many pieces it has
    /// @param used how many of them went on: into later batches, or were bound
    /// @param recordedAt when it was recorded, in seconds
    /// @param numbers Merkle root of the tags' unique numbers; zero but for an integration
    /// @param content digest of the batch record
    struct TagBatch {
        Craft craft;
        PartyId maker;
        PartyId customer;
        TagBatchId source;
        uint64 size;
        uint64 used;
        uint64 recordedAt;
        bytes32 numbers;
        Digest content;
    }

    /// @notice A bound tag.
    /// @param product the product that it is bound to; zero = not bound
    /// @param integration its batch
    /// @param boundAt when it was bound, in seconds
    /// @param retiredAt when it was given up, in seconds; 0 = in use
    struct Tag {
        ObjectId product;
        TagBatchId integration;
        uint64 boundAt;
        uint64 retiredAt;
    }

    /// @notice A party was admitted for a craft.
    /// @param party the party
    /// @param craft its craft from now on; NONE = none
    event MakerAdmitted(PartyId indexed party, Craft craft);

    /// @notice A batch was recorded.
    /// @param batch its number
    /// @param craft what was done
    /// @param maker the party that did it
    /// @param source the batch that it was made of
    /// @param size how many pieces it has
    /// @param content digest of the batch record
    event TagBatchRecorded(
        TagBatchId indexed batch,
        Craft indexed craft,
        PartyId indexed maker,
        TagBatchId source,
        uint64 size,
        Digest content
    );

    /// @notice A tag was bound.
    /// @param tag its unique number
    /// @param product the product
    /// @param integration its batch
    event TagBound(bytes32 indexed tag, ObjectId indexed product, TagBatchId indexed integration);

    /// @notice A tag was given up: it is bound to nothing else.
    /// @param tag its unique number
    /// @param product the product
    /// @param reason digest of the reason
    event TagRetired(bytes32 indexed tag, ObjectId indexed product, Digest reason);

    /// @notice The party was not admitted for the craft.
    /// @param party the party
    /// @param craft the craft needed
    /// @custom:cure The platform admits it with `admit`.
    error TagRegisterNotMaker(PartyId party, Craft craft);

    /// @notice The source is no batch of the craft before.
    /// @param source the batch given
    /// @param needed the craft that its batch must be of
    /// @custom:cure Make tags of a chip batch, and integrate a tag batch.
    error TagRegisterWrongSource(TagBatchId source, Craft needed);

    /// @notice The source has not so many pieces left, or none is asked for.
    /// @param source the batch
    /// @param left how many it has left
    /// @param size how many are asked for
    /// @custom:cure Ask for 1 to `left` pieces.
    error TagRegisterShort(TagBatchId source, uint64 left, uint64 size);

    /// @notice An integration needs a customer and the root of its numbers.
    /// @custom:cure Give both.
    error TagRegisterIntegrationIncomplete();

    /// @notice The batch is no integration for this party.
    /// @param integration the batch given
    /// @param party the party
    /// @custom:cure Bind tags that were integrated for the party.
    error TagRegisterNotCustomer(TagBatchId integration, PartyId party);

    /// @notice The tag is not of the batch: its chip, its making or its integration is not on record.
    /// @param integration the batch given
    /// @param tag the unique number
    /// @custom:cure Take the path of the number from the integrator's list.
    error TagRegisterUnknownTag(TagBatchId integration, bytes32 tag);

    /// @notice The tag is or was bound: it was copied or moved.
    /// @param tag the unique number
    /// @param product the product that it was bound to
    /// @custom:cure Report the goods; bind a tag that was never bound.
    error TagRegisterTagBound(bytes32 tag, ObjectId product);

    /// @notice The product bears a tag, or the product is missing.
    /// @param product the product
    /// @param tag its tag
    /// @custom:cure Retire the tag first, when it was damaged.
    error TagRegisterProductTagged(ObjectId product, bytes32 tag);

    /// @notice The tag is not in use.
    /// @param tag the unique number
    /// @custom:cure Nothing is to be done.
    error TagRegisterNotInUse(bytes32 tag);

    /// @notice No batch has this number.
    /// @param batch the number given
    /// @custom:cure Use a number from `TagBatchRecorded`.
    error TagRegisterUnknownBatch(TagBatchId batch);

    /// @notice Admits a party for a craft, or for none.
    /// @param party the party
    /// @param craft its craft from now on
    /// @custom:caller PLATFORM
    function admit(PartyId party, Craft craft) external;

    /// @notice Records a batch of chips.
    /// @param by the chip maker
    /// @param size how many
    /// @param content digest of the batch record
    /// @return batch its number
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TagRegisterNotMaker when the party is no chip maker.
    /// @custom:error TagRegisterShort when there are none.
    /// @custom:error DigestsMissing when the content is missing.
    function recordChips(PartyId by, uint64 size, Digest calldata content) external returns (TagBatchId batch);

    /// @notice Records a batch of tags made of a batch of chips.
    /// @param by the tag maker
    /// @param chips the chips' batch
    /// @param size how many
    /// @param content digest of the batch record
    /// @return batch its number
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TagRegisterNotMaker when the party is no tag maker.
    /// @custom:error TagRegisterWrongSource when the source is no batch of chips.
    /// @custom:error TagRegisterShort when the batch has not so many left.
    /// @custom:error DigestsMissing when the content is missing.
    function recordTags(
        PartyId by,
        TagBatchId chips,
        uint64 size,
        Digest calldata content
    ) external returns (TagBatchId batch);

    /// @notice Records tags integrated for a customer.
    /// @param by the integrator
    /// @param tags the tags' batch
    /// @param customer whose products they are for
    /// @param size how many
    /// @param numbers Merkle root of the tags' unique numbers
    /// @param content digest of the batch record
    /// @return batch its number
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TagRegisterNotMaker when the party is no integrator.
    /// @custom:error TagRegisterIntegrationIncomplete when customer or root is missing.
    /// @custom:error TagRegisterWrongSource when the source is no batch of tags.
    /// @custom:error TagRegisterShort when the batch has not so many left.
    /// @custom:error DigestsMissing when the content is missing.
    function recordIntegration(
        PartyId by,
        TagBatchId tags,
        PartyId customer,
        uint64 size,
        bytes32 numbers,
        Digest calldata content
    ) external returns (TagBatchId batch);

    /// @notice Binds a tag to a product.
    /// @param by the party whose product it is
    /// @param integration the tag's batch, integrated for the party
    /// @param tag its unique number
    /// @param path the number's path to the batch's root
    /// @param product the product's code
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TagRegisterNotCustomer when the batch was not integrated for the party.
    /// @custom:error TagRegisterTagBound when the tag is or was bound.
    /// @custom:error TagRegisterUnknownTag when the tag is not of the batch.
    /// @custom:error TagRegisterProductTagged when the product bears a tag or is missing.
    /// @custom:error TagRegisterShort when as many tags of the batch are bound as it has.
    function bind(PartyId by, TagBatchId integration, bytes32 tag, bytes32[] calldata path, ObjectId product) external;

    /// @notice Gives a damaged tag up, so that the product can bear another one.
    /// @param by the party that bound it
    /// @param tag its unique number
    /// @param reason digest of the reason
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TagRegisterNotInUse when the tag is not bound, or was given up.
    /// @custom:error TagRegisterNotCustomer when another party bound it.
    /// @custom:error DigestsMissing when the reason is missing.
    function retire(PartyId by, bytes32 tag, Digest calldata reason) external;

    /// @notice A batch.
    /// @param batch its number
    /// @return the batch
    /// @custom:error TagRegisterUnknownBatch when no batch has the number.
    function batchOf(TagBatchId batch) external view returns (TagBatch memory);

    /// @notice A tag.
    /// @param tag its unique number
    /// @return the tag; its product is zero where it was never bound
    function tagOf(bytes32 tag) external view returns (Tag memory);

    /// @notice The tag that a product bears.
    /// @param product the product
    /// @return the tag's unique number; zero = none
    function tagOfProduct(ObjectId product) external view returns (bytes32);

    /// @notice Where a product's tag comes from.
    /// @param product the product
    /// @return chips the batch of its chip
    /// @return tags the batch that it was made in
    /// @return integration the batch that it was integrated in; all three 0 where the product bears none
    function originOf(
        ObjectId product
    ) external view returns (TagBatchId chips, TagBatchId tags, TagBatchId integration);

    /// @notice A party's craft.
    /// @param party the party
    /// @return the craft
    function craftOf(PartyId party) external view returns (Craft);

    /// @notice How many batches there are: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);
}
