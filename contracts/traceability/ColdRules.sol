// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId, RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {IColdRules} from "./interfaces/IColdRules.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ColdParameters} from "./libraries/ColdParameters.sol";
import {ColdClass, ColdLimits, ColdStage} from "./libraries/ColdTypes.sol";
import {Gtin, ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {ProductClass, TemperatureClass} from "./libraries/TradeTypes.sol";

/// @title ColdRules
/// @notice What policy and product catalogue say of the cold chain; see {IColdRules}.
contract ColdRules is IColdRules {
    int256 private constant _ABSOLUTE_ZERO = -27_315; // 0.01 degC

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The deployment's parties.
    ITradeParties public immutable parties;
    /// @notice The deployment's product catalogue.
    IProductCatalogue public immutable catalogue;

    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param parties_ the deployment's {TradeParties}
    /// @param catalogue_ the deployment's {ProductCatalogue}
    constructor(IClock clock_, IPolicyRegistry policies_, ITradeParties parties_, IProductCatalogue catalogue_) {
        clock = clock_;
        policies = policies_;
        parties = parties_;
        catalogue = catalogue_;
    }

    /// @inheritdoc IColdRules
    function limitsFor(
        PartyId party,
        ColdClass class,
        ColdStage stage
    ) external view returns (ColdLimits memory limits) {
        RegionId region = parties.regionOf(party);
        uint64 asOf = clock.timestamp();
        limits.lower = _celsius(_need(region, asOf, ColdParameters.LOWER, class, stage));
        limits.upper = _celsius(_need(region, asOf, ColdParameters.UPPER, class, stage));
        limits.logEvery = uint32(_need(region, asOf, ColdParameters.LOG_EVERY, class, stage));
        limits.hardUpper = _limit(region, asOf, ColdParameters.HARD_UPPER, class, stage);
        limits.recover = _limit(region, asOf, ColdParameters.RECOVER, class, stage);
        limits.tolerance = uint32(_get(region, asOf, ColdParameters.TOLERANCE, class, stage));
        (bool found, uint256 allowance) = _find(region, asOf, ColdParameters.ALLOWANCE, class, stage);
        limits.allowance = found ? uint32(allowance) : type(uint32).max;
        limits.alarmEvery = uint32(_get(region, asOf, ColdParameters.ALARM_EVERY, class, stage));
        limits.receiptLag = uint32(_get(region, asOf, ColdParameters.RECEIPT_LAG, class, stage));
        limits.strict = _get(region, asOf, ColdParameters.STRICT, class, stage) != 0;
        limits.fullLog = _get(region, asOf, ColdParameters.FULL_LOG, class, stage) != 0;
    }

    /// @inheritdoc IColdRules
    function sensorErrorFor(
        PartyId party,
        ColdClass class,
        ColdStage stage
    ) external view returns (bool asked, uint256 allowed) {
        return _find(parties.regionOf(party), clock.timestamp(), ColdParameters.SENSOR_ERROR, class, stage);
    }

    /// @inheritdoc IColdRules
    function isLegRequired(PartyId party, ColdClass class) external view returns (bool) {
        return
            _get(parties.regionOf(party), clock.timestamp(), ColdParameters.LEG_REQUIRED, class, ColdStage.TRANSPORT) !=
            0;
    }

    /// @inheritdoc IColdRules
    function retainUntil(
        PartyId party,
        ColdClass class,
        uint64 asOf,
        uint64 endedAt,
        uint64 expiresAt
    ) external view returns (uint64) {
        RegionId region = parties.regionOf(party);
        uint64 byLeg = endedAt + _days(region, asOf, ColdParameters.RETAIN, class);
        if (expiresAt == 0) return byLeg;
        uint64 byExpiry = expiresAt + _days(region, asOf, ColdParameters.RETAIN_EXPIRY, class);
        return byExpiry > byLeg ? byExpiry : byLeg;
    }

    /// @inheritdoc IColdRules
    function classOfProduct(ObjectId object) external view returns (ColdClass) {
        Gtin gtin = catalogue.gtinOf(object);
        if (Gtin.unwrap(gtin) == 0 || !catalogue.isFiled(gtin)) return ColdClass.NONE;
        IProductCatalogue.Product memory product = catalogue.productOf(gtin);
        if (product.classes & (1 << uint16(ProductClass.VACCINE)) != 0) return ColdClass.VACCINE;
        if (product.temperature == TemperatureClass.CHILLED) return ColdClass.CHILLED;
        if (product.temperature == TemperatureClass.FROZEN) return ColdClass.FROZEN;
        if (product.temperature == TemperatureClass.COLD_MEDICINE) return ColdClass.COLD_MEDICINE;
        return product.temperature == TemperatureClass.ULTRA_COLD ? ColdClass.ULTRA_COLD : ColdClass.NONE;
    }

    function _days(RegionId region, uint64 asOf, bytes17 field, ColdClass class) private view returns (uint64) {
        return uint64(_get(region, asOf, field, class, ColdStage.NONE)) * TimeLib.DAY;
    }

    function _limit(
        RegionId region,
        uint64 asOf,
        bytes17 field,
        ColdClass class,
        ColdStage stage
    ) private view returns (int16) {
        (bool found, uint256 value) = _find(region, asOf, field, class, stage);
        return found ? _celsius(value) : type(int16).max;
    }

    function _need(
        RegionId region,
        uint64 asOf,
        bytes17 field,
        ColdClass class,
        ColdStage stage
    ) private view returns (uint256) {
        (bool found, uint256 value) = _find(region, asOf, field, class, stage);
        ParameterId id = ColdParameters.idOf(field, class, stage);
        require(found, IPolicyRegistry.PolicyRegistryParameterNotSet(region, asOf, id));
        return value;
    }

    function _get(
        RegionId region,
        uint64 asOf,
        bytes17 field,
        ColdClass class,
        ColdStage stage
    ) private view returns (uint256 value) {
        (, value) = _find(region, asOf, field, class, stage);
    }

    /// @dev The value for the stage, else the one for all stages.
    function _find(
        RegionId region,
        uint64 asOf,
        bytes17 field,
        ColdClass class,
        ColdStage stage
    ) private view returns (bool found, uint256 value) {
        if (stage != ColdStage.NONE) {
            (found, value) = policies.tryValueOf(region, asOf, ColdParameters.idOf(field, class, stage));
            if (found) return (true, value);
        }
        return policies.tryValueOf(region, asOf, ColdParameters.idOf(field, class, ColdStage.NONE));
    }

    function _celsius(uint256 value) private pure returns (int16) {
        return int16(int256(value) + _ABSOLUTE_ZERO);
    }
}
