// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CreditRecordId} from "../libraries/PrepaidTypes.sol";

/// @title Credit file
/// @notice Append-only records about a subject (the digest of an operator's or a consumer's DID): admission, inspection and enforcement by the
/// regulator beside the operator's own facts and consumers' complaints; each may be marked checked or invalid, none is overwritten.
/// @dev Records are digests of documents outside the chain. A guard on a view binds callers that sign; nodes must also limit who may ask them.
interface ICreditFile {
    /// @notice Whose file it is.
    enum SubjectKind {
        NONE,
        OPERATOR,
        CONSUMER
    }

    /// @notice What a record is.
    enum RecordKind {
        OPERATOR_FACT,
        ADMISSION,
        INSPECTION,
        ENFORCEMENT,
        COMPLAINT,
        CONSUMER_FACT
    }

    /// @notice What the regulator found a record to be.
    enum Mark {
        NONE,
        CHECKED,
        INVALID
    }

    /// @notice A record of a file.
    /// @param subject whose file it is in
    /// @param kind what it is
    /// @param mark what the regulator found
    /// @param author who wrote it
    /// @param recordedAt when, in seconds
    /// @param about the record of the same file that this one answers; 0 = none
    /// @param content the digest of the document
    /// @param markReason the digest of the regulator's finding; empty while the mark is NONE
    struct CreditRecord {
        bytes32 subject;
        RecordKind kind;
        Mark mark;
        address author;
        uint64 recordedAt;
        CreditRecordId about;
        Digest content;
        Digest markReason;
    }

    /// @notice A file was opened.
    /// @param subject whose file it is
    /// @param kind operator or consumer
    /// @param owner the account that writes the subject's own facts
    event CreditFileOpened(bytes32 indexed subject, SubjectKind kind, address indexed owner);

    /// @notice A subject writes from another account.
    /// @param subject the subject
    /// @param from the account before
    /// @param to the account from now on
    /// @param evidence the digest of the identity check
    event CreditFileOwnerReplaced(bytes32 indexed subject, address indexed from, address indexed to, Digest evidence);

    /// @notice A record was appended.
    /// @param subject whose file it is in
    /// @param record its number
    /// @param kind what it is
    /// @param author who wrote it
    /// @param about the record it answers; 0 = none
    /// @param content the digest of the document
    event CreditRecordAppended(
        bytes32 indexed subject,
        CreditRecordId indexed record,
        RecordKind kind,
        address author,
        CreditRecordId about,
        Digest content
    );

    /// @notice A record was marked.
    /// @param subject whose file it is in
    /// @param record the record
    /// @param from the mark before
    /// @param to the mark from now on
    /// @param reason the digest of the finding
    event CreditRecordMarked(bytes32 indexed subject, CreditRecordId indexed record, Mark from, Mark to, Digest reason);

    /// @notice An account may read a file.
    /// @param subject whose file it is
    /// @param reader the account
    /// @param until the first moment at which it no longer may, in seconds
    event CreditFileGranted(bytes32 indexed subject, address indexed reader, uint64 until);

    /// @notice An account may no longer read a file.
    /// @param subject whose file it is
    /// @param reader the account
    event CreditFileRevoked(bytes32 indexed subject, address indexed reader);

    /// @notice The subject is missing.
    /// @custom:cure Give the digest of the DID.
    error CreditFileSubjectMissing();

    /// @notice Whose file it is was not said.
    /// @param subject the subject
    /// @custom:cure Say OPERATOR or CONSUMER.
    error CreditFileKindMissing(bytes32 subject);

    /// @notice The owner is missing: the zero address.
    /// @param subject the subject
    /// @custom:cure Give the account that writes for the subject.
    error CreditFileOwnerMissing(bytes32 subject);

    /// @notice The subject has a file.
    /// @param subject the subject
    /// @custom:cure Nothing is to be done.
    error CreditFileExists(bytes32 subject);

