// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {RegionId} from "../common/interfaces/IPolicyRegistry.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Regions} from "../common/libraries/Regions.sol";
import {Roles} from "../common/Roles.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {ObjectId, PartyId, PlaceId} from "./libraries/TraceTypes.sol";
import {PartyFiling, PartyRole, PlaceFiling, PlaceKind} from "./libraries/TradeTypes.sol";

/// @title TradeParties
/// @notice Parties, the accounts that act for them, and places; see {ITradeParties}.
contract TradeParties is ITradeParties, Governed {
    uint64 private constant _GLN_END = 1e13;

    /// @notice The deployment's clock.
    IClock public immutable clock;

    /// @inheritdoc ITradeParties
    uint256 public partyCount;
    /// @inheritdoc ITradeParties
    uint256 public placeCount;
    /// @inheritdoc ITradeParties
    mapping(address agent => PartyId) public partyOf;
    /// @inheritdoc ITradeParties
    mapping(uint64 gln => PartyId) public partyByGln;
    /// @inheritdoc ITradeParties
    mapping(bytes32 commitment => PartyId) public partyByCommitment;
    /// @inheritdoc ITradeParties
    mapping(ObjectId key => PlaceId) public placeByKey;
    /// @inheritdoc ITradeParties
    mapping(PartyId party => uint256) public agentCount;

    mapping(PartyId party => Party) private _parties;
    mapping(PlaceId place => Place) private _places;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    constructor(address authority_, IClock clock_) Governed(authority_) {
        _requireContract(address(clock_));
        clock = clock_;
    }

    // -- parties -------------------------------------------------------------------------------------

    /// @inheritdoc ITradeParties
    function file(PartyFiling calldata filing) external restricted returns (PartyId party) {
        _requireGln(filing.gln);
        PartyId other = partyByGln[filing.gln];
        require(PartyId.unwrap(other) == 0, TradePartiesGlnTaken(filing.gln, other));
        party = _file(filing, 0);
        partyByGln[filing.gln] = party;
    }

    /// @inheritdoc ITradeParties
    function fileConfidential(
        PartyFiling calldata filing,
        bytes32 commitment
    ) external restricted returns (PartyId party) {
        require(filing.gln == 0, TradePartiesInvalidGln(filing.gln));
        require(commitment != 0, TradePartiesCommitmentMissing());
        require(PartyId.unwrap(partyByCommitment[commitment]) == 0, TradePartiesCommitmentTaken(commitment));
        party = _file(filing, commitment);
        partyByCommitment[commitment] = party;
    }

    /// @inheritdoc ITradeParties
    function reveal(PartyId party, uint64 gln, bytes32 salt) external {
        Party storage record = _known(party);
        require(record.commitment != 0 && record.gln == 0, TradePartiesNotConfidential(party));
        require(sha256(abi.encodePacked(salt, gln)) == record.commitment, TradePartiesWrongOpening(party, gln));
        _requireGln(gln);
        PartyId other = partyByGln[gln];
        require(PartyId.unwrap(other) == 0, TradePartiesGlnTaken(gln, other));

        record.gln = gln;
        record.revealedAt = clock.timestamp();
        partyByGln[gln] = party;
        emit PartyRevealed(party, gln, msg.sender);
    }

    /// @inheritdoc ITradeParties
    function changeRoles(PartyId party, uint32 roles, Digest calldata evidence) external restricted {
        Party storage record = _known(party);
        _requireRoles(roles);
        Digests.requirePresent(evidence);
        uint32 oldRoles = record.roles;
        record.roles = roles;
        emit PartyRolesChanged(party, oldRoles, roles, evidence);
    }

    /// @inheritdoc ITradeParties
    function addAgent(PartyId party, address agent) external {
        _requireAgent(party);
        _addAgent(party, agent);
        emit AgentAdded(party, agent);
    }

    /// @inheritdoc ITradeParties
    function removeAgent(PartyId party, address agent) external {
        _requireAgent(party);
        require(partyOf[agent] == party, TradePartiesNotAgent(party, agent));
        require(agentCount[party] != 1, TradePartiesLastAgent(party));
        partyOf[agent] = PartyId.wrap(0);
        --agentCount[party];
        emit AgentRemoved(party, agent);
    }

    /// @inheritdoc ITradeParties
    function restoreAgent(PartyId party, address agent, Digest calldata evidence) external restricted {
        _known(party);
        Digests.requirePresent(evidence);
        _addAgent(party, agent);
        emit AgentRestored(party, agent, evidence);
    }

    /// @inheritdoc ITradeParties
    function setMandate(PartyId party, bool given) external {
        _requireAgent(party);
        _parties[party].mandate = given;
        emit MandateChanged(party, given);
    }

    /// @inheritdoc ITradeParties
    function suspend(PartyId party, Digest calldata reason) external restricted {
        Party storage record = _known(party);
        require(!record.suspended, TradePartiesSuspended(party));
        Digests.requirePresent(reason);
        record.suspended = true;
        emit PartySuspended(party, reason);
    }

    /// @inheritdoc ITradeParties
    function reinstate(PartyId party, Digest calldata reason) external restricted {
        Party storage record = _known(party);
        require(record.suspended, TradePartiesNotSuspended(party));
        Digests.requirePresent(reason);
        record.suspended = false;
        emit PartyReinstated(party, reason);
    }

    // -- places --------------------------------------------------------------------------------------

    /// @inheritdoc ITradeParties
    function filePlace(PlaceFiling calldata filing) external returns (PlaceId place) {
        requireActsFor(msg.sender, filing.owner);
        _requireGln(filing.gln);
        require(filing.kind != PlaceKind.NONE, TradePartiesKindMissing());
        require(Regions.isValid(filing.region), TradePartiesInvalidRegion(filing.region));
        Digests.requirePresent(filing.description);
        ObjectId key = TraceKeys.sgln(filing.gln, filing.extension);
        place = placeByKey[key];
        require(PlaceId.unwrap(place) == 0, TradePartiesPlaceTaken(key, place));

        place = PlaceId.wrap(uint32(++placeCount));
        placeByKey[key] = place;
        Place storage record = _places[place];
        record.owner = filing.owner;
        record.gln = filing.gln;
        record.extension = filing.extension;
        record.kind = filing.kind;
        record.region = filing.region;
        record.filedAt = clock.timestamp();
        record.description = filing.description;
        emit PlaceFiled(place, filing.owner, key, filing.kind, filing.region, filing.description);
    }

    /// @inheritdoc ITradeParties
    function closePlace(PlaceId place) external {
        requireOpenPlace(place);
        Place storage record = _places[place];
        requireActsFor(msg.sender, record.owner);
        record.closedAt = clock.timestamp();
        emit PlaceClosed(place);
    }

    // -- readers -------------------------------------------------------------------------------------

    /// @inheritdoc ITradeParties
    function actsFor(address account, PartyId by) public view returns (bool) {
        Party storage record = _parties[by];
        if (record.suspended) return false;
        if (PartyId.unwrap(by) != 0 && partyOf[account] == by) return true;
        return record.mandate && _isPlatform(account);
    }

    /// @inheritdoc ITradeParties
    function requireActive(PartyId party) public view {
        require(!_known(party).suspended, TradePartiesSuspended(party));
    }

    /// @inheritdoc ITradeParties
    function requireActsFor(address account, PartyId by) public view {
        requireActive(by);
        require(actsFor(account, by), TradePartiesNotAgent(by, account));
    }

    /// @inheritdoc ITradeParties
    function requireRole(PartyId party, PartyRole role) external view {
        require(hasRole(party, role), TradePartiesRoleMissing(party, role));
    }

    /// @inheritdoc ITradeParties
    function hasRole(PartyId party, PartyRole role) public view returns (bool) {
        return _parties[party].roles & _bit(role) != 0;
    }

    /// @inheritdoc ITradeParties
    function recordOf(PartyId party) external view returns (Party memory) {
        return _known(party);
    }

    /// @inheritdoc ITradeParties
    function regionOf(PartyId party) external view returns (RegionId) {
        return _known(party).region;
    }

    /// @inheritdoc ITradeParties
    function placeOf(PlaceId place) external view returns (Place memory) {
        return _knownPlace(place);
    }

    /// @inheritdoc ITradeParties
    function placeOwner(PlaceId place) external view returns (PartyId) {
        return _places[place].owner;
    }

    /// @inheritdoc ITradeParties
    function requireOpenPlace(PlaceId place) public view {
        require(_knownPlace(place).closedAt == 0, TradePartiesPlaceClosed(place));
    }

    // -- within --------------------------------------------------------------------------------------

    function _file(PartyFiling calldata filing, bytes32 commitment) private returns (PartyId party) {
        _requireRoles(filing.roles);
        require(Regions.isValid(filing.region), TradePartiesInvalidRegion(filing.region));
        Digests.requirePresent(filing.name);

        party = PartyId.wrap(uint32(++partyCount));
        _addAgent(party, filing.agent);
        Party storage record = _parties[party];
        record.gln = filing.gln;
        record.region = filing.region;
        record.roles = filing.roles;
        record.filedAt = clock.timestamp();
        record.commitment = commitment;
        record.name = filing.name;
        emit PartyFiled(party, filing.agent, filing.gln, filing.region, filing.roles, commitment, filing.name);
    }

    function _addAgent(PartyId party, address agent) private {
        require(agent != address(0), TradePartiesZeroAccount());
        PartyId other = partyOf[agent];
        require(PartyId.unwrap(other) == 0, TradePartiesAgentTaken(agent, other));
        partyOf[agent] = party;
        ++agentCount[party];
    }

    function _requireAgent(PartyId party) private view {
        _known(party);
        require(partyOf[msg.sender] == party, TradePartiesNotAgent(party, msg.sender));
    }

    function _isPlatform(address account) private view returns (bool isMember) {
        (isMember, ) = IAccessManager(authority()).hasRole(Roles.PLATFORM, account);
    }

    function _known(PartyId party) private view returns (Party storage record) {
        record = _parties[party];
        require(record.filedAt != 0, TradePartiesUnknown(party));
    }

    function _knownPlace(PlaceId place) private view returns (Place storage record) {
        record = _places[place];
        require(record.filedAt != 0, TradePartiesUnknownPlace(place));
    }

    function _requireGln(uint64 gln) private pure {
        require(gln < _GLN_END && TraceKeys.hasCheckDigit(gln), TradePartiesInvalidGln(gln));
    }

    /// @dev Bit 0 stands for NONE and is no role.
    function _requireRoles(uint32 roles) private pure {
        uint32 all = _bit(type(PartyRole).max);
        all |= all - 1;
        require(roles != 0 && roles & ~(all & ~uint32(1)) == 0, TradePartiesInvalidRoles(roles));
    }

    function _bit(PartyRole role) private pure returns (uint32) {
        return uint32(1) << uint8(role);
    }
}
