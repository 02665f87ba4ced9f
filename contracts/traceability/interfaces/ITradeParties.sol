// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {ObjectId, PartyId, PlaceId} from "../libraries/TraceTypes.sol";
import {PartyFiling, PartyRole, PlaceFiling, PlaceKind} from "../libraries/TradeTypes.sol";
import {ITradePartiesErrors} from "./ITradePartiesErrors.sol";

/// @title Parties and places of trade
/// @notice Who takes part in the chain, which accounts act for whom, and where things are: GLN and SGLN with roles and regions.
/// @dev A confidential partner is filed by a salted digest of its GLN and acts like any other; whoever knows number and salt opens it when the law
/// asks. Names are digests. A suspended party captures nothing; what it holds can still be recalled, returned and destroyed by those who act over it.
interface ITradeParties is ITradePartiesErrors {
    /// @notice A party as filed.
    /// @param gln its GLN; 0 while it is confidential
    /// @param region its region
    /// @param roles its roles, as bits `1 << role`
    /// @param suspended whether the regulator suspended it
    /// @param mandate whether the platform may capture for it
    /// @param filedAt when it was filed, in seconds
    /// @param revealedAt when a confidential partner was opened, in seconds; 0 = never, or it never was confidential
    /// @param commitment SHA-256 of salt and GLN of a confidential partner; zero = it never was confidential
    /// @param name digest of its name
    struct Party {
        uint64 gln;
        RegionId region;
        uint32 roles;
        bool suspended;
        bool mandate;
        uint64 filedAt;
        uint64 revealedAt;
        bytes32 commitment;
        Digest name;
    }

    /// @notice A place as filed.
    /// @param owner the party that runs it
    /// @param gln the GLN of its SGLN
    /// @param extension the extension of its SGLN; zero = none
    /// @param kind what it is
    /// @param region its region
    /// @param filedAt when it was filed, in seconds
    /// @param closedAt when it was closed, in seconds; 0 = open
    /// @param description digest of its name and address
    struct Place {
        PartyId owner;
        uint64 gln;
        bytes20 extension;
        PlaceKind kind;
        RegionId region;
        uint64 filedAt;
        uint64 closedAt;
        Digest description;
    }

    // -- events --------------------------------------------------------------------------------------

    /// @notice A party was filed.
    /// @param party its number
    /// @param agent its first agent
    /// @param gln its GLN; 0 for a confidential partner
    /// @param region its region
    /// @param roles its roles
    /// @param commitment SHA-256 of salt and GLN of a confidential partner
    /// @param name digest of its name
    event PartyFiled(
        PartyId indexed party,
        address indexed agent,
        uint64 indexed gln,
        RegionId region,
        uint32 roles,
        bytes32 commitment,
        Digest name
    );

    /// @notice A confidential partner was opened.
    /// @param party the party
    /// @param gln its GLN
    /// @param by who opened it
    event PartyRevealed(PartyId indexed party, uint64 indexed gln, address indexed by);

    /// @notice A party's roles changed.
    /// @param party the party
    /// @param oldRoles the roles before
    /// @param newRoles the roles from now on
    /// @param evidence digest of the ground
    event PartyRolesChanged(PartyId indexed party, uint32 oldRoles, uint32 newRoles, Digest evidence);

    /// @notice An account acts for a party from now on.
    /// @param party the party
    /// @param agent the account
    event AgentAdded(PartyId indexed party, address indexed agent);

    /// @notice A party whose keys were lost has an agent again.
    /// @param party the party
    /// @param agent the account
    /// @param evidence digest of the identity check
    event AgentRestored(PartyId indexed party, address indexed agent, Digest evidence);

    /// @notice An account acts for a party no longer.
    /// @param party the party
    /// @param agent the account
    event AgentRemoved(PartyId indexed party, address indexed agent);

    /// @notice A party gave the platform its mandate to capture for it, or took it back.
    /// @param party the party
    /// @param given whether the mandate holds from now on
    event MandateChanged(PartyId indexed party, bool given);

    /// @notice A party was suspended.
    /// @param party the party
    /// @param reason digest of the reason
    event PartySuspended(PartyId indexed party, Digest reason);

    /// @notice A suspension was lifted.
    /// @param party the party
    /// @param reason digest of the reason
    event PartyReinstated(PartyId indexed party, Digest reason);

    /// @notice A place was filed.
    /// @param place its number
    /// @param owner the party that runs it
    /// @param key its SGLN
    /// @param kind what it is
    /// @param region its region
    /// @param description digest of its name and address
    event PlaceFiled(
        PlaceId indexed place,
        PartyId indexed owner,
        ObjectId indexed key,
        PlaceKind kind,
        RegionId region,
        Digest description
    );

    /// @notice A place was closed.
    /// @param place the place
    event PlaceClosed(PlaceId indexed place);

    // -- parties -------------------------------------------------------------------------------------

