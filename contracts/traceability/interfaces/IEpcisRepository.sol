// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EventRecord, GuardEntry} from "../libraries/StateTypes.sol";
import {EpcisEvent, ErrorReason, EventId, ObjectId, PartyId} from "../libraries/TraceTypes.sol";
import {ICaptureGuard} from "./ICaptureGuard.sol";

/// @title EPCIS repository
/// @notice The door for EPCIS 2.0 events: captures them as facts that are never changed, checks their shape, changes the derived state, and takes the
/// effects of erroneous ones back.
/// @dev An event's whole content stands in the log (`EventCaptured`), its digest in the state. The order of capture is the order in which events take
/// effect: an event may tell of an earlier time than one captured before it. A capture is all or nothing. For each event: shape (see {EpcisRules}),
/// then the guards before, then the state, then the guards after.
interface IEpcisRepository {
    // -- events --------------------------------------------------------------------------------------

    /// @notice An event was captured.
    /// @param id its number
    /// @param by who captured it
    /// @param contentId its content id
    /// @param recordedAt its record time, in seconds
    /// @param capture the number of the capture that it came with
    /// @param opening whether it declares things that were in circulation already
    /// @param captured the event
    event EventCaptured(
        EventId indexed id,
        PartyId indexed by,
        bytes32 indexed contentId,
        uint64 recordedAt,
        uint64 capture,
        bool opening,
        EpcisEvent captured
    );

    /// @notice An event was declared erroneous, and its effects were taken back. The event before stays as it was.
    /// @param id the event's number
    /// @param by who declared it, always who captured it
    /// @param contentId the event's content id
    /// @param declarationTime when the error was declared by the party's own account, in milliseconds
    /// @param declaredAt when the declaration was recorded, in seconds
    /// @param reason why
    /// @param corrective content ids of the events that stand in its place, captured or not
    event ErrorDeclared(
        EventId indexed id,
        PartyId indexed by,
        bytes32 indexed contentId,
        uint64 declarationTime,
        uint64 declaredAt,
        ErrorReason reason,
        bytes32[] corrective
    );

    /// @notice A rule watches events from now on.
    /// @param guard the contract
    /// @param steps the business steps, as bits `1 << step`
    /// @param kinds the kinds, as bits `1 << kind`
    event GuardAdded(ICaptureGuard indexed guard, uint64 steps, uint8 kinds);

    /// @notice A rule watches no longer.
    /// @param guard the contract
    event GuardRemoved(ICaptureGuard indexed guard);

    /// @notice A party may declare what is in circulation already.
    /// @param party the party
    /// @param until the moment from which it no longer may, in seconds
    event OpeningAllowed(PartyId indexed party, uint64 until);

    // -- errors --------------------------------------------------------------------------------------

    /// @notice A capture has no event, or too many.
    /// @param count the number given
    /// @param max the largest number
    /// @custom:cure Capture 1 to `max` events at a time.
    error EpcisRepositoryBatchSize(uint256 count, uint256 max);

    /// @notice The event has no content id.
    /// @custom:cure Compute the SHA-256 of the event's canonical pre-hash string (CBV 2.0, 8.9).
    error EpcisRepositoryContentIdMissing();

    /// @notice The same event was captured before (C-13).
    /// @param contentId its content id
    /// @param id the number that it has
    /// @custom:cure Nothing is to be done; to correct it, declare it erroneous and capture the right one.
    error EpcisRepositoryCapturedBefore(bytes32 contentId, EventId id);

    /// @notice The event tells of a time that is still to come.
    /// @param eventTime its time, in milliseconds
    /// @param latest the latest that is taken, in milliseconds
    /// @custom:cure Check the clock and the zone of the device that wrote the event; capture it when it has happened.
    error EpcisRepositoryFuture(uint64 eventTime, uint64 latest);

    /// @notice The event happened longer ago than the policy of the capturer's region takes: a sale could be dated back before an expiry.
    /// @param eventTime its time, in milliseconds
    /// @param earliest the earliest that is taken, in milliseconds
    /// @custom:cure Check the clock of the device that wrote the event; what was in circulation before goes through `captureOpening`.
    error EpcisRepositoryTooOld(uint64 eventTime, uint64 earliest);

    /// @notice A shipping names nobody who is to receive the goods, and the policy of the shipper's region allows no open consignment.
    /// @param by who ships
    /// @custom:cure Name the destination of type possessing_party; or have the policy allow it (`trace.shipping.open`).
    error EpcisRepositoryReceiverMissing(PartyId by);

