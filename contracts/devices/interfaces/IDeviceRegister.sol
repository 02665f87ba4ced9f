// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISaltedEIP712, Signature} from "../../common/interfaces/ISaltedEIP712.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {ObjectId, PartyId} from "../../traceability/libraries/TraceTypes.sol";
import {DeviceId, DeviceKind, DeviceStatus, GroupId} from "../libraries/DeviceTypes.sol";
import {IBindingRule} from "./IBindingRule.sol";
import {IPartyUser} from "./IPartyUser.sol";

/// @title Register of devices
/// @notice Which devices exist, whose they are, which key speaks for each, and which thing each is bound to.
/// @dev A device is known by the digest of its fingerprint and by its key; each serves one device only, for ever. A sensor without a key speaks
/// through a collector or gateway that has one. A device is bound to at most one thing at a time (container, vehicle, battery, building); a thing
/// has at most one MODULE.
interface IDeviceRegister is IPartyUser, ISaltedEIP712 {
    /// @notice What is enrolled.
    /// @param kind what it is
    /// @param maker who made it; for a linkage the vendor whose platform it belongs to
    /// @param owner whose it is
    /// @param group the group that its readings belong to
    /// @param gateway the device that signs for it; 0 = it signs itself
    /// @param key address of its key; zero when another device signs for it
    /// @param identity its own id as a traced thing; zero = none
    /// @param fingerprint digest of its fingerprint (hardware serial numbers, certificate)
    struct Filing {
        DeviceKind kind;
        PartyId maker;
        PartyId owner;
        GroupId group;
        DeviceId gateway;
        address key;
        ObjectId identity;
        Digest fingerprint;
    }

    /// @notice A device.
    /// @param kind what it is
    /// @param status whether it is enrolled
    /// @param maker who made it
    /// @param owner whose it is
    /// @param group the group that its readings belong to
    /// @param gateway the device that signs for it; 0 = it signs itself
    /// @param enrolledAt when it was enrolled, in seconds
    /// @param key address of its key; zero when another device signs for it
    /// @param keyFrom since when the key holds, in seconds
    /// @param identity its own id as a traced thing; zero = none
    /// @param bound the thing it is bound to; zero = none
    /// @param boundFrom since when, in seconds
    /// @param maxError largest error at its last calibration, in the measure's unit
    /// @param calibratedUntil the first second at which the calibration is over; 0 = never calibrated
    /// @param fingerprint digest of its fingerprint
    struct Device {
        DeviceKind kind;
        DeviceStatus status;
        PartyId maker;
        PartyId owner;
        GroupId group;
        DeviceId gateway;
        uint64 enrolledAt;
        address key;
        uint64 keyFrom;
        ObjectId identity;
        ObjectId bound;
        uint64 boundFrom;
        uint32 maxError;
        uint64 calibratedUntil;
        Digest fingerprint;
    }

    /// @notice A device was enrolled.
    /// @param device the device
    /// @param owner whose it is
    /// @param group the group that its readings belong to
    /// @param kind what it is
    /// @param key address of its key
    /// @param fingerprint digest of its fingerprint
    event DeviceEnrolled(
        DeviceId indexed device,
        PartyId indexed owner,
        GroupId indexed group,
        DeviceKind kind,
        address key,
        Digest fingerprint
    );

    /// @notice A device got another key; the one before speaks for it no more.
    /// @param device the device
    /// @param from address of the key before
    /// @param to address of the new key
    event DeviceKeyRotated(DeviceId indexed device, address from, address to);

    /// @notice A device was bound to a thing.
    /// @param device the device
    /// @param object the thing
    event DeviceBound(DeviceId indexed device, ObjectId indexed object);

    /// @notice A device was taken off a thing.
    /// @param device the device
    /// @param object the thing
    event DeviceUnbound(DeviceId indexed device, ObjectId indexed object);

    /// @notice A device went over to another owner.
    /// @param device the device
    /// @param from the owner before
    /// @param to the owner now
    event DeviceHandedOver(DeviceId indexed device, PartyId indexed from, PartyId indexed to);

    /// @notice A testing body recorded a calibration.
    /// @param device the device
    /// @param maxError largest error, in the measure's unit
    /// @param validUntil the first second at which the calibration is over
    /// @param certificate digest of the certificate
    event DeviceCalibrated(DeviceId indexed device, uint32 maxError, uint64 validUntil, Digest certificate);

