// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {IBindingRule} from "../../devices/interfaces/IBindingRule.sol";
import {IPartyUser} from "../../devices/interfaces/IPartyUser.sol";
import {GroupId} from "../../devices/libraries/DeviceTypes.sol";
import {AccessTier, BatteryLevel, PassportId, PassportStatus} from "../libraries/BatteryTypes.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Battery passports
/// @notice One passport for each single battery: who answers for it, whose it is, what it is made of, and in which of its lives it is.
/// @dev A battery is known by its 24 characters (GB/T 34014), on cell, module and pack alike. The fields of the European passport stay with their
/// operator; the chain has a digest of each tier's fields in versions. Repurposing and remanufacturing end a passport and begin one of another
/// operator, linked both ways, and the duty moves with it. A locked battery changes neither owner nor life until the lock is taken off.
interface IBatteryPassports is IPartyUser, IBindingRule {
    /// @notice What is issued.
    /// @param battery the battery's code
    /// @param operator the economic operator that answers for it
    /// @param owner whose it is
    /// @param group the group that its readings belong to
    /// @param ratedWh rated energy, in Wh
    /// @param fields digests of the fields of each tier; PUBLIC is required
    struct PassportFiling {
        ObjectId battery;
        PartyId operator;
        PartyId owner;
        GroupId group;
        uint32 ratedWh;
        Digest[3] fields;
    }

    /// @notice A passport.
    /// @param battery the battery's code
    /// @param level what it is
    /// @param status in which life
    /// @param operator the economic operator that answers for it
    /// @param owner whose it is
    /// @param lender for whom it is locked; 0 = not locked
    /// @param group the group that its readings belong to
    /// @param ratedWh rated energy, in Wh
    /// @param issuedAt when it was issued, in seconds
    /// @param previous the passport of the life before; 0 = none
    /// @param next the passport of the life after; 0 = this is the one in force
    /// @param partOf the pack or module that it is built into; zero = none
    /// @param keeper who has it on loan: a rider; zero = nobody
    struct Passport {
        ObjectId battery;
        BatteryLevel level;
        PassportStatus status;
        PartyId operator;
        PartyId owner;
        PartyId lender;
        GroupId group;
        uint32 ratedWh;
        uint64 issuedAt;
        PassportId previous;
        PassportId next;
        ObjectId partOf;
        address keeper;
    }

    /// @notice A passport was issued.
    /// @param passport the passport
    /// @param battery the battery
    /// @param operator who answers for it
    /// @param status ORIGINAL, REPURPOSED or REMANUFACTURED
    /// @param previous the passport of the life before; 0 = none
    event PassportIssued(
        PassportId indexed passport,
        ObjectId indexed battery,
        PartyId indexed operator,
        PassportStatus status,
        PassportId previous
    );

    /// @notice The fields of a tier were stated anew.
    /// @param passport the passport
    /// @param tier who may see them
    /// @param version their number, from 1
    /// @param fields digest of the fields
    event PassportFieldsStated(PassportId indexed passport, AccessTier indexed tier, uint256 version, Digest fields);

    /// @notice A passport's status changed.
    /// @param passport the passport
    /// @param from the status before
    /// @param to the status now
    /// @param evidence digest of what it rests on
    event PassportStatusChanged(PassportId indexed passport, PassportStatus from, PassportStatus to, Digest evidence);

    /// @notice A second life was offered to another operator.
    /// @param passport the passport
    /// @param to the operator
    /// @param status REPURPOSED or REMANUFACTURED
    event SecondLifeOffered(PassportId indexed passport, PartyId indexed to, PassportStatus status);

    /// @notice A battery changed its owner.
    /// @param battery the battery
    /// @param from the owner before
    /// @param to the owner now
    event BatteryTransferred(ObjectId indexed battery, PartyId indexed from, PartyId indexed to);

    /// @notice A battery was locked for a lender, or the lock was taken off.
    /// @param battery the battery
    /// @param lender the lender; 0 = the lock is off
    event BatteryLocked(ObjectId indexed battery, PartyId indexed lender);

    /// @notice A battery was built into another, or taken out.
    /// @param part the part
    /// @param whole the pack or module; zero = taken out
    event BatteryBuiltIn(ObjectId indexed part, ObjectId indexed whole);

