// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry} from "../common/interfaces/IPolicyRegistry.sol";
import {Signature} from "../common/interfaces/ISaltedEIP712.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {SaltedEIP712} from "../common/SaltedEIP712.sol";
import {IDeviceRegister} from "../devices/interfaces/IDeviceRegister.sol";
import {IReadingGroups} from "../devices/interfaces/IReadingGroups.sol";
import {DeviceId} from "../devices/libraries/DeviceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";
import {IBatteryPassports} from "./interfaces/IBatteryPassports.sol";
import {IBatteryRecords} from "./interfaces/IBatteryRecords.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {Batteries, HealthMethod} from "./libraries/BatteryTypes.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyRole} from "./libraries/TradeTypes.sol";

/// @title BatteryRecords
/// @notice Histories of batteries, signed by their modules; see {IBatteryRecords}.
contract BatteryRecords is IBatteryRecords, PartyUser, SaltedEIP712 {
    // Technical limits of one call, and of what a measurement can say.
    uint256 private constant _MAX_BATCHES = 20;
    uint32 private constant _FULL = 1_000_000;
    uint32 private constant _MOST_HEALTH = 1_100_000;
    bytes32 private constant _BATCH = keccak256(
        "BatteryBatch(bytes32 battery,uint32 device,uint64 sequence,uint64 from,uint64 to,uint32 chargedWh,uint32 dischargedWh,uint32 cycles,uint32 charge,int16 minTemperature,int16 maxTemperature,bytes32 position,uint32 warnings,bytes32 root)"
    );

    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The deployment's register of devices.
    IDeviceRegister public immutable register;
    /// @notice The deployment's groups of readings.
    IReadingGroups public immutable groups;
    /// @notice The deployment's passports.
    IBatteryPassports public immutable passports;

    /// @inheritdoc IBatteryRecords
    mapping(DeviceId device => uint64) public sequenceOf;

    mapping(ObjectId battery => Life) private _lives;
    mapping(ObjectId battery => BatteryBatch[]) private _batches;
    mapping(ObjectId battery => HealthClaim[]) private _claims;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's {TradeParties}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param register_ the deployment's {DeviceRegister}
    /// @param groups_ the deployment's {ReadingGroups}
    /// @param passports_ the deployment's {BatteryPassports}
    /// @param salt_ the salt of the deployment's EIP-712 domains
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IPolicyRegistry policies_,
        IDeviceRegister register_,
        IReadingGroups groups_,
        IBatteryPassports passports_,
        bytes32 salt_
    ) PartyUser(authority_, clock_, parties_) SaltedEIP712("Banyan BatteryRecords", "1", salt_) {
        _requireContract(address(policies_));
        _requireContract(address(register_));
        _requireContract(address(groups_));
        _requireContract(address(passports_));
        policies = policies_;
        register = register_;
        groups = groups_;
        passports = passports_;
    }

    /// @inheritdoc IBatteryRecords
    function record(BatteryBatch[] calldata batches, Signature[] calldata signatures) external {
        uint256 length = batches.length;
        require(
            length != 0 && length <= _MAX_BATCHES && length == signatures.length,
            BatteryRecordsBatch(length, signatures.length, _MAX_BATCHES)
        );
        for (uint256 i = 0; i < length; ++i) {
            _record(batches[i], signatures[i]);
        }
    }

    /// @inheritdoc IBatteryRecords
    function claimHealth(
        ObjectId battery,
        PartyId by,
        HealthMethod method,
        uint32 health,
        uint32 cycle,
        int16 temperature,
        Digest calldata report
    ) external {
        IBatteryPassports.Passport memory passport = passports.batteryOf(battery);
        _requireAgent(by);
        require(
            passport.operator == by || parties.hasRole(by, PartyRole.LABORATORY),
            BatteryRecordsNotClaimant(battery, by)
        );
        _checkClaim(battery, method, health, cycle);
        Digests.requirePresent(report);

        HealthClaim memory claim = HealthClaim({
            by: by,
            method: method,
            at: clock.timestamp(),
            health: health,
            cycle: cycle,
            temperature: temperature,
            report: report
        });
        _claims[battery].push(claim);
        emit HealthClaimed(battery, by, _claims[battery].length - 1, claim);
        uint256 line = _line(passport.operator);
        if (health < line) emit EndOfLifeSuggested(battery, health, line);
    }

    /// @inheritdoc IBatteryRecords
    function headOf(ObjectId battery) external view returns (bytes32 head, uint32 batches) {
        return (_lives[battery].head, _lives[battery].batches);
    }

    /// @inheritdoc IBatteryRecords
    function lifeOf(ObjectId battery) external view returns (Life memory) {
        _requireReader(battery);
        return _lives[battery];
    }

    /// @inheritdoc IBatteryRecords
    function historyOf(
        ObjectId battery,
        uint256 cursor,
        uint256 limit
    ) external view returns (BatteryBatch[] memory batches, uint256 next) {
        _requireReader(battery);
        BatteryBatch[] storage all = _batches[battery];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        batches = new BatteryBatch[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            batches[i - cursor] = all[i];
        }
    }

    /// @inheritdoc IBatteryRecords
    function healthOf(
        ObjectId battery,
        uint256 cursor,
        uint256 limit
    ) external view returns (HealthClaim[] memory claims, uint256 next) {
        HealthClaim[] storage all = _claims[battery];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        claims = new HealthClaim[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            claims[i - cursor] = all[i];
        }
    }

    /// @inheritdoc IBatteryRecords
    function endOfLife(ObjectId battery) external view returns (bool suggested, uint32 health, uint256 line) {
        line = _line(passports.batteryOf(battery).operator);
        HealthClaim[] storage claims = _claims[battery];
        if (claims.length == 0) return (false, 0, line);
        health = claims[claims.length - 1].health;
        suggested = health < line;
    }

    /// @inheritdoc IBatteryRecords
    function mayRead(ObjectId battery, address account) public view returns (bool) {
        IBatteryPassports.Passport memory passport = passports.batteryOf(battery);
        return
            (account != address(0) && passport.keeper == account) ||
            _isAgent(passport.operator, account) ||
            _isAgent(passport.owner, account) ||
            groups.mayRead(passport.group, account);
    }

    function _record(BatteryBatch calldata batch, Signature calldata signature) private {
        IBatteryPassports.Passport memory passport = passports.batteryOf(batch.battery);
        DeviceId module = register.moduleOf(batch.battery);
        require(
            DeviceId.unwrap(module) != 0 && module == batch.device,
            BatteryRecordsNotModule(batch.battery, batch.device, module)
        );
        IDeviceRegister.Device memory device = register.deviceOf(module);
        require(
            device.owner == passport.operator || device.owner == passport.owner,
            BatteryRecordsForeignModule(batch.battery, module, device.owner)
        );
        uint64 expected = sequenceOf[module] + 1;
        require(batch.sequence == expected, BatteryRecordsOutOfSequence(module, expected, batch.sequence));
        (, address key, ) = register.voiceOf(module);
        bytes32 structHash = keccak256(abi.encode(_BATCH, batch));
        _requireSignature(key, structHash, signature);
        Life storage life = _lives[batch.battery];
        _check(batch, life, device.boundFrom);

        sequenceOf[module] = expected;
        _batches[batch.battery].push(batch);
        bytes32 head = keccak256(abi.encode(life.head, structHash));
        uint256 index = life.batches;
        _live(life, batch, head);
        emit BatteryRecorded(batch.battery, module, index, batch, head);
        if (batch.warnings != 0) emit BatteryWarned(batch.battery, index, batch.warnings);
    }

    /// @dev Adds a batch to what the history comes to.
    function _live(Life storage life, BatteryBatch calldata batch, bytes32 head) private {
        if (life.batches == 0 || batch.minTemperature < life.minTemperature) life.minTemperature = batch.minTemperature;
        if (life.batches == 0 || batch.maxTemperature > life.maxTemperature) life.maxTemperature = batch.maxTemperature;
        ++life.batches;
        if (batch.position != 0 && batch.position != life.position) {
            life.position = batch.position;
            ++life.moves;
        }
        if (batch.warnings != 0) {
            ++life.warned;
            life.warnings |= batch.warnings;
        }
        life.cycles = batch.cycles;
        life.charge = batch.charge;
        life.lastAt = batch.to;
        life.chargedWh += batch.chargedWh;
        life.dischargedWh += batch.dischargedWh;
        life.head = head;
    }

    /// @dev What a module measured before it was built in is of another battery.
    function _check(BatteryBatch calldata batch, Life storage life, uint64 boundFrom) private view {
        uint64 last = life.lastAt > boundFrom ? life.lastAt : boundFrom;
        require(
            batch.from > last && batch.from <= batch.to && batch.to <= clock.timestamp(),
            BatteryRecordsWrongTime(batch.battery, batch.from, batch.to, last)
        );
        require(
            batch.cycles >= life.cycles &&
                batch.charge <= _FULL &&
                batch.minTemperature <= batch.maxTemperature &&
                batch.root != 0,
            BatteryRecordsContradictory(batch.battery, batch.sequence)
        );
    }

    function _checkClaim(ObjectId battery, HealthMethod method, uint32 health, uint32 cycle) private view {
        HealthClaim[] storage claims = _claims[battery];
        uint32 last = claims.length == 0 ? 0 : claims[claims.length - 1].cycle;
        uint32 recorded = _lives[battery].cycles;
        require(
            method != HealthMethod.NONE && health != 0 && health <= _MOST_HEALTH && cycle >= last && cycle <= recorded,
            BatteryRecordsInvalidClaim(battery, cycle, recorded)
        );
    }

    function _line(PartyId operator) private view returns (uint256 line) {
        (, line) = policies.tryValueOf(parties.regionOf(operator), clock.timestamp(), Batteries.END_OF_LIFE);
    }

    function _requireReader(ObjectId battery) private view {
        require(mayRead(battery, _msgSender()), BatteryRecordsNotReader(battery, _msgSender()));
    }
}
