// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {ObjectId, PartyId, PlaceId} from "../libraries/TraceTypes.sol";
import {PartyRole} from "../libraries/TradeTypes.sol";

/// @title Errors of parties and places
/// @notice What {ITradeParties} refuses, why, and what helps.
interface ITradePartiesErrors {
    /// @notice No party has this number.
    /// @param party the number
    /// @custom:cure Use a number from `PartyFiled`, or look the party up with `partyByGln`.
    error TradePartiesUnknown(PartyId party);

    /// @notice No place has this number.
    /// @param place the number
    /// @custom:cure Use a number from `PlaceFiled`, or look the place up with `placeByKey`.
    error TradePartiesUnknownPlace(PlaceId place);

    /// @notice The number is no GLN: not 13 digits, or its check digit is wrong.
    /// @param gln the number
    /// @custom:cure Read the label again; the last digit is the check digit (C-17).
    error TradePartiesInvalidGln(uint64 gln);

    /// @notice The party of this GLN is filed.
    /// @param gln the GLN
    /// @param party its number
    /// @custom:cure Use `party`.
    error TradePartiesGlnTaken(uint64 gln, PartyId party);

    /// @notice The salted digest is filed.
    /// @param commitment the digest
    /// @custom:cure Use the number of the party filed with it, or a salt of its own for each party.
    error TradePartiesCommitmentTaken(bytes32 commitment);

    /// @notice The salted digest is missing.
    /// @custom:cure Pass the SHA-256 of 32 bytes of salt and the GLN as 8 bytes.
    error TradePartiesCommitmentMissing();

    /// @notice The party is not confidential, or was opened.
    /// @param party the party
    /// @custom:cure Nothing is to be opened.
    error TradePartiesNotConfidential(PartyId party);

    /// @notice Salt and GLN do not open the party's salted digest.
    /// @param party the party
    /// @param gln the GLN given
    /// @custom:cure Pass the salt and the GLN that the party was filed with.
    error TradePartiesWrongOpening(PartyId party, uint64 gln);

    /// @notice The roles are none, or name a role that does not exist.
    /// @param roles the roles given, as bits `1 << role`
    /// @custom:cure Set the bits of roles 1 to 19.
    error TradePartiesInvalidRoles(uint32 roles);

    /// @notice The region's code is not capitals and digits in groups joined by single hyphens, left-aligned.
    /// @param region the code given
    /// @custom:cure Write the ISO 3166 code in capitals, as in `CN-SH`.
    error TradePartiesInvalidRegion(RegionId region);

    /// @notice The account is missing.
    /// @custom:cure Pass the agent's account.
    error TradePartiesZeroAccount();

    /// @notice The account acts for a party already.
    /// @param agent the account
    /// @param party the party it acts for
    /// @custom:cure Use an account of its own for each party.
    error TradePartiesAgentTaken(address agent, PartyId party);

    /// @notice The account does not act for the party.
    /// @param party the party
    /// @param account the account
    /// @custom:cure Call from one of the party's agents.
    error TradePartiesNotAgent(PartyId party, address account);

    /// @notice The party would be left without an agent.
    /// @param party the party
    /// @custom:cure Add another agent first.
    error TradePartiesLastAgent(PartyId party);

    /// @notice The party is suspended.
    /// @param party the party
    /// @custom:cure The regulator reinstates it.
    error TradePartiesSuspended(PartyId party);

    /// @notice The party is not suspended.
    /// @param party the party
    /// @custom:cure Nothing is to be done.
    error TradePartiesNotSuspended(PartyId party);

    /// @notice The party lacks the role.
    /// @param party the party
    /// @param role the role
    /// @custom:cure The platform adds the role with its evidence.
    error TradePartiesRoleMissing(PartyId party, PartyRole role);

    /// @notice A place needs its kind.
    /// @custom:cure Pass a kind other than NONE.
    error TradePartiesKindMissing();

    /// @notice A place with this SGLN is filed.
    /// @param key the SGLN
    /// @param place its number
    /// @custom:cure Use `place`.
    error TradePartiesPlaceTaken(ObjectId key, PlaceId place);

    /// @notice The place is closed.
    /// @param place the place
    /// @custom:cure File another place.
    error TradePartiesPlaceClosed(PlaceId place);
}
