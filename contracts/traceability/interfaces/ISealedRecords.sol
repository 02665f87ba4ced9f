// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {DataOwnerId, QueryId, ScopeId, SealedRecordId} from "../libraries/RecordTypes.sol";
import {PartyId} from "../libraries/TraceTypes.sol";

/// @title Sealed records: data that only its owner and whom the owner lets in can open, with every query on record
/// @notice A farm's production records for a lender, a buyer's identity for the market regulator, a person's consumption profile: the owner seals them,
/// grants a reader a scope until a moment and hands over the key to it, and the reader states its purpose before each reading.
/// @dev What a chain hides and what it does not. Whoever runs a node sees every byte that was ever sent to a contract: so no record's content is here,
/// only its digest, made with a salt of 32 random bytes that is kept with the document, and the key is encrypted for the reader's own key before it
/// is sent. That hides what a record says. It does not hide that there is one, whose it is, its scope, when it was made, and who was let in or asked. The
/// guard on `read` binds callers that sign and orders them to log; it is the missing salt and key that keep others out, not the guard.
/// A grant taken back stops further queries; it cannot take back what was read.
/// @custom:source 个人信息保护法 13, 14, 15 (consent and its withdrawal), 55 (records of handling)
interface ISealedRecords {
    /// @notice A sealed record.
    /// @param owner whose data it is
    /// @param scope what it is about
    /// @param author who sealed it: a person, or who acts for the party
    /// @param sealedAt when, in seconds
    /// @param content salted digest of the document
    struct SealedRecord {
        DataOwnerId owner;
        ScopeId scope;
        address author;
        uint64 sealedAt;
        Digest content;
    }

    /// @notice What a reader was let in to.
    /// @param until the first moment at which it no longer may, in seconds; 0 = never let in, or taken back
    /// @param window how long a logged query stays open, in seconds
    /// @param envelope the key to the scope's documents, encrypted for the reader
    struct Grant {
        uint64 until;
        uint32 window;
        bytes envelope;
    }

    /// @notice A query as logged.
    /// @param owner whose data was asked for
    /// @param scope what it was about
    /// @param reader who asked
    /// @param askedAt when, in seconds
    /// @param until the first moment at which it is closed, in seconds
    /// @param purpose digest of the stated purpose
    struct Query {
        DataOwnerId owner;
        ScopeId scope;
        address reader;
        uint64 askedAt;
        uint64 until;
        Digest purpose;
    }

    /// @notice A record was sealed.
    /// @param owner whose data it is
    /// @param scope what it is about
    /// @param record its number
    /// @param content salted digest of the document
    event RecordSealed(DataOwnerId indexed owner, ScopeId indexed scope, SealedRecordId indexed record, Digest content);

    /// @notice A reader was let in to a scope.
    /// @param owner whose data it is
    /// @param scope what it is about; zero = everything of the owner
    /// @param reader who was let in
    /// @param until the first moment at which it no longer may, in seconds
    /// @param window how long each query stays open, in seconds
    event ReadingGranted(
        DataOwnerId indexed owner,
        ScopeId indexed scope,
        address indexed reader,
        uint64 until,
        uint32 window
    );

    /// @notice A grant was taken back.
    /// @param owner whose data it is
    /// @param scope what it is about
    /// @param reader who was let in
    event ReadingRevoked(DataOwnerId indexed owner, ScopeId indexed scope, address indexed reader);

    /// @notice A reader stated its purpose and opened a query.
    /// @param owner whose data it asks for
    /// @param reader who asks
    /// @param query its number
    /// @param scope what it asks about
    /// @param purpose digest of the stated purpose
    event QueryOpened(
        DataOwnerId indexed owner,
        address indexed reader,
        QueryId indexed query,
        ScopeId scope,
        Digest purpose
    );

    /// @notice The reader is missing, the grant would be over at once, the window is none, or the envelope is too long.
    /// @param reader the account given
    /// @param until the end given, in seconds
    /// @param window the window given, in seconds
    /// @param envelope the length of the envelope, in bytes
    /// @custom:cure Name an account, an end after now, a window of at least a second, and an envelope of at most 1,024 bytes.
    error SealedRecordsInvalidGrant(address reader, uint64 until, uint32 window, uint256 envelope);

    /// @notice The account has no grant for the scope, or it is over.
    /// @param owner whose data it is
    /// @param scope what it is about
    /// @param reader the account
    /// @custom:cure Ask the owner for a grant.
    error SealedRecordsNotGranted(DataOwnerId owner, ScopeId scope, address reader);

    /// @notice The query is not the caller's, is closed, or its grant was taken back.
    /// @param query the number given
    /// @param caller who called
    /// @custom:cure Open a query with its purpose, and read while it is open.
    error SealedRecordsQueryClosed(QueryId query, address caller);

    /// @notice The record is not within the query.
    /// @param query the query
    /// @param record the record
    /// @custom:cure Open a query for the record's owner and scope.
    error SealedRecordsOutsideQuery(QueryId query, SealedRecordId record);

    /// @notice No record has this number.
    /// @param record the number given
    /// @custom:cure Use a number that `seal` or `sealFor` returned.
    error SealedRecordsUnknown(SealedRecordId record);

    /// @notice Seals a record of one's own.
    /// @param scope what it is about; not zero is wise, as zero is granted only with everything
    /// @param content salted digest of the document
    /// @return record its number
    /// @custom:caller any account, for itself
    /// @custom:error DigestsMissing when the content is missing.
    function seal(ScopeId scope, Digest calldata content) external returns (SealedRecordId record);

