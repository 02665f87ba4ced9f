// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {ClosingKind, Filing, MerchantId, MerchantScale, MerchantStatus, Refusal} from "../libraries/PrepaidTypes.sol";

/// @title Events of the merchant register
/// @notice What {IMerchantRegister} announces: its whole state can be computed from them.
interface IMerchantRegisterEvents {
    /// @notice A merchant was filed.
    /// @param merchant its number
    /// @param agent the account that acts for it
    /// @param filing what was filed
    event MerchantFiled(MerchantId indexed merchant, address indexed agent, Filing filing);

    /// @notice A merchant's status changed.
    /// @param merchant the merchant
    /// @param from the status before
    /// @param to the status from now on
    event MerchantStatusChanged(MerchantId indexed merchant, MerchantStatus from, MerchantStatus to);

    /// @notice A merchant's yearly figures changed.
    /// @param merchant the merchant
    /// @param scale its size and type
    /// @param lastYearRevenue last year's main revenue, in fen
    /// @param paidInCapital the paid-in capital, in fen
    /// @param leaseEndsAt the end of the lease, in seconds; 0 where none is filed
    /// @param evidence the digest of the statements
    event MerchantFiguresUpdated(
        MerchantId indexed merchant,
        MerchantScale scale,
        uint128 lastYearRevenue,
        uint128 paidInCapital,
        uint64 leaseEndsAt,
        Digest evidence
    );

    /// @notice A merchant was linked to the supervision platform.
    /// @param merchant the merchant
    /// @param linkedAt when, in seconds
    /// @param markDueAt the first moment at which showing its mark is late, in seconds
    /// @param mark the digest of the link mark
    event MerchantLinked(MerchantId indexed merchant, uint64 linkedAt, uint64 markDueAt, Digest mark);

    /// @notice A merchant's link ended.
    /// @param merchant the merchant
    /// @param reason the digest of the reason
    event MerchantUnlinked(MerchantId indexed merchant, Digest reason);

    /// @notice A merchant shows its link mark.
    /// @param merchant the merchant
    /// @param shownAt since when, in seconds
    /// @param late whether the time for it was over
    event MarkShown(MerchantId indexed merchant, uint64 shownAt, bool late);

    /// @notice A merchant reported the use of its prepayments in a quarter.
    /// @param merchant the merchant
    /// @param year the year
    /// @param quarter the quarter, 1 to 4
    /// @param late whether the first report came after it was due
    /// @param correction whether a report for the quarter stood before
    /// @param report the digest of the report
    event FundsReported(
        MerchantId indexed merchant,
        uint16 year,
        uint8 quarter,
        bool late,
        bool correction,
        Digest report
    );

    /// @notice A merchant's agent passed on its office.
    /// @param merchant the merchant
    /// @param from the account before
    /// @param to the account from now on
    event AgentChanged(MerchantId indexed merchant, address indexed from, address indexed to);

    /// @notice The platform gave a merchant another agent.
    /// @param merchant the merchant
    /// @param from the account before
    /// @param to the account from now on
    /// @param evidence the digest of the identity check
    event AgentReplaced(MerchantId indexed merchant, address indexed from, address indexed to, Digest evidence);

    /// @notice A merchant receives released money on another account.
    /// @param merchant the merchant
    /// @param from the account before
    /// @param to the account from now on
    event SettlementChanged(MerchantId indexed merchant, address from, address to);

    /// @notice A merchant was warned.
    /// @param merchant the merchant
    /// @param warnings its warnings so far
    /// @param reason the digest of the warning
    event MerchantWarned(MerchantId indexed merchant, uint32 warnings, Digest reason);

    /// @notice A merchant may take no new prepayment for this reason.
    /// @param merchant the merchant
    /// @param reason the refusal
    /// @param evidence the digest of its ground
    event IssuingRefused(MerchantId indexed merchant, Refusal indexed reason, Digest evidence);

    /// @notice A refusal was lifted.
    /// @param merchant the merchant
    /// @param reason the refusal
    /// @param evidence the digest of its ground
    event RefusalLifted(MerchantId indexed merchant, Refusal indexed reason, Digest evidence);

    /// @notice A merchant was ordered to stop issuing, because its custody stayed short past the deadline.
    /// @param merchant the merchant
    event IssuingStopOrdered(MerchantId indexed merchant);

    /// @notice A merchant was penalised.
    /// @param merchant the merchant
    /// @param penalties its penalties so far
    /// @param decision the digest of the decision
    event MerchantPenalised(MerchantId indexed merchant, uint32 penalties, Digest decision);

    /// @notice A merchant and its responsible persons are on the serious-breach list.
    /// @param merchant the merchant
    /// @param responsible the salted digest of the responsible persons
    event SeriousBreachListed(MerchantId indexed merchant, Digest responsible);

    /// @notice A merchant announced that it closes, moves or pauses. This is the message to its holders: each may choose refund.
    /// @param merchant the merchant
    /// @param kind which of the three
    /// @param lastDay the last day of service, in seconds
    /// @param notice the digest of the notice
    event ClosingAnnounced(MerchantId indexed merchant, ClosingKind kind, uint64 lastDay, Digest notice);

    /// @notice A merchant goes on as before: its move or its pause is over, or its exit was given up.
    /// @param merchant the merchant
    /// @param evidence the digest of the ground
    event ServiceResumed(MerchantId indexed merchant, Digest evidence);

    /// @notice A merchant announced that it leaves the platform.
    /// @param merchant the merchant
    /// @param noticeUntil until when the notice is published, in seconds
    /// @param notice the digest of the notice
    event ExitRequested(MerchantId indexed merchant, uint64 noticeUntil, Digest notice);

    /// @notice The arbiter recorded, corrected or took back the day on which a merchant stopped serving.
    /// @param merchant the merchant
    /// @param stoppedAt the day, in seconds; 0 = taken back
    /// @param ruling the digest of the ruling
    event StopRecorded(MerchantId indexed merchant, uint64 stoppedAt, Digest ruling);

    /// @notice A merchant was declared in default.
    /// @param merchant the merchant
    /// @param stoppedAt the day it stopped serving, in seconds
    /// @param decision the digest of the decision
    event DefaultDeclared(MerchantId indexed merchant, uint64 stoppedAt, Digest decision);

    /// @notice The first round of claims after a default opened: the merchant's cards stand as they are.
    /// @param merchant the merchant
    /// @param openedAt when, in seconds
    event ClaimsOpened(MerchantId indexed merchant, uint64 openedAt);
}
