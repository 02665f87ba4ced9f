// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {Regions} from "../common/libraries/Regions.sol";
import {ISupervisionRecords} from "./interfaces/ISupervisionRecords.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {SupervisionRecordId} from "./libraries/RecordTypes.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyRole} from "./libraries/TradeTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title SupervisionRecords
/// @notice What offices of each level recorded about a product; see {ISupervisionRecords}.
contract SupervisionRecords is ISupervisionRecords, PartyUser {
    // Country, province, city, county, township.
    uint8 private constant _MAX_LEVELS = 5;

    /// @inheritdoc ISupervisionRecords
    uint256 public count;
    /// @inheritdoc ISupervisionRecords
    mapping(ObjectId subject => RegionId) public regionOf;

    mapping(SupervisionRecordId record => SupervisionRecord) private _records;
    mapping(ObjectId subject => mapping(uint8 level => SupervisionRecordId[])) private _recordsAt;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) PartyUser(authority_, clock_, parties_) {}

    /// @inheritdoc ISupervisionRecords
    function place(PartyId office, ObjectId subject, RegionId region) external {
        _requireAgent(office);
        uint8 levels = Regions.isValid(region) ? _levelsOf(region) : 0;
        require(levels != 0 && levels <= _MAX_LEVELS, SupervisionRecordsInvalidRegion(region, _MAX_LEVELS));
        _requireOver(office, region);
        RegionId from = regionOf[subject];
        // A township cannot take what lies in its neighbour: who stands over both moves it.
        if (RegionId.unwrap(from) != 0) _requireOver(office, from);

        regionOf[subject] = region;
        emit SubjectPlaced(subject, from, region, office);
    }

    /// @inheritdoc ISupervisionRecords
    function add(
        PartyId office,
        ObjectId subject,
        SupervisionKind kind,
        Digest calldata content
    ) external returns (SupervisionRecordId record) {
        _requireAgent(office);
        uint8 level = _requireOver(office, regionOf[subject]);
        require(kind != SupervisionKind.NONE, SupervisionRecordsKindMissing());
        Digests.requirePresent(content);

        record = SupervisionRecordId.wrap(++count);
        _records[record] = SupervisionRecord(subject, office, level, kind, clock.timestamp(), content);
        _recordsAt[subject][level].push(record);
        emit SupervisionRecorded(subject, record, office, level, kind);
    }

    /// @inheritdoc ISupervisionRecords
    function read(
        PartyId office,
        ObjectId subject,
        uint8 level,
        uint256 cursor,
        uint256 limit
    ) external view returns (SupervisionRecord[] memory records, uint256 next) {
        _requireAgent(office);
        uint8 own = _requireOver(office, regionOf[subject]);
        require(level >= own && level <= _MAX_LEVELS, SupervisionRecordsAboveLevel(office, level, own));
        SupervisionRecordId[] storage all = _recordsAt[subject][level];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        records = new SupervisionRecord[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            records[i - cursor] = _records[all[i]];
        }
    }

    /// @inheritdoc ISupervisionRecords
    function levelOf(PartyId office) external view returns (uint8) {
        return _levelsOf(_officeRegion(office));
    }

    /// @inheritdoc ISupervisionRecords
    function countAt(ObjectId subject, uint8 level) external view returns (uint256) {
        return _recordsAt[subject][level].length;
    }

    /// @dev Guards what an office does about a region; returns the office's level.
    function _requireOver(PartyId office, RegionId region) private view returns (uint8) {
        RegionId own = _officeRegion(office);
        RegionId above = region;
        while (RegionId.unwrap(above) != RegionId.unwrap(own)) {
            require(RegionId.unwrap(above) != 0, SupervisionRecordsOutsideRegion(office, region));
            above = Regions.parentOf(above);
        }
        return _levelsOf(own);
    }

    function _officeRegion(PartyId office) private view returns (RegionId) {
        require(parties.hasRole(office, PartyRole.OFFICE), SupervisionRecordsNotOffice(office));
        return parties.regionOf(office);
    }

    function _levelsOf(RegionId region) private pure returns (uint8 levels) {
        for (; RegionId.unwrap(region) != 0; region = Regions.parentOf(region)) {
            ++levels;
        }
    }
}
