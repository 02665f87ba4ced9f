// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerchantId, MerchantStatus, Refusal, TradeId} from "../libraries/PrepaidTypes.sol";

/// @title Errors of the merchant register
/// @notice What {IMerchantRegister} refuses, why, and what helps.
interface IMerchantRegisterErrors {
    /// @notice No merchant has this number.
    /// @param merchant the number given
    /// @custom:cure Use a number that `file` returned, 1 to `count()`.
    error MerchantRegisterUnknown(MerchantId merchant);

    /// @notice The caller does not act for the merchant.
    /// @param merchant the merchant
    /// @param caller who called
    /// @custom:cure Call from the account that `agentOf` names.
    error MerchantRegisterNotAgent(MerchantId merchant, address caller);

    /// @notice An account is missing: the agent or the settlement account is the zero address.
    /// @custom:cure Give both accounts.
    error MerchantRegisterZeroAccount();

    /// @notice The account acts for a merchant already.
    /// @param agent the account given
    /// @param merchant the merchant it acts for
    /// @custom:cure Give every merchant an agent of its own.
    error MerchantRegisterAgentTaken(address agent, MerchantId merchant);

    /// @notice The trade is no four-digit class of GB/T 4754.
    /// @param trade the code given
    /// @custom:cure Write the class in four digits, as in "8930".
    error MerchantRegisterInvalidTrade(TradeId trade);

    /// @notice The licence has no date, or one that is still to come.
    /// @param licensedAt the date given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give the day on which the business licence was issued.
    error MerchantRegisterLicenceDate(uint64 licensedAt, uint64 timestamp);

    /// @notice The lease is over.
    /// @param leaseEndsAt the end given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give the end of the lease in force, or 0 where none is filed.
    error MerchantRegisterLeaseOver(uint64 leaseEndsAt, uint64 timestamp);

    /// @notice The licence was filed before and its merchant has not left.
    /// @param licence the value of the licence's digest
    /// @param merchant the merchant filed under it
    /// @custom:cure Use that merchant; one licence files once.
    error MerchantRegisterLicenceFiled(bytes32 licence, MerchantId merchant);

    /// @notice The merchant's status does not allow the call.
    /// @param merchant the merchant
    /// @param status its status
    /// @custom:cure See the function's description for the statuses that allow it.
    error MerchantRegisterWrongStatus(MerchantId merchant, MerchantStatus status);

    /// @notice The merchant is linked already.
    /// @param merchant the merchant
    /// @param linkedAt since when, in seconds
    /// @custom:cure Nothing is to be done.
    error MerchantRegisterAlreadyLinked(MerchantId merchant, uint64 linkedAt);

    /// @notice The merchant is not linked to the supervision platform.
    /// @param merchant the merchant
    /// @custom:cure The platform links it first.
    error MerchantRegisterNotLinked(MerchantId merchant);

    /// @notice The merchant showed its mark before.
    /// @param merchant the merchant
    /// @param shownAt when, in seconds
    /// @custom:cure Nothing is to be done.
    error MerchantRegisterMarkShown(MerchantId merchant, uint64 shownAt);

    /// @notice No such quarter.
    /// @param year the year given
    /// @param quarter the quarter given
    /// @custom:cure Give a year from 1970 to 9999 and a quarter from 1 to 4.
    error MerchantRegisterInvalidQuarter(uint16 year, uint8 quarter);

    /// @notice The quarter is not over.
    /// @param merchant the merchant
    /// @param endsAt when it ends, in seconds
    /// @custom:cure Report after the quarter's end.
    error MerchantRegisterQuarterNotOver(MerchantId merchant, uint64 endsAt);

    /// @notice The quarter was over before the merchant was filed.
    /// @param merchant the merchant
    /// @param endedAt when it ended, in seconds
    /// @custom:cure Report from the quarter of the filing on.
    error MerchantRegisterQuarterBeforeFiling(MerchantId merchant, uint64 endedAt);

    /// @notice The merchant carries this refusal already.
    /// @param merchant the merchant
    /// @param reason the refusal
    /// @custom:cure Nothing is to be done.
    error MerchantRegisterAlreadyRefused(MerchantId merchant, Refusal reason);

    /// @notice The merchant does not carry this refusal.
    /// @param merchant the merchant
    /// @param reason the refusal
    /// @custom:cure Nothing is to be lifted.
    error MerchantRegisterNotRefused(MerchantId merchant, Refusal reason);

    /// @notice The last day of service comes too soon after the notice.
    /// @param merchant the merchant
    /// @param lastDay the day given, in seconds
    /// @param earliest the earliest that the law allows, in seconds
    /// @custom:cure Announce a last day from `earliest` on.
    error MerchantRegisterNoticeTooShort(MerchantId merchant, uint64 lastDay, uint64 earliest);

    /// @notice The exit has not been published long enough.
    /// @param merchant the merchant
    /// @param until when the notice is over, in seconds
    /// @custom:cure Complete the exit from `until` on.
    error MerchantRegisterNoticeRunning(MerchantId merchant, uint64 until);

    /// @notice Not every card is settled.
    /// @param merchant the merchant
    /// @param balance what the book still holds, in fen
    /// @param live the cards that have not ended
    /// @custom:cure Perform or refund every card first.
    error MerchantRegisterNotSettled(MerchantId merchant, uint256 balance, uint256 live);

    /// @notice A closing for good is not resumed.
    /// @param merchant the merchant
    /// @custom:cure File anew after the exit.
    error MerchantRegisterClosingIsFinal(MerchantId merchant);

    /// @notice The day service stopped lies before the filing or in the future.
    /// @param merchant the merchant
    /// @param stoppedAt the day given, in seconds
    /// @param filedAt the filing, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give a moment from `filedAt` to now.
    error MerchantRegisterStopOutOfRange(MerchantId merchant, uint64 stoppedAt, uint64 filedAt, uint64 timestamp);

    /// @notice No stop of service is recorded that could be taken back.
    /// @param merchant the merchant
    /// @custom:cure Nothing is to be done.
    error MerchantRegisterNotStopped(MerchantId merchant);

    /// @notice The merchant may take no new prepayment in its status.
    /// @param merchant the merchant
    /// @param status its status; only LINKED may issue
    /// @custom:cure FILED: the platform links it. CLOSING, EXITING: the platform resumes it. DEFAULTED, EXITED: final.
    error MerchantRegisterMayNotIssue(MerchantId merchant, MerchantStatus status);

    /// @notice The merchant is refused new prepayments.
    /// @param merchant the merchant
    /// @param reason the first of its refusals
    /// @custom:cure The regulator lifts it when its reason is gone.
    error MerchantRegisterRefused(MerchantId merchant, Refusal reason);

    /// @notice The merchant stopped serving.
    /// @param merchant the merchant
    /// @param stoppedAt since when, in seconds
    /// @custom:cure The arbiter takes the stop back once the merchant serves again.
    error MerchantRegisterStopped(MerchantId merchant, uint64 stoppedAt);

    /// @notice The licence is too young to take prepayments.
    /// @param merchant the merchant
    /// @param allowedFrom from when on it may, in seconds
    /// @custom:cure Sell without prepayment until then.
    error MerchantRegisterLicenceTooYoung(MerchantId merchant, uint64 allowedFrom);
}
