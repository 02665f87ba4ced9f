// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {Roles} from "../common/Roles.sol";
import {ICreditFile} from "./interfaces/ICreditFile.sol";
import {CreditRecordId} from "./libraries/PrepaidTypes.sol";
import {RoleReader} from "./libraries/RoleReader.sol";

/// @title CreditFile
/// @notice Append-only credit files of operators and consumers; see {ICreditFile}.
contract CreditFile is ICreditFile, Governed {
    struct Subject {
        address owner;
        SubjectKind kind;
        uint256[6] counts;
        CreditRecordId[] records;
    }

    /// @notice The deployment's clock.
    IClock public immutable clock;

    /// @inheritdoc ICreditFile
    uint256 public count;
    /// @inheritdoc ICreditFile
    mapping(address owner => bytes32) public subjectOf;

    mapping(bytes32 subject => Subject) private _subjects;
    mapping(CreditRecordId record => CreditRecord) private _records;
    mapping(bytes32 subject => mapping(address reader => uint64)) private _grants;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    constructor(address authority_, IClock clock_) Governed(authority_) {
        _requireContract(address(clock_));
        clock = clock_;
    }

    /// @inheritdoc ICreditFile
    function register(bytes32 subject, address owner, SubjectKind kind) external restricted {
        require(subject != 0, CreditFileSubjectMissing());
        require(kind != SubjectKind.NONE, CreditFileKindMissing(subject));
        require(_subjects[subject].kind == SubjectKind.NONE, CreditFileExists(subject));
        _requireFreeOwner(subject, owner);

        _subjects[subject].owner = owner;
        _subjects[subject].kind = kind;
        subjectOf[owner] = subject;
        emit CreditFileOpened(subject, kind, owner);
    }

    /// @inheritdoc ICreditFile
    function replaceOwner(bytes32 subject, address owner, Digest calldata evidence) external restricted {
        Subject storage file = _file(subject);
        _requireFreeOwner(subject, owner);
        Digests.requirePresent(evidence);

        address from = file.owner;
        subjectOf[from] = 0;
        subjectOf[owner] = subject;
        file.owner = owner;
        emit CreditFileOwnerReplaced(subject, from, owner, evidence);
    }

    /// @inheritdoc ICreditFile
    function append(
        bytes32 subject,
        RecordKind kind,
        CreditRecordId about,
        Digest calldata content
    ) external returns (CreditRecordId record) {
        Subject storage file = _file(subject);
        address author = _msgSender();
        require(_mayWrite(file, kind, author), CreditFileNotAllowed(subject, kind, author));
        require(
            CreditRecordId.unwrap(about) == 0 || _records[about].subject == subject,
            CreditFileUnrelated(subject, about)
        );
        Digests.requirePresent(content);

        record = CreditRecordId.wrap(++count);
        CreditRecord storage entry = _records[record];
        entry.subject = subject;
        entry.kind = kind;
        entry.author = author;
        entry.recordedAt = clock.timestamp();
        entry.about = about;
        entry.content = content;
        file.records.push(record);
        ++file.counts[uint256(kind)];
        emit CreditRecordAppended(subject, record, kind, author, about, content);
    }

    /// @inheritdoc ICreditFile
    function mark(CreditRecordId record, Mark value, Digest calldata reason) external restricted {
        CreditRecord storage entry = _records[record];
        require(entry.subject != 0, CreditFileUnknownRecord(record));
        Mark from = entry.mark;
        require(value != Mark.NONE && value != from, CreditFileMarkUnchanged(record, value));
        Digests.requirePresent(reason);

        entry.mark = value;
        entry.markReason = reason;
        uint256[6] storage counts = _subjects[entry.subject].counts;
        if (value == Mark.INVALID) --counts[uint256(entry.kind)];
        else if (from == Mark.INVALID) ++counts[uint256(entry.kind)];
        emit CreditRecordMarked(entry.subject, record, from, value, reason);
    }

    /// @inheritdoc ICreditFile
    function grant(bytes32 subject, address reader, uint64 until) external {
        _requireOwner(subject);
        uint64 time = clock.timestamp();
        require(reader != address(0) && until > time, CreditFileInvalidGrant(reader, until, time));

        _grants[subject][reader] = until;
        emit CreditFileGranted(subject, reader, until);
    }

    /// @inheritdoc ICreditFile
    function revoke(bytes32 subject, address reader) external {
        _requireOwner(subject);
        require(_grants[subject][reader] != 0, CreditFileNotGranted(subject, reader));

        _grants[subject][reader] = 0;
        emit CreditFileRevoked(subject, reader);
    }

    /// @inheritdoc ICreditFile
    function read(
        bytes32 subject,
        uint256 cursor,
        uint256 limit
    ) external view returns (CreditRecord[] memory records, uint256 next) {
        Subject storage file = _file(subject);
        require(_mayRead(file, subject, _msgSender()), CreditFileNotReader(subject, _msgSender()));
        uint256 end;
        (end, next) = Paging.window(file.records.length, cursor, limit);
        records = new CreditRecord[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            records[i - cursor] = _records[file.records[i]];
        }
    }

    /// @inheritdoc ICreditFile
    function summaryOf(bytes32 subject) external view returns (uint256[6] memory counts) {
        return _file(subject).counts;
    }

    /// @inheritdoc ICreditFile
    function mayRead(bytes32 subject, address account) external view returns (bool) {
        Subject storage file = _subjects[subject];
        return file.kind != SubjectKind.NONE && _mayRead(file, subject, account);
    }

    /// @inheritdoc ICreditFile
    function ownerOf(bytes32 subject) external view returns (address) {
        return _subjects[subject].owner;
    }

    /// @inheritdoc ICreditFile
    function kindOf(bytes32 subject) external view returns (SubjectKind) {
        return _subjects[subject].kind;
    }

    function _file(bytes32 subject) private view returns (Subject storage file) {
        file = _subjects[subject];
        require(file.kind != SubjectKind.NONE, CreditFileUnknown(subject));
    }

    function _requireFreeOwner(bytes32 subject, address owner) private view {
        require(owner != address(0), CreditFileOwnerMissing(subject));
        bytes32 taken = subjectOf[owner];
        require(taken == 0, CreditFileOwnerTaken(owner, taken));
    }

    function _requireOwner(bytes32 subject) private view {
        require(_file(subject).owner == _msgSender(), CreditFileNotOwner(subject, _msgSender()));
    }

    function _mayWrite(Subject storage file, RecordKind kind, address author) private view returns (bool) {
        if (kind == RecordKind.OPERATOR_FACT) return file.owner == author && file.kind == SubjectKind.OPERATOR;
        if (kind == RecordKind.CONSUMER_FACT) return file.owner == author && file.kind == SubjectKind.CONSUMER;
        if (kind == RecordKind.COMPLAINT) {
            return file.kind == SubjectKind.OPERATOR && _subjects[subjectOf[author]].kind == SubjectKind.CONSUMER;
        }
        return _holds(Roles.REGULATOR, author);
    }

    function _mayRead(Subject storage file, bytes32 subject, address account) private view returns (bool) {
        return
            file.owner == account ||
            _grants[subject][account] > clock.timestamp() ||
            _holds(Roles.REGULATOR, account) ||
            _holds(Roles.AUDITOR, account);
    }

    function _holds(uint64 role, address account) private view returns (bool) {
        return RoleReader.holds(authority(), role, account);
    }
}
