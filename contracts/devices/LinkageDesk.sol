// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Signature} from "../common/interfaces/ISaltedEIP712.sol";
import {Digests} from "../common/libraries/Digests.sol";
import {SaltedEIP712} from "../common/SaltedEIP712.sol";
import {ITradeParties} from "../traceability/interfaces/ITradeParties.sol";
import {PartyId} from "../traceability/libraries/TraceTypes.sol";
import {IDeviceReadings} from "./interfaces/IDeviceReadings.sol";
import {IDeviceRegister} from "./interfaces/IDeviceRegister.sol";
import {ILinkageDesk} from "./interfaces/ILinkageDesk.sol";
import {DeviceId, DeviceStatus, ReadingId} from "./libraries/DeviceTypes.sol";
import {PartyUser} from "./PartyUser.sol";

/// @title LinkageDesk
/// @notice Linkages between devices of several vendors; see {ILinkageDesk}.
contract LinkageDesk is ILinkageDesk, PartyUser, SaltedEIP712 {
    // Technical limits of one call.
    uint256 private constant _MAX_CONDITIONS = 5;
    uint256 private constant _MAX_STEPS = 10;
    bytes32 private constant _STEP_DONE = keccak256("StepDone(uint256 run,uint32 step,bytes32 action,uint64 at)");
    PartyId private constant _USER = PartyId.wrap(0);

    struct Linkage {
        address user;
        uint64 maxAge;
        PartyId[] vendors;
        Condition[] conditions;
        Step[] steps;
    }

    /// @notice The deployment's register of devices.
    IDeviceRegister public immutable register;
    /// @notice The deployment's readings.
    IDeviceReadings public immutable readings;

    /// @inheritdoc ILinkageDesk
    uint256 public count;
    /// @inheritdoc ILinkageDesk
    uint256 public runCount;
    /// @inheritdoc ILinkageDesk
    mapping(uint256 linkage => mapping(PartyId vendor => bool)) public isAuthorised;

    mapping(uint256 linkage => Linkage) private _linkages;
    mapping(uint256 linkage => mapping(PartyId vendor => bool)) private _isVendor;
    mapping(uint256 linkage => mapping(ReadingId reading => bool)) private _triggered;
    mapping(uint256 run => Run) private _runs;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's register of parties
    /// @param register_ the deployment's {DeviceRegister}
    /// @param readings_ the deployment's {DeviceReadings}; this contract reads it as DEVICE_READER
    /// @param salt_ the salt of the deployment's EIP-712 domains
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IDeviceRegister register_,
        IDeviceReadings readings_,
        bytes32 salt_
    ) PartyUser(authority_, clock_, parties_) SaltedEIP712("Banyan LinkageDesk", "1", salt_) {
        _requireContract(address(register_));
        _requireContract(address(readings_));
        register = register_;
        readings = readings_;
    }

    /// @inheritdoc ILinkageDesk
    function propose(
        PartyId by,
        address user,
        uint64 maxAge,
        Condition[] calldata conditions,
        Step[] calldata steps
    ) external returns (uint256 linkage) {
        _requireAgent(by);
        require(
            user != address(0) &&
                conditions.length != 0 &&
                conditions.length <= _MAX_CONDITIONS &&
                steps.length != 0 &&
                steps.length <= _MAX_STEPS,
            LinkageDeskInvalid(conditions.length, steps.length)
        );

        linkage = ++count;
        Linkage storage entry = _linkages[linkage];
        entry.user = user;
        entry.maxAge = maxAge;
        for (uint256 i = 0; i < conditions.length; ++i) {
            _admit(linkage, entry, conditions[i].device);
            entry.conditions.push(conditions[i]);
        }
        for (uint256 i = 0; i < steps.length; ++i) {
            Digests.requirePresent(steps[i].action);
            _admit(linkage, entry, steps[i].device);
            entry.steps.push(steps[i]);
        }
        require(_isVendor[linkage][by], LinkageDeskNotVendor(linkage, by));
        emit LinkageProposed(linkage, by, user, entry.vendors);
    }

    /// @inheritdoc ILinkageDesk
    function authorise(uint256 linkage, PartyId vendor, bool authorised) external {
        _linkage(linkage);
        _requireAgent(vendor);
        require(_isVendor[linkage][vendor], LinkageDeskNotVendor(linkage, vendor));

        isAuthorised[linkage][vendor] = authorised;
        emit LinkageAuthorised(linkage, vendor, authorised);
    }

    /// @inheritdoc ILinkageDesk
    function authoriseAsUser(uint256 linkage, bool authorised) external {
        _requireUser(linkage, _linkage(linkage));

        isAuthorised[linkage][_USER] = authorised;
        emit LinkageAuthorised(linkage, _USER, authorised);
    }

    /// @inheritdoc ILinkageDesk
    function trigger(uint256 linkage, ReadingId[] calldata batches) external returns (uint256 run) {
        Linkage storage entry = _linkage(linkage);
        _requireAuthorised(linkage, entry);
        uint256 length = entry.conditions.length;
        require(batches.length == length, LinkageDeskConditionNotMet(batches.length, ReadingId.wrap(0)));
        for (uint256 i = 0; i < length; ++i) {
            require(_isMet(entry.conditions[i], entry.maxAge, batches[i]), LinkageDeskConditionNotMet(i, batches[i]));
        }
        ReadingId first = batches[0];
        require(!_triggered[linkage][first], LinkageDeskTriggered(first));

        _triggered[linkage][first] = true;
        run = ++runCount;
        _runs[run] = Run({
            linkage: linkage,
            status: RunStatus.RUNNING,
            done: 0,
            startedAt: clock.timestamp(),
            trigger: first
        });
        emit LinkageTriggered(linkage, run, first);
    }

    /// @inheritdoc ILinkageDesk
    function reportStep(uint256 run, uint32 step, uint64 at, Signature calldata signature) external {
        Run storage entry = _running(run);
        Linkage storage linkage = _linkages[entry.linkage];
        _requireAuthorised(entry.linkage, linkage);
        require(step == entry.done, LinkageDeskOutOfOrder(run, entry.done, step));
        require(at >= entry.startedAt && at <= clock.timestamp(), LinkageDeskWrongTime(at));
        Step storage next = linkage.steps[step];
        DeviceId device = next.device;
        (, address key, ) = register.voiceOf(device);
        _requireSignature(key, keccak256(abi.encode(_STEP_DONE, run, step, next.action.value, at)), signature);

        entry.done = step + 1;
        emit LinkageStepDone(run, step, device, at);
        if (step + 1 == linkage.steps.length) {
            entry.status = RunStatus.COMPLETED;
            emit LinkageEnded(run, RunStatus.COMPLETED);
        }
    }

    /// @inheritdoc ILinkageDesk
    function abort(uint256 run) external {
        Run storage entry = _run(run);
        _requireUser(entry.linkage, _linkages[entry.linkage]);
        _running(run);

        entry.status = RunStatus.ABORTED;
        emit LinkageEnded(run, RunStatus.ABORTED);
    }

    /// @inheritdoc ILinkageDesk
    function linkageOf(
        uint256 linkage
    )
        external
        view
        returns (address user, PartyId[] memory vendors, Condition[] memory conditions, Step[] memory steps)
    {
        Linkage storage entry = _linkage(linkage);
        return (entry.user, entry.vendors, entry.conditions, entry.steps);
    }

    /// @inheritdoc ILinkageDesk
    function runOf(uint256 run) external view returns (Run memory) {
        return _run(run);
    }

    /// @dev Takes a device into a linkage, and its maker among the vendors.
    function _admit(uint256 linkage, Linkage storage entry, DeviceId device) private {
        IDeviceRegister.Device memory found = register.deviceOf(device);
        require(found.status == DeviceStatus.ENROLLED, IDeviceRegister.DeviceRegisterRetired(device));
        if (_isVendor[linkage][found.maker]) return;
        _isVendor[linkage][found.maker] = true;
        entry.vendors.push(found.maker);
    }

    function _isMet(Condition storage condition, uint64 maxAge, ReadingId reading) private view returns (bool) {
        IDeviceReadings.Reading memory batch = readings.readingOf(reading);
        return
            batch.source == condition.device &&
            batch.measure == condition.measure &&
            clock.timestamp() <= uint256(batch.to) + maxAge &&
            (condition.above ? batch.max > condition.threshold : batch.min < condition.threshold);
    }

    function _requireAuthorised(uint256 linkage, Linkage storage entry) private view {
        require(isAuthorised[linkage][_USER], LinkageDeskNotAuthorised(linkage, _USER));
        uint256 length = entry.vendors.length;
        for (uint256 i = 0; i < length; ++i) {
            PartyId vendor = entry.vendors[i];
            require(isAuthorised[linkage][vendor], LinkageDeskNotAuthorised(linkage, vendor));
        }
    }

    function _requireUser(uint256 linkage, Linkage storage entry) private view {
        require(entry.user == _msgSender(), LinkageDeskNotUser(linkage, _msgSender()));
    }

    function _linkage(uint256 linkage) private view returns (Linkage storage entry) {
        entry = _linkages[linkage];
        require(entry.user != address(0), LinkageDeskUnknown(linkage));
    }

    function _run(uint256 run) private view returns (Run storage entry) {
        entry = _runs[run];
        require(entry.status != RunStatus.NONE, LinkageDeskUnknown(run));
    }

    function _running(uint256 run) private view returns (Run storage entry) {
        entry = _run(run);
        require(entry.status == RunStatus.RUNNING, LinkageDeskRunOver(run, entry.status));
    }
}
