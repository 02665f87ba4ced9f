// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Governed} from "../common/Governed.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {CaptureGuard} from "./CaptureGuard.sol";
import {ClaimBook} from "./ClaimBook.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {IQuotaBook} from "./interfaces/IQuotaBook.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {LotMoves} from "./libraries/LotMoves.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {
    Action,
    EpcisEvent,
    EventId,
    EventKind,
    Gtin,
    ObjectId,
    PartyId,
    PlaceId,
    Quantity
} from "./libraries/TraceTypes.sol";
import {PartyRole, PlaceKind} from "./libraries/TradeTypes.sol";

/// @title QuotaBook
/// @notice Gardens, labels and claims; see {IQuotaBook}.
contract QuotaBook is ClaimBook, CaptureGuard {
    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_FINISHED = 10;

    /// @dev The rule under which labels were issued last: a later one bears no fewer.
    struct Borne {
        Gtin raw;
        uint64 ppm;
    }

    /// @inheritdoc IQuotaBook
    mapping(Gtin gtin => PartyId) public keeperOf;
    /// @inheritdoc IQuotaBook
    mapping(Gtin gtin => mapping(PartyId firm => mapping(uint16 season => uint128))) public harvestOf;
    mapping(Gtin gtin => mapping(PlaceId garden => mapping(uint16 season => GardenQuota))) private _gardens;
    mapping(Gtin finished => LabelRule) private _rules;
    mapping(Gtin finished => mapping(PartyId firm => mapping(uint16 season => LabelAccount))) private _labels;
    mapping(Gtin finished => Borne) private _borne;
    mapping(Gtin raw => Gtin[]) private _finished;
    // What an event drew and used is kept, so that exactly that is booked back.
    mapping(EventId id => mapping(Gtin gtin => uint128)) private _drawnBy;
    mapping(EventId id => mapping(Gtin gtin => uint64)) private _labelsBy;

    /// @param authority_ the deployment's {Authority}
    /// @param parties_ the register of parties
    /// @param catalogue_ the product catalogue
    /// @param state_ the derived state
    constructor(
        address authority_,
        ITradeParties parties_,
        IProductCatalogue catalogue_,
        ITraceState state_
    ) Governed(authority_) ClaimBook(parties_, catalogue_, state_) {}

    // -- gardens -------------------------------------------------------------------------------------

    /// @inheritdoc IQuotaBook
    function protect(Gtin gtin, PartyId keeper) external restricted {
        catalogue.unitOf(gtin);
        require(
            PartyId.unwrap(keeper) == 0 ||
                parties.hasRole(keeper, PartyRole.ASSOCIATION) ||
                parties.hasRole(keeper, PartyRole.OFFICE),
            QuotaBookInvalidKeeper(keeper)
        );
        keeperOf[gtin] = keeper;
        emit ProductProtected(gtin, keeper);
    }

    /// @inheritdoc IQuotaBook
    function grantGarden(Gtin gtin, PlaceId garden, uint16 season, uint128 amount, Digest calldata basis) external {
        _requireKeeper(keeperOf[gtin]);
        require(parties.placeOf(garden).kind == PlaceKind.GARDEN, QuotaBookNotAGarden(garden));
        Digests.requirePresent(basis);
        GardenQuota storage quota = _gardens[gtin][garden][season];
        require(amount >= quota.drawn, QuotaBookBelowDrawn(quota.drawn, amount));
        quota.granted = amount;
        emit GardenQuotaGranted(gtin, garden, season, amount, basis);
    }

    // -- labels --------------------------------------------------------------------------------------

    /// @inheritdoc IQuotaBook
    function bindLabels(Gtin finished, Gtin raw, uint64 ppm) external {
        _requireKeeper(keeperOf[raw]);
        catalogue.unitOf(finished);
        Gtin before = _rules[finished].raw;
        // Only the keeper of the harvest that it is bound to may bind it anew.
        if (Gtin.unwrap(before) != 0) _requireKeeper(keeperOf[before]);
        Borne storage borne = _borne[finished];
        bool rests = borne.ppm == 0 || ppm == 0 || (ppm >= borne.ppm && Gtin.unwrap(borne.raw) == Gtin.unwrap(raw));
        require(rests, QuotaBookLabelsOut(finished, borne.raw, borne.ppm));
        if (Gtin.unwrap(before) != Gtin.unwrap(raw)) {
            require(_finished[raw].length < _MAX_FINISHED, QuotaBookTooManyFinished(raw, _MAX_FINISHED));
            _finished[raw].push(finished);
        }
        _rules[finished] = LabelRule({raw: raw, ppm: ppm});
        emit LabelsBound(finished, raw, ppm);
    }

    /// @inheritdoc IQuotaBook
    function issueLabels(Gtin finished, PartyId firm, uint16 season, uint64 count, Digest calldata numbers) external {
        LabelRule storage rule = _rules[finished];
        require(rule.ppm != 0, QuotaBookNoLabelRule(finished));
        _requireKeeper(keeperOf[rule.raw]);
        Digests.requirePresent(numbers);
        LabelAccount storage account = _labels[finished][firm][season];
        account.issued += count;
        if (count != 0) _borne[finished] = Borne({raw: rule.raw, ppm: rule.ppm});
        _requireBorne(finished, firm, season);
        emit LabelsIssued(finished, firm, season, count, account.issued, numbers);
    }

    // -- readers -------------------------------------------------------------------------------------

    /// @inheritdoc IQuotaBook
    function gardenQuotaOf(Gtin gtin, PlaceId garden, uint16 season) external view returns (GardenQuota memory) {
        return _gardens[gtin][garden][season];
    }

    /// @inheritdoc IQuotaBook
    function labelRuleOf(Gtin finished) external view returns (LabelRule memory) {
        return _rules[finished];
    }

    /// @inheritdoc IQuotaBook
    function labelsOf(Gtin finished, PartyId firm, uint16 season) external view returns (LabelAccount memory) {
        return _labels[finished][firm][season];
    }

    // -- the plug in the repository ------------------------------------------------------------------

    /// @inheritdoc CaptureGuard
    function _after(PartyId by, EventId id, EpcisEvent calldata captured) internal override {
        if (captured.kind == EventKind.OBJECT && captured.action == Action.ADD) {
            _harvest(by, id, captured);
            _requireNoLabels(captured.quantities);
            _useLabels(by, id, captured.objects, captured);
        } else if (captured.kind == EventKind.TRANSFORMATION) {
            _requireHarvested(captured);
            if (!LotMoves.isSplit(captured)) _requireNoLabels(captured.outputQuantities);
            _useLabels(by, id, captured.outputs, captured);
            _bring(by, id, captured);
            _take(by, id, captured);
        }
    }

    /// @inheritdoc CaptureGuard
    function _declared(PartyId by, EventId id, EpcisEvent calldata captured) internal override {
        if (captured.kind == EventKind.OBJECT && captured.action == Action.ADD) {
            _takeLabelsBack(by, id, captured.objects, captured);
            _takeHarvestBack(by, id, captured);
        } else if (captured.kind == EventKind.TRANSFORMATION) {
            _takeLabelsBack(by, id, captured.outputs, captured);
            _bookBack(by, id, captured);
        }
    }

    function _harvest(PartyId by, EventId id, EpcisEvent calldata captured) private {
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            Quantity calldata quantity = captured.quantities[i];
            // A certified lot is complete.
            require(claimOf[quantity.object] == 0, QuotaBookMixedLot(quantity.object));
            _draw(by, id, TraceKeys.gtinOf(quantity.object), quantity.amount, captured);
        }
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _draw(by, id, TraceKeys.gtinOf(captured.objects[i]), uint128(MILLION), captured);
        }
    }

    function _draw(PartyId by, EventId id, Gtin gtin, uint128 amount, EpcisEvent calldata captured) private {
        if (PartyId.unwrap(keeperOf[gtin]) == 0) return;
        PlaceId garden = captured.readPoint;
        ITradeParties.Place memory place = parties.placeOf(garden);
        require(place.kind == PlaceKind.GARDEN, QuotaBookNotAGarden(garden));
        require(place.owner == by, QuotaBookNotOwnGarden(garden, by));
        uint16 season = _seasonOf(captured);
        GardenQuota storage quota = _gardens[gtin][garden][season];
        uint128 drawn = quota.drawn + amount;
        require(drawn <= quota.granted, QuotaBookGardenExceeded(gtin, garden, season, drawn, quota.granted));
        quota.drawn = drawn;
        harvestOf[gtin][by][season] += amount;
        _drawnBy[id][gtin] += amount;
        emit GardenQuotaDrawn(gtin, garden, season, drawn);
    }

    function _takeHarvestBack(PartyId by, EventId id, EpcisEvent calldata captured) private {
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _drawBack(by, id, TraceKeys.gtinOf(captured.quantities[i].object), captured);
        }
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _drawBack(by, id, TraceKeys.gtinOf(captured.objects[i]), captured);
        }
    }

    /// @dev Everything that the event drew of a product at once; what it captured before the product was protected was never drawn.
    function _drawBack(PartyId by, EventId id, Gtin gtin, EpcisEvent calldata captured) private {
        uint128 amount = _drawnBy[id][gtin];
        if (amount == 0) return;
        delete _drawnBy[id][gtin];
        uint16 season = _seasonOf(captured);
        PlaceId garden = captured.readPoint;
        GardenQuota storage quota = _gardens[gtin][garden][season];
        quota.drawn -= amount;
        harvestOf[gtin][by][season] -= amount;
        Gtin[] storage finished = _finished[gtin];
        for (uint256 i = 0; i < finished.length; ++i) {
            if (Gtin.unwrap(_rules[finished[i]].raw) == Gtin.unwrap(gtin)) _requireBorne(finished[i], by, season);
        }
        emit GardenQuotaDrawn(gtin, garden, season, quota.drawn);
    }

    function _useLabels(PartyId by, EventId id, ObjectId[] calldata items, EpcisEvent calldata captured) private {
        uint16 season = _seasonOf(captured);
        for (uint256 i = 0; i < items.length; ++i) {
            Gtin gtin = TraceKeys.gtinOf(items[i]);
            if (_rules[gtin].ppm == 0) continue;
            LabelAccount storage account = _labels[gtin][by][season];
            uint64 used = account.used + 1;
            require(used <= account.issued, QuotaBookNoLabel(gtin, by, season, used, account.issued));
            account.used = used;
            ++_labelsBy[id][gtin];
        }
    }

    /// @dev Labels are counted by the item, so what bears them is made item by item.
    function _requireNoLabels(Quantity[] calldata quantities) private view {
        for (uint256 i = 0; i < quantities.length; ++i) {
            Gtin gtin = TraceKeys.gtinOf(quantities[i].object);
            require(_rules[gtin].ppm == 0, QuotaBookItemsOnly(gtin));
        }
    }

    /// @dev Items that were made before their product had labels used none.
    function _takeLabelsBack(PartyId by, EventId id, ObjectId[] calldata items, EpcisEvent calldata captured) private {
        uint16 season = _seasonOf(captured);
        for (uint256 i = 0; i < items.length; ++i) {
            Gtin gtin = TraceKeys.gtinOf(items[i]);
            uint64 used = _labelsBy[id][gtin];
            if (used == 0) continue;
            delete _labelsBy[id][gtin];
            _labels[gtin][by][season].used -= used;
        }
    }

    /// @dev A protected product may come out of itself, and of nothing else.
    function _requireHarvested(EpcisEvent calldata captured) private view {
        for (uint256 i = 0; i < captured.outputQuantities.length; ++i) {
            _requireFromItself(TraceKeys.gtinOf(captured.outputQuantities[i].object), captured);
        }
        for (uint256 i = 0; i < captured.outputs.length; ++i) {
            _requireFromItself(TraceKeys.gtinOf(captured.outputs[i]), captured);
        }
    }

    function _requireFromItself(Gtin gtin, EpcisEvent calldata captured) private view {
        if (PartyId.unwrap(keeperOf[gtin]) == 0) return;
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            Gtin input = TraceKeys.gtinOf(captured.quantities[i].object);
            require(Gtin.unwrap(input) == Gtin.unwrap(gtin), QuotaBookNotHarvested(gtin));
        }
        require(captured.objects.length == 0 && captured.quantities.length != 0, QuotaBookNotHarvested(gtin));
    }

    // -- within --------------------------------------------------------------------------------------

    /// @dev Labels for a part of a unit are none: rounded down.
    function _requireBorne(Gtin finished, PartyId firm, uint16 season) private view {
        LabelRule storage rule = _rules[finished];
        uint256 issued = _labels[finished][firm][season].issued;
        uint256 allowed = Math.mulDiv(harvestOf[rule.raw][firm][season], rule.ppm, MILLION * MILLION);
        require(issued <= allowed, QuotaBookLabelsExceeded(finished, firm, season, issued, allowed));
    }

    function _seasonOf(EpcisEvent calldata captured) private pure returns (uint16) {
        uint64 moment = captured.ilmd.producedAt == 0 ? captured.eventTime / 1000 : captured.ilmd.producedAt;
        (uint256 year, , ) = TimeLib.civilFromDays(TimeLib.dayNumber(moment, int32(captured.zoneOffset) * 60));
        return uint16(year);
    }
}
