// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Money} from "../common/libraries/Money.sol";
import {CodeUser} from "./CodeUser.sol";
import {ICustody} from "./interfaces/ICustody.sol";
import {ICustodyRules} from "./interfaces/ICustodyRules.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IMerchantVault} from "./interfaces/IMerchantVault.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {MerchantId, MerchantStatus} from "./libraries/PrepaidTypes.sol";
import {MerchantVault} from "./MerchantVault.sol";

/// @title CustodyVaults
/// @notice The part of Custody that keeps the vaults: money in, money to holders, the freeze; see {ICustody}.
abstract contract CustodyVaults is ICustody, CodeUser {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

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

    mapping(MerchantId merchant => Account) internal _accounts;

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

    /// @inheritdoc ICustody
    function payHolder(MerchantId merchant, address holder, uint256 amount) external restricted returns (uint256 paid) {
        Account storage account = _accounts[merchant];
        paid = Money.min(amount, _balance(account));
        if (paid == 0) return 0;
        account.refunded += uint128(paid); // at most paidIn
        emit HolderPaid(merchant, holder, paid);
        IMerchantVault(account.vault).pay(holder, paid);
    }

    /// @inheritdoc ICustody
    function accountOf(MerchantId merchant) external view returns (Account memory) {
        return _accounts[merchant];
    }

    /// @inheritdoc ICustody
    function vaultBalanceOf(MerchantId merchant) external view returns (uint256) {
        return _balance(_accounts[merchant]);
    }

    function _payIn(MerchantId merchant, uint256 amount) internal returns (address vault) {
        Account storage account = _openAccount(merchant);
        require(amount != 0, CustodyZeroAmount(merchant));
        account.paidIn += amount.toUint128();
        return account.vault;
    }

    function _openAccount(MerchantId merchant) internal view returns (Account storage account) {
        account = _accounts[merchant];
        require(account.vault != address(0), CustodyNoVault(merchant));
    }

    function _requireAgent(MerchantId merchant) internal view {
        require(msg.sender == register.agentOf(merchant), CustodyNotAgent(merchant, msg.sender));
    }

    function _balance(Account storage account) internal view returns (uint256) {
        return uint256(account.paidIn) - account.released - account.refunded - account.returned;
    }
}