    /// @notice Another contract is asked who may bind devices to batteries.
    /// @param rule the contract; zero = nobody is asked
    event BindingRuleSet(IBindingRule rule);

    /// @notice A device was retired: it never speaks again.
    /// @param device the device
    /// @param reason digest of the reason
    event DeviceRetired(DeviceId indexed device, Digest reason);

    /// @notice No device has this number.
    /// @param device the number given
    /// @custom:cure Use a number from a `DeviceEnrolled` event.
    error DeviceRegisterUnknown(DeviceId device);

    /// @notice The device was retired.
    /// @param device the device
    /// @custom:cure Enrol the device that took its place.
    error DeviceRegisterRetired(DeviceId device);

    /// @notice The filing lacks its kind, owner or maker.
    /// @custom:cure Give the kind, the owner and the maker.
    error DeviceRegisterIncomplete();

    /// @notice A device of this fingerprint was enrolled before.
    /// @param device the device enrolled before
    /// @custom:cure Use that device; a fingerprint serves one device, also after it was retired.
    error DeviceRegisterFingerprintTaken(DeviceId device);

    /// @notice The key serves, or served, another device.
    /// @param key the key's address
    /// @param device the device that it serves
    /// @custom:cure Make a new key inside the device.
    error DeviceRegisterKeyTaken(address key, DeviceId device);

    /// @notice A device needs either a key of its own or a collector or gateway with a key that signs for it.
    /// @param gateway the gateway given
    /// @param key the key given
    /// @custom:cure Give a key and no gateway, or a gateway that is an enrolled COLLECTOR or GATEWAY with a key, and no key.
    error DeviceRegisterNoVoice(DeviceId gateway, address key);

    /// @notice The device is bound to a thing already, or the thing has a module.
    /// @param device the device that is bound
    /// @param object the thing
    /// @custom:cure Unbind it first.
    error DeviceRegisterBound(DeviceId device, ObjectId object);

    /// @notice The battery is another's, or has no passport.
    /// @param object the battery
    /// @param owner whose the device is
    /// @custom:cure Issue the passport first; only devices of the battery's operator or owner are bound to it.
    error DeviceRegisterForeignObject(ObjectId object, PartyId owner);

    /// @notice The device is bound to nothing.
    /// @param device the device
    /// @custom:cure Nothing is to be unbound.
    error DeviceRegisterNotBound(DeviceId device);

    /// @notice The calibration is over before it begins.
    /// @param validUntil the end given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give an end after the present time.
    error DeviceRegisterCalibrationOver(uint64 validUntil, uint64 timestamp);

    /// @notice The thing to bind to, or the new owner, is missing.
    /// @param device the device
    /// @custom:cure Name it.
    error DeviceRegisterTargetMissing(DeviceId device);

    /// @notice Enrols a device.
    /// @param filing what is enrolled
    /// @param possession the device's signature over the EIP-712 struct
    /// `Enrolment(bytes32 fingerprint,uint8 algorithm,uint256 owner)`: nobody enrols a key that the device does not hold; empty when it has none
    /// @return device the device
    /// @custom:caller PLATFORM
    /// @custom:error DeviceRegisterIncomplete when kind, owner or maker is missing.
    /// @custom:error DigestsMissing when the fingerprint is missing.
    /// @custom:error DeviceRegisterFingerprintTaken when the fingerprint was enrolled before.
    /// @custom:error ReadingGroupsUnknown when no group has the number.
    /// @custom:error DeviceRegisterNoVoice when neither, or both, of key and gateway are given, or the gateway cannot sign.
    /// @custom:error DeviceRegisterKeyTaken when the key serves another device.
    /// @custom:error SaltedEIP712InvalidSignature when the key did not sign.
    function enrol(Filing calldata filing, Signature calldata possession) external returns (DeviceId device);

    /// @notice Gives a device another key.
    /// @param device the device; one with a key
    /// @param key address of the new key
    /// @param possession the new key's signature over `Rotation(uint256 device,address from)`
    /// @custom:caller an agent of the owner
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    /// @custom:error DeviceRegisterRetired when it was retired.
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner.
    /// @custom:error DeviceRegisterNoVoice when another device signs for it, or the key is zero.
    /// @custom:error DeviceRegisterKeyTaken when the key serves a device.
    /// @custom:error SaltedEIP712InvalidSignature when the new key did not sign.
    function rotateKey(DeviceId device, address key, Signature calldata possession) external;

