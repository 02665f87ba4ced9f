// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {SupervisionRecordId} from "../libraries/RecordTypes.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Supervision records of farm products, by level of administration
/// @notice Inspections, samplings and orders of the offices of ministry, province, city, county and township about one product or producer, under one
/// code. Each office writes at its own level, about what lies in its own region, and reads its own level and those below.
/// @dev An office is a party with the role OFFICE; its level and its region are those of its filing. Records are digests of documents outside the
/// chain. The guard on a view binds callers that sign; it keeps nothing secret from who runs a node.
/// @custom:source 农产品质量安全法 5, 50 to 53: supervision by each level in its own region
interface ISupervisionRecords {
    /// @notice What a record is.
    enum SupervisionKind {
        NONE,
        INSPECTION,
        SAMPLING, // a sample taken, and its test
        GUIDANCE,
        ORDER, // to mend, to stop, to take back
        PENALTY
    }

    /// @notice A record.
    /// @param subject what it is about
    /// @param office the office that wrote it
    /// @param level the office's level: 1 ministry, 2 province, 3 city, 4 county, 5 township
    /// @param kind what it is
    /// @param recordedAt when it was written, in seconds
    /// @param content digest of the document
    struct SupervisionRecord {
        ObjectId subject;
        PartyId office;
        uint8 level;
        SupervisionKind kind;
        uint64 recordedAt;
        Digest content;
    }

    /// @notice A subject was placed in a region.
    /// @param subject the subject
    /// @param from the region before; zero = none
    /// @param to the region from now on
    /// @param office the office that placed it
    event SubjectPlaced(ObjectId indexed subject, RegionId from, RegionId indexed to, PartyId indexed office);

    /// @notice A record was written.
    /// @param subject what it is about
    /// @param record its number
    /// @param office the office that wrote it
    /// @param level the office's level
    /// @param kind what it is
    event SupervisionRecorded(
        ObjectId indexed subject,
        SupervisionRecordId indexed record,
        PartyId indexed office,
        uint8 level,
        SupervisionKind kind
    );

    /// @notice The party is no office.
    /// @param party the party
    /// @custom:cure The platform files the office with its region and the role OFFICE.
    error SupervisionRecordsNotOffice(PartyId party);

    /// @notice The region is malformed, or has more levels than administration has.
    /// @param region the region given
    /// @param max the most levels
    /// @custom:cure Write country, province, city, county and township, as in `CN-SX-140900-140902-140902100`.
    error SupervisionRecordsInvalidRegion(RegionId region, uint8 max);

    /// @notice The office's region does not reach over the one in question.
    /// @param office the office
    /// @param region the region in question; zero where the subject has none
    /// @custom:cure Let an office do it whose region holds the other one.
    error SupervisionRecordsOutsideRegion(PartyId office, RegionId region);

    /// @notice What kind of record it is was not said.
    /// @custom:cure Say it.
    error SupervisionRecordsKindMissing();

    /// @notice The level lies above the office's own, or does not exist.
    /// @param office the office
    /// @param level the level asked for
    /// @param own the office's own level
    /// @custom:cure Read one's own level and those below: `own` to 5.
    error SupervisionRecordsAboveLevel(PartyId office, uint8 level, uint8 own);

    /// @notice Places a subject in a region, first or anew.
    /// @param office the office that places it
    /// @param subject the product's or producer's code
    /// @param region its region, under that of the office
    /// @custom:caller an agent of the office
    /// @custom:error PartyUserNotAgent when the caller does not act for the office.
    /// @custom:error SupervisionRecordsNotOffice when the party is no office.
    /// @custom:error SupervisionRecordsInvalidRegion when the region is malformed or too deep.
    /// @custom:error SupervisionRecordsOutsideRegion when the office's region does not hold the new one, or the one before.
    function place(PartyId office, ObjectId subject, RegionId region) external;

    /// @notice Writes a record at the office's own level.
    /// @param office the office
    /// @param subject what it is about
    /// @param kind what it is
    /// @param content digest of the document
    /// @return record its number
    /// @custom:caller an agent of the office
    /// @custom:error PartyUserNotAgent when the caller does not act for the office.
    /// @custom:error SupervisionRecordsNotOffice when the party is no office.
    /// @custom:error SupervisionRecordsKindMissing when the kind is NONE.
    /// @custom:error SupervisionRecordsOutsideRegion when the subject does not lie in the office's region.
    /// @custom:error DigestsMissing when the content is missing.
    function add(
        PartyId office,
        ObjectId subject,
        SupervisionKind kind,
        Digest calldata content
    ) external returns (SupervisionRecordId record);

    /// @notice A page of what the offices of one level wrote about a subject, oldest first.
    /// @param office the office that reads
    /// @param subject the subject
    /// @param level the level, not above the office's own
    /// @param cursor 0, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return records the page
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:caller an agent of the office
    /// @custom:error PartyUserNotAgent when the caller does not act for the office.
    /// @custom:error SupervisionRecordsNotOffice when the party is no office.
    /// @custom:error SupervisionRecordsOutsideRegion when the subject does not lie in the office's region.
    /// @custom:error SupervisionRecordsAboveLevel when the level lies above the office's own or does not exist.
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function read(
        PartyId office,
        ObjectId subject,
        uint8 level,
        uint256 cursor,
        uint256 limit
    ) external view returns (SupervisionRecord[] memory records, uint256 next);

    /// @notice Where a subject is placed.
    /// @param subject the subject
    /// @return its region; zero = nowhere
    function regionOf(ObjectId subject) external view returns (RegionId);

    /// @notice An office's level.
    /// @param office the office
    /// @return 1 ministry, 2 province, 3 city, 4 county, 5 township
    /// @custom:error SupervisionRecordsNotOffice when the party is no office.
    function levelOf(PartyId office) external view returns (uint8);

    /// @notice How many records a level wrote about a subject. For everyone.
    /// @param subject the subject
    /// @param level the level
    /// @return the number
    function countAt(ObjectId subject, uint8 level) external view returns (uint256);

    /// @notice How many records there are: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);
}
