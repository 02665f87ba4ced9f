// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {Signature} from "../../common/interfaces/ISaltedEIP712.sol";
import {RecordPlanId, StageRecordId, Standing} from "../libraries/RecordTypes.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";
import {IStageRecordsErrors} from "./IStageRecordsErrors.sol";

/// @title Stage records: the file of a plot, an animal, a flock, a product
/// @notice What a producer's record book holds beside the events of EPCIS: feeding, vaccination, fertiliser, testing, each entered by whom the plan
/// of its kind lets, in the order that the plan lays down, and never changed. A file passes from hand to hand with the signature of who hands over.
/// @dev Records are digests of documents outside the chain: anybody reads that, when, by whom and in which stage something was recorded; what the
/// document says shows who has it. Readings of a device come from the device's own account, so that nobody types one in by hand.
interface IStageRecords is IStageRecordsErrors {
    /// @notice Who may record a stage.
    enum Recorder {
        HOLDER, // who holds the file
        LISTED, // a party that the plan lists for the stage
        HOLDER_OR_LISTED
    }

    /// @notice Where a record comes from.
    enum RecordSource {
        NONE,
        MANUAL, // entered by a person
        DEVICE // sent by a device's own account
    }

    /// @notice A stage of a plan.
    /// @param name its name in ASCII, left-aligned ("FATTENING")
    /// @param recorder who records it
    /// @param inOrder whether it has its place in the order of stages; otherwise it may be recorded at any time ("MEDICATION")
    /// @param required whether no later stage of the order may begin before it; only of a stage in order
    /// @param once whether it is recorded only once in a file
    /// @param handover whether the file passes to the recorder with it, which the holder must sign
    struct Stage {
        bytes32 name;
        Recorder recorder;
        bool inOrder;
        bool required;
        bool once;
        bool handover;
    }

    /// @notice The file of a subject.
    /// @param plan the plan that it follows; 0 = there is no file
    /// @param holder the party that has the subject in hand
    /// @param openedBy who opened it
    /// @param openedAt when, in seconds
    /// @param reached the latest stage of the order that was recorded, counted from 1; 0 = none
    /// @param count how many records it has
    /// @param basics digest of the basic data
    struct SubjectFile {
        RecordPlanId plan;
        PartyId holder;
        PartyId openedBy;
        uint64 openedAt;
        uint8 reached;
        uint32 count;
        Digest basics;
    }

    /// @notice What is to be recorded.
    /// @param subject whose file it goes into
    /// @param stage the stage's index in the plan
    /// @param occurredAt when it happened, in seconds; not after now
    /// @param about the record of the same file that it corrects or answers; 0 = none
    /// @param content digest of the document, photo or reading
    struct Entry {
        ObjectId subject;
        uint8 stage;
        uint64 occurredAt;
        StageRecordId about;
        Digest content;
    }

    /// @notice A record of a file.
    /// @param subject whose file it is in
    /// @param by the party that recorded
    /// @param author the account that wrote it: the party's agent, its platform's, or the device's
    /// @param stage the stage's index in the plan
    /// @param source a person or a device
    /// @param occurredAt when it happened, in seconds
    /// @param recordedAt when it was recorded, in seconds
    /// @param from who handed over; 0 unless the stage is a handover
    /// @param system region of the trace system through which it was entered; zero = directly
    /// @param about the record that it corrects or answers; 0 = none
    /// @param content digest of the document, photo or reading
    struct StageRecord {
        ObjectId subject;
        PartyId by;
        address author;
        uint8 stage;
        RecordSource source;
        uint64 occurredAt;
        uint64 recordedAt;
        PartyId from;
        RegionId system;
        StageRecordId about;
        Digest content;
    }

    /// @notice Advice that an expert signed on a record.
    /// @param adviser the party that advises
    /// @param signer the account that signed
    /// @param givenAt when it was attached, in seconds
    /// @param content digest of the advice
    struct Advice {
        PartyId adviser;
        address signer;
        uint64 givenAt;
        Digest content;
    }

