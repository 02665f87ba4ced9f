// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TraceKeys} from "./TraceKeys.sol";
import {TraceNodes} from "./TraceNodes.sol";
import {Action, BizStep, Disposition, EpcisEvent, EventKind, Gtin, ObjectId, PartyId, Quantity} from "./TraceTypes.sol";

/// @dev Which total of a lot a movement adds to.
enum Total {
    NONE,
    CREATED,
    SOLD,
    CONSUMED,
    DESTROYED
}

/// @dev Where quantities go.
/// @param from the node that they leave
/// @param open the node that they leave instead, where `from` has too little: an open consignment; zero = none
/// @param to the node that they come to; zero = none
/// @param total the total that they add to
/// @param observed whether they stay where they are
/// @param blocked whether recalled ones do not
/// @param sale whether they are sold
/// @param returned whether they come back from the sold
struct Move {
    bytes32 from;
    bytes32 open;
    bytes32 to;
    Total total;
    bool observed;
    bool blocked;
    bool sale;
    bool returned;
}

/// @title What an event means for quantities
/// @notice Where the quantities of an event go: from which node to which, and into which total.
library LotMoves {
    /// @notice The node of a party that the event does not state.
    bytes32 internal constant NOBODY = bytes32(type(uint256).max);

    /// @notice Where an event moves its quantities.
    /// @param by who captures
    /// @param captured the event
    /// @return move the movement; `from` is {NOBODY} where a party is missing
    function moveOf(PartyId by, EpcisEvent calldata captured) internal pure returns (Move memory move) {
        bytes32 stock = TraceNodes.stock(by);
        EventKind kind = captured.kind;
        Action action = captured.action;
        if (kind == EventKind.TRANSFORMATION) {
            return _moveFrom(stock, 0, Total.CONSUMED, true);
        }
        if (kind == EventKind.AGGREGATION && action != Action.OBSERVE) {
            bytes32 container = ObjectId.unwrap(captured.parent);
            if (action == Action.ADD) return _moveFrom(stock, container, Total.NONE, true);
            return _moveFrom(container, stock, Total.NONE, false);
        }
        if (kind != EventKind.OBJECT) {
            move.observed = true;
            return move;
        }
        return _handle(by, stock, captured);
    }

    function _handle(PartyId by, bytes32 stock, EpcisEvent calldata captured) private pure returns (Move memory move) {
        BizStep step = captured.step;
        PartyId from = captured.flow.fromHolder;
        PartyId to = captured.flow.toHolder;
        bool returned = captured.disposition == Disposition.RETURNED;
        if (step == BizStep.RETAIL_SELLING || step == BizStep.DISPENSING) {
            move = _moveFrom(stock, TraceNodes.sold(by), Total.SOLD, true);
            move.sale = true;
        } else if (captured.action == Action.DELETE) {
            move = _moveFrom(stock, 0, Total.DESTROYED, false);
        } else if (step == BizStep.SHIPPING) {
            bool open = PartyId.unwrap(to) == 0;
            bytes32 transit = TraceNodes.transit(by, open ? TraceNodes.ANYBODY : to);
            move = _moveFrom(stock, transit, Total.NONE, open || !returned);
        } else if (step == BizStep.VOID_SHIPPING) {
            // The shipper takes back what it sent, to somebody or to anybody, or the consignee refuses what was sent to it.
            if (PartyId.unwrap(to) == 0 && (PartyId.unwrap(from) == 0 || from == by)) {
                return _moveFrom(TraceNodes.transit(by, TraceNodes.ANYBODY), stock, Total.NONE, false);
            }
            bool refused = to == by || PartyId.unwrap(to) == 0;
            PartyId shipper = refused ? from : by;
            move = _moveFrom(
                TraceNodes.transit(shipper, refused ? by : to),
                TraceNodes.stock(shipper),
                Total.NONE,
                false
            );
            if (PartyId.unwrap(shipper) == 0) move.from = NOBODY;
        } else if (step == BizStep.RECEIVING || step == BizStep.ACCEPTING) {
            if (PartyId.unwrap(from) != 0) {
                move = _moveFrom(TraceNodes.transit(from, by), stock, Total.NONE, !returned);
                move.open = TraceNodes.transit(from, TraceNodes.ANYBODY);
                return move;
            }
            if (step == BizStep.RECEIVING && returned) {
                move = _moveFrom(TraceNodes.sold(by), stock, Total.SOLD, false);
                move.returned = true;
            } else if (step == BizStep.RECEIVING) {
                move.from = NOBODY;
            } else {
                move.observed = true; // received before, with its shipper
            }
        } else {
            move.observed = true;
        }
    }

    function _moveFrom(bytes32 from, bytes32 to, Total total, bool blocked) private pure returns (Move memory move) {
        move.from = from;
        move.to = to;
        move.total = total;
        move.blocked = blocked;
    }

    /// @notice Whether an event takes everything out of a container without naming it.
    /// @param captured the event
    /// @return whether it does
    function empties(EpcisEvent calldata captured) internal pure returns (bool) {
        return
            captured.kind == EventKind.AGGREGATION &&
            captured.action == Action.DELETE &&
            captured.objects.length + captured.quantities.length == 0;
    }

    /// @notice Whether a transformation only divides or joins lots of one product, in one event.
    /// @param captured the event
    /// @return whether it does
    function isSplit(EpcisEvent calldata captured) internal pure returns (bool) {
        // Events that share an id may put anything else out of what went in.
        if (ObjectId.unwrap(captured.transformation) != 0) return false;
        if (captured.objects.length + captured.outputs.length != 0) return false;
        if (captured.quantities.length == 0 || captured.outputQuantities.length == 0) return false;
        Gtin product = TraceKeys.gtinOf(captured.quantities[0].object);
        return _allOf(product, captured.quantities) && _allOf(product, captured.outputQuantities);
    }

    function _allOf(Gtin product, Quantity[] calldata quantities) private pure returns (bool) {
        for (uint256 i = 0; i < quantities.length; ++i) {
            if (Gtin.unwrap(TraceKeys.gtinOf(quantities[i].object)) != Gtin.unwrap(product)) return false;
        }
        return true;
    }
}
