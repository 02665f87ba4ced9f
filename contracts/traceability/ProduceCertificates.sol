// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId} from "../common/interfaces/IPolicyRegistry.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {Roles} from "../common/Roles.sol";
import {CaptureGuard} from "./CaptureGuard.sol";
import {IProduceCertificates, CertificateId} from "./interfaces/IProduceCertificates.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {TraceParameters} from "./libraries/TraceParameters.sol";
import {BizStep, Disposition, EpcisEvent, EventId, EventKind, ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {ProductClass} from "./libraries/TradeTypes.sol";

/// @title ProduceCertificates
/// @notice No certificate, no purchase; see {IProduceCertificates}.
contract ProduceCertificates is IProduceCertificates, CaptureGuard {
    /// @notice How many things in containers one receipt is checked for: a bound on the work of one call, not a regulation's number.
    uint256 public constant MAX_LOOKED_AT = 100;

    /// @dev What one receipt looks at.
    struct Look {
        PartyId buyer;
        EventId id;
        bool collects;
        uint64 keepUntil;
        uint256 left;
    }

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The register of parties.
    ITradeParties public immutable parties;
    /// @notice The product catalogue.
    IProductCatalogue public immutable catalogue;
    /// @notice The derived state.
    ITraceState public immutable state;

    /// @inheritdoc IProduceCertificates
    uint256 public certificateCount;
    /// @inheritdoc IProduceCertificates
    mapping(CertificateId certificate => mapping(PartyId buyer => uint64)) public keepUntil;

    mapping(CertificateId certificate => Certificate) private _certificates;
    mapping(ObjectId object => CertificateId) private _latest;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param parties_ the register of parties
    /// @param catalogue_ the product catalogue
    /// @param state_ the derived state
    constructor(
        address authority_,
        IClock clock_,
        IPolicyRegistry policies_,
        ITradeParties parties_,
        IProductCatalogue catalogue_,
        ITraceState state_
    ) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(policies_));
        _requireContract(address(parties_));
        _requireContract(address(catalogue_));
        _requireContract(address(state_));
        clock = clock_;
        policies = policies_;
        parties = parties_;
        catalogue = catalogue_;
        state = state_;
    }

    /// @inheritdoc IProduceCertificates
    function issue(
        PartyId issuer,
        ObjectId object,
        Digest calldata document
    ) external returns (CertificateId certificate) {
        parties.requireActsFor(msg.sender, issuer);
        require(_isListed(object), ProduceCertificatesNotProduce(object));
        PartyId producer = TraceKeys.isLot(object) ? state.lotOf(object).producer : state.stateOf(object).producer;
        require(PartyId.unwrap(producer) != 0, ProduceCertificatesNotProduce(object));
        require(producer == issuer, ProduceCertificatesNotProducer(object, producer, issuer));
        certificate = _latest[object];
        require(!_holds(certificate), ProduceCertificatesIssued(object, certificate));
        Digests.requirePresent(document);

        uint64 time = clock.timestamp();
        certificate = CertificateId.wrap(uint32(++certificateCount));
        _latest[object] = certificate;
        _certificates[certificate] = Certificate({
            object: object,
            issuer: issuer,
            issuedAt: time,
            keepUntil: _keepUntil(issuer, time),
            withdrawnAt: 0,
            document: document
        });
        emit CertificateIssued(certificate, object, issuer, document);
    }

    /// @inheritdoc IProduceCertificates
    function withdraw(CertificateId certificate, Digest calldata reason) external {
        Certificate storage record = _known(certificate);
        require(_mayWithdraw(record.issuer), ProduceCertificatesNotIssuer(certificate, msg.sender));
        require(record.withdrawnAt == 0, ProduceCertificatesWithdrawn(certificate));
        Digests.requirePresent(reason);
        record.withdrawnAt = clock.timestamp();
        emit CertificateWithdrawn(certificate, reason);
    }

    /// @inheritdoc IProduceCertificates
    function certificateOf(CertificateId certificate) external view returns (Certificate memory) {
        return _known(certificate);
    }

    /// @inheritdoc IProduceCertificates
    function certificateFor(ObjectId object) public view returns (CertificateId certificate) {
        certificate = _latest[object];
        if (_holds(certificate)) return certificate;
        if (TraceKeys.isLot(object)) return CertificateId.wrap(0);
        certificate = _latest[state.stateOf(object).lot];
        return _holds(certificate) ? certificate : CertificateId.wrap(0);
    }

    // -- the plug in the repository ------------------------------------------------------------------

    /// @inheritdoc CaptureGuard
    function _before(PartyId by, EventId id, EpcisEvent calldata captured) internal override {
        if (_isPurchase(by, captured) && _isRequired(by, captured)) _look(by, id, captured, false);
    }

    /// @inheritdoc CaptureGuard
    function _after(PartyId by, EventId id, EpcisEvent calldata captured) internal override {
        if (_isPurchase(by, captured) && _isRequired(by, captured)) _look(by, id, captured, true);
    }

    function _look(PartyId by, EventId id, EpcisEvent calldata captured, bool collects) private {
        Look memory look = Look({
            buyer: by,
            id: id,
            collects: collects,
            keepUntil: collects ? _keepUntil(by, clock.timestamp()) : 0,
            left: MAX_LOOKED_AT
        });
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _check(look, captured.quantities[i].object);
        }
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _checkWithContents(look, captured.objects[i]);
        }
    }

    function _checkWithContents(Look memory look, ObjectId object) private {
        _check(look, object);
        if (look.left == 0) return;
        --look.left;
        if (TraceKeys.isContainer(object)) {
            (ObjectId[] memory lots, ) = state.lotsIn(object);
            for (uint256 i = 0; i < lots.length; ++i) {
                _check(look, lots[i]);
            }
        }
        if (look.left == 0) return;
        (ObjectId[] memory children, ) = state.childrenOf(object, 0, look.left);
        for (uint256 i = 0; i < children.length; ++i) {
            _checkWithContents(look, children[i]);
        }
    }

    function _check(Look memory look, ObjectId object) private {
        if (!_isListed(object)) return;
        CertificateId certificate = certificateFor(object);
        require(CertificateId.unwrap(certificate) != 0, ProduceCertificatesMissing(object, look.buyer));
        if (!look.collects) return;
        if (keepUntil[certificate][look.buyer] < look.keepUntil) {
            keepUntil[certificate][look.buyer] = look.keepUntil;
        }
        emit CertificateCollected(certificate, look.buyer, look.id);
    }

    /// @dev Whether the event moves goods to a buyer: no return, no storing for somebody else.
    function _isPurchase(PartyId by, EpcisEvent calldata captured) private pure returns (bool) {
        if (captured.kind != EventKind.OBJECT) return false;
        if (captured.step != BizStep.RECEIVING && captured.step != BizStep.ACCEPTING) return false;
        if (captured.disposition == Disposition.RETURNED) return false;
        PartyId owner = captured.flow.toOwner;
        return PartyId.unwrap(owner) == 0 || owner == by;
    }

    function _isRequired(PartyId by, EpcisEvent calldata captured) private view returns (bool) {
        return _parameter(by, captured.eventTime / 1000, TraceParameters.CERTIFICATE_AT_PURCHASE) != 0;
    }

    function _keepUntil(PartyId party, uint64 time) private view returns (uint64) {
        uint256 months = _parameter(party, time, TraceParameters.CERTIFICATE_MONTHS);
        return months == 0 ? 0 : TimeLib.addMonths(time, months, TimeLib.CHINA_OFFSET);
    }

    function _parameter(PartyId party, uint64 asOf, ParameterId id) private view returns (uint256 value) {
        (, value) = policies.tryValueOf(parties.regionOf(party), asOf, id);
    }

    function _isListed(ObjectId object) private view returns (bool) {
        return catalogue.isOfClass(TraceKeys.gtinOf(object), ProductClass.LISTED_PRODUCE);
    }

    function _holds(CertificateId certificate) private view returns (bool) {
        return CertificateId.unwrap(certificate) != 0 && _certificates[certificate].withdrawnAt == 0;
    }

    function _mayWithdraw(PartyId issuer) private view returns (bool isRegulator) {
        if (parties.actsFor(msg.sender, issuer)) return true;
        (isRegulator, ) = IAccessManager(authority()).hasRole(Roles.REGULATOR, msg.sender);
    }

    function _known(CertificateId certificate) private view returns (Certificate storage record) {
        record = _certificates[certificate];
        require(record.issuedAt != 0, ProduceCertificatesUnknown(certificate));
    }
}
