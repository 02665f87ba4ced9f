// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";

/// @dev A traced thing: its code itself, packed into one word by {TraceKeys}, so that anybody makes it from the label without asking the chain and
/// without a hash, and reads the label out of it again.
type ObjectId is bytes32;
/// @dev A party (GLN of a legal entity), counted from 1; 0 means "none".
type PartyId is uint32;
/// @dev A place (SGLN), counted from 1; 0 means "none".
type PlaceId is uint32;
/// @dev A captured event, counted from 1; 0 means "none".
type EventId is uint48;
/// @dev GTIN as a number; GTIN-8, -12 and -13 are the same number as their GTIN-14 with leading zeros (C-17).
type Gtin is uint64;
/// @dev Unit of a quantity: UN/CEFACT Recommendation 20 in ASCII, left-aligned ("KGM", "LTR"); zero = pieces.
type Unit is bytes3;

/// @dev What a key is; the first byte of an {ObjectId}. New kinds are appended, never inserted.
enum KeyKind {
    NONE,
    SGTIN, // one item: GTIN and serial number
    LGTIN, // a quantity of a lot: GTIN and lot number; without a lot number: of the class
    SSCC, // a logistic unit
    GRAI, // a returnable asset
    GIAI, // an individual asset
    SGLN, // a place as a parent
    GDTI, // a document
    MEDICINE, // 20 characters (NMPAB/T 1002-2019)
    BATTERY, // 24 characters (GB/T 34014-2017)
    URI, // the first 31 bytes of the SHA-256 of any other EPC or own URI
    TRANSFORMATION // a transformation: 31 bytes of the SHA-256 of its id, or of its event's content id
}

/// @dev The five event kinds of EPCIS 2.0.
enum EventKind {
    NONE,
    OBJECT,
    AGGREGATION,
    TRANSACTION,
    TRANSFORMATION,
    ASSOCIATION
}

enum Action {
    NONE, // transformations have none (C-06)
    ADD,
    OBSERVE,
    DELETE
}

/// @dev The business steps of CBV 2.0, alphabetical; OWN is a URI outside GS1's namespaces (C-09).
enum BizStep {
    NONE,
    ACCEPTING,
    ARRIVING,
    ASSEMBLING,
    COLLECTING,
    COMMISSIONING,
    CONSIGNING,
    CREATING_CLASS_INSTANCE,
    CYCLE_COUNTING,
    DECOMMISSIONING,
    DEPARTING,
    DESTROYING,
    DISASSEMBLING,
    DISPENSING,
    ENCODING,
    ENTERING_EXITING,
    HOLDING,
    INSPECTING,
    INSTALLING,
    KILLING,
    LOADING,
    OTHER,
    PACKING,
    PICKING,
    RECEIVING,
    REMOVING,
    REPACKAGING,
    REPAIRING,
    REPLACING,
    RESERVING,
    RETAIL_SELLING,
    SAMPLING,
    SENSOR_REPORTING,
    SHIPPING,
    STAGING_OUTBOUND,
    STOCK_TAKING,
    STOCKING,
    STORING,
    TRANSPORTING,
    UNLOADING,
    UNPACKING,
    VOID_SHIPPING,
    OWN
}

/// @dev The dispositions of CBV 2.0, alphabetical; OWN is a URI outside GS1's namespaces (C-09). A set of persistent dispositions has the bit
/// `1 << disposition` for each.
enum Disposition {
    NONE,
    ACTIVE,
    AVAILABLE,
    COMPLETENESS_INFERRED,
    COMPLETENESS_VERIFIED,
    CONFORMANT,
    CONTAINER_CLOSED,
    CONTAINER_OPEN,
    DAMAGED,
    DESTROYED,
    DISPENSED,
    DISPOSED,
    ENCODED,
    EXPIRED,
    IN_PROGRESS,
    IN_TRANSIT,
    INACTIVE,
    MISMATCH_CLASS,
    MISMATCH_INSTANCE,
    MISMATCH_QUANTITY,
    NEEDS_REPLACEMENT,
    NO_PEDIGREE_MATCH,
    NON_CONFORMANT,
    NON_SELLABLE_OTHER,
    PARTIALLY_DISPENSED,
    RECALLED,
    RESERVED,
    RETAIL_SOLD,
    RETURNED,
    SELLABLE_ACCESSIBLE,
    SELLABLE_NOT_ACCESSIBLE,
    STOLEN,
    UNAVAILABLE,
    UNKNOWN,
    OWN
}

/// @dev The business transaction types of CBV 2.0, alphabetical; OWN is a URI outside GS1's namespaces.
enum BizTransactionType {
    NONE,
    BOL,
    CERT,
    DESADV,
    INV,
    PEDIGREE,
    PO,
    POC,
    PRODORDER,
    RECADV,
    RMA,
    TESTPRD,
    TESTRES,
    UPEVT,
    OWN
}

