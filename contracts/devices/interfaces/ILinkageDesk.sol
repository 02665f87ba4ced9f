// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISaltedEIP712, Signature} from "../../common/interfaces/ISaltedEIP712.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {PartyId} from "../../traceability/libraries/TraceTypes.sol";
import {DeviceId, MeasureId, ReadingId} from "../libraries/DeviceTypes.sol";
import {IPartyUser} from "./IPartyUser.sol";

/// @title Linkages between devices
/// @notice When one device reads so and so, others do this and that, in this order. A linkage runs only while the vendor of every device in it and
/// the user authorise it; each step is reported by the device that did it, and none can be skipped.
interface ILinkageDesk is IPartyUser, ISaltedEIP712 {
    /// @notice What a reading must say.
    /// @param device the device that measures
    /// @param measure what it measures
    /// @param above whether its largest value must be above the threshold; else its least below
    /// @param threshold the threshold
    struct Condition {
        DeviceId device;
        MeasureId measure;
        bool above;
        int64 threshold;
    }

    /// @notice What a device does.
    /// @param device the device; one with a key
    /// @param action digest of the action
    struct Step {
        DeviceId device;
        Digest action;
    }

    /// @dev RUNNING until every step was done, or it was aborted.
    enum RunStatus {
        NONE,
        RUNNING,
        COMPLETED,
        ABORTED
    }

    /// @notice A run.
    /// @param linkage the linkage
    /// @param status its status
    /// @param done how many steps were done
    /// @param startedAt when it began, in seconds
    /// @param trigger the reading that set it off
    struct Run {
        uint256 linkage;
        RunStatus status;
        uint32 done;
        uint64 startedAt;
        ReadingId trigger;
    }

    /// @notice A linkage was proposed.
    /// @param linkage the linkage
    /// @param by the vendor that proposed it
    /// @param user whose home it is
    /// @param vendors whose devices take part
    event LinkageProposed(uint256 indexed linkage, PartyId indexed by, address indexed user, PartyId[] vendors);

    /// @notice A vendor or the user authorised a linkage, or took it back.
    /// @param linkage the linkage
    /// @param vendor the vendor; 0 = the user
    /// @param authorised whether it is authorised
    event LinkageAuthorised(uint256 indexed linkage, PartyId indexed vendor, bool authorised);

    /// @notice A linkage began to run.
    /// @param linkage the linkage
    /// @param run the run
    /// @param trigger the reading that set it off
    event LinkageTriggered(uint256 indexed linkage, uint256 indexed run, ReadingId trigger);

    /// @notice A step was done.
    /// @param run the run
    /// @param step its number, from 0
    /// @param device the device that did it
    /// @param at when, in seconds, by the device's clock
    event LinkageStepDone(uint256 indexed run, uint32 indexed step, DeviceId indexed device, uint64 at);

    /// @notice A run ended.
    /// @param run the run
    /// @param status COMPLETED or ABORTED
    event LinkageEnded(uint256 indexed run, RunStatus status);

    /// @notice There is no such linkage or run.
    /// @param id the number given
    /// @custom:cure Use numbers from `LinkageProposed` and `LinkageTriggered` events.
    error LinkageDeskUnknown(uint256 id);

    /// @notice The linkage has no user, no step, or too much of something.
    /// @param conditions how many conditions beside the trigger
    /// @param steps how many steps
    /// @custom:cure Name a user, at most 4 conditions and 1 to 10 steps.
    error LinkageDeskInvalid(uint256 conditions, uint256 steps);

    /// @notice The party is no vendor of a device in the linkage.
    /// @param linkage the linkage
    /// @param vendor the party
    /// @custom:cure Name the maker of a device that takes part.
    error LinkageDeskNotVendor(uint256 linkage, PartyId vendor);

    /// @notice Only the user may do this.
    /// @param linkage the linkage
    /// @param caller who called
    /// @custom:cure Call from the user's account.
    error LinkageDeskNotUser(uint256 linkage, address caller);

    /// @notice Somebody has not authorised the linkage, or took it back.
    /// @param linkage the linkage
    /// @param vendor the first vendor that did not; 0 = the user
    /// @custom:cure Have it authorised by every vendor and the user.
    error LinkageDeskNotAuthorised(uint256 linkage, PartyId vendor);

    /// @notice The reading is not the one that is asked for, does not meet the condition, or is too old.
    /// @param condition which: 0 = the trigger, then the conditions
    /// @param reading the reading given
    /// @custom:cure Give a fresh reading of that device and measure that meets the threshold.
    error LinkageDeskConditionNotMet(uint256 condition, ReadingId reading);

    /// @notice The reading set the linkage off before.
    /// @param reading the reading
    /// @custom:cure Wait for the device's next.
    error LinkageDeskTriggered(ReadingId reading);

    /// @notice The run is over.
    /// @param run the run
    /// @param status its status
    /// @custom:cure Wait for the next trigger.
    error LinkageDeskRunOver(uint256 run, RunStatus status);

    /// @notice The step is not the next one: a step cannot be skipped or done twice.
    /// @param run the run
    /// @param expected the next step
    /// @param given the step given
    /// @custom:cure Report the steps in their order.
    error LinkageDeskOutOfOrder(uint256 run, uint32 expected, uint32 given);

