// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {PartyId} from "../../traceability/libraries/TraceTypes.sol";
import {DeviceId} from "../libraries/DeviceTypes.sol";
import {IPartyUser} from "./IPartyUser.sol";

/// @title Time-of-use prices and the income of storage
/// @notice Price tables by region and version, and what a store of energy earned under them: what it gave in dear hours less what it took in cheap
/// ones, from the readings of its registered meter alone. User, operator and bank read the same figure, and each can compute it again.
/// @dev A table has 48 half hours of China's local day (UTC+8). Energy is counted in Wh, by the measures `energy.in.Wh` (taken from the grid) and
/// `energy.out.Wh` (given to it), prices in hundredths of a fen per kWh; the product of both is a hundred-thousandth of a fen, so nothing is rounded
/// before the end. The income is then cut to whole fen towards zero; the user's share of a gain is rounded up, of a loss down, and the operator has
/// the rest. A batch that crosses a half hour, or began before the
/// agreement was in force, has no price: its energy is counted apart, and paid by nobody.
interface ITariffBook is IPartyUser {
    /// @notice A version of a price table.
    /// @param from since when it holds, in seconds
    /// @param buy price of energy taken, by half hour
    /// @param sell price of energy given, by half hour
    /// @param source document and article
    struct Table {
        uint64 from;
        uint32[48] buy;
        uint32[48] sell;
        string source;
    }

    /// @notice What user and operator agreed on.
    /// @param meter the meter of the store
    /// @param region whose prices hold
    /// @param operator who runs the store
    /// @param user at whose place it stands
    /// @param bank who settles
    /// @param userPpm the user's share of the income
    struct Terms {
        DeviceId meter;
        bytes32 region;
        PartyId operator;
        PartyId user;
        PartyId bank;
        uint32 userPpm;
    }

    /// @dev OFFERED by the operator, IN_FORCE once the user accepted.
    enum AgreementStatus {
        NONE,
        OFFERED,
        IN_FORCE
    }

    /// @notice An agreement.
    /// @param terms what was agreed on
    /// @param status its status
    /// @param since since when it is in force, in seconds
    /// @param statements how many statements were begun
    struct Agreement {
        Terms terms;
        AgreementStatus status;
        uint64 since;
        uint32 statements;
    }

    /// @notice A statement.
    /// @param firstIn index of the first batch of energy taken, in its series
    /// @param firstOut index of the first batch of energy given
    /// @param nextIn index after the last batch of energy taken
    /// @param nextOut index after the last batch of energy given
    /// @param until the last second that it counts
    /// @param closed whether it is complete
    /// @param paid whether the bank confirmed the payment
    /// @param taken energy taken, in Wh
    /// @param given energy given, in Wh
    /// @param unpriced energy of batches that cross a half hour, began before the agreement or have no price, in Wh
    /// @param income what it earned, in hundred-thousandths of a fen; below zero = a loss
    /// @param userFen the user's share; set when closed
    /// @param operatorFen the operator's share; set when closed
    struct Statement {
        uint64 firstIn;
        uint64 firstOut;
        uint64 nextIn;
        uint64 nextOut;
        uint64 until;
        bool closed;
        bool paid;
        uint128 taken;
        uint128 given;
        uint128 unpriced;
        int256 income;
        int256 userFen;
        int256 operatorFen;
    }

    /// @notice A price table was published.
    /// @param region where it holds
    /// @param version its number, from 1
    /// @param from since when it holds, in seconds
    /// @param source document and article
    event TariffPublished(bytes32 indexed region, uint32 indexed version, uint64 from, string source);

    /// @notice An operator offered an agreement.
    /// @param agreement the agreement
    /// @param operator who offered it
    /// @param user to whom
    /// @param terms what is offered
    event StorageOffered(uint256 indexed agreement, PartyId indexed operator, PartyId indexed user, Terms terms);

    /// @notice The user accepted.
    /// @param agreement the agreement
    event StorageAccepted(uint256 indexed agreement);

    /// @notice Readings were counted.
    /// @param agreement the agreement
    /// @param statement the statement
    /// @param batches how many batches
    /// @param income the income so far, in hundred-thousandths of a fen
    event StatementAdvanced(uint256 indexed agreement, uint32 indexed statement, uint256 batches, int256 income);

