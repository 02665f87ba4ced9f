// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {
    ClosingKind,
    Filing,
    MerchantId,
    MerchantScale,
    MerchantStatus,
    Refusal,
    TradeId
} from "../libraries/PrepaidTypes.sol";
import {IMerchantRegisterErrors} from "./IMerchantRegisterErrors.sol";
import {IMerchantRegisterEvents} from "./IMerchantRegisterEvents.sol";

/// @title Merchant register
/// @notice Who may take prepayments: filing, linking, warnings, refusals, closing, default and exit.
/// @dev The way of a merchant: FILED, LINKED; from there CLOSING (and back, unless it closes for good), EXITING and EXITED, or DEFAULTED.
/// Only LINKED takes new prepayments. Days are 86,400 s from the moment counted; quarters and days of a month are those of UTC+8. No name and
/// no identity number is kept: digests only (PIPL Art 38, SH18 Art 9; A-55).
interface IMerchantRegister is IMerchantRegisterErrors, IMerchantRegisterEvents {
    /// @notice A merchant as the register keeps it. Times in seconds, 0 = never.
    /// @param filing what was filed
    /// @param status where it stands
    /// @param refusals why it may take no new prepayment; bit set by Refusal
    /// @param filedAt when it was filed
    /// @param linkedAt since when it is linked; 0 = not linked
    /// @param markDueAt the first moment at which showing its link mark is late
    /// @param markShownAt since when it shows it
    /// @param closingKind what it announced; holds while status is CLOSING
    /// @param noticeAt when it announced its closing or exit
    /// @param lastDay the last day of service it announced
    /// @param stoppedAt the day it really stopped serving, by ruling or by the default; 0 = serving
    /// @param defaultedAt when it was declared in default
    /// @param lastPenaltyAt its latest penalty
    /// @param warnings how often it was warned
    /// @param penalties how often it was penalised
    /// @param claimsOpenedAt when the first round of claims opened
    struct Merchant {
        Filing filing;
        MerchantStatus status;
        uint8 refusals;
        uint64 filedAt;
        uint64 linkedAt;
        uint64 markDueAt;
        uint64 markShownAt;
        ClosingKind closingKind;
        uint64 noticeAt;
        uint64 lastDay;
        uint64 stoppedAt;
        uint64 defaultedAt;
        uint64 lastPenaltyAt;
        uint32 warnings;
        uint32 penalties;
        uint64 claimsOpenedAt;
    }

    // -- filing and linking --------------------------------------------------------------------------

    /// @notice Files a merchant. Every required parameter must be set for its region.
    /// @param filing what it files
    /// @return merchant its number
    /// @custom:caller PLATFORM
    /// @custom:source SH18 Art 9, 12; SPC Art 5 (franchisor, A-52)
    /// @custom:error MerchantRegisterZeroAccount when the agent or the settlement account is missing.
    /// @custom:error MerchantRegisterAgentTaken when the agent acts for a merchant already.
    /// @custom:error MerchantRegisterInvalidTrade when the trade is not four digits.
    /// @custom:error MerchantRegisterLicenceDate when the licence has no date or one in the future.
    /// @custom:error MerchantRegisterLeaseOver when the lease filed is over.
    /// @custom:error MerchantRegisterUnknown when the franchisor is not filed.
    /// @custom:error DigestsMissing when the digest of the licence or of the responsible persons is missing.
    /// @custom:error MerchantRegisterLicenceFiled when the licence is filed and its merchant has not left.
    /// @custom:error PolicyRegistryParameterNotSet when the region's policy lacks a required parameter.
    function file(Filing calldata filing) external returns (MerchantId merchant);

    /// @notice Takes over a merchant's figures of the year. They move what must be in custody, so the code is refreshed.
    /// @param merchant the merchant; not EXITED
    /// @param scale its size and type
    /// @param lastYearRevenue last year's main revenue
    /// @param paidInCapital the paid-in capital
    /// @param leaseEndsAt the end of the lease; 0 where none is filed
    /// @param evidence the digest of the statements
    /// @custom:caller PLATFORM
    /// @custom:unit lastYearRevenue, paidInCapital: fen; leaseEndsAt: s
    /// @custom:source SH19 Art 11 (A-15, A-16); MOFCOM order 9 of 2012 Art 26 (A-18)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterWrongStatus when the merchant has left.
    /// @custom:error MerchantRegisterLeaseOver when the lease filed is over.
    /// @custom:error DigestsMissing when the evidence is missing.
    function updateFigures(
        MerchantId merchant,
        MerchantScale scale,
        uint128 lastYearRevenue,
        uint128 paidInCapital,
        uint64 leaseEndsAt,
        Digest calldata evidence
    ) external;

