// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISaltedEIP712, Signature} from "../../common/interfaces/ISaltedEIP712.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {IPartyUser} from "../../devices/interfaces/IPartyUser.sol";
import {DeviceId} from "../../devices/libraries/DeviceTypes.sol";
import {HealthMethod} from "../libraries/BatteryTypes.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Records of batteries
/// @notice The whole life of a battery as its own module signed it: charge and discharge, temperature, position, warnings; and the states of health
/// that were claimed of it, each beside the others.
/// @dev Only the module that is bound to the battery is heard. Its batches are counted without a gap, each is for a time after the one before, and
/// each enters a chain of hashes, so that the head stands for the whole history. A position is a salted digest: where a rider was is nobody's
/// business but his.
///
/// The group of the battery's passport guards the answers of this contract, and who has the battery on loan reads it too; the operators of nodes see
/// what is stored all the same.
interface IBatteryRecords is IPartyUser, ISaltedEIP712 {
    /// @notice What a module signs.
    /// @param battery the battery
    /// @param device the module
    /// @param sequence number of the batch of the module, from 1
    /// @param from when it begins, in seconds
    /// @param to when it ends, in seconds
    /// @param chargedWh energy charged in it
    /// @param dischargedWh energy discharged in it
    /// @param cycles equivalent full cycles so far, in hundredths
    /// @param charge state of charge at its end, in ppm
    /// @param minTemperature the least, in 0.01 degC
    /// @param maxTemperature the largest, in 0.01 degC
    /// @param position salted digest of the position at its end; zero = not known
    /// @param warnings bits that the maker's manual explains; 0 = none
    /// @param root root of the tree over the single readings
    struct BatteryBatch {
        ObjectId battery;
        DeviceId device;
        uint64 sequence;
        uint64 from;
        uint64 to;
        uint32 chargedWh;
        uint32 dischargedWh;
        uint32 cycles;
        uint32 charge;
        int16 minTemperature;
        int16 maxTemperature;
        bytes32 position;
        uint32 warnings;
        bytes32 root;
    }

    /// @notice What the history comes to.
    /// @param batches how many batches
    /// @param moves how many of them ended at another position than the one before
    /// @param warned how many of them carried a warning
    /// @param cycles equivalent full cycles, in hundredths
    /// @param charge state of charge, in ppm
    /// @param lastAt when the last batch ended, in seconds
    /// @param chargedWh energy charged
    /// @param dischargedWh energy discharged
    /// @param minTemperature the least ever, in 0.01 degC
    /// @param maxTemperature the largest ever, in 0.01 degC
    /// @param warnings all warnings that ever were
    /// @param position digest of the last position known
    /// @param head the last of the chain of hashes
    struct Life {
        uint32 batches;
        uint32 moves;
        uint32 warned;
        uint32 cycles;
        uint32 charge;
        uint64 lastAt;
        uint128 chargedWh;
        uint128 dischargedWh;
        int16 minTemperature;
        int16 maxTemperature;
        uint32 warnings;
        bytes32 position;
        bytes32 head;
    }

    /// @notice A state of health that was claimed.
    /// @param by who claimed it
    /// @param method how it was found
    /// @param at when it was claimed, in seconds
    /// @param health what is left of the rated capacity, in ppm
    /// @param cycle at how many equivalent full cycles, in hundredths
    /// @param temperature at which temperature, in 0.01 degC
    /// @param report digest of the report
    struct HealthClaim {
        PartyId by;
        HealthMethod method;
        uint64 at;
        uint32 health;
        uint32 cycle;
        int16 temperature;
        Digest report;
    }

    /// @notice A batch was recorded.
    /// @param battery the battery
    /// @param device the module
    /// @param index its place in the history, from 0
    /// @param batch the batch
    /// @param head the chain of hashes after it
    event BatteryRecorded(
        ObjectId indexed battery,
        DeviceId indexed device,
        uint256 index,
        BatteryBatch batch,
        bytes32 head
    );

    /// @notice A battery warned.
    /// @param battery the battery
    /// @param index place of the batch in the history
    /// @param warnings the warnings
    event BatteryWarned(ObjectId indexed battery, uint256 index, uint32 warnings);

