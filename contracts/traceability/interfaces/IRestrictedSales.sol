// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {QueryId, ScopeId} from "../libraries/RecordTypes.sol";
import {Gtin, PartyId} from "../libraries/TraceTypes.sol";

/// @dev A sale over a shop's counter, counted from 1; 0 means "none".
type CounterSaleId is uint256;

/// @title Retail ledger of restricted medicines
/// @notice A pharmacy's stock from certified suppliers, and its sales, of which those of restricted medicines (against fever, cough, infection) need the
/// buyer's registration. The public code shows certificates and sums; who bought what is read by the market regulator with a key, each query logged.
/// @dev A buyer's registration is a salted digest, kept under {ISealedRecords}' rules: the shop grants the regulator the scope {buyerScope}, with
/// the key to the register in it. Without salt and document the digest says nothing about the buyer.
interface IRestrictedSales {
    /// @notice A supplier's certificate as a shop keeps it.
    /// @param document digest of the licence or certificate
    /// @param until the first moment at which it no longer holds, in seconds
    struct SupplierCertificate {
        Digest document;
        uint64 until;
    }

    /// @notice What the public code of a shop shows.
    /// @param certificates how many suppliers' certificates were filed
    /// @param received how many pieces came in
    /// @param sold how many pieces were sold
    /// @param restrictedSales how many sales of restricted medicines there were
    /// @param inspectedAt when the shop last inspected itself, in seconds; 0 = never
    /// @param inspection digest of that inspection
    struct ShopSummary {
        uint32 certificates;
        uint128 received;
        uint128 sold;
        uint32 restrictedSales;
        uint64 inspectedAt;
        Digest inspection;
    }

    /// @notice A medicine in a shop's ledger.
    /// @param received how many pieces came in
    /// @param sold how many were sold; the stock is the difference
    struct ProductLedger {
        uint128 received;
        uint128 sold;
    }

    /// @notice A sale, without its buyer.
    /// @param shop who sold
    /// @param product what
    /// @param pieces how many
    /// @param soldAt when, in seconds
    /// @param registered whether a buyer was registered
    struct CounterSale {
        PartyId shop;
        Gtin product;
        uint128 pieces;
        uint64 soldAt;
        bool registered;
    }

    /// @notice Medicines were put on the restricted list, or taken off.
    /// @param products the medicines
    /// @param restricted whether their sale needs a registered buyer from now on
    /// @param source digest of the order
    event ProductsRestricted(Gtin[] products, bool restricted, Digest source);

    /// @notice A shop filed a supplier's certificate.
    /// @param shop the shop
    /// @param supplier the supplier
    /// @param document digest of the certificate
    /// @param until the first moment at which it no longer holds, in seconds
    event CertificateFiled(PartyId indexed shop, PartyId indexed supplier, Digest document, uint64 until);

    /// @notice A shop bought stock.
    /// @param shop the shop
    /// @param supplier who supplied it
    /// @param product what
    /// @param pieces how many
    /// @param invoice digest of the invoice
    event StockBought(
        PartyId indexed shop,
        PartyId indexed supplier,
        Gtin indexed product,
        uint128 pieces,
        Digest invoice
    );

    /// @notice A shop sold.
    /// @param shop the shop
    /// @param sale its number
    /// @param product what
    /// @param pieces how many
    /// @param registered whether a buyer was registered
    event CounterSold(
        PartyId indexed shop,
        CounterSaleId indexed sale,
        Gtin indexed product,
        uint128 pieces,
        bool registered
    );

    /// @notice A shop inspected itself.
    /// @param shop the shop
    /// @param report digest of the report
    event SelfInspected(PartyId indexed shop, Digest report);

    /// @notice The shop has no certificate of the supplier that holds now.
    /// @param shop the shop
    /// @param supplier the supplier
    /// @custom:cure File the supplier's certificate with `fileCertificate` first.
    error RestrictedSalesNotCertified(PartyId shop, PartyId supplier);

    /// @notice The certificate would be over at once.
    /// @param until the end given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure File a certificate that holds.
    error RestrictedSalesCertificateOver(uint64 until, uint64 timestamp);

    /// @notice Pieces or product are missing.
    /// @custom:cure Give both.
    error RestrictedSalesIncomplete();

    /// @notice The sale of this medicine needs a registered buyer.
    /// @param product the medicine
    /// @custom:cure Register the buyer and pass the salted digest of the registration.
    error RestrictedSalesBuyerMissing(Gtin product);

    /// @notice The shop has not so many pieces in its ledger.
    /// @param shop the shop
    /// @param product the medicine
    /// @param stock what it has
    /// @param pieces what was asked for
    /// @custom:cure Enter the purchase first; what was not bought cannot be sold.
    error RestrictedSalesShort(PartyId shop, Gtin product, uint128 stock, uint128 pieces);

