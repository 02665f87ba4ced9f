// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CoverForm, CoverId, MerchantId, MerchantStatus, PayoutId} from "../libraries/PrepaidTypes.sol";

/// @title Custody of prepayments
/// @notice One vault per merchant holds its prepayments in DepositToken; covers of insurers, guarantors and trustees stand beside it. Money goes to
/// the merchant only for what was redeemed, and to holders whenever a refund or a default claim asks.
/// Per merchant, always: paidIn = vault + released + refunded + returned, and released <= the book's redeemed total.
/// @dev The vault's balance is reckoned from the account, not read from the token: money that was sent to the vault's address past Custody counts
/// once the bank reports it with {recordReceipt}.
interface ICustody {
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
    /// @custom:error CustodyNeedsApproval when the day's releases would exceed the threshold.
    /// @custom:error CustodyExceedsRedeemed when more is asked for than was redeemed and not yet released.
    /// @custom:error CustodyVaultShort when the vault holds less.
    /// @custom:error CustodyBelowRequirement when custody and cover would be less than required.
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