    /// @notice A state of health was claimed.
    /// @param battery the battery
    /// @param by who claimed it
    /// @param index its place among the claims, from 0
    /// @param claim the claim
    event HealthClaimed(ObjectId indexed battery, PartyId indexed by, uint256 index, HealthClaim claim);

    /// @notice A claim lies below the line at which policy sees the end of a first life.
    /// @param battery the battery
    /// @param health what is left, in ppm
    /// @param line the line, in ppm
    event EndOfLifeSuggested(ObjectId indexed battery, uint32 health, uint256 line);

    /// @notice No batch, too many, or not one signature for each.
    /// @param batches the number of batches given
    /// @param signatures the number of signatures given
    /// @param max the largest number
    /// @custom:cure Give one signature for each of 1 to `max` batches.
    error BatteryRecordsBatch(uint256 batches, uint256 signatures, uint256 max);

    /// @notice The device is not the module that is bound to the battery.
    /// @param battery the battery
    /// @param device the device given
    /// @param module the module that is bound; 0 = none
    /// @custom:cure Only the bound module's own batches are taken.
    error BatteryRecordsNotModule(ObjectId battery, DeviceId device, DeviceId module);

    /// @notice The module that is bound to the battery belongs to somebody who has nothing to do with it.
    /// @param battery the battery
    /// @param module the module
    /// @param owner who owns the module
    /// @custom:cure Hand the module over to the battery's operator or owner, or unbind it; a regulator retires one whose owner does not.
    error BatteryRecordsForeignModule(ObjectId battery, DeviceId module, PartyId owner);

    /// @notice The batch is not the module's next.
    /// @param device the module
    /// @param expected the number of its next batch
    /// @param given the number given
    /// @custom:cure Record the batches of a module in their order, each once.
    error BatteryRecordsOutOfSequence(DeviceId device, uint64 expected, uint64 given);

    /// @notice The batch does not come after the one before, begins before the module was built in, ends before it begins, or in the future.
    /// @param battery the battery
    /// @param from when it begins, in seconds
    /// @param to when it ends, in seconds
    /// @param last when the one before ended or the module was built in, in seconds
    /// @custom:cure Nothing can be put in between; check the module's clock.
    error BatteryRecordsWrongTime(ObjectId battery, uint64 from, uint64 to, uint64 last);

    /// @notice The figures contradict each other or the history: cycles fell, charge above full, temperatures exchanged, no root.
    /// @param battery the battery
    /// @param sequence number of the batch
    /// @custom:cure Make the batch anew in the module.
    error BatteryRecordsContradictory(ObjectId battery, uint64 sequence);

    /// @notice Neither the operator nor a laboratory claims this.
    /// @param battery the battery
    /// @param by who claims
    /// @custom:cure Claim as the passport's operator, or as a party with the role LABORATORY.
    error BatteryRecordsNotClaimant(ObjectId battery, PartyId by);

    /// @notice The claim lacks its method, is above the rated capacity by more than a tenth, or lies before the last one or after the recorded cycles.
    /// @param battery the battery
    /// @param cycle the cycles given, in hundredths
    /// @param recorded the cycles recorded, in hundredths
    /// @custom:cure Give method, health, and the cycles at which it was found.
    error BatteryRecordsInvalidClaim(ObjectId battery, uint32 cycle, uint32 recorded);

    /// @notice The account may not read this battery.
    /// @param battery the battery
    /// @param account the account
    /// @custom:cure Open a reading of the battery's group; who has the battery on loan needs none.
    error BatteryRecordsNotReader(ObjectId battery, address account);