    /// @notice Somebody else has a battery on loan.
    /// @param battery the battery
    /// @param keeper who has it; zero = nobody
    event BatteryKept(ObjectId indexed battery, address indexed keeper);

    /// @notice The code is no battery code of 24 digits and capitals with level P, M or C (B-35).
    /// @param battery the code given
    /// @custom:cure Read the code again.
    error BatteryPassportsInvalidCode(ObjectId battery);

    /// @notice The battery has a passport.
    /// @param battery the battery
    /// @param passport its passport
    /// @custom:cure A battery has one passport; a second life is offered and accepted.
    error BatteryPassportsExists(ObjectId battery, PassportId passport);

    /// @notice The battery has no passport, or no passport has this number.
    /// @param battery the battery; zero = a number was given
    /// @custom:cure Issue a passport first.
    error BatteryPassportsUnknown(ObjectId battery);

    /// @notice The filing lacks operator, owner, group or rated energy.
    /// @custom:cure Give them all.
    error BatteryPassportsIncomplete();

    /// @notice The status cannot follow the one before.
    /// @param passport the passport
    /// @param from the status
    /// @param to the status given
    /// @custom:cure A battery is REUSED as it is, or becomes WASTE; other lives begin with {offerSecondLife}. WASTE is final.
    error BatteryPassportsWrongStatus(PassportId passport, PassportStatus from, PassportStatus to);

    /// @notice The battery is locked for a lender.
    /// @param battery the battery
    /// @param lender the lender
    /// @custom:cure The lender releases it first.
    error BatteryPassportsLocked(ObjectId battery, PartyId lender);

    /// @notice The battery is not locked for this lender.
    /// @param battery the battery
    /// @param lender for whom it is locked; 0 = nobody
    /// @custom:cure Nothing is to be released.
    error BatteryPassportsNotLocked(ObjectId battery, PartyId lender);

    /// @notice The operator was not offered this life.
    /// @param passport the passport
    /// @param operator who accepts
    /// @custom:cure The operator before offers it first.
    error BatteryPassportsNotOffered(PassportId passport, PartyId operator);

    /// @notice A part cannot be built into this.
    /// @param part the part
    /// @param whole what it would be built into
    /// @custom:cure Cells go into modules or packs, modules into packs, of one operator; take the part out of another first.
    error BatteryPassportsMisfit(ObjectId part, ObjectId whole);

    /// @notice The new owner is missing, or is the owner.
    /// @param battery the battery
    /// @custom:cure Name another party.
    error BatteryPassportsNoBuyer(ObjectId battery);

    /// @notice Issues a passport.
    /// @param filing what is issued
    /// @return passport the passport
    /// @custom:caller an agent of the operator
    /// @custom:source Regulation (EU) 2023/1542 Art 77, Annex XIII (B-38); GB/T 34014-2017 (B-35)
    /// @custom:error PartyUserNotAgent when the caller does not act for the operator.
    /// @custom:error BatteryPassportsInvalidCode when the code is malformed.
    /// @custom:error BatteryPassportsExists when the battery has a passport.
    /// @custom:error BatteryPassportsIncomplete when owner, group or rated energy are missing.
    /// @custom:error DigestsMissing when the public fields are missing.
    function issue(PassportFiling calldata filing) external returns (PassportId passport);

    /// @notice States the fields of a tier anew; those before stay on record.
    /// @param battery the battery
    /// @param tier who may see them
    /// @param fields digest of the fields
    /// @custom:caller an agent of the operator
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error PartyUserNotAgent when the caller does not act for the operator.
    /// @custom:error DigestsMissing when the digest is missing.
    function stateFields(ObjectId battery, AccessTier tier, Digest calldata fields) external;

    /// @notice Changes the status within a passport: REUSED, or WASTE.
    /// @param battery the battery
    /// @param status the status
    /// @param evidence digest of what it rests on
    /// @custom:caller an agent of the operator
    /// @custom:source Regulation (EU) 2023/1542 (B-39)
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error PartyUserNotAgent when the caller does not act for the operator.
    /// @custom:error BatteryPassportsWrongStatus when it cannot follow the one before.
    /// @custom:error BatteryPassportsLocked when it becomes WASTE while it is locked.
    /// @custom:error DigestsMissing when the evidence is missing.
    function changeStatus(ObjectId battery, PassportStatus status, Digest calldata evidence) external;

