// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId, RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {PartyUser} from "../devices/PartyUser.sol";
import {ICaptureGuard} from "./interfaces/ICaptureGuard.sol";
import {IEpcisRepository} from "./interfaces/IEpcisRepository.sol";
import {IKeyDataElements} from "./interfaces/IKeyDataElements.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {EventRecord} from "./libraries/StateTypes.sol";
import {
    BizStep,
    BizTransactionType,
    EpcisEvent,
    ErrorReason,
    EventId,
    EventKind,
    ObjectId,
    PartyId,
    PlaceId
} from "./libraries/TraceTypes.sol";

/// @title KeyDataElements
/// @notice The fields that an industry's standard requires of events; see {IKeyDataElements}.
contract KeyDataElements is IKeyDataElements, PartyUser {
    bytes32 private constant _PREFIX = "trace.kde.";
    uint256 private constant _PREFIX_LENGTH = 10;
    uint256 private constant _MAX_STANDARD = 16;

    /// @notice The policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The repository of events.
    IEpcisRepository public immutable repository;

    /// @inheritdoc IKeyDataElements
    mapping(PartyId party => bytes32) public standardOf;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    /// @param policies_ the policy registry
    /// @param repository_ the repository of events
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IPolicyRegistry policies_,
        IEpcisRepository repository_
    ) PartyUser(authority_, clock_, parties_) {
        _requireContract(address(policies_));
        _requireContract(address(repository_));
        policies = policies_;
        repository = repository_;
    }

    /// @inheritdoc IKeyDataElements
    function enrol(PartyId party, bytes32 standard) external restricted {
        require(standard << (8 * _MAX_STANDARD) == 0, KeyDataElementsInvalidStandard(standard));
        parties.requireActive(party);
        standardOf[party] = standard;
        emit PartyEnrolled(party, standard);
    }

    /// @inheritdoc ICaptureGuard
    function beforeCapture(PartyId by, EventId, EpcisEvent calldata captured) external restricted {
        bytes32 standard = standardOf[by];
        if (standard == 0) return;
        uint256 missing = _missing(standard, parties.regionOf(by), captured);
        require(missing == 0, KeyDataElementsMissing(by, standard, missing));
    }

    /// @inheritdoc ICaptureGuard
    function afterCapture(PartyId by, EventId id, EpcisEvent calldata captured) external restricted {}

    /// @inheritdoc ICaptureGuard
    function afterDeclaration(PartyId by, EventId id, EpcisEvent calldata captured) external restricted {}

    /// @inheritdoc IKeyDataElements
    function missingOf(
        bytes32 standard,
        RegionId region,
        EpcisEvent calldata captured
    ) external view returns (uint256 missing) {
        return _missing(standard, region, captured);
    }

    /// @inheritdoc IKeyDataElements
    function verifyCustody(
        bytes32 standard,
        RegionId region,
        ObjectId object,
        EpcisEvent[] calldata events
    ) external view returns (bool complete, uint256 at, uint256 missing) {
        PartyId holder;
        for (; at < events.length; ++at) {
            EpcisEvent calldata each = events[at];
            missing = _missing(standard, region, each);
            PartyId by = _capturerOf(each);
            bool follows = PartyId.unwrap(by) != 0 && (at == 0 || by == holder);
            if (missing != 0 || !follows || !_names(each, object)) return (false, at, missing);
            holder = each.step == BizStep.SHIPPING ? each.flow.toHolder : by;
        }
        complete = at != 0;
    }

    /// @inheritdoc IKeyDataElements
    function parameterOf(bytes32 standard, EventKind kind, BizStep step) external pure returns (ParameterId) {
        return _parameterOf(standard, kind, step);
    }

    function _missing(bytes32 standard, RegionId region, EpcisEvent calldata captured) private view returns (uint256) {
        (, uint256 required) = policies.tryValueOf(
            region,
            clock.timestamp(),
            _parameterOf(standard, captured.kind, captured.step)
        );
        return required == 0 ? 0 : required & ~_presentIn(captured);
    }

    /// @dev Who captured an event; 0 where it was not captured as given, or was declared erroneous.
    function _capturerOf(EpcisEvent calldata each) private view returns (PartyId) {
        EventId id = repository.eventByContent(each.contentId);
        if (EventId.unwrap(id) == 0) return PartyId.wrap(0);
        EventRecord memory record = repository.eventOf(id);
        bool holds = record.reason == ErrorReason.NONE && record.digest == repository.digestOf(each);
        return holds ? record.by : PartyId.wrap(0);
    }

    function _names(EpcisEvent calldata each, ObjectId object) private pure returns (bool) {
        if (each.parent == object) return true;
        for (uint256 i = 0; i < each.objects.length; ++i) {
            if (each.objects[i] == object) return true;
        }
        for (uint256 i = 0; i < each.outputs.length; ++i) {
            if (each.outputs[i] == object) return true;
        }
        for (uint256 i = 0; i < each.quantities.length; ++i) {
            if (each.quantities[i].object == object) return true;
        }
        for (uint256 i = 0; i < each.outputQuantities.length; ++i) {
            if (each.outputQuantities[i].object == object) return true;
        }
        return false;
    }

    function _presentIn(EpcisEvent calldata captured) private pure returns (uint256 present) {
        present =
            _bit(KeyDataElement.READ_POINT, PlaceId.unwrap(captured.readPoint) != 0) |
            _bit(KeyDataElement.LOCATION, PlaceId.unwrap(captured.location) != 0) |
            _bit(KeyDataElement.FROM_OWNER, PartyId.unwrap(captured.flow.fromOwner) != 0) |
            _bit(KeyDataElement.TO_OWNER, PartyId.unwrap(captured.flow.toOwner) != 0) |
            _bit(KeyDataElement.FROM_HOLDER, PartyId.unwrap(captured.flow.fromHolder) != 0) |
            _bit(KeyDataElement.TO_HOLDER, PartyId.unwrap(captured.flow.toHolder) != 0) |
            _bit(KeyDataElement.CARRIER, PartyId.unwrap(captured.flow.carrier) != 0);
        bool quantities = captured.quantities.length != 0 || captured.outputQuantities.length != 0;
        bool items = captured.objects.length != 0 || captured.outputs.length != 0;
        present |=
            _bit(KeyDataElement.LOT, ObjectId.unwrap(captured.ilmd.lot) != 0 || (quantities && !items)) |
            _bit(KeyDataElement.QUANTITY, quantities || items) |
            _bit(KeyDataElement.PRODUCED_AT, captured.ilmd.producedAt != 0) |
            _bit(KeyDataElement.EXPIRES_AT, captured.ilmd.expiresAt != 0) |
            _bit(KeyDataElement.CERTIFICATE, captured.ilmd.certificate != 0) |
            _bit(KeyDataElement.MASTER_DATA, captured.ilmd.digest != 0) |
            _bit(KeyDataElement.SENSORS, captured.sensors != 0) |
            _documentsIn(captured);
    }

    function _documentsIn(EpcisEvent calldata captured) private pure returns (uint256 present) {
        for (uint256 i = 0; i < captured.transactions.length; ++i) {
            BizTransactionType kind = captured.transactions[i].kind;
            present |=
                _bit(KeyDataElement.PURCHASE_ORDER, kind == BizTransactionType.PO) |
                _bit(KeyDataElement.INVOICE, kind == BizTransactionType.INV) |
                _bit(KeyDataElement.DESPATCH_ADVICE, kind == BizTransactionType.DESADV) |
                _bit(KeyDataElement.BILL_OF_LADING, kind == BizTransactionType.BOL) |
                _bit(KeyDataElement.PEDIGREE, kind == BizTransactionType.PEDIGREE) |
                _bit(KeyDataElement.TEST_RESULT, kind == BizTransactionType.TESTRES) |
                _bit(KeyDataElement.CERTIFICATE, kind == BizTransactionType.CERT);
        }
    }

    function _bit(KeyDataElement element, bool isThere) private pure returns (uint256) {
        return isThere ? 1 << uint256(element) : 0;
    }

    /// @dev Writes prefix, standard, a full stop and the step behind each other.
    function _parameterOf(bytes32 standard, EventKind kind, BizStep step) private pure returns (ParameterId) {
        uint256 at = _PREFIX_LENGTH;
        bytes32 name = _PREFIX | (standard >> (8 * at));
        for (uint256 i = 0; i < _MAX_STANDARD && standard[i] != 0; ++i) {
            ++at;
        }
        bytes32 suffix = kind == EventKind.TRANSFORMATION ? bytes32(".T") : _number(uint8(step));
        return ParameterId.wrap(name | (suffix >> (8 * at)));
    }

    /// @dev A full stop and two decimal digits in ASCII.
    function _number(uint8 step) private pure returns (bytes32) {
        return bytes32(abi.encodePacked(".", bytes1(48 + step / 10), bytes1(48 + (step % 10))));
    }
}