    /// @notice Files a party by its GLN.
    /// @param filing what is filed
    /// @return party its number
    /// @custom:caller PLATFORM
    /// @custom:source GS1 General Specifications (GLN); 食品安全法 50, 51, 53 (C-19)
    /// @custom:error TradePartiesInvalidGln when the GLN is malformed.
    /// @custom:error TradePartiesGlnTaken when the GLN is filed.
    /// @custom:error TradePartiesInvalidRoles when there is no role or one that does not exist.
    /// @custom:error TradePartiesInvalidRegion when the region is malformed.
    /// @custom:error TradePartiesZeroAccount when the agent is missing.
    /// @custom:error TradePartiesAgentTaken when the agent acts for a party already.
    /// @custom:error DigestsMissing when the digest of the name is missing.
    function file(PartyFiling calldata filing) external returns (PartyId party);

    /// @notice Files a confidential partner: SHA-256 of 32 bytes of salt and the GLN as 8 bytes stand for the GLN.
    /// @param filing what is filed; its GLN is 0
    /// @param commitment the salted digest
    /// @return party its number
    /// @custom:caller PLATFORM
    /// @custom:error TradePartiesInvalidGln when a GLN is given beside the digest.
    /// @custom:error TradePartiesCommitmentMissing when the digest is missing.
    /// @custom:error TradePartiesCommitmentTaken when the digest is filed.
    /// @custom:error TradePartiesInvalidRoles when there is no role or one that does not exist.
    /// @custom:error TradePartiesInvalidRegion when the region is malformed.
    /// @custom:error TradePartiesZeroAccount when the agent is missing.
    /// @custom:error TradePartiesAgentTaken when the agent acts for a party already.
    /// @custom:error DigestsMissing when the digest of the name is missing.
    function fileConfidential(PartyFiling calldata filing, bytes32 commitment) external returns (PartyId party);

    /// @notice Opens a confidential partner. Whoever knows number and salt may.
    /// @param party the party
    /// @param gln its GLN
    /// @param salt the salt
    /// @custom:caller anyone who knows the salt
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesNotConfidential when there is nothing to open.
    /// @custom:error TradePartiesWrongOpening when salt and GLN do not open the digest.
    /// @custom:error TradePartiesInvalidGln when what was hidden is no GLN.
    /// @custom:error TradePartiesGlnTaken when the GLN is filed openly under another number.
    function reveal(PartyId party, uint64 gln, bytes32 salt) external;

    /// @notice Changes a party's roles.
    /// @param party the party
    /// @param roles its roles from now on, as bits `1 << role`
    /// @param evidence digest of the ground
    /// @custom:caller PLATFORM
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesInvalidRoles when there is no role or one that does not exist.
    /// @custom:error DigestsMissing when the evidence is missing.
    function changeRoles(PartyId party, uint32 roles, Digest calldata evidence) external;

    /// @notice Adds an account that acts for the party.
    /// @param party the party
    /// @param agent the account
    /// @custom:caller an agent of the party
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesNotAgent when the caller is not its agent.
    /// @custom:error TradePartiesZeroAccount when the account is missing.
    /// @custom:error TradePartiesAgentTaken when the account acts for a party already.
    function addAgent(PartyId party, address agent) external;

    /// @notice Takes an account out.
    /// @param party the party
    /// @param agent the account
    /// @custom:caller an agent of the party
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesNotAgent when the caller or the account is not its agent.
    /// @custom:error TradePartiesLastAgent when no agent would be left.
    function removeAgent(PartyId party, address agent) external;

    /// @notice Gives a party an agent whose keys are lost. The accounts before stay until that agent removes them.
    /// @param party the party
    /// @param agent the account
    /// @param evidence digest of the identity check
    /// @custom:caller PLATFORM
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesZeroAccount when the account is missing.
    /// @custom:error TradePartiesAgentTaken when the account acts for a party already.
    /// @custom:error DigestsMissing when the evidence is missing.
    function restoreAgent(PartyId party, address agent, Digest calldata evidence) external;

    /// @notice Gives the platform the mandate to capture for the party (gateways of small partners), or takes it back.
    /// @param party the party
    /// @param given whether the mandate holds from now on
    /// @custom:caller an agent of the party
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesNotAgent when the caller is not its agent.
    function setMandate(PartyId party, bool given) external;

    /// @notice Suspends a party: it captures nothing until it is reinstated.
    /// @param party the party
    /// @param reason digest of the reason
    /// @custom:caller REGULATOR
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesSuspended when it is suspended.
    /// @custom:error DigestsMissing when the reason is missing.
    function suspend(PartyId party, Digest calldata reason) external;

    /// @notice Lifts a suspension.
    /// @param party the party
    /// @param reason digest of the reason
    /// @custom:caller REGULATOR
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesNotSuspended when it is not suspended.
    /// @custom:error DigestsMissing when the reason is missing.
    function reinstate(PartyId party, Digest calldata reason) external;

