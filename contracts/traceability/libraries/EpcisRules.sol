// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TraceKeys} from "./TraceKeys.sol";
import {
    Action,
    BizStep,
    BizTransaction,
    BizTransactionType,
    Disposition,
    EpcisEvent,
    EventKind,
    Ilmd,
    KeyKind,
    ObjectId,
    PlaceId,
    Quantity,
    Unit
} from "./TraceTypes.sol";

/// @title Shape of EPCIS 2.0 events
/// @notice What an event must and must not have, whatever the state (C-01 to C-09). Steps, dispositions and transaction types are closed enums: a
/// value outside reverts when the call is decoded.
library EpcisRules {
    int16 private constant _MAX_OFFSET = 840; // ±14:00, in minutes (C-01)
    uint64 private constant _DISPOSITIONS = uint64((1 << (uint256(type(Disposition).max) + 1)) - 2); // bit 0 is NONE

    /// @notice The event has no kind.
    /// @custom:cure Pass one of the five kinds.
    error EpcisRulesKindMissing();

    /// @notice The event has no time.
    /// @custom:cure Pass the event's time in milliseconds (C-01).
    error EpcisRulesTimeMissing();

    /// @notice The offset is beyond ±14:00 (C-01).
    /// @param zoneOffset the offset given, in minutes
    /// @custom:cure Pass -840 to 840.
    error EpcisRulesOffsetOutOfRange(int16 zoneOffset);

    /// @notice Transformations have no action (C-06), all other kinds need one.
    /// @param kind the event's kind
    /// @param action the action given
    /// @custom:cure Pass NONE with a transformation, ADD, OBSERVE or DELETE with the others.
    error EpcisRulesWrongAction(EventKind kind, Action action);

    /// @notice The event lists nothing although its kind and action need it (C-02 to C-06).
    /// @param kind the event's kind
    /// @param action its action
    /// @custom:cure List objects or quantities. Only DELETE may leave children out, and only observed object events may list nothing; one that has only
    /// sensor data needs a read point. A transformation needs inputs and outputs, or an id that several events share.
    error EpcisRulesObjectsMissing(EventKind kind, Action action);

    /// @notice Master data outside a commissioning (C-02).
    /// @param kind the event's kind
    /// @param action its action
    /// @custom:cure State ILMD only with ADD of an object event or with a transformation.
    error EpcisRulesIlmdNotAllowed(EventKind kind, Action action);

    /// @notice The lot stated in the master data is none.
    /// @param lot the code given
    /// @custom:cure Pass a code of kind LGTIN, or none.
    error EpcisRulesIlmdLot(ObjectId lot);

    /// @notice The event needs a parent (C-03, C-04).
    /// @param kind the event's kind
    /// @param action its action
    /// @custom:cure State the parent; only an observed aggregation may leave it out.
    error EpcisRulesParentMissing(EventKind kind, Action action);

    /// @notice The event has a field that its kind does not know: a parent, outputs, a transformation id.
    /// @param kind the event's kind
    /// @custom:cure Leave it out, or use the kind that has it.
    error EpcisRulesFieldNotAllowed(EventKind kind);

    /// @notice A transaction event belongs to no business transaction, or one of them has no identifier (C-05).
    /// @param kind the event's kind
    /// @custom:cure State type and digest of at least one business transaction.
    error EpcisRulesTransactionMissing(EventKind kind);

    /// @notice A quantity without class or lot, or whose unit is not 2 or 3 capitals or digits (C-07).
    /// @param object the code given
    /// @param unit the unit given
    /// @custom:cure Pass a code of kind LGTIN and a unit of UN/CEFACT Recommendation 20, or none for pieces.
    error EpcisRulesInvalidQuantity(ObjectId object, Unit unit);

    /// @notice A step, disposition or transaction type is of kind OWN, and no digest says which (C-09).
    /// @custom:cure Pass in `extensions` the digest of the own terms.
    error EpcisRulesExtensionsMissing();

    /// @notice Persistent dispositions are unknown, or set and unset at once (C-10).
    /// @param set what is set, as bits `1 << disposition`
    /// @param unset what is unset
    /// @custom:cure Use the bits of dispositions 1 to 34, each on one side.
    error EpcisRulesInvalidPersistent(uint64 set, uint64 unset);

    /// @notice Reverts unless the event is well formed.
    /// @param captured the event
    function requireWellFormed(EpcisEvent calldata captured) internal pure {
        EventKind kind = captured.kind;
        require(kind != EventKind.NONE, EpcisRulesKindMissing());
        require(captured.eventTime != 0, EpcisRulesTimeMissing());
        int16 offset = captured.zoneOffset;
        require(offset >= -_MAX_OFFSET && offset <= _MAX_OFFSET, EpcisRulesOffsetOutOfRange(offset));
        require(
            (captured.action == Action.NONE) == (kind == EventKind.TRANSFORMATION),
            EpcisRulesWrongAction(kind, captured.action)
        );
        _requireFields(kind, captured);
        _requireWhat(kind, captured);
        _requireTerms(captured);
        _requireQuantities(captured.quantities);
        _requireQuantities(captured.outputQuantities);
    }

    /// @notice Whether an event states master data.
    /// @param ilmd the master data
    /// @return whether any of it is there
    function hasIlmd(Ilmd calldata ilmd) internal pure returns (bool) {
        return ObjectId.unwrap(ilmd.lot) | ilmd.certificate | ilmd.digest != 0 || ilmd.producedAt | ilmd.expiresAt != 0;
    }

    /// @dev What only some kinds have.
    function _requireFields(EventKind kind, EpcisEvent calldata captured) private pure {
        Action action = captured.action;
        bool transformation = kind == EventKind.TRANSFORMATION;
        if (hasIlmd(captured.ilmd)) {
            require(
                transformation || (kind == EventKind.OBJECT && action == Action.ADD),
                EpcisRulesIlmdNotAllowed(kind, action)
            );
            ObjectId lot = captured.ilmd.lot;
            if (ObjectId.unwrap(lot) != 0) require(TraceKeys.isLot(lot), EpcisRulesIlmdLot(lot));
        }
        if (!transformation) {
            require(
                captured.outputs.length + captured.outputQuantities.length == 0 &&
                    ObjectId.unwrap(captured.transformation) == 0,
                EpcisRulesFieldNotAllowed(kind)
            );
        } else if (ObjectId.unwrap(captured.transformation) != 0) {
            require(
                TraceKeys.kindOf(captured.transformation) == KeyKind.TRANSFORMATION,
                EpcisRulesFieldNotAllowed(kind)
            );
        }
        if (ObjectId.unwrap(captured.parent) != 0) {
            require(!transformation && kind != EventKind.OBJECT, EpcisRulesFieldNotAllowed(kind));
        } else {
            require(
                kind != EventKind.ASSOCIATION && (kind != EventKind.AGGREGATION || action == Action.OBSERVE),
                EpcisRulesParentMissing(kind, action)
            );
        }
    }

    /// @dev What the event is about.
    function _requireWhat(EventKind kind, EpcisEvent calldata captured) private pure {
        Action action = captured.action;
        uint256 count = captured.objects.length + captured.quantities.length;
        bool complete = count != 0;
        if (kind == EventKind.TRANSFORMATION) {
            uint256 outputs = captured.outputs.length + captured.outputQuantities.length;
            bool shared = ObjectId.unwrap(captured.transformation) != 0;
            complete = shared ? count + outputs != 0 : count != 0 && outputs != 0;
        } else if (kind == EventKind.OBJECT) {
            bool readable = captured.sensors == 0 || PlaceId.unwrap(captured.readPoint) != 0;
            complete = complete || (action != Action.ADD && readable);
        } else {
            complete = complete || action == Action.DELETE;
        }
        require(complete, EpcisRulesObjectsMissing(kind, action));
    }

    /// @dev Own terms, persistent dispositions, business transactions.
    function _requireTerms(EpcisEvent calldata captured) private pure {
        bool own = captured.step == BizStep.OWN || captured.disposition == Disposition.OWN;
        uint64 set = captured.set;
        uint64 unset = captured.unset;
        require(set & unset == 0 && (set | unset) & ~_DISPOSITIONS == 0, EpcisRulesInvalidPersistent(set, unset));
        own = own || ((set | unset) >> uint256(Disposition.OWN)) & 1 == 1;
        BizTransaction[] calldata transactions = captured.transactions;
        require(
            transactions.length != 0 || captured.kind != EventKind.TRANSACTION,
            EpcisRulesTransactionMissing(captured.kind)
        );
        for (uint256 i = 0; i < transactions.length; ++i) {
            require(transactions[i].id.value != 0, EpcisRulesTransactionMissing(captured.kind));
            own = own || transactions[i].kind == BizTransactionType.OWN;
        }
        require(!own || captured.extensions != 0, EpcisRulesExtensionsMissing());
    }

    function _requireQuantities(Quantity[] calldata quantities) private pure {
        for (uint256 i = 0; i < quantities.length; ++i) {
            Quantity calldata quantity = quantities[i];
            require(
                TraceKeys.isLot(quantity.object) && _isUnit(quantity.unit),
                EpcisRulesInvalidQuantity(quantity.object, quantity.unit)
            );
        }
    }

    function _isUnit(Unit unit) private pure returns (bool) {
        bytes3 code = Unit.unwrap(unit);
        if (code == 0) return true;
        return _isSign(code[0]) && _isSign(code[1]) && (code[2] == 0 || _isSign(code[2]));
    }

    function _isSign(bytes1 char) private pure returns (bool) {
        return (char >= "A" && char <= "Z") || (char >= "0" && char <= "9");
    }
}
