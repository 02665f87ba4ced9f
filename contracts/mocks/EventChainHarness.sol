// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Chain, EventChain, Statement} from "../traceability/libraries/EventChain.sol";
import {EventId, PlaceId} from "../traceability/libraries/TraceTypes.sol";

/// @title EventChainHarness
/// @notice A door to the internal functions of {EventChain}: one chain, and a cursor that can be set.
contract EventChainHarness {
    using EventChain for Chain;
    using EventChain for uint256;

    uint256 public word;

    Chain private _chain;

    function setWord(uint256 word_) external {
        word = word_;
    }

    function append(
        Statement calldata statement,
        uint256 before,
        uint256 effect,
        uint256 payload,
        bool structural
    ) external {
        word = _chain.append(word, statement, before, effect, payload, structural);
    }

    function void(uint256 index) external {
        word = _chain.void(word, index);
    }

    function setStructure(uint256 place) external {
        word = word.withStructure(place);
    }

    function cursor() external view returns (uint256 all, uint256 count, uint256 live, uint256 structure) {
        return (word.cursorOf(), word.countOf(), word.liveOf(), word.structureOf());
    }

    function entryAt(
        uint256 index
    ) external view returns (EventId id, bool isVoid, uint256 effect, uint256 payload, uint256 before) {
        uint256 entry = _chain.entries[index];
        return (entry.eventOf(), entry.isVoid(), entry.effectOf(), entry.payloadOf(), entry.beforeOf());
    }

    function find(EventId id) external view returns (bool found, uint256 index) {
        return _chain.find(word, id);
    }

    function page(uint256 offset, uint256 limit) external view returns (EventId[] memory events, uint256 next) {
        return _chain.page(word, offset, limit);
    }

    function state()
        external
        view
        returns (EventId last, PlaceId place, EventId placedBy, uint8 disposition, uint64 persistent)
    {
        (place, placedBy) = _chain.placeOf(word);
        return (_chain.lastEvent(word), place, placedBy, _chain.dispositionOf(word), _chain.persistentOf());
    }
}
