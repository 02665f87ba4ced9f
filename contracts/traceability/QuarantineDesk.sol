// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Regions} from "../common/libraries/Regions.sol";
import {CaptureGuard} from "./CaptureGuard.sol";
import {FarmFileId, IQuarantineDesk, QuarantineId} from "./interfaces/IQuarantineDesk.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {TraceParameters} from "./libraries/TraceParameters.sol";
import {BizStep, EpcisEvent, EventId, EventKind, Gtin, ObjectId, PartyId, PlaceId} from "./libraries/TraceTypes.sol";
import {PartyRole, ProductClass} from "./libraries/TradeTypes.sol";

/// @title QuarantineDesk
/// @notice Farming files and quarantine certificates; see {IQuarantineDesk}.
contract QuarantineDesk is IQuarantineDesk, CaptureGuard {
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

    uint32 private _fileCount;
    uint32 private _count;
    mapping(FarmFileId file => FarmFile) private _files;
    mapping(FarmFileId file => mapping(uint32 index => Digest)) private _entries;
    mapping(QuarantineId quarantine => Quarantine) private _quarantines;
    mapping(ObjectId object => QuarantineId) private _latest;

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

    /// @inheritdoc IQuarantineDesk
    function openFile(
        PartyId farmer,
        PlaceId place,
        Gtin species,
        Digest calldata digest
    ) external returns (FarmFileId file) {
        _requireActsFor(farmer);
        require(parties.placeOwner(place) == farmer, QuarantineDeskNotOwnPlace(place, farmer));
        catalogue.unitOf(species);
        Digests.requirePresent(digest);
        file = FarmFileId.wrap(++_fileCount);
        FarmFile storage record = _files[file];
        record.farmer = farmer;
        record.place = place;
        record.species = species;
        record.openedAt = clock.timestamp();
        record.file = digest;
        emit FarmFileOpened(file, farmer, place, species, digest);
    }

    /// @inheritdoc IQuarantineDesk
    function addEntry(FarmFileId file, Digest calldata entry) external returns (uint32 index) {
        FarmFile storage record = _knownFile(file);
        _requireActsFor(record.farmer);
        Digests.requirePresent(entry);
        index = ++record.entries;
        _entries[file][index] = entry;
        emit FarmFileEntry(file, index, entry);
    }

    /// @inheritdoc IQuarantineDesk
    function issue(
        PartyId office,
        FarmFileId file,
        ObjectId object,
        Digest calldata finding
    ) external returns (QuarantineId quarantine) {
        _requireActsFor(office);
        parties.requireRole(office, PartyRole.OFFICE);
        FarmFile storage record = _knownFile(file);
        RegionId region = parties.regionOf(office);
        require(
            Regions.isWithin(parties.placeOf(record.place).region, region),
            QuarantineDeskOutOfRegion(office, record.place)
        );
        uint64 time = clock.timestamp();
        _requireLevel(office, region, time);
        PartyId producer = TraceKeys.isLot(object) ? state.lotOf(object).producer : state.stateOf(object).producer;
        require(
            producer == record.farmer && Gtin.unwrap(TraceKeys.gtinOf(object)) == Gtin.unwrap(record.species),
            QuarantineDeskNotOfFile(object, file)
        );
        Digests.requirePresent(finding);

        (, uint256 duration) = policies.tryValueOf(region, time, TraceParameters.QUARANTINE_SECONDS);
        quarantine = QuarantineId.wrap(++_count);
        _latest[object] = quarantine;
        _quarantines[quarantine] = Quarantine({
            office: office,
            file: file,
            object: object,
            issuedAt: time,
            validUntil: duration == 0 ? 0 : uint64(time + duration),
            revokedAt: 0,
            finding: finding
        });
        emit QuarantineIssued(quarantine, office, object, file, _quarantines[quarantine].validUntil, finding);
    }

    /// @inheritdoc IQuarantineDesk
    function revoke(QuarantineId quarantine, Digest calldata reason) external {
        Quarantine storage record = _known(quarantine);
        _requireActsFor(record.office);
        require(record.revokedAt == 0, QuarantineDeskRevoked(quarantine));
        Digests.requirePresent(reason);
        record.revokedAt = clock.timestamp();
        emit QuarantineRevoked(quarantine, reason);
    }

    /// @inheritdoc IQuarantineDesk
    function fileOf(FarmFileId file) external view returns (FarmFile memory) {
        return _knownFile(file);
    }

    /// @inheritdoc IQuarantineDesk
    function entryOf(FarmFileId file, uint32 index) external view returns (Digest memory) {
        return _entries[file][index];
    }

    /// @inheritdoc IQuarantineDesk
    function quarantineOf(QuarantineId quarantine) external view returns (Quarantine memory) {
        return _known(quarantine);
    }

    /// @inheritdoc IQuarantineDesk
    function certificateFor(ObjectId object, uint64 at) public view returns (QuarantineId quarantine) {
        quarantine = _latest[object];
        if (_holds(quarantine, at)) return quarantine;
        if (TraceKeys.isLot(object)) return QuarantineId.wrap(0);
        quarantine = _latest[state.stateOf(object).lot];
        return _holds(quarantine, at) ? quarantine : QuarantineId.wrap(0);
    }

    // -- the plug in the repository ------------------------------------------------------------------

    /// @inheritdoc CaptureGuard
    function _before(PartyId by, EventId, EpcisEvent calldata captured) internal view override {
        bool moves =
            captured.kind == EventKind.TRANSFORMATION ||
                (captured.kind == EventKind.OBJECT &&
                    (captured.step == BizStep.SHIPPING ||
                        captured.step == BizStep.RETAIL_SELLING ||
                        captured.step == BizStep.KILLING));
        if (!moves) return;
        uint64 time = captured.eventTime / 1000;
        (bool found, ) = policies.tryValueOf(parties.regionOf(by), time, TraceParameters.QUARANTINE_LEVEL);
        if (!found) return;
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _requireCertified(captured.objects[i], time);
        }
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _requireCertified(captured.quantities[i].object, time);
        }
    }

    function _requireCertified(ObjectId object, uint64 time) private view {
        if (!catalogue.isOfClass(TraceKeys.gtinOf(object), ProductClass.LIVE_ANIMAL)) return;
        require(QuarantineId.unwrap(certificateFor(object, time)) != 0, QuarantineDeskMissing(object));
    }

    /// @dev The country's office has level 0; every level below it one more.
    function _requireLevel(PartyId office, RegionId region, uint64 time) private view {
        (bool found, uint256 deepest) = policies.tryValueOf(region, time, TraceParameters.QUARANTINE_LEVEL);
        if (!found) return;
        uint256 level = Regions.levelOf(region);
        require(level <= deepest, QuarantineDeskWrongLevel(office, level, deepest));
    }

    function _holds(QuarantineId quarantine, uint64 at) private view returns (bool) {
        Quarantine storage record = _quarantines[quarantine];
        if (record.issuedAt == 0 || record.issuedAt > at || record.revokedAt != 0) return false;
        return record.validUntil == 0 || at < record.validUntil;
    }

    function _requireActsFor(PartyId party) private view {
        require(parties.actsFor(msg.sender, party), QuarantineDeskNotAllowed(party, msg.sender));
    }

    function _knownFile(FarmFileId file) private view returns (FarmFile storage record) {
        record = _files[file];
        require(record.openedAt != 0, QuarantineDeskUnknownFile(file));
    }

    function _known(QuarantineId quarantine) private view returns (Quarantine storage record) {
        record = _quarantines[quarantine];
        require(record.issuedAt != 0, QuarantineDeskUnknown(quarantine));
    }
}
