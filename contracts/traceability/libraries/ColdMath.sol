// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ColdFigures, ColdLimits, SensorBatch, Verdict} from "./ColdTypes.sol";

/// @title Arithmetic of the cold chain
/// @notice How a log is added up, and what it comes to. An interval counts as outside as a whole when its least or largest reading was.
/// @dev A run outside is a row of intervals outside without a gap longer than the logging interval between them; shorter pauses count into neither
/// the run nor the time outside. A longer gap ends a run, and is an excursion by itself (C-44).
library ColdMath {
    /// @notice Adds a batch to a log.
    /// @param figures the log so far
    /// @param limits what policy demands
    /// @param batch the batch, after the log's end
    /// @return the log with the batch
    function add(
        ColdFigures memory figures,
        ColdLimits memory limits,
        SensorBatch calldata batch
    ) internal pure returns (ColdFigures memory) {
        uint256 length = batch.min.length;
        if (figures.intervals == 0) {
            figures.from = uint48(batch.from);
            figures.min = type(int16).max;
            figures.max = type(int16).min;
        } else {
            uint256 pause = batch.from - figures.to;
            if (pause > limits.logEvery) {
                ++figures.gaps;
                if (pause > figures.longestGap) figures.longestGap = uint32(pause);
                figures.run = 0;
            }
        }
        for (uint256 i = 0; i < length; ++i) {
            _addInterval(figures, limits, batch.min[i], batch.max[i], batch.interval);
        }
        figures.lastMax = batch.max[length - 1];
        figures.intervals += uint32(length);
        figures.to = uint48(batch.from + length * batch.interval);
        return figures;
    }

    /// @notice What a log comes to.
    /// @param figures the log
    /// @param limits what policy demands
    /// @param start when the leg began, in seconds
    /// @param end when it ended or is judged, in seconds
    /// @return the verdict
    function judge(
        ColdFigures memory figures,
        ColdLimits memory limits,
        uint64 start,
        uint64 end
    ) internal pure returns (Verdict) {
        bool complete = isComplete(figures, limits, start, end);
        bool logged = figures.intervals != 0;
        if (
            (limits.fullLog && !complete) ||
            (limits.strict && figures.outside != 0) ||
            (logged && figures.max > limits.hardUpper)
        ) return Verdict.REFUSE;
        if (
            !complete ||
            figures.excursions != 0 ||
            figures.outside > limits.allowance ||
            figures.lastMax > limits.recover
        ) return Verdict.EXCURSION;
        return Verdict.CONFORMANT;
    }

    /// @notice Whether a log covers a leg without a gap longer than the logging interval, its ends included.
    /// @param figures the log
    /// @param limits what policy demands
    /// @param start when the leg began, in seconds
    /// @param end when it ended or is judged, in seconds
    /// @return whether it does
    function isComplete(
        ColdFigures memory figures,
        ColdLimits memory limits,
        uint64 start,
        uint64 end
    ) internal pure returns (bool) {
        return
            figures.intervals != 0 &&
            figures.gaps == 0 &&
            figures.from <= start + limits.logEvery &&
            end <= figures.to + limits.logEvery;
    }

    /// @notice The worse of two logs, figure by figure.
    /// @param a one log
    /// @param b the other
    /// @return worst least of the least, largest of the largest, sums of what adds up
    function merge(ColdFigures memory a, ColdFigures memory b) internal pure returns (ColdFigures memory worst) {
        if (a.intervals == 0) return b;
        if (b.intervals == 0) return a;
        worst = b;
        worst.intervals += a.intervals;
        if (a.min < worst.min) worst.min = a.min;
        if (a.max > worst.max) worst.max = a.max;
        if (a.to > worst.to) (worst.to, worst.lastMax, worst.run) = (a.to, a.lastMax, a.run);
        if (a.from < worst.from) worst.from = a.from;
        if (a.longestRun > worst.longestRun) worst.longestRun = a.longestRun;
        if (a.longestGap > worst.longestGap) worst.longestGap = a.longestGap;
        worst.outside += a.outside;
        worst.excursions += a.excursions;
        worst.gaps += a.gaps;
        worst.coarse += a.coarse;
    }

    function _addInterval(
        ColdFigures memory figures,
        ColdLimits memory limits,
        int16 min,
        int16 max,
        uint32 interval
    ) private pure {
        if (min < figures.min) figures.min = min;
        if (max > figures.max) figures.max = max;
        if (min >= limits.lower && max <= limits.upper) {
            figures.run = 0;
            return;
        }
        // A run becomes an excursion once, with the interval that carries it over what is tolerated.
        if (figures.run <= limits.tolerance && figures.run + interval > limits.tolerance) ++figures.excursions;
        figures.run += interval;
        figures.outside += interval;
        if (figures.run > figures.longestRun) figures.longestRun = figures.run;
        if (limits.alarmEvery != 0 && interval > limits.alarmEvery) ++figures.coarse;
    }
}
