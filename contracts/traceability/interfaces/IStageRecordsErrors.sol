// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RecordPlanId, StageRecordId, Standing} from "../libraries/RecordTypes.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Errors of stage records
/// @notice What {IStageRecords} refuses, why, and what helps.
interface IStageRecordsErrors {
    /// @notice The plan has no name, no stage or too many, or a stage without a name, or one required that has no place in the order.
    /// @param stages how many stages were given
    /// @param max the most
    /// @custom:cure Name the plan and 1 to `max` stages; only stages in order can be required.
    error StageRecordsInvalidPlan(uint256 stages, uint256 max);

    /// @notice No plan has this number, or the plan no stage of this index.
    /// @param plan the plan
    /// @param stage the stage's index
    /// @custom:cure Use a number that `definePlan` returned and an index below the length of `stagesOf`.
    error StageRecordsUnknownStage(RecordPlanId plan, uint8 stage);

    /// @notice The party has not the standing that this needs.
    /// @param plan the plan
    /// @param party the party
    /// @param needed the standing needed
    /// @custom:cure The platform admits the party with `admit`.
    error StageRecordsNotAdmitted(RecordPlanId plan, PartyId party, Standing needed);

    /// @notice The subject has a file: one thing, one file.
    /// @param subject the subject
    /// @custom:cure Write into the file that there is.
    error StageRecordsFileExists(ObjectId subject);

    /// @notice The subject has no file.
    /// @param subject the subject
    /// @custom:cure A member of a plan opens it with `openFile`.
    error StageRecordsNoFile(ObjectId subject);

    /// @notice The party may not record this stage.
    /// @param subject whose file it is
    /// @param stage the stage's index
    /// @param party the party
    /// @custom:cure Let the holder record it, or a party that the plan lists for the stage; see `stagesOf`.
    error StageRecordsNotRecorder(ObjectId subject, uint8 stage, PartyId party);

    /// @notice The stage is not the next one: it lies behind, or a required stage was left out.
    /// @param subject whose file it is
    /// @param stage the stage's index
    /// @param reached the latest stage recorded, counted from 1
    /// @custom:cure Record the stages in the order of `stagesOf`.
    error StageRecordsOutOfOrder(ObjectId subject, uint8 stage, uint8 reached);

    /// @notice The stage was recorded, and it is recorded only once.
    /// @param subject whose file it is
    /// @param stage the stage's index
    /// @custom:cure Answer the record with another stage, naming it in `about`.
    error StageRecordsOnlyOnce(ObjectId subject, uint8 stage);

    /// @notice The file passes with this stage: it needs the holder's signature.
    /// @param subject whose file it is
    /// @param stage the stage's index
    /// @custom:cure Call `takeOver` with the signature of the party that hands over.
    error StageRecordsHandoverUnsigned(ObjectId subject, uint8 stage);

    /// @notice The file does not pass with this stage, or to the party that has it.
    /// @param subject whose file it is
    /// @param stage the stage's index
    /// @custom:cure Call `record`.
    error StageRecordsNoHandover(ObjectId subject, uint8 stage);

    /// @notice It would have happened after now.
    /// @param occurredAt the moment given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give the moment at which it happened.
    error StageRecordsInFuture(uint64 occurredAt, uint64 timestamp);

    /// @notice The record named stands in another file, or nowhere.
    /// @param subject the file written to
    /// @param about the record named
    /// @custom:cure Name a record of the same file, or 0.
    error StageRecordsUnrelated(ObjectId subject, StageRecordId about);

    /// @notice The account is not the device of a party, or it acts for a party by hand.
    /// @param account the account
    /// @custom:cure The platform admits the device's own account, which is nobody's agent, with `admitDevice`.
    error StageRecordsNotDevice(address account);

    /// @notice The account that signed is no agent of the party whose signature is needed.
    /// @param party the party that signs
    /// @param signer the account given
    /// @custom:cure Have an agent of the party sign.
    error StageRecordsWrongSigner(PartyId party, address signer);

    /// @notice The signature was made for an earlier moment.
    /// @param deadline the last moment, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Have it signed again with a later deadline.
    error StageRecordsSignatureExpired(uint64 deadline, uint64 timestamp);

    /// @notice No record has this number.
    /// @param record the number given
    /// @custom:cure Use a number that `record` or `takeOver` returned.
    error StageRecordsUnknownRecord(StageRecordId record);
}
