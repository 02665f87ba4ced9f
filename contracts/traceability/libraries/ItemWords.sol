// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Chain} from "./EventChain.sol";
import {ObjectId, ObjectStatus, PartyId} from "./TraceTypes.sol";

/// @dev An item, container or asset as stored. `head` is all that most events read and write.
/// @param head see {ItemWords}
/// @param inside what lies in it and is associated with it; see {ItemWords}
/// @param parent the container it lies in; what it was when `head` says that it lies in none
/// @param bond what it is associated with; zero = nothing
/// @param bondIndex its index among the associated of that
/// @param chain its events
/// @param children what lies in it, by generation and index
/// @param bonded what is associated with it, by generation and index
struct Item {
    uint256 head;
    uint256 inside;
    ObjectId parent;
    ObjectId bond;
    uint256 bondIndex;
    Chain chain;
    mapping(uint256 place => ObjectId) children;
    mapping(uint256 place => ObjectId) bonded;
}

/// @title Packed words of items
/// @notice Reads and writes the fields of an item's two words.
/// @dev `head`: cursor of the events (110 bits, see {EventChain}), status (3), whether recalled, created anew, contained, whether `inside` is used
/// (1 each), index in its container (10), holder, owner, consignee, shipper (32 each from bit 128).
/// `inside`: children (16), recalled things at any depth (32), levels below (8), generation of the children (16), associated (16), their generation
/// (16); of the item's own entries, as index plus one: the one that last passed its ownership on with something inside, its creation, its last use
/// as a container, the last time it was emptied, the last time all its associations ended (22 each).
library ItemWords {
    uint256 private constant _PARTY = type(uint32).max;
    uint256 private constant _STATUS_AT = 110;
    uint256 private constant _INDEX_AT = 117;
    uint256 private constant _HOLDER_AT = 128;
    uint256 private constant _OWNER_AT = 160;
    uint256 private constant _CONSIGNEE_AT = 192;
    uint256 private constant _SHIPPER_AT = 224;

    uint256 internal constant RECALLED = 1 << 113;
    uint256 internal constant RECREATED = 1 << 114;
    uint256 internal constant CONTAINED = 1 << 115;
    uint256 internal constant CONTAINER = 1 << 116;

    uint256 internal constant CHILDREN_AT = 0;
    uint256 internal constant RECALLED_INSIDE_AT = 16;
    uint256 internal constant LEVELS_AT = 48;
    uint256 internal constant GENERATION_AT = 56;
    uint256 internal constant BONDED_AT = 72;
    uint256 internal constant BOND_GENERATION_AT = 88;
    uint256 internal constant OWNERSHIP_AT = 104;
    uint256 internal constant CREATION_AT = 126;
    uint256 internal constant USE_AT = 148;
    uint256 internal constant EMPTIED_AT = 170;
    uint256 internal constant LOOSED_AT = 192;

    uint256 internal constant U16 = type(uint16).max;
    uint256 internal constant U32 = type(uint32).max;
    uint256 internal constant U8 = type(uint8).max;
    uint256 internal constant ENTRY = (1 << 22) - 1;

    function statusOf(uint256 head) internal pure returns (ObjectStatus) {
        return ObjectStatus((head >> _STATUS_AT) & 7);
    }

    function withStatus(uint256 head, ObjectStatus status) internal pure returns (uint256) {
        return (head & ~(uint256(7) << _STATUS_AT)) | (uint256(status) << _STATUS_AT);
    }

    function holderOf(uint256 head) internal pure returns (PartyId) {
        return PartyId.wrap(uint32(head >> _HOLDER_AT));
    }

    function withHolder(uint256 head, PartyId party) internal pure returns (uint256) {
        return _withParty(head, _HOLDER_AT, party);
    }

    function ownerOf(uint256 head) internal pure returns (PartyId) {
        return PartyId.wrap(uint32(head >> _OWNER_AT));
    }

    function withOwner(uint256 head, PartyId party) internal pure returns (uint256) {
        return _withParty(head, _OWNER_AT, party);
    }

    function consigneeOf(uint256 head) internal pure returns (PartyId) {
        return PartyId.wrap(uint32(head >> _CONSIGNEE_AT));
    }

    function shipperOf(uint256 head) internal pure returns (PartyId) {
        return PartyId.wrap(uint32(head >> _SHIPPER_AT));
    }

    /// @dev In transit with consignee and shipper; 0 and 0 = at rest.
    function withTransit(uint256 head, PartyId consignee, PartyId shipper) internal pure returns (uint256) {
        return _withParty(_withParty(head, _CONSIGNEE_AT, consignee), _SHIPPER_AT, shipper);
    }

    function indexOf(uint256 head) internal pure returns (uint256) {
        return (head >> _INDEX_AT) & 0x3ff;
    }

    function withIndex(uint256 head, uint256 index) internal pure returns (uint256) {
        return (head & ~(uint256(0x3ff) << _INDEX_AT)) | (index << _INDEX_AT);
    }

    /// @dev A field of `inside`.
    function field(uint256 inside, uint256 at, uint256 mask) internal pure returns (uint256) {
        return (inside >> at) & mask;
    }

    /// @dev `inside` with a field replaced.
    function with(uint256 inside, uint256 at, uint256 mask, uint256 value) internal pure returns (uint256) {
        return (inside & ~(mask << at)) | (value << at);
    }

    function _withParty(uint256 head, uint256 at, PartyId party) private pure returns (uint256) {
        return (head & ~(_PARTY << at)) | (uint256(PartyId.unwrap(party)) << at);
    }
}
