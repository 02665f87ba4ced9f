// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPolicyRegistry, ParameterId} from "../common/interfaces/IPolicyRegistry.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {IEpcisRepository} from "./interfaces/IEpcisRepository.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {IRetentionRules} from "./interfaces/IRetentionRules.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {CaptureParameters} from "./libraries/CaptureParameters.sol";
import {EventRecord} from "./libraries/StateTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {EventId, Gtin, ObjectId} from "./libraries/TraceTypes.sol";
import {PartyRole, ProductClass} from "./libraries/TradeTypes.sol";

/// @title RetentionRules
/// @notice Until when records are kept; see {IRetentionRules}.
contract RetentionRules is IRetentionRules {
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The deployment's parties.
    ITradeParties public immutable parties;
    /// @notice The deployment's product catalogue.
    IProductCatalogue public immutable catalogue;
    /// @notice The deployment's derived state.
    ITraceState public immutable state;
    /// @notice The deployment's repository.
    IEpcisRepository public immutable repository;

    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param parties_ the deployment's {TradeParties}
    /// @param catalogue_ the deployment's {ProductCatalogue}
    /// @param state_ the deployment's {TraceState}
    /// @param repository_ the deployment's {EpcisRepository}
    constructor(
        IPolicyRegistry policies_,
        ITradeParties parties_,
        IProductCatalogue catalogue_,
        ITraceState state_,
        IEpcisRepository repository_
    ) {
        policies = policies_;
        parties = parties_;
        catalogue = catalogue_;
        state = state_;
        repository = repository_;
    }

    /// @inheritdoc IRetentionRules
    function keepUntil(EventId id, ObjectId object) external view returns (uint64 until, ParameterId rule) {
        EventRecord memory made = repository.eventOf(id);
        uint64 expiresAt = TraceKeys.isLot(object) ? state.lotOf(object).expiresAt : state.stateOf(object).expiresAt;
        Gtin product = catalogue.gtinOf(object);
        bool produce = catalogue.isOfClass(product, ProductClass.LISTED_PRODUCE);
        if (expiresAt != 0 && catalogue.isOfClass(product, ProductClass.VACCINE)) {
            rule = CaptureParameters.KEEP_VACCINE;
        } else if (produce && parties.hasRole(made.by, PartyRole.PRODUCER)) {
            (rule, expiresAt) = (CaptureParameters.KEEP_PRODUCTION, 0);
        } else if (produce && _isSeller(made)) {
            (rule, expiresAt) = (CaptureParameters.KEEP_PRODUCE, 0);
        } else {
            rule = expiresAt != 0 ? CaptureParameters.KEEP_AFTER_EXPIRY : CaptureParameters.KEEP_WITHOUT_EXPIRY;
        }
        (bool found, uint256 months) = policies.tryValueOf(parties.regionOf(made.by), made.recordedAt, rule);
        if (!found) return (0, ParameterId.wrap(0));
        until = TimeLib.addMonths(expiresAt != 0 ? expiresAt : made.recordedAt, months, TimeLib.CHINA_OFFSET);
    }

    function _isSeller(EventRecord memory made) private view returns (bool) {
        return parties.hasRole(made.by, PartyRole.RETAILER) || parties.hasRole(made.by, PartyRole.MARKET);
    }
}
