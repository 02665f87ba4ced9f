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
    uint256 private constant _MAX_LOOKED_AT = 400;
    uint256 private constant _WEIGHT = 4; // beside its one
    uint256 private constant _PAGE = 100;

    /// @dev What one event is looked at for.
    /// @param province the province
    /// @param backTo whom the goods go back to; 0 = they do not
    /// @param left how many more things are looked at
    struct Look {
        RegionId province;
        PartyId backTo;
        uint256 left;
    }

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
        RegionId region = _regionOf(by, captured.readPoint);
        (, uint256 on) = policies.tryValueOf(region, captured.eventTime / 1000, TraceParameters.FROZEN_CODE);
        if (on == 0) return;
        Look memory look = Look({province: Regions.provinceOf(region), backTo: PartyId.wrap(0), left: _MAX_LOOKED_AT});
        bool shipping = captured.step == BizStep.SHIPPING;
        if (shipping && captured.disposition == Disposition.RETURNED) look.backTo = captured.flow.toHolder;
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _require(captured.quantities[i].object, look);
        }
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _requireWithContents(captured.objects[i], look);
        }
    }

    /// @dev Where a party's own place stands, or the party itself: another's place says nothing of where its goods are.
    function _regionOf(PartyId by, PlaceId place) private view returns (RegionId) {
        if (PlaceId.unwrap(place) == 0 || !(parties.placeOwner(place) == by)) return parties.regionOf(by);
        return parties.placeOf(place).region;
    }

    /// @dev Sales, and moves to anywhere but a warehouse.
    function _isWatched(EpcisEvent calldata captured) private view returns (bool) {
        if (captured.kind == EventKind.TRANSFORMATION) return true;
        if (captured.kind != EventKind.OBJECT) return false;
        if (captured.step == BizStep.RETAIL_SELLING || captured.step == BizStep.DISPENSING) return true;
        if (captured.step != BizStep.SHIPPING) return false;
        return !parties.hasRole(captured.flow.toHolder, PartyRole.WAREHOUSE);
    }

    function _requireWithContents(ObjectId object, Look memory look) private view {
        _count(look, object, 1);
        _require(object, look);
        if (TraceKeys.isContainer(object)) {
            (ObjectId[] memory lots, ) = state.lotsIn(object);
            for (uint256 i = 0; i < lots.length; ++i) {
                _require(lots[i], look);
            }
        }
        uint256 offset = 0;
        do {
            (ObjectId[] memory children, uint256 next) = state.childrenOf(object, offset, _PAGE);
            for (uint256 i = 0; i < children.length; ++i) {
                _requireWithContents(children[i], look);
            }
            offset = next;
        } while (offset != 0);
    }

    /// @dev Goods may go back to where they came from.
    function _require(ObjectId code, Look memory look) private view {
        if (!catalogue.isOfClass(TraceKeys.gtinOf(code), ProductClass.IMPORTED_FROZEN)) return;
        _count(look, code, _WEIGHT);
        if (PartyId.unwrap(look.backTo) != 0 && state.cameFrom(code, look.backTo)) return;
        require(isRegistered(code, look.province), FrozenFoodCodesMissing(code, look.province));
    }

    /// @dev Frozen food counts for more: it is looked up.
    function _count(Look memory look, ObjectId object, uint256 weight) private pure {
        require(look.left >= weight, FrozenFoodCodesTooMany(object, _MAX_LOOKED_AT));
        look.left -= weight;
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