    /// @notice No event has this number.
    /// @param id the number
    /// @custom:cure Use 1 to `eventCount()`.
    error EpcisRepositoryUnknownEvent(EventId id);

    /// @notice No event with this content id was captured.
    /// @param contentId the content id
    /// @custom:cure Capture the event before it is declared erroneous.
    error EpcisRepositoryUnknownContent(bytes32 contentId);

    /// @notice The event given is not, field by field, the one that was captured with this content id (C-11).
    /// @param id the number of the event captured
    /// @param given digest of the event given
    /// @param captured digest of the event captured
    /// @custom:cure Pass the event as it stands in the log.
    error EpcisRepositoryNotTheSame(EventId id, bytes32 given, bytes32 captured);

    /// @notice Somebody other than the capturer declares the event erroneous (C-12).
    /// @param id the event
    /// @param capturer who captured it
    /// @param by who declares
    /// @custom:cure Ask the capturer.
    error EpcisRepositoryNotCapturer(EventId id, PartyId capturer, PartyId by);

    /// @notice The event was declared erroneous before.
    /// @param id the event
    /// @custom:cure Nothing is to be done.
    error EpcisRepositoryDeclaredBefore(EventId id);

    /// @notice The declaration gives no reason.
    /// @param id the event
    /// @custom:cure Pass DID_NOT_OCCUR, INCORRECT_DATA or OWN.
    error EpcisRepositoryReasonMissing(EventId id);

    /// @notice The party may not declare what is in circulation already, or no longer.
    /// @param party the party
    /// @param until until when it might, in seconds; 0 = never
    /// @custom:cure The platform allows it with `allowOpening`.
    error EpcisRepositoryOpeningNotAllowed(PartyId party, uint64 until);

    /// @notice Only object events of action ADD declare what is in circulation already.
    /// @param index the event's index in the capture
    /// @custom:cure Capture other events with `capture`.
    error EpcisRepositoryNotAnOpening(uint256 index);

    /// @notice The rule watches already.
    /// @param guard the contract
    /// @custom:cure Remove it first to change what it watches.
    error EpcisRepositoryGuardKnown(ICaptureGuard guard);

    /// @notice The rule does not watch.
    /// @param guard the contract
    /// @custom:cure Nothing is to be done.
    error EpcisRepositoryGuardUnknown(ICaptureGuard guard);

    /// @notice As many rules watch as a capture can bear, or the rule would watch nothing.
    /// @param count how many watch
    /// @param max the most
    /// @custom:cure Remove one that is no longer needed; give a rule at least one step and one kind.
    error EpcisRepositoryGuardRefused(uint256 count, uint256 max);

    // -- writers -------------------------------------------------------------------------------------

    /// @notice Captures events in their order, all or none.
    /// @param by the party that captures
    /// @param events the events, 1 to 50
    /// @return first the number of the first; the others follow
    /// @return number the number of the capture
    /// @custom:caller an agent of the party, or PLATFORM with the party's mandate
    /// @custom:source EPCIS 2.0 (C-01 to C-10, C-13)
    /// @custom:error EpcisRepositoryBatchSize when there is no event or more than 50.
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesSuspended when the party is suspended.
    /// @custom:error TradePartiesNotAgent when the caller does not act for the party.
    /// @custom:error EpcisRepositoryContentIdMissing when an event has no content id.
    /// @custom:error EpcisRepositoryCapturedBefore when an event was captured before.
    /// @custom:error EpcisRepositoryFuture when an event tells of a time to come.
    /// @custom:error EpcisRepositoryTooOld when an event happened longer ago than policy takes.
    /// @custom:error EpcisRepositoryReceiverMissing when a shipping names no receiver and policy allows no open consignment.
    function capture(PartyId by, EpcisEvent[] calldata events) external returns (EventId first, uint64 number);

    /// @notice Captures object events of action ADD that declare what was in circulation before the chain knew of it: whoever holds it, not who
    /// produced it, commissions it. They are recorded as such.
    /// @param by the party that captures
    /// @param events the events, 1 to 50
    /// @return first the number of the first; the others follow
    /// @return number the number of the capture
    /// @custom:caller an agent of the party, or PLATFORM with the party's mandate
    /// @custom:error EpcisRepositoryOpeningNotAllowed when the party may not, or no longer.
    /// @custom:error EpcisRepositoryNotAnOpening when an event is none of an object with action ADD.
    function captureOpening(PartyId by, EpcisEvent[] calldata events) external returns (EventId first, uint64 number);

