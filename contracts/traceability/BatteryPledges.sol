// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {PartyUser} from "../devices/PartyUser.sol";
import {IBatteryPassports} from "./interfaces/IBatteryPassports.sol";
import {IBatteryPledges} from "./interfaces/IBatteryPledges.sol";
import {IBatteryRecords} from "./interfaces/IBatteryRecords.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";

/// @title BatteryPledges
/// @notice Batteries as security, and their worth; see {IBatteryPledges}.
contract BatteryPledges is IBatteryPledges, PartyUser {
    // Technical limit: with it a call stays under 5 M gas.
    uint256 private constant _MAX_BATTERIES = 30;

    /// @notice The deployment's passports.
    IBatteryPassports public immutable passports;
    /// @notice The deployment's records of batteries.
    IBatteryRecords public immutable records;

    /// @inheritdoc IBatteryPledges
    uint256 public count;
    /// @inheritdoc IBatteryPledges
    uint256 public assessmentCount;
    /// @inheritdoc IBatteryPledges
    mapping(ObjectId battery => uint256) public pledgeOfBattery;

    mapping(uint256 pledge => Pledge) private _pledges;
    mapping(uint256 assessment => Assessment) private _assessments;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's {TradeParties}
    /// @param passports_ the deployment's {BatteryPassports}
    /// @param records_ the deployment's {BatteryRecords}
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IBatteryPassports passports_,
        IBatteryRecords records_
    ) PartyUser(authority_, clock_, parties_) {
        _requireContract(address(passports_));
        _requireContract(address(records_));
        passports = passports_;
        records = records_;
    }

    /// @inheritdoc IBatteryPledges
    function pledge(
        PartyId owner,
        PartyId lender,
        ObjectId[] calldata batteries,
        Digest calldata loan
    ) external returns (uint256 id) {
        _requireAgent(owner);
        require(PartyId.unwrap(lender) != 0 && !(lender == owner), BatteryPledgesNoLender(lender));
        _checkSize(batteries.length);
        Digests.requirePresent(loan);

        id = ++count;
        _pledges[id] = Pledge({
            owner: owner,
            lender: lender,
            pledgedAt: clock.timestamp(),
            batteries: uint32(batteries.length),
            loan: loan
        });
        emit BatteriesPledged(id, owner, lender, batteries, loan);
        for (uint256 i = 0; i < batteries.length; ++i) {
            PartyId actual = passports.batteryOf(batteries[i]).owner;
            require(actual == owner, BatteryPledgesForeign(batteries[i], actual));
            pledgeOfBattery[batteries[i]] = id;
            passports.lock(batteries[i], lender);
        }
    }

    /// @inheritdoc IBatteryPledges
    function release(uint256 id, ObjectId[] calldata batteries) external {
        Pledge storage entry = _pledge(id);
        _requireAgent(entry.lender);
        _checkSize(batteries.length);

        for (uint256 i = 0; i < batteries.length; ++i) {
            require(pledgeOfBattery[batteries[i]] == id, BatteryPledgesNotPledged(id, batteries[i]));
            pledgeOfBattery[batteries[i]] = 0;
            passports.unlock(batteries[i], entry.lender);
        }
        entry.batteries -= uint32(batteries.length);
        emit BatteriesReleased(id, batteries, entry.batteries);
    }

    /// @inheritdoc IBatteryPledges
    function assess(
        ObjectId battery,
        PartyId by,
        uint128 value,
        Digest calldata report
    ) external returns (uint256 assessment) {
        _requireAgent(by);
        (bytes32 head, uint32 batches) = records.headOf(battery);
        require(
            records.mayRead(battery, _msgSender()) && batches != 0 && value != 0,
            BatteryPledgesNotAssessable(battery, _msgSender())
        );
        Digests.requirePresent(report);

        assessment = ++assessmentCount;
        _assessments[assessment] = Assessment({
            battery: battery,
            by: by,
            at: clock.timestamp(),
            batches: batches,
            head: head,
            value: value,
            report: report
        });
        emit BatteryAssessed(assessment, battery, by, value, head);
    }

    /// @inheritdoc IBatteryPledges
    function pledgeOf(uint256 id) external view returns (Pledge memory) {
        return _pledge(id);
    }

    /// @inheritdoc IBatteryPledges
    function assessmentOf(uint256 assessment) external view returns (Assessment memory entry, bool current) {
        entry = _assessments[assessment];
        require(entry.at != 0, BatteryPledgesUnknown(assessment));
        (bytes32 head, ) = records.headOf(entry.battery);
        current = head == entry.head;
    }

    function _pledge(uint256 id) private view returns (Pledge storage entry) {
        entry = _pledges[id];
        require(entry.pledgedAt != 0, BatteryPledgesUnknown(id));
    }

    function _checkSize(uint256 length) private pure {
        require(length != 0 && length <= _MAX_BATTERIES, BatteryPledgesBatch(length, _MAX_BATTERIES));
    }
}
