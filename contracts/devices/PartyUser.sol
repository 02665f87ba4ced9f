// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {PartyId} from "../traceability/libraries/TraceTypes.sol";
import {ITradeParties} from "../traceability/interfaces/ITradeParties.sol";
import {IPartyUser} from "./interfaces/IPartyUser.sol";

/// @title PartyUser
/// @notice Base of the contracts in which parties act through their agents; see {IPartyUser}.
abstract contract PartyUser is IPartyUser, Governed {
    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's register of parties.
    ITradeParties public immutable parties;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(parties_));
        clock = clock_;
        parties = parties_;
    }

    /// @dev Reverts with `PartyUserNotAgent` unless the caller acts for the party.
    function _requireAgent(PartyId party) internal view {
        require(_isAgent(party, _msgSender()), PartyUserNotAgent(party, _msgSender()));
    }

    /// @dev Whether an account acts for a party; nobody acts for none.
    function _isAgent(PartyId party, address account) internal view returns (bool) {
        return PartyId.unwrap(party) != 0 && parties.actsFor(account, party);
    }
}
