// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {Gtin, PartyId, PlaceId} from "../libraries/TraceTypes.sol";

/// @dev An order to hand goods out of a store, counted from 1; 0 means "none".
type OutturnId is uint256;

/// @title Stock accounts: goods of many owners in one store
/// @notice A silo keeps each holder's grain as a balance by weight. What was weighed in raises it, a sale moves it, what is handed out lowers it; nobody
/// sells or draws more than is stored, and the store's books equal what was weighed in less what was handed out.
/// @dev Amounts in millionths of the product's unit. The store is a place; its owner keeps the scale. What is ordered out is set aside, so that it
/// cannot be sold while the lorry is on its way.
interface IStockAccounts {
    /// @notice A holder's balance.
    /// @param free what it can sell or order out
    /// @param ordered what it ordered out and has not got yet
    struct StockBalance {
        uint128 free;
        uint128 ordered;
    }

    /// @notice An order to hand out.
    /// @param store the store
    /// @param holder whose goods
    /// @param product what
    /// @param amount how much
    /// @param done whether it was handed out or taken back
    struct Outturn {
        PlaceId store;
        PartyId holder;
        Gtin product;
        uint128 amount;
        bool done;
    }

    /// @notice Goods were weighed in.
    /// @param store the store
    /// @param holder whose goods
    /// @param product what
    /// @param amount how much
    /// @param ticket digest of the weighbridge ticket
    event StockReceived(
        PlaceId indexed store,
        PartyId indexed holder,
        Gtin indexed product,
        uint128 amount,
        Digest ticket
    );

    /// @notice Stored goods were sold.
    /// @param store the store
    /// @param from who sold
    /// @param to who bought
    /// @param product what
    /// @param amount how much
    /// @param contractDigest digest of the contract
    event StockSold(
        PlaceId indexed store,
        PartyId indexed from,
        PartyId indexed to,
        Gtin product,
        uint128 amount,
        Digest contractDigest
    );

    /// @notice A holder ordered goods out.
    /// @param order its number
    /// @param store the store
    /// @param holder whose goods
    /// @param product what
    /// @param amount how much
    event OutturnOrdered(
        OutturnId indexed order,
        PlaceId indexed store,
        PartyId indexed holder,
        Gtin product,
        uint128 amount
    );

    /// @notice Goods were handed out.
    /// @param order the order
    /// @param ticket digest of the weighbridge ticket
    event OutturnDone(OutturnId indexed order, Digest ticket);

    /// @notice An order was taken back.
    /// @param order the order
    event OutturnCancelled(OutturnId indexed order);

    /// @notice The party does not run the store.
    /// @param store the store
    /// @param party the party
    /// @custom:cure Call for the party that `placeOwner` names.
    error StockAccountsNotStore(PlaceId store, PartyId party);

    /// @notice The amount or the other side is missing, or is the party itself.
    /// @param amount the amount given
    /// @param party the party given
    /// @custom:cure Give an amount above 0 and another party.
    error StockAccountsInvalid(uint128 amount, PartyId party);

    /// @notice The weighbridge ticket was booked.
    /// @param store the store
    /// @param ticket its digest
    /// @custom:cure Book each ticket once.
    error StockAccountsTicketUsed(PlaceId store, bytes32 ticket);

    /// @notice It is more than the party has free in this store.
    /// @param store the store
    /// @param party the party
    /// @param product what
    /// @param free what it has free
    /// @param amount what was asked for
    /// @custom:cure Sell or order out at most `free`.
    error StockAccountsShort(PlaceId store, PartyId party, Gtin product, uint128 free, uint128 amount);

    /// @notice No open order of this number is the party's.
    /// @param order the number given
    /// @param party the party
    /// @custom:cure Use a number from `OutturnOrdered` that was neither handed out nor taken back.
    error StockAccountsUnknownOrder(OutturnId order, PartyId party);

    /// @notice Books what was weighed in.
    /// @param by the party that runs the store
    /// @param store the store
    /// @param holder whose goods
    /// @param product what
    /// @param amount what was weighed
    /// @param ticket digest of the weighbridge ticket
    /// @custom:caller an agent of `by`
    /// @custom:unit amount: millionths of the unit
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StockAccountsNotStore when the party does not run the store.
    /// @custom:error TradePartiesPlaceClosed when the store is closed.
    /// @custom:error TradePartiesUnknown when the holder is not filed.
    /// @custom:error StockAccountsInvalid when the amount is 0.
    /// @custom:error DigestsMissing when the ticket is missing.
    /// @custom:error StockAccountsTicketUsed when the ticket was booked.
    function receiveGoods(
        PartyId by,
        PlaceId store,
        PartyId holder,
        Gtin product,
        uint128 amount,
        Digest calldata ticket
    ) external;

    /// @notice Sells stored goods: they become the buyer's where they lie.
    /// @param by the holder
    /// @param store the store
    /// @param to the buyer
    /// @param product what
    /// @param amount how much
    /// @param contractDigest digest of the contract
    /// @custom:caller an agent of `by`
    /// @custom:unit amount: millionths of the unit
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TradePartiesUnknown when the buyer is not filed.
    /// @custom:error StockAccountsInvalid when the amount is 0 or the buyer the holder.
    /// @custom:error StockAccountsShort when it is more than the holder has free.
    /// @custom:error DigestsMissing when the contract is missing.
    function sell(
        PartyId by,
        PlaceId store,
        PartyId to,
        Gtin product,
        uint128 amount,
        Digest calldata contractDigest
    ) external;

    /// @notice Orders goods out, which sets them aside.
    /// @param by the holder
    /// @param store the store
    /// @param product what
    /// @param amount how much
    /// @return order its number
    /// @custom:caller an agent of `by`
    /// @custom:unit amount: millionths of the unit
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StockAccountsInvalid when the amount is 0.
    /// @custom:error StockAccountsShort when it is more than the holder has free.
    function orderOut(PartyId by, PlaceId store, Gtin product, uint128 amount) external returns (OutturnId order);

    /// @notice Books what was handed out on an order.
    /// @param by the party that runs the store
    /// @param order the order
    /// @param ticket digest of the weighbridge ticket
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StockAccountsUnknownOrder when the order is done or there is none.
    /// @custom:error StockAccountsNotStore when the party does not run the order's store.
    /// @custom:error DigestsMissing when the ticket is missing.
    /// @custom:error StockAccountsTicketUsed when the ticket was booked.
    function handOut(PartyId by, OutturnId order, Digest calldata ticket) external;

    /// @notice Takes an order back.
    /// @param by the holder
    /// @param order the order
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StockAccountsUnknownOrder when the order is done, another's, or there is none.
    function cancelOrder(PartyId by, OutturnId order) external;

    /// @notice A holder's balance in a store.
    /// @param store the store
    /// @param product what
    /// @param holder the party
    /// @return the balance
    function balanceOf(PlaceId store, Gtin product, PartyId holder) external view returns (StockBalance memory);

    /// @notice What lies in a store: the sum of all balances.
    /// @param store the store
    /// @param product what
    /// @return how much
    function storedIn(PlaceId store, Gtin product) external view returns (uint128);

    /// @notice An order.
    /// @param order its number
    /// @return the order
    function orderOf(OutturnId order) external view returns (Outturn memory);

    /// @notice How many orders there are: their numbers are 1 to this.
    /// @return the number
    function orderCount() external view returns (uint256);
}
