// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PartyId} from "../../traceability/libraries/TraceTypes.sol";

/// @title Who acts for a party
/// @notice What the devices' contracts need to know of the register of parties.
interface IPartyAgents {
    /// @notice Whether an account acts for a party.
    /// @param party the party
    /// @param account the account
    /// @return whether it does; false for a party that is not registered
    function isAgent(PartyId party, address account) external view returns (bool);
}