    /// @notice The step was done before the run began, or in the future.
    /// @param at when, in seconds
    /// @custom:cure Check the device's clock.
    error LinkageDeskWrongTime(uint64 at);

    /// @notice Proposes a linkage. The vendors are the makers of its devices.
    /// @param by the vendor that proposes it
    /// @param user whose home it is
    /// @param maxAge how old a reading may be, in seconds
    /// @param conditions the trigger, then what must hold beside it, 1 to 5
    /// @param steps what the devices do, in this order, 1 to 10
    /// @return linkage the linkage
    /// @custom:caller an agent of the vendor
    /// @custom:unit maxAge: s
    /// @custom:error PartyUserNotAgent when the caller does not act for the vendor.
    /// @custom:error LinkageDeskInvalid when user, trigger or steps are missing, or there is too much of something.
    /// @custom:error DeviceRegisterUnknown when a device is not enrolled.
    /// @custom:error DeviceRegisterRetired when a device was retired.
    /// @custom:error DigestsMissing when an action is missing.
    /// @custom:error LinkageDeskNotVendor when no device is the proposing vendor's.
    function propose(
        PartyId by,
        address user,
        uint64 maxAge,
        Condition[] calldata conditions,
        Step[] calldata steps
    ) external returns (uint256 linkage);

    /// @notice Authorises a linkage for a vendor, or takes it back; a run that is under way then waits.
    /// @param linkage the linkage
    /// @param vendor the vendor
    /// @param authorised whether it is authorised
    /// @custom:caller an agent of the vendor
    /// @custom:error LinkageDeskUnknown when there is no such linkage.
    /// @custom:error PartyUserNotAgent when the caller does not act for the vendor.
    /// @custom:error LinkageDeskNotVendor when none of its devices takes part.
    function authorise(uint256 linkage, PartyId vendor, bool authorised) external;

    /// @notice Authorises a linkage as the user, or takes it back.
    /// @param linkage the linkage
    /// @param authorised whether it is authorised
    /// @custom:caller the user
    /// @custom:error LinkageDeskUnknown when there is no such linkage.
    /// @custom:error LinkageDeskNotUser when the caller is not the user.
    function authoriseAsUser(uint256 linkage, bool authorised) external;

    /// @notice Sets a linkage off.
    /// @param linkage the linkage
    /// @param batches one reading for the trigger and each condition, in their order
    /// @return run the run
    /// @custom:caller anybody: the readings count
    /// @custom:error LinkageDeskUnknown when there is no such linkage.
    /// @custom:error LinkageDeskNotAuthorised when a vendor or the user does not authorise it.
    /// @custom:error LinkageDeskConditionNotMet when a reading is missing, wrong, too old, or does not meet its condition.
    /// @custom:error LinkageDeskTriggered when the trigger's reading set it off before.
    /// @custom:error DeviceReadingsUnknown when no batch has a number.
    function trigger(uint256 linkage, ReadingId[] calldata batches) external returns (uint256 run);

    /// @notice Reports that the next step was done.
    /// @param run the run
    /// @param step its number, from 0
    /// @param at when it was done, in seconds
    /// @param signature the device's signature over the EIP-712 struct `StepDone(uint256 run,uint32 step,bytes32 action,uint64 at)`
    /// @custom:caller anybody: the signature counts
    /// @custom:error LinkageDeskUnknown when there is no such run.
    /// @custom:error LinkageDeskRunOver when it is over.
    /// @custom:error LinkageDeskNotAuthorised when a vendor or the user took the authorisation back.
    /// @custom:error LinkageDeskOutOfOrder when it is not the next step.
    /// @custom:error LinkageDeskWrongTime when it was done before the run began, or in the future.
    /// @custom:error DeviceRegisterRetired when the device was retired.
    /// @custom:error SaltedEIP712InvalidSignature when the step's device did not sign.
    function reportStep(uint256 run, uint32 step, uint64 at, Signature calldata signature) external;

    /// @notice Ends a run that cannot go on.
    /// @param run the run
    /// @custom:caller the user
    /// @custom:error LinkageDeskUnknown when there is no such run.
    /// @custom:error LinkageDeskNotUser when the caller is not the user.
    /// @custom:error LinkageDeskRunOver when it is over.
    function abort(uint256 run) external;

    /// @notice How many linkages were proposed.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice How many runs there were.
    /// @return the number of the last
    function runCount() external view returns (uint256);

    /// @notice A linkage.
    /// @param linkage its number
    /// @return user whose home it is
    /// @return vendors whose devices take part
    /// @return conditions the trigger, then what must hold beside it
    /// @return steps what the devices do
    /// @custom:error LinkageDeskUnknown when there is no such linkage.
    function linkageOf(
        uint256 linkage
    )
        external
        view
        returns (address user, PartyId[] memory vendors, Condition[] memory conditions, Step[] memory steps);

    /// @notice Whether a vendor, or the user, authorises a linkage now.
    /// @param linkage the linkage
    /// @param vendor the vendor; 0 = the user
    /// @return whether it does
    function isAuthorised(uint256 linkage, PartyId vendor) external view returns (bool);

    /// @notice A run.
    /// @param run its number
    /// @return the run
    /// @custom:error LinkageDeskUnknown when there is no such run.
    function runOf(uint256 run) external view returns (Run memory);
}
