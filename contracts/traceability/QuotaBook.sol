// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Governed} from "../common/Governed.sol";
import {Digest, DigestAlgorithm, Digests} from "../common/libraries/Digests.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {CaptureGuard} from "./CaptureGuard.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {IQuotaBook} from "./interfaces/IQuotaBook.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ClaimMovement} from "./libraries/QuotaTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {
    Action,
    BizTransactionType,
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
contract QuotaBook is IQuotaBook, CaptureGuard {
    using SafeCast for uint256;

    uint256 private constant _MILLION = 1_000_000;
    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_FINISHED = 10;

    /// @notice The register of parties.
    ITradeParties public immutable parties;
    /// @notice The product catalogue.
    IProductCatalogue public immutable catalogue;
    /// @notice The derived state.
    ITraceState public immutable state;

    /// @inheritdoc IQuotaBook
    mapping(Gtin gtin => PartyId) public keeperOf;
    /// @inheritdoc IQuotaBook
    mapping(Gtin gtin => mapping(PartyId firm => mapping(uint16 season => uint128))) public harvestOf;
    /// @inheritdoc IQuotaBook
    mapping(bytes32 claim => PartyId) public certifierOf;
    /// @inheritdoc IQuotaBook
    mapping(bytes32 claim => mapping(Gtin gtin => uint64)) public weightOf;
    /// @inheritdoc IQuotaBook
    mapping(ObjectId lot => bytes32) public claimOf;
    /// @inheritdoc IQuotaBook
    mapping(bytes32 claim => mapping(PartyId party => uint256)) public creditOf;

    mapping(Gtin gtin => mapping(PlaceId garden => mapping(uint16 season => GardenQuota))) private _gardens;
    mapping(Gtin finished => LabelRule) private _rules;
    mapping(Gtin finished => mapping(PartyId firm => mapping(uint16 season => LabelAccount))) private _labels;
    mapping(Gtin raw => Gtin[]) private _finished;
    // What an event drew and used is kept, so that exactly that is booked back.
    mapping(EventId id => mapping(Gtin gtin => uint128)) private _drawnBy;
    mapping(EventId id => mapping(Gtin gtin => uint64)) private _labelsBy;
    mapping(EventId id => ClaimMovement[]) private _movements;

    /// @param authority_ the deployment's {Authority}
    /// @param parties_ the register of parties
    /// @param catalogue_ the product catalogue
    /// @param state_ the derived state
    constructor(
        address authority_,
        ITradeParties parties_,
        IProductCatalogue catalogue_,
        ITraceState state_
    ) Governed(authority_) {
        _requireContract(address(parties_));
        _requireContract(address(catalogue_));
        _requireContract(address(state_));
        parties = parties_;
        catalogue = catalogue_;
        state = state_;
    }

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
        _requireBorne(finished, firm, season);
        emit LabelsIssued(finished, firm, season, count, account.issued, numbers);
    }

    // -- claims --------------------------------------------------------------------------------------

    /// @inheritdoc IQuotaBook
    function defineClaim(bytes32 claim, PartyId certifier, Digest calldata scheme) external {
        parties.requireActsFor(msg.sender, certifier);
        parties.requireRole(certifier, PartyRole.CERTIFIER);
        require(PartyId.unwrap(certifierOf[claim]) == 0, QuotaBookClaimDefined(claim));
        Digests.requirePresent(scheme);
        certifierOf[claim] = certifier;
        emit ClaimDefined(claim, certifier, scheme);
    }

    /// @inheritdoc IQuotaBook
    function setWeight(bytes32 claim, Gtin gtin, uint64 ppm) external {
        _requireCertifier(claim);
        catalogue.unitOf(gtin);
        weightOf[claim][gtin] = ppm;
        emit ClaimWeightSet(claim, gtin, ppm);
    }

    /// @inheritdoc IQuotaBook
    function certifyLot(bytes32 claim, ObjectId lot, bool carries, Digest calldata certificate) external {
        _requireCertifier(claim);
        _needWeight(claim, lot);
        Digests.requirePresent(certificate);
        bytes32 other = claimOf[lot];
        require(other == claim || (other == 0 && carries), QuotaBookMixedLot(lot));
        claimOf[lot] = carries ? claim : bytes32(0);
        emit ClaimCarried(claim, lot, carries, certificate);
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
            _useLabels(by, id, captured.objects, captured);
        } else if (captured.kind == EventKind.TRANSFORMATION) {
            _requireHarvested(captured);
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
            _draw(by, id, TraceKeys.gtinOf(captured.objects[i]), uint128(_MILLION), captured);
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

    /// @dev Certified inputs bring credit, rounded down: no claim comes from rounding.
    function _bring(PartyId by, EventId id, EpcisEvent calldata captured) private {
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            Quantity calldata quantity = captured.quantities[i];
            bytes32 claim = claimOf[quantity.object];
            if (claim == 0) continue;
            uint256 weight = weightOf[claim][TraceKeys.gtinOf(quantity.object)];
            uint256 brought = (uint256(quantity.amount) * weight) / _MILLION;
            _movements[id].push(ClaimMovement({claim: claim, brought: true, amount: brought.toUint128()}));
            _setCredit(claim, by, creditOf[claim][by] + brought);
        }
    }

    /// @dev Outputs with a claim take credit, rounded up.
    function _take(PartyId by, EventId id, EpcisEvent calldata captured) private {
        bytes32 claim = _claimNamed(captured);
        for (uint256 i = 0; i < captured.outputQuantities.length; ++i) {
            Quantity calldata quantity = captured.outputQuantities[i];
            ObjectId lot = quantity.object;
            bool isNew = state.lotOf(lot).created == quantity.amount;
            require(claimOf[lot] == claim || (isNew && claimOf[lot] == 0), QuotaBookMixedLot(lot));
            if (claim == 0) continue;
            uint256 taken = Math.mulDiv(quantity.amount, _needWeight(claim, lot), _MILLION, Math.Rounding.Ceil);
            uint256 credit = creditOf[claim][by];
            require(taken <= credit, QuotaBookCreditMissing(claim, by, credit, taken));
            _movements[id].push(ClaimMovement({claim: claim, brought: false, amount: taken.toUint128()}));
            _setCredit(claim, by, credit - taken);
            claimOf[lot] = claim;
            emit ClaimCarried(claim, lot, true, Digest(0, DigestAlgorithm.NONE));
        }
        require(claim == 0 || captured.outputs.length == 0, QuotaBookItemClaim(_first(captured.outputs)));
    }

    /// @dev First what the event took comes back, then what it brought is taken.
    function _bookBack(PartyId by, EventId id, EpcisEvent calldata captured) private {
        ClaimMovement[] storage movements = _movements[id];
        for (uint256 i = movements.length; i != 0; --i) {
            ClaimMovement memory movement = movements[i - 1];
            uint256 credit = creditOf[movement.claim][by];
            if (movement.brought) {
                require(movement.amount <= credit, QuotaBookCreditMissing(movement.claim, by, credit, movement.amount));
                _setCredit(movement.claim, by, credit - movement.amount);
            } else {
                _setCredit(movement.claim, by, credit + movement.amount);
            }
        }
        delete _movements[id];
        bytes32 claim = _claimNamed(captured);
        for (uint256 i = 0; i < captured.outputQuantities.length && claim != 0; ++i) {
            ObjectId lot = captured.outputQuantities[i].object;
            if (state.lotOf(lot).created != 0) continue;
            claimOf[lot] = 0;
            emit ClaimCarried(claim, lot, false, Digest(0, DigestAlgorithm.NONE));
        }
    }

    // -- within --------------------------------------------------------------------------------------

    function _setCredit(bytes32 claim, PartyId party, uint256 credit) private {
        creditOf[claim][party] = credit;
        emit ClaimCredit(claim, party, credit);
    }

    /// @dev The claim that a business transaction of the event names; the first where there are several.
    function _claimNamed(EpcisEvent calldata captured) private view returns (bytes32) {
        for (uint256 i = 0; i < captured.transactions.length; ++i) {
            bytes32 id = captured.transactions[i].id.value;
            bool isCertificate = captured.transactions[i].kind == BizTransactionType.CERT;
            if (isCertificate && PartyId.unwrap(certifierOf[id]) != 0) return id;
        }
        return 0;
    }

    /// @dev Labels for a part of a unit are none: rounded down.
    function _requireBorne(Gtin finished, PartyId firm, uint16 season) private view {
        LabelRule storage rule = _rules[finished];
        uint256 issued = _labels[finished][firm][season].issued;
        uint256 allowed = Math.mulDiv(harvestOf[rule.raw][firm][season], rule.ppm, _MILLION * _MILLION);
        require(issued <= allowed, QuotaBookLabelsExceeded(finished, firm, season, issued, allowed));
    }

    function _requireKeeper(PartyId keeper) private view {
        require(parties.actsFor(msg.sender, keeper), QuotaBookNotKeeper(keeper, msg.sender));
    }

    function _requireCertifier(bytes32 claim) private view {
        PartyId certifier = certifierOf[claim];
        require(PartyId.unwrap(certifier) != 0, QuotaBookUnknownClaim(claim));
        _requireKeeper(certifier);
    }

    function _needWeight(bytes32 claim, ObjectId lot) private view returns (uint256 weight) {
        Gtin gtin = TraceKeys.gtinOf(lot);
        weight = weightOf[claim][gtin];
        require(weight != 0, QuotaBookNoWeight(claim, gtin));
    }

    function _first(ObjectId[] calldata objects) private pure returns (ObjectId object) {
        if (objects.length != 0) object = objects[0];
    }

    function _seasonOf(EpcisEvent calldata captured) private pure returns (uint16) {
        uint64 moment = captured.ilmd.producedAt == 0 ? captured.eventTime / 1000 : captured.ilmd.producedAt;
        (uint256 year, , ) = TimeLib.civilFromDays(TimeLib.dayNumber(moment, int32(captured.zoneOffset) * 60));
        return uint16(year);
    }
}
