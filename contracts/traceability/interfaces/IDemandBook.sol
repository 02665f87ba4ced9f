// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {Gtin, ObjectId, PartyId, Unit} from "../libraries/TraceTypes.sol";

/// @dev A demand, counted from 1; 0 means "none".
type DemandId is uint256;
/// @dev A delivery, counted from 1; 0 means "none".
type DeliveryId is uint256;

/// @title Demand book: what was ordered, what was delivered against it, and the payment that follows
/// @notice A buyer's demand for a product (a line of a production plan, a plant's order, a harvest contract) is matched by deliveries of lots or items
/// of just that product. The buyer confirms what it weighed, and that weight at the agreed price is paid to the supplier's account at once, once, out of
/// what the buyer put up when it ordered. A plan without price matches only.
/// @dev Money in fen of the deposit token, amounts in millionths of the unit, the price per whole unit. Of a demand, what is paid in all is its confirmed
/// amount times the price, rounded up to a fen for the supplier; so the sum of the payments never depends on how the deliveries were cut.
interface IDemandBook {
    /// @notice Where a delivery stands.
    enum DeliveryStatus {
        NONE,
        ANNOUNCED,
        CONFIRMED,
        REFUSED,
        WITHDRAWN
    }

    /// @notice What is demanded.
    /// @param supplier who is to deliver
    /// @param product what
    /// @param amount how much, in millionths of the unit
    /// @param unit the unit; zero = pieces
    /// @param price per whole unit, in fen; 0 = settled elsewhere
    /// @param plan digest of the production plan, order or contract that it is a line of
    struct DemandLine {
        PartyId supplier;
        Gtin product;
        uint128 amount;
        Unit unit;
        uint128 price;
        Digest plan;
    }

    /// @notice A demand.
    /// @param buyer who ordered
    /// @param payer the account that put the money up and gets the rest back
    /// @param line what is demanded
    /// @param confirmed the amount confirmed, in millionths of the unit
    /// @param announced the amount announced and not answered
    /// @param held what is left of the money put up, in fen
    /// @param paid what was paid to the supplier, in fen
    /// @param closed whether no more is delivered
    struct Demand {
        PartyId buyer;
        address payer;
        DemandLine line;
        uint128 confirmed;
        uint128 announced;
        uint256 held;
        uint256 paid;
        bool closed;
    }

    /// @notice A delivery.
    /// @param demand what it is delivered against
    /// @param object the lot or item
    /// @param amount how much was announced, in millionths of the unit
    /// @param confirmed how much the buyer weighed or counted
    /// @param payee the supplier's account that is paid
    /// @param status where it stands
    /// @param announcedAt when it was announced, in seconds
    /// @param answeredAt when it was confirmed, refused or withdrawn, in seconds
    /// @param paid what was paid, in fen
    /// @param note digest of the delivery note
    /// @param receipt digest of the weighing note or of the reason of a refusal
    struct Delivery {
        DemandId demand;
        ObjectId object;
        uint128 amount;
        uint128 confirmed;
        address payee;
        DeliveryStatus status;
        uint64 announcedAt;
        uint64 answeredAt;
        uint256 paid;
        Digest note;
        Digest receipt;
    }

    /// @notice A demand was opened.
    /// @param demand its number
    /// @param buyer who ordered
    /// @param supplier who is to deliver
    /// @param line what is demanded
    /// @param held what was put up, in fen
    event DemandOpened(
        DemandId indexed demand,
        PartyId indexed buyer,
        PartyId indexed supplier,
        DemandLine line,
        uint256 held
    );

    /// @notice A delivery was announced.
    /// @param demand what against
    /// @param delivery its number
    /// @param object the lot or item
    /// @param amount how much, in millionths of the unit
    /// @param note digest of the delivery note
    event DeliveryAnnounced(
        DemandId indexed demand,
        DeliveryId indexed delivery,
        ObjectId indexed object,
        uint128 amount,
        Digest note
    );

