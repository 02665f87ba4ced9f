// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {IPartyUser} from "../../devices/interfaces/IPartyUser.sol";
import {DeviceId} from "../../devices/libraries/DeviceTypes.sol";
import {ColdClass, ColdFigures, ColdStage, Leg, LegId, Verdict} from "../libraries/ColdTypes.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";
import {ICaptureGuard} from "./ICaptureGuard.sol";

/// @title Cold chain
/// @notice What was logged of each leg of a thing, by the device bound to it, and whether it may be received.
/// @dev A leg is planned by who ships (or keeps) the thing, begins with the shipping and ends with the receipt, both captured. What the device logs
/// in between is kept by {IColdLog}. What lies in a container has the container's legs for
/// the time it lay in it. The limits are those of policy at the moment of planning.
///
/// The guard refuses a receipt where policy says that the goods must be refused, and where an alarm is not cleared; who refuses captures
/// `void_shipping` and reports with {reportRefusal}.
interface IColdChain is ICaptureGuard, IPartyUser {
    /// @notice What is planned.
    /// @param object what is watched: an item or a container
    /// @param class what is kept cold
    /// @param stage where
    /// @param device the device that watches; bound to the object
    /// @param carrier who has it on the way; 0 = who plans
    struct Plan {
        ObjectId object;
        ColdClass class;
        ColdStage stage;
        DeviceId device;
        PartyId carrier;
    }

    /// @notice A leg was planned.
    /// @param leg the leg
    /// @param object what is watched
    /// @param device the device that watches
    /// @param class what is kept cold
    /// @param stage where
    event LegPlanned(
        LegId indexed leg,
        ObjectId indexed object,
        DeviceId indexed device,
        ColdClass class,
        ColdStage stage
    );

    /// @notice A leg began.
    /// @param leg the leg
    /// @param object what is watched
    /// @param at when, in seconds
    event LegStarted(LegId indexed leg, ObjectId indexed object, uint64 at);

    /// @notice A leg that was only planned came to nothing.
    /// @param leg the leg
    /// @param object what was to be watched
    event LegCancelled(LegId indexed leg, ObjectId indexed object);

    /// @notice A leg ended.
    /// @param leg the leg
    /// @param object what was watched
    /// @param verdict what the log came to
    /// @param figures the log
    event LegEnded(LegId indexed leg, ObjectId indexed object, Verdict verdict, ColdFigures figures);

    /// @notice An event was declared erroneous: a leg is as it was before it.
    /// @param leg the leg
    event LegReopened(LegId indexed leg);

    /// @notice A consignee reported that it refused the goods.
    /// @param leg the leg
    /// @param object what was refused
    /// @param by who refused
    /// @param verdict what the log came to
    /// @param report digest of the report
    event RefusalReported(
        LegId indexed leg,
        ObjectId indexed object,
        PartyId indexed by,
        Verdict verdict,
        Digest report
    );

    /// @notice There is no such leg.
    /// @param leg the leg given
    /// @custom:cure Use a number from a `LegPlanned` event.
    error ColdChainUnknown(LegId leg);

    /// @notice The plan lacks its class or stage, or the object has a leg of the party, or on its way, that is not over.
    /// @param object the object
    /// @param leg the leg that is not over; 0 = none
    /// @custom:cure Give class and stage; cancel the leg before, or let it end first.
    error ColdChainInvalidPlan(ObjectId object, LegId leg);

    /// @notice The party does not possess the object.
    /// @param object the object
    /// @param by the party
    /// @custom:cure Only the possessor plans.
    error ColdChainNotPossessor(ObjectId object, PartyId by);

    /// @notice The product is to be kept otherwise.
    /// @param object the object
    /// @param expected what it is
    /// @param given what was planned
    /// @custom:cure Plan the product's own class.
    error ColdChainWrongClass(ObjectId object, ColdClass expected, ColdClass given);

    /// @notice The device is not bound to the object.
    /// @param device the device
    /// @param object the object
    /// @custom:cure Bind it in the register of devices first.
    error ColdChainDeviceNotBound(DeviceId device, ObjectId object);

    /// @notice The device is not calibrated, or not well enough.
    /// @param device the device
    /// @param maxError its largest error, in 0.01 K
    /// @param allowed the largest that is allowed
    /// @custom:cure Have it calibrated, or take another.
    error ColdChainNotCalibrated(DeviceId device, uint32 maxError, uint256 allowed);

    /// @notice The leg's status does not allow this.
    /// @param leg the leg
    /// @custom:cure A leg is cancelled before it runs; a stay is ended while it runs; a refusal is reported once, after it ended.
    error ColdChainWrongStatus(LegId leg);

    /// @notice The goods may not be shipped without a planned leg.
    /// @param object the object
    /// @param class what it is, or holds
    /// @custom:cure Bind a device and plan the leg before it is shipped.
    error ColdChainLegMissing(ObjectId object, ColdClass class);

    /// @notice Goods that are kept differently cannot lie in one container.
    /// @param container the container
    /// @param inside what it holds
    /// @param added what was to be added
    /// @custom:cure Pack them apart.
    error ColdChainMixed(ObjectId container, ColdClass inside, ColdClass added);

