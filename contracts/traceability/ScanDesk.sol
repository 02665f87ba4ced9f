// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Regions} from "../common/libraries/Regions.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {IScanDesk} from "./interfaces/IScanDesk.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {CodeVerdict, ScanId} from "./libraries/ScanTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {ObjectId, ObjectStatus, PartyId} from "./libraries/TraceTypes.sol";

/// @title ScanDesk
/// @notice Scans, verdicts and finders' certificates; see {IScanDesk}.
contract ScanDesk is IScanDesk, Governed {
    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The product catalogue.
    IProductCatalogue public immutable catalogue;
    /// @notice The derived state.
    ITraceState public immutable state;

    /// @inheritdoc IScanDesk
    uint256 public scanCount;
    /// @inheritdoc IScanDesk
    mapping(ObjectId object => ScanId) public certifiedScanOf;

    mapping(ScanId id => Scan) private _scans;
    mapping(ObjectId object => ScanCount) private _counts;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param catalogue_ the product catalogue
    /// @param state_ the derived state
    constructor(
        address authority_,
        IClock clock_,
        IProductCatalogue catalogue_,
        ITraceState state_
    ) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(catalogue_));
        _requireContract(address(state_));
        clock = clock_;
        catalogue = catalogue_;
        state = state_;
    }

    /// @inheritdoc IScanDesk
    function scan(
        ObjectId object,
        RegionId region,
        Digest calldata scanner
    ) external returns (ScanId id, CodeVerdict verdict) {
        TraceKeys.requireValid(object);
        require(Regions.isValid(region), ScanDeskInvalidRegion(region));
        Digests.requirePresent(scanner);

        uint64 time = clock.timestamp();
        verdict = verdictOf(object, region);
        id = ScanId.wrap(uint48(++scanCount));
        _scans[id] = Scan({
            object: object,
            account: msg.sender,
            at: time,
            verdict: verdict,
            region: region,
            certificate: 0
        });
        ScanCount storage counts = _counts[object];
        uint64 count = ++counts.count;
        counts.lastAt = time;
        if (count == 1) {
            counts.firstAt = time;
            counts.first = id;
        }
        emit CodeScanned(id, object, msg.sender, verdict, count, region, scanner);
    }

    /// @inheritdoc IScanDesk
    function report(ScanId id, Digest calldata evidence) external {
        Scan storage record = _known(id);
        require(record.account == msg.sender, ScanDeskNotOwner(id, msg.sender));
        require(record.verdict != CodeVerdict.GENUINE, ScanDeskGenuine(id));
        require(record.certificate == 0, ScanDeskCertified(id));
        ScanId before = certifiedScanOf[record.object];
        require(ScanId.unwrap(before) == 0, ScanDeskReportedBefore(record.object, before));
        Digests.requirePresent(evidence);
        record.certificate = evidence.value;
        certifiedScanOf[record.object] = id;
        emit FinderCertified(id, record.object, msg.sender, record.verdict, evidence);
    }

    /// @inheritdoc IScanDesk
    function verdictOf(ObjectId object, RegionId region) public view returns (CodeVerdict) {
        ObjectStatus status = state.statusOf(object);
        if (status == ObjectStatus.NONE) return CodeVerdict.UNKNOWN;
        if (state.isRecalled(object)) return CodeVerdict.RECALLED;
        if (status == ObjectStatus.SOLD) return CodeVerdict.SOLD;
        if (status != ObjectStatus.ACTIVE) return CodeVerdict.ENDED;
        uint64 expiresAt = TraceKeys.isLot(object) ? state.lotOf(object).expiresAt : state.stateOf(object).expiresAt;
        if (expiresAt != 0 && clock.timestamp() >= expiresAt) return CodeVerdict.EXPIRED;
        if (RegionId.unwrap(region) != 0 && !_isInTerritory(object, region)) return CodeVerdict.OUT_OF_TERRITORY;
        return CodeVerdict.GENUINE;
    }

    /// @inheritdoc IScanDesk
    function scansOf(ObjectId object) external view returns (ScanCount memory) {
        return _counts[object];
    }

    /// @inheritdoc IScanDesk
    function scanOf(ScanId id) external view returns (Scan memory) {
        return _known(id);
    }

    /// @dev Of an item the territory of who has it; of a lot, which many have, the product's.
    function _isInTerritory(ObjectId object, RegionId region) private view returns (bool) {
        PartyId dealer = TraceKeys.isLot(object) ? PartyId.wrap(0) : state.possessorOf(object);
        return catalogue.inTerritory(catalogue.gtinOf(object), dealer, region);
    }

    function _known(ScanId id) private view returns (Scan storage record) {
        record = _scans[id];
        require(record.at != 0, ScanDeskUnknown(id));
    }
}
