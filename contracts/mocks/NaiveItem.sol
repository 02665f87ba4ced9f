// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title NaiveItem
/// @notice What traceability is measured against: a contract for each item, which keeps its own events. Not for use.
contract NaiveItem {
    /// @notice An event of the item.
    struct Entry {
        string step;
        address by;
        uint256 time;
        string place;
    }

    /// @notice The item's code as printed.
    string public code;
    /// @notice Who holds it.
    address public holder;
    /// @notice Who is to receive it.
    address public consignee;
    /// @notice The container that it lies in.
    address public parent;
    /// @notice Its events.
    Entry[] public entries;

    /// @notice An event happened.
    event Happened(string step, address by, string place);

    /// @notice Somebody acts who may not.
    /// @param account who acts
    /// @custom:cure Act as holder or consignee.
    error NaiveItemNotYours(address account);

    constructor(string memory code_, address holder_, string memory place) {
        code = code_;
        holder = holder_;
        _append("commissioning", place);
    }

    /// @notice Ships it.
    function ship(address to, string calldata place) external {
        require(msg.sender == holder, NaiveItemNotYours(msg.sender));
        consignee = to;
        _append("shipping", place);
    }

    /// @notice Receives it.
    function receive_(string calldata place) external {
        require(msg.sender == consignee, NaiveItemNotYours(msg.sender));
        holder = msg.sender;
        consignee = address(0);
        _append("receiving", place);
    }

    /// @notice Packs it.
    function pack(address into, string calldata place) external {
        require(msg.sender == holder, NaiveItemNotYours(msg.sender));
        parent = into;
        _append("packing", place);
    }

    /// @notice Takes it out.
    function unpack(string calldata place) external {
        parent = address(0);
        _append("unpacking", place);
    }

    /// @notice Writes down what happened to it.
    function observe(string calldata step, string calldata place) external {
        _append(step, place);
    }

    function _append(string memory step, string memory place) private {
        entries.push(Entry({step: step, by: msg.sender, time: block.timestamp, place: place}));
        emit Happened(step, msg.sender, place);
    }
}
