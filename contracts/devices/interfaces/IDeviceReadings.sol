// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISaltedEIP712, Signature} from "../../common/interfaces/ISaltedEIP712.sol";
import {IGoverned} from "../../common/interfaces/IGoverned.sol";
import {DeviceId, MeasureId, ReadingId} from "../libraries/DeviceTypes.sol";

/// @title Readings of devices
/// @notice Batches of readings, each signed inside the device that made it: nobody else's, none twice, none changed, none inserted later, none
/// taken out.
/// @dev The signature is the authority; who brings the batch does not matter. Each signing device counts its batches from 1 without a gap, so
/// that one that is missing is missed. A series (one device, one measure) only grows at its end. A batch carries least, largest and total of its
/// readings and the root of a tree over the readings themselves, of which each can be proved.
///
/// The tree is the standard tree of OpenZeppelin: leaves `keccak256(keccak256(abi.encode(uint64 time, int64 value, bytes32 salt)))`, pairs
/// sorted. The salt keeps a reading from being guessed from its neighbour's proof.
///
/// Readers go through {IReadingGroups}. It guards the answers of this contract; the operators of nodes see the stored figures all the same.
interface IDeviceReadings is IGoverned, ISaltedEIP712 {
    /// @notice What a device signs.
    /// @param source the device that measured
    /// @param measure what it measured, with its unit
    /// @param sequence number of the batch of the device that signs, from 1
    /// @param from when the first reading was made, in seconds
    /// @param to when the last reading was made, in seconds
    /// @param count how many readings
    /// @param min the least reading
    /// @param max the largest reading
    /// @param total the sum of the readings; the mean is `total / count`
    /// @param root root of the tree over the readings
    struct Batch {
        DeviceId source;
        MeasureId measure;
        uint64 sequence;
        uint64 from;
        uint64 to;
        uint32 count;
        int64 min;
        int64 max;
        int128 total;
        bytes32 root;
    }

    /// @notice A batch as it is kept.
    /// @param source the device that measured
    /// @param speaker the device that signed
    /// @param measure what it measured
    /// @param sequence its number of the device that signed
    /// @param from when the first reading was made, in seconds
    /// @param to when the last reading was made, in seconds
    /// @param recordedAt when it was recorded, in seconds
    /// @param count how many readings
    /// @param min the least reading
    /// @param max the largest reading
    /// @param total the sum of the readings
    /// @param running the sum of all readings of the series up to and with this batch
    /// @param root root of the tree over the readings
    struct Reading {
        DeviceId source;
        DeviceId speaker;
        MeasureId measure;
        uint48 sequence;
        uint48 from;
        uint48 to;
        uint48 recordedAt;
        uint32 count;
        int64 min;
        int64 max;
        int128 total;
        int128 running;
        bytes32 root;
    }

    /// @notice A batch was recorded.
    /// @param reading its number
    /// @param source the device that measured
    /// @param speaker the device that signed
    /// @param batch the batch
    event ReadingsPosted(ReadingId indexed reading, DeviceId indexed source, DeviceId indexed speaker, Batch batch);

    /// @notice No batch, too many, or not one signature for each.
    /// @param batches the number of batches given
    /// @param signatures the number of signatures given
    /// @param max the largest number
    /// @custom:cure Give one signature for each of 1 to `max` batches.
    error DeviceReadingsBatch(uint256 batches, uint256 signatures, uint256 max);

    /// @notice The batch is not the signing device's next.
    /// @param speaker the device that signed
    /// @param expected the number of its next batch
    /// @param given the number given
    /// @custom:cure Post the batches of a device in their order, each once.
    error DeviceReadingsOutOfSequence(DeviceId speaker, uint64 expected, uint64 given);

    /// @notice The batch does not come after the series' last, ends before it begins, or ends in the future.
    /// @param source the device that measured
    /// @param from when its first reading was made, in seconds
    /// @param to when its last reading was made, in seconds
    /// @param last when the series' last reading was made, in seconds
    /// @custom:cure Readings of the past cannot be put in between; check the device's clock.
    error DeviceReadingsWrongTime(DeviceId source, uint64 from, uint64 to, uint64 last);