    /// @notice A statement is complete.
    /// @param agreement the agreement
    /// @param statement the statement
    /// @param income the income, in hundred-thousandths of a fen
    /// @param userFen the user's share, in fen
    /// @param operatorFen the operator's share, in fen
    event StatementClosed(
        uint256 indexed agreement,
        uint32 indexed statement,
        int256 income,
        int256 userFen,
        int256 operatorFen
    );

    /// @notice The bank paid a statement out.
    /// @param agreement the agreement
    /// @param statement the statement
    /// @param bankEntry digest of the entry in the bank's books
    event StatementPaid(uint256 indexed agreement, uint32 indexed statement, Digest bankEntry);

    /// @notice The table would change prices that hold already, or come before the latest.
    /// @param from the from-date given, in seconds
    /// @param earliest the first second that is free
    /// @custom:cure Give a later from-date.
    error TariffBookRetroactive(uint64 from, uint64 earliest);

    /// @notice The table has not one price for each half hour.
    /// @param buy the number of prices of energy taken
    /// @param sell the number of prices of energy given
    /// @custom:cure Give 48 prices of each.
    error TariffBookInvalidLength(uint256 buy, uint256 sell);

    /// @notice The table names no region or no source.
    /// @custom:cure Give the region, the document and the article.
    error TariffBookSourceMissing();

    /// @notice The region had no price table at that time.
    /// @param region the region
    /// @param moment the moment, in seconds
    /// @custom:cure The regulator publishes a table for the region.
    error TariffBookNoTable(bytes32 region, uint64 moment);

    /// @notice There is no such agreement or statement.
    /// @param agreement the agreement given
    /// @param statement the statement given; 0 = the agreement
    /// @custom:cure Use numbers from `StorageOffered` and `StatementAdvanced` events.
    error TariffBookUnknown(uint256 agreement, uint32 statement);

    /// @notice The terms lack a party, or the user's share is above the whole.
    /// @custom:cure Name meter, region, operator, user and bank, and a share of at most 1,000,000.
    error TariffBookInvalidTerms();

    /// @notice The meter is not the operator's.
    /// @param meter the meter
    /// @param owner whose it is
    /// @custom:cure Name a meter of the operator.
    error TariffBookForeignMeter(DeviceId meter, PartyId owner);

    /// @notice The agreement's status does not allow this.
    /// @param agreement the agreement
    /// @param status its status
    /// @custom:cure OFFERED ones are accepted, those IN_FORCE settled.
    error TariffBookWrongStatus(uint256 agreement, AgreementStatus status);

    /// @notice The statement's end lies in the future, not after the one before, or differs from the one it was begun with.
    /// @param until the end given, in seconds
    /// @param expected the end it was begun with; 0 = it is not begun
    /// @custom:cure Go on with the end it was begun with, or give one after the last statement's and before now.
    error TariffBookWrongEnd(uint64 until, uint64 expected);

    /// @notice The statement is not complete, or was paid.
    /// @param agreement the agreement
    /// @param statement the statement
    /// @custom:cure Settle it to its end; a statement is paid once.
    error TariffBookNotPayable(uint256 agreement, uint32 statement);

    /// @notice Publishes the next price table of a region.
    /// @param region where it holds
    /// @param from since when it holds: after the present time and after the latest table's
    /// @param buy price of energy taken, by half hour of the local day
    /// @param sell price of energy given, by half hour
    /// @param source document and article
    /// @return version its number
    /// @custom:caller REGULATOR
    /// @custom:unit buy, sell: 0.01 fen per kWh
    /// @custom:error TariffBookSourceMissing when region or source are missing.
    /// @custom:error TariffBookInvalidLength when there are not 48 prices of each.
    /// @custom:error TariffBookRetroactive when it would change prices that hold, or comes before the latest.
    function publish(
        bytes32 region,
        uint64 from,
        uint32[] calldata buy,
        uint32[] calldata sell,
        string calldata source
    ) external returns (uint32 version);

