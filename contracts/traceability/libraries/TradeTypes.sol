// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {Gtin, PartyId, Unit} from "./TraceTypes.sol";

/// @dev What a party does in the chain. A set of roles has the bit `1 << role` for each. New roles are appended, never inserted.
enum PartyRole {
    NONE,
    PRODUCER, // farm, co-operative, grower, fishery
    PROCESSOR, // factory, packer, slaughterhouse
    IMPORTER,
    CARRIER,
    WAREHOUSE, // cold store included
    DISTRIBUTOR,
    MARKET, // operator of a wholesale or farmers' market
    RETAILER, // pharmacy included
    CATERER,
    MEDICAL, // hospital, clinic, vaccination point
    LABORATORY,
    CERTIFIER,
    OFFICE, // an authority's office; its level is that of its region
    BRAND_OWNER, // licence holder of a medicine included
    ASSOCIATION, // keeper of a protected origin
    DEVICE_MAKER,
    OPERATOR, // operator of assets: swap stations, fleets, lockers
    LENDER,
    RECYCLER
}

/// @dev What a place is.
enum PlaceKind {
    NONE,
    GARDEN, // field, orchard, pond
    FACTORY,
    STORE, // warehouse at ambient temperature
    COLD_STORE,
    MARKET,
    SHOP,
    KITCHEN,
    CLINIC,
    VEHICLE,
    PORT,
    CABINET, // swap cabinet, locker
    OTHER
}

/// @dev Groups of products that rules go by. A set of classes has the bit `1 << class` for each. New classes are appended, never inserted.
enum ProductClass {
    NONE,
    FOOD,
    LISTED_PRODUCE, // C-21
    IMPORTED_FROZEN, // C-24
    MEDICINE, // C-31
    VACCINE, // C-37
    LIVE_ANIMAL, // needs a quarantine certificate
    FEED,
    BATTERY // B-35 to B-40
}

/// @dev Temperature at which a product is kept; the limits are parameters of the policy.
enum TemperatureClass {
    NONE, // no demand
    CHILLED, // C-39, C-41
    FROZEN, // C-39, C-40
    COLD_MEDICINE, // C-36
    ULTRA_COLD
}

/// @dev Which way lineage is followed.
enum Direction {
    DOWN, // to what was made of it
    UP // to what it was made of
}

/// @dev What is filed of a party.
/// @param gln its GLN; 0 for a confidential partner, see {ITradeParties-fileConfidential}
/// @param region its region; for an office also its level and the region that it serves
/// @param roles its roles, as bits `1 << role`
/// @param agent the account that acts for it first
/// @param name digest of its name, salted where it is a person's
struct PartyFiling {
    uint64 gln;
    RegionId region;
    uint32 roles;
    address agent;
    Digest name;
}

/// @dev What is filed of a place.
/// @param owner the party that runs it
/// @param gln the GLN of its SGLN
/// @param extension the extension of its SGLN, ASCII, left-aligned; zero = none
/// @param kind what it is
/// @param region its region
/// @param description digest of its name and address
struct PlaceFiling {
    PartyId owner;
    uint64 gln;
    bytes20 extension;
    PlaceKind kind;
    RegionId region;
    Digest description;
}

/// @dev What is filed of a product.
/// @param gtin its GTIN
/// @param owner the brand owner; for a medicine the licence holder
/// @param unit the unit that its quantities are counted in; zero = pieces
/// @param classes its classes, as bits `1 << class`
/// @param temperature the temperature at which it is kept
/// @param shelfLife how long after production it may be sold, in seconds; 0 = no shelf life
/// @param drug the first seven characters of its medicine codes (C-31); zero = none
/// @param name digest of its name and specification
struct ProductFiling {
    Gtin gtin;
    PartyId owner;
    Unit unit;
    uint16 classes;
    TemperatureClass temperature;
    uint64 shelfLife;
    bytes7 drug;
    Digest name;
}
