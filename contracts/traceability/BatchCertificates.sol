// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {IBatchCertificates, ApplicationId} from "./interfaces/IBatchCertificates.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyRole} from "./libraries/TradeTypes.sol";

/// @title BatchCertificates
/// @notice Certificates that every reviewer signed for; see {IBatchCertificates}.
contract BatchCertificates is IBatchCertificates, Governed {
    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_REVIEWERS = 20;

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The register of parties.
    ITradeParties public immutable parties;
    /// @notice The derived state.
    ITraceState public immutable state;

    /// @inheritdoc IBatchCertificates
    uint256 public applicationCount;

    mapping(ApplicationId application => Application) private _applications;
    mapping(ObjectId lot => ApplicationId) private _latest;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    /// @param state_ the derived state
    constructor(address authority_, IClock clock_, ITradeParties parties_, ITraceState state_) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(parties_));
        _requireContract(address(state_));
        clock = clock_;
        parties = parties_;
        state = state_;
    }

    /// @inheritdoc IBatchCertificates
    function applyFor(
        PartyId applicant,
        PartyId certifier,
        ObjectId lot,
        PartyId[] calldata reviewers,
        Digest calldata file_
    ) external returns (ApplicationId application) {
        _requireActsFor(applicant);
        parties.requireRole(certifier, PartyRole.CERTIFIER);
        require(TraceKeys.isLot(lot) && state.lotOf(lot).producer == applicant, BatchCertificatesNotProducer(lot));
        application = _latest[lot];
        require(_isFree(application), BatchCertificatesTaken(lot, application));
        _checkReviewers(reviewers);
        Digests.requirePresent(file_);

        application = ApplicationId.wrap(uint32(++applicationCount));
        _latest[lot] = application;
        Application storage record = _applications[application];
        record.applicant = applicant;
        record.certifier = certifier;
        record.lot = lot;
        record.reviewers = reviewers;
        record.appliedAt = clock.timestamp();
        record.file = file_;
        emit BatchApplied(application, applicant, lot, certifier, reviewers, file_);
    }

    /// @inheritdoc IBatchCertificates
    function sign(ApplicationId application, PartyId reviewer, Digest calldata finding) external {
        Application storage record = _known(application);
        uint32 bit = _review(application, record, reviewer, finding);
        require(record.signed & bit == 0, BatchCertificatesSigned(application, reviewer));
        record.signed |= bit;
        emit BatchSigned(application, reviewer, finding);
    }

    /// @inheritdoc IBatchCertificates
    function reject(ApplicationId application, PartyId reviewer, Digest calldata finding) external {
        Application storage record = _known(application);
        _review(application, record, reviewer, finding);
        record.rejectedAt = clock.timestamp();
        emit BatchRejected(application, reviewer, finding);
    }

    /// @inheritdoc IBatchCertificates
    function certify(ApplicationId application, uint64 validUntil, Digest calldata certificate) external {
        Application storage record = _known(application);
        _requireActsFor(record.certifier);
        _requireUndecided(application, record);
        for (uint256 i = 0; i < record.reviewers.length; ++i) {
            require(
                record.signed & (uint32(1) << uint32(i)) != 0,
                BatchCertificatesNotSigned(application, record.reviewers[i])
            );
        }
        uint64 time = clock.timestamp();
        require(validUntil == 0 || validUntil > time, BatchCertificatesOver(validUntil, time));
        Digests.requirePresent(certificate);
        record.issuedAt = time;
        record.validUntil = validUntil;
        emit BatchCertified(application, record.lot, validUntil, certificate);
    }

    /// @inheritdoc IBatchCertificates
    function revoke(ApplicationId application, Digest calldata reason) external {
        Application storage record = _known(application);
        _requireActsFor(record.certifier);
        require(record.issuedAt != 0 && record.revokedAt == 0, BatchCertificatesNotIssued(application));
        Digests.requirePresent(reason);
        record.revokedAt = clock.timestamp();
        emit BatchRevoked(application, reason);
    }

    /// @inheritdoc IBatchCertificates
    function applicationOf(ApplicationId application) external view returns (Application memory) {
        return _known(application);
    }

    /// @inheritdoc IBatchCertificates
    function certificateFor(ObjectId lot) external view returns (ApplicationId application) {
        application = _latest[lot];
        Application storage record = _applications[application];
        bool over = record.validUntil != 0 && clock.timestamp() >= record.validUntil;
        if (record.issuedAt == 0 || record.revokedAt != 0 || over) return ApplicationId.wrap(0);
    }

    function _review(
        ApplicationId application,
        Application storage record,
        PartyId reviewer,
        Digest calldata finding
    ) private view returns (uint32 bit) {
        _requireActsFor(reviewer);
        for (uint256 i = 0; i < record.reviewers.length; ++i) {
            if (record.reviewers[i] == reviewer) bit = uint32(1) << uint32(i);
        }
        require(bit != 0, BatchCertificatesNotReviewer(application, reviewer));
        _requireUndecided(application, record);
        Digests.requirePresent(finding);
    }

    function _checkReviewers(PartyId[] calldata reviewers) private view {
        uint256 count = reviewers.length;
        require(count != 0 && count <= _MAX_REVIEWERS, BatchCertificatesInvalidReviewers(count, _MAX_REVIEWERS));
        for (uint256 i = 0; i < count; ++i) {
            parties.requireActive(reviewers[i]);
            for (uint256 j = 0; j < i; ++j) {
                require(!(reviewers[i] == reviewers[j]), BatchCertificatesInvalidReviewers(count, _MAX_REVIEWERS));
            }
        }
    }

    /// @dev Rejected, revoked or over: another application may come.
    function _isFree(ApplicationId application) private view returns (bool) {
        if (ApplicationId.unwrap(application) == 0) return true;
        Application storage record = _applications[application];
        if (record.rejectedAt != 0 || record.revokedAt != 0) return true;
        return record.validUntil != 0 && clock.timestamp() >= record.validUntil;
    }

    function _requireUndecided(ApplicationId application, Application storage record) private view {
        require(record.rejectedAt == 0 && record.issuedAt == 0, BatchCertificatesDecided(application));
    }

    function _requireActsFor(PartyId party) private view {
        require(parties.actsFor(msg.sender, party), BatchCertificatesNotAllowed(party, msg.sender));
    }

    function _known(ApplicationId application) private view returns (Application storage record) {
        record = _applications[application];
        require(record.appliedAt != 0, BatchCertificatesUnknown(application));
    }
}
