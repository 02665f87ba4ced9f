// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PartyId} from "../../traceability/libraries/TraceTypes.sol";
import {IGoverned} from "../../common/interfaces/IGoverned.sol";

/// @title A contract that parties write to
/// @notice What every contract says in which parties act through their agents.
interface IPartyUser is IGoverned {
    /// @notice Only an agent of the party may do this.
    /// @param party the party
    /// @param caller who called
    /// @custom:cure Call from an account that acts for the party, or have the party make the caller its agent.
    error PartyUserNotAgent(PartyId party, address caller);
}
