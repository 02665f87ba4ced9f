// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {EmergencyStop} from "../common/EmergencyStop.sol";
import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {AreaId} from "../common/interfaces/IEmergencyStop.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Money} from "../common/libraries/Money.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {CodeUser} from "./CodeUser.sol";
import {ICustody} from "./interfaces/ICustody.sol";
import {ICustodyRules} from "./interfaces/ICustodyRules.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IMerchantVault} from "./interfaces/IMerchantVault.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {CoverForm, CoverId, MerchantId, MerchantStatus, PayoutId} from "./libraries/PrepaidTypes.sol";
import {MerchantVault} from "./MerchantVault.sol";

/// @title Custody
/// @notice Custody of prepayments; see {ICustody}.
contract Custody is ICustody, CodeUser, EmergencyStop {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @notice The area of payouts to merchants.
    AreaId public constant PAYOUT = AreaId.wrap("PAYOUT");

    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_COVERS = 8;

    /// @dev What was released below the threshold on one natural day.
    struct DayTotal {
        uint64 day;
        uint128 amount;
    }

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deposit token.
    IERC20 public immutable token;
    /// @notice The merchant register.
    IMerchantRegister public immutable register;
    /// @notice The prepaid book.
    IPrepaidBook public immutable book;
    /// @notice The custody rules.
    ICustodyRules public immutable rules;
    /// @notice The vault that is cloned for each merchant.
    address public immutable vaultImplementation;

    /// @inheritdoc ICustody
    uint256 public coverCount;
    /// @inheritdoc ICustody
    uint256 public payoutCount;

    mapping(MerchantId merchant => Account) private _accounts;
    mapping(MerchantId merchant => CoverId[]) private _listed;
    mapping(MerchantId merchant => DayTotal) private _dayTotals;
    mapping(CoverId cover => Cover) private _covers;
    mapping(bytes32 policy => bool) private _policyUsed;
    mapping(PayoutId payout => Payout) private _payouts;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's clock
    /// @param token_ the deposit token
    /// @param register_ the merchant register
    /// @param book_ the prepaid book
    /// @param rules_ the custody rules
    constructor(
        address authority_,
        IClock clock_,
        IERC20 token_,
        IMerchantRegister register_,
        IPrepaidBook book_,
        ICustodyRules rules_
    ) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(token_));
        _requireContract(address(register_));
        _requireContract(address(book_));
        _requireContract(address(rules_));
        clock = clock_;
        token = token_;
        register = register_;
        book = book_;
        rules = rules_;
        vaultImplementation = address(new MerchantVault(token_));
    }

    // -- the vault ---------------------------------------------------------------------------------

    /// @inheritdoc ICustody
    function openVault(MerchantId merchant) external restricted returns (address vault) {
        Account storage account = _accounts[merchant];
        require(account.vault == address(0), CustodyVaultExists(merchant, account.vault));
        MerchantStatus status = register.statusOf(merchant);
        require(status != MerchantStatus.NONE && status != MerchantStatus.EXITED, CustodyNotOnFile(merchant, status));
        vault = Clones.clone(vaultImplementation);
        account.vault = vault;
        emit VaultOpened(merchant, vault, msg.sender);
    }

    /// @inheritdoc ICustody
    function deposit(MerchantId merchant, uint256 amount) external {
        _requireAgent(merchant);
        address vault = _payIn(merchant, amount);
        emit Deposited(merchant, msg.sender, amount);
        _refresh(merchant);
        token.safeTransferFrom(msg.sender, vault, amount);
    }

    /// @inheritdoc ICustody
    function collect(MerchantId merchant, address payer, uint256 amount) external restricted {
        if (amount == 0) return;
        address vault = _payIn(merchant, amount);
        emit Collected(merchant, payer, amount);
        _refresh(merchant);
        token.safeTransferFrom(payer, vault, amount);
    }

    /// @inheritdoc ICustody
    function recordReceipt(MerchantId merchant) external restricted returns (uint256 amount) {
        Account storage account = _openAccount(merchant);
        amount = token.balanceOf(account.vault) - _balance(account);
        require(amount != 0, CustodyNothingReceived(merchant));
        account.paidIn += amount.toUint128();
        emit ReceiptRecorded(merchant, msg.sender, amount);
        _refresh(merchant);
    }

    // -- covers ------------------------------------------------------------------------------------

    /// @inheritdoc ICustody
    function registerCover(
        MerchantId merchant,
        CoverForm form,
        uint256 amount,
        uint64 startsAt,
        uint64 expiresAt,
        Digest calldata policy
    ) external restricted returns (CoverId cover) {
        Account storage account = _openAccount(merchant);
        require(amount != 0, CustodyZeroAmount(merchant));
        uint64 time = clock.timestamp();
        require(expiresAt > startsAt && expiresAt > time, CustodyInvalidCoverTerm(startsAt, expiresAt, time));
        Digests.requirePresent(policy);
        require(!_policyUsed[policy.value], CustodyPolicyUsed(policy.value));
        _dropLapsed(merchant, time);
        CoverId[] storage listed = _listed[merchant];
        require(listed.length < _MAX_COVERS, CustodyTooManyCovers(merchant, _MAX_COVERS));

        cover = CoverId.wrap(++coverCount);
        _policyUsed[policy.value] = true;
        _covers[cover] = Cover({
            merchant: merchant,
            form: form,
            provider: msg.sender,
            amount: amount.toUint128(),
            startsAt: startsAt,
            expiresAt: expiresAt,
            policy: policy
        });
        listed.push(cover);
        account.covers = uint8(listed.length); // at most 8
        emit CoverRegistered(cover, merchant, msg.sender, form, amount, startsAt, expiresAt, policy);
        _refresh(merchant);
    }

    /// @inheritdoc ICustody
    function reduceCover(CoverId cover, uint256 amount) external {
        MerchantId merchant = _requireProvider(cover);
        uint256 left = _lowerCover(cover, merchant, amount);
        uint256 required = rules.requiredOf(merchant);
        uint256 available = _balance(_accounts[merchant]) + coverOf(merchant);
        require(available >= required, CustodyBelowRequirement(merchant, required, available));
        emit CoverReduced(cover, merchant, amount, left);
        _refresh(merchant);
    }

    /// @inheritdoc ICustody
    function payClaim(CoverId cover, uint256 amount, Digest calldata claim) external {
        MerchantId merchant = _requireProvider(cover);
        Digests.requirePresent(claim);
        uint256 left = _lowerCover(cover, merchant, amount);
        address vault = _payIn(merchant, amount);
        emit CoverClaimPaid(cover, merchant, amount, left, claim);
        _refresh(merchant);
        token.safeTransferFrom(msg.sender, vault, amount);
    }

    // -- payouts to the merchant -------------------------------------------------------------------

    /// @inheritdoc ICustody
    function release(MerchantId merchant, uint256 amount) external whenRunning(PAYOUT) {
        _requireAgent(merchant);
        Account storage account = _openAccount(merchant);
        require(amount != 0, CustodyZeroAmount(merchant));
        _requirePayable(merchant, account);
        (uint64 day, uint256 dayTotal) = _today(merchant);
        dayTotal += amount;
        uint256 threshold = rules.approvalThreshold(merchant);
        require(threshold == 0 || dayTotal <= threshold, CustodyNeedsApproval(merchant, threshold, dayTotal));
        _requireReleasable(merchant, account, amount);

        _dayTotals[merchant] = DayTotal({day: day, amount: dayTotal.toUint128()});
        _release(merchant, account, amount, PayoutId.wrap(0));
    }

    /// @inheritdoc ICustody
    function requestPayout(
        MerchantId merchant,
        uint256 amount,
        Digest calldata reason
    ) external whenRunning(PAYOUT) returns (PayoutId payout) {
        _requireAgent(merchant);
        Account storage account = _openAccount(merchant);
        require(amount != 0, CustodyZeroAmount(merchant));
        Digests.requirePresent(reason);
        _requirePayable(merchant, account);
        _requireReleasable(merchant, account, amount);

        payout = PayoutId.wrap(++payoutCount);
        _payouts[payout] = Payout({
            merchant: merchant,
            amount: amount.toUint128(),
            requestedAt: clock.timestamp(),
            status: PayoutStatus.REQUESTED,
            reason: reason
        });
        emit PayoutRequested(payout, merchant, amount, reason);
    }

    /// @inheritdoc ICustody
    function approvePayout(PayoutId payout, Digest calldata reason) external restricted whenRunning(PAYOUT) {
        Payout storage entry = _requireRequested(payout);
        Digests.requirePresent(reason);
        MerchantId merchant = entry.merchant;
        Account storage account = _accounts[merchant];
        uint256 amount = entry.amount;
        _requirePayable(merchant, account);
        _requireReleasable(merchant, account, amount);

        entry.status = PayoutStatus.APPROVED;
        emit PayoutApproved(payout, merchant, msg.sender, amount, reason);
        _release(merchant, account, amount, payout);
    }

    /// @inheritdoc ICustody
    function refusePayout(PayoutId payout, Digest calldata reason) external restricted {
        Payout storage entry = _requireRequested(payout);
        Digests.requirePresent(reason);
        entry.status = PayoutStatus.REFUSED;
        emit PayoutRefused(payout, entry.merchant, msg.sender, entry.amount, reason);
    }

    /// @inheritdoc ICustody
    function cancelPayout(PayoutId payout) external {
        Payout storage entry = _requireRequested(payout);
        _requireAgent(entry.merchant);
        entry.status = PayoutStatus.CANCELLED;
        emit PayoutCancelled(payout, entry.merchant);
    }

    /// @inheritdoc ICustody
    function returnSurplus(MerchantId merchant) external whenRunning(PAYOUT) returns (uint256 amount) {
        _requireAgent(merchant);
        Account storage account = _openAccount(merchant);
        require(!account.frozen, CustodyFrozen(merchant));
        uint256 balance = book.balanceOf(merchant);
        uint256 live = book.totalsOf(merchant).live;
        require(balance == 0 && live == 0, CustodyNotSettled(merchant, balance, live));
        amount = _balance(account);
        require(amount != 0, CustodyZeroAmount(merchant));

        account.returned += uint128(amount); // at most paidIn
        address to = register.settlementOf(merchant);
        emit SurplusReturned(merchant, to, amount);
        _refresh(merchant);
        IMerchantVault(account.vault).pay(to, amount);
    }

    // -- emergency ---------------------------------------------------------------------------------

    /// @inheritdoc ICustody
    function freeze(MerchantId merchant, Digest calldata reason) external restricted {
        Account storage account = _openAccount(merchant);
        Digests.requirePresent(reason);
        require(!account.frozen, CustodyFrozen(merchant));
        account.frozen = true;
        emit PayoutsFrozen(merchant, msg.sender, reason);
    }

    /// @inheritdoc ICustody
    function unfreeze(MerchantId merchant, Digest calldata reason) external restricted {
        Account storage account = _openAccount(merchant);
        Digests.requirePresent(reason);
        require(account.frozen, CustodyNotFrozen(merchant));
        account.frozen = false;
        emit PayoutsUnfrozen(merchant, msg.sender, reason);
    }

    // -- payments to holders -----------------------------------------------------------------------

    /// @inheritdoc ICustody
    function payHolder(MerchantId merchant, address holder, uint256 amount) external restricted returns (uint256 paid) {
        Account storage account = _accounts[merchant];
        paid = Money.min(amount, _balance(account));
        if (paid == 0) return 0;
        account.refunded += uint128(paid); // at most paidIn
        emit HolderPaid(merchant, holder, paid);
        IMerchantVault(account.vault).pay(holder, paid);
    }

    // -- readers -----------------------------------------------------------------------------------

    /// @inheritdoc ICustody
    function accountOf(MerchantId merchant) external view returns (Account memory) {
        return _accounts[merchant];
    }

    /// @inheritdoc ICustody
    function vaultBalanceOf(MerchantId merchant) external view returns (uint256) {
        return _balance(_accounts[merchant]);
    }

    /// @inheritdoc ICustody
    function coverById(CoverId cover) external view returns (Cover memory) {
        return _covers[cover];
    }

    /// @inheritdoc ICustody
    function coversOf(MerchantId merchant) external view returns (CoverId[] memory) {
        return _listed[merchant];
    }

    /// @inheritdoc ICustody
    function payoutOf(PayoutId payout) external view returns (Payout memory) {
        return _payouts[payout];
    }

    /// @inheritdoc ICustody
    function releasableOf(MerchantId merchant) external view returns (uint256) {
        Account storage account = _accounts[merchant];
        if (paused(PAYOUT) || account.frozen || register.statusOf(merchant) == MerchantStatus.DEFAULTED) return 0;
        uint256 balance = _balance(account);
        uint256 spare = Money.floorSub(balance + coverOf(merchant), rules.requiredOf(merchant));
        uint256 most = Money.min(Money.min(balance, spare), _redeemedNotReleased(merchant, account));
        uint256 threshold = rules.approvalThreshold(merchant);
        if (threshold == 0) return most;
        (, uint256 dayTotal) = _today(merchant);
        return Money.min(most, Money.floorSub(threshold, dayTotal));
    }

    /// @inheritdoc ICustody
    function releasedTodayOf(MerchantId merchant) external view returns (uint256 amount) {
        (, amount) = _today(merchant);
    }

    /// @inheritdoc ICustody
    function coverOf(MerchantId merchant) public view returns (uint256 sum) {
        CoverId[] storage listed = _listed[merchant];
        uint256 length = listed.length;
        if (length == 0) return 0;
        uint64 time = clock.timestamp();
        for (uint256 i = 0; i < length; ++i) {
            Cover storage entry = _covers[listed[i]];
            if (entry.startsAt <= time && time < entry.expiresAt) sum += entry.amount;
        }
    }

    /// @inheritdoc EmergencyStop
    function areas() public pure override returns (AreaId[] memory names) {
        names = new AreaId[](1);
        names[0] = PAYOUT;
    }

    // -- inner part --------------------------------------------------------------------------------

    function _payIn(MerchantId merchant, uint256 amount) private returns (address vault) {
        Account storage account = _openAccount(merchant);
        require(amount != 0, CustodyZeroAmount(merchant));
        account.paidIn += amount.toUint128();
        return account.vault;
    }

    function _release(MerchantId merchant, Account storage account, uint256 amount, PayoutId payout) private {
        account.released += uint128(amount); // at most paidIn
        address to = register.settlementOf(merchant);
        emit Released(merchant, to, amount, payout);
        _refresh(merchant);
        IMerchantVault(account.vault).pay(to, amount);
    }

    function _lowerCover(CoverId cover, MerchantId merchant, uint256 amount) private returns (uint256 left) {
        Cover storage entry = _covers[cover];
        left = entry.amount;
        require(amount != 0, CustodyZeroAmount(merchant));
        require(amount <= left, CustodyCoverTooSmall(cover, left, amount));
        left -= amount;
        entry.amount = uint128(left); // lower than before
    }

    /// @dev Lapsed and used-up covers leave the list. At most 8 steps.
    function _dropLapsed(MerchantId merchant, uint64 time) private {
        CoverId[] storage listed = _listed[merchant];
        uint256 i = 0;
        while (i < listed.length) {
            CoverId cover = listed[i];
            Cover storage entry = _covers[cover];
            if (entry.amount != 0 && time < entry.expiresAt) {
                ++i;
                continue;
            }
            listed[i] = listed[listed.length - 1];
            listed.pop();
            emit CoverDropped(cover, merchant);
        }
    }

    function _openAccount(MerchantId merchant) private view returns (Account storage account) {
        account = _accounts[merchant];
        require(account.vault != address(0), CustodyNoVault(merchant));
    }

    function _requireAgent(MerchantId merchant) private view {
        require(msg.sender == register.agentOf(merchant), CustodyNotAgent(merchant, msg.sender));
    }

    function _requireProvider(CoverId cover) private view returns (MerchantId) {
        Cover storage entry = _covers[cover];
        require(entry.provider != address(0), CustodyUnknownCover(cover));
        require(entry.provider == msg.sender, CustodyNotProvider(cover, msg.sender));
        return entry.merchant;
    }

    function _requireRequested(PayoutId payout) private view returns (Payout storage entry) {
        entry = _payouts[payout];
        PayoutStatus status = entry.status;
        require(status != PayoutStatus.NONE, CustodyUnknownPayout(payout));
        require(status == PayoutStatus.REQUESTED, CustodyPayoutClosed(payout, status));
    }

    function _requirePayable(MerchantId merchant, Account storage account) private view {
        require(!account.frozen, CustodyFrozen(merchant));
        require(register.statusOf(merchant) != MerchantStatus.DEFAULTED, CustodyDefaulted(merchant));
    }

    /// @dev A payout never exceeds what was redeemed nor the vault, and never takes custody and cover below the requirement.
    function _requireReleasable(MerchantId merchant, Account storage account, uint256 amount) private view {
        uint256 releasable = _redeemedNotReleased(merchant, account);
        require(amount <= releasable, CustodyExceedsRedeemed(merchant, releasable, amount));
        uint256 balance = _balance(account);
        require(amount <= balance, CustodyVaultShort(merchant, balance, amount));
        uint256 required = rules.requiredOf(merchant);
        uint256 available = balance - amount + coverOf(merchant);
        require(available >= required, CustodyBelowRequirement(merchant, required, available));
    }

    function _redeemedNotReleased(MerchantId merchant, Account storage account) private view returns (uint256) {
        return book.totalsOf(merchant).redeemed - account.released;
    }

    function _balance(Account storage account) private view returns (uint256) {
        return uint256(account.paidIn) - account.released - account.refunded - account.returned;
    }

    /// @dev The present natural day (UTC+8) and what was released on it below the threshold.
    function _today(MerchantId merchant) private view returns (uint64 day, uint256 amount) {
        day = TimeLib.dayNumber(clock.timestamp(), TimeLib.CHINA_OFFSET);
        DayTotal storage total = _dayTotals[merchant];
        if (total.day == day) amount = total.amount;
    }
}
