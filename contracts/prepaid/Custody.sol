// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {EmergencyStop} from "../common/EmergencyStop.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {AreaId} from "../common/interfaces/IEmergencyStop.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Money} from "../common/libraries/Money.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {CustodyCovers} from "./CustodyCovers.sol";
import {CustodyVaults} from "./CustodyVaults.sol";
import {ICustody} from "./interfaces/ICustody.sol";
import {ICustodyRules} from "./interfaces/ICustodyRules.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IMerchantVault} from "./interfaces/IMerchantVault.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {MerchantId, MerchantStatus, PayoutId} from "./libraries/PrepaidTypes.sol";

/// @title Custody
/// @notice Custody of prepayments; see {ICustody}.
contract Custody is CustodyCovers, EmergencyStop {
    using SafeCast for uint256;

    /// @notice The area of payouts to merchants.
    AreaId public constant PAYOUT = AreaId.wrap("PAYOUT");

    /// @dev What was released below the threshold on one natural day.
    struct DayTotal {
        uint64 day;
        uint128 amount;
    }

    /// @inheritdoc ICustody
    uint256 public payoutCount;

    mapping(MerchantId merchant => DayTotal) private _dayTotals;
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
    ) CustodyVaults(authority_, clock_, token_, register_, book_, rules_) {}

    /// @inheritdoc ICustody
    function release(MerchantId merchant, uint256 amount) external whenRunning(PAYOUT) {
        _requireAgent(merchant);
        Account storage account = _openAccount(merchant);
        require(amount != 0, CustodyZeroAmount(merchant));
        _requirePayable(merchant, account);
        _requireReleasable(merchant, account, amount);
        (uint64 day, uint256 dayTotal) = _today(merchant);
        dayTotal += amount;
        uint256 threshold = rules.approvalThreshold(merchant);
        require(threshold == 0 || dayTotal <= threshold, CustodyNeedsApproval(merchant, threshold, dayTotal));

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

    /// @inheritdoc EmergencyStop
    function areas() public pure override returns (AreaId[] memory names) {
        names = new AreaId[](1);
        names[0] = PAYOUT;
    }

    function _release(MerchantId merchant, Account storage account, uint256 amount, PayoutId payout) private {
        account.released += uint128(amount); // at most paidIn
        address to = register.settlementOf(merchant);
        emit Released(merchant, to, amount, payout);
        _refresh(merchant);
        IMerchantVault(account.vault).pay(to, amount);
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

    /// @dev The present natural day (UTC+8) and what was released on it below the threshold.
    function _today(MerchantId merchant) private view returns (uint64 day, uint256 amount) {
        day = TimeLib.dayNumber(clock.timestamp(), TimeLib.CHINA_OFFSET);
        DayTotal storage total = _dayTotals[merchant];
        if (total.day == day) amount = total.amount;
    }
}
