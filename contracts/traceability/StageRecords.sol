// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {Signature} from "../common/interfaces/ISaltedEIP712.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {Regions} from "../common/libraries/Regions.sol";
import {SaltedEIP712} from "../common/SaltedEIP712.sol";
import {IStageRecords} from "./interfaces/IStageRecords.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {RecordPlanId, StageRecordId, Standing} from "./libraries/RecordTypes.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title StageRecords
/// @notice Append-only files of plots, animals, flocks and products, stage by stage; see {IStageRecords}.
contract StageRecords is IStageRecords, PartyUser, SaltedEIP712 {
    // A bound on the work of one call, not a regulation's number: a plan's stages are marked in one word.
    uint256 private constant _MAX_STAGES = 32;
    bytes32 private constant _HANDOVER_TYPEHASH = keccak256(
        "StageHandover(bytes32 subject,uint8 stage,uint32 from,uint32 to,bytes32 content,uint256 nonce,uint64 deadline)"
    );
    bytes32 private constant _ADVICE_TYPEHASH = keccak256(
        "StageAdvice(uint256 record,uint32 adviser,bytes32 content,uint256 nonce)"
    );

    /// @inheritdoc IStageRecords
    uint256 public planCount;
    /// @inheritdoc IStageRecords
    uint256 public count;
    /// @inheritdoc IStageRecords
    mapping(RecordPlanId plan => mapping(PartyId party => Standing)) public standingOf;
    /// @inheritdoc IStageRecords
    mapping(address device => PartyId) public partyOfDevice;
    /// @inheritdoc IStageRecords
    mapping(address account => RegionId) public regionOfSystem;

    mapping(RecordPlanId plan => Stage[]) private _stages;
    mapping(RecordPlanId plan => mapping(uint8 stage => mapping(PartyId party => bool))) private _listed;
    mapping(ObjectId subject => SubjectFile) private _files;
    mapping(ObjectId subject => StageRecordId[]) private _recordsOf;
    // Bit `1 << stage` for each stage recorded.
    mapping(ObjectId subject => uint256) private _done;
    mapping(StageRecordId id => StageRecord) private _records;
    mapping(StageRecordId id => Advice[]) private _advice;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    /// @param salt the deployment's salt of signatures
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        bytes32 salt
    ) PartyUser(authority_, clock_, parties_) SaltedEIP712("StageRecords", "1", salt) {}

    /// @inheritdoc IStageRecords
    function definePlan(bytes32 name, Stage[] calldata stages) external restricted returns (RecordPlanId plan) {
        uint256 length = stages.length;
        require(name != 0 && length != 0 && length <= _MAX_STAGES, StageRecordsInvalidPlan(length, _MAX_STAGES));
        plan = RecordPlanId.wrap(uint32(++planCount));
        for (uint256 i = 0; i < length; ++i) {
            Stage calldata stage = stages[i];
            require(
                stage.name != 0 && (stage.inOrder || !stage.required),
                StageRecordsInvalidPlan(length, _MAX_STAGES)
            );
            _stages[plan].push(stage);
        }
        emit PlanDefined(plan, name, stages);
    }

    /// @inheritdoc IStageRecords
    function admit(RecordPlanId plan, PartyId party, Standing standing) external restricted {
        _stage(plan, 0);
        standingOf[plan][party] = standing;
        emit PartyAdmitted(plan, party, standing);
    }

    /// @inheritdoc IStageRecords
    function list(RecordPlanId plan, uint8 stage, PartyId party, bool listed) external restricted {
        _stage(plan, stage);
        _listed[plan][stage][party] = listed;
        emit RecorderListed(plan, stage, party, listed);
    }

    /// @inheritdoc IStageRecords
    function admitDevice(address device, PartyId party) external restricted {
        require(PartyId.unwrap(parties.partyOf(device)) == 0, StageRecordsNotDevice(device));
        partyOfDevice[device] = party;
        emit DeviceAdmitted(device, party);
    }

    /// @inheritdoc IStageRecords
    function admitSystem(address account, RegionId region) external restricted {
        regionOfSystem[account] = region;
        emit SystemAdmitted(account, region);
    }

    /// @inheritdoc IStageRecords
    function openFile(PartyId by, ObjectId subject, RecordPlanId plan, Digest calldata basics) external {
        _requireAgent(by);
        _requireStanding(plan, by, Standing.MEMBER);
        require(RecordPlanId.unwrap(_files[subject].plan) == 0, StageRecordsFileExists(subject));
        Digests.requirePresent(basics);

        SubjectFile storage file = _files[subject];
        file.plan = plan;
        file.holder = by;
        file.openedBy = by;
        file.openedAt = clock.timestamp();
        file.basics = basics;
        emit FileOpened(subject, plan, by, basics);
    }

    /// @inheritdoc IStageRecords
    function record(PartyId by, Entry calldata entry) external returns (StageRecordId id) {
        _requireAgent(by);
        id = _enter(by, entry, RecordSource.MANUAL);
    }

    /// @inheritdoc IStageRecords
    function recordReading(Entry calldata entry) external returns (StageRecordId id) {
        address device = _msgSender();
        PartyId by = partyOfDevice[device];
        // An account that has become somebody's agent since is no device any more.
        require(PartyId.unwrap(by) != 0 && PartyId.unwrap(parties.partyOf(device)) == 0, StageRecordsNotDevice(device));
        parties.requireActive(by);
        id = _enter(by, entry, RecordSource.DEVICE);
    }

    /// @inheritdoc IStageRecords
    function takeOver(
        PartyId by,
        Entry calldata entry,
        address signer,
        uint64 deadline,
        Signature calldata signature
    ) external returns (StageRecordId id) {
        _requireAgent(by);
        SubjectFile storage file = _file(entry.subject);
        PartyId from = file.holder;
        require(
            _stage(file.plan, entry.stage).handover && !(from == by),
            StageRecordsNoHandover(entry.subject, entry.stage)
        );
        _requireStanding(file.plan, by, Standing.MEMBER);
        _requireHandover(by, from, entry, signer, deadline, signature);

        file.holder = by;
        id = _append(by, from, entry, RecordSource.MANUAL);
        emit FileHandedOver(entry.subject, from, by, id);
    }

    /// @inheritdoc IStageRecords
    function attachAdvice(
        StageRecordId record_,
        PartyId adviser,
        address signer,
        Digest calldata content,
        Signature calldata signature
    ) external {
        _requireStanding(_files[_record(record_).subject].plan, adviser, Standing.ADVISER);
        Digests.requirePresent(content);
        _requireSigner(adviser, signer);
        uint192 key = uint192(StageRecordId.unwrap(record_));
        bytes32 hash = keccak256(abi.encode(_ADVICE_TYPEHASH, record_, adviser, content.value, _useNonce(signer, key)));
        _requireSignature(signer, hash, signature);

        _advice[record_].push(Advice(adviser, signer, clock.timestamp(), content));
        emit AdviceAttached(record_, adviser, signer, content);
    }

    /// @inheritdoc IStageRecords
    function fileOf(ObjectId subject) external view returns (SubjectFile memory) {
        return _files[subject];
    }

    /// @inheritdoc IStageRecords
    function stagesOf(RecordPlanId plan) external view returns (Stage[] memory) {
        return _stages[plan];
    }

    /// @inheritdoc IStageRecords
    function recordOf(StageRecordId id) external view returns (StageRecord memory) {
        return _record(id);
    }

    /// @inheritdoc IStageRecords
    function adviceOf(
        StageRecordId id,
        uint256 cursor,
        uint256 limit
    ) external view returns (Advice[] memory advice, uint256 next) {
        uint256 end;
        (end, next) = Paging.window(_advice[id].length, cursor, limit);
        advice = new Advice[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            advice[i - cursor] = _advice[id][i];
        }
    }

    /// @inheritdoc IStageRecords
    function recordsOf(
        ObjectId subject,
        uint256 cursor,
        uint256 limit
    ) external view returns (StageRecordId[] memory ids, StageRecord[] memory records, uint256 next) {
        return _page(subject, RegionId.wrap(0), cursor, limit);
    }

    /// @inheritdoc IStageRecords
    function recordsUnder(
        ObjectId subject,
        RegionId region,
        uint256 cursor,
        uint256 limit
    ) external view returns (StageRecordId[] memory ids, StageRecord[] memory records, uint256 next) {
        return _page(subject, region, cursor, limit);
    }

    function _enter(PartyId by, Entry calldata entry, RecordSource source) private returns (StageRecordId) {
        require(
            !_stage(_file(entry.subject).plan, entry.stage).handover,
            StageRecordsHandoverUnsigned(entry.subject, entry.stage)
        );
        return _append(by, PartyId.wrap(0), entry, source);
    }

    function _append(
        PartyId by,
        PartyId from,
        Entry calldata entry,
        RecordSource source
    ) private returns (StageRecordId id) {
        ObjectId subject = entry.subject;
        SubjectFile storage file = _files[subject];
        _requireRecorder(file, by, entry);
        _requireOrder(file, entry);
        uint64 time = clock.timestamp();
        require(entry.occurredAt <= time, StageRecordsInFuture(entry.occurredAt, time));
        require(
            StageRecordId.unwrap(entry.about) == 0 || _records[entry.about].subject == subject,
            StageRecordsUnrelated(subject, entry.about)
        );
        Digests.requirePresent(entry.content);

        id = StageRecordId.wrap(++count);
        _recordsOf[subject].push(id);
        _done[subject] |= 1 << entry.stage;
        ++file.count;
        if (_stages[file.plan][entry.stage].inOrder) file.reached = entry.stage + 1;
        StageRecord storage stored = _records[id];
        stored.subject = subject;
        stored.by = by;
        stored.author = _msgSender();
        stored.stage = entry.stage;
        stored.source = source;
        stored.occurredAt = entry.occurredAt;
        stored.recordedAt = time;
        stored.from = from;
        stored.system = regionOfSystem[_msgSender()];
        stored.about = entry.about;
        stored.content = entry.content;
        emit StageRecorded(subject, id, by, entry.stage, source);
    }

    function _requireHandover(
        PartyId by,
        PartyId from,
        Entry calldata entry,
        address signer,
        uint64 deadline,
        Signature calldata signature
    ) private {
        uint64 time = clock.timestamp();
        require(time <= deadline, StageRecordsSignatureExpired(deadline, time));
        _requireSigner(from, signer);
        bytes32 hash = keccak256(
            abi.encode(
                _HANDOVER_TYPEHASH,
                entry.subject,
                entry.stage,
                from,
                by,
                entry.content.value,
                _useNonce(signer, _nonceKey(entry.subject)),
                deadline
            )
        );
        _requireSignature(signer, hash, signature);
    }

    function _page(
        ObjectId subject,
        RegionId region,
        uint256 cursor,
        uint256 limit
    ) private view returns (StageRecordId[] memory ids, StageRecord[] memory records, uint256 next) {
        StageRecordId[] storage all = _recordsOf[subject];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        StageRecordId[] memory found = new StageRecordId[](end - cursor);
        uint256 length = 0;
        bool everywhere = RegionId.unwrap(region) == 0;
        for (uint256 i = cursor; i < end; ++i) {
            if (everywhere || Regions.isWithin(_records[all[i]].system, region)) found[length++] = all[i];
        }
        ids = new StageRecordId[](length);
        records = new StageRecord[](length);
        for (uint256 i = 0; i < length; ++i) {
            ids[i] = found[i];
            records[i] = _records[found[i]];
        }
    }

    function _requireRecorder(SubjectFile storage file, PartyId by, Entry calldata entry) private view {
        Recorder recorder = _stages[file.plan][entry.stage].recorder;
        bool may = recorder != Recorder.LISTED && file.holder == by;
        if (!may && recorder != Recorder.HOLDER) may = _listed[file.plan][entry.stage][by];
        require(may, StageRecordsNotRecorder(entry.subject, entry.stage, by));
    }

    function _requireOrder(SubjectFile storage file, Entry calldata entry) private view {
        Stage[] storage stages = _stages[file.plan];
        uint8 stage = entry.stage;
        uint256 done = _done[entry.subject];
        require(!stages[stage].once || (done >> stage) & 1 == 0, StageRecordsOnlyOnce(entry.subject, stage));
        if (!stages[stage].inOrder) return;
        uint8 reached = file.reached;
        bool next = stage + 1 >= reached;
        for (uint256 i = reached; next && i < stage; ++i) {
            next = !stages[i].required;
        }
        require(next, StageRecordsOutOfOrder(entry.subject, stage, reached));
    }

    function _requireStanding(RecordPlanId plan, PartyId party, Standing needed) private view {
        require(standingOf[plan][party] == needed, StageRecordsNotAdmitted(plan, party, needed));
    }

    function _requireSigner(PartyId party, address signer) private view {
        require(parties.partyOf(signer) == party, StageRecordsWrongSigner(party, signer));
    }

    function _file(ObjectId subject) private view returns (SubjectFile storage file) {
        file = _files[subject];
        require(RecordPlanId.unwrap(file.plan) != 0, StageRecordsNoFile(subject));
    }

    function _stage(RecordPlanId plan, uint8 stage) private view returns (Stage storage) {
        require(stage < _stages[plan].length, StageRecordsUnknownStage(plan, stage));
        return _stages[plan][stage];
    }

    function _record(StageRecordId id) private view returns (StageRecord storage found) {
        found = _records[id];
        require(found.recordedAt != 0, StageRecordsUnknownRecord(id));
    }

    /// @dev Nonces count by signer and the first 24 bytes of the subject; subjects that differ only after them share a count, which harms nothing.
    function _nonceKey(ObjectId subject) private pure returns (uint192) {
        return uint192(uint256(ObjectId.unwrap(subject)) >> 64);
    }
}