    /// @notice Names the contract that knows whose a battery is.
    /// @param rule the contract; zero = nobody is asked
    /// @custom:caller ADMIN
    function setBindingRule(IBindingRule rule) external;

    /// @notice Binds a device to a thing. A module whose owner may not bind it any more makes room.
    /// @param device the device
    /// @param object the thing
    /// @custom:caller an agent of the owner
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    /// @custom:error DeviceRegisterRetired when it was retired.
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner.
    /// @custom:error DeviceRegisterTargetMissing when the thing is zero.
    /// @custom:error DeviceRegisterForeignObject when it is a battery of another, or one without a passport.
    /// @custom:error DeviceRegisterBound when it is bound to a thing, or the thing has a module.
    function bind(DeviceId device, ObjectId object) external;

    /// @notice Takes a device off the thing that it is bound to.
    /// @param device the device
    /// @custom:caller an agent of the owner
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner.
    /// @custom:error DeviceRegisterNotBound when it is bound to nothing.
    function unbind(DeviceId device) external;

    /// @notice Hands a device over to another owner; binding and key stay.
    /// @param device the device
    /// @param to the new owner
    /// @custom:caller an agent of the owner
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    /// @custom:error DeviceRegisterRetired when it was retired.
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner.
    /// @custom:error DeviceRegisterTargetMissing when the new owner is missing.
    function handOver(DeviceId device, PartyId to) external;

    /// @notice Records a calibration.
    /// @param device the device
    /// @param maxError largest error, in the measure's unit
    /// @param validUntil the first second at which the calibration is over
    /// @param certificate digest of the certificate
    /// @custom:caller AUDITOR
    /// @custom:unit validUntil: s
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    /// @custom:error DeviceRegisterRetired when it was retired.
    /// @custom:error DeviceRegisterCalibrationOver when the end has passed.
    /// @custom:error DigestsMissing when the certificate is missing.
    function calibrate(DeviceId device, uint32 maxError, uint64 validUntil, Digest calldata certificate) external;

    /// @notice Retires a device, for good. It is unbound.
    /// @param device the device
    /// @param reason digest of the reason
    /// @custom:caller an agent of the owner, or REGULATOR
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    /// @custom:error DeviceRegisterRetired when it was retired.
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner and is not the regulator.
    /// @custom:error DigestsMissing when the reason is missing.
    function retire(DeviceId device, Digest calldata reason) external;

    /// @notice How many devices were ever enrolled.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice A device.
    /// @param device its number
    /// @return the device
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    function deviceOf(DeviceId device) external view returns (Device memory);

    /// @notice Who signs for a device now: itself, or its gateway.
    /// @param device the device
    /// @return speaker the device that signs
    /// @return key address of the key it signs with
    /// @return group the group that the readings belong to
    /// @custom:error DeviceRegisterUnknown when no device has the number.
    /// @custom:error DeviceRegisterRetired when it, or its gateway, was retired.
    function voiceOf(DeviceId device) external view returns (DeviceId speaker, address key, GroupId group);

    /// @notice The device that a key serves, or served.
    /// @param key the key's address
    /// @return the device; 0 = none
    function deviceByKey(address key) external view returns (DeviceId);

    /// @notice The contract that is asked who may bind devices to batteries.
    /// @return the contract; zero = nobody is asked
    function bindingRule() external view returns (IBindingRule);

    /// @notice The module that is built into a thing.
    /// @param object the thing
    /// @return the module; 0 = none
    function moduleOf(ObjectId object) external view returns (DeviceId);

    /// @notice The devices that were ever bound to a thing, in that order; a device bound twice stands there twice.
    /// @param object the thing
    /// @param cursor where to begin; 0 or the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return devices the devices
    /// @return next the next page's cursor; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the page size is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is past the end.
    function boundTo(
        ObjectId object,
        uint256 cursor,
        uint256 limit
    ) external view returns (DeviceId[] memory devices, uint256 next);
}
