// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Regions} from "../common/libraries/Regions.sol";
import {CaptureGuard} from "./CaptureGuard.sol";
import {IFrozenFoodCodes} from "./interfaces/IFrozenFoodCodes.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {TraceParameters} from "./libraries/TraceParameters.sol";
import {
    BizStep,
    Disposition,
    EpcisEvent,
    EventId,
    EventKind,
    ObjectId,
    PartyId,
    PlaceId
} from "./libraries/TraceTypes.sol";
import {PartyRole, PlaceKind, ProductClass} from "./libraries/TradeTypes.sol";

/// @title FrozenFoodCodes
/// @notice No move and no sale without the province's code; see {IFrozenFoodCodes}.
contract FrozenFoodCodes is IFrozenFoodCodes, CaptureGuard {
    // Bounds on the work of one call, not a regulation's numbers.
    uint256 private constant _MAX_CODES = 50;
    uint256 private constant _MAX_LOOKED_AT = 100;

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The register of parties.
    ITradeParties public immutable parties;
    /// @notice The product catalogue.
    IProductCatalogue public immutable catalogue;
    /// @notice The derived state.
    ITraceState public immutable state;

    mapping(ObjectId code => mapping(RegionId province => Registration)) private _registrations;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param parties_ the register of parties
    /// @param catalogue_ the product catalogue
    /// @param state_ the derived state
    constructor(
        address authority_,
        IClock clock_,
        IPolicyRegistry policies_,
        ITradeParties parties_,
        IProductCatalogue catalogue_,
        ITraceState state_
    ) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(policies_));
        _requireContract(address(parties_));
        _requireContract(address(catalogue_));
        _requireContract(address(state_));
        clock = clock_;
        policies = policies_;
        parties = parties_;
        catalogue = catalogue_;
        state = state_;
    }

    /// @inheritdoc IFrozenFoodCodes
    function register(PartyId store, PlaceId place, ObjectId[] calldata codes, Digest calldata papers) external {
        require(parties.actsFor(msg.sender, store), FrozenFoodCodesNotAllowed(store, msg.sender));
        parties.requireOpenPlace(place);
        ITradeParties.Place memory site = parties.placeOf(place);
        require(site.kind == PlaceKind.COLD_STORE && site.owner == store, FrozenFoodCodesNotAColdStore(place, store));
        require(codes.length != 0 && codes.length <= _MAX_CODES, FrozenFoodCodesCount(codes.length, _MAX_CODES));
        Digests.requirePresent(papers);

        RegionId province = Regions.provinceOf(site.region);
        Registration memory registration = Registration({
            store: store,
            place: place,
            registeredAt: clock.timestamp(),
            papers: papers
        });
        for (uint256 i = 0; i < codes.length; ++i) {
            ObjectId code = codes[i];
            require(_isFrozenFood(code), FrozenFoodCodesNotFrozenFood(code));
            require(_registrations[code][province].registeredAt == 0, FrozenFoodCodesRegistered(code, province));
            require(_isInStore(code, store), FrozenFoodCodesNotInStore(code, store));
            _registrations[code][province] = registration;
        }
        emit FrozenFoodRegistered(store, place, province, codes, papers);
    }

    /// @inheritdoc IFrozenFoodCodes
    function registrationOf(ObjectId code, RegionId province) external view returns (Registration memory) {
        return _registrations[code][province];
    }

    /// @inheritdoc IFrozenFoodCodes
    function isRegistered(ObjectId code, RegionId province) public view returns (bool) {
        if (_registrations[code][province].registeredAt != 0) return true;
        if (TraceKeys.isLot(code)) return false;
        return _registrations[state.stateOf(code).lot][province].registeredAt != 0;
    }

    /// @inheritdoc CaptureGuard
    function _before(PartyId by, EventId, EpcisEvent calldata captured) internal view override {
        if (!_isWatched(captured)) return;
        RegionId region =
            PlaceId.unwrap(captured.readPoint) == 0 ? parties.regionOf(by) : parties.placeOf(captured.readPoint).region;
        (, uint256 on) = policies.tryValueOf(region, captured.eventTime / 1000, TraceParameters.FROZEN_CODE);
        if (on == 0) return;
        RegionId province = Regions.provinceOf(region);
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _require(captured.quantities[i].object, province);
        }
        uint256 left = _MAX_LOOKED_AT;
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            left = _requireWithContents(captured.objects[i], province, left);
        }
    }

    /// @dev Sales, and moves to anywhere but a warehouse. Goods may go back.
    function _isWatched(EpcisEvent calldata captured) private view returns (bool) {
        if (captured.kind == EventKind.TRANSFORMATION) return true;
        if (captured.kind != EventKind.OBJECT) return false;
        if (captured.step == BizStep.RETAIL_SELLING || captured.step == BizStep.DISPENSING) return true;
        if (captured.step != BizStep.SHIPPING || captured.disposition == Disposition.RETURNED) return false;
        return !parties.hasRole(captured.flow.toHolder, PartyRole.WAREHOUSE);
    }

    function _requireWithContents(ObjectId object, RegionId province, uint256 left) private view returns (uint256) {
        _require(object, province);
        if (left == 0) return 0;
        --left;
        if (TraceKeys.isContainer(object)) {
            (ObjectId[] memory lots, ) = state.lotsIn(object);
            for (uint256 i = 0; i < lots.length; ++i) {
                _require(lots[i], province);
            }
        }
        if (left == 0) return 0;
        (ObjectId[] memory children, ) = state.childrenOf(object, 0, left);
        for (uint256 i = 0; i < children.length; ++i) {
            left = _requireWithContents(children[i], province, left);
        }
        return left;
    }

    function _require(ObjectId code, RegionId province) private view {
        if (!catalogue.isOfClass(TraceKeys.gtinOf(code), ProductClass.IMPORTED_FROZEN)) return;
        require(isRegistered(code, province), FrozenFoodCodesMissing(code, province));
    }

    function _isFrozenFood(ObjectId code) private view returns (bool) {
        if (!catalogue.isOfClass(TraceKeys.gtinOf(code), ProductClass.IMPORTED_FROZEN)) return false;
        return
            TraceKeys.isLot(code)
                ? state.lotOf(code).created != 0
                : EventId.unwrap(state.stateOf(code).commissionedBy) != 0;
    }

    function _isInStore(ObjectId code, PartyId store) private view returns (bool) {
        if (TraceKeys.isLot(code)) return state.amountAt(code, state.stockNode(store)) != 0;
        return state.possessorOf(code) == store;
    }
}
