// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {GroupId} from "../devices/libraries/DeviceTypes.sol";
import {IBindingRule} from "../devices/interfaces/IBindingRule.sol";
import {PartyUser} from "../devices/PartyUser.sol";
import {IBatteryPassports} from "./interfaces/IBatteryPassports.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {AccessTier, Batteries, BatteryLevel, PassportId, PassportStatus} from "./libraries/BatteryTypes.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";

/// @title BatteryPassports
/// @notice Identity, lives, owners and locks of batteries; see {IBatteryPassports}.
contract BatteryPassports is IBatteryPassports, PartyUser {
    struct Offer {
        PartyId to;
        PassportStatus status;
    }

    /// @inheritdoc IBatteryPassports
    uint256 public count;
    /// @inheritdoc IBatteryPassports
    mapping(ObjectId battery => PassportId) public currentOf;

    mapping(PassportId passport => Passport) private _passports;
    mapping(PassportId passport => mapping(AccessTier tier => Digest[])) private _fields;
    mapping(PassportId passport => Offer) private _offers;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's {TradeParties}
    constructor(address authority_, IClock clock_, ITradeParties parties_) PartyUser(authority_, clock_, parties_) {}

    /// @inheritdoc IBatteryPassports
    function issue(PassportFiling calldata filing) external returns (PassportId passport) {
        _requireAgent(filing.operator);
        require(Batteries.levelOf(filing.battery) != BatteryLevel.NONE, BatteryPassportsInvalidCode(filing.battery));
        PassportId current = currentOf[filing.battery];
        require(PassportId.unwrap(current) == 0, BatteryPassportsExists(filing.battery, current));
        passport = _issue(filing, filing.owner, PassportStatus.ORIGINAL, current);
    }

    /// @inheritdoc IBatteryPassports
    function stateFields(ObjectId battery, AccessTier tier, Digest calldata fields) external {
        (PassportId passport, ) = _operated(battery);
        Digests.requirePresent(fields);
        _stateFields(passport, tier, fields);
    }

    /// @inheritdoc IBatteryPassports
    function changeStatus(ObjectId battery, PassportStatus status, Digest calldata evidence) external {
        (PassportId passport, Passport storage entry) = _operated(battery);
        PassportStatus from = entry.status;
        bool isReuse = status == PassportStatus.REUSED && from != PassportStatus.REUSED;
        require(
            from != PassportStatus.WASTE && (isReuse || status == PassportStatus.WASTE),
            BatteryPassportsWrongStatus(passport, from, status)
        );
        if (status == PassportStatus.WASTE) _requireFree(battery, entry);
        Digests.requirePresent(evidence);

        entry.status = status;
        emit PassportStatusChanged(passport, from, status, evidence);
    }

    /// @inheritdoc IBatteryPassports
    function offerSecondLife(ObjectId battery, PartyId to, PassportStatus status) external {
        (PassportId passport, Passport storage entry) = _operated(battery);
        require(
            entry.status != PassportStatus.WASTE &&
                (status == PassportStatus.REPURPOSED || status == PassportStatus.REMANUFACTURED),
            BatteryPassportsWrongStatus(passport, entry.status, status)
        );
        _requireFree(battery, entry);

        _offers[passport] = Offer({to: to, status: status});
        emit SecondLifeOffered(passport, to, status);
    }

    /// @inheritdoc IBatteryPassports
    function acceptSecondLife(PassportFiling calldata filing) external returns (PassportId passport) {
        (PassportId previous, Passport storage entry) = _current(filing.battery);
        Offer memory offer = _offers[previous];
        require(
            offer.status != PassportStatus.NONE && offer.to == filing.operator,
            BatteryPassportsNotOffered(previous, filing.operator)
        );
        _requireAgent(filing.operator);
        _requireFree(filing.battery, entry);

        passport = _issue(filing, entry.owner, offer.status, previous);
        entry.next = passport;
        // Where it is does not change with whose duty it is.
        _passports[passport].keeper = entry.keeper;
        _passports[passport].partOf = entry.partOf;
    }

    /// @inheritdoc IBatteryPassports
    function transfer(ObjectId battery, PartyId to) external {
        (, Passport storage entry) = _current(battery);
        PartyId from = entry.owner;
        _requireAgent(from);
        _requireFree(battery, entry);
        require(PartyId.unwrap(to) != 0 && !(to == from), BatteryPassportsNoBuyer(battery));

        entry.owner = to;
        emit BatteryTransferred(battery, from, to);
    }

    /// @inheritdoc IBatteryPassports
    function build(ObjectId part, ObjectId whole) external {
        (, Passport storage inner) = _operated(part);
        if (ObjectId.unwrap(whole) != 0) {
            (, Passport storage outer) = _operated(whole);
            require(
                inner.level > outer.level && ObjectId.unwrap(inner.partOf) == 0,
                BatteryPassportsMisfit(part, whole)
            );
        } else {
            require(ObjectId.unwrap(inner.partOf) != 0, BatteryPassportsMisfit(part, whole));
        }

        inner.partOf = whole;
        emit BatteryBuiltIn(part, whole);
    }

    /// @inheritdoc IBatteryPassports
    function lock(ObjectId battery, PartyId lender) external restricted {
        (, Passport storage entry) = _current(battery);
        _requireFree(battery, entry);

        entry.lender = lender;
        emit BatteryLocked(battery, lender);
    }

    /// @inheritdoc IBatteryPassports
    function unlock(ObjectId battery, PartyId lender) external restricted {
        (, Passport storage entry) = _current(battery);
        require(
            PartyId.unwrap(entry.lender) != 0 && entry.lender == lender,
            BatteryPassportsNotLocked(battery, entry.lender)
        );

        entry.lender = PartyId.wrap(0);
        emit BatteryLocked(battery, PartyId.wrap(0));
    }

    /// @inheritdoc IBatteryPassports
    function setKeeper(ObjectId battery, address keeper) external restricted {
        (, Passport storage entry) = _current(battery);

        entry.keeper = keeper;
        emit BatteryKept(battery, keeper);
    }

    /// @inheritdoc IBatteryPassports
    function passportOf(PassportId passport) external view returns (Passport memory) {
        Passport storage entry = _passports[passport];
        require(entry.status != PassportStatus.NONE, BatteryPassportsUnknown(ObjectId.wrap(0)));
        return entry;
    }

    /// @inheritdoc IBatteryPassports
    function batteryOf(ObjectId battery) external view returns (Passport memory) {
        (, Passport storage entry) = _current(battery);
        return entry;
    }

    /// @inheritdoc IBindingRule
    /// @dev Devices of who answers for a battery, and of whose it is; none before it has a passport.
    function mayBind(ObjectId battery, PartyId party) external view returns (bool) {
        Passport storage entry = _passports[currentOf[battery]];
        return PartyId.unwrap(party) != 0 && (entry.operator == party || entry.owner == party);
    }

    /// @inheritdoc IBatteryPassports
    function fieldsOf(PassportId passport, AccessTier tier) external view returns (Digest[] memory digests) {
        return _fields[passport][tier];
    }

    function _issue(
        PassportFiling calldata filing,
        PartyId owner,
        PassportStatus status,
        PassportId previous
    ) private returns (PassportId passport) {
        require(
            PartyId.unwrap(owner) != 0 && GroupId.unwrap(filing.group) != 0 && filing.ratedWh != 0,
            BatteryPassportsIncomplete()
        );
        Digests.requirePresent(filing.fields[uint256(AccessTier.PUBLIC)]);

        passport = PassportId.wrap(uint48(++count));
        Passport storage entry = _passports[passport];
        entry.battery = filing.battery;
        entry.level = Batteries.levelOf(filing.battery);
        entry.status = status;
        entry.operator = filing.operator;
        entry.owner = owner;
        entry.group = filing.group;
        entry.ratedWh = filing.ratedWh;
        entry.issuedAt = clock.timestamp();
        entry.previous = previous;
        currentOf[filing.battery] = passport;
        emit PassportIssued(passport, filing.battery, filing.operator, status, previous);
        for (uint256 i = 0; i < filing.fields.length; ++i) {
            if (Digests.isPresent(filing.fields[i])) _stateFields(passport, AccessTier(i), filing.fields[i]);
        }
    }

    function _stateFields(PassportId passport, AccessTier tier, Digest calldata fields) private {
        Digest[] storage versions = _fields[passport][tier];
        versions.push(fields);
        emit PassportFieldsStated(passport, tier, versions.length, fields);
    }

    function _current(ObjectId battery) private view returns (PassportId passport, Passport storage entry) {
        passport = currentOf[battery];
        require(PassportId.unwrap(passport) != 0, BatteryPassportsUnknown(battery));
        entry = _passports[passport];
    }

    function _operated(ObjectId battery) private view returns (PassportId passport, Passport storage entry) {
        (passport, entry) = _current(battery);
        _requireAgent(entry.operator);
    }

    function _requireFree(ObjectId battery, Passport storage entry) private view {
        require(PartyId.unwrap(entry.lender) == 0, BatteryPassportsLocked(battery, entry.lender));
    }
}
