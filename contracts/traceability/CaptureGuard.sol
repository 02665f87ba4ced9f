// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {ICaptureGuard} from "./interfaces/ICaptureGuard.sol";
import {EpcisEvent, EventId, PartyId} from "./libraries/TraceTypes.sol";

/// @title CaptureGuard
/// @notice Base of the rules that watch captured events; see {ICaptureGuard}. A rule overrides what it needs.
abstract contract CaptureGuard is ICaptureGuard, Governed {
    /// @inheritdoc ICaptureGuard
    function beforeCapture(PartyId by, EventId id, EpcisEvent calldata captured) external restricted {
        _before(by, id, captured);
    }

    /// @inheritdoc ICaptureGuard
    function afterCapture(PartyId by, EventId id, EpcisEvent calldata captured) external restricted {
        _after(by, id, captured);
    }

    /// @inheritdoc ICaptureGuard
    function afterDeclaration(PartyId by, EventId id, EpcisEvent calldata captured) external restricted {
        _declared(by, id, captured);
    }

    /// @dev Before the event changes any state.
    function _before(PartyId by, EventId id, EpcisEvent calldata captured) internal virtual {}

    /// @dev After the event changed the state.
    function _after(PartyId by, EventId id, EpcisEvent calldata captured) internal virtual {}

    /// @dev After the event's effects were taken back.
    function _declared(PartyId by, EventId id, EpcisEvent calldata captured) internal virtual {}
}