    /// @notice Declares a captured event erroneous and takes its effects back, so that the state is as if it had never been captured.
    /// @param by the party that captured it
    /// @param captured the event, field by field as captured
    /// @param declarationTime when the error was declared by the party's own account, in milliseconds
    /// @param reason why
    /// @param corrective content ids of the events that stand in its place, captured or not
    /// @return id the event's number
    /// @custom:caller an agent of the party, or PLATFORM with the party's mandate
    /// @custom:source EPCIS 2.0 (C-11, C-12)
    /// @custom:error EpcisRepositoryUnknownContent when the event was not captured.
    /// @custom:error EpcisRepositoryNotTheSame when a field differs.
    /// @custom:error EpcisRepositoryNotCapturer when another party captured it.
    /// @custom:error EpcisRepositoryDeclaredBefore when it was declared before.
    /// @custom:error EpcisRepositoryReasonMissing when there is no reason.
    /// @custom:error EpcisRepositoryFuture when the declaration's time is still to come.
    /// @custom:error TraceStateLaterEvent when a later event rests on it; that one is to be corrected first.
    /// @custom:error TraceLotsLaterEvent when a later event took from the quantity that it brought; that one is to be corrected first.
    function declareError(
        PartyId by,
        EpcisEvent calldata captured,
        uint64 declarationTime,
        ErrorReason reason,
        bytes32[] calldata corrective
    ) external returns (EventId id);

    /// @notice Lets a rule watch events.
    /// @param guard the contract
    /// @param steps the business steps, as bits `1 << step`; bit 0 for events without one
    /// @param kinds the kinds, as bits `1 << kind`
    /// @custom:caller ADMIN
    /// @custom:error GovernedNotAContract when there is no contract at the address.
    /// @custom:error EpcisRepositoryGuardKnown when it watches already.
    /// @custom:error EpcisRepositoryGuardRefused when 12 watch already, or it would watch nothing.
    function addGuard(ICaptureGuard guard, uint64 steps, uint8 kinds) external;

    /// @notice Lets a rule watch no longer.
    /// @param guard the contract
    /// @custom:caller ADMIN
    /// @custom:error EpcisRepositoryGuardUnknown when it does not watch.
    function removeGuard(ICaptureGuard guard) external;

    /// @notice Lets a party declare what is in circulation already, until a moment.
    /// @param party the party
    /// @param until the moment from which it no longer may, in seconds; 0 takes the leave back
    /// @custom:caller PLATFORM
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesSuspended when the party is suspended.
    function allowOpening(PartyId party, uint64 until) external;

    // -- readers -------------------------------------------------------------------------------------

    /// @notice What is kept of an event.
    /// @param id the event
    /// @return the record
    /// @custom:error EpcisRepositoryUnknownEvent when no event has the number.
    function eventOf(EventId id) external view returns (EventRecord memory);

    /// @notice The event with a content id.
    /// @param contentId the content id
    /// @return its number; 0 = not captured
    function eventByContent(bytes32 contentId) external view returns (EventId);

    /// @notice A page of the events that name an object, or that changed what lies in it, in the order of capture; erroneous ones included.
    /// @param object the object
    /// @param offset the first index
    /// @param limit the page size; 1 to 100
    /// @return events the numbers
    /// @return next the offset of the next page, or 0 when this is the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the offset is after the end.
    function eventsOf(
        ObjectId object,
        uint256 offset,
        uint256 limit
    ) external view returns (EventId[] memory events, uint256 next);

    /// @notice Whether an event was declared erroneous.
    /// @param id the event
    /// @return whether it was
    /// @custom:error EpcisRepositoryUnknownEvent when no event has the number.
    function isErroneous(EventId id) external view returns (bool);

    /// @notice How many events were captured; the highest number.
    /// @return the count
    function eventCount() external view returns (uint256);

    /// @notice How many captures there were; the highest number.
    /// @return the count
    function captureNumber() external view returns (uint64);

    /// @notice Until when a party may declare what is in circulation already.
    /// @param party the party
    /// @return the moment, in seconds; 0 = it may not
    function openingUntil(PartyId party) external view returns (uint64);

    /// @notice The rules that watch, in the order in which they are asked.
    /// @return the rules
    function guards() external view returns (GuardEntry[] memory);

    /// @notice The digest of an event as the repository keeps it: Keccak-256 of its ABI encoding.
    /// @param captured the event
    /// @return the digest
    function digestOf(EpcisEvent calldata captured) external pure returns (bytes32);
}
