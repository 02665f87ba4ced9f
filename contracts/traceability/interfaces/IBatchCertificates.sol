// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @dev An application for a batch certificate, counted from 1; 0 means "none". The certificate has its application's number.
type ApplicationId is uint32;

/// @title Batch certificates
/// @notice A certificate of a batch that exists only after every reviewer signed the application; one for each batch, whole and not to be divided.
/// @dev A lot that is split or mixed becomes another lot, and the certificate stays with the lot it was issued for.
interface IBatchCertificates {
    /// @notice An application.
    /// @param applicant who applies
    /// @param certifier who issues
    /// @param lot the batch
    /// @param reviewers who must sign
    /// @param signed which of them signed, as bits of their place in the list
    /// @param appliedAt when it was filed, in seconds
    /// @param rejectedAt when a reviewer rejected it, in seconds; 0 = never
    /// @param issuedAt when the certificate was issued, in seconds; 0 = not yet
    /// @param validUntil the first moment at which it no longer holds, in seconds; 0 = no end
    /// @param revokedAt when the certifier revoked it, in seconds; 0 = it holds
    /// @param file digest of application, photographs and stamped papers
    struct Application {
        PartyId applicant;
        PartyId certifier;
        ObjectId lot;
        PartyId[] reviewers;
        uint32 signed;
        uint64 appliedAt;
        uint64 rejectedAt;
        uint64 issuedAt;
        uint64 validUntil;
        uint64 revokedAt;
        Digest file;
    }

    /// @notice An application was filed.
    /// @param application its number
    /// @param applicant who applies
    /// @param lot the batch
    /// @param certifier who issues
    /// @param reviewers who must sign
    /// @param file digest of its papers
    event BatchApplied(
        ApplicationId indexed application,
        PartyId indexed applicant,
        ObjectId indexed lot,
        PartyId certifier,
        PartyId[] reviewers,
        Digest file
    );

    /// @notice A reviewer signed an application.
    /// @param application the application
    /// @param reviewer the reviewer
    /// @param finding digest of the finding
    event BatchSigned(ApplicationId indexed application, PartyId indexed reviewer, Digest finding);

    /// @notice A reviewer rejected an application.
    /// @param application the application
    /// @param reviewer the reviewer
    /// @param finding digest of the finding
    event BatchRejected(ApplicationId indexed application, PartyId indexed reviewer, Digest finding);

    /// @notice A certificate was issued.
    /// @param application its application
    /// @param lot the batch
    /// @param validUntil the first moment at which it no longer holds, in seconds; 0 = no end
    /// @param certificate digest of the certificate
    event BatchCertified(
        ApplicationId indexed application,
        ObjectId indexed lot,
        uint64 validUntil,
        Digest certificate
    );

    /// @notice A certificate was revoked.
    /// @param application its application
    /// @param reason digest of the reason
    event BatchRevoked(ApplicationId indexed application, Digest reason);

    /// @notice No application has this number.
    /// @param application the number
    /// @custom:cure Use a number from `BatchApplied`.
    error BatchCertificatesUnknown(ApplicationId application);

    /// @notice The object is no lot that exists, or was not produced by the applicant.
    /// @param lot the object
    /// @custom:cure The producer of a lot applies for it.
    error BatchCertificatesNotProducer(ObjectId lot);

    /// @notice The lot has a certificate, or an application for it is open.
    /// @param lot the lot
    /// @param application the application
    /// @custom:cure One certificate for each batch: wait for the decision.
    error BatchCertificatesTaken(ObjectId lot, ApplicationId application);

    /// @notice No reviewers, more than 20, or one twice.
    /// @param count how many were given
    /// @param max the most
    /// @custom:cure Name 1 to `max` different parties.
    error BatchCertificatesInvalidReviewers(uint256 count, uint256 max);

    /// @notice The party is no reviewer of the application.
    /// @param application the application
    /// @param reviewer the party
    /// @custom:cure Only the reviewers named sign.
    error BatchCertificatesNotReviewer(ApplicationId application, PartyId reviewer);

    /// @notice The reviewer signed before.
    /// @param application the application
    /// @param reviewer the reviewer
    /// @custom:cure Nothing is to be done.
    error BatchCertificatesSigned(ApplicationId application, PartyId reviewer);

    /// @notice The application is decided: rejected or certified.
    /// @param application the application
    /// @custom:cure File another application.
    error BatchCertificatesDecided(ApplicationId application);

    /// @notice Not every reviewer signed.
    /// @param application the application
    /// @param reviewer the first that did not
    /// @custom:cure Wait for the signature of `reviewer`.
    error BatchCertificatesNotSigned(ApplicationId application, PartyId reviewer);

    /// @notice The account does not act for the party.
    /// @param party the party
    /// @param account the account
    /// @custom:cure Call from one of its agents.
    error BatchCertificatesNotAllowed(PartyId party, address account);