    /// @notice Offers an agreement.
    /// @param terms what is offered
    /// @return agreement the agreement
    /// @custom:caller an agent of the operator
    /// @custom:error PartyUserNotAgent when the caller does not act for the operator.
    /// @custom:error TariffBookInvalidTerms when a party is missing or the share is above the whole.
    /// @custom:error DeviceRegisterUnknown when the meter is not enrolled.
    /// @custom:error TariffBookForeignMeter when the meter is not the operator's.
    function offer(Terms calldata terms) external returns (uint256 agreement);

    /// @notice Accepts an agreement: what the meter reads from now on is counted.
    /// @param agreement the agreement
    /// @custom:caller an agent of the user
    /// @custom:error TariffBookUnknown when there is no such agreement.
    /// @custom:error PartyUserNotAgent when the caller does not act for the user.
    /// @custom:error TariffBookWrongStatus when it is not OFFERED.
    function accept(uint256 agreement) external;

    /// @notice Counts the next batches of the meter, and closes the statement when none is left that ends by its end.
    /// @param agreement the agreement
    /// @param until the last second that the statement counts; the same in each call until it closes
    /// @param limit the most batches of each series that are looked at, 1 to 100
    /// @return closed whether the statement is complete
    /// @custom:caller anybody
    /// @custom:error TariffBookUnknown when there is no such agreement.
    /// @custom:error TariffBookWrongStatus when it is not IN_FORCE.
    /// @custom:error TariffBookWrongEnd when the end is wrong.
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    function settle(uint256 agreement, uint64 until, uint256 limit) external returns (bool closed);

    /// @notice Records that the bank paid both shares.
    /// @param agreement the agreement
    /// @param statement the statement
    /// @param bankEntry digest of the entry in the bank's books
    /// @custom:caller an agent of the bank
    /// @custom:error TariffBookUnknown when there is no such statement.
    /// @custom:error PartyUserNotAgent when the caller does not act for the bank.
    /// @custom:error TariffBookNotPayable when it is not complete, or was paid.
    /// @custom:error DigestsMissing when the entry is missing.
    function confirmPayment(uint256 agreement, uint32 statement, Digest calldata bankEntry) external;

    /// @notice How many agreements were offered.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice An agreement.
    /// @param agreement its number
    /// @return the agreement
    /// @custom:error TariffBookUnknown when there is no such agreement.
    function agreementOf(uint256 agreement) external view returns (Agreement memory);

    /// @notice A statement; what all parties see is the same.
    /// @param agreement the agreement
    /// @param statement its number, from 1
    /// @return the statement
    /// @custom:error TariffBookUnknown when there is no such statement.
    function statementOf(uint256 agreement, uint32 statement) external view returns (Statement memory);

    /// @notice Computes the income of a part of a statement again, from the readings and the table; the parts add up to the statement's.
    /// @param agreement the agreement
    /// @param statement its number
    /// @param given whether of the energy given; else of the energy taken
    /// @param cursor how many batches of that series to leave out; 0 or the `next` of the part before
    /// @param limit how many batches, 1 to 100
    /// @return income of the part, in hundred-thousandths of a fen
    /// @return next the next part's cursor; 0 = this was the last
    /// @custom:caller an agent of the operator, the user or the bank
    /// @custom:error TariffBookUnknown when there is no such statement.
    /// @custom:error PartyUserNotAgent when the caller acts for none of them.
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is past the end.
    function recompute(
        uint256 agreement,
        uint32 statement,
        bool given,
        uint256 cursor,
        uint256 limit
    ) external view returns (int256 income, uint256 next);

    /// @notice The prices at a moment.
    /// @param region the region
    /// @param moment the moment, in seconds
    /// @return version the number of the table
    /// @return buy price of energy taken
    /// @return sell price of energy given
    /// @custom:unit buy, sell: 0.01 fen per kWh
    /// @custom:error TariffBookNoTable when the region had no table.
    function priceAt(bytes32 region, uint64 moment) external view returns (uint32 version, uint32 buy, uint32 sell);

    /// @notice A price table.
    /// @param region the region
    /// @param version its number
    /// @return the table
    /// @custom:error TariffBookNoTable when the region has no such version.
    function tableOf(bytes32 region, uint32 version) external view returns (Table memory);
}