    /// @notice The figures contradict each other: no reading, a total outside `count` times least and largest, or no measure or root.
    /// @param source the device that measured
    /// @param sequence number of the batch
    /// @custom:cure Make the batch anew in the device.
    error DeviceReadingsContradictory(DeviceId source, uint64 sequence);

    /// @notice No batch has this number.
    /// @param reading the number given
    /// @custom:cure Use a number from a `ReadingsPosted` event.
    error DeviceReadingsUnknown(ReadingId reading);

    /// @notice Records batches, all or none. Readings beyond a limit raise warnings at once; see {IAlarmDesk}.
    /// @param batches the batches, 1 to 20
    /// @param signatures for each the signature of the device over the EIP-712 struct
    /// `ReadingBatch(uint32 source,bytes16 measure,uint64 sequence,uint64 from,uint64 to,uint32 count,int64 min,int64 max,int128 total,bytes32 root)`
    /// @return first the number of the first; the others follow
    /// @custom:caller anybody: the signature counts
    /// @custom:error DeviceReadingsBatch when there are none, too many, or unpaired.
    /// @custom:error DeviceRegisterUnknown when a device is not enrolled.
    /// @custom:error DeviceRegisterRetired when a device, or its gateway, was retired.
    /// @custom:error DeviceReadingsOutOfSequence when a batch is not the device's next: it came before, or one is missing.
    /// @custom:error SaltedEIP712InvalidSignature when the device's key did not sign exactly this batch.
    /// @custom:error DeviceReadingsWrongTime when a batch is not after the series' last, or in the future.
    /// @custom:error DeviceReadingsContradictory when its figures contradict each other.
    function post(Batch[] calldata batches, Signature[] calldata signatures) external returns (ReadingId first);

    /// @notice How many batches were recorded.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice The number of a device's last batch; its next has one more.
    /// @param speaker the device that signs
    /// @return the number; 0 = it signed none
    function sequenceOf(DeviceId speaker) external view returns (uint64);

    /// @notice How many batches a series has. Open to everybody.
    /// @param source the device that measured
    /// @param measure what it measured
    /// @return the number of batches
    function lengthOf(DeviceId source, MeasureId measure) external view returns (uint256);

    /// @notice A batch.
    /// @param reading its number
    /// @return the batch
    /// @custom:caller a reader of the device's group
    /// @custom:error DeviceReadingsUnknown when no batch has the number.
    /// @custom:error ReadingGroupsNotOpen when the caller has no open reading of the group.
    function readingOf(ReadingId reading) external view returns (Reading memory);

    /// @notice A series, in its order.
    /// @param source the device that measured
    /// @param measure what it measured
    /// @param cursor where to begin; 0 or the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return readings the batches
    /// @return next the next page's cursor; 0 = this was the last
    /// @custom:caller a reader of the device's group
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    /// @custom:error ReadingGroupsNotOpen when the caller has no open reading of the group.
    /// @custom:error PagingLimitOutOfRange when the page size is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is past the end.
    function series(
        DeviceId source,
        MeasureId measure,
        uint256 cursor,
        uint256 limit
    ) external view returns (Reading[] memory readings, uint256 next);

    /// @notice The sum of a series over a time: of the batches that lie in it as a whole. A binary search, whatever the length.
    /// @param source the device that measured
    /// @param measure what it measured
    /// @param from the first second
    /// @param to the last second
    /// @return total the sum of the readings
    /// @return covered the seconds from the first of those readings to the last
    /// @custom:caller a reader of the device's group
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    /// @custom:error ReadingGroupsNotOpen when the caller has no open reading of the group.
    function totalBetween(
        DeviceId source,
        MeasureId measure,
        uint64 from,
        uint64 to
    ) external view returns (int256 total, uint64 covered);

    /// @notice Whether a single reading is in a batch. Open to everybody: who holds a reading and its proof may show it to anyone.
    /// @param reading the batch
    /// @param time when the reading was made, in seconds
    /// @param value the reading
    /// @param salt its salt
    /// @param proof the hashes beside its path
    /// @return whether it is
    /// @custom:error DeviceReadingsUnknown when no batch has the number.
    function proves(
        ReadingId reading,
        uint64 time,
        int64 value,
        bytes32 salt,
        bytes32[] calldata proof
    ) external view returns (bool);
}
