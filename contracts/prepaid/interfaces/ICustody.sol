// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CoverForm, CoverId, MerchantId, PayoutId} from "../libraries/PrepaidTypes.sol";
import {ICustodyErrors} from "./ICustodyErrors.sol";
import {ICustodyEvents} from "./ICustodyEvents.sol";

/// @title Custody of prepayments
/// @notice One vault per merchant holds its prepayments in DepositToken; covers of insurers, guarantors and trustees stand beside it. Money goes to
/// the merchant only for what was redeemed, and to holders whenever a refund or a default claim asks.
/// Per merchant, always: paidIn = vault + released + refunded + returned, and released <= the book's redeemed total.
/// @dev The vault's balance is reckoned from the account, not read from the token: money that was sent to the vault's address past Custody counts
/// once the bank reports it with {recordReceipt}.
interface ICustody is ICustodyEvents, ICustodyErrors {
    /// @notice Opens a merchant's vault.
    /// @param merchant the merchant
    /// @return vault the address that holds the money
    /// @custom:caller CUSTODIAN
    /// @custom:error CustodyVaultExists when the merchant has one.
    /// @custom:error CustodyNotOnFile when the merchant is not on file or left the platform.
    /// @custom:source SH18 Art 15 (A-56)
    function openVault(MerchantId merchant) external returns (address vault);

    /// @notice The merchant pays its own money into its vault; it approved Custody for the amount before.
    /// @param merchant the merchant
    /// @param amount how much
    /// @custom:caller the merchant's agent
    /// @custom:unit amount: fen
    /// @custom:error CustodyNotAgent when the caller is not the merchant's agent.
    /// @custom:error CustodyNoVault when the merchant has no vault.
    /// @custom:error CustodyZeroAmount when the amount is zero.
    /// @custom:error ERC20InsufficientAllowance when the agent approved less.
    /// @custom:error ERC20InsufficientBalance when the agent has less.
    function deposit(MerchantId merchant, uint256 amount) external;

    /// @notice Moves money of a sale from the payer, who approved Custody, into the vault. An amount of zero changes nothing and needs no vault.
    /// @dev Book the sale first: the code is announced here, over the new balance and the new custody.
    /// @param merchant the merchant
    /// @param payer whose money it is
    /// @param amount how much
    /// @custom:caller PREPAID_LEDGER (PrepaidCards)
    /// @custom:unit amount: fen
    /// @custom:error CustodyNoVault when the merchant has no vault.
    /// @custom:error ERC20InsufficientAllowance when the payer approved less.
    /// @custom:error ERC20InsufficientBalance when the payer has less.
    function collect(MerchantId merchant, address payer, uint256 amount) external;

    /// @notice Books what was sent to the vault's address past Custody, for example by a bank transfer.
    /// @param merchant the merchant
    /// @return amount what was booked, fen
    /// @custom:caller CUSTODIAN
    /// @custom:error CustodyNoVault when the merchant has no vault.
    /// @custom:error CustodyNothingReceived when every fen is booked.
    function recordReceipt(MerchantId merchant) external returns (uint256 amount);

    /// @notice Registers a cover. Covers that lapsed or are used up leave the merchant's list, which holds 8.
    /// @param merchant whose holders it covers
    /// @param form insurance, guarantee or trust
    /// @param amount what it covers
    /// @param startsAt it counts from this second on
    /// @param expiresAt it counts 0 from this second on
    /// @param policy digest of the policy, letter of guarantee or trust deed; each once
    /// @return cover its id
    /// @custom:caller INSURER
    /// @custom:unit amount: fen; startsAt, expiresAt: s
    /// @custom:error CustodyNoVault when the merchant has no vault, into which claims would be paid.
    /// @custom:error CustodyZeroAmount when the amount is zero.
    /// @custom:error CustodyInvalidCoverTerm when it does not end after its start and the present time.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    /// @custom:error CustodyPolicyUsed when the policy is registered already.
    /// @custom:error CustodyTooManyCovers when 8 covers are in force or to come.
    /// @custom:source SH18 Art 15; SH19 Art 10; MOFCOM order 9 of 2012 Art 28 (A-17, A-56)
    function registerCover(
        MerchantId merchant,
        CoverForm form,
        uint256 amount,
        uint64 startsAt,
        uint64 expiresAt,
        Digest calldata policy
    ) external returns (CoverId cover);

    /// @notice Lowers a cover by an amount; refused where custody and cover would then be less than required.
    /// @param cover its id
    /// @param amount by how much
    /// @custom:caller the provider that registered it
    /// @custom:unit amount: fen
    /// @custom:error CustodyUnknownCover when there is no such cover.
    /// @custom:error CustodyNotProvider when the caller did not register it.
    /// @custom:error CustodyZeroAmount when the amount is zero.
    /// @custom:error CustodyCoverTooSmall when less is left of the cover.
    /// @custom:error CustodyBelowRequirement when custody and cover would be less than required.
    /// @custom:source SH18 Art 15; SH19 Art 10 (A-17)
    function reduceCover(CoverId cover, uint256 amount) external;