    /// @notice The account owns another subject's file.
    /// @param owner the account
    /// @param subject the subject it owns
    /// @custom:cure Give every subject an account of its own.
    error CreditFileOwnerTaken(address owner, bytes32 subject);

    /// @notice The subject has no file.
    /// @param subject the subject
    /// @custom:cure The platform opens it with `register`.
    error CreditFileUnknown(bytes32 subject);

    /// @notice No record has this number.
    /// @param record the number given
    /// @custom:cure Use a number that `append` returned.
    error CreditFileUnknownRecord(CreditRecordId record);

    /// @notice The caller may not write records of this kind in this file.
    /// @param subject whose file it is
    /// @param kind the kind of record
    /// @param caller who called
    /// @custom:cure See `append` for who writes what.
    error CreditFileNotAllowed(bytes32 subject, RecordKind kind, address caller);

    /// @notice The record answered stands in another file.
    /// @param subject the file written to
    /// @param about the record named
    /// @custom:cure Answer a record of the same file.
    error CreditFileUnrelated(bytes32 subject, CreditRecordId about);

    /// @notice The record has this mark, or the mark is NONE, which nobody sets.
    /// @param record the record
    /// @param value the mark given
    /// @custom:cure Mark it CHECKED or INVALID, other than it is.
    error CreditFileMarkUnchanged(CreditRecordId record, Mark value);

    /// @notice The caller is not the file's owner.
    /// @param subject whose file it is
    /// @param caller who called
    /// @custom:cure Call from the account that `ownerOf` names.
    error CreditFileNotOwner(bytes32 subject, address caller);

    /// @notice The caller may not read the file.
    /// @param subject whose file it is
    /// @param caller who called
    /// @custom:cure Ask the owner for a grant.
    error CreditFileNotReader(bytes32 subject, address caller);

    /// @notice The reader is missing, or the grant would be over at once.
    /// @param reader the account given
    /// @param until the end given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Name an account and an end after the present time.
    error CreditFileInvalidGrant(address reader, uint64 until, uint64 timestamp);

    /// @notice The account has no grant.
    /// @param subject whose file it is
    /// @param reader the account
    /// @custom:cure Nothing is to be revoked.
    error CreditFileNotGranted(bytes32 subject, address reader);

    /// @notice Opens a file and binds it to the account that may write the subject's own facts.
    /// @param subject the digest of the DID; not zero
    /// @param owner the account; owns no other file
    /// @param kind OPERATOR or CONSUMER
    /// @custom:caller PLATFORM
    /// @custom:error CreditFileSubjectMissing when the subject is zero.
    /// @custom:error CreditFileKindMissing when the kind is NONE.
    /// @custom:error CreditFileOwnerMissing when the owner is the zero address.
    /// @custom:error CreditFileExists when the subject has a file.
    /// @custom:error CreditFileOwnerTaken when the owner owns another file.
    function register(bytes32 subject, address owner, SubjectKind kind) external;

    /// @notice Binds a file to another account, when the owner's key was lost or stolen.
    /// @param subject the subject
    /// @param owner the account from now on; owns no other file
    /// @param evidence the digest of the identity check
    /// @custom:caller PLATFORM
    /// @custom:error CreditFileUnknown when the subject has no file.
    /// @custom:error CreditFileOwnerMissing when the owner is the zero address.
    /// @custom:error CreditFileOwnerTaken when the owner owns a file.
    /// @custom:error DigestsMissing when the evidence is missing.
    function replaceOwner(bytes32 subject, address owner, Digest calldata evidence) external;