    /// @notice Records batches, all or none.
    /// @param batches the batches, 1 to 20
    /// @param signatures for each the module's signature over the EIP-712 struct
    /// `BatteryBatch(bytes32 battery,uint32 device,uint64 sequence,uint64 from,uint64 to,uint32 chargedWh,uint32 dischargedWh,uint32 cycles,uint32 charge,int16 minTemperature,int16 maxTemperature,bytes32 position,uint32 warnings,bytes32 root)`
    /// @custom:caller anybody: the signature counts
    /// @custom:error BatteryRecordsBatch when there are none, too many, or unpaired.
    /// @custom:error BatteryPassportsUnknown when a battery has no passport.
    /// @custom:error BatteryRecordsNotModule when a device is not the battery's module.
    /// @custom:error BatteryRecordsForeignModule when the module belongs to neither operator nor owner of the battery.
    /// @custom:error DeviceRegisterRetired when the module was retired.
    /// @custom:error BatteryRecordsOutOfSequence when a batch is not the module's next.
    /// @custom:error SaltedEIP712InvalidSignature when the module's key did not sign exactly this batch.
    /// @custom:error BatteryRecordsWrongTime when a batch is not after the one before, was measured before the module was built in, or in the future.
    /// @custom:error BatteryRecordsContradictory when its figures contradict each other or the history.
    function record(BatteryBatch[] calldata batches, Signature[] calldata signatures) external;

    /// @notice Claims a state of health. It stands beside those before and replaces none.
    /// @param battery the battery
    /// @param by who claims: the passport's operator, or a laboratory
    /// @param method how it was found
    /// @param health what is left of the rated capacity, in ppm
    /// @param cycle at how many equivalent full cycles, in hundredths
    /// @param temperature at which temperature, in 0.01 degC
    /// @param report digest of the report
    /// @custom:caller an agent of the claimant
    /// @custom:source B-40
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error PartyUserNotAgent when the caller does not act for the claimant.
    /// @custom:error BatteryRecordsNotClaimant when it is neither operator nor laboratory.
    /// @custom:error BatteryRecordsInvalidClaim when method, health or cycles are wrong.
    /// @custom:error DigestsMissing when the report is missing.
    function claimHealth(
        ObjectId battery,
        PartyId by,
        HealthMethod method,
        uint32 health,
        uint32 cycle,
        int16 temperature,
        Digest calldata report
    ) external;

    /// @notice The number of a module's last batch; its next has one more.
    /// @param device the module
    /// @return the number; 0 = it signed none
    function sequenceOf(DeviceId device) external view returns (uint64);

    /// @notice The last of the chain of hashes over a battery's batches, and how many there are. Open to everybody: it tells nothing but whether
    /// something was added.
    /// @param battery the battery
    /// @return head the hash
    /// @return batches how many batches
    function headOf(ObjectId battery) external view returns (bytes32 head, uint32 batches);

    /// @notice What the history comes to.
    /// @param battery the battery
    /// @return the figures
    /// @custom:caller a reader of the battery
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error BatteryRecordsNotReader when the caller may not read it.
    function lifeOf(ObjectId battery) external view returns (Life memory);

    /// @notice The history, in its order: all charges and all moves.
    /// @param battery the battery
    /// @param cursor where to begin; 0 or the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return batches the batches
    /// @return next the next page's cursor; 0 = this was the last
    /// @custom:caller a reader of the battery
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error BatteryRecordsNotReader when the caller may not read it.
    /// @custom:error PagingLimitOutOfRange when the page size is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is past the end.
    function historyOf(
        ObjectId battery,
        uint256 cursor,
        uint256 limit
    ) external view returns (BatteryBatch[] memory batches, uint256 next);

    /// @notice The states of health that were claimed, in their order. Open to everybody (Annex XIII).
    /// @param battery the battery
    /// @param cursor where to begin; 0 or the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return claims the claims
    /// @return next the next page's cursor; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the page size is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is past the end.
    function healthOf(
        ObjectId battery,
        uint256 cursor,
        uint256 limit
    ) external view returns (HealthClaim[] memory claims, uint256 next);

    /// @notice Whether the last claim suggests the end of a first life, by policy in the operator's region.
    /// @param battery the battery
    /// @return suggested whether it does; false without a claim or a line
    /// @return health the last claim, in ppm
    /// @return line the line, in ppm; 0 = policy has none
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    function endOfLife(ObjectId battery) external view returns (bool suggested, uint32 health, uint256 line);

    /// @notice Whether an account reads a battery.
    /// @param battery the battery
    /// @param account the account
    /// @return whether it does
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    function mayRead(ObjectId battery, address account) external view returns (bool);
}
