// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICaptureGuard} from "../interfaces/ICaptureGuard.sol";
import {Disposition, ErrorReason, EventId, ObjectId, ObjectStatus, PartyId, PlaceId, Unit} from "./TraceTypes.sol";

/// @dev An item, a container or an asset as it stands.
/// @param status its life
/// @param recalled whether a recall marked it
/// @param opening whether it was declared as being in circulation already when it was first captured
/// @param possessor who possesses it now: what is stored of the outermost container that it is in; while in transit the carrier or the shipper
/// @param holder who possessed it when it was last handled by itself
/// @param consignee who is to receive it; 0 = not in transit; 4294967295 = whoever receives it first: the consignment is open
/// @param shipper who shipped it; 0 = not in transit
/// @param owner who owns it: what was last stated of it, or of a container while it was inside
/// @param producer who commissioned it
/// @param parent the container that it lies in; zero = none
/// @param bond what it is associated with; zero = none
/// @param place where it is expected to be: what was last stated of it, or of a container while it was inside; 0 = never stated
/// @param disposition what was last stated; NONE = never stated
/// @param persistent persistent dispositions that are set, as bits `1 << disposition`
/// @param lot the lot that it belongs to; zero = none
/// @param producedAt production date, in seconds; 0 = not stated
/// @param expiresAt first moment at which it may no longer be sold, its own or its lot's, in seconds; 0 = no shelf life
/// @param certificate digest of the certificate's identifier; zero = none
/// @param commissionedBy the event that commissioned it
/// @param lastEvent the latest event that names it and is not declared erroneous
/// @param children how many objects lie directly in it, quantities of lots left out
/// @param recalledInside how many recalled objects and quantities of lots lie in it, at any depth
struct ObjectState {
    ObjectStatus status;
    bool recalled;
    bool opening;
    PartyId possessor;
    PartyId holder;
    PartyId consignee;
    PartyId shipper;
    PartyId owner;
    PartyId producer;
    ObjectId parent;
    ObjectId bond;
    PlaceId place;
    Disposition disposition;
    uint64 persistent;
    ObjectId lot;
    uint64 producedAt;
    uint64 expiresAt;
    bytes32 certificate;
    EventId commissionedBy;
    EventId lastEvent;
    uint32 children;
    uint32 recalledInside;
}

/// @dev A lot as it stands. Amounts in millionths of its unit.
/// @param unit its unit, fixed when it was created
/// @param recalled whether a recall marked it
/// @param opening whether it was declared as being in circulation already when it was first captured
/// @param producer who created it
/// @param producedAt production date, in seconds; 0 = not stated
/// @param expiresAt first moment at which it may no longer be sold, in seconds; 0 = no shelf life
/// @param certificate digest of the certificate's identifier; zero = none
/// @param place what was last stated; 0 = never stated
/// @param disposition what was last stated; NONE = never stated
/// @param persistent persistent dispositions that are set, as bits `1 << disposition`
/// @param created what came in: commissioned, or put out by transformations
/// @param live what is left of it: `created - sold - consumed - destroyed`
/// @param sold sold or dispensed at retail, less what came back
/// @param consumed gone into transformations
/// @param destroyed destroyed or decommissioned
/// @param commissionedBy the event that created it
/// @param lastEvent the latest event that names it and is not declared erroneous
struct LotState {
    Unit unit;
    bool recalled;
    bool opening;
    PartyId producer;
    uint64 producedAt;
    uint64 expiresAt;
    bytes32 certificate;
    PlaceId place;
    Disposition disposition;
    uint64 persistent;
    uint128 created;
    uint128 live;
    uint128 sold;
    uint128 consumed;
    uint128 destroyed;
    EventId commissionedBy;
    EventId lastEvent;
}

/// @dev What the repository keeps of an event. The event itself stands in the log (`EventCaptured`).
/// @param by who captured it
/// @param recordedAt its record time, in seconds
/// @param capture the number of the capture that it came with
/// @param opening whether it declared things that were in circulation already
/// @param contentId its content id
/// @param digest digest of the event as captured; a declaration of error passes the same event again
/// @param declaredAt when it was declared erroneous, in seconds; 0 = it holds
/// @param reason why; NONE = it holds
struct EventRecord {
    PartyId by;
    uint64 recordedAt;
    uint64 capture;
    bool opening;
    bytes32 contentId;
    bytes32 digest;
    uint64 declaredAt;
    ErrorReason reason;
}

/// @dev A rule that watches captured events, and which of them it watches.
/// @param guard the contract
/// @param steps the business steps, as bits `1 << step`; bit 0 for events without one
/// @param kinds the kinds, as bits `1 << kind`
struct GuardEntry {
    ICaptureGuard guard;
    uint64 steps;
    uint8 kinds;
}