    /// @notice The goods must be refused (C-37, C-40).
    /// @param object the object
    /// @param leg the leg
    /// @param max the largest reading, in 0.01 degC
    /// @param outside time outside, in seconds
    /// @param gaps gaps in the log
    /// @custom:cure Capture `void_shipping` as the consignee, and report the refusal.
    error ColdChainMustRefuse(ObjectId object, LegId leg, int16 max, uint32 outside, uint32 gaps);

    /// @notice The leg's alarm is not cleared, an excursion was not decided on, or who decided acts for who receives.
    /// @param object the object
    /// @param leg the leg
    /// @custom:cure A quality officer of nobody concerned clears it with a reason, or the goods are refused.
    error ColdChainAlarmOpen(ObjectId object, LegId leg);

    /// @notice Only the party that ended the leg reports its refusal.
    /// @param leg the leg
    /// @param by the party given
    /// @custom:cure The consignee that captured `void_shipping` reports.
    error ColdChainNotRefuser(LegId leg, PartyId by);

    /// @notice Plans a leg. What a former possessor left planned is cancelled, and a stay that it left running ended.
    /// @param by the possessor
    /// @param plan what is planned
    /// @return leg the leg; a stay (STORE, DISPLAY) begins at once
    /// @custom:caller an agent of the possessor
    /// @custom:source 药品GSP附录3 Art 2-6 (C-35)
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error ColdChainNotPossessor when the party does not possess the object.
    /// @custom:error ColdChainInvalidPlan when class or stage are missing, or a leg is not over.
    /// @custom:error ColdChainWrongClass when the product is to be kept otherwise.
    /// @custom:error ColdChainDeviceNotBound when the device is not bound to the object.
    /// @custom:error ColdChainNotCalibrated when the calibration is missing, over, or not good enough.
    /// @custom:error PolicyRegistryParameterNotSet when policy has no range or logging interval for it.
    function plan(PartyId by, Plan calldata plan) external returns (LegId leg);

    /// @notice Cancels a leg that is only planned: its shipping was not captured.
    /// @param leg the leg
    /// @custom:caller an agent of who planned it
    /// @custom:error ColdChainUnknown when there is no such leg.
    /// @custom:error PartyUserNotAgent when the caller does not act for who planned it.
    /// @custom:error ColdChainWrongStatus when it is not PLANNED any more.
    function cancel(LegId leg) external;

    /// @notice Ends a stay (STORE, DISPLAY).
    /// @param leg the leg
    /// @custom:caller an agent of who planned it
    /// @custom:error ColdChainUnknown when there is no such leg.
    /// @custom:error PartyUserNotAgent when the caller does not act for who planned it.
    /// @custom:error ColdChainWrongStatus when it is a transport, or does not run.
    function endStay(LegId leg) external;

    /// @notice Reports a refusal, with what the log came to.
    /// @param leg the leg
    /// @param by who refused
    /// @param report digest of the report
    /// @custom:caller an agent of the consignee that captured `void_shipping`
    /// @custom:source 疫苗管理法 37, 39 (C-37); DB31/T 388 (C-40)
    /// @custom:error ColdChainUnknown when there is no such leg.
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error ColdChainWrongStatus when it was not refused, or reported before.
    /// @custom:error ColdChainNotRefuser when another party refused.
    /// @custom:error DigestsMissing when the report is missing.
    function reportRefusal(LegId leg, PartyId by, Digest calldata report) external;

    /// @notice How many legs were planned.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice A leg.
    /// @param leg its number
    /// @return the leg
    /// @custom:error ColdChainUnknown when there is no such leg.
    function legOf(LegId leg) external view returns (Leg memory);

    /// @notice What the log of a leg comes to: at its end, or now while it runs.
    /// @param leg its number
    /// @return the verdict
    /// @custom:error ColdChainUnknown when there is no such leg.
    function verdictOfLeg(LegId leg) external view returns (Verdict);

    /// @notice What all legs of an object come to: its own, and those of the containers it lay in while it did. Looks at up to 64 of them.
    /// @param object an item, a container or a lot
    /// @return verdict the worst
    /// @return figures the legs together, figure by figure the worst
    /// @return legs how many legs were looked at
    function verdictOf(
        ObjectId object
    ) external view returns (Verdict verdict, ColdFigures memory figures, uint256 legs);

    /// @notice The legs of an object itself, in their order.
    /// @param object the object
    /// @param cursor where to begin; 0 or the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return legs their numbers
    /// @return next the next page's cursor; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the page size is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is past the end.
    function legsOf(
        ObjectId object,
        uint256 cursor,
        uint256 limit
    ) external view returns (LegId[] memory legs, uint256 next);

    /// @notice What an object is, or holds, by product or by what was packed into it.
    /// @param object an item, a lot or a container
    /// @return the class; NONE = nothing that is kept cold
    function classOf(ObjectId object) external view returns (ColdClass);

    /// @notice Until when the log of a leg is kept (C-37, C-43). The chain keeps it anyway; this is for the readings behind the roots.
    /// @param leg its number
    /// @param expiresAt when the goods expire, in seconds; 0 = not known
    /// @return the first second at which it need not be kept any more
    /// @custom:unit expiresAt: s
    /// @custom:error ColdChainUnknown when there is no such leg.
    function retainUntil(LegId leg, uint64 expiresAt) external view returns (uint64);
}
