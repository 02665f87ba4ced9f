// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {Gtin, ObjectId, PartyId, Unit} from "../libraries/TraceTypes.sol";
import {ProductClass, ProductFiling, TemperatureClass} from "../libraries/TradeTypes.sol";

/// @title Product catalogue
/// @notice What may be traced: products by GTIN with their brand owner, who may produce them, unit, shelf life, classes that rules go by, yield
/// factors, and where they may be sold.
/// @dev A factor counts in millionths: output amount allowed for one unit of input, 1,000,000 = one for one. Without a stated factor a transformation
/// keeps the amount where input and output have the same unit; where the units differ it is refused.
interface IProductCatalogue {
    /// @notice A product as filed.
    /// @param owner the brand owner; for a medicine the licence holder
    /// @param unit the unit of its quantities; zero = pieces
    /// @param classes its classes, as bits `1 << class`
    /// @param temperature the temperature at which it is kept
    /// @param shelfLife how long after production it may be sold, in seconds; 0 = no shelf life
    /// @param drug the first seven characters of its medicine codes; zero = none
    /// @param filedAt when it was filed, in seconds
    /// @param withdrawnAt when the owner withdrew it, in seconds; 0 = it may be produced
    /// @param name digest of its name and specification
    struct Product {
        PartyId owner;
        Unit unit;
        uint16 classes;
        TemperatureClass temperature;
        uint64 shelfLife;
        bytes7 drug;
        uint64 filedAt;
        uint64 withdrawnAt;
        Digest name;
    }

    // -- events --------------------------------------------------------------------------------------

    /// @notice A product was filed.
    /// @param gtin its GTIN
    /// @param owner the brand owner
    /// @param filing what was filed
    event ProductFiled(Gtin indexed gtin, PartyId indexed owner, ProductFiling filing);

    /// @notice A product was withdrawn from production, or taken up again.
    /// @param gtin the product
    /// @param withdrawn whether it is withdrawn from now on
    event ProductWithdrawn(Gtin indexed gtin, bool withdrawn);

    /// @notice A party may produce the product from now on, or no longer.
    /// @param gtin the product
    /// @param producer the party
    /// @param licensed whether it may
    event ProducerLicensed(Gtin indexed gtin, PartyId indexed producer, bool licensed);

    /// @notice A yield factor was stated.
    /// @param input the product that goes in
    /// @param output the product that comes out
    /// @param ppm output allowed for one unit of input, in millionths; 0 = not stated any more
    /// @param basis digest of what the factor rests on
    event FactorStated(Gtin indexed input, Gtin indexed output, uint64 ppm, Digest basis);

    /// @notice The regions in which a party may sell a product changed.
    /// @param gtin the product
    /// @param dealer the party; 0 = every party that has no list of its own
    /// @param regions the regions from now on, with what lies within them; empty = no limit
    event TerritorySet(Gtin indexed gtin, PartyId indexed dealer, RegionId[] regions);

    // -- errors --------------------------------------------------------------------------------------

    /// @notice The product is not filed.
    /// @param gtin the GTIN
    /// @custom:cure Its brand owner files it.
    error ProductCatalogueUnknown(Gtin gtin);

    /// @notice The number is no GTIN: more than 14 digits, or its check digit is wrong.
    /// @param gtin the number
    /// @custom:cure Read the label again; the last digit is the check digit (C-17).
    error ProductCatalogueInvalidGtin(Gtin gtin);

    /// @notice The product is filed.
    /// @param gtin the GTIN
    /// @custom:cure Nothing is to be done.
    error ProductCatalogueFiled(Gtin gtin);

    /// @notice The product has no class, or one that does not exist.
    /// @param classes the classes given, as bits `1 << class`
    /// @custom:cure Set the bits of classes 1 to 8.
    error ProductCatalogueInvalidClasses(uint16 classes);

    /// @notice The unit is not two or three capitals or digits.
    /// @param unit the unit given
    /// @custom:cure Give a code of UN/CEFACT Recommendation 20, as KGM; zero for pieces.
    error ProductCatalogueInvalidUnit(Unit unit);

    /// @notice The drug identifier is not seven digits or capitals, is filed for another product, or stands with a product that is no medicine.
    /// @param drug the identifier given
    /// @param gtin the product that has it; 0 = none
    /// @custom:cure Give the first seven characters of the product's medicine codes.
    error ProductCatalogueInvalidDrug(bytes7 drug, Gtin gtin);