    /// @notice Links a merchant's system to the platform. FILED becomes LINKED; CLOSING and EXITING stay.
    /// @param merchant the merchant
    /// @param mark the digest of the link mark, to be shown within the working days that the policy gives
    /// @custom:caller PLATFORM
    /// @custom:source SH18 Art 12 (A-23)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterWrongStatus when the merchant is in default or has left.
    /// @custom:error MerchantRegisterAlreadyLinked when it is linked.
    /// @custom:error DigestsMissing when the mark is missing.
    /// @custom:error WorkCalendarYearNotPublished when the time for the mark reaches a year without a notice.
    function link(MerchantId merchant, Digest calldata mark) external;

    /// @notice Records that the link broke off or was withdrawn. LINKED becomes FILED; CLOSING and EXITING stay. No way to leave: whoever
    /// leaves announces it with {requestExit}.
    /// @param merchant the merchant
    /// @param reason the digest of the reason
    /// @custom:caller PLATFORM
    /// @custom:source SH19 Art 9 (A-41)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterNotLinked when it is not linked.
    /// @custom:error DigestsMissing when the reason is missing.
    function unlink(MerchantId merchant, Digest calldata reason) external;

    /// @notice Says that the merchant shows its link mark from now on. Late is accepted and told.
    /// @param merchant the merchant
    /// @custom:caller the merchant's agent
    /// @custom:source SH18 Art 12 (A-23)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterNotAgent when the caller is not its agent.
    /// @custom:error MerchantRegisterNotLinked when it is not linked.
    /// @custom:error MerchantRegisterMarkShown when it shows the mark already.
    function showMark(MerchantId merchant) external;

    /// @notice Reports the use of prepayments in a finished quarter. Late is accepted and told; a further report corrects the one before.
    /// @param merchant the merchant
    /// @param year the year
    /// @param quarter the quarter, 1 to 4
    /// @param report the digest of the report
    /// @custom:caller the merchant's agent
    /// @custom:source SH18 Art 12, 26 (A-23)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterNotAgent when the caller is not its agent.
    /// @custom:error MerchantRegisterInvalidQuarter when there is no such quarter.
    /// @custom:error MerchantRegisterQuarterNotOver when the quarter is not over.
    /// @custom:error MerchantRegisterQuarterBeforeFiling when the quarter was over before the filing.
    /// @custom:error DigestsMissing when the report is missing.
    function reportFunds(MerchantId merchant, uint16 year, uint8 quarter, Digest calldata report) external;

    // -- accounts ------------------------------------------------------------------------------------

    /// @notice Passes the agent's office to another account.
    /// @param merchant the merchant
    /// @param agent the account from now on
    /// @custom:caller the merchant's agent
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterNotAgent when the caller is not its agent.
    /// @custom:error MerchantRegisterZeroAccount when the account is missing.
    /// @custom:error MerchantRegisterAgentTaken when the account acts for a merchant already.
    function changeAgent(MerchantId merchant, address agent) external;

    /// @notice Names another account for released money.
    /// @param merchant the merchant
    /// @param settlement the account from now on
    /// @custom:caller the merchant's agent
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterNotAgent when the caller is not its agent.
    /// @custom:error MerchantRegisterZeroAccount when the account is missing.
    function changeSettlement(MerchantId merchant, address settlement) external;

    /// @notice Gives a merchant another agent, whose key was lost or stolen.
    /// @param merchant the merchant
    /// @param agent the account from now on
    /// @param evidence the digest of the identity check
    /// @custom:caller PLATFORM
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterZeroAccount when the account is missing.
    /// @custom:error MerchantRegisterAgentTaken when the account acts for a merchant already.
    /// @custom:error DigestsMissing when the evidence is missing.
    function replaceAgent(MerchantId merchant, address agent, Digest calldata evidence) external;

    // -- supervision ---------------------------------------------------------------------------------

    /// @notice Warns a merchant.
    /// @param merchant the merchant
    /// @param reason the digest of the warning
    /// @custom:caller REGULATOR
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error DigestsMissing when the reason is missing.
    function warn(MerchantId merchant, Digest calldata reason) external;

    /// @notice Refuses a merchant new prepayments at once, renewals included. SERIOUS_BREACH also puts it on the list.
    /// @param merchant the merchant
    /// @param reason the refusal
    /// @param evidence the digest of its ground
    /// @custom:caller REGULATOR
    /// @custom:source BJ Art 11 (A-02); CPR Art 22 (A-13); SH18 Art 25 (A-42)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterAlreadyRefused when it carries the refusal.
    /// @custom:error DigestsMissing when the evidence is missing.
    function refuse(MerchantId merchant, Refusal reason, Digest calldata evidence) external;

