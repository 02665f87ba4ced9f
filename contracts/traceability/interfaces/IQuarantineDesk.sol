// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {Gtin, ObjectId, PartyId, PlaceId} from "../libraries/TraceTypes.sol";

/// @dev A farming file, counted from 1; 0 means "none".
type FarmFileId is uint32;
/// @dev A quarantine certificate, counted from 1; 0 means "none".
type QuarantineId is uint32;

/// @title Quarantine certificates
/// @notice Animals are certified free of disease by an office of the right level, against the farming file of the place where they were kept; without
/// a certificate that holds they are neither shipped, sold nor slaughtered, where policy says so.
/// @dev The level of an office is that of its region (0 the country, 1 a province, 2 a city or county). It certifies in its own region only, and policy
/// names the level that it must at least have.
interface IQuarantineDesk {
    /// @notice A farming file.
    /// @param farmer who keeps it
    /// @param place where the animals are kept
    /// @param species the product
    /// @param openedAt when it was opened, in seconds
    /// @param entries how many entries it has
    /// @param file digest of the file as opened
    struct FarmFile {
        PartyId farmer;
        PlaceId place;
        Gtin species;
        uint64 openedAt;
        uint32 entries;
        Digest file;
    }

    /// @notice A certificate.
    /// @param office who issued it
    /// @param file the farming file
    /// @param object the animal or lot
    /// @param issuedAt when, in seconds
    /// @param validUntil the first moment at which it no longer holds, in seconds; 0 = no end
    /// @param revokedAt when it was revoked, in seconds; 0 = it holds
    /// @param finding digest of the finding
    struct Quarantine {
        PartyId office;
        FarmFileId file;
        ObjectId object;
        uint64 issuedAt;
        uint64 validUntil;
        uint64 revokedAt;
        Digest finding;
    }

    /// @notice A farming file was opened.
    /// @param file its number
    /// @param farmer who keeps it
    /// @param place where the animals are kept
    /// @param species the product
    /// @param digest digest of the file
    event FarmFileOpened(
        FarmFileId indexed file,
        PartyId indexed farmer,
        PlaceId indexed place,
        Gtin species,
        Digest digest
    );

    /// @notice An entry was added: feed, medication, vaccination, disinfection.
    /// @param file the file
    /// @param index its place, from 1
    /// @param entry digest of the entry
    event FarmFileEntry(FarmFileId indexed file, uint32 indexed index, Digest entry);

    /// @notice A certificate was issued.
    /// @param quarantine its number
    /// @param office who issued it
    /// @param object the animal or lot
    /// @param file the farming file
    /// @param validUntil the first moment at which it no longer holds, in seconds
    /// @param finding digest of the finding
    event QuarantineIssued(
        QuarantineId indexed quarantine,
        PartyId indexed office,
        ObjectId indexed object,
        FarmFileId file,
        uint64 validUntil,
        Digest finding
    );

    /// @notice A certificate was revoked.
    /// @param quarantine the certificate
    /// @param reason digest of the reason
    event QuarantineRevoked(QuarantineId indexed quarantine, Digest reason);

    /// @notice No farming file has this number.
    /// @param file the number
    /// @custom:cure Use a number from `FarmFileOpened`.
    error QuarantineDeskUnknownFile(FarmFileId file);

    /// @notice No certificate has this number.
    /// @param quarantine the number
    /// @custom:cure Use a number from `QuarantineIssued`.
    error QuarantineDeskUnknown(QuarantineId quarantine);

    /// @notice The account does not act for the party.
    /// @param party the party
    /// @param account the account
    /// @custom:cure Call from one of its agents.
    error QuarantineDeskNotAllowed(PartyId party, address account);

    /// @notice The place is run by somebody else.
    /// @param place the place
    /// @param farmer who would open the file
    /// @custom:cure The party that runs the place opens the file.
    error QuarantineDeskNotOwnPlace(PlaceId place, PartyId farmer);

    /// @notice The office serves another region than the one where the animals are kept.
    /// @param office the office
    /// @param place where the animals are kept
    /// @custom:cure Ask the office of that region.
    error QuarantineDeskOutOfRegion(PartyId office, PlaceId place);

    /// @notice The office has not the level that policy asks for.
    /// @param office the office
    /// @param level its level
    /// @param deepest the deepest level that may certify
    /// @custom:cure Ask an office above it.
    error QuarantineDeskWrongLevel(PartyId office, uint256 level, uint256 deepest);

