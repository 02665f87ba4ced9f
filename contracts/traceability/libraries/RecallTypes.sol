// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {PartyId} from "./TraceTypes.sol";

/// @dev A recall, counted from 1; 0 means "none".
type RecallId is uint32;

/// @dev How grave it is: food C-25 to C-27, medicines C-34.
enum RecallLevel {
    NONE,
    ONE, // grave harm or death
    TWO, // ordinary, temporary or reversible harm
    THREE // a false label; normally no harm, but it must come back
}

/// @dev Which clocks run.
enum RecallKind {
    FOOD, // and every other good that is no medicine
    MEDICINE
}

enum RecallStatus {
    NONE,
    OPEN,
    CLOSED, // the books balanced
    WITHDRAWN // opened in error; marks are taken off page by page
}

/// @dev Where a recalled item stands in the books of a recall.
enum RecallPlace {
    NONE, // not in the books
    GONE, // ended before the recall reached it, or went into something else that is in the books
    OPEN, // somewhere in the market
    SOLD, // with a consumer
    RETURNED, // in the hands of the party that recalls
    DESTROYED,
    WRITTEN_OFF, // sold and not to be had back
    RELABELLED // label put right and sold again (C-28)
}

/// @dev What a party or the regulator says when it opens a recall.
/// @param by the party that recalls: brand owner, licence holder or producer
/// @param level how grave it is
/// @param labelOnly whether only the label is at fault, so that it may be put right and sold again
/// @param knownAt when the risk became known, in seconds; the clock starts here
/// @param reason digest of the finding
struct RecallOrder {
    PartyId by;
    RecallLevel level;
    bool labelOnly;
    uint64 knownAt;
    Digest reason;
}

/// @dev A recall. Times in seconds, 0 = never or no such duty.
/// @param by the party that recalls
/// @param level how grave it is
/// @param kind which clocks run
/// @param status where it stands
/// @param labelOnly whether only the label is at fault
/// @param ordered whether the regulator ordered it
/// @param announce whether a destruction must be announced beforehand
/// @param region the region of the party; its policy holds
/// @param knownAt when the risk became known
/// @param openedAt when it was opened
/// @param startDueAt the first moment at which the notice is late
/// @param noticeAt when the notice was published
/// @param finishDueAt the first moment at which the close is late
/// @param planDueAt the first moment at which the plan is late
/// @param planAt when the plan was filed
/// @param reportEvery the longest time between progress reports
/// @param reportedAt when the latest progress report was filed
/// @param destructionAt when the latest announced destruction takes place
/// @param closedAt when it was closed or withdrawn
/// @param reason digest of the finding
struct Recall {
    PartyId by;
    RecallLevel level;
    RecallKind kind;
    RecallStatus status;
    bool labelOnly;
    bool ordered;
    bool announce;
    RegionId region;
    uint64 knownAt;
    uint64 openedAt;
    uint64 startDueAt;
    uint64 noticeAt;
    uint64 finishDueAt;
    uint64 planDueAt;
    uint64 planAt;
    uint64 reportEvery;
    uint64 reportedAt;
    uint64 destructionAt;
    uint64 closedAt;
    Digest reason;
}

/// @dev What a recall has to account for in one unit, in millionths of it. Balanced when
/// `distributed == returned + destroyed + writtenOff + relabelled`.
/// @param distributed everything marked, less what went into other marked things
/// @param returned in the hands of the party that recalls
/// @param destroyed destroyed since it was marked
/// @param writtenOff sold and not to be had back
/// @param relabelled put right and sold again
struct RecallBook {
    uint128 distributed;
    uint128 returned;
    uint128 destroyed;
    uint128 writtenOff;
    uint128 relabelled;
}

/// @dev How far the marking is.
/// @param reached objects and transformations reached
/// @param marked objects marked
/// @param waiting nodes whose further way is not read yet
/// @param complete whether nothing waits
struct RecallProgress {
    uint64 reached;
    uint64 marked;
    uint64 waiting;
    bool complete;
}

/// @dev What the marks keep of a recall: one slot.
/// @param by the party that recalls
/// @param status where it stands
/// @param labelOnly whether only the label is at fault
/// @param announce whether a destruction must be announced beforehand
/// @param destructionAt when the latest announced destruction takes place, in seconds; 0 = none announced
struct RecallCase {
    PartyId by;
    RecallStatus status;
    bool labelOnly;
    bool announce;
    uint64 destructionAt;
}
