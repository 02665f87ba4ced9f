// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {IDepositToken} from "../common/interfaces/IDepositToken.sol";
import {IPolicyRegistry} from "../common/interfaces/IPolicyRegistry.sol";
import {Signature} from "../common/interfaces/ISaltedEIP712.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {SaltedEIP712} from "../common/SaltedEIP712.sol";
import {IDeviceRegister} from "../devices/interfaces/IDeviceRegister.sol";
import {DeviceId, DeviceKind, DeviceStatus} from "../devices/libraries/DeviceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";
import {IBatteryPassports} from "./interfaces/IBatteryPassports.sol";
import {IBatteryRecords} from "./interfaces/IBatteryRecords.sol";
import {IBatterySwaps} from "./interfaces/IBatterySwaps.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {Batteries, PassportStatus} from "./libraries/BatteryTypes.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";

/// @title BatterySwaps
/// @notice Rents and swaps of batteries; see {IBatterySwaps}.
contract BatterySwaps is IBatterySwaps, PartyUser, SaltedEIP712 {
    using SafeERC20 for IERC20;

    // Technical limits of one call.
    uint256 private constant _MAX_BATTERIES = 30;
    uint256 private constant _MAX_MONTHS = 12;
    bytes32 private constant _SWAP = keccak256(
        "Swap(uint32 cabinet,uint64 sequence,address rider,bytes32 returned,bytes32 issued,uint32 returnedCharge,uint32 issuedCharge,uint64 at)"
    );

    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The deployment's deposit token.
    IERC20 public immutable token;
    /// @notice The deployment's register of devices.
    IDeviceRegister public immutable register;
    /// @notice The deployment's passports.
    IBatteryPassports public immutable passports;
    /// @notice The deployment's records of batteries.
    IBatteryRecords public immutable records;

    /// @inheritdoc IBatterySwaps
    uint256 public planCount;
    /// @inheritdoc IBatterySwaps
    uint256 public count;
    /// @inheritdoc IBatterySwaps
    mapping(address rider => mapping(PartyId operator => uint64)) public paidUntil;
    /// @inheritdoc IBatterySwaps
    mapping(address rider => mapping(PartyId operator => ObjectId)) public heldBy;
    /// @inheritdoc IBatterySwaps
    mapping(ObjectId battery => DeviceId) public cabinetOf;
    /// @inheritdoc IBatterySwaps
    mapping(DeviceId cabinet => uint64) public sequenceOf;

    mapping(uint256 plan => Plan) private _plans;
    mapping(uint256 swap => Swap) private _swaps;
    mapping(ObjectId battery => uint256[]) private _ofBattery;
    mapping(address rider => mapping(PartyId operator => uint256[])) private _ofRider;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's {TradeParties}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param token_ the deployment's {DepositToken}
    /// @param register_ the deployment's {DeviceRegister}
    /// @param passports_ the deployment's {BatteryPassports}
    /// @param records_ the deployment's {BatteryRecords}
    /// @param salt_ the salt of the deployment's EIP-712 domains
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IPolicyRegistry policies_,
        IDepositToken token_,
        IDeviceRegister register_,
        IBatteryPassports passports_,
        IBatteryRecords records_,
        bytes32 salt_
    ) PartyUser(authority_, clock_, parties_) SaltedEIP712("Banyan BatterySwaps", "1", salt_) {
        _requireContract(address(policies_));
        _requireContract(address(token_));
        _requireContract(address(register_));
        _requireContract(address(passports_));
        _requireContract(address(records_));
        policies = policies_;
        token = token_;
        register = register_;
        passports = passports_;
        records = records_;
    }

    /// @inheritdoc IBatterySwaps
    function offerPlan(PartyId operator, address payee, uint128 rent) external returns (uint256 plan) {
        _requireAgent(operator);
        require(payee != address(0) && rent != 0, BatterySwapsInvalidPlan());

        plan = ++planCount;
        _plans[plan] = Plan({operator: operator, payee: payee, rent: rent, open: true});
        emit PlanOffered(plan, operator, rent, true);
    }

    /// @inheritdoc IBatterySwaps
    function closePlan(uint256 plan) external {
        Plan storage entry = _plan(plan);
        _requireAgent(entry.operator);

        entry.open = false;
        emit PlanOffered(plan, entry.operator, entry.rent, false);
    }

    /// @inheritdoc IBatterySwaps
    function payRent(uint256 plan, uint256 months) external returns (uint64 until) {
        Plan storage entry = _plan(plan);
        require(entry.open && months != 0 && months <= _MAX_MONTHS, BatterySwapsNotOnOffer(plan, months));
        address rider = _msgSender();
        uint64 from = paidUntil[rider][entry.operator];
        uint64 time = clock.timestamp();
        if (from < time) from = time;

        until = TimeLib.addMonths(from, months, TimeLib.CHINA_OFFSET);
        paidUntil[rider][entry.operator] = until;
        uint256 paid = entry.rent * months;
        emit RentPaid(rider, plan, months, paid, until);
        token.safeTransferFrom(rider, entry.payee, paid);
    }

    /// @inheritdoc IBatterySwaps
    function stock(DeviceId cabinet, ObjectId[] calldata batteries) external {
        PartyId operator = _operatorOf(cabinet);
        _requireAgent(operator);
        _checkSize(batteries.length);

        for (uint256 i = 0; i < batteries.length; ++i) {
            IBatteryPassports.Passport memory passport = passports.batteryOf(batteries[i]);
            require(
                (passport.owner == operator || passport.operator == operator) &&
                    passport.status != PassportStatus.WASTE &&
                    passport.keeper == address(0) &&
                    DeviceId.unwrap(cabinetOf[batteries[i]]) == 0,
                BatterySwapsNotFree(batteries[i])
            );
            cabinetOf[batteries[i]] = cabinet;
            emit BatteryStocked(cabinet, batteries[i]);
        }
    }

    /// @inheritdoc IBatterySwaps
    function unstock(DeviceId cabinet, ObjectId[] calldata batteries) external {
        _requireAgent(_operatorOf(cabinet));
        _checkSize(batteries.length);

        for (uint256 i = 0; i < batteries.length; ++i) {
            require(cabinetOf[batteries[i]] == cabinet, BatterySwapsNotFree(batteries[i]));
            cabinetOf[batteries[i]] = DeviceId.wrap(0);
            emit BatteryStocked(DeviceId.wrap(0), batteries[i]);
        }
    }

    /// @inheritdoc IBatterySwaps
    function swap(Swap calldata entry, Signature calldata signature) external returns (uint256 id) {
        require(entry.rider == _msgSender(), BatterySwapsNotRider(entry.rider, _msgSender()));
        bool returns_ = ObjectId.unwrap(entry.returned) != 0;
        bool issues = ObjectId.unwrap(entry.issued) != 0;
        require((returns_ || issues) && entry.at <= clock.timestamp(), BatterySwapsEmpty());
        PartyId operator = _operatorOf(entry.cabinet);
        _checkSigned(entry, signature);
        ObjectId held = heldBy[entry.rider][operator];
        require(held == entry.returned, BatterySwapsWrongReturn(entry.rider, held, entry.returned));
        if (issues) _checkIssue(entry, operator);

        id = ++count;
        sequenceOf[entry.cabinet] = entry.sequence;
        _swaps[id] = entry;
        heldBy[entry.rider][operator] = entry.issued;
        _ofRider[entry.rider][operator].push(id);
        emit BatteriesSwapped(id, entry.rider, entry.cabinet, entry);
        if (returns_) {
            cabinetOf[entry.returned] = entry.cabinet;
            _ofBattery[entry.returned].push(id);
            passports.setKeeper(entry.returned, address(0));
        }
        if (issues) {
            cabinetOf[entry.issued] = DeviceId.wrap(0);
            _ofBattery[entry.issued].push(id);
            passports.setKeeper(entry.issued, entry.rider);
        }
    }

    /// @inheritdoc IBatterySwaps
    function planOf(uint256 plan) external view returns (Plan memory) {
        return _plan(plan);
    }

    /// @inheritdoc IBatterySwaps
    function swapsOf(
        ObjectId battery,
        uint256 cursor,
        uint256 limit
    ) external view returns (Swap[] memory swaps, uint256 next) {
        require(records.mayRead(battery, _msgSender()), BatterySwapsNotReader(_msgSender()));
        return _page(_ofBattery[battery], cursor, limit);
    }

    /// @inheritdoc IBatterySwaps
    function swapsOfRider(
        address rider,
        PartyId operator,
        uint256 cursor,
        uint256 limit
    ) external view returns (Swap[] memory swaps, uint256 next) {
        address account = _msgSender();
        require(account == rider || _isAgent(operator, account), BatterySwapsNotReader(account));
        return _page(_ofRider[rider][operator], cursor, limit);
    }

    function _checkSigned(Swap calldata entry, Signature calldata signature) private view {
        uint64 expected = sequenceOf[entry.cabinet] + 1;
        require(entry.sequence == expected, BatterySwapsOutOfSequence(entry.cabinet, expected, entry.sequence));
        (, address key, ) = register.voiceOf(entry.cabinet);
        _requireSignature(key, keccak256(abi.encode(_SWAP, entry)), signature);
    }

    function _checkIssue(Swap calldata entry, PartyId operator) private view {
        uint64 time = clock.timestamp();
        uint64 until = paidUntil[entry.rider][operator];
        require(until > time, BatterySwapsRentDue(entry.rider, operator, until));
        (, uint256 least) = policies.tryValueOf(parties.regionOf(operator), time, Batteries.SWAP_MIN_CHARGE);
        require(
            cabinetOf[entry.issued] == entry.cabinet &&
                entry.issuedCharge >= least &&
                passports.batteryOf(entry.issued).status != PassportStatus.WASTE,
            BatterySwapsNotIssuable(entry.issued, entry.issuedCharge)
        );
    }

    /// @dev Whose cabinet it is; reverts for what is no cabinet in service.
    function _operatorOf(DeviceId cabinet) private view returns (PartyId) {
        IDeviceRegister.Device memory device = register.deviceOf(cabinet);
        require(
            device.kind == DeviceKind.TERMINAL && device.status == DeviceStatus.ENROLLED,
            BatterySwapsNotCabinet(cabinet)
        );
        return device.owner;
    }

    function _page(
        uint256[] storage all,
        uint256 cursor,
        uint256 limit
    ) private view returns (Swap[] memory swaps, uint256 next) {
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        swaps = new Swap[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            swaps[i - cursor] = _swaps[all[i]];
        }
    }

    function _plan(uint256 plan) private view returns (Plan storage entry) {
        entry = _plans[plan];
        require(entry.payee != address(0), BatterySwapsUnknown(plan));
    }

    function _checkSize(uint256 length) private pure {
        require(length != 0 && length <= _MAX_BATTERIES, BatterySwapsBatch(length, _MAX_BATTERIES));
    }
}
