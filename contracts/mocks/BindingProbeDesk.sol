// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BindingProbe} from "./BindingProbe.sol";
import {ParcelId} from "./interfaces/IBindingProbe.sol";

/// @title The desk in front of the store
/// @notice Calls another contract, so that an error of the other bubbles through.
contract BindingProbeDesk {
    /// @notice The desk is closed.
    /// @custom:cure Come back later.
    error BindingProbeDeskClosed();

    /// @notice A note was left.
    /// @param note the note
    event NoteLeft(string note);

    /// @notice A note was left for someone.
    /// @param note the note
    /// @param reader for whom
    event NoteLeft(string note, address indexed reader);

    /// @notice Asks for the fee of a parcel.
    /// @param store where
    /// @param id which parcel
    /// @return fee its fee
    /// @custom:unit fee fen
    function feeOf(BindingProbe store, ParcelId id) external view returns (uint256 fee) {
        require(address(store) != address(0), BindingProbeDeskClosed());
        return store.find(id).fee;
    }

    /// @notice Leaves a note twice, with and without a reader.
    /// @param note the note
    /// @custom:caller anyone
    function leaveNote(string calldata note) external {
        emit NoteLeft(note);
        emit NoteLeft(note, msg.sender);
    }
}
