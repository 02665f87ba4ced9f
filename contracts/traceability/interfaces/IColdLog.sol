// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISaltedEIP712, Signature} from "../../common/interfaces/ISaltedEIP712.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {IPartyUser} from "../../devices/interfaces/IPartyUser.sol";
import {DeviceId} from "../../devices/libraries/DeviceTypes.sol";
import {ColdFigures, ColdLimits, LegId, SensorBatch, Verdict} from "../libraries/ColdTypes.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Logs of the cold chain
/// @notice What devices logged of the legs of {IColdChain}: batches signed by the device and added up as they come. Least and largest, time outside,
/// longest run and gaps are kept on the chain; of the single readings only the root of their tree.
/// @dev A batch is taken only while its leg runs, only from the leg's device, only as its next, and only for a time after what is logged: nothing can
/// be changed, taken out or brought in later (C-35).
interface IColdLog is IPartyUser, ISaltedEIP712 {
    /// @notice What is watched on a leg.
    /// @param object what is watched
    /// @param device the device that watches
    /// @param by who planned the leg
    /// @param carrier who has it on the way; 0 = who planned it
    /// @param consignee who is to receive it; 0 = nobody yet
    /// @param startedAt when it began, in seconds; 0 = not yet
    /// @param endedAt when it ended, in seconds; 0 = it runs
    /// @param clearedAt when an officer last decided on it, in seconds; 0 = never
    /// @param clearedBy the officer who last decided on it; zero = nobody
    /// @param alarm whether an alarm is not cleared
    struct Watch {
        ObjectId object;
        DeviceId device;
        PartyId by;
        PartyId carrier;
        PartyId consignee;
        uint64 startedAt;
        uint64 endedAt;
        uint64 clearedAt;
        address clearedBy;
        bool alarm;
    }

    /// @notice A batch was added to the log.
    /// @param leg the leg
    /// @param device the device
    /// @param batch the batch
    event SamplesRecorded(LegId indexed leg, DeviceId indexed device, SensorBatch batch);

    /// @notice The log came to something that an officer must decide on.
    /// @param leg the leg
    /// @param object what is watched
    /// @param verdict what the log comes to so far
    /// @param figures the log so far
    event ColdAlarm(LegId indexed leg, ObjectId indexed object, Verdict verdict, ColdFigures figures);

    /// @notice An officer cleared the alarm of a leg.
    /// @param leg the leg
    /// @param officer who cleared it
    /// @param reason digest of the reason
    event AlarmCleared(LegId indexed leg, address indexed officer, Digest reason);

    /// @notice There is no such leg.
    /// @param leg the leg given
    /// @custom:cure Use a number from a `LegPlanned` event.
    error ColdLogUnknown(LegId leg);

    /// @notice The leg does not run.
    /// @param leg the leg
    /// @custom:cure Samples are recorded between the shipping and the receipt.
    error ColdLogNotRunning(LegId leg);

    /// @notice The batch is not the device's next, or of another device.
    /// @param device the device
    /// @param expected the number of its next batch
    /// @param given the number given
    /// @custom:cure Record the batches of the leg's device in their order, each once.
    error ColdLogOutOfSequence(DeviceId device, uint64 expected, uint64 given);

    /// @notice The batch has no interval, too many, lists of different lengths, an interval longer than the log demands, or contradicts itself.
    /// @param leg the leg
    /// @custom:cure Give 1 to 300 intervals, each with least, mean and largest in this order, none longer than policy's logging interval.
    error ColdLogInvalidBatch(LegId leg);

    /// @notice The batch overlaps the log, ends in the future, or begins before the leg.
    /// @param leg the leg
    /// @param from when it began, in seconds
    /// @param to when it ended, in seconds
    /// @custom:cure Nothing is logged twice or for the past; check the device's clock.
    error ColdLogWrongTime(LegId leg, uint64 from, uint64 to);

    /// @notice The device is not bound to what is watched, or was bound to it only after the batch began.
    /// @param device the device
    /// @param object what is watched
    /// @custom:cure What a device logs elsewhere says nothing of the leg; leave it where it is until the leg is over.
    error ColdLogNotBound(DeviceId device, ObjectId object);

    /// @notice The officer acts for who planned or carried the leg, or is to receive the goods.
    /// @param leg the leg
    /// @param officer the officer
    /// @custom:cure Another officer clears it.
    error ColdLogOwnCause(LegId leg, address officer);

    /// @notice The leg has nothing that an officer must decide on.
    /// @param leg the leg
    /// @custom:cure Nothing is to be cleared.
    error ColdLogNoAlarm(LegId leg);

    /// @notice Gets ready to log a leg.
    /// @param leg the leg
    /// @param watch what is watched
    /// @param limits what policy demands
    /// @custom:caller COLD_CHAIN (ColdChain)
    function prepare(LegId leg, Watch calldata watch, ColdLimits calldata limits) external;

