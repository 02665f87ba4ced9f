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
import {ObjectState} from "./libraries/StateTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {TraceParameters} from "./libraries/TraceParameters.sol";
import {
    BizStep,
    Disposition,
    EpcisEvent,
    EventId,
    EventKind,
    ObjectId,
    ObjectStatus,
    PartyId
} from "./libraries/TraceTypes.sol";
import {ProductClass} from "./libraries/TradeTypes.sol";

/// @title ProduceCertificates
/// @notice No certificate, no purchase; see {IProduceCertificates}.
contract ProduceCertificates is IProduceCertificates, CaptureGuard {
    /// @notice How many things one receipt is checked for, contents of containers included; listed produce counts as five. A bound on the work of one
    /// call, not a regulation's number.
    uint256 public constant MAX_LOOKED_AT = 400;
    uint256 private constant _WEIGHT = 4;
    uint256 private constant _PAGE = 100;

    /// @dev What one receipt looks at.
    /// @param by who receives
    /// @param buyer who owns the goods from then on
    /// @param shipper who shipped them
    /// @param id the event
    /// @param returned whether they are said to come back
    /// @param keepUntil until when the buyer keeps what it collects
    /// @param left how many more things are looked at
    struct Look {
        PartyId by;
        PartyId buyer;
        PartyId shipper;
        EventId id;
        bool returned;
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
    function certificateFor(ObjectId object) external view returns (CertificateId certificate) {
        ObjectState memory item;
        if (!TraceKeys.isLot(object)) item = state.stateOf(object);
        return _certificateFor(object, item);
    }

    // -- the plug in the repository ------------------------------------------------------------------

    /// @inheritdoc CaptureGuard
    function _before(PartyId by, EventId id, EpcisEvent calldata captured) internal override {
        if (captured.kind != EventKind.OBJECT) return;
        if (captured.step != BizStep.RECEIVING && captured.step != BizStep.ACCEPTING) return;
        if (!_isRequired(by, captured)) return;
        PartyId owner = captured.flow.toOwner;
        bool named = PartyId.unwrap(owner) != 0 && !(owner == by);
        Look memory look = Look({
            by: by,
            buyer: named ? owner : by,
            shipper: captured.flow.fromHolder,
            id: id,
            returned: captured.disposition == Disposition.RETURNED,
            keepUntil: _keepUntil(by, clock.timestamp()),
            left: MAX_LOOKED_AT
        });
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _check(look, captured.quantities[i].object);
        }
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            if (named) look.shipper = state.stateOf(captured.objects[i]).shipper;
            _checkWithContents(look, captured.objects[i]);
        }
    }

    function _checkWithContents(Look memory look, ObjectId object) private {
        _count(look, object, 1);
        bool none = false;
        if (_isListed(object)) {
            ObjectState memory item = state.stateOf(object);
            _checkListed(look, object, item);
            none = item.children == 0;
        }
        if (TraceKeys.isContainer(object)) {
            (ObjectId[] memory lots, ) = state.lotsIn(object);
            for (uint256 i = 0; i < lots.length; ++i) {
                _check(look, lots[i]);
            }
        }
        if (none) return;
        uint256 offset = 0;
        do {
            (ObjectId[] memory children, uint256 next) = state.childrenOf(object, offset, _PAGE);
            for (uint256 i = 0; i < children.length; ++i) {
                _checkWithContents(look, children[i]);
            }
            offset = next;
        } while (offset != 0);
    }

    /// @dev A lot.
    function _check(Look memory look, ObjectId lot) private {
        ObjectState memory none;
        if (_isListed(lot)) _checkListed(look, lot, none);
    }

    /// @dev Listed produce; of a lot there is no item.
    function _checkListed(Look memory look, ObjectId object, ObjectState memory item) private {
        _count(look, object, _WEIGHT);
        if (!_isBought(look, object, item)) return;
        CertificateId certificate = _certificateFor(object, item);
        require(CertificateId.unwrap(certificate) != 0, ProduceCertificatesMissing(object, look.buyer));
        if (keepUntil[certificate][look.buyer] < look.keepUntil) {
            keepUntil[certificate][look.buyer] = look.keepUntil;
        }
        emit CertificateCollected(certificate, look.buyer, look.id);
    }

    function _count(Look memory look, ObjectId object, uint256 weight) private pure {
        require(look.left >= weight, ProduceCertificatesTooMany(object, MAX_LOOKED_AT));
        look.left -= weight;
    }

    /// @dev Goods that come back to where they were are not bought, nor those that stay their owner's: an item's on record, a lot's shipper.
    function _isBought(Look memory look, ObjectId object, ObjectState memory item) private view returns (bool) {
        if (look.returned && (item.status == ObjectStatus.SOLD || state.cameFrom(object, look.by))) return false;
        if (look.buyer == look.by) return true;
        return !(look.buyer == (TraceKeys.isLot(object) ? look.shipper : item.owner));
    }

    /// @dev Its own certificate, or its lot's.
    function _certificateFor(
        ObjectId object,
        ObjectState memory item
    ) private view returns (CertificateId certificate) {
        certificate = _latest[object];
        if (_holds(certificate)) return certificate;
        if (TraceKeys.isLot(object)) return CertificateId.wrap(0);
        certificate = _latest[item.lot];
        if (!_holds(certificate)) return CertificateId.wrap(0);
        // What another than the issuer made of the lot, it split or mixed.
        if (item.producer == _certificates[certificate].issuer) return certificate;
        uint256 splits = _parameter(item.producer, clock.timestamp(), TraceParameters.CERTIFICATE_SPLIT);
        return splits == 0 ? certificate : CertificateId.wrap(0);
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
