// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {ITraceLots} from "./interfaces/ITraceLots.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {Chain, EventChain} from "./libraries/EventChain.sol";
import {Item, ItemWords} from "./libraries/ItemWords.sol";
import {StateLists} from "./libraries/StateLists.sol";
import {StateReader} from "./libraries/StateReader.sol";
import {StateStore} from "./libraries/StateStore.sol";
import {LotState, ObjectState} from "./libraries/StateTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {TraceNodes} from "./libraries/TraceNodes.sol";
import {EventId, ObjectId, ObjectStatus, PartyId} from "./libraries/TraceTypes.sol";

/// @title StateBook
/// @notice Base of {TraceState}: what is stored and what is read of it; see {ITraceState}.
abstract contract StateBook is ITraceState, Governed {
    using EventChain for Chain;
    using EventChain for uint256;
    using ItemWords for uint256;

    /// @notice The deployment's quantities.
    ITraceLots public immutable lots;

    StateStore internal _store;

    /// @param lots_ the deployment's {TraceLots}
    constructor(ITraceLots lots_) {
        _requireContract(address(lots_));
        lots = lots_;
    }

    /// @inheritdoc ITraceState
    function statusOf(ObjectId object) external view returns (ObjectStatus) {
        if (!TraceKeys.isLot(object)) return _store.items[object].head.statusOf();
        return lots.statusOf(object);
    }

    /// @inheritdoc ITraceState
    function stateOf(ObjectId object) external view returns (ObjectState memory) {
        return StateReader.stateOf(_store, lots, object);
    }

    /// @inheritdoc ITraceState
    function childrenOf(
        ObjectId parent,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory children, uint256 next) {
        return StateReader.childrenOf(_store, parent, offset, limit);
    }

    /// @inheritdoc ITraceState
    function bondedTo(
        ObjectId parent,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory children, uint256 next) {
        return StateReader.bondedTo(_store, parent, offset, limit);
    }

    /// @inheritdoc ITraceState
    function rootOf(ObjectId object) external view returns (ObjectId) {
        return StateLists.rootOf(_store, object);
    }

    /// @inheritdoc ITraceState
    function possessorOf(ObjectId object) external view returns (PartyId) {
        return _store.items[StateLists.rootOf(_store, object)].head.holderOf();
    }

    /// @inheritdoc ITraceState
    function cameFrom(ObjectId object, PartyId party) external view returns (bool) {
        return StateReader.cameFrom(_store, lots, object, party);
    }

    /// @inheritdoc ITraceState
    function isRecalled(ObjectId object) external view returns (bool) {
        return TraceKeys.isLot(object) ? lots.isRecalled(object) : _store.items[object].head & ItemWords.RECALLED != 0;
    }

    /// @inheritdoc ITraceState
    function isShippable(ObjectId object) external view returns (bool) {
        Item storage item = _store.items[object];
        uint256 head = item.head;
        return
            head.statusOf() == ObjectStatus.ACTIVE &&
            head & (ItemWords.CONTAINED | ItemWords.RECALLED) == 0 &&
            PartyId.unwrap(head.consigneeOf()) == 0 &&
            item.inside.field(ItemWords.RECALLED_INSIDE_AT, ItemWords.U32) == 0;
    }

    /// @inheritdoc ITraceState
    function lotOf(ObjectId lot) external view returns (LotState memory) {
        return lots.lotOf(lot);
    }

    /// @inheritdoc ITraceState
    function amountAt(ObjectId lot, bytes32 node) external view returns (uint128) {
        return lots.amountAt(lot, node);
    }

    /// @inheritdoc ITraceState
    function containersOf(
        ObjectId lot,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory containers, uint256 next) {
        return lots.containersOf(lot, offset, limit);
    }

    /// @inheritdoc ITraceState
    function lotsIn(ObjectId container) external view returns (ObjectId[] memory inside, uint128[] memory amounts) {
        return lots.lotsIn(container);
    }

    /// @inheritdoc ITraceState
    function eventsOf(
        ObjectId object,
        uint256 offset,
        uint256 limit
    ) external view returns (EventId[] memory events, uint256 next) {
        if (TraceKeys.isLot(object)) return lots.eventsOf(object, offset, limit);
        Item storage item = _store.items[object];
        return item.chain.page(item.head, offset, limit);
    }

    /// @inheritdoc ITraceState
    function stockNode(PartyId party) external pure returns (bytes32) {
        return TraceNodes.stock(party);
    }

    /// @inheritdoc ITraceState
    function transitNode(PartyId from, PartyId to) external pure returns (bytes32) {
        return TraceNodes.transit(from, to);
    }
}
