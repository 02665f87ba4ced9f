// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {ClosingKind, Filing, MerchantId, MerchantScale, MerchantStatus, Refusal} from "../libraries/PrepaidTypes.sol";

/// @title Merchant register
/// @notice Who may take prepayments: filing, linking, warnings, refusals, closing, default and exit.
interface IMerchantRegister {
    struct Merchant {
        Filing filing;
        MerchantStatus status;
        uint8 refusals; // bit set by Refusal
        uint64 filedAt;
        uint64 linkedAt; // 0 = not linked
        uint64 markDueAt; // link mark due: 5 working days after linking
        uint64 markShownAt;
        ClosingKind closingKind;
        uint64 noticeAt; // day of the closing or exit notice
        uint64 lastDay; // last day of service announced
        uint64 stoppedAt; // day service really stopped, set by ruling or default; 0 = serving
        uint64 defaultedAt;
        uint64 lastPenaltyAt;
        uint32 warnings;
        uint32 penalties;
    }

    // -- writers -----------------------------------------------------------------------------------
    /// @custom:caller PLATFORM
    function file(Filing calldata filing) external returns (MerchantId merchant);
    /// @custom:caller PLATFORM
    function updateFigures(
        MerchantId merchant,
        MerchantScale scale,
        uint128 lastYearRevenue,
        uint128 paidInCapital,
        uint64 leaseEndsAt,
        Digest calldata evidence
    ) external;
    /// @custom:caller PLATFORM
    function link(MerchantId merchant, Digest calldata mark) external;
    /// @custom:caller PLATFORM
    function unlink(MerchantId merchant, Digest calldata reason) external;
    /// @custom:caller the merchant's agent
    function showMark(MerchantId merchant) external;
    /// @custom:caller the merchant's agent
    function reportFunds(MerchantId merchant, uint16 year, uint8 quarter, Digest calldata report) external;
    /// @custom:caller the merchant's agent
    function changeAgent(MerchantId merchant, address agent) external;
    /// @custom:caller the merchant's agent
    function changeSettlement(MerchantId merchant, address settlement) external;
    /// @custom:caller PLATFORM (an agent that lost its key)
    function replaceAgent(MerchantId merchant, address agent, Digest calldata evidence) external;
    /// @custom:caller REGULATOR
    function warn(MerchantId merchant, Digest calldata reason) external;
    /// @custom:caller REGULATOR
    function refuse(MerchantId merchant, Refusal reason, Digest calldata evidence) external;
    /// @custom:caller REGULATOR
    function lift(MerchantId merchant, Refusal reason, Digest calldata evidence) external;
    /// @notice Records a penalty; the second within a year puts the merchant on the serious-breach list (SH18 25).
    /// @custom:caller REGULATOR
    function penalise(MerchantId merchant, Digest calldata decision) external;
    /// @notice Stops issuing after custody stayed short past the deadline (BJ 32, SH18 26). Called by SupervisionCode.escalate.
    /// @custom:caller SupervisionCode (Roles.PREPAID_CODE)
    function orderStop(MerchantId merchant) external;
    /// @custom:caller the merchant's agent
    function announceClosing(MerchantId merchant, ClosingKind kind, uint64 lastDay, Digest calldata notice) external;
    /// @custom:caller PLATFORM (a move or a pause is over)
    function resume(MerchantId merchant, Digest calldata evidence) external;
    /// @custom:caller the merchant's agent
    function requestExit(MerchantId merchant, Digest calldata notice) external;
    /// @notice Completes an exit: notice over, every card settled. Removes the link mark.
    /// @custom:caller PLATFORM
    function completeExit(MerchantId merchant) external;
    /// @notice Records that the merchant stopped serving on a day (for period passes, SPC 22).
    /// @custom:caller ARBITER
    function recordStop(MerchantId merchant, uint64 stoppedAt, Digest calldata ruling) external;
    /// @custom:caller REGULATOR
    function declareDefault(MerchantId merchant, uint64 stoppedAt, Digest calldata decision) external;
    /// @notice The first round of claims after a default opened: from now on the merchant's cards stand as they are. Once;
    /// later calls change nothing.
    /// @custom:caller DefaultClaims (Roles.PREPAID_PAYER)
    function openClaims(MerchantId merchant) external;

    // -- readers -----------------------------------------------------------------------------------
    function count() external view returns (uint256);
    function merchantOf(MerchantId merchant) external view returns (Merchant memory);
    function statusOf(MerchantId merchant) external view returns (MerchantStatus);
    function agentOf(MerchantId merchant) external view returns (address);
    function idOfAgent(address agent) external view returns (MerchantId);
    function settlementOf(MerchantId merchant) external view returns (address);
    function isLinked(MerchantId merchant) external view returns (bool);
    /// @notice Reverts unless the merchant may take a new prepayment now (status, refusals, licence age).
    function requireMayIssue(MerchantId merchant) external view;
    function mayIssue(MerchantId merchant) external view returns (bool);
    /// @notice Whether an ending now is the operator's cause by recorded fact: closing, stopped, defaulted (A-40, A-49).
    function operatorCause(MerchantId merchant) external view returns (bool);
    /// @notice When the first round of claims opened, in seconds; 0 = none has. From then on nothing is redeemed, refunded or
    /// topped up on the merchant's cards; holders are paid by DefaultClaims.
    function claimsOpenedAt(MerchantId merchant) external view returns (uint64);
    function refusedFor(MerchantId merchant, Refusal reason) external view returns (bool);
}
