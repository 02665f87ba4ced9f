// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {StateBook} from "./StateBook.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {ITraceLineage} from "./interfaces/ITraceLineage.sol";
import {ITraceLots} from "./interfaces/ITraceLots.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {Chain, EventChain, Statement} from "./libraries/EventChain.sol";
import {Item, ItemWords} from "./libraries/ItemWords.sol";
import {StateContainers} from "./libraries/StateContainers.sol";
import {StateCorrections} from "./libraries/StateCorrections.sol";
import {StateHandover} from "./libraries/StateHandover.sol";
import {StateLists} from "./libraries/StateLists.sol";
import {Context, Effects, StateBirth} from "./libraries/StateStore.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {
    Action,
    BizStep,
    Disposition,
    EpcisEvent,
    EventId,
    EventKind,
    Gtin,
    Ilmd,
    KeyKind,
    ObjectId,
    ObjectStatus,
    PartyId
} from "./libraries/TraceTypes.sol";

/// @title TraceState
/// @notice The state that captured events come to; see {ITraceState}.
contract TraceState is StateBook {
    using EventChain for Chain;
    using EventChain for uint256;
    using ItemWords for uint256;

    /// @notice The deployment's parties.
    ITradeParties public immutable parties;
    /// @notice The deployment's product catalogue.
    IProductCatalogue public immutable catalogue;
    /// @notice The deployment's lineage.
    ITraceLineage public immutable lineage;
    /// @param authority_ the deployment's {Authority}
    /// @param parties_ the deployment's {TradeParties}
    /// @param catalogue_ the deployment's {ProductCatalogue}
    /// @param lineage_ the deployment's {TraceLineage}
    /// @param lots_ the deployment's {TraceLots}
    constructor(
        address authority_,
        ITradeParties parties_,
        IProductCatalogue catalogue_,
        ITraceLineage lineage_,
        ITraceLots lots_
    ) Governed(authority_) StateBook(lots_) {
        _requireContract(address(parties_));
        _requireContract(address(catalogue_));
        _requireContract(address(lineage_));
        parties = parties_;
        catalogue = catalogue_;
        lineage = lineage_;
    }

    // -- writers -------------------------------------------------------------------------------------

    /// @inheritdoc ITraceState
    function record(PartyId by, EventId id, bool opening, EpcisEvent calldata captured) external restricted {
        Context memory context;
        context.statement = Statement({
            id: id,
            place: captured.location,
            disposition: uint8(captured.disposition),
            set: captured.set,
            unset: captured.unset
        });
        context.by = by;
        context.opening = opening;
        context.returned = captured.disposition == Disposition.RETURNED;
        context.node = StateLists.nodeOf(captured);

        EventKind kind = captured.kind;
        Action action = captured.action;
        if (kind == EventKind.TRANSFORMATION) {
            _transform(context, captured);
            return;
        }
        if (kind == EventKind.OBJECT && action == Action.ADD) _commission(context, captured);
        else if (kind == EventKind.OBJECT) _handle(context, captured);
        else if (kind == EventKind.AGGREGATION && action != Action.OBSERVE) _aggregate(context, captured);
        else if (kind == EventKind.ASSOCIATION && action != Action.OBSERVE) {
            bool bonding = action == Action.ADD;
            StateContainers.associate(_store, context, captured.parent, captured.objects, bonding, _isAll(captured));
            StateHandover.requireConcerned(_store, parties, lots, context, captured);
        } else _observeAll(context, captured);
        bool unpacking = kind == EventKind.AGGREGATION && action == Action.DELETE;
        bool emptying = unpacking && _isAll(captured);
        if (captured.quantities.length == 0 && !emptying) return;
        ObjectId[] memory emptied;
        if (emptying) (emptied, ) = lots.lotsIn(captured.parent);
        lots.record(by, id, opening, captured);
        if (unpacking) StateLists.recount(_store, lots, captured.parent, emptied, captured.quantities);
    }

    /// @inheritdoc ITraceState
    function takeBack(PartyId by, EventId id, EpcisEvent calldata captured) external restricted {
        StateCorrections.takeBack(_store, lots, lineage, by, id, captured);
    }

    /// @inheritdoc ITraceState
    function mark(ObjectId object, bool recalled) external restricted returns (bool changed) {
        if (TraceKeys.isLot(object)) {
            changed = lots.mark(object, recalled);
        } else {
            Item storage item = _store.items[object];
            uint256 head = item.head;
            require(head.statusOf() != ObjectStatus.NONE, TraceStateUnknown(object));
            changed = (head & ItemWords.RECALLED != 0) != recalled;
            if (changed) {
                item.head = head ^ ItemWords.RECALLED;
                if (head & ItemWords.CONTAINED != 0)
                    StateLists.countInside(_store, item.parent, recalled ? int256(1) : -1);
            }
        }
        if (changed) emit RecallMarked(object, recalled);
    }

    /// @inheritdoc ITraceState
    function syncContainer(ObjectId lot, ObjectId container) external restricted returns (bool changed) {
        return StateLists.sync(_store, lots, lot, container);
    }

    // -- kinds of events -----------------------------------------------------------------------------

    function _commission(Context memory context, EpcisEvent calldata captured) private {
        if (captured.objects.length == 0) return;
        _bear(context, captured);
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _create(context, captured.objects[i], captured.flow.toOwner);
        }
    }

    function _transform(Context memory context, EpcisEvent calldata captured) private {
        ObjectId shared = captured.transformation;
        bool several = ObjectId.unwrap(shared) != 0;
        uint256 inputs = captured.objects.length + captured.quantities.length;
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _end(context, captured.objects[i], ObjectStatus.CONSUMED, captured.eventTime);
            lineage.link(captured.objects[i], context.node);
        }
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            lineage.link(captured.quantities[i].object, context.node);
        }
        lots.record(context.by, context.statement.id, false, captured);
        if (several && inputs != 0) lineage.link(context.node, shared);
        if (captured.outputs.length + captured.outputQuantities.length == 0) return;

        if (several) lineage.link(shared, context.node);
        if (captured.outputs.length != 0) _bear(context, captured);
        for (uint256 i = 0; i < captured.outputs.length; ++i) {
            _create(context, captured.outputs[i], captured.flow.toOwner);
        }
        for (uint256 i = 0; i < captured.outputQuantities.length; ++i) {
            lineage.link(context.node, captured.outputQuantities[i].object);
        }
    }

    /// @dev Object events that observe or delete: their step says what they do.
    function _handle(Context memory context, EpcisEvent calldata captured) private {
        BizStep step = captured.step;
        bool sale = step == BizStep.RETAIL_SELLING || step == BizStep.DISPENSING;
        if (sale || captured.action == Action.DELETE) {
            ObjectStatus status =
                sale
                    ? ObjectStatus.SOLD
                    : step == BizStep.DESTROYING
                        ? ObjectStatus.DESTROYED
                        : ObjectStatus.DECOMMISSIONED;
            for (uint256 i = 0; i < captured.objects.length; ++i) {
                _end(context, captured.objects[i], status, captured.eventTime);
            }
        } else if (step == BizStep.SHIPPING) {
            if (captured.objects.length + captured.quantities.length != 0) {
                StateHandover.ship(_store, parties, context, captured.objects, captured.flow);
            }
        } else if (step == BizStep.RECEIVING || step == BizStep.ACCEPTING) {
            _requireOwner(context, captured);
            if (captured.objects.length != 0) {
                bool accepting = step == BizStep.ACCEPTING;
                StateHandover.take(_store, context, captured.objects, captured.flow, accepting);
            }
            if (step == BizStep.ACCEPTING && PartyId.unwrap(captured.flow.fromHolder) == 0) {
                // Accepted after it was received: an observation.
                StateHandover.requireConcerned(_store, parties, lots, context, captured);
            }
        } else if (step == BizStep.VOID_SHIPPING) {
            StateHandover.sendBack(_store, context, captured.objects);
        } else {
            _observeAll(context, captured);
        }
    }

    /// @dev Packing creates a logistic unit that is not there yet.
    function _aggregate(Context memory context, EpcisEvent calldata captured) private {
        ObjectId parent = captured.parent;
        bool packing = captured.action == Action.ADD;
        bool fresh =
            packing &&
                TraceKeys.kindOf(parent) == KeyKind.SSCC &&
                _store.items[parent].head.statusOf() == ObjectStatus.NONE;
        if (fresh) {
            _store.births[context.statement.id].producer = context.by;
            _create(context, parent, captured.flow.toOwner);
            _store.items[parent].head |= ItemWords.CONTAINER;
        }
        if (packing) StateContainers.pack(_store, context, parent, captured.objects, fresh);
        else if (_isAll(captured)) StateContainers.empty(_store, context, parent);
        else StateContainers.unpack(_store, context, parent, captured.objects);
    }

    function _isAll(EpcisEvent calldata captured) private pure returns (bool) {
        return captured.action == Action.DELETE && captured.objects.length + captured.quantities.length == 0;
    }

    function _observeAll(Context memory context, EpcisEvent calldata captured) private {
        StateHandover.observe(_store, parties, lots, context, captured);
    }

    // -- one object ----------------------------------------------------------------------------------

    function _create(Context memory context, ObjectId object, PartyId owner) private {
        Item storage item = _store.items[object];
        uint256 head = item.head;
        require(head.statusOf() == ObjectStatus.NONE, TraceStateExists(object, head.statusOf()));
        TraceKeys.requireValid(object);
        _requireProducible(context, object);

        uint256 count = head.countOf();
        head = head.cursorOf();
        if (count != 0) {
            head |= ItemWords.RECREATED | ItemWords.CONTAINER;
            item.inside = item.inside.with(ItemWords.CREATION_AT, ItemWords.ENTRY, count + 1);
        }
        if (context.recalled) {
            head |= ItemWords.RECALLED;
            emit RecallMarked(object, true);
        }
        head = head.withStatus(ObjectStatus.ACTIVE).withHolder(context.by);
        head = head.withOwner(PartyId.unwrap(owner) == 0 ? context.by : owner);
        item.head = item.chain.append(head, context.statement, 0, Effects.CREATED, 0, true);
        if (context.linked) lineage.link(context.node, object);
    }

    function _end(Context memory context, ObjectId object, ObjectStatus status, uint64 eventTime) private {
        (Item storage item, uint256 head) = StateLists.own(_store, context, object);
        if (head & ItemWords.CONTAINER != 0) {
            require(
                item.inside.field(ItemWords.CHILDREN_AT, ItemWords.U16) == 0 && lots.countIn(object) == 0,
                TraceStateNotEmpty(object)
            );
        }
        if (status == ObjectStatus.SOLD || status == ObjectStatus.CONSUMED) {
            require(head & ItemWords.RECALLED == 0, TraceStateRecalled(object));
        }
        if (status == ObjectStatus.SOLD) {
            uint64 expiresAt = StateLists.expiryOf(lots, StateLists.birthOf(_store, item, head, item.inside));
            require(expiresAt == 0 || eventTime / 1_000 < expiresAt, TraceStateExpired(object, expiresAt, eventTime));
        }
        StateLists.keep(context, item, head.withStatus(status), Effects.ENDED, 0);
    }

    // -- small things ----------------------------------------------------------------------------------

    /// @dev Keeps what one event commissions, once for all of it.
    function _bear(Context memory context, EpcisEvent calldata captured) private {
        _requireOwner(context, captured);
        Ilmd calldata ilmd = captured.ilmd;
        StateBirth storage birth = _store.births[context.statement.id];
        birth.producer = context.by;
        birth.opening = context.opening;
        birth.producedAt = ilmd.producedAt;
        birth.expiresAt = ilmd.expiresAt;
        if (ilmd.certificate != 0) birth.certificate = ilmd.certificate;
        ObjectId lot = ilmd.lot;
        context.linked = captured.kind == EventKind.TRANSFORMATION;
        if (ObjectId.unwrap(lot) == 0) return;
        birth.lot = lot;
        context.recalled = lots.isRecalled(lot);
        context.linked = true;
        for (uint256 i = 0; captured.kind == EventKind.TRANSFORMATION && i < captured.quantities.length; ++i) {
            if (captured.quantities[i].object == lot) return;
        }
        lineage.link(lot, context.node);
    }

    function _requireProducible(Context memory context, ObjectId object) private view {
        KeyKind kind = TraceKeys.kindOf(object);
        require(
            kind != KeyKind.LGTIN && kind != KeyKind.SGLN && kind != KeyKind.TRANSFORMATION,
            TraceStateWrongKey(object)
        );
        if (kind != KeyKind.SGTIN && kind != KeyKind.MEDICINE) return;
        Gtin product = kind == KeyKind.SGTIN ? TraceKeys.gtinOf(object) : catalogue.gtinOf(object);
        if (Gtin.unwrap(product) == Gtin.unwrap(context.product)) return;
        context.product = product;
        if (context.opening) catalogue.unitOf(product);
        else catalogue.requireMayProduce(product, context.by);
    }

    function _requireOwner(Context memory context, EpcisEvent calldata captured) private view {
        PartyId owner = captured.flow.toOwner;
        if (PartyId.unwrap(owner) != 0 && !(owner == context.by)) parties.requireActive(owner);
    }
}