    // -- places --------------------------------------------------------------------------------------

    /// @notice Files a place.
    /// @param filing what is filed
    /// @return place its number
    /// @custom:caller an agent of the owner, or PLATFORM with the owner's mandate
    /// @custom:error TradePartiesUnknown when the owner is not filed.
    /// @custom:error TradePartiesSuspended when the owner is suspended.
    /// @custom:error TradePartiesNotAgent when the caller does not act for the owner.
    /// @custom:error TradePartiesInvalidGln when the GLN is malformed.
    /// @custom:error TradePartiesKindMissing when the kind is NONE.
    /// @custom:error TradePartiesInvalidRegion when the region is malformed.
    /// @custom:error TradePartiesPlaceTaken when the SGLN is filed.
    /// @custom:error TraceKeysInvalidSerial when the extension is malformed.
    /// @custom:error DigestsMissing when the description is missing.
    function filePlace(PlaceFiling calldata filing) external returns (PlaceId place);

    /// @notice Closes a place. What was captured there stays.
    /// @param place the place
    /// @custom:caller an agent of the owner, or PLATFORM with the owner's mandate
    /// @custom:error TradePartiesUnknownPlace when the place is not filed.
    /// @custom:error TradePartiesPlaceClosed when it is closed.
    /// @custom:error TradePartiesNotAgent when the caller does not act for the owner.
    /// @custom:error TradePartiesSuspended when the owner is suspended.
    function closePlace(PlaceId place) external;

    // -- readers -------------------------------------------------------------------------------------

    /// @notice The party that an account acts for.
    /// @param agent the account
    /// @return the party; 0 = none
    function partyOf(address agent) external view returns (PartyId);

    /// @notice Whether an account may act for a party now: one of its agents, or a holder of PLATFORM where the party gave its mandate; and the party
    /// is not suspended.
    /// @param account the account
    /// @param by the party
    /// @return whether it may
    function actsFor(address account, PartyId by) external view returns (bool);

    /// @notice Reverts unless the party is filed and not suspended.
    /// @param party the party
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesSuspended when it is suspended.
    function requireActive(PartyId party) external view;

    /// @notice Reverts unless the account may act for the party now; see {actsFor}.
    /// @param account the account
    /// @param by the party
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesSuspended when it is suspended.
    /// @custom:error TradePartiesNotAgent when the account does not act for it.
    function requireActsFor(address account, PartyId by) external view;

    /// @notice Reverts unless the party has the role.
    /// @param party the party
    /// @param role the role
    /// @custom:error TradePartiesRoleMissing when it has not.
    function requireRole(PartyId party, PartyRole role) external view;

    /// @notice Whether a party has a role.
    /// @param party the party
    /// @param role the role
    /// @return whether it has; false for a number that is not filed
    function hasRole(PartyId party, PartyRole role) external view returns (bool);

    /// @notice A party as filed.
    /// @param party the party
    /// @return the record
    /// @custom:error TradePartiesUnknown when the party is not filed.
    function recordOf(PartyId party) external view returns (Party memory);

    /// @notice A party's region.
    /// @param party the party
    /// @return its region
    /// @custom:error TradePartiesUnknown when the party is not filed.
    function regionOf(PartyId party) external view returns (RegionId);

    /// @notice The party of a GLN.
    /// @param gln the GLN
    /// @return the party; 0 = none, or confidential
    function partyByGln(uint64 gln) external view returns (PartyId);

    /// @notice The confidential partner filed with a salted digest.
    /// @param commitment the digest
    /// @return the party; 0 = none
    function partyByCommitment(bytes32 commitment) external view returns (PartyId);

    /// @notice How many parties are filed; the highest number.
    /// @return the count
    function partyCount() external view returns (uint256);

    /// @notice How many accounts act for a party.
    /// @param party the party
    /// @return the count
    function agentCount(PartyId party) external view returns (uint256);

    /// @notice A place as filed.
    /// @param place the place
    /// @return the record
    /// @custom:error TradePartiesUnknownPlace when the place is not filed.
    function placeOf(PlaceId place) external view returns (Place memory);

    /// @notice The party that runs a place.
    /// @param place the place
    /// @return the party; 0 for a number that is not filed
    function placeOwner(PlaceId place) external view returns (PartyId);

    /// @notice Reverts unless the place is filed and open.
    /// @param place the place
    /// @custom:error TradePartiesUnknownPlace when the place is not filed.
    /// @custom:error TradePartiesPlaceClosed when it is closed.
    function requireOpenPlace(PlaceId place) external view;

    /// @notice The place of an SGLN.
    /// @param key the SGLN as packed by {TraceKeys}
    /// @return the place; 0 = none
    function placeByKey(ObjectId key) external view returns (PlaceId);

    /// @notice How many places are filed; the highest number.
    /// @return the count
    function placeCount() external view returns (uint256);
}
