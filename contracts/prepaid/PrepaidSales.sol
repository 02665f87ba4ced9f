// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {EmergencyStop} from "../common/EmergencyStop.sol";
import {Governed} from "../common/Governed.sol";
import {SaltedEIP712} from "../common/SaltedEIP712.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {AreaId} from "../common/interfaces/IEmergencyStop.sol";
import {Signature} from "../common/interfaces/ISaltedEIP712.sol";
import {CodeUser} from "./CodeUser.sol";
import {ICustody} from "./interfaces/ICustody.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidCards} from "./interfaces/IPrepaidCards.sol";
import {IPrepaidSales} from "./interfaces/IPrepaidSales.sol";
import {ISaleRules} from "./interfaces/ISaleRules.sol";
import {PrepaidOrders} from "./libraries/PrepaidOrders.sol";
import {Card, CardId, CardOrder, MerchantId, Sale, TopUp} from "./libraries/PrepaidTypes.sol";

/// @title PrepaidSales
/// @notice Sale, purchase and top-up; see {IPrepaidSales}.
contract PrepaidSales is IPrepaidSales, CodeUser, EmergencyStop, SaltedEIP712 {
    using SafeERC20 for IERC20;

    AreaId private constant _SALE = AreaId.wrap("SALE");

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's deposit token.
    IERC20 public immutable token;
    /// @notice The deployment's merchant register.
    IMerchantRegister public immutable register;
    /// @notice The deployment's custody.
    ICustody public immutable custody;
    /// @notice The deployment's sale rules.
    ISaleRules public immutable saleRules;
    /// @notice The deployment's cards.
    IPrepaidCards public immutable cards;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param token_ the deployment's {DepositToken}
    /// @param register_ the deployment's {MerchantRegister}
    /// @param custody_ the deployment's {Custody}
    /// @param saleRules_ the deployment's {SaleRules}
    /// @param cards_ the deployment's {PrepaidCards}
    /// @param salt_ the salt of the deployment's EIP-712 domains
    constructor(
        address authority_,
        IClock clock_,
        IERC20 token_,
        IMerchantRegister register_,
        ICustody custody_,
        ISaleRules saleRules_,
        IPrepaidCards cards_,
        bytes32 salt_
    ) Governed(authority_) SaltedEIP712("Banyan PrepaidSales", "1", salt_) {
        _requireContract(address(clock_));
        _requireContract(address(token_));
        _requireContract(address(register_));
        _requireContract(address(custody_));
        _requireContract(address(saleRules_));
        _requireContract(address(cards_));
        clock = clock_;
        token = token_;
        register = register_;
        custody = custody_;
        saleRules = saleRules_;
        cards = cards_;
    }

    /// @inheritdoc IPrepaidSales
    function sell(Sale calldata sale, CardOrder[] calldata orders) external whenRunning(_SALE) returns (CardId first) {
        _requireAgent(sale.merchant);
        (first, ) = _sell(sale, orders, _msgSender());
    }

    /// @inheritdoc IPrepaidSales
    function purchase(
        Sale calldata sale,
        CardOrder[] calldata orders,
        uint256 nonce,
        uint64 deadline,
        Signature calldata signature
    ) external whenRunning(_SALE) returns (CardId first) {
        require(_msgSender() == sale.holder, PrepaidSalesNotBuyer(sale.holder, _msgSender()));
        require(!sale.cash, PrepaidSalesCashPurchase(sale.merchant));
        uint64 time = clock.timestamp();
        require(time <= deadline, PrepaidSalesOfferExpired(deadline, time));
        address agent = register.agentOf(sale.merchant);
        _requireSignature(agent, PrepaidOrders.hashSaleOffer(sale, orders, nonce, deadline), signature);
        _useCheckedNonce(agent, nonce);

        uint256 rest;
        (first, rest) = _sell(sale, orders, sale.holder);
        if (rest != 0) token.safeTransferFrom(sale.holder, register.settlementOf(sale.merchant), rest);
    }

    /// @inheritdoc IPrepaidSales
    function withdrawOffer(uint256 nonce) external {
        _useCheckedNonce(_msgSender(), nonce);
        emit OfferWithdrawn(_msgSender(), nonce);
    }

    /// @inheritdoc IPrepaidSales
    function topUp(TopUp calldata order) external whenRunning(_SALE) {
        Card memory card = cards.cardOf(order.card);
        _requireAgent(card.merchant);
        require(order.toCustody <= order.paid, PrepaidSalesCustodyAboveTotal(order.paid, order.toCustody));
        register.requireMayIssue(card.merchant);
        saleRules.checkTopUp(card, order);

        cards.addTopUp(order);
        _collect(card.merchant, _msgSender(), order.toCustody);
    }

    /// @notice The areas that can be paused: `"SALE"`.
    /// @return list the one area
    function areas() public pure override returns (AreaId[] memory list) {
        list = new AreaId[](1);
        list[0] = _SALE;
    }

    /// @dev Sells the cards; `rest` is what is paid and does not go into custody.
    function _sell(
        Sale calldata sale,
        CardOrder[] calldata orders,
        address payer
    ) private returns (CardId first, uint256 rest) {
        uint256 total = 0;
        for (uint256 i = 0; i < orders.length; ++i) {
            total += orders[i].paid;
        }
        require(sale.toCustody <= total, PrepaidSalesCustodyAboveTotal(total, sale.toCustody));
        register.requireMayIssue(sale.merchant);
        saleRules.checkSale(sale, orders);

        first = cards.issue(sale, orders);
        rest = total - sale.toCustody;
        emit CardsSold(sale.merchant, first, orders.length, total, sale);
        _collect(sale.merchant, payer, sale.toCustody);
    }

    /// @dev Moves money into the vault, which has the code announced anew, and reverts unless custody and cover reach the requirement.
    function _collect(MerchantId merchant, address payer, uint256 amount) private {
        if (amount == 0) _refresh(merchant);
        else custody.collect(merchant, payer, amount);
        uint256 required = supervisionCode.requiredOf(merchant);
        uint256 available = custody.vaultBalanceOf(merchant) + custody.coverOf(merchant);
        require(available >= required, PrepaidSalesCustodyShort(merchant, required, available));
    }

    function _requireAgent(MerchantId merchant) private view {
        address caller = _msgSender();
        require(caller == register.agentOf(merchant), PrepaidSalesNotAgent(merchant, caller));
    }
}
