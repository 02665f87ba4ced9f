// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Money} from "../common/libraries/Money.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {ITradeParties} from "../traceability/interfaces/ITradeParties.sol";
import {PartyId} from "../traceability/libraries/TraceTypes.sol";
import {IDeviceReadings} from "./interfaces/IDeviceReadings.sol";
import {IDeviceRegister} from "./interfaces/IDeviceRegister.sol";
import {ITariffBook} from "./interfaces/ITariffBook.sol";
import {MeasureId} from "./libraries/DeviceTypes.sol";
import {PartyUser} from "./PartyUser.sol";

/// @title TariffBook
/// @notice Time-of-use prices and the income of storage; see {ITariffBook}.
contract TariffBook is ITariffBook, PartyUser {
    MeasureId private constant _IN = MeasureId.wrap("energy.in.Wh");
    MeasureId private constant _OUT = MeasureId.wrap("energy.out.Wh");
    uint64 private constant _SLOT = 1_800; // half an hour
    uint256 private constant _SLOTS = 48;
    int256 private constant _UNITS_PER_FEN = 100_000; // Wh x 0.01 fen/kWh

    /// @notice The deployment's register of devices.
    IDeviceRegister public immutable register;
    /// @notice The deployment's readings.
    IDeviceReadings public immutable readings;

    /// @inheritdoc ITariffBook
    uint256 public count;

    mapping(bytes32 region => Table[]) private _tables;
    mapping(uint256 agreement => Agreement) private _agreements;
    mapping(uint256 agreement => mapping(uint32 statement => Statement)) private _statements;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the deployment's register of parties
    /// @param register_ the deployment's {DeviceRegister}
    /// @param readings_ the deployment's {DeviceReadings}; this contract reads it as DEVICE_READER
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IDeviceRegister register_,
        IDeviceReadings readings_
    ) PartyUser(authority_, clock_, parties_) {
        _requireContract(address(register_));
        _requireContract(address(readings_));
        register = register_;
        readings = readings_;
    }

    /// @inheritdoc ITariffBook
    function publish(
        bytes32 region,
        uint64 from,
        uint32[] calldata buy,
        uint32[] calldata sell,
        string calldata source
    ) external restricted returns (uint32 version) {
        require(region != 0 && bytes(source).length != 0, TariffBookSourceMissing());
        require(buy.length == _SLOTS && sell.length == _SLOTS, TariffBookInvalidLength(buy.length, sell.length));
        Table[] storage tables = _tables[region];
        uint256 length = tables.length;
        uint64 earliest = clock.timestamp() + 1;
        if (length != 0 && tables[length - 1].from >= earliest) earliest = tables[length - 1].from + 1;
        require(from >= earliest, TariffBookRetroactive(from, earliest));

        Table storage table = tables.push();
        table.from = from;
        for (uint256 i = 0; i < _SLOTS; ++i) {
            table.buy[i] = buy[i];
            table.sell[i] = sell[i];
        }
        table.source = source;
        version = uint32(length + 1);
        emit TariffPublished(region, version, from, source);
    }

    /// @inheritdoc ITariffBook
    function offer(Terms calldata terms) external returns (uint256 agreement) {
        _requireAgent(terms.operator);
        require(
            terms.region != 0 &&
                PartyId.unwrap(terms.user) != 0 &&
                PartyId.unwrap(terms.bank) != 0 &&
                terms.userPpm <= Money.PPM,
            TariffBookInvalidTerms()
        );
        PartyId owner = register.deviceOf(terms.meter).owner;
        require(owner == terms.operator, TariffBookForeignMeter(terms.meter, owner));

        agreement = ++count;
        _agreements[agreement].terms = terms;
        _agreements[agreement].status = AgreementStatus.OFFERED;
        emit StorageOffered(agreement, terms.operator, terms.user, terms);
    }

    /// @inheritdoc ITariffBook
    function accept(uint256 agreement) external {
        Agreement storage entry = _agreement(agreement);
        _requireAgent(entry.terms.user);
        require(entry.status == AgreementStatus.OFFERED, TariffBookWrongStatus(agreement, entry.status));

        entry.status = AgreementStatus.IN_FORCE;
        entry.since = clock.timestamp();
        // What was read before is nobody's income under this agreement.
        Statement storage none = _statements[agreement][0];
        none.until = entry.since;
        none.nextIn = uint64(readings.lengthOf(entry.terms.meter, _IN));
        none.nextOut = uint64(readings.lengthOf(entry.terms.meter, _OUT));
        emit StorageAccepted(agreement);
    }

    /// @inheritdoc ITariffBook
    function settle(uint256 agreement, uint64 until, uint256 limit) external returns (bool closed) {
        Agreement storage entry = _agreement(agreement);
        require(entry.status == AgreementStatus.IN_FORCE, TariffBookWrongStatus(agreement, entry.status));
        Statement storage statement = _open(agreement, entry, until);

        (uint256 takenBatches, bool takenDone) = _advance(entry, statement, false, limit);
        (uint256 givenBatches, bool givenDone) = _advance(entry, statement, true, limit);
        emit StatementAdvanced(agreement, entry.statements, takenBatches + givenBatches, statement.income);
        closed = takenDone && givenDone;
        if (closed) _close(agreement, entry, statement);
    }

    /// @inheritdoc ITariffBook
    function confirmPayment(uint256 agreement, uint32 statement, Digest calldata bankEntry) external {
        Statement storage paid = _statement(agreement, statement);
        _requireAgent(_agreements[agreement].terms.bank);
        require(paid.closed && !paid.paid, TariffBookNotPayable(agreement, statement));
        Digests.requirePresent(bankEntry);

        paid.paid = true;
        emit StatementPaid(agreement, statement, bankEntry);
    }

    /// @inheritdoc ITariffBook
    function agreementOf(uint256 agreement) external view returns (Agreement memory) {
        return _agreement(agreement);
    }

    /// @inheritdoc ITariffBook
    function statementOf(uint256 agreement, uint32 statement) external view returns (Statement memory) {
        return _statement(agreement, statement);
    }

    /// @inheritdoc ITariffBook
    function recompute(
        uint256 agreement,
        uint32 statement,
        bool given,
        uint256 cursor,
        uint256 limit
    ) external view returns (int256 income, uint256 next) {
        Statement storage entry = _statement(agreement, statement);
        Agreement storage found = _agreements[agreement];
        _requirePart(found.terms);
        uint256 first = given ? entry.firstOut : entry.firstIn;
        uint256 end;
        (end, next) = Paging.window((given ? entry.nextOut : entry.nextIn) - first, cursor, limit);
        if (end == cursor) return (0, next);
        (IDeviceReadings.Reading[] memory batches, ) = readings.series(
            found.terms.meter,
            given ? _OUT : _IN,
            first + cursor,
            end - cursor
        );
        for (uint256 i = 0; i < batches.length; ++i) {
            (, int256 amount) = _value(found, batches[i], given);
            income += amount;
        }
    }

    /// @inheritdoc ITariffBook
    function tableOf(bytes32 region, uint32 version) external view returns (Table memory) {
        Table[] storage tables = _tables[region];
        require(version != 0 && version <= tables.length, TariffBookNoTable(region, 0));
        return tables[version - 1];
    }

    /// @inheritdoc ITariffBook
    function priceAt(bytes32 region, uint64 moment) public view returns (uint32 version, uint32 buy, uint32 sell) {
        version = _versionAt(region, moment);
        require(version != 0, TariffBookNoTable(region, moment));
        Table storage table = _tables[region][version - 1];
        uint256 slot = _slot(moment);
        return (version, table.buy[slot], table.sell[slot]);
    }

    /// @dev The statement under way, begun where there is none.
    function _open(
        uint256 agreement,
        Agreement storage entry,
        uint64 until
    ) private returns (Statement storage statement) {
        statement = _statements[agreement][entry.statements];
        if (entry.statements != 0 && !statement.closed) {
            require(until == statement.until, TariffBookWrongEnd(until, statement.until));
            return statement;
        }
        Statement storage last = statement;
        require(until > last.until && until < clock.timestamp(), TariffBookWrongEnd(until, 0));
        statement = _statements[agreement][++entry.statements];
        statement.until = until;
        (statement.firstIn, statement.nextIn) = (last.nextIn, last.nextIn);
        (statement.firstOut, statement.nextOut) = (last.nextOut, last.nextOut);
    }

    /// @dev Counts the next batches of one series.
    /// @return counted how many
    /// @return done whether none is left that ends by the statement's end
    function _advance(
        Agreement storage entry,
        Statement storage statement,
        bool given,
        uint256 limit
    ) private returns (uint256 counted, bool done) {
        (IDeviceReadings.Reading[] memory batches, uint256 next) = readings.series(
            entry.terms.meter,
            given ? _OUT : _IN,
            given ? statement.nextOut : statement.nextIn,
            limit
        );
        uint64 until = statement.until;
        while (counted < batches.length && batches[counted].to <= until) {
            _add(statement, entry, batches[counted], given);
            ++counted;
        }
        if (given) statement.nextOut += uint64(counted);
        else statement.nextIn += uint64(counted);
        done = counted < batches.length || next == 0;
    }

    function _add(
        Statement storage statement,
        Agreement storage entry,
        IDeviceReadings.Reading memory batch,
        bool given
    ) private {
        uint128 energy = batch.total < 0 ? 0 : uint128(batch.total);
        (bool priced, int256 amount) = _value(entry, batch, given);
        statement.income += amount;
        if (!priced) statement.unpriced += energy;
        else if (given) statement.given += energy;
        else statement.taken += energy;
    }

    function _close(uint256 agreement, Agreement storage entry, Statement storage statement) private {
        int256 income = statement.income;
        int256 fen = income / _UNITS_PER_FEN;
        uint256 ppm = entry.terms.userPpm;
        int256 user =
            fen >= 0 ? int256(Money.shareUp(uint256(fen), ppm)) : -int256(Money.shareDown(uint256(-fen), ppm));
        statement.closed = true;
        statement.userFen = user;
        statement.operatorFen = fen - user;
        emit StatementClosed(agreement, entry.statements, income, user, fen - user);
    }

    /// @dev What a batch earned; nothing where it crosses a half hour, began before the agreement, has no price, or a meter ran backwards.
    function _value(
        Agreement storage entry,
        IDeviceReadings.Reading memory batch,
        bool given
    ) private view returns (bool priced, int256 amount) {
        bytes32 region = entry.terms.region;
        bool counts = batch.from / _SLOT == batch.to / _SLOT && batch.from >= entry.since && batch.total >= 0;
        if (!counts || _versionAt(region, batch.from) == 0) return (false, 0);
        (, uint32 buy, uint32 sell) = priceAt(region, batch.from);
        return (
            true,
            given ? int256(batch.total) * int256(uint256(sell)) : -int256(batch.total) * int256(uint256(buy))
        );
    }

    /// @dev Reverts unless the caller acts for user, bank or operator.
    function _requirePart(Terms storage terms) private view {
        address caller = _msgSender();
        if (!_isAgent(terms.user, caller) && !_isAgent(terms.bank, caller)) _requireAgent(terms.operator);
    }

    /// @dev The table in force at a moment; 0 = none.
    function _versionAt(bytes32 region, uint64 moment) private view returns (uint32) {
        Table[] storage tables = _tables[region];
        uint256 low = 0;
        uint256 high = tables.length;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (tables[middle].from <= moment) low = middle + 1;
            else high = middle;
        }
        return uint32(low);
    }

    function _agreement(uint256 agreement) private view returns (Agreement storage entry) {
        entry = _agreements[agreement];
        require(entry.status != AgreementStatus.NONE, TariffBookUnknown(agreement, 0));
    }

    function _statement(uint256 agreement, uint32 statement) private view returns (Statement storage entry) {
        require(
            statement != 0 && statement <= _agreements[agreement].statements,
            TariffBookUnknown(agreement, statement)
        );
        entry = _statements[agreement][statement];
    }

    /// @dev The half hour of the local day.
    function _slot(uint64 moment) private pure returns (uint256) {
        return (moment - TimeLib.startOfDay(moment, TimeLib.CHINA_OFFSET)) / _SLOT;
    }
}
