// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId} from "../common/interfaces/IPolicyRegistry.sol";
import {IWorkCalendar} from "../common/interfaces/IWorkCalendar.sol";
import {Digest} from "../common/libraries/Digests.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {PolicyReader} from "./libraries/PolicyReader.sol";
import {PrepaidParameters} from "./libraries/PrepaidParameters.sol";
import {ClosingKind, Filing, MerchantId, MerchantScale, MerchantStatus, TradeId} from "./libraries/PrepaidTypes.sol";
import {Quarters} from "./libraries/Quarters.sol";
import {MerchantSupervision} from "./MerchantSupervision.sol";

/// @title MerchantRegister
/// @notice Who may take prepayments; see {IMerchantRegister}.
contract MerchantRegister is MerchantSupervision {
    /// @notice The deployment's calendar of working days.
    IWorkCalendar public immutable calendar;
    /// @notice The prepaid book.
    IPrepaidBook public immutable book;

    mapping(bytes32 licence => MerchantId) private _byLicence;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    /// @param calendar_ the deployment's {WorkCalendar}
    /// @param book_ the {PrepaidBook}
    constructor(
        address authority_,
        IClock clock_,
        IPolicyRegistry policies_,
        IWorkCalendar calendar_,
        IPrepaidBook book_
    ) Governed(authority_) MerchantSupervision(clock_, policies_) {
        _requireContract(address(calendar_));
        _requireContract(address(book_));
        calendar = calendar_;
        book = book_;
    }

    // -- filing and linking --------------------------------------------------------------------------

    /// @inheritdoc IMerchantRegister
    function file(Filing calldata filing) external restricted returns (MerchantId merchant) {
        uint64 time = clock.timestamp();
        _checkFiling(filing, time);

        merchant = MerchantId.wrap(++count);
        Merchant storage record = _merchants[merchant];
        record.filing = filing;
        record.filedAt = time;
        record.status = MerchantStatus.FILED;
        idOfAgent[filing.agent] = merchant;
        _byLicence[filing.licence.value] = merchant;
        emit MerchantFiled(merchant, filing.agent, filing);
        emit MerchantStatusChanged(merchant, MerchantStatus.NONE, MerchantStatus.FILED);
    }

    /// @inheritdoc IMerchantRegister
    function updateFigures(
        MerchantId merchant,
        MerchantScale scale,
        uint128 lastYearRevenue,
        uint128 paidInCapital,
        uint64 leaseEndsAt,
        Digest calldata evidence
    ) external restricted {
        Merchant storage record = _record(merchant);
        _requireNot(merchant, record, MerchantStatus.EXITED);
        _requireLease(leaseEndsAt, clock.timestamp());
        _requireDigest(evidence);

        record.filing.scale = scale;
        record.filing.lastYearRevenue = lastYearRevenue;
        record.filing.paidInCapital = paidInCapital;
        record.filing.leaseEndsAt = leaseEndsAt;
        emit MerchantFiguresUpdated(merchant, scale, lastYearRevenue, paidInCapital, leaseEndsAt, evidence);
        _refresh(merchant);
    }

    /// @inheritdoc IMerchantRegister
    function link(MerchantId merchant, Digest calldata mark) external restricted {
        Merchant storage record = _record(merchant);
        _requireNot(merchant, record, MerchantStatus.DEFAULTED);
        _requireNot(merchant, record, MerchantStatus.EXITED);
        require(record.linkedAt == 0, MerchantRegisterAlreadyLinked(merchant, record.linkedAt));
        _requireDigest(mark);
        uint64 time = clock.timestamp();
        uint64 lastDay = calendar.addWorkingDays(time, _need(record, time, PrepaidParameters.MARK_WORKING_DAYS));

        record.linkedAt = time;
        // A period of days ends with its last day (Civil Code of the PRC Art 203).
        record.markDueAt = TimeLib.startOfDay(lastDay, TimeLib.CHINA_OFFSET) + TimeLib.DAY;
        record.markShownAt = 0;
        emit MerchantLinked(merchant, time, record.markDueAt, mark);
        if (record.status == MerchantStatus.FILED) _setStatus(merchant, record, MerchantStatus.LINKED);
        _refresh(merchant);
    }

    /// @inheritdoc IMerchantRegister
    function unlink(MerchantId merchant, Digest calldata reason) external restricted {
        Merchant storage record = _record(merchant);
        _requireLinked(merchant, record);
        _requireDigest(reason);

        record.linkedAt = 0;
        emit MerchantUnlinked(merchant, reason);
        if (record.status == MerchantStatus.LINKED) _setStatus(merchant, record, MerchantStatus.FILED);
        _refresh(merchant);
    }

    /// @inheritdoc IMerchantRegister
    function showMark(MerchantId merchant) external {
        Merchant storage record = _ownRecord(merchant);
        _requireLinked(merchant, record);
        require(record.markShownAt == 0, MerchantRegisterMarkShown(merchant, record.markShownAt));
        uint64 time = clock.timestamp();

        record.markShownAt = time;
        emit MarkShown(merchant, time, time >= record.markDueAt);
    }

    /// @inheritdoc IMerchantRegister
    function reportFunds(MerchantId merchant, uint16 year, uint8 quarter, Digest calldata report) external {
        Merchant storage record = _ownRecord(merchant);
        uint32 number = _quarter(year, quarter);
        uint64 endsAt = Quarters.startOf(number + 1);
        uint64 time = clock.timestamp();
        require(time >= endsAt, MerchantRegisterQuarterNotOver(merchant, endsAt));
        require(endsAt > record.filedAt, MerchantRegisterQuarterBeforeFiling(merchant, endsAt));
        _requireDigest(report);

        uint64 first = _reportedAt[merchant][number];
        if (first == 0) _reportedAt[merchant][number] = time;
        bool late = (first == 0 ? time : first) >= _reportDueAt(record, number);
        emit FundsReported(merchant, year, quarter, late, first != 0, report);
    }

    // -- accounts ------------------------------------------------------------------------------------

    /// @inheritdoc IMerchantRegister
    function changeAgent(MerchantId merchant, address agent) external {
        Merchant storage record = _ownRecord(merchant);
        address from = _setAgent(merchant, record, agent);
        emit AgentChanged(merchant, from, agent);
    }

    /// @inheritdoc IMerchantRegister
    function changeSettlement(MerchantId merchant, address settlement) external {
        Merchant storage record = _ownRecord(merchant);
        require(settlement != address(0), MerchantRegisterZeroAccount());

        address from = record.filing.settlement;
        record.filing.settlement = settlement;
        emit SettlementChanged(merchant, from, settlement);
    }

    /// @inheritdoc IMerchantRegister
    function replaceAgent(MerchantId merchant, address agent, Digest calldata evidence) external restricted {
        Merchant storage record = _record(merchant);
        _requireDigest(evidence);
        address from = _setAgent(merchant, record, agent);
        emit AgentReplaced(merchant, from, agent, evidence);
    }

    // -- closing, exit, default ----------------------------------------------------------------------

    /// @inheritdoc IMerchantRegister
    function announceClosing(MerchantId merchant, ClosingKind kind, uint64 lastDay, Digest calldata notice) external {
        Merchant storage record = _ownRecord(merchant);
        _requireServing(merchant, record);
        uint64 time = clock.timestamp();
        uint64 earliest = _after(record, time, PrepaidParameters.CLOSING_NOTICE_DAYS);
        require(lastDay >= earliest, MerchantRegisterNoticeTooShort(merchant, lastDay, earliest));
        _requireDigest(notice);

        record.closingKind = kind;
        record.noticeAt = time;
        record.lastDay = lastDay;
        emit ClosingAnnounced(merchant, kind, lastDay, notice);
        if (record.status != MerchantStatus.CLOSING) _setStatus(merchant, record, MerchantStatus.CLOSING);
    }

    /// @inheritdoc IMerchantRegister
    function resume(MerchantId merchant, Digest calldata evidence) external restricted {
        Merchant storage record = _record(merchant);
        MerchantStatus status = record.status;
        bool closing = status == MerchantStatus.CLOSING;
        require(closing || status == MerchantStatus.EXITING, MerchantRegisterWrongStatus(merchant, status));
        require(!closing || record.closingKind != ClosingKind.CLOSING, MerchantRegisterClosingIsFinal(merchant));
        _requireDigest(evidence);

        MerchantStatus to = record.linkedAt == 0 ? MerchantStatus.FILED : MerchantStatus.LINKED;
        record.noticeAt = 0;
        if (closing) {
            record.lastDay = 0;
            record.stoppedAt = 0;
        } else if (record.lastDay != 0) {
            to = MerchantStatus.CLOSING;
        }
        emit ServiceResumed(merchant, evidence);
        _setStatus(merchant, record, to);
    }

    /// @inheritdoc IMerchantRegister
    function requestExit(MerchantId merchant, Digest calldata notice) external {
        Merchant storage record = _ownRecord(merchant);
        _requireServing(merchant, record);
        _requireDigest(notice);
        uint64 time = clock.timestamp();

        record.noticeAt = time;
        emit ExitRequested(merchant, _after(record, time, PrepaidParameters.EXIT_NOTICE_DAYS), notice);
        _setStatus(merchant, record, MerchantStatus.EXITING);
    }

    /// @inheritdoc IMerchantRegister
    function completeExit(MerchantId merchant) external restricted {
        Merchant storage record = _record(merchant);
        require(record.status == MerchantStatus.EXITING, MerchantRegisterWrongStatus(merchant, record.status));
        uint64 until = _after(record, record.noticeAt, PrepaidParameters.EXIT_NOTICE_DAYS);
        require(clock.timestamp() >= until, MerchantRegisterNoticeRunning(merchant, until));
        uint256 balance = book.balanceOf(merchant);
        uint64 live = book.totalsOf(merchant).live;
        require(balance == 0 && live == 0, MerchantRegisterNotSettled(merchant, balance, live));

        record.linkedAt = 0;
        _setStatus(merchant, record, MerchantStatus.EXITED);
        _refresh(merchant);
    }

    /// @inheritdoc IMerchantRegister
    function recordStop(MerchantId merchant, uint64 stoppedAt, Digest calldata ruling) external restricted {
        Merchant storage record = _record(merchant);
        _requireNot(merchant, record, MerchantStatus.EXITED);
        if (stoppedAt == 0) require(record.stoppedAt != 0, MerchantRegisterNotStopped(merchant));
        else _requireStopInRange(merchant, record, stoppedAt, clock.timestamp());
        _requireDigest(ruling);

        record.stoppedAt = stoppedAt;
        emit StopRecorded(merchant, stoppedAt, ruling);
    }

    /// @inheritdoc IMerchantRegister
    function declareDefault(MerchantId merchant, uint64 stoppedAt, Digest calldata decision) external restricted {
        Merchant storage record = _record(merchant);
        _requireNot(merchant, record, MerchantStatus.EXITED);
        _requireNot(merchant, record, MerchantStatus.DEFAULTED);
        uint64 time = clock.timestamp();
        _requireStopInRange(merchant, record, stoppedAt, time);
        _requireDigest(decision);

        record.stoppedAt = stoppedAt;
        record.defaultedAt = time;
        emit DefaultDeclared(merchant, stoppedAt, decision);
        _setStatus(merchant, record, MerchantStatus.DEFAULTED);
        _list(merchant, record);
    }

    /// @inheritdoc IMerchantRegister
    function openClaims(MerchantId merchant) external restricted {
        Merchant storage record = _record(merchant);
        require(record.status == MerchantStatus.DEFAULTED, MerchantRegisterWrongStatus(merchant, record.status));
        if (record.claimsOpenedAt != 0) return;

        record.claimsOpenedAt = clock.timestamp();
        emit ClaimsOpened(merchant, record.claimsOpenedAt);
    }

    // -- checks and effects --------------------------------------------------------------------------

    function _checkFiling(Filing calldata filing, uint64 time) private view {
        require(filing.agent != address(0) && filing.settlement != address(0), MerchantRegisterZeroAccount());
        _requireFreeAgent(filing.agent);
        require(_isClass(filing.trade), MerchantRegisterInvalidTrade(filing.trade));
        require(
            filing.licensedAt != 0 && filing.licensedAt <= time,
            MerchantRegisterLicenceDate(filing.licensedAt, time)
        );
        _requireLease(filing.leaseEndsAt, time);
        if (MerchantId.unwrap(filing.franchisor) != 0) _record(filing.franchisor);
        _requireDigest(filing.licence);
        _requireDigest(filing.responsible);
        MerchantId before = _byLicence[filing.licence.value];
        MerchantStatus status = _merchants[before].status;
        require(
            status == MerchantStatus.NONE || status == MerchantStatus.EXITED,
            MerchantRegisterLicenceFiled(filing.licence.value, before)
        );
        ParameterId[] memory needed = PrepaidParameters.required();
        for (uint256 i = 0; i < needed.length; ++i) {
            PolicyReader.need(policies, filing.region, time, filing.trade, needed[i]);
        }
    }

    function _requireFreeAgent(address agent) private view {
        MerchantId taken = idOfAgent[agent];
        require(MerchantId.unwrap(taken) == 0, MerchantRegisterAgentTaken(agent, taken));
    }

    function _requireLease(uint64 leaseEndsAt, uint64 time) private pure {
        require(leaseEndsAt == 0 || leaseEndsAt > time, MerchantRegisterLeaseOver(leaseEndsAt, time));
    }

    function _requireLinked(MerchantId merchant, Merchant storage record) private view {
        require(record.linkedAt != 0, MerchantRegisterNotLinked(merchant));
    }

    function _requireNot(MerchantId merchant, Merchant storage record, MerchantStatus status) private view {
        require(record.status != status, MerchantRegisterWrongStatus(merchant, status));
    }

    /// @dev FILED, LINKED and CLOSING may still announce something.
    function _requireServing(MerchantId merchant, Merchant storage record) private view {
        require(record.status <= MerchantStatus.CLOSING, MerchantRegisterWrongStatus(merchant, record.status));
    }

    function _requireStopInRange(
        MerchantId merchant,
        Merchant storage record,
        uint64 stoppedAt,
        uint64 time
    ) private view {
        require(
            stoppedAt >= record.filedAt && stoppedAt <= time,
            MerchantRegisterStopOutOfRange(merchant, stoppedAt, record.filedAt, time)
        );
    }

    function _isClass(TradeId trade) private pure returns (bool) {
        bytes4 code = TradeId.unwrap(trade);
        for (uint256 i = 0; i < 4; ++i) {
            if (code[i] < "0" || code[i] > "9") return false;
        }
        return true;
    }

    function _setAgent(MerchantId merchant, Merchant storage record, address agent) private returns (address from) {
        require(agent != address(0), MerchantRegisterZeroAccount());
        _requireFreeAgent(agent);

        from = record.filing.agent;
        idOfAgent[from] = MerchantId.wrap(0);
        idOfAgent[agent] = merchant;
        record.filing.agent = agent;
    }

    function _setStatus(MerchantId merchant, Merchant storage record, MerchantStatus to) private {
        MerchantStatus from = record.status;
        record.status = to;
        emit MerchantStatusChanged(merchant, from, to);
    }
}
