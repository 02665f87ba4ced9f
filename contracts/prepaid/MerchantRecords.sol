// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId} from "../common/interfaces/IPolicyRegistry.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {CodeUser} from "./CodeUser.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {PolicyReader} from "./libraries/PolicyReader.sol";
import {PrepaidParameters} from "./libraries/PrepaidParameters.sol";
import {MerchantId, MerchantStatus, Refusal, TradeId} from "./libraries/PrepaidTypes.sol";
import {Quarters} from "./libraries/Quarters.sol";

/// @title MerchantRecords
/// @notice What the merchant register keeps, and how it is read; see {IMerchantRegister}.
abstract contract MerchantRecords is IMerchantRegister, CodeUser {
    uint16 private constant _FIRST_YEAR = 1970;
    uint16 private constant _LAST_YEAR = 9999;

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;

    /// @inheritdoc IMerchantRegister
    uint256 public count;
    /// @inheritdoc IMerchantRegister
    mapping(address agent => MerchantId) public idOfAgent;

    mapping(MerchantId merchant => Merchant) internal _merchants;
    mapping(MerchantId merchant => mapping(uint32 quarter => uint64)) internal _reportedAt;

    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    constructor(IClock clock_, IPolicyRegistry policies_) {
        _requireContract(address(clock_));
        _requireContract(address(policies_));
        clock = clock_;
        policies = policies_;
    }

    /// @inheritdoc IMerchantRegister
    function merchantOf(MerchantId merchant) external view returns (Merchant memory) {
        return _record(merchant);
    }

    /// @inheritdoc IMerchantRegister
    function statusOf(MerchantId merchant) external view returns (MerchantStatus) {
        return _merchants[merchant].status;
    }

    /// @inheritdoc IMerchantRegister
    function agentOf(MerchantId merchant) external view returns (address) {
        return _record(merchant).filing.agent;
    }

    /// @inheritdoc IMerchantRegister
    function settlementOf(MerchantId merchant) external view returns (address) {
        return _record(merchant).filing.settlement;
    }

    /// @inheritdoc IMerchantRegister
    function scopeOf(MerchantId merchant) external view returns (bytes32 region, TradeId trade) {
        Merchant storage record = _record(merchant);
        return (record.filing.region, record.filing.trade);
    }

    /// @inheritdoc IMerchantRegister
    function isLinked(MerchantId merchant) external view returns (bool) {
        return _merchants[merchant].linkedAt != 0;
    }

    /// @inheritdoc IMerchantRegister
    function requireMayIssue(MerchantId merchant) external view {
        Merchant storage record = _record(merchant);
        require(record.status == MerchantStatus.LINKED, MerchantRegisterMayNotIssue(merchant, record.status));
        // Not in a `require`: that would look for the first refusal where there is none.
        if (record.refusals != 0) revert MerchantRegisterRefused(merchant, _firstRefusal(record.refusals));
        require(record.stoppedAt == 0, MerchantRegisterStopped(merchant, record.stoppedAt));
        uint64 time = clock.timestamp();
        uint64 allowedFrom = _allowedFrom(record, time);
        require(time >= allowedFrom, MerchantRegisterLicenceTooYoung(merchant, allowedFrom));
    }

    /// @inheritdoc IMerchantRegister
    function mayIssue(MerchantId merchant) external view returns (bool) {
        Merchant storage record = _merchants[merchant];
        if (record.status != MerchantStatus.LINKED || record.refusals != 0 || record.stoppedAt != 0) return false;
        uint64 time = clock.timestamp();
        return time >= _allowedFrom(record, time);
    }

    /// @inheritdoc IMerchantRegister
    function operatorCause(MerchantId merchant) external view returns (bool) {
        Merchant storage record = _merchants[merchant];
        MerchantStatus status = record.status;
        return
            record.stoppedAt != 0 ||
            status == MerchantStatus.CLOSING ||
            status == MerchantStatus.EXITING ||
            status == MerchantStatus.DEFAULTED;
    }

    /// @inheritdoc IMerchantRegister
    function claimsOpenedAt(MerchantId merchant) external view returns (uint64) {
        return _merchants[merchant].claimsOpenedAt;
    }

    /// @inheritdoc IMerchantRegister
    function refusedFor(MerchantId merchant, Refusal reason) external view returns (bool) {
        return _merchants[merchant].refusals & _bit(reason) != 0;
    }

    /// @inheritdoc IMerchantRegister
    function fundsReportOf(
        MerchantId merchant,
        uint16 year,
        uint8 quarter
    ) external view returns (uint64 reportedAt, uint64 dueAt) {
        Merchant storage record = _record(merchant);
        uint32 number = _quarter(year, quarter);
        return (_reportedAt[merchant][number], _reportDueAt(record, number));
    }

    function _record(MerchantId merchant) internal view returns (Merchant storage record) {
        record = _merchants[merchant];
        require(record.status != MerchantStatus.NONE, MerchantRegisterUnknown(merchant));
    }

    /// @dev The record, for its agent only.
    function _ownRecord(MerchantId merchant) internal view returns (Merchant storage record) {
        record = _record(merchant);
        require(_msgSender() == record.filing.agent, MerchantRegisterNotAgent(merchant, _msgSender()));
    }

    function _quarter(uint16 year, uint8 quarter) internal pure returns (uint32) {
        require(
            year >= _FIRST_YEAR && year <= _LAST_YEAR && quarter >= 1 && quarter <= 4,
            MerchantRegisterInvalidQuarter(year, quarter)
        );
        return uint32(year) * 4 + quarter - 1;
    }

    /// @dev The first late moment for a report: the policy's day of the month after the quarter is over. The policy is that of the quarter's
    /// end, or of the filing where that came later.
    function _reportDueAt(Merchant storage record, uint32 quarter) internal view returns (uint64) {
        uint64 endsAt = Quarters.startOf(quarter + 1);
        uint64 asOf = endsAt > record.filedAt ? endsAt : record.filedAt;
        return Quarters.startOfDayIn(quarter + 1, _need(record, asOf, PrepaidParameters.REPORT_DAY) + 1);
    }

    /// @dev A required number of days of the policy, added to a moment.
    function _after(Merchant storage record, uint64 from, ParameterId parameter) internal view returns (uint64) {
        return TimeLib.addDays(from, _need(record, from, parameter));
    }

    function _need(Merchant storage record, uint64 asOf, ParameterId parameter) internal view returns (uint256) {
        return PolicyReader.need(policies, record.filing.region, asOf, record.filing.trade, parameter);
    }

    function _bit(Refusal reason) internal pure returns (uint8) {
        return uint8(1 << uint8(reason)); // six reasons
    }

    /// @dev From when on the licence is old enough; a policy without the rule gives the licence's own day.
    function _allowedFrom(Merchant storage record, uint64 time) private view returns (uint64) {
        uint256 age = PolicyReader.get(
            policies,
            record.filing.region,
            time,
            record.filing.trade,
            PrepaidParameters.LICENCE_MIN_DAYS
        );
        return TimeLib.addDays(record.filing.licensedAt, age);
    }

    function _firstRefusal(uint8 refusals) private pure returns (Refusal) {
        uint8 index = 0;
        while (refusals & (1 << index) == 0) ++index;
        return Refusal(index);
    }
}
