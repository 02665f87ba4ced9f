// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId} from "../common/interfaces/IPolicyRegistry.sol";
import {IWorkCalendar} from "../common/interfaces/IWorkCalendar.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {IRecallDesk} from "./interfaces/IRecallDesk.sol";
import {IRecallMarks} from "./interfaces/IRecallMarks.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {Recall, RecallId, RecallKind, RecallLevel, RecallOrder, RecallStatus} from "./libraries/RecallTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {TraceParameters} from "./libraries/TraceParameters.sol";
import {Gtin, ObjectId, ObjectStatus, PartyId} from "./libraries/TraceTypes.sol";
import {ProductClass} from "./libraries/TradeTypes.sol";

/// @title RecallDesk
/// @notice Recalls, their clocks and their books; see {IRecallDesk}.
contract RecallDesk is IRecallDesk, Governed {
    // Bounds on the work of one call, not a regulation's numbers.
    uint256 private constant _MAX_ROOTS = 10;
    uint256 private constant _MAX_INSIDE = 100;

    /// @dev The parts of a deployment that the desk uses.
    /// @param clock the clock
    /// @param policies the policy registry
    /// @param calendar the calendar of working days
    /// @param parties the register of parties
    /// @param catalogue the product catalogue
    /// @param state the derived state
    /// @param marks the marks and books of recalls
    struct Parts {
        IClock clock;
        IPolicyRegistry policies;
        IWorkCalendar calendar;
        ITradeParties parties;
        IProductCatalogue catalogue;
        ITraceState state;
        IRecallMarks marks;
    }

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The deployment's calendar of working days.
    IWorkCalendar public immutable calendar;
    /// @notice The register of parties.
    ITradeParties public immutable parties;
    /// @notice The product catalogue.
    IProductCatalogue public immutable catalogue;
    /// @notice The derived state.
    ITraceState public immutable state;
    /// @notice The marks and books of recalls.
    IRecallMarks public immutable marks;

    /// @inheritdoc IRecallDesk
    uint256 public recallCount;

    mapping(RecallId recall => Recall) private _recalls;

    /// @param authority_ the deployment's {Authority}
    /// @param parts the parts that the desk uses
    constructor(address authority_, Parts memory parts) Governed(authority_) {
        _requireContract(address(parts.clock));
        _requireContract(address(parts.policies));
        _requireContract(address(parts.calendar));
        _requireContract(address(parts.parties));
        _requireContract(address(parts.catalogue));
        _requireContract(address(parts.state));
        _requireContract(address(parts.marks));
        clock = parts.clock;
        policies = parts.policies;
        calendar = parts.calendar;
        parties = parts.parties;
        catalogue = parts.catalogue;
        state = parts.state;
        marks = parts.marks;
    }

    // -- opening -------------------------------------------------------------------------------------

    /// @inheritdoc IRecallDesk
    function open(RecallOrder calldata order, ObjectId[] calldata roots) external returns (RecallId recall) {
        require(parties.actsFor(msg.sender, order.by), RecallDeskNotParty(order.by, msg.sender));
        for (uint256 i = 0; i < roots.length; ++i) {
            require(_isResponsible(roots[i], order.by), RecallDeskNotResponsible(roots[i], order.by));
            if (!TraceKeys.isLot(roots[i])) _requireAllHis(roots[i], order.by, _MAX_INSIDE);
        }
        return _open(order, roots, false);
    }

    /// @inheritdoc IRecallDesk
    function orderRecall(
        RecallOrder calldata order,
        ObjectId[] calldata roots
    ) external restricted returns (RecallId recall) {
        return _open(order, roots, true);
    }

    function _open(
        RecallOrder calldata order,
        ObjectId[] calldata roots,
        bool ordered
    ) private returns (RecallId recall) {
        uint64 time = clock.timestamp();
        require(roots.length != 0 && roots.length <= _MAX_ROOTS, RecallDeskRootCount(roots.length, _MAX_ROOTS));
        require(order.level != RecallLevel.NONE, RecallDeskLevelMissing());
        require(order.knownAt != 0 && order.knownAt <= time, RecallDeskKnownInFuture(order.knownAt, time));
        Digests.requirePresent(order.reason);
        for (uint256 i = 0; i < roots.length; ++i) {
            require(_isKnown(roots[i]), RecallDeskUnknownObject(roots[i]));
        }

        recall = RecallId.wrap(uint32(++recallCount));
        Recall storage record = _recalls[recall];
        record.by = order.by;
        record.level = order.level;
        record.kind = _kindOf(roots);
        record.status = RecallStatus.OPEN;
        record.labelOnly = order.labelOnly;
        record.ordered = ordered;
        record.region = parties.regionOf(order.by);
        record.knownAt = order.knownAt;
        record.openedAt = time;
        record.reason = order.reason;
        bool medicine = record.kind == RecallKind.MEDICINE;
        record.announce = !medicine && _parameter(record, TraceParameters.FOOD_ANNOUNCE) != 0;
        record.startDueAt = _dueAt(
            order.knownAt,
            _parameter(record, TraceParameters.recallStart(medicine, uint8(order.level)))
        );
        _announce(recall, roots);
        marks.begin(recall, order, record.announce, roots);
    }

    function _announce(RecallId recall, ObjectId[] calldata roots) private {
        Recall memory record = _recalls[recall];
        emit RecallOpened(
            recall,
            record.by,
            record.level,
            roots,
            record.ordered,
            record.knownAt,
            record.startDueAt,
            record.reason
        );
    }

    // -- duties --------------------------------------------------------------------------------------

    /// @inheritdoc IRecallDesk
    function publishNotice(RecallId recall, Digest calldata notice) external {
        Recall storage record = _requireOpen(recall);
        require(record.noticeAt == 0, RecallDeskDoneBefore(recall, record.noticeAt));
        Digests.requirePresent(notice);

        uint64 time = clock.timestamp();
        record.noticeAt = time;
        uint8 level = uint8(record.level);
        if (record.kind == RecallKind.MEDICINE) {
            record.planDueAt = _dueAt(time, _parameter(record, TraceParameters.recallPlan(level)));
            record.reportEvery = uint64(_parameter(record, TraceParameters.recallReport(level)));
        } else {
            uint256 workingDays = _parameter(record, TraceParameters.recallFinish(level));
            if (workingDays != 0) record.finishDueAt = calendar.addWorkingDays(time, workingDays);
        }
        emit RecallNoticed(recall, notice, _isLate(record.startDueAt, time), record.finishDueAt);
    }

    /// @inheritdoc IRecallDesk
    function filePlan(RecallId recall, Digest calldata plan) external {
        Recall storage record = _requireNoticed(recall);
        require(record.planAt == 0, RecallDeskDoneBefore(recall, record.planAt));
        Digests.requirePresent(plan);
        uint64 time = clock.timestamp();
        record.planAt = time;
        emit RecallPlanned(recall, plan, _isLate(record.planDueAt, time));
    }

    /// @inheritdoc IRecallDesk
    function report(RecallId recall, Digest calldata report_) external {
        Recall storage record = _requireNoticed(recall);
        Digests.requirePresent(report_);
        uint64 time = clock.timestamp();
        bool late = _isLate(_reportDueAt(record), time);
        record.reportedAt = time;
        emit RecallReported(recall, report_, late);
    }

    /// @inheritdoc IRecallDesk
    function announceDestruction(RecallId recall, uint64 at, Digest calldata announcement) external {
        Recall storage record = _requireParty(recall);
        require(record.status != RecallStatus.WITHDRAWN, RecallDeskWrongStatus(recall));
        uint64 time = clock.timestamp();
        require(at >= time, RecallDeskDestructionPast(at, time));
        Digests.requirePresent(announcement);
        record.destructionAt = at;
        emit DestructionAnnounced(recall, at, announcement);
        marks.setDestruction(recall, at);
    }

    // -- ending --------------------------------------------------------------------------------------

    /// @inheritdoc IRecallDesk
    function close(RecallId recall, Digest calldata report_) external {
        Recall storage record = _requireNoticed(recall);
        Digests.requirePresent(report_);
        uint64 time = clock.timestamp();
        record.status = RecallStatus.CLOSED;
        record.closedAt = time;
        emit RecallClosed(recall, report_, _isLate(record.finishDueAt, time));
        marks.finish(recall, RecallStatus.CLOSED);
    }

    /// @inheritdoc IRecallDesk
    function withdraw(RecallId recall, Digest calldata reason) external restricted {
        Recall storage record = _known(recall);
        require(record.status == RecallStatus.OPEN, RecallDeskWrongStatus(recall));
        Digests.requirePresent(reason);
        record.status = RecallStatus.WITHDRAWN;
        record.closedAt = clock.timestamp();
        emit RecallWithdrawn(recall, reason);
        marks.finish(recall, RecallStatus.WITHDRAWN);
    }

    // -- readers -------------------------------------------------------------------------------------

    /// @inheritdoc IRecallDesk
    function recallOf(RecallId recall) external view returns (Recall memory) {
        return _known(recall);
    }

    /// @inheritdoc IRecallDesk
    function overdueOf(RecallId recall) public view returns (bool start, bool plan, bool progress, bool finish) {
        Recall storage record = _known(recall);
        if (record.status != RecallStatus.OPEN) return (false, false, false, false);
        uint64 time = clock.timestamp();
        start = record.noticeAt == 0 && _isLate(record.startDueAt, time);
        plan = record.planAt == 0 && _isLate(record.planDueAt, time);
        progress = _isLate(_reportDueAt(record), time);
        finish = _isLate(record.finishDueAt, time);
    }

    /// @inheritdoc IRecallDesk
    function overdue(uint256 offset, uint256 limit) external view returns (RecallId[] memory recalls, uint256 next) {
        uint256 end;
        (end, next) = Paging.window(recallCount, offset, limit);
        RecallId[] memory found = new RecallId[](end - offset);
        uint256 count = 0;
        for (uint256 i = offset; i < end; ++i) {
            RecallId recall = RecallId.wrap(uint32(i + 1));
            (bool start, bool plan, bool progress, bool finish) = overdueOf(recall);
            if (start || plan || progress || finish) found[count++] = recall;
        }
        recalls = new RecallId[](count);
        for (uint256 i = 0; i < count; ++i) {
            recalls[i] = found[i];
        }
    }

    // -- within --------------------------------------------------------------------------------------

    /// @dev Brand owner, licence holder or whoever brought it into being.
    function _isResponsible(ObjectId object, PartyId by) private view returns (bool) {
        Gtin gtin = catalogue.gtinOf(object);
        if (catalogue.isFiled(gtin) && catalogue.productOf(gtin).owner == by) return true;
        if (TraceKeys.isLot(object)) return state.lotOf(object).producer == by;
        return state.stateOf(object).producer == by;
    }

    /// @dev What lies in a container is recalled with it: all of it must be the party's own affair. Returns how many more may be looked at.
    function _requireAllHis(ObjectId container, PartyId by, uint256 left) private view returns (uint256) {
        (ObjectId[] memory lots, ) = state.lotsIn(container);
        for (uint256 i = 0; i < lots.length; ++i) {
            require(_isResponsible(lots[i], by), RecallDeskNotResponsible(lots[i], by));
        }
        if (state.stateOf(container).children == 0) return left;
        (ObjectId[] memory children, uint256 next) = state.childrenOf(container, 0, _MAX_INSIDE);
        require(next == 0 && children.length <= left, RecallDeskTooMuchInside(container, _MAX_INSIDE));
        left -= children.length;
        for (uint256 i = 0; i < children.length; ++i) {
            require(_isResponsible(children[i], by), RecallDeskNotResponsible(children[i], by));
            left = _requireAllHis(children[i], by, left);
        }
        return left;
    }

    /// @dev Commissioned, or a lot that items were commissioned of.
    function _isKnown(ObjectId object) private view returns (bool) {
        if (state.statusOf(object) != ObjectStatus.NONE) return true;
        return TraceKeys.isLot(object) && marks.lineage().downCount(object) != 0;
    }

    /// @dev Containers follow the goods beside them; alone they are no medicine.
    function _kindOf(ObjectId[] calldata roots) private view returns (RecallKind kind) {
        bool known = false;
        for (uint256 i = 0; i < roots.length; ++i) {
            Gtin gtin = catalogue.gtinOf(roots[i]);
            if (!catalogue.isFiled(gtin)) continue;
            bool medicine =
                catalogue.isOfClass(gtin, ProductClass.MEDICINE) || catalogue.isOfClass(gtin, ProductClass.VACCINE);
            RecallKind other = medicine ? RecallKind.MEDICINE : RecallKind.FOOD;
            require(!known || other == kind, RecallDeskMixedKinds(roots[i]));
            kind = other;
            known = true;
        }
    }

    function _requireParty(RecallId recall) private view returns (Recall storage record) {
        record = _known(recall);
        require(parties.actsFor(msg.sender, record.by), RecallDeskNotParty(record.by, msg.sender));
    }

    function _requireOpen(RecallId recall) private view returns (Recall storage record) {
        record = _requireParty(recall);
        require(record.status == RecallStatus.OPEN, RecallDeskWrongStatus(recall));
    }

    function _requireNoticed(RecallId recall) private view returns (Recall storage record) {
        record = _requireOpen(recall);
        require(record.noticeAt != 0, RecallDeskNoNotice(recall));
    }

    function _known(RecallId recall) private view returns (Recall storage record) {
        record = _recalls[recall];
        require(record.status != RecallStatus.NONE, RecallDeskUnknown(recall));
    }

    /// @dev The value under the policy of the opening; 0 where none is set: that duty is off.
    function _parameter(Recall storage record, ParameterId id) private view returns (uint256 value) {
        (, value) = policies.tryValueOf(record.region, record.openedAt, id);
    }

    function _reportDueAt(Recall storage record) private view returns (uint64) {
        if (record.noticeAt == 0 || record.reportEvery == 0) return 0;
        uint64 last = record.reportedAt > record.noticeAt ? record.reportedAt : record.noticeAt;
        return last + record.reportEvery;
    }

    function _dueAt(uint64 from, uint256 time) private pure returns (uint64) {
        return time == 0 ? 0 : uint64(from + time);
    }

    function _isLate(uint64 dueAt, uint64 time) private pure returns (bool) {
        return dueAt != 0 && time >= dueAt;
    }
}