    /// @notice Appends a record.
    /// @param subject whose file it goes into
    /// @param kind what it is
    /// @param about the record of the same file that it answers; 0 = none
    /// @param content the digest of the document
    /// @return record its number
    /// @custom:caller OPERATOR_FACT: the operator, in its own file. CONSUMER_FACT: the consumer, in its own file. ADMISSION, INSPECTION,
    /// ENFORCEMENT: REGULATOR, in any file. COMPLAINT: a consumer who has a file, in an operator's file.
    /// @custom:error CreditFileUnknown when the subject has no file.
    /// @custom:error CreditFileNotAllowed when the caller may not write the kind in this file.
    /// @custom:error CreditFileUnrelated when the record answered stands in another file, or nowhere.
    /// @custom:error DigestsMissing when the content is missing.
    function append(
        bytes32 subject,
        RecordKind kind,
        CreditRecordId about,
        Digest calldata content
    ) external returns (CreditRecordId record);

    /// @notice Marks a record checked or invalid; a later mark replaces an earlier one, both stay in the events. An invalid record stays
    /// readable and is not counted.
    /// @param record the record
    /// @param value CHECKED or INVALID
    /// @param reason the digest of the finding
    /// @custom:caller REGULATOR
    /// @custom:error CreditFileUnknownRecord when no record has the number.
    /// @custom:error CreditFileMarkUnchanged when the mark is NONE or the record has it.
    /// @custom:error DigestsMissing when the reason is missing.
    function mark(CreditRecordId record, Mark value, Digest calldata reason) external;

    /// @notice Lets an account, such as a lender, read the file until a moment. A further grant replaces the one before.
    /// @param subject whose file it is
    /// @param reader the account
    /// @param until the first moment at which it no longer may
    /// @custom:caller the file's owner
    /// @custom:unit until: s
    /// @custom:error CreditFileUnknown when the subject has no file.
    /// @custom:error CreditFileNotOwner when the caller is not its owner.
    /// @custom:error CreditFileInvalidGrant when the reader is missing or the end is not after the present time.
    function grant(bytes32 subject, address reader, uint64 until) external;

    /// @notice Takes a grant back.
    /// @param subject whose file it is
    /// @param reader the account
    /// @custom:caller the file's owner
    /// @custom:error CreditFileUnknown when the subject has no file.
    /// @custom:error CreditFileNotOwner when the caller is not its owner.
    /// @custom:error CreditFileNotGranted when the account has no grant.
    function revoke(bytes32 subject, address reader) external;

    /// @notice A page of a subject's file, oldest record first.
    /// @param subject whose file it is
    /// @param cursor the index of the first record: 0, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return records the page
    /// @return next the cursor of the next page, or 0 when this is the last
    /// @custom:caller the file's owner, REGULATOR, AUDITOR, or an account with a grant that is not over
    /// @custom:error CreditFileUnknown when the subject has no file.
    /// @custom:error CreditFileNotReader when the caller may not read it.
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function read(
        bytes32 subject,
        uint256 cursor,
        uint256 limit
    ) external view returns (CreditRecord[] memory records, uint256 next);

    /// @notice Counts by kind, invalid ones left out. For everyone.
    /// @param subject whose file it is
    /// @return counts one number per RecordKind, in its order
    /// @custom:error CreditFileUnknown when the subject has no file.
    function summaryOf(bytes32 subject) external view returns (uint256[6] memory counts);

    /// @notice Whether an account may read a file now.
    /// @param subject whose file it is
    /// @param account the account
    /// @return whether it may; false where the subject has no file
    function mayRead(bytes32 subject, address account) external view returns (bool);

    /// @notice The account that writes a subject's own facts.
    /// @param subject the subject
    /// @return the account, or zero where the subject has no file
    function ownerOf(bytes32 subject) external view returns (address);

    /// @notice Whose file it is.
    /// @param subject the subject
    /// @return the kind; NONE where the subject has no file
    function kindOf(bytes32 subject) external view returns (SubjectKind);

    /// @notice The subject whose facts an account writes.
    /// @param owner the account
    /// @return the subject, or zero when it writes for none
    function subjectOf(address owner) external view returns (bytes32);

    /// @notice How many records were appended: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);
}
