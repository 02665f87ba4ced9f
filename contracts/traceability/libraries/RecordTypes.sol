// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PartyId} from "./TraceTypes.sol";

/// @dev A plan of stages that files of one kind follow, counted from 1.
type RecordPlanId is uint32;
/// @dev A record of a stage, counted from 1; 0 means "none".
type StageRecordId is uint256;
/// @dev A record of a supervising office, counted from 1; 0 means "none".
type SupervisionRecordId is uint256;
/// @dev A sealed record, counted from 1; 0 means "none".
type SealedRecordId is uint256;
/// @dev A logged query of sealed records, counted from 1; 0 means "none".
type QueryId is uint256;
/// @dev Whose data it is: a person's account, left-padded with zeros, or a party with the highest bit set; see {DataOwners}.
type DataOwnerId is bytes32;
/// @dev What data is about, as its owner names it: an area of work in ASCII, an object's word, a digest; zero = everything of the owner.
type ScopeId is bytes32;

/// @dev What a party or an account was admitted to a plan of stages as.
enum Standing {
    NONE,
    MEMBER, // opens files and takes them over
    ADVISER // signs advice on records
}

/// @title DataOwners
/// @notice Makes a {DataOwnerId} of an account or a party.
library DataOwners {
    uint256 private constant _PARTY = 1 << 255;

    /// @notice The owner that an account is.
    /// @param account the account
    /// @return the owner
    function ofAccount(address account) internal pure returns (DataOwnerId) {
        return DataOwnerId.wrap(bytes32(uint256(uint160(account))));
    }

    /// @notice The owner that a party is.
    /// @param party the party
    /// @return the owner
    function ofParty(PartyId party) internal pure returns (DataOwnerId) {
        return DataOwnerId.wrap(bytes32(_PARTY | PartyId.unwrap(party)));
    }
}