    /// @notice A plan was laid down.
    /// @param plan its number
    /// @param name its name
    /// @param stages its stages
    event PlanDefined(RecordPlanId indexed plan, bytes32 indexed name, Stage[] stages);

    /// @notice A party's standing in a plan changed.
    /// @param plan the plan
    /// @param party the party
    /// @param standing its standing from now on
    event PartyAdmitted(RecordPlanId indexed plan, PartyId indexed party, Standing standing);

    /// @notice A party was listed for a stage, or taken off its list.
    /// @param plan the plan
    /// @param stage the stage's index
    /// @param party the party
    /// @param listed whether it may record the stage from now on
    event RecorderListed(RecordPlanId indexed plan, uint8 indexed stage, PartyId indexed party, bool listed);

    /// @notice An account is, or no longer is, a device that records for a party.
    /// @param device the account
    /// @param party the party; 0 = the account is no device any more
    event DeviceAdmitted(address indexed device, PartyId indexed party);

    /// @notice An account is, or no longer is, the trace system of a region.
    /// @param account the account
    /// @param region the region; zero = no system any more
    event SystemAdmitted(address indexed account, RegionId indexed region);

    /// @notice A file was opened.
    /// @param subject its subject
    /// @param plan the plan that it follows
    /// @param by the party that opened and holds it
    /// @param basics digest of the basic data
    event FileOpened(ObjectId indexed subject, RecordPlanId indexed plan, PartyId indexed by, Digest basics);

    /// @notice A record was appended.
    /// @param subject whose file it is in
    /// @param record its number
    /// @param by the party that recorded
    /// @param stage the stage's index
    /// @param source a person or a device
    event StageRecorded(
        ObjectId indexed subject,
        StageRecordId indexed record,
        PartyId indexed by,
        uint8 stage,
        RecordSource source
    );

    /// @notice A file passed to another holder.
    /// @param subject its subject
    /// @param from who handed over, and signed
    /// @param to who holds it from now on
    /// @param record the record of the handover
    event FileHandedOver(ObjectId indexed subject, PartyId indexed from, PartyId indexed to, StageRecordId record);

    /// @notice Signed advice was attached to a record.
    /// @param record the record
    /// @param adviser the party that advises
    /// @param signer the account that signed
    /// @param content digest of the advice
    event AdviceAttached(StageRecordId indexed record, PartyId indexed adviser, address signer, Digest content);

    /// @notice Lays down the stages of a kind of file. A plan is never changed: a new rule is a new plan for new files.
    /// @param name its name in ASCII, left-aligned
    /// @param stages 1 to 32 stages, those in order in their order
    /// @return plan its number
    /// @custom:caller PLATFORM
    /// @custom:error StageRecordsInvalidPlan when the name or a stage's is missing, or the stages are none or too many.
    function definePlan(bytes32 name, Stage[] calldata stages) external returns (RecordPlanId plan);

    /// @notice Gives a party a standing in a plan, or takes it away.
    /// @param plan the plan
    /// @param party the party
    /// @param standing its standing from now on
    /// @custom:caller PLATFORM
    /// @custom:error StageRecordsUnknownStage when no plan has the number.
    function admit(RecordPlanId plan, PartyId party, Standing standing) external;

    /// @notice Lists a party for a stage, such as a vet for vaccination, or takes it off.
    /// @param plan the plan
    /// @param stage the stage's index
    /// @param party the party
    /// @param listed whether it may record the stage from now on
    /// @custom:caller PLATFORM
    /// @custom:error StageRecordsUnknownStage when there is no such stage.
    function list(RecordPlanId plan, uint8 stage, PartyId party, bool listed) external;

    /// @notice Names the account of a device that records for a party.
    /// @param device the account, nobody's agent
    /// @param party the party; 0 = the account is no device any more
    /// @custom:caller PLATFORM
    /// @custom:error StageRecordsNotDevice when the account is an agent of the party.
    function admitDevice(address device, PartyId party) external;

    /// @notice Names the account of a region's trace system, through which parties record that gave it a mandate.
    /// @param account the account
    /// @param region the region; zero = no system any more
    /// @custom:caller PLATFORM
    function admitSystem(address account, RegionId region) external;

