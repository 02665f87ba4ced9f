// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {Signature} from "../common/interfaces/ISaltedEIP712.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {Roles} from "../common/Roles.sol";
import {SaltedEIP712} from "../common/SaltedEIP712.sol";
import {KeyKind, ObjectId, PartyId} from "../traceability/libraries/TraceTypes.sol";
import {IBindingRule} from "./interfaces/IBindingRule.sol";
import {IDeviceRegister} from "./interfaces/IDeviceRegister.sol";
import {ITradeParties} from "../traceability/interfaces/ITradeParties.sol";
import {IReadingGroups} from "./interfaces/IReadingGroups.sol";
import {DeviceId, DeviceKind, DeviceStatus, GroupId} from "./libraries/DeviceTypes.sol";
import {PartyUser} from "./PartyUser.sol";

/// @title DeviceRegister
/// @notice Devices, their keys and what they are bound to; see {IDeviceRegister}.
contract DeviceRegister is IDeviceRegister, PartyUser, SaltedEIP712 {
    bytes32 private constant _ENROLMENT = keccak256("Enrolment(bytes32 fingerprint,uint8 algorithm,uint256 owner)");
    bytes32 private constant _ROTATION = keccak256("Rotation(uint256 device,address from)");

    /// @notice The deployment's groups of readings.
    IReadingGroups public immutable groups;

    /// @inheritdoc IDeviceRegister
    IBindingRule public bindingRule;
    /// @inheritdoc IDeviceRegister
    uint256 public count;
    /// @inheritdoc IDeviceRegister
    mapping(address key => DeviceId) public deviceByKey;
    /// @inheritdoc IDeviceRegister
    mapping(ObjectId object => DeviceId) public moduleOf;

    mapping(DeviceId device => Device) private _devices;
    mapping(bytes32 fingerprint => DeviceId) private _byFingerprint;
    mapping(ObjectId object => DeviceId[]) private _bound;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's register of parties
    /// @param groups_ the deployment's {ReadingGroups}
    /// @param salt_ the salt of the deployment's EIP-712 domains
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IReadingGroups groups_,
        bytes32 salt_
    ) PartyUser(authority_, clock_, parties_) SaltedEIP712("Banyan DeviceRegister", "1", salt_) {
        _requireContract(address(groups_));
        groups = groups_;
    }

    /// @inheritdoc IDeviceRegister
    function enrol(
        Filing calldata filing,
        Signature calldata possession
    ) external restricted returns (DeviceId device) {
        require(
            filing.kind != DeviceKind.NONE && PartyId.unwrap(filing.owner) != 0 && PartyId.unwrap(filing.maker) != 0,
            DeviceRegisterIncomplete()
        );
        Digests.requirePresent(filing.fingerprint);
        device = _byFingerprint[filing.fingerprint.value];
        require(DeviceId.unwrap(device) == 0, DeviceRegisterFingerprintTaken(device));
        groups.groupOf(filing.group);
        _checkVoice(filing.gateway, filing.key);

        device = DeviceId.wrap(uint32(++count));
        if (filing.key != address(0)) {
            _takeKey(device, filing.key);
            bytes32 order = keccak256(
                abi.encode(_ENROLMENT, filing.fingerprint.value, filing.fingerprint.algorithm, filing.owner)
            );
            _requireSignature(filing.key, order, possession);
        }
        _byFingerprint[filing.fingerprint.value] = device;
        _write(device, filing);
        emit DeviceEnrolled(device, filing.owner, filing.group, filing.kind, filing.key, filing.fingerprint);
    }

    /// @inheritdoc IDeviceRegister
    function rotateKey(DeviceId device, address key, Signature calldata possession) external {
        Device storage entry = _owned(device);
        address from = entry.key;
        require(key != address(0) && from != address(0), DeviceRegisterNoVoice(entry.gateway, key));
        _takeKey(device, key);
        _requireSignature(key, keccak256(abi.encode(_ROTATION, device, from)), possession);

        entry.key = key;
        entry.keyFrom = clock.timestamp();
        emit DeviceKeyRotated(device, from, key);
    }

    /// @inheritdoc IDeviceRegister
    function setBindingRule(IBindingRule rule) external restricted {
        bindingRule = rule;
        emit BindingRuleSet(rule);
    }

    /// @inheritdoc IDeviceRegister
    function bind(DeviceId device, ObjectId object) external {
        Device storage entry = _owned(device);
        require(ObjectId.unwrap(object) != 0, DeviceRegisterTargetMissing(device));
        require(ObjectId.unwrap(entry.bound) == 0, DeviceRegisterBound(device, entry.bound));
        require(_mayBind(object, entry.owner), DeviceRegisterForeignObject(object, entry.owner));
        if (entry.kind == DeviceKind.MODULE) {
            DeviceId module = moduleOf[object];
            Device storage before = _devices[module];
            require(
                DeviceId.unwrap(module) == 0 || !_mayBind(object, before.owner),
                DeviceRegisterBound(module, object)
            );
            if (DeviceId.unwrap(module) != 0) _unbind(module, before);
            moduleOf[object] = device;
        }

        entry.bound = object;
        entry.boundFrom = clock.timestamp();
        _bound[object].push(device);
        emit DeviceBound(device, object);
    }

    /// @inheritdoc IDeviceRegister
    function unbind(DeviceId device) external {
        Device storage entry = _device(device);
        _requireAgent(entry.owner);
        require(ObjectId.unwrap(entry.bound) != 0, DeviceRegisterNotBound(device));

        _unbind(device, entry);
    }

    /// @inheritdoc IDeviceRegister
    function handOver(DeviceId device, PartyId to) external {
        Device storage entry = _owned(device);
        require(PartyId.unwrap(to) != 0, DeviceRegisterTargetMissing(device));

        PartyId from = entry.owner;
        entry.owner = to;
        emit DeviceHandedOver(device, from, to);
    }

    /// @inheritdoc IDeviceRegister
    function calibrate(
        DeviceId device,
        uint32 maxError,
        uint64 validUntil,
        Digest calldata certificate
    ) external restricted {
        Device storage entry = _enrolled(device);
        uint64 time = clock.timestamp();
        require(validUntil > time, DeviceRegisterCalibrationOver(validUntil, time));
        Digests.requirePresent(certificate);

        entry.maxError = maxError;
        entry.calibratedUntil = validUntil;
        emit DeviceCalibrated(device, maxError, validUntil, certificate);
    }

    /// @inheritdoc IDeviceRegister
    function retire(DeviceId device, Digest calldata reason) external {
        Device storage entry = _enrolled(device);
        (bool isRegulator, ) = IAccessManager(authority()).hasRole(Roles.REGULATOR, _msgSender());
        if (!isRegulator) _requireAgent(entry.owner);
        Digests.requirePresent(reason);

        entry.status = DeviceStatus.RETIRED;
        if (ObjectId.unwrap(entry.bound) != 0) _unbind(device, entry);
        emit DeviceRetired(device, reason);
    }

    /// @inheritdoc IDeviceRegister
    function deviceOf(DeviceId device) external view returns (Device memory) {
        return _device(device);
    }

    /// @inheritdoc IDeviceRegister
    function voiceOf(DeviceId device) external view returns (DeviceId speaker, address key, GroupId group) {
        Device storage entry = _enrolled(device);
        group = entry.group;
        speaker = device;
        key = entry.key;
        if (key == address(0)) {
            speaker = entry.gateway;
            key = _enrolled(speaker).key;
        }
    }

    /// @inheritdoc IDeviceRegister
    function boundTo(
        ObjectId object,
        uint256 cursor,
        uint256 limit
    ) external view returns (DeviceId[] memory devices, uint256 next) {
        DeviceId[] storage all = _bound[object];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        devices = new DeviceId[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            devices[i - cursor] = all[i];
        }
    }

    function _write(DeviceId device, Filing calldata filing) private {
        uint64 time = clock.timestamp();
        Device storage entry = _devices[device];
        entry.kind = filing.kind;
        entry.status = DeviceStatus.ENROLLED;
        entry.maker = filing.maker;
        entry.owner = filing.owner;
        entry.group = filing.group;
        entry.gateway = filing.gateway;
        entry.enrolledAt = time;
        entry.key = filing.key;
        entry.keyFrom = time;
        entry.identity = filing.identity;
        entry.fingerprint = filing.fingerprint;
    }

    function _unbind(DeviceId device, Device storage entry) private {
        ObjectId object = entry.bound;
        entry.bound = ObjectId.wrap(0);
        entry.boundFrom = 0;
        if (entry.kind == DeviceKind.MODULE) moduleOf[object] = DeviceId.wrap(0);
        emit DeviceUnbound(device, object);
    }

    /// @dev A key is never used twice: what it signed stays the word of one device.
    function _takeKey(DeviceId device, address key) private {
        DeviceId taken = deviceByKey[key];
        require(DeviceId.unwrap(taken) == 0, DeviceRegisterKeyTaken(key, taken));
        deviceByKey[key] = device;
    }

    /// @dev Whose a battery is, its passport says; what else devices are bound to is for their owners.
    function _mayBind(ObjectId object, PartyId owner) private view returns (bool) {
        bool isBattery = uint8(ObjectId.unwrap(object)[0]) == uint8(KeyKind.BATTERY);
        return !isBattery || address(bindingRule) == address(0) || bindingRule.mayBind(object, owner);
    }

    function _checkVoice(DeviceId gateway, address key) private view {
        bool isOwn = DeviceId.unwrap(gateway) == 0;
        require(isOwn == (key != address(0)), DeviceRegisterNoVoice(gateway, key));
        if (isOwn) return;
        Device storage speaker = _devices[gateway];
        require(
            speaker.status == DeviceStatus.ENROLLED &&
                speaker.key != address(0) &&
                (speaker.kind == DeviceKind.COLLECTOR || speaker.kind == DeviceKind.GATEWAY),
            DeviceRegisterNoVoice(gateway, key)
        );
    }

    function _device(DeviceId device) private view returns (Device storage entry) {
        entry = _devices[device];
        require(entry.status != DeviceStatus.NONE, DeviceRegisterUnknown(device));
    }

    function _enrolled(DeviceId device) private view returns (Device storage entry) {
        entry = _device(device);
        require(entry.status != DeviceStatus.RETIRED, DeviceRegisterRetired(device));
    }

    function _owned(DeviceId device) private view returns (Device storage entry) {
        entry = _enrolled(device);
        _requireAgent(entry.owner);
    }
}
