// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PartyId} from "./TraceTypes.sol";

/// @title Nodes of quantities
/// @notice Where a quantity of a lot can be, other than in a container, whose node is its {ObjectId}.
/// @dev The first byte is above every {KeyKind}, so that no node is an object.
library TraceNodes {
    uint256 private constant _STOCK = uint256(0x80) << 248;
    uint256 private constant _TRANSIT = uint256(0x81) << 248;
    uint256 private constant _SOLD = uint256(0x82) << 248;

    /// @notice The consignee of an open consignment: whoever receives it first. No party has this number.
    PartyId internal constant ANYBODY = PartyId.wrap(type(uint32).max);

    /// @notice A party's stock, in no container.
    /// @param party the party
    /// @return the node
    function stock(PartyId party) internal pure returns (bytes32) {
        return bytes32(_STOCK | PartyId.unwrap(party));
    }

    /// @notice What one party shipped to another and that is not received yet.
    /// @param from the shipper
    /// @param to the consignee; {ANYBODY} of an open consignment
    /// @return the node
    function transit(PartyId from, PartyId to) internal pure returns (bytes32) {
        return bytes32(_TRANSIT | (uint256(PartyId.unwrap(from)) << 32) | PartyId.unwrap(to));
    }

    /// @notice What a party sold at retail and can take back.
    /// @param party the party
    /// @return the node
    function sold(PartyId party) internal pure returns (bytes32) {
        return bytes32(_SOLD | PartyId.unwrap(party));
    }
}
