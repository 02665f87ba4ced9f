// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EpcisEvent, EventId, PartyId} from "../libraries/TraceTypes.sol";

/// @title A rule that watches captured events
/// @notice What a contract answers that wants a word before an event counts, or keeps a book in step with events: recalls, the cold chain,
/// certificates, quotas. The repository calls it for the business steps and kinds it was added for, and for no others.
/// @dev Called by the repository only: an implementation checks the caller by role (`TRACE_REPOSITORY`). Each call is part of the capture, so a
/// guard does a bounded amount of work whatever the history.
interface ICaptureGuard {
    /// @notice Before the event changes any state. Refuses it by reverting with an error of its own.
    /// @param by the party that captures
    /// @param id the number that the event will have
    /// @param captured the event
    /// @custom:caller TRACE_REPOSITORY (EpcisRepository)
    function beforeCapture(PartyId by, EventId id, EpcisEvent calldata captured) external;

    /// @notice After the event changed the state.
    /// @param by the party that captured
    /// @param id the event's number
    /// @param captured the event
    /// @custom:caller TRACE_REPOSITORY (EpcisRepository)
    function afterCapture(PartyId by, EventId id, EpcisEvent calldata captured) external;

    /// @notice After an event was declared erroneous and its effects were taken back: takes back what {afterCapture} did. Refuses by reverting when
    /// something that cannot be taken back was built on it.
    /// @param by the party that declares, always the one that captured
    /// @param id the erroneous event's number
    /// @param captured the erroneous event
    /// @custom:caller TRACE_REPOSITORY (EpcisRepository)
    function afterDeclaration(PartyId by, EventId id, EpcisEvent calldata captured) external;
}