    /// @notice Opens the file of a subject. Whoever opens it holds it.
    /// @param by the party that opens
    /// @param subject the subject; it has no file
    /// @param plan the plan that it follows
    /// @param basics digest of the basic data
    /// @custom:caller an agent of `by`, or a trace system with its mandate
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StageRecordsNotAdmitted when the party is no member of the plan.
    /// @custom:error StageRecordsFileExists when the subject has a file.
    /// @custom:error DigestsMissing when the digest is missing.
    function openFile(PartyId by, ObjectId subject, RecordPlanId plan, Digest calldata basics) external;

    /// @notice Appends what a person entered.
    /// @param by the party that records
    /// @param entry what is to be recorded
    /// @return id its number
    /// @custom:caller an agent of `by`, or a trace system with its mandate
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StageRecordsNoFile when the subject has no file.
    /// @custom:error StageRecordsUnknownStage when the plan has no such stage.
    /// @custom:error StageRecordsHandoverUnsigned when the file passes with the stage.
    /// @custom:error StageRecordsNotRecorder when the party may not record the stage.
    /// @custom:error StageRecordsOutOfOrder when the stage is not the next one.
    /// @custom:error StageRecordsOnlyOnce when the stage was recorded and is recorded only once.
    /// @custom:error StageRecordsInFuture when it would have happened after now.
    /// @custom:error StageRecordsUnrelated when the record named stands elsewhere.
    /// @custom:error DigestsMissing when the content is missing.
    function record(PartyId by, Entry calldata entry) external returns (StageRecordId id);

    /// @notice Appends what a device sent, in the name of the party that it records for.
    /// @param entry what is to be recorded
    /// @return id its number
    /// @custom:caller a device's account
    /// @custom:error StageRecordsNotDevice when the caller is no device, or acts for the party by hand.
    /// @custom:error StageRecordsNoFile when the subject has no file.
    /// @custom:error StageRecordsUnknownStage when the plan has no such stage.
    /// @custom:error StageRecordsHandoverUnsigned when the file passes with the stage.
    /// @custom:error StageRecordsNotRecorder when the party may not record the stage.
    /// @custom:error StageRecordsOutOfOrder when the stage is not the next one.
    /// @custom:error StageRecordsOnlyOnce when the stage was recorded and is recorded only once.
    /// @custom:error StageRecordsInFuture when it would have happened after now.
    /// @custom:error StageRecordsUnrelated when the record named stands elsewhere.
    /// @custom:error DigestsMissing when the content is missing.
    function recordReading(Entry calldata entry) external returns (StageRecordId id);

    /// @notice Takes a file over: records a stage with which it passes to the recorder, as the party that hands over signed.
    /// @param by the party that takes over, a member of the plan
    /// @param entry what is to be recorded
    /// @param signer the agent of the holder that signed
    /// @param deadline the last moment at which the signature holds
    /// @param signature the signature over `StageHandover(bytes32 subject,uint8 stage,uint32 from,uint32 to,bytes32 content,uint256 nonce,uint64 deadline)`,
    /// the nonce being `nonces(signer, key)` with the first 24 bytes of the subject as key
    /// @return id its number
    /// @custom:caller an agent of `by`, or a trace system with its mandate
    /// @custom:unit deadline: s
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StageRecordsWrongSigner when the signer is no agent of the holder.
    /// @custom:error StageRecordsNoFile when the subject has no file.
    /// @custom:error StageRecordsUnknownStage when the plan has no such stage.
    /// @custom:error StageRecordsNoHandover when the file does not pass with the stage, or the party has it.
    /// @custom:error StageRecordsNotAdmitted when the party is no member of the plan.
    /// @custom:error StageRecordsSignatureExpired when the deadline is over.
    /// @custom:error SaltedEIP712InvalidSignature when the signature is not the signer's over this handover.
    /// @custom:error StageRecordsNotRecorder when the party may not record the stage.
    /// @custom:error StageRecordsOutOfOrder when the stage is not the next one.
    /// @custom:error StageRecordsOnlyOnce when the stage was recorded and is recorded only once.
    /// @custom:error StageRecordsInFuture when it would have happened after now.
    /// @custom:error StageRecordsUnrelated when the record named stands elsewhere.
    /// @custom:error DigestsMissing when the content is missing.
    function takeOver(
        PartyId by,
        Entry calldata entry,
        address signer,
        uint64 deadline,
        Signature calldata signature
    ) external returns (StageRecordId id);

