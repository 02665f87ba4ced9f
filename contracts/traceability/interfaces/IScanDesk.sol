// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {CodeVerdict, ScanId} from "../libraries/ScanTypes.sol";
import {ObjectId} from "../libraries/TraceTypes.sol";

/// @title Scan desk
/// @notice Scans of codes against counterfeits: how often and when first, what the code is worth now, and for the finder of a suspect label one
/// certificate (C-18).
/// @dev A scan is a transaction; a reader that only wants the verdict calls {verdictOf}. Who scanned is a salted digest, not a name.
interface IScanDesk {
    /// @notice What scans a code has.
    /// @param count how many
    /// @param firstAt when the first was, in seconds; 0 = none
    /// @param lastAt when the latest was, in seconds
    /// @param first the first
    struct ScanCount {
        uint64 count;
        uint64 firstAt;
        uint64 lastAt;
        ScanId first;
    }

    /// @notice A scan.
    /// @param object the code
    /// @param account the account that sent it
    /// @param at when, in seconds
    /// @param verdict what the code was told to be
    /// @param region where
    /// @param certificate digest of the report that a finder's certificate was issued for; zero = none
    struct Scan {
        ObjectId object;
        address account;
        uint64 at;
        CodeVerdict verdict;
        RegionId region;
        bytes32 certificate;
    }

    /// @notice A code was scanned.
    /// @param scan its number
    /// @param object the code
    /// @param account the account that sent it
    /// @param verdict what the code was told to be
    /// @param count how many scans the code has now
    /// @param region where
    /// @param scanner salted digest of who scanned
    event CodeScanned(
        ScanId indexed scan,
        ObjectId indexed object,
        address indexed account,
        CodeVerdict verdict,
        uint64 count,
        RegionId region,
        Digest scanner
    );

    /// @notice A finder's certificate was issued.
    /// @param scan the scan that it is tied to
    /// @param object the code
    /// @param account the finder's account
    /// @param verdict what the code was told to be
    /// @param evidence digest of photographs and report
    event FinderCertified(
        ScanId indexed scan,
        ObjectId indexed object,
        address indexed account,
        CodeVerdict verdict,
        Digest evidence
    );

    /// @notice The region's code is malformed.
    /// @param region the code given
    /// @custom:cure Write the ISO 3166 code in capitals, as in `CN-SH`.
    error ScanDeskInvalidRegion(RegionId region);

    /// @notice No scan has this number.
    /// @param scan the number
    /// @custom:cure Use a number from `CodeScanned`.
    error ScanDeskUnknown(ScanId scan);

    /// @notice The scan was somebody else's.
    /// @param scan the scan
    /// @param account the account
    /// @custom:cure Report from the account that scanned.
    error ScanDeskNotOwner(ScanId scan, address account);

    /// @notice The label is genuine: there is nothing to certify.
    /// @param scan the scan
    /// @custom:cure Nothing is to be done.
    error ScanDeskGenuine(ScanId scan);

    /// @notice The scan has its certificate.
    /// @param scan the scan
    /// @custom:cure One certificate for each scan.
    error ScanDeskCertified(ScanId scan);

    /// @notice Somebody reported this code before: the certificate is the first finder's.
    /// @param object the code
    /// @param scan the scan that was certified
    /// @custom:cure Nothing is to be done.
    error ScanDeskReportedBefore(ObjectId object, ScanId scan);

    /// @notice Scans a code.
    /// @param object the code
    /// @param region where
    /// @param scanner salted digest of who scans
    /// @return id its number
    /// @return verdict what the code is worth now
    /// @custom:caller anyone
    /// @custom:error TraceKeysInvalid when the word is no code.
    /// @custom:error ScanDeskInvalidRegion when the region is malformed.
    /// @custom:error DigestsMissing when the digest is missing.
    function scan(
        ObjectId object,
        RegionId region,
        Digest calldata scanner
    ) external returns (ScanId id, CodeVerdict verdict);

    /// @notice Reports a suspect label that was scanned, and issues the finder's certificate. One for each code, to the first who reports.
    /// @param id the scan
    /// @param evidence digest of photographs and report
    /// @custom:caller the account that scanned
    /// @custom:error ScanDeskUnknown when there is no such scan.
    /// @custom:error ScanDeskNotOwner when the scan was somebody else's.
    /// @custom:error ScanDeskGenuine when the label was genuine.
    /// @custom:error ScanDeskCertified when the scan has its certificate.
    /// @custom:error ScanDeskReportedBefore when the code was reported before.
    /// @custom:error DigestsMissing when the evidence is missing.
    function report(ScanId id, Digest calldata evidence) external;

    /// @notice What a code is worth now.
    /// @param object the code
    /// @param region where it is looked at; zero = anywhere
    /// @return the verdict
    function verdictOf(ObjectId object, RegionId region) external view returns (CodeVerdict);

    /// @notice What scans a code has.
    /// @param object the code
    /// @return the count
    function scansOf(ObjectId object) external view returns (ScanCount memory);

    /// @notice A scan.
    /// @param id the scan
    /// @return the record
    /// @custom:error ScanDeskUnknown when there is no such scan.
    function scanOf(ScanId id) external view returns (Scan memory);

    /// @notice The scan whose report of a code was certified.
    /// @param object the code
    /// @return the scan; 0 = none
    function certifiedScanOf(ObjectId object) external view returns (ScanId);

    /// @notice How many scans there are; the highest number.
    /// @return the count
    function scanCount() external view returns (uint256);
}
