// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {ISealedRecords} from "./interfaces/ISealedRecords.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {DataOwnerId, DataOwners, QueryId, ScopeId, SealedRecordId} from "./libraries/RecordTypes.sol";
import {PartyId} from "./libraries/TraceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title SealedRecords
/// @notice Salted digests that are read by grant, each query logged; see {ISealedRecords}.
contract SealedRecords is ISealedRecords, PartyUser {
    // The bytes that a grant may store, a technical limit of one call.
    uint256 private constant _MAX_ENVELOPE = 1_024;

    struct Door {
        Grant granted;
        // Counts up with each change, so that a query of an earlier grant is closed by it.
        uint32 version;
    }

    /// @inheritdoc ISealedRecords
    uint256 public count;
    /// @inheritdoc ISealedRecords
    uint256 public queryCount;

    mapping(SealedRecordId record => SealedRecord) private _records;
    // By owner and scope; under scope zero everything of the owner.
    mapping(DataOwnerId owner => mapping(ScopeId scope => SealedRecordId[])) private _sealed;
    mapping(DataOwnerId owner => mapping(ScopeId scope => mapping(address reader => Door))) private _doors;
    mapping(QueryId query => Query) private _queries;
    mapping(QueryId query => ScopeId) private _grantedScope;
    mapping(QueryId query => uint32) private _grantedVersion;
    mapping(DataOwnerId owner => QueryId[]) private _queriesOf;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) PartyUser(authority_, clock_, parties_) {}

    /// @inheritdoc ISealedRecords
    function seal(ScopeId scope, Digest calldata content) external returns (SealedRecordId record) {
        record = _seal(DataOwners.ofAccount(_msgSender()), scope, content);
    }

    /// @inheritdoc ISealedRecords
    function sealFor(PartyId by, ScopeId scope, Digest calldata content) external returns (SealedRecordId record) {
        _requireAgent(by);
        record = _seal(DataOwners.ofParty(by), scope, content);
    }

    /// @inheritdoc ISealedRecords
    function grant(ScopeId scope, address reader, uint64 until, uint32 window, bytes calldata envelope) external {
        _grant(DataOwners.ofAccount(_msgSender()), scope, reader, Grant(until, window, envelope));
    }

    /// @inheritdoc ISealedRecords
    function grantFor(
        PartyId by,
        ScopeId scope,
        address reader,
        uint64 until,
        uint32 window,
        bytes calldata envelope
    ) external {
        _requireAgent(by);
        _grant(DataOwners.ofParty(by), scope, reader, Grant(until, window, envelope));
    }

    /// @inheritdoc ISealedRecords
    function revoke(ScopeId scope, address reader) external {
        _revoke(DataOwners.ofAccount(_msgSender()), scope, reader);
    }

    /// @inheritdoc ISealedRecords
    function revokeFor(PartyId by, ScopeId scope, address reader) external {
        _requireAgent(by);
        _revoke(DataOwners.ofParty(by), scope, reader);
    }

    /// @inheritdoc ISealedRecords
    function openQuery(DataOwnerId owner, ScopeId scope, Digest calldata purpose) external returns (QueryId query) {
        address reader = _msgSender();
        uint64 time = clock.timestamp();
        ScopeId granted = scope;
        if (_doors[owner][scope][reader].granted.until <= time) granted = ScopeId.wrap(0);
        Door storage door = _doors[owner][granted][reader];
        require(door.granted.until > time, SealedRecordsNotGranted(owner, scope, reader));
        Digests.requirePresent(purpose);

        query = QueryId.wrap(++queryCount);
        uint64 until = time + door.granted.window;
        if (until > door.granted.until) until = door.granted.until;
        _queries[query] = Query(owner, scope, reader, time, until, purpose);
        _grantedScope[query] = granted;
        _grantedVersion[query] = door.version;
        _queriesOf[owner].push(query);
        emit QueryOpened(owner, reader, query, scope, purpose);
    }

    /// @inheritdoc ISealedRecords
    function read(
        QueryId query,
        uint256 cursor,
        uint256 limit
    ) external view returns (SealedRecordId[] memory ids, SealedRecord[] memory records, uint256 next) {
        Query storage asked = _open(query, _msgSender());
        SealedRecordId[] storage all = _sealed[asked.owner][asked.scope];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        ids = new SealedRecordId[](end - cursor);
        records = new SealedRecord[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            ids[i - cursor] = all[i];
            records[i - cursor] = _records[all[i]];
        }
    }

    /// @inheritdoc ISealedRecords
    function readOne(QueryId query, SealedRecordId record) external view returns (SealedRecord memory) {
        Query storage asked = _open(query, _msgSender());
        SealedRecord storage found = _records[record];
        require(found.sealedAt != 0, SealedRecordsUnknown(record));
        require(
            DataOwnerId.unwrap(found.owner) == DataOwnerId.unwrap(asked.owner) && _covers(asked.scope, found.scope),
            SealedRecordsOutsideQuery(query, record)
        );
        return found;
    }

    /// @inheritdoc ISealedRecords
    function grantOf(DataOwnerId owner, ScopeId scope, address reader) external view returns (Grant memory) {
        return _doors[owner][scope][reader].granted;
    }

    /// @inheritdoc ISealedRecords
    function queriesOf(
        DataOwnerId owner,
        uint256 cursor,
        uint256 limit
    ) external view returns (Query[] memory queries, uint256 next) {
        QueryId[] storage all = _queriesOf[owner];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        queries = new Query[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            queries[i - cursor] = _queries[all[i]];
        }
    }

    /// @inheritdoc ISealedRecords
    function requireOpen(QueryId query, address reader, DataOwnerId owner, ScopeId scope) external view {
        Query storage asked = _open(query, reader);
        require(
            DataOwnerId.unwrap(asked.owner) == DataOwnerId.unwrap(owner) && _covers(asked.scope, scope),
            SealedRecordsNotGranted(owner, scope, reader)
        );
    }

    /// @inheritdoc ISealedRecords
    function ownerOfAccount(address account) external pure returns (DataOwnerId) {
        return DataOwners.ofAccount(account);
    }

    /// @inheritdoc ISealedRecords
    function ownerOfParty(PartyId party) external pure returns (DataOwnerId) {
        return DataOwners.ofParty(party);
    }

    function _seal(DataOwnerId owner, ScopeId scope, Digest calldata content) private returns (SealedRecordId record) {
        Digests.requirePresent(content);
        record = SealedRecordId.wrap(++count);
        _records[record] = SealedRecord(owner, scope, _msgSender(), clock.timestamp(), content);
        _sealed[owner][scope].push(record);
        if (ScopeId.unwrap(scope) != 0) _sealed[owner][ScopeId.wrap(0)].push(record);
        emit RecordSealed(owner, scope, record, content);
    }

    function _grant(DataOwnerId owner, ScopeId scope, address reader, Grant memory given) private {
        require(
            reader != address(0) &&
                given.until > clock.timestamp() &&
                given.window != 0 &&
                given.envelope.length <= _MAX_ENVELOPE,
            SealedRecordsInvalidGrant(reader, given.until, given.window, given.envelope.length)
        );
        Door storage door = _doors[owner][scope][reader];
        door.granted = given;
        ++door.version;
        emit ReadingGranted(owner, scope, reader, given.until, given.window);
    }

    function _revoke(DataOwnerId owner, ScopeId scope, address reader) private {
        Door storage door = _doors[owner][scope][reader];
        require(door.granted.until != 0, SealedRecordsNotGranted(owner, scope, reader));
        delete door.granted;
        ++door.version;
        emit ReadingRevoked(owner, scope, reader);
    }

    function _open(QueryId query, address reader) private view returns (Query storage asked) {
        asked = _queries[query];
        require(
            asked.reader == reader &&
                asked.until > clock.timestamp() &&
                _doors[asked.owner][_grantedScope[query]][reader].version == _grantedVersion[query],
            SealedRecordsQueryClosed(query, reader)
        );
    }

    /// @dev Everything of the owner covers each scope.
    function _covers(ScopeId asked, ScopeId scope) private pure returns (bool) {
        return ScopeId.unwrap(asked) == 0 || ScopeId.unwrap(asked) == ScopeId.unwrap(scope);
    }
}
