// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {IStockAccounts, OutturnId} from "./interfaces/IStockAccounts.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {Gtin, PartyId, PlaceId} from "./libraries/TraceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title StockAccounts
/// @notice Balances by weight of many holders in one store; see {IStockAccounts}.
contract StockAccounts is IStockAccounts, PartyUser {
    /// @inheritdoc IStockAccounts
    uint256 public orderCount;
    /// @inheritdoc IStockAccounts
    mapping(PlaceId store => mapping(Gtin product => uint128)) public storedIn;

    mapping(PlaceId store => mapping(Gtin product => mapping(PartyId holder => StockBalance))) private _balances;
    mapping(PlaceId store => mapping(bytes32 ticket => bool)) private _ticketUsed;
    mapping(OutturnId order => Outturn) private _orders;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) PartyUser(authority_, clock_, parties_) {}

    /// @inheritdoc IStockAccounts
    function receiveGoods(
        PartyId by,
        PlaceId store,
        PartyId holder,
        Gtin product,
        uint128 amount,
        Digest calldata ticket
    ) external {
        _requireStore(by, store);
        parties.requireOpenPlace(store);
        parties.requireActive(holder);
        require(amount != 0, StockAccountsInvalid(amount, holder));
        _bookTicket(store, ticket);

        storedIn[store][product] += amount;
        _balances[store][product][holder].free += amount;
        emit StockReceived(store, holder, product, amount, ticket);
    }

    /// @inheritdoc IStockAccounts
    function sell(
        PartyId by,
        PlaceId store,
        PartyId to,
        Gtin product,
        uint128 amount,
        Digest calldata contractDigest
    ) external {
        _requireAgent(by);
        parties.requireActive(to);
        require(amount != 0 && !(to == by), StockAccountsInvalid(amount, to));
        Digests.requirePresent(contractDigest);

        _take(store, product, by, amount);
        _balances[store][product][to].free += amount;
        emit StockSold(store, by, to, product, amount, contractDigest);
    }

    /// @inheritdoc IStockAccounts
    function orderOut(PartyId by, PlaceId store, Gtin product, uint128 amount) external returns (OutturnId order) {
        _requireAgent(by);
        require(amount != 0, StockAccountsInvalid(amount, by));

        _take(store, product, by, amount);
        _balances[store][product][by].ordered += amount;
        order = OutturnId.wrap(++orderCount);
        _orders[order] = Outturn(store, by, product, amount, false);
        emit OutturnOrdered(order, store, by, product, amount);
    }

    /// @inheritdoc IStockAccounts
    function handOut(PartyId by, OutturnId order, Digest calldata ticket) external {
        Outturn storage found = _orders[order];
        require(found.amount != 0 && !found.done, StockAccountsUnknownOrder(order, by));
        _requireStore(by, found.store);
        _bookTicket(found.store, ticket);

        found.done = true;
        storedIn[found.store][found.product] -= found.amount;
        _balances[found.store][found.product][found.holder].ordered -= found.amount;
        emit OutturnDone(order, ticket);
    }

    /// @inheritdoc IStockAccounts
    function cancelOrder(PartyId by, OutturnId order) external {
        _requireAgent(by);
        Outturn storage found = _orders[order];
        require(found.holder == by && !found.done, StockAccountsUnknownOrder(order, by));

        found.done = true;
        StockBalance storage balance = _balances[found.store][found.product][by];
        balance.ordered -= found.amount;
        balance.free += found.amount;
        emit OutturnCancelled(order);
    }

    /// @inheritdoc IStockAccounts
    function balanceOf(PlaceId store, Gtin product, PartyId holder) external view returns (StockBalance memory) {
        return _balances[store][product][holder];
    }

    /// @inheritdoc IStockAccounts
    function orderOf(OutturnId order) external view returns (Outturn memory) {
        return _orders[order];
    }

    function _take(PlaceId store, Gtin product, PartyId holder, uint128 amount) private {
        StockBalance storage balance = _balances[store][product][holder];
        uint128 free = balance.free;
        require(amount <= free, StockAccountsShort(store, holder, product, free, amount));
        balance.free = free - amount;
    }

    function _bookTicket(PlaceId store, Digest calldata ticket) private {
        Digests.requirePresent(ticket);
        require(!_ticketUsed[store][ticket.value], StockAccountsTicketUsed(store, ticket.value));
        _ticketUsed[store][ticket.value] = true;
    }

    function _requireStore(PartyId by, PlaceId store) private view {
        _requireAgent(by);
        require(parties.placeOwner(store) == by, StockAccountsNotStore(store, by));
    }
}
