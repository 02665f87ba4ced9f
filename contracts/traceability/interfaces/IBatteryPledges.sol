// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {IPartyUser} from "../../devices/interfaces/IPartyUser.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Pledged batteries
/// @notice Batteries as security of a loan, and what they are worth by their own history. What is pledged changes neither owner nor life until the
/// lender releases it; it can be used, charged and swapped meanwhile.
interface IBatteryPledges is IPartyUser {
    /// @notice A pledge.
    /// @param owner whose batteries they are
    /// @param lender for whom
    /// @param pledgedAt when, in seconds
    /// @param batteries how many are still pledged
    /// @param loan digest of the loan contract
    struct Pledge {
        PartyId owner;
        PartyId lender;
        uint64 pledgedAt;
        uint32 batteries;
        Digest loan;
    }

    /// @notice What a battery was found to be worth.
    /// @param battery the battery
    /// @param by who assessed it
    /// @param at when, in seconds
    /// @param batches how many batches of its history were there
    /// @param head the chain of hashes over them
    /// @param value what it is worth, in fen
    /// @param report digest of the report
    struct Assessment {
        ObjectId battery;
        PartyId by;
        uint64 at;
        uint32 batches;
        bytes32 head;
        uint128 value;
        Digest report;
    }

    /// @notice Batteries were pledged.
    /// @param pledge the pledge
    /// @param owner whose they are
    /// @param lender for whom
    /// @param batteries the batteries
    /// @param loan digest of the loan contract
    event BatteriesPledged(
        uint256 indexed pledge,
        PartyId indexed owner,
        PartyId indexed lender,
        ObjectId[] batteries,
        Digest loan
    );

    /// @notice Batteries were released.
    /// @param pledge the pledge
    /// @param batteries the batteries
    /// @param left how many are still pledged
    event BatteriesReleased(uint256 indexed pledge, ObjectId[] batteries, uint32 left);

    /// @notice A battery was assessed.
    /// @param assessment the assessment
    /// @param battery the battery
    /// @param by who assessed it
    /// @param value what it is worth, in fen
    /// @param head the history that it rests on
    event BatteryAssessed(
        uint256 indexed assessment,
        ObjectId indexed battery,
        PartyId indexed by,
        uint256 value,
        bytes32 head
    );

    /// @notice No battery, or too many.
    /// @param count how many were given
    /// @param max the most
    /// @custom:cure Give 1 to `max` batteries.
    error BatteryPledgesBatch(uint256 count, uint256 max);

    /// @notice There is no such pledge or assessment.
    /// @param id the number given
    /// @custom:cure Use numbers from `BatteriesPledged` and `BatteryAssessed` events.
    error BatteryPledgesUnknown(uint256 id);

    /// @notice The battery is not the pledger's.
    /// @param battery the battery
    /// @param owner whose it is
    /// @custom:cure Pledge what is yours.
    error BatteryPledgesForeign(ObjectId battery, PartyId owner);

    /// @notice The lender is missing, or is the owner.
    /// @param lender the lender given
    /// @custom:cure Name another party.
    error BatteryPledgesNoLender(PartyId lender);

    /// @notice The battery is not part of the pledge.
    /// @param pledge the pledge
    /// @param battery the battery
    /// @custom:cure Name batteries of the pledge that are not released.
    error BatteryPledgesNotPledged(uint256 pledge, ObjectId battery);

    /// @notice The assessor may not read the battery, or it has no history or no value.
    /// @param battery the battery
    /// @param account the account
    /// @custom:cure Open a reading of the battery's group, and give a value.
    error BatteryPledgesNotAssessable(ObjectId battery, address account);

    /// @notice Pledges batteries, all or none.
    /// @param owner whose they are
    /// @param lender for whom
    /// @param batteries the batteries, 1 to 30
    /// @param loan digest of the loan contract
    /// @return pledge the pledge
    /// @custom:caller an agent of the owner
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner.
    /// @custom:error BatteryPledgesNoLender when the lender is missing or is the owner.
    /// @custom:error BatteryPledgesBatch when there are none or too many.
    /// @custom:error BatteryPledgesForeign when a battery is another's.
    /// @custom:error BatteryPassportsUnknown when a battery has no passport.
    /// @custom:error BatteryPassportsLocked when a battery is pledged.
    /// @custom:error DigestsMissing when the contract is missing.
    function pledge(
        PartyId owner,
        PartyId lender,
        ObjectId[] calldata batteries,
        Digest calldata loan
    ) external returns (uint256 pledge);

    /// @notice Releases batteries.
    /// @param pledge the pledge
    /// @param batteries the batteries, 1 to 30
    /// @custom:caller an agent of the lender
    /// @custom:error BatteryPledgesUnknown when there is no such pledge.
    /// @custom:error PartyUserNotAgent when the caller does not act for the lender.
    /// @custom:error BatteryPledgesBatch when there are none or too many.
    /// @custom:error BatteryPledgesNotPledged when a battery is not part of it.
    function release(uint256 pledge, ObjectId[] calldata batteries) external;

    /// @notice Assesses a battery on the history as it stands now.
    /// @param battery the battery
    /// @param by who assesses
    /// @param value what it is worth
    /// @param report digest of the report
    /// @return assessment the assessment
    /// @custom:caller an agent of the assessor, who may read the battery
    /// @custom:unit value: fen
    /// @custom:error PartyUserNotAgent when the caller does not act for the assessor.
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error BatteryPledgesNotAssessable when the caller may not read it, or history or value are missing.
    /// @custom:error DigestsMissing when the report is missing.
    function assess(
        ObjectId battery,
        PartyId by,
        uint128 value,
        Digest calldata report
    ) external returns (uint256 assessment);

    /// @notice How many pledges there were.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice How many assessments there were.
    /// @return the number of the last
    function assessmentCount() external view returns (uint256);

    /// @notice A pledge.
    /// @param pledge its number
    /// @return the pledge
    /// @custom:error BatteryPledgesUnknown when there is no such pledge.
    function pledgeOf(uint256 pledge) external view returns (Pledge memory);

    /// @notice The pledge that a battery is part of.
    /// @param battery the battery
    /// @return the pledge; 0 = none
    function pledgeOfBattery(ObjectId battery) external view returns (uint256);

    /// @notice An assessment, and whether the history went on since.
    /// @param assessment its number
    /// @return entry the assessment
    /// @return current whether the history is still the one that it rests on
    /// @custom:error BatteryPledgesUnknown when there is no such assessment.
    function assessmentOf(uint256 assessment) external view returns (Assessment memory entry, bool current);
}