    /// @notice The certificate would end before it begins.
    /// @param validUntil the moment given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give a later moment, or 0 for no end.
    error BatchCertificatesOver(uint64 validUntil, uint64 timestamp);

    /// @notice There is no certificate that holds.
    /// @param application the application
    /// @custom:cure Nothing is to be revoked.
    error BatchCertificatesNotIssued(ApplicationId application);

    /// @notice Files an application.
    /// @param applicant the producer of the lot
    /// @param certifier who issues; with the role CERTIFIER
    /// @param lot the batch
    /// @param reviewers who must sign, 1 to 20
    /// @param file_ digest of application, photographs and stamped papers
    /// @return application its number
    /// @custom:caller an agent of the applicant
    /// @custom:error BatchCertificatesNotAllowed when the caller does not act for the applicant.
    /// @custom:error TradePartiesRoleMissing when the certifier is none.
    /// @custom:error BatchCertificatesNotProducer when the applicant did not produce the lot.
    /// @custom:error BatchCertificatesTaken when the lot has a certificate or an open application.
    /// @custom:error BatchCertificatesInvalidReviewers when there are none, too many, or one twice.
    /// @custom:error TradePartiesUnknown when a reviewer is not filed.
    /// @custom:error TradePartiesSuspended when a reviewer is suspended.
    /// @custom:error DigestsMissing when the papers are missing.
    function applyFor(
        PartyId applicant,
        PartyId certifier,
        ObjectId lot,
        PartyId[] calldata reviewers,
        Digest calldata file_
    ) external returns (ApplicationId application);

    /// @notice Signs an application.
    /// @param application the application
    /// @param reviewer the reviewer
    /// @param finding digest of the finding
    /// @custom:caller an agent of the reviewer
    /// @custom:error BatchCertificatesUnknown when there is no such application.
    /// @custom:error BatchCertificatesNotAllowed when the caller does not act for the reviewer.
    /// @custom:error BatchCertificatesNotReviewer when the party is no reviewer.
    /// @custom:error BatchCertificatesDecided when it is rejected or certified.
    /// @custom:error BatchCertificatesSigned when the reviewer signed before.
    /// @custom:error DigestsMissing when the finding is missing.
    function sign(ApplicationId application, PartyId reviewer, Digest calldata finding) external;

    /// @notice Rejects an application, for good.
    /// @param application the application
    /// @param reviewer the reviewer
    /// @param finding digest of the finding
    /// @custom:caller an agent of the reviewer
    /// @custom:error BatchCertificatesUnknown when there is no such application.
    /// @custom:error BatchCertificatesNotAllowed when the caller does not act for the reviewer.
    /// @custom:error BatchCertificatesNotReviewer when the party is no reviewer.
    /// @custom:error BatchCertificatesDecided when it is rejected or certified.
    /// @custom:error DigestsMissing when the finding is missing.
    function reject(ApplicationId application, PartyId reviewer, Digest calldata finding) external;

    /// @notice Issues the certificate after every reviewer signed.
    /// @param application the application
    /// @param validUntil the first moment at which it no longer holds; 0 = no end
    /// @param certificate digest of the certificate
    /// @custom:caller an agent of the certifier
    /// @custom:unit validUntil: s
    /// @custom:error BatchCertificatesUnknown when there is no such application.
    /// @custom:error BatchCertificatesNotAllowed when the caller does not act for the certifier.
    /// @custom:error BatchCertificatesDecided when it is rejected or certified.
    /// @custom:error BatchCertificatesNotSigned when a reviewer did not sign.
    /// @custom:error BatchCertificatesOver when it would end before it begins.
    /// @custom:error DigestsMissing when the certificate is missing.
    function certify(ApplicationId application, uint64 validUntil, Digest calldata certificate) external;

    /// @notice Revokes a certificate. The batch may be applied for again.
    /// @param application the application
    /// @param reason digest of the reason
    /// @custom:caller an agent of the certifier
    /// @custom:error BatchCertificatesUnknown when there is no such application.
    /// @custom:error BatchCertificatesNotAllowed when the caller does not act for the certifier.
    /// @custom:error BatchCertificatesNotIssued when none is issued, or it was revoked.
    /// @custom:error DigestsMissing when the reason is missing.
    function revoke(ApplicationId application, Digest calldata reason) external;

    /// @notice An application.
    /// @param application the application
    /// @return the record
    /// @custom:error BatchCertificatesUnknown when there is no such application.
    function applicationOf(ApplicationId application) external view returns (Application memory);

    /// @notice The certificate of a lot that holds now.
    /// @param lot the lot
    /// @return its application; 0 = none
    function certificateFor(ObjectId lot) external view returns (ApplicationId);

    /// @notice How many applications there are; the highest number.
    /// @return the count
    function applicationCount() external view returns (uint256);
}
