// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Paging} from "../common/libraries/Paging.sol";
import {ITraceLots} from "./interfaces/ITraceLots.sol";
import {Chain, EventChain} from "./libraries/EventChain.sol";
import {LotState} from "./libraries/StateTypes.sol";
import {TraceNodes} from "./libraries/TraceNodes.sol";
import {Disposition, EventId, ObjectId, ObjectStatus, PartyId, Unit} from "./libraries/TraceTypes.sol";

/// @title LotBook
/// @notice Base of {TraceLots}: the lots, their amounts by node, and what is read of them; see {ITraceLots}.
abstract contract LotBook is ITraceLots {
    using EventChain for Chain;
    using EventChain for uint256;

    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_LOTS = 50;

    // A lot's word: cursor of its events (110 bits), whether recalled, whether opening, unit (24), producer (32), event of its creation (48).
    uint256 internal constant _RECALLED = 1 << 110;
    uint256 internal constant _OPENING = 1 << 111;
    uint256 internal constant _UNIT_AT = 112;
    uint256 internal constant _PRODUCER_AT = 136;
    uint256 internal constant _CREATION_AT = 168;
    // A node's word: amount (128 bits), the event that last debited it (48), whether it ever held some of the lot (1), index plus one among the lots
    // of a container (16).
    uint256 private constant _AMOUNT = type(uint128).max;
    uint256 private constant _DEBIT_AT = 128;
    uint256 private constant _DEBIT = uint256(type(uint48).max) << _DEBIT_AT;
    uint256 private constant _LISTED = 1 << 176;
    uint256 private constant _INDEX_AT = 177;
    uint256 private constant _INDEX = uint256(type(uint16).max) << _INDEX_AT;

    /// @dev What a lot's creation stated.
    struct Birth {
        uint64 producedAt;
        uint64 expiresAt;
        bytes32 certificate;
    }

    /// @dev A lot as stored.
    struct Lot {
        uint256 head;
        uint128 created;
        uint128 sold;
        uint128 consumed;
        uint128 destroyed;
        Chain chain;
        mapping(bytes32 node => uint256) nodes;
        ObjectId[] containers;
    }

    /// @dev What was in a container when it was emptied.
    struct Portion {
        ObjectId lot;
        uint128 amount;
    }

    mapping(ObjectId lot => Lot) internal _lots;
    mapping(EventId id => Birth) internal _births;
    mapping(ObjectId container => ObjectId[]) internal _inside;
    mapping(EventId id => Portion[]) internal _emptied;

    // -- readers -------------------------------------------------------------------------------------

    /// @inheritdoc ITraceLots
    function lotOf(ObjectId lot) external view returns (LotState memory state) {
        Lot storage record_ = _lots[lot];
        uint256 head = record_.head;
        uint48 creation = _creationOf(head);
        if (creation == 0) return state;
        state.unit = _unitOf(head);
        state.recalled = head & _RECALLED != 0;
        state.opening = head & _OPENING != 0;
        state.producer = _producerOf(head);
        Birth storage birth = _births[EventId.wrap(creation)];
        state.producedAt = birth.producedAt;
        state.expiresAt = birth.expiresAt;
        state.certificate = birth.certificate;
        (state.place, ) = record_.chain.placeOf(head);
        state.disposition = Disposition(record_.chain.dispositionOf(head));
        state.persistent = record_.chain.persistentOf();
        state.created = record_.created;
        state.sold = record_.sold;
        state.consumed = record_.consumed;
        state.destroyed = record_.destroyed;
        state.live = state.created - state.sold - state.consumed - state.destroyed;
        state.commissionedBy = EventId.wrap(creation);
        state.lastEvent = record_.chain.lastEvent(head);
    }

    /// @inheritdoc ITraceLots
    function statusOf(ObjectId lot) external view returns (ObjectStatus) {
        Lot storage record_ = _lots[lot];
        if (_creationOf(record_.head) == 0) return ObjectStatus.NONE;
        uint128 sold = record_.sold;
        uint128 consumed = record_.consumed;
        uint128 destroyed = record_.destroyed;
        if (record_.created != sold + consumed + destroyed) return ObjectStatus.ACTIVE;
        if (sold >= consumed && sold >= destroyed) return ObjectStatus.SOLD;
        return consumed >= destroyed ? ObjectStatus.CONSUMED : ObjectStatus.DESTROYED;
    }

    /// @inheritdoc ITraceLots
    function amountAt(ObjectId lot, bytes32 node) external view returns (uint128) {
        return uint128(_lots[lot].nodes[node]);
    }

    /// @inheritdoc ITraceLots
    function hasHeld(ObjectId lot, PartyId party) external view returns (bool) {
        Lot storage record_ = _lots[lot];
        return record_.nodes[TraceNodes.stock(party)] | record_.nodes[TraceNodes.sold(party)] != 0;
    }

    /// @inheritdoc ITraceLots
    function isRecalled(ObjectId lot) external view returns (bool) {
        return _lots[lot].head & _RECALLED != 0;
    }

    /// @inheritdoc ITraceLots
    function expiryOf(ObjectId lot) external view returns (uint64) {
        return _births[EventId.wrap(_creationOf(_lots[lot].head))].expiresAt;
    }

    /// @inheritdoc ITraceLots
    function containersOf(
        ObjectId lot,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory containers, uint256 next) {
        ObjectId[] storage list = _lots[lot].containers;
        uint256 end;
        (end, next) = Paging.window(list.length, offset, limit);
        containers = new ObjectId[](end - offset);
        for (uint256 i = offset; i < end; ++i) {
            containers[i - offset] = list[i];
        }
    }

    /// @inheritdoc ITraceLots
    function lotsIn(ObjectId container) external view returns (ObjectId[] memory lots, uint128[] memory amounts) {
        lots = _inside[container];
        amounts = new uint128[](lots.length);
        for (uint256 i = 0; i < lots.length; ++i) {
            amounts[i] = uint128(_lots[lots[i]].nodes[ObjectId.unwrap(container)]);
        }
    }

    /// @inheritdoc ITraceLots
    function countIn(ObjectId container) external view returns (uint256) {
        return _inside[container].length;
    }

    /// @inheritdoc ITraceLots
    function eventsOf(
        ObjectId lot,
        uint256 offset,
        uint256 limit
    ) external view returns (EventId[] memory events, uint256 next) {
        Lot storage record_ = _lots[lot];
        return record_.chain.page(record_.head, offset, limit);
    }

    // -- amounts by node -----------------------------------------------------------------------------

    /// @dev Takes from a node and returns the event that debited it before.
    function _debit(
        ObjectId id,
        Lot storage lot,
        bytes32 node,
        uint128 amount,
        EventId event_
    ) internal returns (uint256 before) {
        uint256 word = lot.nodes[node];
        uint128 available = uint128(word);
        require(amount <= available, TraceLotsShort(id, node, available, amount));
        before = (word & _DEBIT) >> _DEBIT_AT;
        word = (word - amount) & ~_DEBIT;
        word |= uint256(EventId.unwrap(event_)) << _DEBIT_AT;
        lot.nodes[node] = word;
        if (amount == available) _delist(node, lot, word);
    }

    function _credit(ObjectId id, Lot storage lot, bytes32 node, uint128 amount) internal {
        uint256 word = lot.nodes[node];
        uint128 sum = uint128(word) + amount; // checked: a lot has at most 2^128 - 1
        word = (word & ~_AMOUNT) | sum;
        if (uint8(node[0]) < 0x80) {
            if (word & _LISTED == 0) {
                word |= _LISTED;
                lot.containers.push(ObjectId.wrap(node));
            }
            if (word & _INDEX == 0) {
                ObjectId[] storage inside = _inside[ObjectId.wrap(node)];
                require(inside.length < _MAX_LOTS, TraceLotsFull(ObjectId.wrap(node), _MAX_LOTS));
                inside.push(id);
                word |= inside.length << _INDEX_AT;
            }
        }
        lot.nodes[node] = word;
    }

    /// @dev Takes a lot out of a container's list when nothing of it is left there.
    function _delist(bytes32 node, Lot storage lot, uint256 word) internal {
        uint256 index = (word & _INDEX) >> _INDEX_AT;
        if (index == 0) return;
        ObjectId[] storage inside = _inside[ObjectId.wrap(node)];
        ObjectId moved = inside[inside.length - 1];
        inside[index - 1] = moved;
        inside.pop();
        uint256 other = _lots[moved].nodes[node];
        _lots[moved].nodes[node] = (other & ~_INDEX) | (index << _INDEX_AT);
        lot.nodes[node] = word & ~_INDEX;
    }

    function _uncredit(ObjectId id, Lot storage lot, bytes32 node, uint128 amount, EventId event_) internal {
        uint256 word = lot.nodes[node];
        EventId last = _lastDebit(lot, word, event_);
        require(EventId.unwrap(last) <= EventId.unwrap(event_), TraceLotsLaterEvent(id, last));
        word -= amount;
        lot.nodes[node] = word;
        if (uint128(word) == 0) _delist(node, lot, word);
    }

    /// @dev The latest debit of a node that is not taken back; those before the event do not matter.
    function _lastDebit(Lot storage lot, uint256 word, EventId event_) internal view returns (EventId last) {
        last = EventId.wrap(uint48(word >> _DEBIT_AT));
        uint256 head = lot.head;
        while (EventId.unwrap(last) > EventId.unwrap(event_)) {
            (, uint256 index) = lot.chain.find(head, last);
            uint256 entry = lot.chain.entries[index];
            if (!entry.isVoid()) return last;
            last = EventId.wrap(uint48(entry.payloadOf()));
        }
    }

    function _undebit(
        ObjectId id,
        Lot storage lot,
        bytes32 node,
        uint128 amount,
        EventId event_,
        uint256 before
    ) internal {
        uint256 word = lot.nodes[node];
        if (uint48(word >> _DEBIT_AT) == EventId.unwrap(event_)) {
            lot.nodes[node] = (word & ~_DEBIT) | (before << _DEBIT_AT);
        }
        _credit(id, lot, node, amount);
    }

    function _unitOf(uint256 head) internal pure returns (Unit) {
        return Unit.wrap(bytes3(uint24(head >> _UNIT_AT)));
    }

    function _producerOf(uint256 head) internal pure returns (PartyId) {
        return PartyId.wrap(uint32(head >> _PRODUCER_AT));
    }

    function _creationOf(uint256 head) internal pure returns (uint48) {
        return uint48(head >> _CREATION_AT);
    }
}
