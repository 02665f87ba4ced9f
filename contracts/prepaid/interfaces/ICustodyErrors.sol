// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CoverId, MerchantId, MerchantStatus, PayoutId} from "../libraries/PrepaidTypes.sol";
import {ICustodyTypes} from "./ICustodyTypes.sol";

/// @title Errors of custody
/// @notice What {ICustody} refuses, why, and what to do about it.
interface ICustodyErrors is ICustodyTypes {
    /// @notice The merchant has a vault.
    /// @param merchant the merchant
    /// @param vault its address
    /// @custom:cure Use the vault that is there.
    error CustodyVaultExists(MerchantId merchant, address vault);

    /// @notice The merchant is not on file, or left the platform.
    /// @param merchant the merchant
    /// @param status its status
    /// @custom:cure File the merchant first.
    error CustodyNotOnFile(MerchantId merchant, MerchantStatus status);

    /// @notice The merchant has no vault.
    /// @param merchant the merchant
    /// @custom:cure The custodian bank opens it with `openVault`.
    error CustodyNoVault(MerchantId merchant);

    /// @notice Only the merchant's agent may do this.
    /// @param merchant the merchant
    /// @param caller who called
    /// @custom:cure Call from the account that the merchant register names as its agent.
    error CustodyNotAgent(MerchantId merchant, address caller);

    /// @notice The amount is zero.
    /// @param merchant the merchant
    /// @custom:cure Give an amount of at least one fen.
    error CustodyZeroAmount(MerchantId merchant);

    /// @notice The vault's address received nothing that is not booked.
    /// @param merchant the merchant
    /// @custom:cure Nothing is to be done: every fen is booked.
    error CustodyNothingReceived(MerchantId merchant);

    /// @notice The cover does not end after it starts, or has lapsed already.
    /// @param startsAt its start, in seconds
    /// @param expiresAt its end, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give an end after both the start and the present time.
    error CustodyInvalidCoverTerm(uint64 startsAt, uint64 expiresAt, uint64 timestamp);

    /// @notice The policy is registered already; it would count twice.
    /// @param policy the value of its digest
    /// @custom:cure Check whether the call was made before. An endorsement that adds cover has a digest of its own.
    error CustodyPolicyUsed(bytes32 policy);

    /// @notice The merchant has as many covers in force or to come as can be listed.
    /// @param merchant the merchant
    /// @param max the largest number
    /// @custom:cure Put several covers into one policy, or wait until one lapses.
    error CustodyTooManyCovers(MerchantId merchant, uint256 max);

    /// @notice No cover has this id.
    /// @param cover the id
    /// @custom:cure Use an id of a `CoverRegistered` event.
    error CustodyUnknownCover(CoverId cover);

    /// @notice Only the provider that registered the cover may do this.
    /// @param cover its id
    /// @param caller who called
    /// @custom:cure Call from the provider's account.
    error CustodyNotProvider(CoverId cover, address caller);

    /// @notice The cover is smaller than the amount.
    /// @param cover its id
    /// @param left what it still covers, fen
    /// @param amount the amount asked for, fen
    /// @custom:cure Give at most what is left.
    error CustodyCoverTooSmall(CoverId cover, uint256 left, uint256 amount);

    /// @notice Custody and cover together would be less than what is required.
    /// @param merchant the merchant
    /// @param required the requirement, fen
    /// @param available what custody and cover would come to, fen
    /// @custom:cure Take less, or raise custody or cover first.
    error CustodyBelowRequirement(MerchantId merchant, uint256 required, uint256 available);

    /// @notice More was asked for than was redeemed and not yet released.
    /// @param merchant the merchant
    /// @param releasable redeemed and not yet released, fen
    /// @param amount the amount asked for, fen
    /// @custom:cure Take at most `releasable`; entries that are pending or contested do not count yet.
    error CustodyExceedsRedeemed(MerchantId merchant, uint256 releasable, uint256 amount);

    /// @notice The vault holds less than was asked for.
    /// @param merchant the merchant
    /// @param balance what it holds, fen
    /// @param amount the amount asked for, fen
    /// @custom:cure Take at most what the vault holds.
    error CustodyVaultShort(MerchantId merchant, uint256 balance, uint256 amount);

    /// @notice With this release the day's releases would exceed the approval threshold.
    /// @param merchant the merchant
    /// @param threshold the threshold, fen
    /// @param dayTotal what the day's releases would come to, fen
    /// @custom:cure Ask the supervising node with `requestPayout`, or release the rest on another day.
    error CustodyNeedsApproval(MerchantId merchant, uint256 threshold, uint256 dayTotal);

    /// @notice Payouts to the merchant are stopped.
    /// @param merchant the merchant
    /// @custom:cure Wait until the regulator lifts the order; `PayoutsFrozen` says who gave it and why.
    error CustodyFrozen(MerchantId merchant);

    /// @notice Payouts to the merchant are not stopped.
    /// @param merchant the merchant
    /// @custom:cure Nothing is to be done.
    error CustodyNotFrozen(MerchantId merchant);

    /// @notice The merchant is in default: what is in custody is the holders'.
    /// @param merchant the merchant
    /// @custom:cure Nothing can be released any more. A surplus is returned once every card is settled.
    error CustodyDefaulted(MerchantId merchant);

    /// @notice No payout has this id.
    /// @param payout the id
    /// @custom:cure Use an id of a `PayoutRequested` event.
    error CustodyUnknownPayout(PayoutId payout);

    /// @notice The payout was approved, refused or cancelled.
    /// @param payout its id
    /// @param status how far it is
    /// @custom:cure Ask for a new payout.
    error CustodyPayoutClosed(PayoutId payout, PayoutStatus status);

    /// @notice Cards are not settled yet.
    /// @param merchant the merchant
    /// @param balance the merchant's balance in the book, fen
    /// @param liveCards cards that have not ended
    /// @custom:cure Have every card redeemed or refunded first; before that, use `release`.
    error CustodyNotSettled(MerchantId merchant, uint256 balance, uint256 liveCards);
}