    /// @notice Attaches advice that an expert signed.
    /// @param record_ the record that it is about
    /// @param adviser the party that advises
    /// @param signer the agent of the adviser that signed
    /// @param content digest of the advice
    /// @param signature the signature over `StageAdvice(uint256 record,uint32 adviser,bytes32 content,uint256 nonce)`, the nonce being
    /// `nonces(signer, record)`
    /// @custom:caller PUBLIC: the signature says whose advice it is
    /// @custom:error StageRecordsUnknownRecord when no record has the number.
    /// @custom:error StageRecordsNotAdmitted when the party is no adviser of the plan.
    /// @custom:error StageRecordsWrongSigner when the signer is no agent of the adviser.
    /// @custom:error SaltedEIP712InvalidSignature when the signature is not the signer's over this advice.
    /// @custom:error DigestsMissing when the content is missing.
    function attachAdvice(
        StageRecordId record_,
        PartyId adviser,
        address signer,
        Digest calldata content,
        Signature calldata signature
    ) external;

    /// @notice The file of a subject.
    /// @param subject the subject
    /// @return the file; plan 0 where there is none
    function fileOf(ObjectId subject) external view returns (SubjectFile memory);

    /// @notice The stages of a plan.
    /// @param plan the plan
    /// @return the stages; none where no plan has the number
    function stagesOf(RecordPlanId plan) external view returns (Stage[] memory);

    /// @notice What a party was admitted to a plan as.
    /// @param plan the plan
    /// @param party the party
    /// @return its standing
    function standingOf(RecordPlanId plan, PartyId party) external view returns (Standing);

    /// @notice A record.
    /// @param id its number
    /// @return the record
    /// @custom:error StageRecordsUnknownRecord when no record has the number.
    function recordOf(StageRecordId id) external view returns (StageRecord memory);

    /// @notice The advice on a record, oldest first.
    /// @param id the record's number
    /// @param cursor 0, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return advice the page
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function adviceOf(
        StageRecordId id,
        uint256 cursor,
        uint256 limit
    ) external view returns (Advice[] memory advice, uint256 next);

    /// @notice A page of a subject's file, oldest record first.
    /// @param subject the subject
    /// @param cursor 0, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return ids the records' numbers
    /// @return records the page
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function recordsOf(
        ObjectId subject,
        uint256 cursor,
        uint256 limit
    ) external view returns (StageRecordId[] memory ids, StageRecord[] memory records, uint256 next);

    /// @notice The records of a page of a subject's file that were entered through the trace systems of a region or of one under it: what a county
    /// entered, its city and province find by the same code.
    /// @param subject the subject
    /// @param region the region
    /// @param cursor 0, then the `next` of the page before
    /// @param limit how many records of the file are looked at, 1 to 100
    /// @return ids the numbers of those that fit
    /// @return records those that fit
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function recordsUnder(
        ObjectId subject,
        RegionId region,
        uint256 cursor,
        uint256 limit
    ) external view returns (StageRecordId[] memory ids, StageRecord[] memory records, uint256 next);

    /// @notice Whose readings a device records.
    /// @param device the account
    /// @return the party; 0 = no device
    function partyOfDevice(address device) external view returns (PartyId);

    /// @notice The region whose trace system an account is.
    /// @param account the account
    /// @return the region; zero = none
    function regionOfSystem(address account) external view returns (RegionId);

    /// @notice How many plans there are: their numbers are 1 to this.
    /// @return the number
    function planCount() external view returns (uint256);

    /// @notice How many records there are: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);
}
