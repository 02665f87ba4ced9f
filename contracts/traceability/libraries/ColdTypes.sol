// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DeviceId} from "../../devices/libraries/DeviceTypes.sol";
import {EventId, ObjectId, PartyId} from "./TraceTypes.sol";

/// @dev A leg of a thing's cold chain, counted from 1; 0 means "none".
type LegId is uint48;

/// @dev What is kept cold, as the parameters go by. New classes are appended, never inserted.
enum ColdClass {
    NONE,
    CHILLED, // C-39, C-41
    FROZEN, // C-39, C-40
    COLD_MEDICINE, // C-36
    ULTRA_COLD,
    VACCINE // C-37
}

/// @dev Where a leg takes place.
enum ColdStage {
    NONE,
    TRANSPORT,
    STORE,
    DISPLAY
}

/// @dev PLANNED until the shipping is captured (or a stay begins); then RUNNING until it is received, refused or over.
enum LegStatus {
    NONE,
    PLANNED,
    RUNNING,
    RECEIVED,
    REFUSED,
    VOIDED
}

/// @dev From good to bad: the worst of several is the largest.
enum Verdict {
    NONE, // no leg
    CONFORMANT,
    EXCURSION, // outside longer than tolerated, a gap, or not back in range: an officer decides
    REFUSE // must not be received (C-37, C-40)
}

/// @dev What policy demands, at the moment the leg was planned. Temperatures in 0.01 degC, times in seconds.
/// @param lower the least in range
/// @param upper the largest in range
/// @param hardUpper above it the goods are refused; the largest int16 = no such limit
/// @param recover the last interval before receipt must not be above it; the largest int16 = no such demand
/// @param tolerance the longest run outside that is no excursion
/// @param allowance the longest time outside altogether that is no excursion
/// @param logEvery the longest logging interval; a longer gap is an excursion
/// @param alarmEvery the longest logging interval while out of range; 0 = no such demand
/// @param receiptLag how long after a receipt it may be recorded; one recorded later is judged as of its recording less this
/// @param strict whether anything out of range is refused
/// @param fullLog whether a log that is not complete is refused
struct ColdLimits {
    int16 lower;
    int16 upper;
    int16 hardUpper;
    int16 recover;
    uint32 tolerance;
    uint32 allowance;
    uint32 logEvery;
    uint32 alarmEvery;
    uint32 receiptLag;
    bool strict;
    bool fullLog;
}

/// @dev What the log of a leg comes to. Temperatures in 0.01 degC, times in seconds.
/// @param intervals how many intervals were logged
/// @param min the least reading
/// @param max the largest reading
/// @param lastMax the largest reading of the last interval
/// @param outside time in intervals that were out of range
/// @param run length of the run outside that is still going on
/// @param longestRun the longest run outside
/// @param excursions runs outside that were longer than tolerated
/// @param gaps gaps longer than the logging interval
/// @param longestGap the longest of them
/// @param coarse intervals out of range that were logged more coarsely than an alarm demands
/// @param from when the first interval began
/// @param to when the last interval ended
struct ColdFigures {
    uint32 intervals;
    int16 min;
    int16 max;
    int16 lastMax;
    uint32 outside;
    uint32 run;
    uint32 longestRun;
    uint32 excursions;
    uint32 gaps;
    uint32 longestGap;
    uint32 coarse;
    uint48 from;
    uint48 to;
}

/// @dev A leg.
/// @param object what is watched: an item or a container
/// @param class what is kept cold
/// @param stage where
/// @param status its status
/// @param device the device that watches
/// @param by who planned it: the shipper, or who keeps it
/// @param carrier who has it on the way; 0 = who planned it
/// @param plannedAt when it was planned, in seconds: the policy of this moment holds
/// @param startedAt when it began, in seconds
/// @param endedAt when it was received, refused or over, in seconds
/// @param startEvent the shipping
/// @param endEvent the receipt or the refusal
struct Leg {
    ObjectId object;
    ColdClass class;
    ColdStage stage;
    LegStatus status;
    DeviceId device;
    PartyId by;
    PartyId carrier;
    uint64 plannedAt;
    uint64 startedAt;
    uint64 endedAt;
    EventId startEvent;
    EventId endEvent;
}

/// @dev What a device signs. Interval `i` lasts from `from + i x interval` to `from + (i + 1) x interval`.
/// @param leg the leg
/// @param device the device
/// @param sequence number of the batch of the device, from 1
/// @param from when the first interval began, in seconds
/// @param interval the length of an interval, in seconds
/// @param min the least reading of each interval, in 0.01 degC
/// @param max the largest reading of each interval
/// @param mean the mean of each interval
/// @param root root of the tree over the single readings
struct SensorBatch {
    LegId leg;
    DeviceId device;
    uint64 sequence;
    uint64 from;
    uint32 interval;
    int16[] min;
    int16[] max;
    int16[] mean;
    bytes32 root;
}

function _equalLeg(LegId a, LegId b) pure returns (bool) {
    return LegId.unwrap(a) == LegId.unwrap(b);
}

using {_equalLeg as ==} for LegId global;
