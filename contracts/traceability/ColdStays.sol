// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IColdChain} from "./interfaces/IColdChain.sol";
import {IColdRules} from "./interfaces/IColdRules.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ColdClass} from "./libraries/ColdTypes.sol";
import {Action, EpcisEvent, ObjectId} from "./libraries/TraceTypes.sol";

/// @title ColdStays
/// @notice Which thing lay in which container from when to when, and which temperature class a container has by what lies in it.
abstract contract ColdStays is IColdChain {
    // A technical limit of one call.
    uint256 private constant _LOOK_BACK = 16;

    /// @dev A stay of a thing in a container.
    struct Span {
        ObjectId container;
        uint64 from;
        uint64 to; // 0 = it lies in it
    }

    /// @notice The deployment's derived state.
    ITraceState public immutable state;
    /// @notice The deployment's rules of the cold chain.
    IColdRules public immutable rules;

    mapping(ObjectId object => Span[]) internal _spans;
    mapping(ObjectId container => ColdClass) private _inside;

    /// @param state_ the deployment's {TraceState}
    /// @param rules_ the deployment's {ColdRules}
    constructor(ITraceState state_, IColdRules rules_) {
        state = state_;
        rules = rules_;
    }

    /// @inheritdoc IColdChain
    function classOf(ObjectId object) public view returns (ColdClass class) {
        class = _inside[object];
        if (class == ColdClass.NONE) class = rules.classOfProduct(object);
    }

    /// @dev Records who comes to lie in a container or leaves it, before the state follows.
    function _recordStays(EpcisEvent calldata captured) internal {
        ObjectId parent = captured.parent;
        uint64 at = uint64(captured.eventTime / 1_000);
        uint256 named = captured.objects.length + captured.quantities.length;
        if (captured.action == Action.ADD) {
            if (_isEmpty(parent)) _inside[parent] = ColdClass.NONE;
            for (uint256 i = 0; i < captured.objects.length; ++i) {
                _enter(captured.objects[i], parent, at);
            }
            for (uint256 i = 0; i < captured.quantities.length; ++i) {
                _enter(captured.quantities[i].object, parent, at);
            }
        } else if (captured.action == Action.DELETE) {
            if (named == 0) {
                _leaveAll(parent, at);
                return;
            }
            for (uint256 i = 0; i < captured.objects.length; ++i) {
                _setEnd(captured.objects[i], parent, 0, at);
            }
            for (uint256 i = 0; i < captured.quantities.length; ++i) {
                _setEnd(captured.quantities[i].object, parent, 0, at);
            }
        }
    }

    function _enter(ObjectId object, ObjectId parent, uint64 at) private {
        ColdClass class = classOf(object);
        ColdClass inside = _inside[parent];
        require(
            class == ColdClass.NONE || inside == ColdClass.NONE || inside == class,
            ColdChainMixed(parent, inside, class)
        );
        if (class != ColdClass.NONE && inside == ColdClass.NONE) _inside[parent] = class;
        _spans[object].push(Span({container: parent, from: at, to: 0}));
    }

    function _leaveAll(ObjectId parent, uint64 at) private {
        (ObjectId[] memory children, ) = state.childrenOf(parent, 0, 100);
        for (uint256 i = 0; i < children.length; ++i) {
            _setEnd(children[i], parent, 0, at);
        }
        (ObjectId[] memory lots, ) = state.lotsIn(parent);
        for (uint256 i = 0; i < lots.length; ++i) {
            _setEnd(lots[i], parent, 0, at);
        }
    }

    /// @dev Takes back what {_recordStays} recorded, after the state was taken back.
    function _takeBackStays(EpcisEvent calldata captured) internal {
        uint64 at = uint64(captured.eventTime / 1_000);
        bool isAdd = captured.action == Action.ADD;
        if (captured.action == Action.OBSERVE) return;
        for (uint256 i = 0; i < captured.objects.length; ++i) {
            _restore(captured.objects[i], captured.parent, at, isAdd);
        }
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            _restore(captured.quantities[i].object, captured.parent, at, isAdd);
        }
        if (isAdd) {
            _classAnew(captured.parent);
            return;
        }
        if (captured.objects.length + captured.quantities.length != 0) return;
        (ObjectId[] memory children, ) = state.childrenOf(captured.parent, 0, 100);
        for (uint256 i = 0; i < children.length; ++i) {
            _setEnd(children[i], captured.parent, at, 0);
        }
        (ObjectId[] memory lots, ) = state.lotsIn(captured.parent);
        for (uint256 i = 0; i < lots.length; ++i) {
            _setEnd(lots[i], captured.parent, at, 0);
        }
    }

    /// @dev After a packing was taken back, what is left in the container tells its class.
    function _classAnew(ObjectId parent) private {
        if (_inside[parent] == ColdClass.NONE) return;
        (ObjectId[] memory lots, ) = state.lotsIn(parent);
        for (uint256 i = 0; i < lots.length; ++i) {
            if (classOf(lots[i]) != ColdClass.NONE) return;
        }
        (ObjectId[] memory children, uint256 next) = state.childrenOf(parent, 0, 100);
        for (uint256 i = 0; i < children.length; ++i) {
            if (classOf(children[i]) != ColdClass.NONE) return;
        }
        // All that lies in a container has one class or none; of more than a page some may be of it.
        if (next == 0) _inside[parent] = ColdClass.NONE;
    }

    /// @dev Takes back one stay, or its end.
    function _restore(ObjectId object, ObjectId parent, uint64 at, bool isAdd) private {
        if (!isAdd) {
            _setEnd(object, parent, at, 0);
            return;
        }
        Span[] storage spans = _spans[object];
        uint256 length = spans.length;
        if (length != 0 && spans[length - 1].container == parent && spans[length - 1].from == at) spans.pop();
    }

    /// @dev Sets the end of the last stay in a container whose end is `from`. A lot can lie in several containers.
    function _setEnd(ObjectId object, ObjectId parent, uint64 from, uint64 to) private {
        Span[] storage spans = _spans[object];
        uint256 length = spans.length;
        for (uint256 i = 0; i < length && i < _LOOK_BACK; ++i) {
            Span storage span = spans[length - 1 - i];
            if (span.container == parent && span.to == from) {
                span.to = to;
                return;
            }
        }
    }

    function _isEmpty(ObjectId parent) private view returns (bool) {
        if (state.stateOf(parent).children != 0) return false;
        (ObjectId[] memory lots, ) = state.lotsIn(parent);
        return lots.length == 0;
    }
}
