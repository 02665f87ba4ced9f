// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {IDepositToken} from "../common/interfaces/IDepositToken.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {DeliveryId, DemandId, IDemandBook} from "./interfaces/IDemandBook.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {Gtin, ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title DemandBook
/// @notice Demands, deliveries against them, and their payment; see {IDemandBook}.
contract DemandBook is IDemandBook, PartyUser {
    using SafeERC20 for IERC20;

    uint256 private constant _ONE_UNIT = 1_000_000;

    /// @notice The deposit token.
    IDepositToken public immutable token;

    /// @inheritdoc IDemandBook
    uint256 public demandCount;
    /// @inheritdoc IDemandBook
    uint256 public deliveryCount;

    mapping(DemandId demand => Demand) private _demands;
    mapping(DeliveryId delivery => Delivery) private _deliveries;
    mapping(DemandId demand => DeliveryId[]) private _deliveriesOf;
    mapping(PartyId supplier => mapping(bytes32 note => bool)) private _noteUsed;
    mapping(ObjectId item => bool) private _itemDelivered;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    /// @param token_ the deposit token
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IDepositToken token_
    ) PartyUser(authority_, clock_, parties_) {
        _requireContract(address(token_));
        token = token_;
    }

    /// @inheritdoc IDemandBook
    function openDemand(PartyId by, DemandLine calldata line) external returns (DemandId demand) {
        _requireAgent(by);
        require(
            PartyId.unwrap(line.supplier) != 0 && Gtin.unwrap(line.product) != 0 && line.amount != 0,
            DemandBookIncomplete()
        );
        Digests.requirePresent(line.plan);

        demand = DemandId.wrap(++demandCount);
        Demand storage opened = _demands[demand];
        opened.buyer = by;
        opened.payer = _msgSender();
        opened.line = line;
        uint256 held = _priceOf(line.amount, line.price);
        opened.held = held;
        emit DemandOpened(demand, by, line.supplier, line, held);
        if (held != 0) IERC20(token).safeTransferFrom(_msgSender(), address(this), held);
    }

    /// @inheritdoc IDemandBook
    function announce(
        PartyId by,
        DemandId demand,
        ObjectId object,
        uint128 amount,
        address payee,
        Digest calldata note
    ) external returns (DeliveryId delivery) {
        _requireAgent(by);
        Demand storage wanted = _open(demand);
        require(wanted.line.supplier == by, DemandBookNotParty(demand, by));
        require(
            Gtin.unwrap(TraceKeys.gtinOf(object)) == Gtin.unwrap(wanted.line.product),
            DemandBookWrongProduct(demand, object)
        );
        uint128 open = wanted.line.amount - wanted.confirmed - wanted.announced;
        bool single = !TraceKeys.isLot(object);
        require(
            amount != 0 && amount <= open && (!single || amount == _ONE_UNIT),
            DemandBookInvalidAmount(demand, amount, open)
        );
        require(wanted.line.price == 0 || payee != address(0), DemandBookPayeeMissing(demand));
        Digests.requirePresent(note);
        _requireNew(by, object, single, note.value);

        delivery = DeliveryId.wrap(++deliveryCount);
        wanted.announced += amount;
        Delivery storage announced = _deliveries[delivery];
        announced.demand = demand;
        announced.object = object;
        announced.amount = amount;
        announced.payee = payee;
        announced.status = DeliveryStatus.ANNOUNCED;
        announced.announcedAt = clock.timestamp();
        announced.note = note;
        _deliveriesOf[demand].push(delivery);
        emit DeliveryAnnounced(demand, delivery, object, amount, note);
    }

    /// @inheritdoc IDemandBook
    function confirm(
        PartyId by,
        DeliveryId delivery,
        uint128 weighed,
        Digest calldata receipt
    ) external returns (uint256 paid) {
        _requireAgent(by);
        Delivery storage answered = _announced(delivery);
        DemandId id = answered.demand;
        Demand storage wanted = _demands[id];
        require(wanted.buyer == by, DemandBookNotParty(id, by));
        require(
            weighed != 0 &&
                weighed <= answered.amount &&
                (weighed == answered.amount || TraceKeys.isLot(answered.object)),
            DemandBookInvalidWeight(delivery, weighed, answered.amount)
        );
        Digests.requirePresent(receipt);

        wanted.announced -= answered.amount;
        wanted.confirmed += weighed;
        // Of all that is confirmed, less what was paid before: roundings of single deliveries do not add up.
        paid = _priceOf(wanted.confirmed, wanted.line.price) - wanted.paid;
        wanted.paid += paid;
        wanted.held -= paid;
        _answer(answered, DeliveryStatus.CONFIRMED, receipt);
        answered.confirmed = weighed;
        answered.paid = paid;
        emit DeliveryConfirmed(id, delivery, weighed, answered.payee, paid);
        if (paid != 0) IERC20(token).safeTransfer(answered.payee, paid);
    }

    /// @inheritdoc IDemandBook
    function refuse(PartyId by, DeliveryId delivery, Digest calldata reason) external {
        _requireAgent(by);
        Delivery storage answered = _announced(delivery);
        DemandId id = answered.demand;
        require(_demands[id].buyer == by, DemandBookNotParty(id, by));
        Digests.requirePresent(reason);

        _takeBack(answered);
        _answer(answered, DeliveryStatus.REFUSED, reason);
        emit DeliveryRefused(id, delivery, reason);
    }

    /// @inheritdoc IDemandBook
    function withdraw(PartyId by, DeliveryId delivery) external {
        _requireAgent(by);
        Delivery storage answered = _announced(delivery);
        DemandId id = answered.demand;
        require(_demands[id].line.supplier == by, DemandBookNotParty(id, by));

        _takeBack(answered);
        answered.status = DeliveryStatus.WITHDRAWN;
        answered.answeredAt = clock.timestamp();
        emit DeliveryWithdrawn(id, delivery);
    }

    /// @inheritdoc IDemandBook
    function close(PartyId by, DemandId demand) external returns (uint256 returned) {
        _requireAgent(by);
        Demand storage wanted = _open(demand);
        require(wanted.buyer == by, DemandBookNotParty(demand, by));
        require(wanted.announced == 0, DemandBookDeliveriesOpen(demand, wanted.announced));

        returned = wanted.held;
        wanted.held = 0;
        wanted.closed = true;
        emit DemandClosed(demand, returned);
        if (returned != 0) IERC20(token).safeTransfer(wanted.payer, returned);
    }

    /// @inheritdoc IDemandBook
    function demandOf(DemandId demand) external view returns (Demand memory) {
        return _demands[demand];
    }

    /// @inheritdoc IDemandBook
    function deliveryOf(DeliveryId delivery) external view returns (Delivery memory) {
        return _deliveries[delivery];
    }

    /// @inheritdoc IDemandBook
    function deliveriesOf(
        DemandId demand,
        uint256 cursor,
        uint256 limit
    ) external view returns (DeliveryId[] memory ids, Delivery[] memory deliveries, uint256 next) {
        DeliveryId[] storage all = _deliveriesOf[demand];
        uint256 end;
        (end, next) = Paging.window(all.length, cursor, limit);
        ids = new DeliveryId[](end - cursor);
        deliveries = new Delivery[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            ids[i - cursor] = all[i];
            deliveries[i - cursor] = _deliveries[all[i]];
        }
    }

    function _requireNew(PartyId by, ObjectId object, bool single, bytes32 note) private {
        require(!_noteUsed[by][note] && !(single && _itemDelivered[object]), DemandBookDeliveredBefore(object, note));
        _noteUsed[by][note] = true;
        if (single) _itemDelivered[object] = true;
    }

    /// @dev What was refused or withdrawn is demanded again, and an item may come again.
    function _takeBack(Delivery storage answered) private {
        _demands[answered.demand].announced -= answered.amount;
        delete _itemDelivered[answered.object];
    }

    function _answer(Delivery storage answered, DeliveryStatus status, Digest calldata receipt) private {
        answered.status = status;
        answered.answeredAt = clock.timestamp();
        answered.receipt = receipt;
    }

    function _open(DemandId demand) private view returns (Demand storage wanted) {
        wanted = _demands[demand];
        require(PartyId.unwrap(wanted.buyer) != 0 && !wanted.closed, DemandBookNotOpen(demand));
    }

    function _announced(DeliveryId delivery) private view returns (Delivery storage found) {
        found = _deliveries[delivery];
        require(found.status == DeliveryStatus.ANNOUNCED, DemandBookNotAnnounced(delivery, found.status));
    }

    /// @dev Rounds up to a fen, for the supplier.
    function _priceOf(uint128 amount, uint128 price) private pure returns (uint256) {
        return Math.mulDiv(amount, price, _ONE_UNIT, Math.Rounding.Ceil);
    }
}
