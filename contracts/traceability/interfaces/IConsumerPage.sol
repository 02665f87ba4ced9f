// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {RecallId} from "../libraries/RecallTypes.sol";
import {CodeVerdict} from "../libraries/ScanTypes.sol";
import {
    Action,
    BizStep,
    Disposition,
    EventId,
    EventKind,
    Gtin,
    ObjectId,
    ObjectStatus,
    PartyId,
    PlaceId
} from "../libraries/TraceTypes.sol";

/// @title Consumer's page
/// @notice What a telephone needs after scanning a code, in one call: the chain of custody with times and places, certificates, the cold chain, recalls
/// and what the code is worth.
/// @dev Watching captures, it keeps one word of each event: when it happened, what it was, where, and who got the goods. The chain of custody of an
/// item is made of the events that name it, of those that name a container while the item lay in it, at any depth, and of its lot's up to its own
/// commissioning; newest first. Events declared erroneous are left out. One call reads the latest 128 events of each of them at most and says whether
/// that was all.
interface IConsumerPage {
    /// @notice One step of the chain of custody.
    /// @param id the event
    /// @param through what it names: the item, a container that the item lay in, or its lot
    /// @param by who captured it
    /// @param gln its GLN; 0 for a confidential partner
    /// @param eventTime when it happened, in milliseconds
    /// @param recordedAt when it was recorded, in seconds
    /// @param kind its kind
    /// @param action its action
    /// @param step its business step
    /// @param disposition its disposition
    /// @param place where it was read, else where the goods are expected; 0 = not stated
    /// @param region the region of the place, else of who captured it
    /// @param to who is to get the goods; 0 = not stated
    struct CustodyStep {
        EventId id;
        ObjectId through;
        PartyId by;
        uint64 gln;
        uint64 eventTime;
        uint64 recordedAt;
        EventKind kind;
        Action action;
        BizStep step;
        Disposition disposition;
        PlaceId place;
        RegionId region;
        PartyId to;
    }

    /// @notice What is told of a code.
    /// @param object the code
    /// @param verdict what it is worth
    /// @param status its life
    /// @param gtin its product; 0 = none filed
    /// @param brandOwner the product's brand owner
    /// @param brandOwnerGln its GLN; 0 for a confidential partner
    /// @param name digest of the product's name
    /// @param lot its lot; zero = none
    /// @param producer who made it
    /// @param producedAt production date, in seconds; 0 = not stated
    /// @param expiresAt first moment at which it may no longer be sold, in seconds; 0 = no shelf life
    /// @param certificate digest of the certificate named at commissioning
    /// @param produceCertificate number of the certificate of produce; 0 = none
    /// @param batchCertificate number of the batch certificate of its lot; 0 = none
    /// @param quarantine number of the quarantine certificate that holds now; 0 = none
    /// @param coldChain 0 no leg, 1 conformant, 2 an excursion, 3 must be refused
    /// @param recalled whether it is recalled now
    /// @param recalls the recalls that reached it
    /// @param scans how often it was scanned
    /// @param firstScanAt when first, in seconds; 0 = never
    /// @param steps the chain of custody, newest first
    /// @param next the cursor of the next page; 0 = this is the last
    /// @param complete whether every event was looked at
    struct Page {
        ObjectId object;
        CodeVerdict verdict;
        ObjectStatus status;
        Gtin gtin;
        PartyId brandOwner;
        uint64 brandOwnerGln;
        Digest name;
        ObjectId lot;
        PartyId producer;
        uint64 producedAt;
        uint64 expiresAt;
        bytes32 certificate;
        uint32 produceCertificate;
        uint32 batchCertificate;
        uint32 quarantine;
        uint8 coldChain;
        bool recalled;
        RecallId[] recalls;
        uint64 scans;
        uint64 firstScanAt;
        CustodyStep[] steps;
        EventId next;
        bool complete;
    }

    /// @notice The page asked for is zero or too large.
    /// @param limit the number of steps asked for
    /// @param max the most
    /// @custom:cure Ask for 1 to `max` steps and read on with the cursor.
    error ConsumerPageLimitOutOfRange(uint256 limit, uint256 max);

    /// @notice Everything that is told of a code. A code that was never commissioned gets a page without steps.
    /// @param object the code
    /// @param region where it is looked at; zero = anywhere
    /// @param cursor 0, or the `next` of the page before
    /// @param limit the most steps, 1 to 50
    /// @return page the page
    /// @custom:error ConsumerPageLimitOutOfRange when the limit is 0 or above 50.
    function pageOf(
        ObjectId object,
        RegionId region,
        EventId cursor,
        uint256 limit
    ) external view returns (Page memory page);
}