/// @dev Why an event is declared erroneous (C-11).
enum ErrorReason {
    NONE,
    DID_NOT_OCCUR,
    INCORRECT_DATA,
    OWN
}

/// @dev Life of an item or a container. A lot lives while it has quantity.
enum ObjectStatus {
    NONE, // never commissioned
    ACTIVE,
    CONSUMED, // went into a transformation
    SOLD, // sold or dispensed at retail; only a return brings it back (C-15)
    DESTROYED,
    DECOMMISSIONED
}

/// @dev A quantity of a lot.
/// @param object an {ObjectId} of kind LGTIN
/// @param amount in millionths of the unit: 1 kg is 1,000,000 with unit KGM, one piece is 1,000,000 without unit
/// @param unit the unit; the one that the lot was created in
struct Quantity {
    ObjectId object;
    uint128 amount;
    Unit unit;
}

/// @dev A business transaction that an event belongs to: an order, an invoice, a certificate.
/// @param kind its type
/// @param id digest of its identifier; salted where the identifier names a person
struct BizTransaction {
    BizTransactionType kind;
    Digest id;
}

/// @dev Sources and destinations (C-07). Locations stand in {EpcisEvent}.
/// @param fromOwner source of type owning_party
/// @param toOwner destination of type owning_party
/// @param fromHolder source of type possessing_party
/// @param toHolder destination of type possessing_party
/// @param carrier who possesses in between; 0 = whoever hands over, until the other side receives
struct Flow {
    PartyId fromOwner;
    PartyId toOwner;
    PartyId fromHolder;
    PartyId toHolder;
    PartyId carrier;
}

/// @dev Master data of what an event commissions (ILMD; only with ADD and transformations, C-02).
/// @param lot the lot that commissioned items belong to; zero = none
/// @param producedAt production or harvest date, in seconds; 0 = not stated
/// @param expiresAt first moment at which it may no longer be sold, in seconds; 0 = no shelf life
/// @param certificate digest of the certificate's identifier (C-21); zero = none
/// @param digest digest of the whole ILMD, also of what the chain does not read; zero = none
struct Ilmd {
    ObjectId lot;
    uint64 producedAt;
    uint64 expiresAt;
    bytes32 certificate;
    bytes32 digest;
}

/// @dev An EPCIS 2.0 event as captured. Its record time is the block's (C-01).
/// @param kind which of the five
/// @param action NONE for transformations
/// @param step business step; NONE = not stated
/// @param disposition NONE = not stated
/// @param eventTime when it happened, in milliseconds since 1970 (EPCIS times carry fractions of a second)
/// @param zoneOffset offset of the local time from UTC, in minutes, -840 to 840
/// @param contentId SHA-256 of the canonical pre-hash string of CBV 2.0 section 8.9: the same event captured twice collides (C-13)
/// @param readPoint where it was read; 0 = not stated
/// @param location where the objects are expected to be afterwards (bizLocation); 0 = not stated
/// @param flow sources and destinations
/// @param parent of aggregations and associations; zero = not stated
/// @param objects epcList, childEPCs or inputEPCList
/// @param quantities quantityList, childQuantityList or inputQuantityList
/// @param outputs outputEPCList
/// @param outputQuantities outputQuantityList
/// @param transformation id that several events of one transformation share; zero = this event is all of it
/// @param transactions business transactions
/// @param set persistent dispositions set, as bits `1 << disposition`
/// @param unset persistent dispositions unset
/// @param ilmd master data
/// @param sensors digest of the sensor element list; zero = none
/// @param extensions digest of own terms (a step or disposition of kind OWN, user extensions); zero = none
struct EpcisEvent {
    EventKind kind;
    Action action;
    BizStep step;
    Disposition disposition;
    uint64 eventTime;
    int16 zoneOffset;
    bytes32 contentId;
    PlaceId readPoint;
    PlaceId location;
    Flow flow;
    ObjectId parent;
    ObjectId[] objects;
    Quantity[] quantities;
    ObjectId[] outputs;
    Quantity[] outputQuantities;
    ObjectId transformation;
    BizTransaction[] transactions;
    uint64 set;
    uint64 unset;
    Ilmd ilmd;
    bytes32 sensors;
    bytes32 extensions;
}

function _equalObject(ObjectId a, ObjectId b) pure returns (bool) {
    return ObjectId.unwrap(a) == ObjectId.unwrap(b);
}

function _equalParty(PartyId a, PartyId b) pure returns (bool) {
    return PartyId.unwrap(a) == PartyId.unwrap(b);
}

using {_equalObject as ==} for ObjectId global;
using {_equalParty as ==} for PartyId global;
