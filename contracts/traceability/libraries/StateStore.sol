// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Statement} from "./EventChain.sol";
import {Item} from "./ItemWords.sol";
import {EventId, Gtin, ObjectId, PartyId} from "./TraceTypes.sol";

/// @dev What one event commissioned.
/// @param producer who commissioned it
/// @param opening whether it was in circulation already
/// @param producedAt production date, in seconds
/// @param expiresAt first moment at which it may no longer be sold, in seconds
/// @param lot the lot that the items belong to
/// @param certificate digest of the certificate's identifier
struct StateBirth {
    PartyId producer;
    bool opening;
    uint64 producedAt;
    uint64 expiresAt;
    ObjectId lot;
    bytes32 certificate;
}

/// @dev Who and what an event is about, for all of its objects.
/// @param statement what it states of each object
/// @param by who captures
/// @param opening whether it declares what was in circulation already
/// @param recalled whether what it commissions is recalled from the start, as its lot is
/// @param returned whether its disposition is `returned`
/// @param linked whether what it commissions is linked with the event's node in lineage
/// @param product the product that was last checked
/// @param node the event's node in lineage
struct Context {
    Statement statement;
    PartyId by;
    bool opening;
    bool recalled;
    bool returned;
    bool linked;
    Gtin product;
    ObjectId node;
}

/// @dev All that {TraceState} stores, so that its libraries can work on it.
/// @param items by code
/// @param births by event
/// @param counted whether a lot's quantity in a container is counted among the recalled things in it
struct StateStore {
    mapping(ObjectId object => Item) items;
    mapping(EventId id => StateBirth) births;
    mapping(ObjectId lot => mapping(ObjectId container => bool)) counted;
}

/// @title What entries did
/// @notice What an entry of an item's events did to its structure; what it needs to be undone stands in the entry's payload.
library Effects {
    uint256 internal constant CREATED = 1;
    uint256 internal constant SHIPPED = 2; // consignee, carrier, shipper
    uint256 internal constant RECEIVED = 3; // owner before, entry of ownership before
    uint256 internal constant VOIDED = 4;
    uint256 internal constant ENDED = 5;
    uint256 internal constant RETURNED = 6; // holder before, owner before
    uint256 internal constant PACKED = 7;
    uint256 internal constant UNPACKED = 8; // holder before, owner before
    uint256 internal constant BONDED = 9;
    uint256 internal constant UNBONDED = 10;
    uint256 internal constant KEPT = 11; // accepted by who had received it
    uint256 internal constant USED = 12; // as a container; emptied: generation and count of the children before, entry emptied before
    uint256 internal constant NESTED = 1 << 32; // of a use: the container lay in another
    uint256 internal constant BEFORE_AT = 33; // of what is emptied or loosed: where the entry before stands
    uint256 internal constant LOOSED = 13; // all that was associated: generation and count before, entry before
}