    /// @notice Seals a record of a party.
    /// @param by the party
    /// @param scope what it is about
    /// @param content salted digest of the document
    /// @return record its number
    /// @custom:caller an agent of the party
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error DigestsMissing when the content is missing.
    function sealFor(PartyId by, ScopeId scope, Digest calldata content) external returns (SealedRecordId record);

    /// @notice Lets a reader in to one's own data. A further grant of the same scope replaces the one before.
    /// @param scope what about; zero = everything
    /// @param reader the account
    /// @param until the first moment at which it no longer may
    /// @param window how long each query stays open
    /// @param envelope the key to the documents, encrypted for the reader; at most 1,024 bytes, may be empty
    /// @custom:caller any account, for itself
    /// @custom:unit until, window: s
    /// @custom:error SealedRecordsInvalidGrant when reader, end, window or envelope will not do.
    function grant(ScopeId scope, address reader, uint64 until, uint32 window, bytes calldata envelope) external;

    /// @notice Lets a reader in to a party's data; see {grant}.
    /// @param by the party
    /// @param scope what about; zero = everything
    /// @param reader the account
    /// @param until the first moment at which it no longer may
    /// @param window how long each query stays open
    /// @param envelope the key to the documents, encrypted for the reader
    /// @custom:caller an agent of the party
    /// @custom:unit until, window: s
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error SealedRecordsInvalidGrant when reader, end, window or envelope will not do.
    function grantFor(
        PartyId by,
        ScopeId scope,
        address reader,
        uint64 until,
        uint32 window,
        bytes calldata envelope
    ) external;

    /// @notice Takes a grant of one's own back, and closes the queries that it opened.
    /// @param scope what about
    /// @param reader the account
    /// @custom:caller any account, for itself
    /// @custom:error SealedRecordsNotGranted when there is no grant.
    function revoke(ScopeId scope, address reader) external;

    /// @notice Takes a party's grant back, and closes the queries that it opened.
    /// @param by the party
    /// @param scope what about
    /// @param reader the account
    /// @custom:caller an agent of the party
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error SealedRecordsNotGranted when there is no grant.
    function revokeFor(PartyId by, ScopeId scope, address reader) external;

    /// @notice States a purpose and opens a query, which is logged for ever.
    /// @param owner whose data
    /// @param scope what about; a grant of everything covers each scope
    /// @param purpose digest of the stated purpose
    /// @return query its number
    /// @custom:caller an account with a grant
    /// @custom:error SealedRecordsNotGranted when the caller has no grant for the scope.
    /// @custom:error DigestsMissing when the purpose is missing.
    function openQuery(DataOwnerId owner, ScopeId scope, Digest calldata purpose) external returns (QueryId query);

    /// @notice A page of what an open query covers, oldest first.
    /// @param query the query
    /// @param cursor 0, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return ids the records' numbers
    /// @return records the page
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:caller the query's reader
    /// @custom:error SealedRecordsQueryClosed when the query is another's, over, or its grant was taken back.
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function read(
        QueryId query,
        uint256 cursor,
        uint256 limit
    ) external view returns (SealedRecordId[] memory ids, SealedRecord[] memory records, uint256 next);

    /// @notice One record under an open query.
    /// @param query the query
    /// @param record the record
    /// @return the record
    /// @custom:caller the query's reader
    /// @custom:error SealedRecordsQueryClosed when the query is another's, over, or its grant was taken back.
    /// @custom:error SealedRecordsUnknown when no record has the number.
    /// @custom:error SealedRecordsOutsideQuery when the record is not the owner's or of another scope.
    function readOne(QueryId query, SealedRecordId record) external view returns (SealedRecord memory);

    /// @notice The key that came with a grant.
    /// @param owner whose data
    /// @param scope what about
    /// @param reader who was let in
    /// @return the grant; `until` is 0 where there is none
    function grantOf(DataOwnerId owner, ScopeId scope, address reader) external view returns (Grant memory);

    /// @notice A page of the queries of an owner's data, oldest first. For everyone: who asked is no secret from the one who was asked about.
    /// @param owner the owner
    /// @param cursor 0, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return queries the page
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function queriesOf(
        DataOwnerId owner,
        uint256 cursor,
        uint256 limit
    ) external view returns (Query[] memory queries, uint256 next);

    /// @notice Reverts unless a query is open for its reader and covers an owner's scope. For contracts that guard data of their own.
    /// @param query the query
    /// @param reader who reads
    /// @param owner whose data
    /// @param scope what about
    /// @custom:error SealedRecordsQueryClosed when the query is not the reader's, over, or its grant was taken back.
    /// @custom:error SealedRecordsNotGranted when it does not cover the scope.
    function requireOpen(QueryId query, address reader, DataOwnerId owner, ScopeId scope) external view;

    /// @notice The owner that an account is.
    /// @param account the account
    /// @return the owner
    function ownerOfAccount(address account) external pure returns (DataOwnerId);

    /// @notice The owner that a party is.
    /// @param party the party
    /// @return the owner
    function ownerOfParty(PartyId party) external pure returns (DataOwnerId);

    /// @notice How many records there are: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);

    /// @notice How many queries were opened: their numbers are 1 to this.
    /// @return the number
    function queryCount() external view returns (uint256);
}