    /// @notice Pays under a cover into the vault: the money comes from the provider, who approved Custody, and the cover is lower by it. A cover that
    /// lapsed can still be paid under.
    /// @param cover its id
    /// @param amount how much
    /// @param claim digest of the claim
    /// @custom:caller the provider that registered it
    /// @custom:unit amount: fen
    /// @custom:error CustodyUnknownCover when there is no such cover.
    /// @custom:error CustodyNotProvider when the caller did not register it.
    /// @custom:error CustodyZeroAmount when the amount is zero.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    /// @custom:error CustodyCoverTooSmall when less is left of the cover.
    /// @custom:error ERC20InsufficientAllowance when the provider approved less.
    /// @custom:error ERC20InsufficientBalance when the provider has less.
    /// @custom:source SH18 Art 15 (A-17, A-44)
    function payClaim(CoverId cover, uint256 amount, Digest calldata claim) external;

    /// @notice Takes money out for what was redeemed, to the merchant's settlement account. All releases of one natural day (UTC+8) count together
    /// against the approval threshold.
    /// @param merchant the merchant
    /// @param amount how much
    /// @custom:caller the merchant's agent
    /// @custom:unit amount: fen
    /// @custom:error EmergencyStopAreaPaused when payouts are paused.
    /// @custom:error CustodyNotAgent when the caller is not the merchant's agent.
    /// @custom:error CustodyNoVault when the merchant has no vault.
    /// @custom:error CustodyZeroAmount when the amount is zero.
    /// @custom:error CustodyFrozen when payouts to the merchant are stopped.
    /// @custom:error CustodyDefaulted when the merchant is in default.
    /// @custom:error CustodyExceedsRedeemed when more is asked for than was redeemed and not yet released.
    /// @custom:error CustodyVaultShort when the vault holds less.
    /// @custom:error CustodyBelowRequirement when custody and cover would be less than required.
    /// @custom:error CustodyNeedsApproval when the day's releases would exceed the threshold.
    /// @custom:source SH18 Art 15; MOFCOM order 9 of 2012 Art 26 (A-18, A-21)
    function release(MerchantId merchant, uint256 amount) external;

    /// @notice Asks the supervising node for a payout; what `release` would check but the threshold is checked now and again at the approval.
    /// @param merchant the merchant
    /// @param amount how much
    /// @param reason digest of the grounds
    /// @return payout its id
    /// @custom:caller the merchant's agent
    /// @custom:unit amount: fen
    /// @custom:error EmergencyStopAreaPaused when payouts are paused.
    /// @custom:error CustodyNotAgent when the caller is not the merchant's agent.
    /// @custom:error CustodyNoVault when the merchant has no vault.
    /// @custom:error CustodyZeroAmount when the amount is zero.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    /// @custom:error CustodyFrozen when payouts to the merchant are stopped.
    /// @custom:error CustodyDefaulted when the merchant is in default.
    /// @custom:error CustodyExceedsRedeemed when more is asked for than was redeemed and not yet released.
    /// @custom:error CustodyVaultShort when the vault holds less.
    /// @custom:error CustodyBelowRequirement when custody and cover would be less than required.
    function requestPayout(
        MerchantId merchant,
        uint256 amount,
        Digest calldata reason
    ) external returns (PayoutId payout);

    /// @notice Approves a payout: checks it again and pays it to the merchant's settlement account. It does not count against the day's threshold.
    /// @param payout its id
    /// @param reason digest of the grounds
    /// @custom:caller REGULATOR
    /// @custom:error EmergencyStopAreaPaused when payouts are paused.
    /// @custom:error CustodyUnknownPayout when there is no such payout.
    /// @custom:error CustodyPayoutClosed when it was decided or cancelled.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    /// @custom:error CustodyFrozen when payouts to the merchant are stopped.
    /// @custom:error CustodyDefaulted when the merchant is in default.
    /// @custom:error CustodyExceedsRedeemed when more is asked for than was redeemed and not yet released.
    /// @custom:error CustodyVaultShort when the vault holds less.
    /// @custom:error CustodyBelowRequirement when custody and cover would be less than required.
    function approvePayout(PayoutId payout, Digest calldata reason) external;

    /// @notice Refuses a payout.
    /// @param payout its id
    /// @param reason digest of the grounds
    /// @custom:caller REGULATOR
    /// @custom:error CustodyUnknownPayout when there is no such payout.
    /// @custom:error CustodyPayoutClosed when it was decided or cancelled.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    function refusePayout(PayoutId payout, Digest calldata reason) external;