    /// @notice Sets when a leg began and ended.
    /// @param leg the leg
    /// @param startedAt when it began, in seconds; 0 = not yet
    /// @param endedAt when it ended, in seconds; 0 = it runs
    /// @custom:caller COLD_CHAIN (ColdChain)
    /// @custom:unit startedAt, endedAt: s
    function setTimes(LegId leg, uint64 startedAt, uint64 endedAt) external;

    /// @notice Sets who is to receive the goods of a leg.
    /// @param leg the leg
    /// @param consignee who is to receive them
    /// @custom:caller COLD_CHAIN (ColdChain)
    function setConsignee(LegId leg, PartyId consignee) external;

    /// @notice Adds a batch to the log of a leg that runs.
    /// @param batch the batch
    /// @param signature the device's signature over the EIP-712 struct
    /// `SensorBatch(uint48 leg,uint32 device,uint64 sequence,uint64 from,uint32 interval,int16[] min,int16[] max,int16[] mean,bytes32 root)`
    /// @custom:caller anybody: the signature counts
    /// @custom:source 药品GSP附录3 Art 2-6 (C-35); C-44
    /// @custom:error ColdLogUnknown when there is no such leg.
    /// @custom:error ColdLogNotRunning when it does not run.
    /// @custom:error ColdLogOutOfSequence when it is not the next batch of the leg's device.
    /// @custom:error ColdLogNotBound when the device is not, or was not then, bound to what is watched.
    /// @custom:error DeviceRegisterRetired when the gateway that signs for the device was retired.
    /// @custom:error SaltedEIP712InvalidSignature when the device did not sign exactly this batch.
    /// @custom:error ColdLogInvalidBatch when it contradicts itself or logs too coarsely.
    /// @custom:error ColdLogWrongTime when it overlaps the log, ends in the future or begins before the leg.
    function record(SensorBatch calldata batch, Signature calldata signature) external;

    /// @notice Decides on an excursion: clears the alarm of a leg, or lets pass what raised none (nothing logged up to now, not back in range). It
    /// does not change what the log says, and opens no way for goods that must be refused. Another officer may decide again; the last one counts.
    /// @param leg the leg
    /// @param reason digest of the reason
    /// @custom:caller COLD_QUALITY that acts neither for who planned, nor for who carried it, nor for who is to receive it
    /// @custom:error ColdLogUnknown when there is no such leg.
    /// @custom:error ColdLogNoAlarm when there is nothing to decide on.
    /// @custom:error ColdLogOwnCause when the officer acts for who planned or carried it, or is to receive it.
    /// @custom:error DigestsMissing when the reason is missing.
    function clearAlarm(LegId leg, Digest calldata reason) external;

    /// @notice The log of a leg.
    /// @param leg its number
    /// @return the log
    function figuresOf(LegId leg) external view returns (ColdFigures memory);

    /// @notice What policy demands of a leg.
    /// @param leg its number
    /// @return the limits
    function limitsOf(LegId leg) external view returns (ColdLimits memory);

    /// @notice The number of a device's last batch; its next has one more.
    /// @param device the device
    /// @return the number; 0 = it signed none
    function sequenceOf(DeviceId device) external view returns (uint64);

    /// @notice What is watched on a leg.
    /// @param leg its number
    /// @return the watch
    function watchOf(LegId leg) external view returns (Watch memory);

    /// @notice What the log of a leg comes to, were it over at a moment.
    /// @param leg its number
    /// @param at the moment, in seconds
    /// @return verdict the verdict
    /// @return figures the log
    /// @custom:unit at: s
    function judge(LegId leg, uint64 at) external view returns (Verdict verdict, ColdFigures memory figures);

    /// @notice Whether something is open that an officer must decide on, were the leg over at a moment: an alarm, or an excursion on which no officer
    /// decided. Who decided on a silent log decided for one logging interval more.
    /// @param leg its number
    /// @param at the moment, in seconds
    /// @return whether it is
    /// @custom:unit at: s
    function isOpen(LegId leg, uint64 at) external view returns (bool);

    /// @notice Whether a single reading is under the root of a batch. Leaves are as in {IDeviceReadings}.
    /// @param root root of the tree; from a `SamplesRecorded` event of the leg
    /// @param leg the leg
    /// @param time when the reading was made, in seconds
    /// @param value the reading, in 0.01 degC
    /// @param salt its salt
    /// @param proof the hashes beside its path
    /// @return whether the leg has the root, and the root the reading
    function proves(
        LegId leg,
        bytes32 root,
        uint64 time,
        int64 value,
        bytes32 salt,
        bytes32[] calldata proof
    ) external view returns (bool);
}
