// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CoverForm, MerchantId} from "../libraries/PrepaidTypes.sol";

/// @title Types of custody
/// @notice The records that {ICustody} keeps.
interface ICustodyTypes {
    /// @notice A merchant's account.
    /// @param vault the address that holds the money; zero = not opened
    /// @param frozen whether payouts to the merchant are stopped
    /// @param covers covers listed, at most 8, those that lapsed and were not yet dropped included
    /// @param paidIn all that came into the vault, fen
    /// @param released paid to the merchant for what was redeemed, fen
    /// @param refunded paid to holders, fen
    /// @param returned what was left after every card was settled and went back to the merchant, fen
    struct Account {
        address vault;
        bool frozen;
        uint8 covers;
        uint128 paidIn;
        uint128 released;
        uint128 refunded;
        uint128 returned;
    }

    /// @notice A performance bond insurance (履约保证保险), guarantee or trust for a merchant's holders.
    /// @param merchant whose holders it covers
    /// @param form insurance, guarantee or trust
    /// @param provider the account of the insurer, guarantor or trustee
    /// @param amount what it still covers, fen
    /// @param startsAt it counts from this second on
    /// @param expiresAt it counts 0 from this second on
    /// @param policy digest of the policy, letter of guarantee or trust deed
    struct Cover {
        MerchantId merchant;
        CoverForm form;
        address provider;
        uint128 amount;
        uint64 startsAt;
        uint64 expiresAt;
        Digest policy;
    }

    /// @notice How far a payout is.
    enum PayoutStatus {
        NONE,
        REQUESTED,
        APPROVED,
        REFUSED,
        CANCELLED
    }

    /// @notice A payout that needs the supervising node's approval.
    /// @param merchant who asks
    /// @param amount how much, fen
    /// @param requestedAt when, in seconds
    /// @param status how far it is
    /// @param reason digest of the grounds
    struct Payout {
        MerchantId merchant;
        uint128 amount;
        uint64 requestedAt;
        PayoutStatus status;
        Digest reason;
    }
}
