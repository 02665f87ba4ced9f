// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {Roles} from "../common/Roles.sol";
import {CounterSaleId, IRestrictedSales} from "./interfaces/IRestrictedSales.sol";
import {ISealedRecords} from "./interfaces/ISealedRecords.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {DataOwners, QueryId, ScopeId} from "./libraries/RecordTypes.sol";
import {Gtin, PartyId} from "./libraries/TraceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title RestrictedSales
/// @notice A pharmacy's stock and sales of restricted medicines; see {IRestrictedSales}.
contract RestrictedSales is IRestrictedSales, PartyUser {
    /// @inheritdoc IRestrictedSales
    ScopeId public constant buyerScope = ScopeId.wrap("RESTRICTED-BUYERS"); // solhint-disable-line const-name-snakecase

    /// @notice The sealed records, whose grants and queries open the buyers' registrations.
    ISealedRecords public immutable sealedRecords;

    /// @inheritdoc IRestrictedSales
    uint256 public count;
    /// @inheritdoc IRestrictedSales
    mapping(Gtin product => bool) public isRestricted;

    mapping(PartyId shop => mapping(PartyId supplier => SupplierCertificate)) private _certificates;
    mapping(PartyId shop => mapping(Gtin product => ProductLedger)) private _ledgers;
    mapping(PartyId shop => ShopSummary) private _summaries;
    mapping(CounterSaleId sale => CounterSale) private _sales;
    mapping(CounterSaleId sale => Digest) private _buyers;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    /// @param sealedRecords_ the sealed records
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        ISealedRecords sealedRecords_
    ) PartyUser(authority_, clock_, parties_) {
        _requireContract(address(sealedRecords_));
        sealedRecords = sealedRecords_;
    }

    /// @inheritdoc IRestrictedSales
    function restrict(Gtin[] calldata products, bool restricted_, Digest calldata source) external restricted {
        uint256 length = products.length;
        require(length != 0 && length <= Paging.MAX_LIMIT, Paging.PagingLimitOutOfRange(length, Paging.MAX_LIMIT));
        Digests.requirePresent(source);
        for (uint256 i = 0; i < length; ++i) {
            isRestricted[products[i]] = restricted_;
        }
        emit ProductsRestricted(products, restricted_, source);
    }

    /// @inheritdoc IRestrictedSales
    function fileCertificate(PartyId by, PartyId supplier, Digest calldata document, uint64 until) external {
        _requireAgent(by);
        uint64 time = clock.timestamp();
        require(until > time, RestrictedSalesCertificateOver(until, time));
        Digests.requirePresent(document);

        _certificates[by][supplier] = SupplierCertificate(document, until);
        ++_summaries[by].certificates;
        emit CertificateFiled(by, supplier, document, until);
    }

    /// @inheritdoc IRestrictedSales
    function buy(PartyId by, PartyId supplier, Gtin product, uint128 pieces, Digest calldata invoice) external {
        _requireAgent(by);
        require(_certificates[by][supplier].until > clock.timestamp(), RestrictedSalesNotCertified(by, supplier));
        _requireComplete(product, pieces);
        Digests.requirePresent(invoice);

        _ledgers[by][product].received += pieces;
        _summaries[by].received += pieces;
        emit StockBought(by, supplier, product, pieces, invoice);
    }

    /// @inheritdoc IRestrictedSales
    function sell(
        PartyId by,
        Gtin product,
        uint128 pieces,
        Digest calldata buyer
    ) external returns (CounterSaleId sale) {
        _requireAgent(by);
        _requireComplete(product, pieces);
        bool registered = Digests.isPresent(buyer);
        bool needed = isRestricted[product];
        require(registered || !needed, RestrictedSalesBuyerMissing(product));
        ProductLedger storage ledger = _ledgers[by][product];
        uint128 stock = ledger.received - ledger.sold;
        require(pieces <= stock, RestrictedSalesShort(by, product, stock, pieces));

        ledger.sold += pieces;
        ShopSummary storage summary = _summaries[by];
        summary.sold += pieces;
        if (needed) ++summary.restrictedSales;
        sale = CounterSaleId.wrap(++count);
        _sales[sale] = CounterSale(by, product, pieces, clock.timestamp(), registered);
        if (registered) _buyers[sale] = buyer;
        emit CounterSold(by, sale, product, pieces, registered);
    }

    /// @inheritdoc IRestrictedSales
    function inspectSelf(PartyId by, Digest calldata report) external {
        _requireAgent(by);
        Digests.requirePresent(report);
        _summaries[by].inspectedAt = clock.timestamp();
        _summaries[by].inspection = report;
        emit SelfInspected(by, report);
    }

    /// @inheritdoc IRestrictedSales
    function buyerOf(QueryId query, CounterSaleId sale) external view returns (Digest memory) {
        address reader = _msgSender();
        (bool supervises, ) = IAccessManager(authority()).hasRole(Roles.REGULATOR, reader);
        require(supervises, RestrictedSalesNotAllowed(reader));
        require(_sales[sale].registered, RestrictedSalesUnknownSale(sale));
        sealedRecords.requireOpen(query, reader, DataOwners.ofParty(_sales[sale].shop), buyerScope);
        return _buyers[sale];
    }

    /// @inheritdoc IRestrictedSales
    function summaryOf(PartyId shop) external view returns (ShopSummary memory) {
        return _summaries[shop];
    }

    /// @inheritdoc IRestrictedSales
    function ledgerOf(PartyId shop, Gtin product) external view returns (ProductLedger memory) {
        return _ledgers[shop][product];
    }

    /// @inheritdoc IRestrictedSales
    function certificateOf(PartyId shop, PartyId supplier) external view returns (SupplierCertificate memory) {
        return _certificates[shop][supplier];
    }

    /// @inheritdoc IRestrictedSales
    function saleOf(CounterSaleId sale) external view returns (CounterSale memory) {
        return _sales[sale];
    }

    function _requireComplete(Gtin product, uint128 pieces) private pure {
        require(Gtin.unwrap(product) != 0 && pieces != 0, RestrictedSalesIncomplete());
    }
}
