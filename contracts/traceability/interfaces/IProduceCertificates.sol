// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {EventId, ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @dev A certificate of produce, counted from 1; 0 means "none".
type CertificateId is uint32;

/// @title Certificates of produce (承诺达标合格证)
/// @notice Issued by who produced a lot of listed produce; the buyer collects and checks it: no certificate, no purchase (C-21).
/// @dev A certificate covers one lot (or one item, an animal) and the items of that lot. What is split off or mixed under a new lot number is a new
/// product of whoever did it and needs a new certificate from there on; so are, where policy says so (`trace.certificate.split`), items that another
/// than the issuer commissioned of the lot. A purchase is a receipt (`receiving`, `accepting`) of goods whose owner changes, or is not stated. Goods are
/// not bought where the owner stated has them already (an item's owner on record, the shipper of a lot), nor where they come back with `returned` to a
/// party that they came from, see {ITraceState-cameFrom}. Of a container the lots and items in it are looked at, up to a bound, see {MAX_LOOKED_AT};
/// a larger one is refused.
interface IProduceCertificates {
    /// @notice A certificate.
    /// @param object the lot or item
    /// @param issuer who issued it
    /// @param issuedAt when, in seconds
    /// @param keepUntil until when issuer and buyers keep it at least, in seconds (C-22); 0 = no such duty
    /// @param withdrawnAt when it was withdrawn, in seconds; 0 = it holds
    /// @param document digest of the certificate
    struct Certificate {
        ObjectId object;
        PartyId issuer;
        uint64 issuedAt;
        uint64 keepUntil;
        uint64 withdrawnAt;
        Digest document;
    }

    // -- events --------------------------------------------------------------------------------------

    /// @notice A certificate was issued.
    /// @param certificate its number
    /// @param object the lot or item
    /// @param issuer who issued it
    /// @param document digest of the certificate
    event CertificateIssued(
        CertificateId indexed certificate,
        ObjectId indexed object,
        PartyId indexed issuer,
        Digest document
    );

    /// @notice A certificate was withdrawn.
    /// @param certificate the certificate
    /// @param reason digest of the reason
    event CertificateWithdrawn(CertificateId indexed certificate, Digest reason);

    /// @notice A buyer collected and checked a certificate at a purchase.
    /// @param certificate the certificate
    /// @param buyer the buyer
    /// @param id the receipt
    event CertificateCollected(CertificateId indexed certificate, PartyId indexed buyer, EventId indexed id);

    // -- errors --------------------------------------------------------------------------------------

    /// @notice No certificate has this number.
    /// @param certificate the number
    /// @custom:cure Use a number from `CertificateIssued`.
    error ProduceCertificatesUnknown(CertificateId certificate);

    /// @notice The object is no listed produce, or does not exist.
    /// @param object the object
    /// @custom:cure Certificates are issued of lots and items of class LISTED_PRODUCE.
    error ProduceCertificatesNotProduce(ObjectId object);

    /// @notice Somebody other than the producer of the lot would issue the certificate.
    /// @param object the object
    /// @param producer who produced it
    /// @param issuer who would issue it
    /// @custom:cure The producer issues it; whoever split or mixed is the producer of the new lot.
    error ProduceCertificatesNotProducer(ObjectId object, PartyId producer, PartyId issuer);

    /// @notice The object has a certificate that holds.
    /// @param object the object
    /// @param certificate the certificate
    /// @custom:cure Withdraw it before another is issued.
    error ProduceCertificatesIssued(ObjectId object, CertificateId certificate);

    /// @notice The account does not act for the issuer, nor is it the regulator's.
    /// @param certificate the certificate
    /// @param account the account
    /// @custom:cure Call from an agent of the issuer.
    error ProduceCertificatesNotIssuer(CertificateId certificate, address account);

    /// @notice The certificate was withdrawn.
    /// @param certificate the certificate
    /// @custom:cure Nothing is to be done.
    error ProduceCertificatesWithdrawn(CertificateId certificate);

    /// @notice Listed produce is bought without a certificate (C-21).
    /// @param object the lot or item
    /// @param buyer the buyer
    /// @custom:cure The producer of the lot issues the certificate first; after splitting or mixing that is whoever did it.
    error ProduceCertificatesMissing(ObjectId object, PartyId buyer);

    /// @notice More lies in what is received than one receipt is checked for.
    /// @param object what was not looked at any more
    /// @param max the most things; listed produce counts as five
    /// @custom:cure Receive in several events, or have it shipped in smaller containers.
    error ProduceCertificatesTooMany(ObjectId object, uint256 max);

    // -- writers -------------------------------------------------------------------------------------

    /// @notice Issues a certificate.
    /// @param issuer the producer of the lot
    /// @param object the lot or item
    /// @param document digest of the certificate
    /// @return certificate its number
    /// @custom:caller an agent of the issuer, or PLATFORM with the issuer's mandate
    /// @custom:source 农产品质量安全法 39; 农业农村部令2025年第4号 (C-21)
    /// @custom:error TradePartiesUnknown when the issuer is not filed.
    /// @custom:error TradePartiesSuspended when the issuer is suspended.
    /// @custom:error TradePartiesNotAgent when the caller does not act for the issuer.
    /// @custom:error ProduceCertificatesNotProduce when the object is no listed produce.
    /// @custom:error ProduceCertificatesNotProducer when the issuer did not produce it.
    /// @custom:error ProduceCertificatesIssued when it has a certificate.
    /// @custom:error DigestsMissing when the document is missing.
    function issue(
        PartyId issuer,
        ObjectId object,
        Digest calldata document
    ) external returns (CertificateId certificate);

    /// @notice Withdraws a certificate: a test failed, a residue was found.
    /// @param certificate the certificate
    /// @param reason digest of the reason
    /// @custom:caller an agent of the issuer, or REGULATOR
    /// @custom:error ProduceCertificatesUnknown when there is no such certificate.
    /// @custom:error ProduceCertificatesNotIssuer when the caller is neither.
    /// @custom:error ProduceCertificatesWithdrawn when it was withdrawn.
    /// @custom:error DigestsMissing when the reason is missing.
    function withdraw(CertificateId certificate, Digest calldata reason) external;

    // -- readers -------------------------------------------------------------------------------------

    /// @notice A certificate.
    /// @param certificate the certificate
    /// @return the record
    /// @custom:error ProduceCertificatesUnknown when there is no such certificate.
    function certificateOf(CertificateId certificate) external view returns (Certificate memory);

    /// @notice The certificate that covers an object now: its own, or its lot's where its maker issued that or policy lets it count for what others made
    /// of the lot.
    /// @param object a lot or an item
    /// @return the certificate; 0 = none
    function certificateFor(ObjectId object) external view returns (CertificateId);

    /// @notice Until when a buyer keeps a certificate that it collected.
    /// @param certificate the certificate
    /// @param buyer the buyer
    /// @return the moment, in seconds; 0 = it did not collect it, or there is no such duty
    function keepUntil(CertificateId certificate, PartyId buyer) external view returns (uint64);

    /// @notice How many certificates there are; the highest number.
    /// @return the count
    function certificateCount() external view returns (uint256);
}