    /// @notice Lifts a refusal.
    /// @param merchant the merchant
    /// @param reason the refusal
    /// @param evidence the digest of the ground
    /// @custom:caller REGULATOR
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterNotRefused when it does not carry the refusal.
    /// @custom:error DigestsMissing when the evidence is missing.
    function lift(MerchantId merchant, Refusal reason, Digest calldata evidence) external;

    /// @notice Records a penalty; the second within a year puts the merchant on the serious-breach list. The year is the policy's number
    /// of days, its last second included.
    /// @param merchant the merchant
    /// @param decision the digest of the decision
    /// @custom:caller REGULATOR
    /// @custom:source SH18 Art 25 (A-42)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error DigestsMissing when the decision is missing.
    function penalise(MerchantId merchant, Digest calldata decision) external;

    /// @notice Orders a merchant to stop issuing, after its custody stayed short past the deadline.
    /// @param merchant the merchant
    /// @custom:caller PREPAID_CODE (SupervisionCode)
    /// @custom:source BJ Art 32; SH18 Art 26 (A-20)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterAlreadyRefused when it was ordered before.
    function orderStop(MerchantId merchant) external;

    // -- closing, exit, default ----------------------------------------------------------------------

    /// @notice Announces that the merchant closes, moves or pauses. Issuing stops now; each holder may choose performance or refund, at
    /// the operator's cause. FILED, LINKED and CLOSING; a further notice replaces the one before.
    /// @param merchant the merchant
    /// @param kind which of the three
    /// @param lastDay the last day of service, at least the policy's days ahead
    /// @param notice the digest of the notice
    /// @custom:caller the merchant's agent
    /// @custom:unit lastDay: s
    /// @custom:source SH18 Art 17; CPR Art 22 (A-40)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterNotAgent when the caller is not its agent.
    /// @custom:error MerchantRegisterWrongStatus when the merchant is leaving, has left or is in default.
    /// @custom:error MerchantRegisterNoticeTooShort when the last day comes too soon.
    /// @custom:error DigestsMissing when the notice is missing.
    function announceClosing(MerchantId merchant, ClosingKind kind, uint64 lastDay, Digest calldata notice) external;

    /// @notice Records that a move or a pause is over, which also takes a recorded stop back, or that an exit was given up, which leads back
    /// to a closing that was announced before. CLOSING and EXITING.
    /// @param merchant the merchant
    /// @param evidence the digest of the ground
    /// @custom:caller PLATFORM
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterWrongStatus when it is neither closing nor leaving.
    /// @custom:error MerchantRegisterClosingIsFinal when it closes for good.
    /// @custom:error DigestsMissing when the evidence is missing.
    function resume(MerchantId merchant, Digest calldata evidence) external;

    /// @notice Announces that the merchant leaves the platform. Issuing stops now. FILED, LINKED and CLOSING.
    /// @param merchant the merchant
    /// @param notice the digest of the notice
    /// @custom:caller the merchant's agent
    /// @custom:source SH19 Art 9 (A-41)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterNotAgent when the caller is not its agent.
    /// @custom:error MerchantRegisterWrongStatus when the merchant is leaving, has left or is in default.
    /// @custom:error DigestsMissing when the notice is missing.
    function requestExit(MerchantId merchant, Digest calldata notice) external;

    /// @notice Completes an exit: the notice is over and every card settled. Only now the link mark goes.
    /// @param merchant the merchant
    /// @custom:caller PLATFORM
    /// @custom:source SH19 Art 9 (A-41)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterWrongStatus when it announced no exit.
    /// @custom:error MerchantRegisterNoticeRunning when the notice is not over.
    /// @custom:error MerchantRegisterNotSettled when a card lives or the balance is not 0.
    function completeExit(MerchantId merchant) external;

    /// @notice Records the day on which the merchant stopped serving (for period passes), corrects it, or takes it back.
    /// @param merchant the merchant; not EXITED
    /// @param stoppedAt the day, from the filing to now; 0 takes a recorded stop back
    /// @param ruling the digest of the ruling
    /// @custom:caller ARBITER
    /// @custom:unit stoppedAt: s
    /// @custom:source SPC Art 22 (A-35)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterWrongStatus when the merchant has left.
    /// @custom:error MerchantRegisterStopOutOfRange when the day lies before the filing or in the future.
    /// @custom:error MerchantRegisterNotStopped when 0 is given and no stop is recorded.
    /// @custom:error DigestsMissing when the ruling is missing.
    function recordStop(MerchantId merchant, uint64 stoppedAt, Digest calldata ruling) external;