    /// @notice A delivery was confirmed and paid.
    /// @param demand what against
    /// @param delivery the delivery
    /// @param amount what the buyer weighed, in millionths of the unit
    /// @param payee who was paid
    /// @param paid in fen
    event DeliveryConfirmed(
        DemandId indexed demand,
        DeliveryId indexed delivery,
        uint128 amount,
        address indexed payee,
        uint256 paid
    );

    /// @notice A delivery was refused by the buyer.
    /// @param demand what against
    /// @param delivery the delivery
    /// @param reason digest of the reason
    event DeliveryRefused(DemandId indexed demand, DeliveryId indexed delivery, Digest reason);

    /// @notice A delivery was taken back by the supplier.
    /// @param demand what against
    /// @param delivery the delivery
    event DeliveryWithdrawn(DemandId indexed demand, DeliveryId indexed delivery);

    /// @notice A demand was closed.
    /// @param demand the demand
    /// @param returned what went back to the payer, in fen
    event DemandClosed(DemandId indexed demand, uint256 returned);

    /// @notice The amount, the product or the supplier is missing.
    /// @custom:cure Give all three.
    error DemandBookIncomplete();

    /// @notice No demand of this number is open.
    /// @param demand the number given
    /// @custom:cure Use a number from `DemandOpened` that was not closed.
    error DemandBookNotOpen(DemandId demand);

    /// @notice The party is not the one that this falls to.
    /// @param demand the demand
    /// @param party the party
    /// @custom:cure The supplier announces and withdraws; the buyer confirms, refuses and closes.
    error DemandBookNotParty(DemandId demand, PartyId party);

    /// @notice The object is not of the product demanded.
    /// @param demand the demand
    /// @param object the object given
    /// @custom:cure Deliver a lot or item of the demand's GTIN.
    error DemandBookWrongProduct(DemandId demand, ObjectId object);

    /// @notice It is more than is still demanded, or nothing.
    /// @param demand the demand
    /// @param amount the amount given, in millionths of the unit
    /// @param open what is neither confirmed nor announced, in millionths of the unit
    /// @custom:cure Deliver at most `open`.
    error DemandBookInvalidAmount(DemandId demand, uint128 amount, uint128 open);

    /// @notice The item was delivered, or the delivery note was used.
    /// @param object the object
    /// @param note the delivery note's digest
    /// @custom:cure A single item is delivered once; give each delivery a note of its own.
    error DemandBookDeliveredBefore(ObjectId object, bytes32 note);

    /// @notice The payee is missing though the demand has a price.
    /// @param demand the demand
    /// @custom:cure Name the account that is to be paid.
    error DemandBookPayeeMissing(DemandId demand);

    /// @notice The delivery was answered or withdrawn, or there is none of this number.
    /// @param delivery the number given
    /// @param status where it stands
    /// @custom:cure A delivery is answered once.
    error DemandBookNotAnnounced(DeliveryId delivery, DeliveryStatus status);

    /// @notice What was weighed is nothing, more than was announced, or a part of a single item.
    /// @param delivery the delivery
    /// @param confirmed what was weighed
    /// @param announced what was announced
    /// @custom:cure Refuse what did not come; have the rest announced as a delivery of its own.
    error DemandBookInvalidWeight(DeliveryId delivery, uint128 confirmed, uint128 announced);

    /// @notice A delivery waits for an answer.
    /// @param demand the demand
    /// @param announced the amount announced and not answered
    /// @custom:cure Confirm or refuse it first.
    error DemandBookDeliveriesOpen(DemandId demand, uint128 announced);

    /// @notice Opens a demand and puts up its price.
    /// @param by the buyer
    /// @param line what is demanded
    /// @return demand its number
    /// @custom:caller an agent of `by`, who approved the deposit token for amount times price, rounded up to a fen
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error DemandBookIncomplete when supplier, product or amount is missing.
    /// @custom:error DigestsMissing when the plan is missing.
    /// @custom:error ERC20InsufficientAllowance when the caller did not approve as much.
    /// @custom:error ERC20InsufficientBalance when the caller has not as much.
    function openDemand(PartyId by, DemandLine calldata line) external returns (DemandId demand);

