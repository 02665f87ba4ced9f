// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {ITraceLineage} from "./interfaces/ITraceLineage.sol";
import {ObjectId} from "./libraries/TraceTypes.sol";
import {Direction} from "./libraries/TradeTypes.sol";

/// @title TraceLineage
/// @notice What was made of what; see {ITraceLineage}.
contract TraceLineage is ITraceLineage, Governed {
    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_WALK = 200;

    /// @dev Most nodes have one edge each way: an item has its lot. The first edge stands alone, a list begins with the second.
    struct Edges {
        ObjectId first;
        ObjectId[] further;
    }

    /// @dev What a walk carries.
    struct Walk {
        ObjectId[] nodes;
        uint256 count;
        uint256 max;
        uint256[] table;
    }

    /// @inheritdoc ITraceLineage
    mapping(ObjectId node => bool) public isVoided;

    mapping(Direction direction => mapping(ObjectId node => Edges)) private _edges;

    /// @param authority_ the deployment's {Authority}
    constructor(address authority_) Governed(authority_) {}

    /// @inheritdoc ITraceLineage
    function link(ObjectId from, ObjectId to) external restricted {
        require(!_isMissing(from) && !_isMissing(to) && !(from == to), TraceLineageInvalidEdge(from, to));
        _push(_edges[Direction.DOWN][from], to);
        _push(_edges[Direction.UP][to], from);
        emit Linked(from, to);
    }

    /// @inheritdoc ITraceLineage
    function voidNode(ObjectId node) external restricted {
        require(!isVoided[node], TraceLineageVoided(node));
        isVoided[node] = true;
        emit NodeVoided(node);
    }

    /// @inheritdoc ITraceLineage
    function restoreNode(ObjectId node) external restricted {
        require(isVoided[node], TraceLineageNotVoided(node));
        isVoided[node] = false;
        emit NodeRestored(node);
    }

    /// @inheritdoc ITraceLineage
    function down(
        ObjectId object,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory items, uint256 next) {
        return _page(Direction.DOWN, object, offset, limit);
    }

    /// @inheritdoc ITraceLineage
    function up(
        ObjectId object,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory items, uint256 next) {
        return _page(Direction.UP, object, offset, limit);
    }

    /// @inheritdoc ITraceLineage
    function downCount(ObjectId object) external view returns (uint256) {
        return _count(_edges[Direction.DOWN][object]);
    }

    /// @inheritdoc ITraceLineage
    function upCount(ObjectId object) external view returns (uint256) {
        return _count(_edges[Direction.UP][object]);
    }

    /// @inheritdoc ITraceLineage
    function walk(
        ObjectId object,
        Direction direction,
        uint256 maxNodes
    ) external view returns (ObjectId[] memory nodes, bool complete) {
        require(maxNodes != 0 && maxNodes <= _MAX_WALK, TraceLineageWalkOutOfRange(maxNodes, _MAX_WALK));
        Walk memory state = Walk({
            nodes: new ObjectId[](maxNodes + 1),
            count: 0,
            max: maxNodes + 1,
            table: new uint256[](4 * (maxNodes + 1))
        });
        _see(state, object);
        complete = true;
        for (uint256 i = 0; i < state.count && complete; ++i) {
            complete = _expand(state, direction, state.nodes[i]);
        }
        nodes = new ObjectId[](state.count - 1);
        for (uint256 i = 1; i < state.count; ++i) {
            nodes[i - 1] = state.nodes[i];
        }
    }

    /// @dev Adds what one node leads to; false when there is no room for all of it.
    function _expand(Walk memory state, Direction direction, ObjectId node) private view returns (bool) {
        if (isVoided[node]) return true;
        Edges storage edges = _edges[direction][node];
        uint256 count = _count(edges);
        for (uint256 i = 0; i < count; ++i) {
            ObjectId other = _at(edges, i);
            if (isVoided[other] || _isSeen(state, other)) continue;
            if (state.count == state.max) return false;
            _see(state, other);
        }
        return true;
    }

    function _page(
        Direction direction,
        ObjectId object,
        uint256 offset,
        uint256 limit
    ) private view returns (ObjectId[] memory items, uint256 next) {
        Edges storage edges = _edges[direction][object];
        uint256 end;
        (end, next) = Paging.window(_count(edges), offset, limit);
        ObjectId[] memory found = new ObjectId[](end - offset);
        uint256 count = 0;
        bool dead = isVoided[object];
        for (uint256 i = offset; i < end && !dead; ++i) {
            ObjectId other = _at(edges, i);
            if (!isVoided[other]) found[count++] = other;
        }
        items = new ObjectId[](count);
        for (uint256 i = 0; i < count; ++i) {
            items[i] = found[i];
        }
    }

    function _push(Edges storage edges, ObjectId other) private {
        if (_isMissing(edges.first)) edges.first = other;
        else edges.further.push(other);
    }

    function _count(Edges storage edges) private view returns (uint256) {
        return _isMissing(edges.first) ? 0 : edges.further.length + 1;
    }

    function _at(Edges storage edges, uint256 index) private view returns (ObjectId) {
        return index == 0 ? edges.first : edges.further[index - 1];
    }

    function _isMissing(ObjectId object) private pure returns (bool) {
        return ObjectId.unwrap(object) == 0;
    }

    /// @dev The table keeps at a node's place the index of the node plus one; it is four times as large as the list, so that few places are taken.
    function _see(Walk memory state, ObjectId node) private pure {
        state.table[_slot(state, node)] = state.count + 1;
        state.nodes[state.count++] = node;
    }

    function _isSeen(Walk memory state, ObjectId node) private pure returns (bool) {
        return state.table[_slot(state, node)] != 0;
    }

    function _slot(Walk memory state, ObjectId node) private pure returns (uint256 slot) {
        uint256 size = state.table.length;
        slot = uint256(keccak256(abi.encode(node))) % size;
        while (state.table[slot] != 0 && !(state.nodes[state.table[slot] - 1] == node)) {
            slot = (slot + 1) % size;
        }
    }
}
