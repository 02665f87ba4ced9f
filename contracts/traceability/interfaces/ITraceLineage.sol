// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ObjectId} from "../libraries/TraceTypes.sol";
import {Direction} from "../libraries/TradeTypes.sol";

/// @title Lineage
/// @notice What was made of what: a directed graph of lots, items and transformations, read downwards (what a fault reaches) and upwards (where it
/// came from), in bounded pages.
/// @dev A transformation is a node of its own, so that inputs and outputs cost an edge each and not one for each pair (C-06). Where several events
/// share a transformation id, each event is a node linked with the shared one both ways: input to event, event to shared, shared to event, event to
/// output; then voiding the event's node takes back exactly that event. A voided node stays stored and is skipped, with every edge at it. Two links of
/// one pair count once for whoever walks with a list of seen nodes.
interface ITraceLineage {
    /// @notice An edge was added.
    /// @param from what went in, or the lot
    /// @param to what came out, or the item of the lot
    event Linked(ObjectId indexed from, ObjectId indexed to);

    /// @notice A node was voided by a correction: nothing is reached through it.
    /// @param node the node
    event NodeVoided(ObjectId indexed node);

    /// @notice A voided node counts again.
    /// @param node the node
    event NodeRestored(ObjectId indexed node);

    /// @notice A node is missing, or would be linked to itself.
    /// @param from where the edge begins
    /// @param to where it ends
    /// @custom:cure Link two different objects.
    error TraceLineageInvalidEdge(ObjectId from, ObjectId to);

    /// @notice The node is voided already.
    /// @param node the node
    /// @custom:cure Nothing is to be done.
    error TraceLineageVoided(ObjectId node);

    /// @notice The node is not voided.
    /// @param node the node
    /// @custom:cure Nothing is to be restored.
    error TraceLineageNotVoided(ObjectId node);

    /// @notice The bound of a walk is zero or too large.
    /// @param maxNodes the bound asked for
    /// @param max the largest bound
    /// @custom:cure Ask for 1 to `max` nodes; read larger graphs page by page with `down` and `up`.
    error TraceLineageWalkOutOfRange(uint256 maxNodes, uint256 max);

    /// @notice Adds an edge.
    /// @param from what went in, or the lot
    /// @param to what came out, or the item of the lot
    /// @custom:caller TRACE_STATE (TraceState)
    /// @custom:error TraceLineageInvalidEdge when a node is missing or both are the same.
    function link(ObjectId from, ObjectId to) external;

    /// @notice Voids a node: whoever reads skips it and every edge at it.
    /// @param node the node
    /// @custom:caller TRACE_STATE (TraceState)
    /// @custom:error TraceLineageVoided when it is voided.
    function voidNode(ObjectId node) external;

    /// @notice Lets a voided node count again: its object was created anew.
    /// @param node the node
    /// @custom:caller TRACE_STATE (TraceState)
    /// @custom:error TraceLineageNotVoided when it is not voided.
    function restoreNode(ObjectId node) external;

    /// @notice A page of what was made directly of an object; voided nodes are left out, so a page may be short or empty though more
    /// follow.
    /// @param object the object
    /// @param offset the first edge
    /// @param limit the most edges read; 1 to 100
    /// @return items the objects
    /// @return next the offset of the next page, or 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the offset is after the end.
    function down(
        ObjectId object,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory items, uint256 next);

    /// @notice A page of what an object was directly made of; see {down}.
    /// @param object the object
    /// @param offset the first edge
    /// @param limit the most edges read; 1 to 100
    /// @return items the objects
    /// @return next the offset of the next page, or 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the offset is after the end.
    function up(
        ObjectId object,
        uint256 offset,
        uint256 limit
    ) external view returns (ObjectId[] memory items, uint256 next);

    /// @notice How many edges begin at an object, those at voided nodes included.
    /// @param object the object
    /// @return the count
    function downCount(ObjectId object) external view returns (uint256);

    /// @notice How many edges end at an object, those at voided nodes included.
    /// @param object the object
    /// @return the count
    function upCount(ObjectId object) external view returns (uint256);

    /// @notice Everything reached from an object, breadth first, in one bounded call; transformations included, the object itself left out.
    /// @param object the object
    /// @param direction downwards or upwards
    /// @param maxNodes the most nodes returned; 1 to 200
    /// @return nodes what was reached, nearest first
    /// @return complete whether that is all
    /// @custom:error TraceLineageWalkOutOfRange when the bound is 0 or above 200.
    function walk(
        ObjectId object,
        Direction direction,
        uint256 maxNodes
    ) external view returns (ObjectId[] memory nodes, bool complete);

    /// @notice Whether a node is voided.
    /// @param node the node
    /// @return whether it is
    function isVoided(ObjectId node) external view returns (bool);
}
