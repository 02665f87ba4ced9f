// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Regions} from "../common/libraries/Regions.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {Gtin, KeyKind, ObjectId, PartyId, Unit} from "./libraries/TraceTypes.sol";
import {PartyRole, ProductClass, ProductFiling} from "./libraries/TradeTypes.sol";

/// @title ProductCatalogue
/// @notice Products, who may produce them, yields and territories; see {IProductCatalogue}.
contract ProductCatalogue is IProductCatalogue, Governed {
    // Bounds on what is kept, not a regulation's numbers.
    uint64 private constant _MAX_FACTOR = 1e12;
    uint256 private constant _MAX_REGIONS = 40;
    uint64 private constant _GTIN_END = 1e14;

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The register of parties.
    ITradeParties public immutable parties;

    /// @inheritdoc IProductCatalogue
    mapping(bytes7 drug => Gtin) public gtinOfDrug;

    mapping(Gtin gtin => Product) private _products;
    mapping(Gtin gtin => mapping(PartyId producer => bool)) private _licences;
    mapping(Gtin input => mapping(Gtin output => uint64)) private _factors;
    mapping(Gtin gtin => mapping(PartyId dealer => RegionId[])) private _territories;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(parties_));
        clock = clock_;
        parties = parties_;
    }

    // -- writers -------------------------------------------------------------------------------------

    /// @inheritdoc IProductCatalogue
    function file(ProductFiling calldata filing) external {
        parties.requireActsFor(msg.sender, filing.owner);
        parties.requireRole(filing.owner, PartyRole.BRAND_OWNER);
        _checkFiling(filing);

        Product storage record = _products[filing.gtin];
        record.owner = filing.owner;
        record.unit = filing.unit;
        record.classes = filing.classes;
        record.temperature = filing.temperature;
        record.shelfLife = filing.shelfLife;
        record.drug = filing.drug;
        record.filedAt = clock.timestamp();
        record.name = filing.name;
        if (filing.drug != 0) gtinOfDrug[filing.drug] = filing.gtin;
        emit ProductFiled(filing.gtin, filing.owner, filing);
    }

    /// @inheritdoc IProductCatalogue
    function setWithdrawn(Gtin gtin, bool withdrawn) external {
        Product storage record = _requireOwner(gtin);
        bool was = record.withdrawnAt != 0;
        require(was != withdrawn, ProductCatalogueWithdrawn(gtin, was));
        record.withdrawnAt = withdrawn ? clock.timestamp() : 0;
        emit ProductWithdrawn(gtin, withdrawn);
    }

    /// @inheritdoc IProductCatalogue
    function license(Gtin gtin, PartyId producer, bool licensed) external {
        _requireOwner(gtin);
        if (licensed) parties.requireActive(producer);
        else parties.regionOf(producer);
        _licences[gtin][producer] = licensed;
        emit ProducerLicensed(gtin, producer, licensed);
    }

    /// @inheritdoc IProductCatalogue
    function stateFactor(Gtin input, Gtin output, uint64 ppm, Digest calldata basis) external {
        _requireOwner(output);
        _known(input);
        require(ppm <= _MAX_FACTOR, ProductCatalogueFactorTooLarge(input, output, ppm, _MAX_FACTOR));
        Digests.requirePresent(basis);
        _factors[input][output] = ppm;
        emit FactorStated(input, output, ppm, basis);
    }

    /// @inheritdoc IProductCatalogue
    function setTerritory(Gtin gtin, PartyId dealer, RegionId[] calldata regions) external {
        _requireOwner(gtin);
        require(regions.length <= _MAX_REGIONS, ProductCatalogueTooManyRegions(regions.length, _MAX_REGIONS));
        for (uint256 i = 0; i < regions.length; ++i) {
            require(Regions.isValid(regions[i]), ProductCatalogueInvalidRegion(regions[i]));
        }
        _territories[gtin][dealer] = regions;
        emit TerritorySet(gtin, dealer, regions);
    }

    // -- readers -------------------------------------------------------------------------------------

    /// @inheritdoc IProductCatalogue
    function productOf(Gtin gtin) external view returns (Product memory) {
        return _known(gtin);
    }

    /// @inheritdoc IProductCatalogue
    function isFiled(Gtin gtin) public view returns (bool) {
        return _products[gtin].filedAt != 0;
    }

    /// @inheritdoc IProductCatalogue
    function unitOf(Gtin gtin) external view returns (Unit) {
        return _known(gtin).unit;
    }

    /// @inheritdoc IProductCatalogue
    function isOfClass(Gtin gtin, ProductClass class) external view returns (bool) {
        return _products[gtin].classes & _bit(class) != 0;
    }

    /// @inheritdoc IProductCatalogue
    function requireMayProduce(Gtin gtin, PartyId party) external view {
        require(_known(gtin).withdrawnAt == 0, ProductCatalogueWithdrawn(gtin, true));
        require(isProducer(gtin, party), ProductCatalogueMayNotProduce(gtin, party));
    }

    /// @inheritdoc IProductCatalogue
    function isProducer(Gtin gtin, PartyId party) public view returns (bool) {
        return isFiled(gtin) && (_products[gtin].owner == party || _licences[gtin][party]);
    }

    /// @inheritdoc IProductCatalogue
    function factorOf(Gtin input, Gtin output) external view returns (bool stated, uint64 ppm) {
        ppm = _factors[input][output];
        stated = ppm != 0;
    }

    /// @inheritdoc IProductCatalogue
    function gtinOf(ObjectId object) external view returns (Gtin) {
        if (TraceKeys.kindOf(object) == KeyKind.MEDICINE) return gtinOfDrug[TraceKeys.drugOf(object)];
        return TraceKeys.gtinOf(object);
    }

    /// @inheritdoc IProductCatalogue
    function inTerritory(Gtin gtin, PartyId dealer, RegionId region) external view returns (bool) {
        RegionId[] storage list = _territories[gtin][dealer];
        if (list.length == 0) list = _territories[gtin][PartyId.wrap(0)];
        uint256 count = list.length;
        if (count == 0) return true;
        for (uint256 i = 0; i < count; ++i) {
            if (Regions.isWithin(region, list[i])) return true;
        }
        return false;
    }

    /// @inheritdoc IProductCatalogue
    function territoryOf(Gtin gtin, PartyId dealer) external view returns (RegionId[] memory regions) {
        return _territories[gtin][dealer];
    }

    // -- within --------------------------------------------------------------------------------------

    function _checkFiling(ProductFiling calldata filing) private view {
        Gtin gtin = filing.gtin;
        require(
            Gtin.unwrap(gtin) < _GTIN_END && TraceKeys.hasCheckDigit(Gtin.unwrap(gtin)),
            ProductCatalogueInvalidGtin(gtin)
        );
        require(!isFiled(gtin), ProductCatalogueFiled(gtin));
        uint16 all = _bit(type(ProductClass).max);
        all |= all - 1;
        require(
            filing.classes != 0 && filing.classes & ~(all & ~uint16(1)) == 0,
            ProductCatalogueInvalidClasses(filing.classes)
        );
        require(_isUnit(filing.unit), ProductCatalogueInvalidUnit(filing.unit));
        if (filing.drug != 0) {
            Gtin other = gtinOfDrug[filing.drug];
            uint16 medicines = _bit(ProductClass.MEDICINE) | _bit(ProductClass.VACCINE);
            require(
                _isDrug(filing.drug) && Gtin.unwrap(other) == 0 && filing.classes & medicines != 0,
                ProductCatalogueInvalidDrug(filing.drug, other)
            );
        }
        Digests.requirePresent(filing.name);
    }

    function _requireOwner(Gtin gtin) private view returns (Product storage record) {
        record = _known(gtin);
        require(parties.actsFor(msg.sender, record.owner), ProductCatalogueNotOwner(gtin, msg.sender));
    }

    function _known(Gtin gtin) private view returns (Product storage record) {
        record = _products[gtin];
        require(record.filedAt != 0, ProductCatalogueUnknown(gtin));
    }

    /// @dev Two or three capitals or digits, or nothing for pieces.
    function _isUnit(Unit unit) private pure returns (bool) {
        bytes3 code = Unit.unwrap(unit);
        if (code == 0) return true;
        return _isCapital(code[0]) && _isCapital(code[1]) && (code[2] == 0 || _isCapital(code[2]));
    }

    function _isDrug(bytes7 drug) private pure returns (bool) {
        for (uint256 i = 0; i < 7; ++i) {
            if (!_isCapital(drug[i])) return false;
        }
        return true;
    }

    function _isCapital(bytes1 char) private pure returns (bool) {
        return (char >= "A" && char <= "Z") || (char >= "0" && char <= "9");
    }

    function _bit(ProductClass class) private pure returns (uint16) {
        return uint16(1) << uint8(class);
    }
}