    /// @notice The account does not act for the brand owner.
    /// @param gtin the product
    /// @param account the account
    /// @custom:cure Call from an agent of the brand owner.
    error ProductCatalogueNotOwner(Gtin gtin, address account);

    /// @notice The product is withdrawn, or was not.
    /// @param gtin the product
    /// @param withdrawn whether it is withdrawn
    /// @custom:cure Nothing is to be done; a withdrawn product is taken up again before it is produced.
    error ProductCatalogueWithdrawn(Gtin gtin, bool withdrawn);

    /// @notice The party may not produce the product.
    /// @param gtin the product
    /// @param party the party
    /// @custom:cure The brand owner licences it.
    error ProductCatalogueMayNotProduce(Gtin gtin, PartyId party);

    /// @notice The factor is larger than any yield can be.
    /// @param input the product that goes in
    /// @param output the product that comes out
    /// @param ppm the factor given
    /// @param max the largest factor
    /// @custom:cure State at most `max`.
    error ProductCatalogueFactorTooLarge(Gtin input, Gtin output, uint64 ppm, uint64 max);

    /// @notice More regions than one list holds.
    /// @param count the number given
    /// @param max the largest number
    /// @custom:cure Name a region above them.
    error ProductCatalogueTooManyRegions(uint256 count, uint256 max);

    /// @notice The region's code is malformed.
    /// @param region the code given
    /// @custom:cure Write the ISO 3166 code in capitals, as in `CN-SH`.
    error ProductCatalogueInvalidRegion(RegionId region);

    // -- writers -------------------------------------------------------------------------------------

    /// @notice Files a product. Its owner may produce it.
    /// @param filing what is filed
    /// @custom:caller an agent of the brand owner, or PLATFORM with the brand owner's mandate
    /// @custom:unit shelfLife: s
    /// @custom:source GS1 General Specifications (GTIN); NMPAB/T 1002-2019 (C-31)
    /// @custom:error TradePartiesUnknown when the brand owner is not filed.
    /// @custom:error TradePartiesSuspended when the brand owner is suspended.
    /// @custom:error TradePartiesNotAgent when the caller does not act for the brand owner.
    /// @custom:error TradePartiesRoleMissing when the owner does not have the role BRAND_OWNER.
    /// @custom:error ProductCatalogueInvalidGtin when the GTIN is malformed.
    /// @custom:error ProductCatalogueFiled when the product is filed.
    /// @custom:error ProductCatalogueInvalidClasses when there is no class or one that does not exist.
    /// @custom:error ProductCatalogueInvalidUnit when the unit is malformed.
    /// @custom:error ProductCatalogueInvalidDrug when the drug identifier is malformed, taken, or stands with a product that is no medicine.
    /// @custom:error DigestsMissing when the digest of the name is missing.
    function file(ProductFiling calldata filing) external;

    /// @notice Withdraws a product from production, or takes it up again. What exists of it can still be sold and recalled.
    /// @param gtin the product
    /// @param withdrawn whether it is withdrawn from now on
    /// @custom:caller an agent of the brand owner, or PLATFORM with the brand owner's mandate
    /// @custom:error ProductCatalogueUnknown when the product is not filed.
    /// @custom:error ProductCatalogueNotOwner when the caller does not act for the brand owner.
    /// @custom:error ProductCatalogueWithdrawn when nothing would change.
    function setWithdrawn(Gtin gtin, bool withdrawn) external;

    /// @notice Licences a party to produce the product, or takes the licence back.
    /// @param gtin the product
    /// @param producer the party
    /// @param licensed whether it may from now on
    /// @custom:caller an agent of the brand owner, or PLATFORM with the brand owner's mandate
    /// @custom:error ProductCatalogueUnknown when the product is not filed.
    /// @custom:error ProductCatalogueNotOwner when the caller does not act for the brand owner.
    /// @custom:error TradePartiesUnknown when the producer is not filed.
    /// @custom:error TradePartiesSuspended when the producer is to be licensed and is suspended.
    function license(Gtin gtin, PartyId producer, bool licensed) external;