    /// @notice The animal is not of the file: another product, or produced by somebody else.
    /// @param object the animal or lot
    /// @param file the file
    /// @custom:cure Certify what the keeper of the file commissioned.
    error QuarantineDeskNotOfFile(ObjectId object, FarmFileId file);

    /// @notice The certificate was revoked.
    /// @param quarantine the certificate
    /// @custom:cure Nothing is to be done.
    error QuarantineDeskRevoked(QuarantineId quarantine);

    /// @notice The animal has no certificate that holds.
    /// @param object the animal or lot
    /// @custom:cure An office of the right level certifies it first.
    error QuarantineDeskMissing(ObjectId object);

    /// @notice Opens a farming file.
    /// @param farmer who keeps it
    /// @param place where the animals are kept
    /// @param species the product
    /// @param digest digest of the file
    /// @return file its number
    /// @custom:caller an agent of the farmer, or PLATFORM with the farmer's mandate
    /// @custom:error QuarantineDeskNotAllowed when the caller does not act for the farmer.
    /// @custom:error QuarantineDeskNotOwnPlace when the place is run by somebody else.
    /// @custom:error ProductCatalogueUnknown when the product is not filed.
    /// @custom:error DigestsMissing when the digest is missing.
    function openFile(
        PartyId farmer,
        PlaceId place,
        Gtin species,
        Digest calldata digest
    ) external returns (FarmFileId file);

    /// @notice Adds an entry. Entries are never changed.
    /// @param file the file
    /// @param entry digest of the entry
    /// @return index its place, from 1
    /// @custom:caller an agent of the farmer, or PLATFORM with the farmer's mandate
    /// @custom:error QuarantineDeskUnknownFile when there is no such file.
    /// @custom:error QuarantineDeskNotAllowed when the caller does not act for the farmer.
    /// @custom:error DigestsMissing when the entry is missing.
    function addEntry(FarmFileId file, Digest calldata entry) external returns (uint32 index);

    /// @notice Issues a certificate.
    /// @param office the office
    /// @param file the farming file
    /// @param object the animal or lot
    /// @param finding digest of the finding
    /// @return quarantine its number
    /// @custom:caller an agent of the office
    /// @custom:error QuarantineDeskNotAllowed when the caller does not act for the office.
    /// @custom:error TradePartiesRoleMissing when the party is no office.
    /// @custom:error QuarantineDeskUnknownFile when there is no such file.
    /// @custom:error QuarantineDeskOutOfRegion when the place lies in another region.
    /// @custom:error QuarantineDeskWrongLevel when the office's level is too deep.
    /// @custom:error QuarantineDeskNotOfFile when the animal is of another product or producer.
    /// @custom:error DigestsMissing when the finding is missing.
    function issue(
        PartyId office,
        FarmFileId file,
        ObjectId object,
        Digest calldata finding
    ) external returns (QuarantineId quarantine);

    /// @notice Revokes a certificate.
    /// @param quarantine the certificate
    /// @param reason digest of the reason
    /// @custom:caller an agent of the office that issued it
    /// @custom:error QuarantineDeskUnknown when there is no such certificate.
    /// @custom:error QuarantineDeskNotAllowed when the caller does not act for the office.
    /// @custom:error QuarantineDeskRevoked when it was revoked.
    /// @custom:error DigestsMissing when the reason is missing.
    function revoke(QuarantineId quarantine, Digest calldata reason) external;

    /// @notice A farming file.
    /// @param file the file
    /// @return the record
    /// @custom:error QuarantineDeskUnknownFile when there is no such file.
    function fileOf(FarmFileId file) external view returns (FarmFile memory);

    /// @notice An entry of a file.
    /// @param file the file
    /// @param index its place, from 1
    /// @return the digest; empty where there is none
    function entryOf(FarmFileId file, uint32 index) external view returns (Digest memory);

    /// @notice A certificate.
    /// @param quarantine the certificate
    /// @return the record
    /// @custom:error QuarantineDeskUnknown when there is no such certificate.
    function quarantineOf(QuarantineId quarantine) external view returns (Quarantine memory);

    /// @notice The certificate of an animal or lot that holds at a moment; of an animal also its lot's.
    /// @param object the animal or lot
    /// @param at the moment, in seconds
    /// @return the latest certificate that holds; 0 = none
    function certificateFor(ObjectId object, uint64 at) external view returns (QuarantineId);
}