    /// @notice Declares a merchant in default: it stopped, neither performs nor refunds, evades. It goes on the serious-breach list.
    /// @param merchant the merchant; not EXITED, not DEFAULTED
    /// @param stoppedAt the day it stopped serving, from the filing to now
    /// @param decision the digest of the decision
    /// @custom:caller REGULATOR
    /// @custom:unit stoppedAt: s
    /// @custom:source SPC Art 23 (A-43); SH18 Art 25 (A-42)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterWrongStatus when the merchant has left or is in default.
    /// @custom:error MerchantRegisterStopOutOfRange when the day lies before the filing or in the future.
    /// @custom:error DigestsMissing when the decision is missing.
    function declareDefault(MerchantId merchant, uint64 stoppedAt, Digest calldata decision) external;

    /// @notice The first round of claims after a default opened: from now on the merchant's cards stand as they are. Once;
    /// later calls change nothing.
    /// @param merchant the merchant
    /// @custom:caller PREPAID_PAYER (DefaultClaims)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterWrongStatus when it is not in default.
    function openClaims(MerchantId merchant) external;

    // -- readers -------------------------------------------------------------------------------------

    /// @notice How many merchants were filed: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);

    /// @notice A merchant as the register keeps it.
    /// @param merchant the merchant
    /// @return the merchant
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    function merchantOf(MerchantId merchant) external view returns (Merchant memory);

    /// @notice A merchant's status.
    /// @param merchant the merchant
    /// @return the status; NONE where no merchant has the number
    function statusOf(MerchantId merchant) external view returns (MerchantStatus);

    /// @notice The account that acts for a merchant.
    /// @param merchant the merchant
    /// @return the account
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    function agentOf(MerchantId merchant) external view returns (address);

    /// @notice The merchant that an account acts for.
    /// @param agent the account
    /// @return the merchant's number, or 0 when it acts for none
    function idOfAgent(address agent) external view returns (MerchantId);

    /// @notice The account that receives a merchant's released money.
    /// @param merchant the merchant
    /// @return the account
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    function settlementOf(MerchantId merchant) external view returns (address);

    /// @notice The region and trade whose policy holds for a merchant.
    /// @param merchant the merchant
    /// @return region the region, of the policy registry
    /// @return trade the trade
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    function scopeOf(MerchantId merchant) external view returns (bytes32 region, TradeId trade);

    /// @notice Whether a merchant is linked to the supervision platform.
    /// @param merchant the merchant
    /// @return whether it is
    function isLinked(MerchantId merchant) external view returns (bool);

    /// @notice Reverts unless the merchant may take a new prepayment now: a sale or a renewal.
    /// @param merchant the merchant
    /// @custom:source BJ Art 11 (A-02); licence age (A-03); CPR Art 22 (A-13); SH18 Art 17 (A-40)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterMayNotIssue when its status is not LINKED.
    /// @custom:error MerchantRegisterRefused when it carries a refusal.
    /// @custom:error MerchantRegisterStopped when it stopped serving.
    /// @custom:error MerchantRegisterLicenceTooYoung when its licence is younger than the policy asks.
    function requireMayIssue(MerchantId merchant) external view;

    /// @notice Whether the merchant may take a new prepayment now; see {requireMayIssue}.
    /// @param merchant the merchant
    /// @return whether it may; false where no merchant has the number
    function mayIssue(MerchantId merchant) external view returns (bool);

    /// @notice Whether an ending now is the operator's cause by recorded fact: closing, moving, pausing or leaving was announced, service
    /// stopped, or the merchant is in default.
    /// @param merchant the merchant
    /// @return whether it is
    /// @custom:source SH18 Art 17 (A-40); SPC Art 13 (A-49)
    function operatorCause(MerchantId merchant) external view returns (bool);

    /// @notice When the first round of claims opened. From then on nothing is redeemed, refunded or topped up on the merchant's cards;
    /// holders are paid by DefaultClaims.
    /// @param merchant the merchant
    /// @return the moment; 0 = none has opened
    /// @custom:unit s
    function claimsOpenedAt(MerchantId merchant) external view returns (uint64);

    /// @notice Whether a merchant carries a refusal.
    /// @param merchant the merchant
    /// @param reason the refusal
    /// @return whether it does
    function refusedFor(MerchantId merchant, Refusal reason) external view returns (bool);

    /// @notice When a merchant first reported a quarter, and until when it has to.
    /// @param merchant the merchant
    /// @param year the year
    /// @param quarter the quarter, 1 to 4
    /// @return reportedAt when; 0 = not yet
    /// @return dueAt the first moment that is late: the end of the policy's day of the month after the quarter
    /// @custom:unit s
    /// @custom:source SH18 Art 12 (A-23)
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterInvalidQuarter when there is no such quarter.
    function fundsReportOf(
        MerchantId merchant,
        uint16 year,
        uint8 quarter
    ) external view returns (uint64 reportedAt, uint64 dueAt);
}