    /// @notice Announces a delivery.
    /// @param by the supplier
    /// @param demand what against
    /// @param object the lot or item
    /// @param amount how much; of a single item one piece, 1,000,000
    /// @param payee the supplier's account that is to be paid, such as a grower's telephone account
    /// @param note digest of the delivery note
    /// @return delivery its number
    /// @custom:caller an agent of `by`
    /// @custom:unit amount: millionths of the unit
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error DemandBookNotOpen when no open demand has the number.
    /// @custom:error DemandBookNotParty when the party is not its supplier.
    /// @custom:error DemandBookWrongProduct when the object is not of its product.
    /// @custom:error DemandBookInvalidAmount when it is more than is still demanded, or nothing.
    /// @custom:error DemandBookPayeeMissing when a priced delivery names no payee.
    /// @custom:error DemandBookDeliveredBefore when item or note were used.
    /// @custom:error DigestsMissing when the note is missing.
    function announce(
        PartyId by,
        DemandId demand,
        ObjectId object,
        uint128 amount,
        address payee,
        Digest calldata note
    ) external returns (DeliveryId delivery);

    /// @notice Confirms what came, and pays it.
    /// @param by the buyer
    /// @param delivery the delivery
    /// @param weighed how much came, at most what was announced
    /// @param receipt digest of the weighing note
    /// @return paid in fen
    /// @custom:caller an agent of `by`
    /// @custom:unit weighed: millionths of the unit
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error DemandBookNotAnnounced when the delivery was answered or withdrawn, or there is none.
    /// @custom:error DemandBookNotParty when the party is not the buyer.
    /// @custom:error DemandBookInvalidWeight when it is nothing or more than was announced.
    /// @custom:error DigestsMissing when the receipt is missing.
    function confirm(
        PartyId by,
        DeliveryId delivery,
        uint128 weighed,
        Digest calldata receipt
    ) external returns (uint256 paid);

    /// @notice Refuses a delivery.
    /// @param by the buyer
    /// @param delivery the delivery
    /// @param reason digest of the reason
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error DemandBookNotAnnounced when the delivery was answered or withdrawn, or there is none.
    /// @custom:error DemandBookNotParty when the party is not the buyer.
    /// @custom:error DigestsMissing when the reason is missing.
    function refuse(PartyId by, DeliveryId delivery, Digest calldata reason) external;

    /// @notice Takes an announced delivery back.
    /// @param by the supplier
    /// @param delivery the delivery
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error DemandBookNotAnnounced when the delivery was answered or withdrawn, or there is none.
    /// @custom:error DemandBookNotParty when the party is not the supplier.
    function withdraw(PartyId by, DeliveryId delivery) external;

    /// @notice Closes a demand; what is left of the money goes back to who put it up.
    /// @param by the buyer
    /// @param demand the demand
    /// @return returned in fen
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error DemandBookNotOpen when no open demand has the number.
    /// @custom:error DemandBookNotParty when the party is not the buyer.
    /// @custom:error DemandBookDeliveriesOpen when a delivery waits for an answer.
    function close(PartyId by, DemandId demand) external returns (uint256 returned);

    /// @notice A demand.
    /// @param demand its number
    /// @return the demand; its buyer is 0 where there is none
    function demandOf(DemandId demand) external view returns (Demand memory);

    /// @notice A delivery.
    /// @param delivery its number
    /// @return the delivery
    function deliveryOf(DeliveryId delivery) external view returns (Delivery memory);

    /// @notice A page of the deliveries against a demand, oldest first.
    /// @param demand the demand
    /// @param cursor 0, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return ids the deliveries' numbers
    /// @return deliveries the page
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function deliveriesOf(
        DemandId demand,
        uint256 cursor,
        uint256 limit
    ) external view returns (DeliveryId[] memory ids, Delivery[] memory deliveries, uint256 next);

    /// @notice How many demands there are: their numbers are 1 to this.
    /// @return the number
    function demandCount() external view returns (uint256);

    /// @notice How many deliveries there are: their numbers are 1 to this.
    /// @return the number
    function deliveryCount() external view returns (uint256);
}