    /// @notice Offers a battery to another operator for a second life. A later offer replaces it.
    /// @param battery the battery
    /// @param to the operator
    /// @param status REPURPOSED or REMANUFACTURED
    /// @custom:caller an agent of the operator
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error PartyUserNotAgent when the caller does not act for the operator.
    /// @custom:error BatteryPassportsWrongStatus when it is WASTE, or the status is another.
    /// @custom:error BatteryPassportsLocked when it is locked.
    function offerSecondLife(ObjectId battery, PartyId to, PassportStatus status) external;

    /// @notice Accepts a battery for a second life: a new passport, linked to the one before; the duty is the new operator's.
    /// @param filing what is issued; the owner stays as it is
    /// @return passport the new passport
    /// @custom:caller an agent of the new operator
    /// @custom:source Regulation (EU) 2023/1542 Art 77 (B-39)
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error BatteryPassportsNotOffered when it was not offered to the operator.
    /// @custom:error PartyUserNotAgent when the caller does not act for the operator.
    /// @custom:error BatteryPassportsLocked when it was locked since.
    /// @custom:error BatteryPassportsIncomplete when group or rated energy are missing.
    /// @custom:error DigestsMissing when the public fields are missing.
    function acceptSecondLife(PassportFiling calldata filing) external returns (PassportId passport);

    /// @notice Transfers a battery to another owner.
    /// @param battery the battery
    /// @param to the new owner
    /// @custom:caller an agent of the owner
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error PartyUserNotAgent when the caller does not act for the owner.
    /// @custom:error BatteryPassportsLocked when it is locked for a lender.
    /// @custom:error BatteryPassportsNoBuyer when the new owner is missing or is the owner.
    function transfer(ObjectId battery, PartyId to) external;

    /// @notice Builds a part into a pack or module, or takes it out.
    /// @param part the part
    /// @param whole the pack or module; zero = take it out
    /// @custom:caller an agent of the operator of both
    /// @custom:error BatteryPassportsUnknown when one has no passport.
    /// @custom:error PartyUserNotAgent when the caller does not act for the operator.
    /// @custom:error BatteryPassportsMisfit when it cannot be built in.
    function build(ObjectId part, ObjectId whole) external;

    /// @notice Locks a battery for a lender.
    /// @param battery the battery
    /// @param lender the lender
    /// @custom:caller BATTERY_LEDGER (BatteryPledges)
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error BatteryPassportsLocked when it is locked.
    function lock(ObjectId battery, PartyId lender) external;

    /// @notice Takes a lock off.
    /// @param battery the battery
    /// @param lender for whom it is locked
    /// @custom:caller BATTERY_LEDGER (BatteryPledges)
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error BatteryPassportsNotLocked when it is not locked for the lender.
    function unlock(ObjectId battery, PartyId lender) external;

    /// @notice Records who has a battery on loan.
    /// @param battery the battery
    /// @param keeper who has it; zero = nobody
    /// @custom:caller BATTERY_LEDGER (BatterySwaps)
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    function setKeeper(ObjectId battery, address keeper) external;

    /// @notice How many passports were issued.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice The passport in force of a battery.
    /// @param battery the battery
    /// @return its number; 0 = none
    function currentOf(ObjectId battery) external view returns (PassportId);

    /// @notice A passport, also one that is not in force any more.
    /// @param passport its number
    /// @return the passport
    /// @custom:error BatteryPassportsUnknown when no passport has the number.
    function passportOf(PassportId passport) external view returns (Passport memory);

    /// @notice The passport in force of a battery.
    /// @param battery the battery
    /// @return the passport
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    function batteryOf(ObjectId battery) external view returns (Passport memory);

    /// @notice The versions of a tier's fields.
    /// @param passport the passport
    /// @param tier who may see them
    /// @return digests in their order; the last holds
    function fieldsOf(PassportId passport, AccessTier tier) external view returns (Digest[] memory digests);
}
