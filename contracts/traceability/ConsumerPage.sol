// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {CustodyTrail, Trail} from "./CustodyTrail.sol";
import {ApplicationId, IBatchCertificates} from "./interfaces/IBatchCertificates.sol";
import {IColdVerdict} from "./interfaces/IColdVerdict.sol";
import {IConsumerPage} from "./interfaces/IConsumerPage.sol";
import {IEpcisRepository} from "./interfaces/IEpcisRepository.sol";
import {CertificateId, IProduceCertificates} from "./interfaces/IProduceCertificates.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {IQuarantineDesk, QuarantineId} from "./interfaces/IQuarantineDesk.sol";
import {IRecallMarks} from "./interfaces/IRecallMarks.sol";
import {IScanDesk} from "./interfaces/IScanDesk.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {EventRecord, LotState, ObjectState} from "./libraries/StateTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {EventId, ObjectId, PlaceId} from "./libraries/TraceTypes.sol";

/// @title ConsumerPage
/// @notice One call for the telephone; see {IConsumerPage}.
contract ConsumerPage is IConsumerPage, CustodyTrail {
    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_STEPS = 50;

    /// @dev The parts of a deployment that the page reads. The last four may be missing (zero): their part of the page stays empty.
    /// @param clock the clock
    /// @param parties the register of parties
    /// @param catalogue the product catalogue
    /// @param state the derived state
    /// @param repository the repository
    /// @param scans the scan desk
    /// @param recalls the marks of recalls
    /// @param produce the certificates of produce
    /// @param batches the batch certificates
    /// @param quarantines the quarantine certificates
    /// @param coldChain the cold chain
    struct Parts {
        IClock clock;
        ITradeParties parties;
        IProductCatalogue catalogue;
        ITraceState state;
        IEpcisRepository repository;
        IScanDesk scans;
        IRecallMarks recalls;
        IProduceCertificates produce;
        IBatchCertificates batches;
        IQuarantineDesk quarantines;
        IColdVerdict coldChain;
    }

    Parts private _parts;

    /// @param authority_ the deployment's {Authority}
    /// @param parts_ the parts that the page reads
    constructor(address authority_, Parts memory parts_) Governed(authority_) CustodyTrail(parts_.state) {
        _requireContract(address(parts_.clock));
        _requireContract(address(parts_.parties));
        _requireContract(address(parts_.catalogue));
        _requireContract(address(parts_.state));
        _requireContract(address(parts_.repository));
        _requireContract(address(parts_.scans));
        _requireContract(address(parts_.recalls));
        _parts = parts_;
    }

    /// @notice The parts that the page reads.
    /// @return the parts
    function parts() external view returns (Parts memory) {
        return _parts;
    }

    /// @inheritdoc IConsumerPage
    function pageOf(
        ObjectId object,
        RegionId region,
        EventId cursor,
        uint256 limit
    ) external view returns (Page memory page) {
        require(limit != 0 && limit <= _MAX_STEPS, ConsumerPageLimitOutOfRange(limit, _MAX_STEPS));
        page.object = object;
        page.verdict = _parts.scans.verdictOf(object, region);
        page.status = _parts.state.statusOf(object);
        page.recalled = _parts.state.isRecalled(object);
        page.recalls = _parts.recalls.recallsOf(object);
        IScanDesk.ScanCount memory scans = _parts.scans.scansOf(object);
        page.scans = scans.count;
        page.firstScanAt = scans.firstAt;
        EventId birth = _tellBirth(page, object);
        _tellProduct(page, object);
        _tellCertificates(page, object);
        _tellSteps(page, birth, cursor, limit);
    }

    function _tellBirth(Page memory page, ObjectId object) private view returns (EventId) {
        if (TraceKeys.isLot(object)) {
            LotState memory lot = _parts.state.lotOf(object);
            page.producer = lot.producer;
            page.producedAt = lot.producedAt;
            page.expiresAt = lot.expiresAt;
            page.certificate = lot.certificate;
            return lot.commissionedBy;
        }
        ObjectState memory item = _parts.state.stateOf(object);
        page.lot = item.lot;
        page.producer = item.producer;
        page.producedAt = item.producedAt;
        page.expiresAt = item.expiresAt;
        page.certificate = item.certificate;
        return item.commissionedBy;
    }

    function _tellProduct(Page memory page, ObjectId object) private view {
        page.gtin = _parts.catalogue.gtinOf(object);
        if (!_parts.catalogue.isFiled(page.gtin)) return;
        IProductCatalogue.Product memory product = _parts.catalogue.productOf(page.gtin);
        page.brandOwner = product.owner;
        page.brandOwnerGln = _parts.parties.recordOf(product.owner).gln;
        page.name = product.name;
    }

    function _tellCertificates(Page memory page, ObjectId object) private view {
        if (address(_parts.produce) != address(0)) {
            page.produceCertificate = CertificateId.unwrap(_parts.produce.certificateFor(object));
        }
        if (address(_parts.batches) != address(0)) {
            ObjectId lot = TraceKeys.isLot(object) ? object : page.lot;
            page.batchCertificate = ApplicationId.unwrap(_parts.batches.certificateFor(lot));
        }
        if (address(_parts.quarantines) != address(0)) {
            page.quarantine = QuarantineId.unwrap(_parts.quarantines.certificateFor(object, _parts.clock.timestamp()));
        }
        if (address(_parts.coldChain) != address(0)) page.coldChain = _parts.coldChain.verdictOf(object);
    }

    function _tellSteps(Page memory page, EventId birth, EventId cursor, uint256 limit) private view {
        Trail memory trail = _trailOf(page.object, page.lot, birth, cursor);
        page.complete = trail.complete;
        CustodyStep[] memory steps = new CustodyStep[](limit);
        uint256 count = 0;
        for (uint256 i = 0; i < trail.count; ++i) {
            EventRecord memory record = _parts.repository.eventOf(trail.events[i]);
            if (record.declaredAt != 0) continue;
            if (count == limit) {
                page.next = steps[limit - 1].id;
                break;
            }
            _tellStep(steps[count], trail.events[i], trail.through[i], record);
            ++count;
        }
        page.steps = new CustodyStep[](count);
        for (uint256 i = 0; i < count; ++i) {
            page.steps[i] = steps[i];
        }
    }

    function _tellStep(CustodyStep memory step, EventId id, ObjectId through, EventRecord memory record) private view {
        Fact memory fact = _facts[id];
        step.id = id;
        step.through = through;
        step.by = record.by;
        ITradeParties.Party memory party = _parts.parties.recordOf(record.by);
        step.gln = party.gln;
        step.recordedAt = record.recordedAt;
        step.eventTime = fact.eventTime;
        step.kind = fact.kind;
        step.action = fact.action;
        step.step = fact.step;
        step.disposition = fact.disposition;
        step.place = fact.place;
        step.to = fact.to;
        step.region = PlaceId.unwrap(fact.place) == 0 ? party.region : _parts.parties.placeOf(fact.place).region;
    }
}
