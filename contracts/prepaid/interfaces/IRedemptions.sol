// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {AuthorisationId, CardId, RedemptionId} from "../libraries/PrepaidTypes.sol";

/// @title Redemptions
/// @notice Written by the merchant; countersigned by the holder (EIP-712), or contestable in a window (SPC 25). Only what is final is earned.
interface IRedemptions {
    enum RedemptionStatus {
        NONE,
        PENDING,
        CONTESTED,
        FINAL,
        CANCELLED
    }

    struct Redemption {
        CardId card;
        uint128 face; // in the card's unit
        uint128 listValue; // price before discount, fen
        uint128 principal; // earned, fen; set when final
        uint64 recordedAt;
        uint64 contestUntil;
        uint64 answerUntil; // set when contested
        bool answered;
        RedemptionStatus status;
        Digest evidence;
    }

    struct Authorisation {
        CardId card;
        uint128 face; // most that may be captured
        uint128 captured;
        uint64 expiresAt;
        bool open;
    }

    /// @custom:caller the merchant's agent
    function record(CardId card, uint128 face, uint128 listValue, Digest calldata evidence) external returns (RedemptionId);
    /// @notice Written with the holder's signature over RedemptionOrder(card, face, listValue, evidence, nonce, deadline): final at once.
    /// @custom:caller the merchant's agent
    function recordSigned(
        CardId card,
        uint128 face,
        uint128 listValue,
        Digest calldata evidence,
        uint64 deadline,
        bytes calldata holderSignature
    ) external returns (RedemptionId);
    /// @notice Redeems the days of a period pass that have passed and were not yet redeemed; not beyond the day service stopped.
    /// @custom:caller the merchant's agent
    function accrue(CardId card) external returns (RedemptionId);
    /// @custom:caller the holder
    function confirm(RedemptionId redemption) external;
    /// @custom:caller the holder, inside the window
    function contest(RedemptionId redemption, Digest calldata reason) external;
    /// @notice Puts the merchant's records to a contested redemption.
    /// @custom:caller the merchant's agent
    function answer(RedemptionId redemption, Digest calldata records) external;
    /// @notice The merchant withholds its records: the holder's version stands (SPC 25).
    /// @custom:caller the holder, after the answer window
    function claimUnanswered(RedemptionId redemption) external;
    /// @notice Takes back an entry.
    /// @custom:caller the merchant's agent
    function withdraw(RedemptionId redemption) external;
    /// @notice Decides a contested redemption: face and list value that stand (0 = none).
    /// @custom:caller ARBITER
    function decide(RedemptionId redemption, uint128 face, uint128 listValue, Digest calldata ruling) external;
    /// @notice Makes entries final whose window is over. All or nothing.
    /// @custom:caller the merchant's agent (all entries of its own cards)
    function finalise(RedemptionId[] calldata redemptions) external;

    /// @notice Holds face for a service in progress; holder signs AuthorisationOrder(card, face, expiresAt, nonce).
    /// @custom:caller the merchant's agent
    function authorise(CardId card, uint128 face, uint64 expiresAt, bytes calldata holderSignature) external returns (AuthorisationId);
    /// @custom:caller the merchant's agent, before expiry
    function capture(AuthorisationId authorisation, uint128 face, uint128 listValue, Digest calldata evidence)
        external
        returns (RedemptionId);
    /// @custom:caller the merchant's agent
    function void_(AuthorisationId authorisation) external;
    /// @notice Frees what was not captured, without the merchant.
    /// @custom:caller the holder, after expiry
    function reclaim(AuthorisationId authorisation) external;

    function count() external view returns (uint256);
    function redemptionOf(RedemptionId redemption) external view returns (Redemption memory);
    function authorisationOf(AuthorisationId authorisation) external view returns (Authorisation memory);
}
