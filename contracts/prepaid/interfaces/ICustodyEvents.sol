// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CoverForm, CoverId, MerchantId, PayoutId} from "../libraries/PrepaidTypes.sol";

/// @title Events of custody
/// @notice What {ICustody} tells: every fen that came in or went out, every cover, every word of the supervising node.
interface ICustodyEvents {
    /// @notice A merchant's supervised account was opened.
    /// @param merchant the merchant
    /// @param vault the address that holds the money
    /// @param custodian the bank that opened it
    event VaultOpened(MerchantId indexed merchant, address vault, address indexed custodian);

    /// @notice A merchant paid its own money into its vault.
    /// @param merchant the merchant
    /// @param payer who paid
    /// @param amount fen
    event Deposited(MerchantId indexed merchant, address indexed payer, uint256 amount);

    /// @notice Money of a sale came into the vault.
    /// @param merchant the merchant
    /// @param payer who paid
    /// @param amount fen
    event Collected(MerchantId indexed merchant, address indexed payer, uint256 amount);

    /// @notice Money that was sent to the vault's address directly was booked.
    /// @param merchant the merchant
    /// @param custodian the bank that reported it
    /// @param amount fen
    event ReceiptRecorded(MerchantId indexed merchant, address indexed custodian, uint256 amount);

    /// @notice A cover was registered.
    /// @param cover its id
    /// @param merchant whose holders it covers
    /// @param provider the insurer, guarantor or trustee
    /// @param form insurance, guarantee or trust
    /// @param amount fen
    /// @param startsAt it counts from this second on
    /// @param expiresAt it counts 0 from this second on
    /// @param policy digest of the policy
    event CoverRegistered(
        CoverId indexed cover,
        MerchantId indexed merchant,
        address indexed provider,
        CoverForm form,
        uint256 amount,
        uint64 startsAt,
        uint64 expiresAt,
        Digest policy
    );

    /// @notice A provider lowered its cover.
    /// @param cover its id
    /// @param merchant whose holders it covers
    /// @param amount by how much, fen
    /// @param left what it still covers, fen
    event CoverReduced(CoverId indexed cover, MerchantId indexed merchant, uint256 amount, uint256 left);

    /// @notice A provider paid under its cover into the vault.
    /// @param cover its id
    /// @param merchant whose holders it covers
    /// @param amount fen
    /// @param left what it still covers, fen
    /// @param claim digest of the claim
    event CoverClaimPaid(
        CoverId indexed cover,
        MerchantId indexed merchant,
        uint256 amount,
        uint256 left,
        Digest claim
    );

    /// @notice A cover that lapsed or is used up left the list, which holds 8.
    /// @param cover its id
    /// @param merchant whose holders it covered
    event CoverDropped(CoverId indexed cover, MerchantId indexed merchant);

    /// @notice Money went to the merchant for what was redeemed.
    /// @param merchant the merchant
    /// @param to its settlement account
    /// @param amount fen
    /// @param payout the approved payout; 0 = a release below the threshold
    event Released(MerchantId indexed merchant, address indexed to, uint256 amount, PayoutId indexed payout);

    /// @notice A merchant asked for a payout that needs approval.
    /// @param payout its id
    /// @param merchant the merchant
    /// @param amount fen
    /// @param reason digest of the grounds
    event PayoutRequested(PayoutId indexed payout, MerchantId indexed merchant, uint256 amount, Digest reason);

    /// @notice The supervising node approved a payout; it was paid in the same transaction.
    /// @param payout its id
    /// @param merchant the merchant
    /// @param approver who approved
    /// @param amount fen
    /// @param reason digest of the grounds
    event PayoutApproved(
        PayoutId indexed payout,
        MerchantId indexed merchant,
        address indexed approver,
        uint256 amount,
        Digest reason
    );

    /// @notice The supervising node refused a payout.
    /// @param payout its id
    /// @param merchant the merchant
    /// @param approver who refused
    /// @param amount fen
    /// @param reason digest of the grounds
    event PayoutRefused(
        PayoutId indexed payout,
        MerchantId indexed merchant,
        address indexed approver,
        uint256 amount,
        Digest reason
    );

    /// @notice The merchant took its request back.
    /// @param payout its id
    /// @param merchant the merchant
    event PayoutCancelled(PayoutId indexed payout, MerchantId indexed merchant);

    /// @notice Payouts to a merchant were stopped.
    /// @param merchant the merchant
    /// @param account who stopped them
    /// @param reason digest of the order
    event PayoutsFrozen(MerchantId indexed merchant, address indexed account, Digest reason);

    /// @notice Payouts to a merchant go on.
    /// @param merchant the merchant
    /// @param account who lifted the order
    /// @param reason digest of the order
    event PayoutsUnfrozen(MerchantId indexed merchant, address indexed account, Digest reason);

    /// @notice A holder was paid from the vault.
    /// @param merchant the merchant
    /// @param holder who was paid
    /// @param amount fen
    event HolderPaid(MerchantId indexed merchant, address indexed holder, uint256 amount);

    /// @notice What was left after every card was settled went back to the merchant.
    /// @param merchant the merchant
    /// @param to its settlement account
    /// @param amount fen
    event SurplusReturned(MerchantId indexed merchant, address indexed to, uint256 amount);
}