    /// @notice No sale has this number, or it has no registered buyer.
    /// @param sale the number given
    /// @custom:cure Use a number from `CounterSold` with `registered`.
    error RestrictedSalesUnknownSale(CounterSaleId sale);

    /// @notice The caller is not a supervising office.
    /// @param caller who called
    /// @custom:cure Call from an account that holds REGULATOR.
    error RestrictedSalesNotAllowed(address caller);

    /// @notice Puts medicines on the restricted list, or takes them off.
    /// @param products the medicines, 1 to 100
    /// @param restricted_ whether their sale needs a registered buyer from now on
    /// @param source digest of the order
    /// @custom:caller REGULATOR
    /// @custom:error PagingLimitOutOfRange when there are none or more than 100.
    /// @custom:error DigestsMissing when the source is missing.
    function restrict(Gtin[] calldata products, bool restricted_, Digest calldata source) external;

    /// @notice Files a supplier's certificate; replaces an earlier one, which stays in the events.
    /// @param by the shop
    /// @param supplier the supplier
    /// @param document digest of the certificate
    /// @param until the first moment at which it no longer holds
    /// @custom:caller an agent of `by`
    /// @custom:unit until: s
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error RestrictedSalesCertificateOver when it holds no longer.
    /// @custom:error DigestsMissing when the certificate is missing.
    function fileCertificate(PartyId by, PartyId supplier, Digest calldata document, uint64 until) external;

    /// @notice Enters a purchase.
    /// @param by the shop
    /// @param supplier who supplied it
    /// @param product what
    /// @param pieces how many
    /// @param invoice digest of the invoice
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error RestrictedSalesNotCertified when no certificate of the supplier holds.
    /// @custom:error RestrictedSalesIncomplete when pieces or product are missing.
    /// @custom:error DigestsMissing when the invoice is missing.
    function buy(PartyId by, PartyId supplier, Gtin product, uint128 pieces, Digest calldata invoice) external;

    /// @notice Enters a sale.
    /// @param by the shop
    /// @param product what
    /// @param pieces how many
    /// @param buyer salted digest of the buyer's registration; empty where the medicine is not restricted and none was made
    /// @return sale its number
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error RestrictedSalesIncomplete when pieces or product are missing.
    /// @custom:error RestrictedSalesBuyerMissing when the medicine is restricted and no buyer is registered.
    /// @custom:error RestrictedSalesShort when the shop has not so many.
    function sell(
        PartyId by,
        Gtin product,
        uint128 pieces,
        Digest calldata buyer
    ) external returns (CounterSaleId sale);

    /// @notice Enters a shop's inspection of itself.
    /// @param by the shop
    /// @param report digest of the report
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error DigestsMissing when the report is missing.
    function inspectSelf(PartyId by, Digest calldata report) external;

    /// @notice The registration of a sale's buyer.
    /// @param query an open query of the shop's buyers
    /// @param sale the sale
    /// @return salted digest of the registration
    /// @custom:caller REGULATOR, with a query that it opened under the shop's grant of {buyerScope}
    /// @custom:error RestrictedSalesNotAllowed when the caller is no supervising office.
    /// @custom:error RestrictedSalesUnknownSale when there is no such sale with a buyer.
    /// @custom:error SealedRecordsQueryClosed when the query is another's, over, or its grant was taken back.
    /// @custom:error SealedRecordsNotGranted when it is not about the shop's buyers.
    function buyerOf(QueryId query, CounterSaleId sale) external view returns (Digest memory);

    /// @notice The scope under which a shop grants the regulator its buyers.
    /// @return "RESTRICTED-BUYERS"
    function buyerScope() external view returns (ScopeId);

    /// @notice What the public code of a shop shows.
    /// @param shop the shop
    /// @return the summary
    function summaryOf(PartyId shop) external view returns (ShopSummary memory);

    /// @notice A medicine in a shop's ledger.
    /// @param shop the shop
    /// @param product the medicine
    /// @return the ledger
    function ledgerOf(PartyId shop, Gtin product) external view returns (ProductLedger memory);

    /// @notice A supplier's certificate as a shop filed it.
    /// @param shop the shop
    /// @param supplier the supplier
    /// @return the certificate; `until` is 0 where there is none
    function certificateOf(PartyId shop, PartyId supplier) external view returns (SupplierCertificate memory);

    /// @notice A sale, without its buyer.
    /// @param sale its number
    /// @return the sale
    function saleOf(CounterSaleId sale) external view returns (CounterSale memory);

    /// @notice Whether the sale of a medicine needs a registered buyer.
    /// @param product the medicine
    /// @return whether it does
    function isRestricted(Gtin product) external view returns (bool);

    /// @notice How many sales there are: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);
}
