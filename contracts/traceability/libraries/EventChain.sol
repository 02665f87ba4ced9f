// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Paging} from "../../common/libraries/Paging.sol";
import {EventId, PlaceId} from "./TraceTypes.sol";

/// @dev The events of one object, one word each, and what each stated.
/// @param entries by index; see {EventChain}
/// @param persistent of each persistent disposition the entries that set or unset it, as `2 * index + (set ? 1 : 0)`
/// @param touched the persistent dispositions that were ever set or unset
struct Chain {
    mapping(uint256 index => uint256 entry) entries;
    mapping(uint256 bit => uint32[] history) persistent;
    uint64 touched;
}

/// @dev What an event states of an object.
/// @param id the event
/// @param place the place; 0 = not stated
/// @param disposition the disposition; 0 = not stated
/// @param set persistent dispositions set
/// @param unset persistent dispositions unset
struct Statement {
    EventId id;
    PlaceId place;
    uint8 disposition;
    uint64 set;
    uint64 unset;
}

/// @title Events of an object
/// @notice Keeps, for one object, the events that name it, so that each statement of an erroneous one can be taken back wherever it stands: an entry
/// is voided and skipped by readers, at the same cost however long the chain.
/// @dev A cursor of 110 bits stands in the object's own word: count, live count, and of place, disposition and structure the last entry (index plus
/// one, 22 bits each). An entry holds its event (48), whether it is void (1), its effect (4), place (32), disposition (6), the entries before it that
/// stated a place, a disposition, a structure (22 each), and 96 bits that the effect needs to be undone.
library EventChain {
    uint256 private constant _INDEX = (1 << 22) - 1;
    uint256 private constant _LIVE = 22;
    uint256 private constant _PLACE = 44;
    uint256 private constant _DISPOSITION = 66;
    uint256 private constant _STRUCTURE = 88;
    uint256 private constant _CURSOR = (1 << 110) - 1;

    uint256 private constant _VOID = 1 << 48;
    uint256 private constant _EFFECT_AT = 49;
    uint256 private constant _PLACE_AT = 53;
    uint256 private constant _DISPOSITION_AT = 85;
    uint256 private constant _BEFORE_PLACE_AT = 91;
    uint256 private constant _BEFORE_DISPOSITION_AT = 113;
    uint256 private constant _BEFORE_STRUCTURE_AT = 135;
    uint256 private constant _PAYLOAD_AT = 157;

    /// @notice The most entries of a chain.
    uint256 internal constant MAX_ENTRIES = _INDEX - 1;

    /// @notice The object is named by more events than can be numbered.
    /// @custom:cure Use another code.
    error EventChainFull();

    /// @notice Appends an entry.
    /// @param chain the chain
    /// @param word the word whose lowest 110 bits are the cursor
    /// @param statement what the event states
    /// @param before index plus one of the entry before in the structure; `effect` 0 leaves it out
    /// @param effect what the event did to the structure; 0 = nothing
    /// @param payload what is needed to undo it, 96 bits
    /// @param structural whether the cursor's structure moves on to the entry
    /// @return the word with the cursor moved on
    function append(
        Chain storage chain,
        uint256 word,
        Statement memory statement,
        uint256 before,
        uint256 effect,
        uint256 payload,
        bool structural
    ) internal returns (uint256) {
        uint256 index = word & _INDEX;
        require(index < MAX_ENTRIES, EventChainFull());
        uint256 entry = EventId.unwrap(statement.id) | (effect << _EFFECT_AT) | (payload << _PAYLOAD_AT);
        entry |= before << _BEFORE_STRUCTURE_AT;
        if (PlaceId.unwrap(statement.place) != 0) {
            entry |= uint256(PlaceId.unwrap(statement.place)) << _PLACE_AT;
            entry |= ((word >> _PLACE) & _INDEX) << _BEFORE_PLACE_AT;
            word = _with(word, _PLACE, index + 1);
        }
        if (statement.disposition != 0) {
            entry |= uint256(statement.disposition) << _DISPOSITION_AT;
            entry |= ((word >> _DISPOSITION) & _INDEX) << _BEFORE_DISPOSITION_AT;
            word = _with(word, _DISPOSITION, index + 1);
        }
        if (structural) word = _with(word, _STRUCTURE, index + 1);
        chain.entries[index] = entry;
        if (statement.set | statement.unset != 0) _persist(chain, index, statement.set, statement.unset);
        return word + 1 + (1 << _LIVE);
    }

    /// @notice Voids an entry.
    /// @param chain the chain
    /// @param word the word with the cursor
    /// @param index the entry
    /// @return the word with the live count lowered
    function void(Chain storage chain, uint256 word, uint256 index) internal returns (uint256) {
        chain.entries[index] |= _VOID;
        return word - (1 << _LIVE);
    }

    /// @notice Moves the cursor's structure to another entry.
    /// @param word the word with the cursor
    /// @param place index plus one
    /// @return the word
    function withStructure(uint256 word, uint256 place) internal pure returns (uint256) {
        return _with(word, _STRUCTURE, place);
    }

    /// @notice The cursor alone.
    /// @param word the word
    /// @return its lowest 110 bits
    function cursorOf(uint256 word) internal pure returns (uint256) {
        return word & _CURSOR;
    }

    /// @notice How many entries there are.
    /// @param word the word with the cursor
    /// @return the count
    function countOf(uint256 word) internal pure returns (uint256) {
        return word & _INDEX;
    }

    /// @notice How many entries are not void.
    /// @param word the word with the cursor
    /// @return the count
    function liveOf(uint256 word) internal pure returns (uint256) {
        return (word >> _LIVE) & _INDEX;
    }

    /// @notice The last entry of the structure.
    /// @param word the word with the cursor
    /// @return index plus one; 0 = none
    function structureOf(uint256 word) internal pure returns (uint256) {
        return (word >> _STRUCTURE) & _INDEX;
    }

    /// @notice The index of an event's entry. A binary search: entries are in the order of events.
    /// @param chain the chain
    /// @param word the word with the cursor
    /// @param id the event
    /// @return found whether there is one
    /// @return index its index
    function find(Chain storage chain, uint256 word, EventId id) internal view returns (bool found, uint256 index) {
        uint256 low = 0;
        uint256 high = countOf(word);
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (uint48(chain.entries[middle]) < EventId.unwrap(id)) low = middle + 1;
            else high = middle;
        }
        return (low < countOf(word) && uint48(chain.entries[low]) == EventId.unwrap(id), low);
    }

    /// @notice The event of an entry.
    /// @param entry the entry
    /// @return the event
    function eventOf(uint256 entry) internal pure returns (EventId) {
        return EventId.wrap(uint48(entry));
    }

    /// @notice Whether an entry is void.
    /// @param entry the entry
    /// @return whether it is
    function isVoid(uint256 entry) internal pure returns (bool) {
        return entry & _VOID != 0;
    }

    /// @notice What an entry did to the structure.
    /// @param entry the entry
    /// @return the effect; 0 = nothing
    function effectOf(uint256 entry) internal pure returns (uint256) {
        return (entry >> _EFFECT_AT) & 0xf;
    }

    /// @notice What is needed to undo an entry.
    /// @param entry the entry
    /// @return 96 bits
    function payloadOf(uint256 entry) internal pure returns (uint256) {
        return (entry >> _PAYLOAD_AT) & type(uint96).max;
    }

    /// @notice The entry before in the structure.
    /// @param entry the entry
    /// @return index plus one; 0 = none
    function beforeOf(uint256 entry) internal pure returns (uint256) {
        return (entry >> _BEFORE_STRUCTURE_AT) & _INDEX;
    }

    /// @notice The event that last named the object and is not void.
    /// @param chain the chain
    /// @param word the word with the cursor
    /// @return the event; 0 = none
    function lastEvent(Chain storage chain, uint256 word) internal view returns (EventId) {
        for (uint256 i = countOf(word); i > 0; --i) {
            uint256 entry = chain.entries[i - 1];
            if (!isVoid(entry)) return eventOf(entry);
        }
        return EventId.wrap(0);
    }

    /// @notice The place last stated, and by which event.
    /// @param chain the chain
    /// @param word the word with the cursor
    /// @return place the place; 0 = never stated
    /// @return id the event
    function placeOf(Chain storage chain, uint256 word) internal view returns (PlaceId place, EventId id) {
        uint256 at = (word >> _PLACE) & _INDEX;
        while (at != 0) {
            uint256 entry = chain.entries[at - 1];
            if (!isVoid(entry)) return (PlaceId.wrap(uint32(entry >> _PLACE_AT)), eventOf(entry));
            at = (entry >> _BEFORE_PLACE_AT) & _INDEX;
        }
    }

    /// @notice The disposition last stated.
    /// @param chain the chain
    /// @param word the word with the cursor
    /// @return the disposition; 0 = never stated
    function dispositionOf(Chain storage chain, uint256 word) internal view returns (uint8) {
        uint256 at = (word >> _DISPOSITION) & _INDEX;
        while (at != 0) {
            uint256 entry = chain.entries[at - 1];
            if (!isVoid(entry)) return uint8((entry >> _DISPOSITION_AT) & 0x3f);
            at = (entry >> _BEFORE_DISPOSITION_AT) & _INDEX;
        }
        return 0;
    }

    /// @notice The persistent dispositions that are set.
    /// @param chain the chain
    /// @return set bits `1 << disposition`
    function persistentOf(Chain storage chain) internal view returns (uint64 set) {
        uint256 left = chain.touched;
        for (uint256 bit = 0; left != 0; ++bit) {
            if (left & 1 != 0 && _isSet(chain, chain.persistent[bit])) set |= uint64(1 << bit);
            left >>= 1;
        }
    }

    /// @notice A page of the events of a chain, erroneous ones included.
    /// @param chain the chain
    /// @param word the word with the cursor
    /// @param offset the first index
    /// @param limit the page size
    /// @return events the numbers
    /// @return next the offset of the next page, or 0 when this is the last
    function page(
        Chain storage chain,
        uint256 word,
        uint256 offset,
        uint256 limit
    ) internal view returns (EventId[] memory events, uint256 next) {
        uint256 end;
        (end, next) = Paging.window(countOf(word), offset, limit);
        events = new EventId[](end - offset);
        for (uint256 i = offset; i < end; ++i) {
            events[i - offset] = eventOf(chain.entries[i]);
        }
    }

    function _persist(Chain storage chain, uint256 index, uint64 set, uint64 unset) private {
        uint64 both = set | unset;
        chain.touched |= both;
        for (uint256 bit = 0; both != 0; ++bit) {
            if (both & 1 != 0) {
                uint256 mark = 2 * index + ((set >> bit) & 1);
                chain.persistent[bit].push(uint32(mark)); // an index has 22 bits
            }
            both >>= 1;
        }
    }

    function _isSet(Chain storage chain, uint32[] storage history) private view returns (bool) {
        for (uint256 i = history.length; i > 0; --i) {
            uint256 mark = history[i - 1];
            if (!isVoid(chain.entries[mark >> 1])) return mark & 1 != 0;
        }
        return false;
    }

    function _with(uint256 word, uint256 at, uint256 value) private pure returns (uint256) {
        return (word & ~(_INDEX << at)) | (value << at);
    }
}