    /// @notice States how much of the output one unit of the input gives at most.
    /// @param input the product that goes in
    /// @param output the product that comes out
    /// @param ppm output for one unit of input, in millionths; 0 takes the statement back
    /// @param basis digest of what the factor rests on: a trial, a standard
    /// @custom:caller an agent of the output's brand owner, or PLATFORM with the brand owner's mandate
    /// @custom:unit ppm: millionths of the output's unit for one unit of input
    /// @custom:error ProductCatalogueUnknown when a product is not filed.
    /// @custom:error ProductCatalogueNotOwner when the caller does not act for the output's brand owner.
    /// @custom:error ProductCatalogueFactorTooLarge when the factor is above 10^12.
    /// @custom:error DigestsMissing when the basis is missing.
    function stateFactor(Gtin input, Gtin output, uint64 ppm, Digest calldata basis) external;

    /// @notice Says where a party may sell a product.
    /// @param gtin the product
    /// @param dealer the party; 0 = every party that has no list of its own
    /// @param regions the regions, with what lies within them; empty = no limit; at most 40
    /// @custom:caller an agent of the brand owner, or PLATFORM with the brand owner's mandate
    /// @custom:error ProductCatalogueUnknown when the product is not filed.
    /// @custom:error ProductCatalogueNotOwner when the caller does not act for the brand owner.
    /// @custom:error ProductCatalogueTooManyRegions when there are more than 40.
    /// @custom:error ProductCatalogueInvalidRegion when a region is malformed.
    function setTerritory(Gtin gtin, PartyId dealer, RegionId[] calldata regions) external;

    // -- readers -------------------------------------------------------------------------------------

    /// @notice A product as filed.
    /// @param gtin the product
    /// @return the record
    /// @custom:error ProductCatalogueUnknown when the product is not filed.
    function productOf(Gtin gtin) external view returns (Product memory);

    /// @notice Whether a product is filed.
    /// @param gtin the GTIN
    /// @return whether it is
    function isFiled(Gtin gtin) external view returns (bool);

    /// @notice The unit that a product is counted in.
    /// @param gtin the product
    /// @return the unit; zero = pieces
    /// @custom:error ProductCatalogueUnknown when the product is not filed.
    function unitOf(Gtin gtin) external view returns (Unit);

    /// @notice Whether a product belongs to a class.
    /// @param gtin the product
    /// @param class the class
    /// @return whether it does; false for a product that is not filed
    function isOfClass(Gtin gtin, ProductClass class) external view returns (bool);

    /// @notice Reverts unless a party may produce a product now.
    /// @param gtin the product
    /// @param party the party
    /// @custom:error ProductCatalogueUnknown when the product is not filed.
    /// @custom:error ProductCatalogueWithdrawn when it is withdrawn.
    /// @custom:error ProductCatalogueMayNotProduce when the party is neither its owner nor licensed.
    function requireMayProduce(Gtin gtin, PartyId party) external view;

    /// @notice Whether a party may produce a product, withdrawn or not: it is the owner or licensed.
    /// @param gtin the product
    /// @param party the party
    /// @return whether it may
    function isProducer(Gtin gtin, PartyId party) external view returns (bool);

    /// @notice The stated yield factor of a pair of products.
    /// @param input the product that goes in
    /// @param output the product that comes out
    /// @return stated whether one is stated
    /// @return ppm output for one unit of input, in millionths
    function factorOf(Gtin input, Gtin output) external view returns (bool stated, uint64 ppm);

    /// @notice The product of a code: of an item, a lot or a medicine code.
    /// @param object the code
    /// @return the product; 0 for any other kind of code, and for a medicine code whose first seven characters are not filed
    function gtinOf(ObjectId object) external view returns (Gtin);

    /// @notice The product of a drug identifier.
    /// @param drug the first seven characters of a medicine code
    /// @return the product; 0 = none
    function gtinOfDrug(bytes7 drug) external view returns (Gtin);

    /// @notice Whether a party may sell a product in a region: by its own list, else by the product's; without a list everywhere.
    /// @param gtin the product
    /// @param dealer the party; 0 = the product's list
    /// @param region the region
    /// @return whether the region or one above it is listed, or there is no list
    function inTerritory(Gtin gtin, PartyId dealer, RegionId region) external view returns (bool);

    /// @notice Where a party may sell a product by its own list.
    /// @param gtin the product
    /// @param dealer the party; 0 = the product's list
    /// @return regions the regions; empty = no list
    function territoryOf(Gtin gtin, PartyId dealer) external view returns (RegionId[] memory regions);
}
