// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ParameterId, RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {EpcisEvent, EventKind, BizStep, ObjectId, PartyId} from "../libraries/TraceTypes.sol";
import {ICaptureGuard} from "./ICaptureGuard.sol";

/// @title Key data elements: what an industry's standard wants to be recorded at each critical tracking event
/// @notice A party enrolled under a standard (FSMA 204 for food, DSCSA for medicines, a sandbox's own) captures no event of a critical kind in which a
/// required field is missing; and anybody checks a chain of custody, event by event, against the standard.
/// @dev Which fields a standard requires is a parameter of the policy for each standard and step, a set of bits `1 << element`, with its region, its
/// from-date and its source: see {parameterOf}. Standards that want a field which an EPCIS event has no place for are met only as far as the list goes.
/// @custom:source 21 CFR 1.1325 to 1.1350 (FSMA 204, C-45); 21 U.S.C. 360eee (DSCSA)
interface IKeyDataElements is ICaptureGuard {
    /// @notice A field that a standard can require. New ones are appended, never inserted.
    enum KeyDataElement {
        READ_POINT,
        LOCATION,
        FROM_OWNER,
        TO_OWNER,
        FROM_HOLDER,
        TO_HOLDER,
        CARRIER,
        LOT, // of items: the lot that they belong to; a quantity names its lot itself
        QUANTITY, // a quantity with its unit, or single items
        PRODUCED_AT,
        EXPIRES_AT,
        CERTIFICATE,
        PURCHASE_ORDER,
        INVOICE,
        DESPATCH_ADVICE,
        BILL_OF_LADING,
        PEDIGREE,
        TEST_RESULT,
        SENSORS,
        MASTER_DATA
    }

    /// @notice A party was enrolled under a standard, or under none.
    /// @param party the party
    /// @param standard the standard's name; zero = none
    event PartyEnrolled(PartyId indexed party, bytes32 indexed standard);

    /// @notice An event lacks fields that its party's standard requires.
    /// @param by the party that captures
    /// @param standard the standard
    /// @param missing the fields, as bits `1 << element`
    /// @custom:cure Add the fields to the event and capture it again.
    error KeyDataElementsMissing(PartyId by, bytes32 standard, uint256 missing);

    /// @notice The standard's name is not 1 to 16 characters.
    /// @param standard the name given
    /// @custom:cure Give a short name in capitals, such as `FSMA-204`.
    error KeyDataElementsInvalidStandard(bytes32 standard);

    /// @notice Enrols a party under a standard.
    /// @param party the party
    /// @param standard its name in ASCII, left-aligned; zero = under none
    /// @custom:caller REGULATOR
    /// @custom:error KeyDataElementsInvalidStandard when the name is longer than 16 characters.
    /// @custom:error TradePartiesUnknown when the party is not filed.
    /// @custom:error TradePartiesSuspended when the party is suspended.
    function enrol(PartyId party, bytes32 standard) external;

    /// @notice The standard that a party is enrolled under.
    /// @param party the party
    /// @return its name; zero = none
    function standardOf(PartyId party) external view returns (bytes32);

    /// @notice The fields that an event lacks.
    /// @param standard the standard
    /// @param region the region whose policy holds
    /// @param captured the event
    /// @return missing the fields, as bits `1 << element`
    function missingOf(
        bytes32 standard,
        RegionId region,
        EpcisEvent calldata captured
    ) external view returns (uint256 missing);

    /// @notice Checks a thing's chain of custody: that each event was captured as given and is not erroneous, names the thing, has every required field,
    /// and was captured by who has the thing then: who captured the one before, or after a shipment whom it went to. What others observed is left out.
    /// @param standard the standard
    /// @param region the region whose policy holds
    /// @param object the thing
    /// @param events its events in their order, as they stand in the log
    /// @return complete whether all of that holds
    /// @return at the index of the first event of which it does not; the number of events when it holds
    /// @return missing the fields that this event lacks; 0 where it is not a field that is missing
    function verifyCustody(
        bytes32 standard,
        RegionId region,
        ObjectId object,
        EpcisEvent[] calldata events
    ) external view returns (bool complete, uint256 at, uint256 missing);

    /// @notice The parameter that says which fields a standard requires at a step.
    /// @param standard the standard
    /// @param kind the kind of event
    /// @param step the business step; of a transformation it plays no part
    /// @return `"trace.kde.FSMA-204.33"` with the number of the step, `"trace.kde.FSMA-204.T"` of a transformation
    function parameterOf(bytes32 standard, EventKind kind, BizStep step) external pure returns (ParameterId);
}