    /// @notice Takes a request back.
    /// @param payout its id
    /// @custom:caller the merchant's agent
    /// @custom:error CustodyUnknownPayout when there is no such payout.
    /// @custom:error CustodyNotAgent when the caller is not the merchant's agent.
    /// @custom:error CustodyPayoutClosed when it was decided or cancelled.
    function cancelPayout(PayoutId payout) external;

    /// @notice Stops payouts to the merchant. Refunds, reclaims and default claims go on.
    /// @param merchant the merchant
    /// @param reason digest of the order
    /// @custom:caller EMERGENCY
    /// @custom:error CustodyNoVault when the merchant has no vault.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    /// @custom:error CustodyFrozen when payouts are stopped already.
    function freeze(MerchantId merchant, Digest calldata reason) external;

    /// @notice Lets payouts to the merchant go on.
    /// @param merchant the merchant
    /// @param reason digest of the order
    /// @custom:caller REGULATOR
    /// @custom:error CustodyNoVault when the merchant has no vault.
    /// @custom:error DigestsMissing when the digest or its algorithm is missing.
    /// @custom:error CustodyNotFrozen when payouts are not stopped.
    function unfreeze(MerchantId merchant, Digest calldata reason) external;

    /// @notice Pays a holder from the vault as far as it reaches; nothing where there is no vault. No freeze, pause or requirement holds it back.
    /// @dev It does not announce the code: the caller books the repayment next, and PrepaidCards announces the code over both changes. Announced in
    /// between, a refund would show a colour that never was.
    /// @param merchant the merchant
    /// @param holder who is paid
    /// @param amount what is due
    /// @return paid what was paid, at most the amount
    /// @custom:caller PREPAID_PAYER (Refunds, DefaultClaims)
    /// @custom:unit amount and paid: fen
    function payHolder(MerchantId merchant, address holder, uint256 amount) external returns (uint256 paid);

    /// @notice Returns what is left to the merchant's settlement account, once the book's balance is 0 and no card is live.
    /// @param merchant the merchant
    /// @return amount what was returned, fen
    /// @custom:caller the merchant's agent
    /// @custom:error EmergencyStopAreaPaused when payouts are paused.
    /// @custom:error CustodyNotAgent when the caller is not the merchant's agent.
    /// @custom:error CustodyNoVault when the merchant has no vault.
    /// @custom:error CustodyFrozen when payouts to the merchant are stopped.
    /// @custom:error CustodyNotSettled when cards are not settled yet.
    /// @custom:error CustodyZeroAmount when the vault is empty.
    function returnSurplus(MerchantId merchant) external returns (uint256 amount);

    /// @notice A merchant's account.
    /// @param merchant the merchant
    /// @return the account; all zero when no vault was opened
    function accountOf(MerchantId merchant) external view returns (Account memory);

    /// @notice What the vault holds.
    /// @param merchant the merchant
    /// @return paidIn - released - refunded - returned
    /// @custom:unit fen
    function vaultBalanceOf(MerchantId merchant) external view returns (uint256);

    /// @notice Sum of the covers in force now.
    /// @param merchant the merchant
    /// @return the sum
    /// @custom:unit fen
    function coverOf(MerchantId merchant) external view returns (uint256);

    /// @notice A cover.
    /// @param cover its id
    /// @return the cover; all zero when there is none
    function coverById(CoverId cover) external view returns (Cover memory);

    /// @notice The covers listed for a merchant, at most 8: in force, to come, and those that lapsed since the last registration.
    /// @param merchant the merchant
    /// @return their ids
    function coversOf(MerchantId merchant) external view returns (CoverId[] memory);

    /// @notice A payout.
    /// @param payout its id
    /// @return the payout; all zero when there is none
    function payoutOf(PayoutId payout) external view returns (Payout memory);

    /// @notice What `release` would pay at most now: what was redeemed and not yet released, what the vault can spare above the requirement, and what
    /// the approval threshold leaves of the day; 0 while frozen, paused or in default.
    /// @param merchant the merchant
    /// @return the sum
    /// @custom:unit fen
    function releasableOf(MerchantId merchant) external view returns (uint256);

    /// @notice What was released below the threshold on the present natural day (UTC+8).
    /// @param merchant the merchant
    /// @return the sum
    /// @custom:unit fen
    function releasedTodayOf(MerchantId merchant) external view returns (uint256);

    /// @notice How many covers were registered: their ids are 1 to this number.
    /// @return the number
    function coverCount() external view returns (uint256);

    /// @notice How many payouts were requested: their ids are 1 to this number.
    /// @return the number
    function payoutCount() external view returns (uint256);
}
