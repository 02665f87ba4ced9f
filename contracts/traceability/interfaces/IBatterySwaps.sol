// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISaltedEIP712, Signature} from "../../common/interfaces/ISaltedEIP712.sol";
import {IPartyUser} from "../../devices/interfaces/IPartyUser.sol";
import {DeviceId} from "../../devices/libraries/DeviceTypes.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Swaps of batteries
/// @notice Riders rent by the month and swap empty batteries for charged ones at cabinets. One entry holds the battery returned and the one issued;
/// the cabinet signs it, the rider sends it.
/// @dev Rent is paid in deposit tokens from the rider to the account that the plan names, before the month. A rider has one battery of an operator
/// at a time. Who the rider is stays outside the chain; here is an account.
interface IBatterySwaps is IPartyUser, ISaltedEIP712 {
    /// @notice A plan.
    /// @param operator whose batteries are rented
    /// @param payee the account that rent goes to
    /// @param rent rent of a month, in fen
    /// @param open whether riders may take it
    struct Plan {
        PartyId operator;
        address payee;
        uint128 rent;
        bool open;
    }

    /// @notice What a cabinet signs.
    /// @param cabinet the cabinet
    /// @param sequence number of the swap at the cabinet, from 1
    /// @param rider the rider's account
    /// @param returned the battery put in; zero = the rider's first
    /// @param issued the battery given out; zero = the rider's last
    /// @param returnedCharge state of charge of the one put in, in ppm
    /// @param issuedCharge state of charge of the one given out, in ppm
    /// @param at when, in seconds
    struct Swap {
        DeviceId cabinet;
        uint64 sequence;
        address rider;
        ObjectId returned;
        ObjectId issued;
        uint32 returnedCharge;
        uint32 issuedCharge;
        uint64 at;
    }

    /// @notice An operator offered a plan, or closed it.
    /// @param plan the plan
    /// @param operator the operator
    /// @param rent rent of a month, in fen
    /// @param open whether riders may take it
    event PlanOffered(uint256 indexed plan, PartyId indexed operator, uint256 rent, bool open);

    /// @notice A rider paid rent.
    /// @param rider the rider
    /// @param plan the plan
    /// @param months for how many months
    /// @param paid what was paid, in fen
    /// @param paidUntil the first second that is not paid for
    event RentPaid(address indexed rider, uint256 indexed plan, uint256 months, uint256 paid, uint64 paidUntil);

    /// @notice A battery was put into a cabinet by its operator, or taken out.
    /// @param cabinet the cabinet; 0 = taken out
    /// @param battery the battery
    event BatteryStocked(DeviceId indexed cabinet, ObjectId indexed battery);

    /// @notice A rider swapped.
    /// @param swap its number
    /// @param rider the rider
    /// @param cabinet the cabinet
    /// @param entry what was swapped
    event BatteriesSwapped(uint256 indexed swap, address indexed rider, DeviceId indexed cabinet, Swap entry);

    /// @notice There is no such plan or swap.
    /// @param id the number given
    /// @custom:cure Use numbers from `PlanOffered` and `BatteriesSwapped` events.
    error BatterySwapsUnknown(uint256 id);

    /// @notice The plan lacks rent or payee.
    /// @custom:cure Give both.
    error BatterySwapsInvalidPlan();

    /// @notice The plan is closed, or the months are none or more than a year.
    /// @param plan the plan
    /// @param months the months given
    /// @custom:cure Take an open plan for 1 to 12 months.
    error BatterySwapsNotOnOffer(uint256 plan, uint256 months);

    /// @notice No battery, or too many.
    /// @param count how many were given
    /// @param max the most
    /// @custom:cure Give 1 to `max` batteries.
    error BatterySwapsBatch(uint256 count, uint256 max);

    /// @notice The cabinet is no terminal of the operator.
    /// @param cabinet the cabinet
    /// @custom:cure Use an enrolled device of kind TERMINAL that the operator owns.
    error BatterySwapsNotCabinet(DeviceId cabinet);

    /// @notice The battery is not the operator's, is waste, or is somewhere else.
    /// @param battery the battery
    /// @custom:cure Stock batteries that the operator owns or answers for and that nobody has; take out what lies in the cabinet.
    error BatterySwapsNotFree(ObjectId battery);

    /// @notice The rider's rent is not paid.
    /// @param rider the rider
    /// @param operator the operator
    /// @param paidUntil the first second that is not paid for
    /// @custom:cure Pay the next month.
    error BatterySwapsRentDue(address rider, PartyId operator, uint64 paidUntil);

    /// @notice Only the rider sends his swap.
    /// @param rider the rider named
    /// @param caller who called
    /// @custom:cure Scan the code with the account that rents.
    error BatterySwapsNotRider(address rider, address caller);

    /// @notice The swap is not the cabinet's next.
    /// @param cabinet the cabinet
    /// @param expected the number of its next swap
    /// @param given the number given
    /// @custom:cure Send the swaps of a cabinet in their order, each once.
    error BatterySwapsOutOfSequence(DeviceId cabinet, uint64 expected, uint64 given);

    /// @notice The rider does not have the battery that is put in, or has one and puts none in.
    /// @param rider the rider
    /// @param held the battery that the rider has; zero = none
    /// @param returned the battery given
    /// @custom:cure Put in the battery that was issued last.
    error BatterySwapsWrongReturn(address rider, ObjectId held, ObjectId returned);

    /// @notice The battery that would be issued does not lie in the cabinet, is waste, or is not charged enough.
    /// @param battery the battery
    /// @param charge its state of charge, in ppm
    /// @custom:cure Open another box of the cabinet.
    error BatterySwapsNotIssuable(ObjectId battery, uint32 charge);

    /// @notice The swap moves nothing, or lies in the future.
    /// @custom:cure Put one in, take one out, or both; check the cabinet's clock.
    error BatterySwapsEmpty();

    /// @notice Only the rider, the operator and readers of the battery ask.
    /// @param account the account
    /// @custom:cure Call from the rider's account, as the operator, or open a reading of the battery's group.
    error BatterySwapsNotReader(address account);

    /// @notice Offers a plan.
    /// @param operator whose batteries are rented
    /// @param payee the account that rent goes to
    /// @param rent rent of a month
    /// @return plan the plan
    /// @custom:caller an agent of the operator
    /// @custom:unit rent: fen
    /// @custom:error PartyUserNotAgent when the caller does not act for the operator.
    /// @custom:error BatterySwapsInvalidPlan when rent or payee are missing.
    function offerPlan(PartyId operator, address payee, uint128 rent) external returns (uint256 plan);

    /// @notice Closes a plan: what is paid stays paid.
    /// @param plan the plan
    /// @custom:caller an agent of the operator
    /// @custom:error BatterySwapsUnknown when there is no such plan.
    /// @custom:error PartyUserNotAgent when the caller does not act for the operator.
    function closePlan(uint256 plan) external;

    /// @notice Pays rent for months, from now or from where it is paid.
    /// @param plan the plan
    /// @param months how many, 1 to 12; calendar months
    /// @return paidUntil the first second that is not paid for
    /// @custom:caller the rider
    /// @custom:error BatterySwapsUnknown when there is no such plan.
    /// @custom:error BatterySwapsNotOnOffer when it is closed, or the months are out of range.
    /// @custom:error ERC20InsufficientAllowance when the rider did not allow this contract to collect.
    /// @custom:error ERC20InsufficientBalance when the rider has too little.
    function payRent(uint256 plan, uint256 months) external returns (uint64 paidUntil);

    /// @notice Puts batteries into a cabinet.
    /// @param cabinet the cabinet
    /// @param batteries the batteries, 1 to 30
    /// @custom:caller an agent of the cabinet's owner
    /// @custom:error DeviceRegisterUnknown when the cabinet is not enrolled.
    /// @custom:error BatterySwapsNotCabinet when it is no terminal in service.
    /// @custom:error PartyUserNotAgent when the caller does not act for its owner.
    /// @custom:error BatterySwapsBatch when there are none or too many.
    /// @custom:error BatteryPassportsUnknown when a battery has no passport.
    /// @custom:error BatterySwapsNotFree when a battery is another's, waste, or somewhere else.
    function stock(DeviceId cabinet, ObjectId[] calldata batteries) external;

    /// @notice Takes batteries out of a cabinet.
    /// @param cabinet the cabinet
    /// @param batteries the batteries, 1 to 30
    /// @custom:caller an agent of the cabinet's owner
    /// @custom:error DeviceRegisterUnknown when the cabinet is not enrolled.
    /// @custom:error BatterySwapsNotCabinet when it is no terminal in service.
    /// @custom:error PartyUserNotAgent when the caller does not act for its owner.
    /// @custom:error BatterySwapsBatch when there are none or too many.
    /// @custom:error BatterySwapsNotFree when a battery does not lie in it.
    function unstock(DeviceId cabinet, ObjectId[] calldata batteries) external;

    /// @notice Swaps.
    /// @param entry what the cabinet signed
    /// @param signature the cabinet's signature over the EIP-712 struct
    /// `Swap(uint32 cabinet,uint64 sequence,address rider,bytes32 returned,bytes32 issued,uint32 returnedCharge,uint32 issuedCharge,uint64 at)`
    /// @return swap its number
    /// @custom:caller the rider
    /// @custom:error BatterySwapsNotRider when the caller is not the rider.
    /// @custom:error BatterySwapsEmpty when it moves nothing or lies in the future.
    /// @custom:error DeviceRegisterUnknown when the cabinet is not enrolled.
    /// @custom:error BatterySwapsNotCabinet when it is no terminal in service.
    /// @custom:error BatterySwapsOutOfSequence when it is not the cabinet's next.
    /// @custom:error SaltedEIP712InvalidSignature when the cabinet did not sign exactly this swap.
    /// @custom:error BatterySwapsRentDue when a battery is to be issued and the rent is not paid.
    /// @custom:error BatterySwapsWrongReturn when the rider puts in another battery than he has.
    /// @custom:error BatterySwapsNotIssuable when the battery cannot be issued.
    function swap(Swap calldata entry, Signature calldata signature) external returns (uint256 swap);

    /// @notice How many plans there are.
    /// @return the number of the last
    function planCount() external view returns (uint256);

    /// @notice How many swaps there were.
    /// @return the number of the last
    function count() external view returns (uint256);

    /// @notice A plan.
    /// @param plan its number
    /// @return the plan
    /// @custom:error BatterySwapsUnknown when there is no such plan.
    function planOf(uint256 plan) external view returns (Plan memory);

    /// @notice Until when a rider's rent is paid.
    /// @param rider the rider
    /// @param operator the operator
    /// @return the first second that is not paid for; 0 = never paid
    function paidUntil(address rider, PartyId operator) external view returns (uint64);

    /// @notice The battery that a rider has of an operator.
    /// @param rider the rider
    /// @param operator the operator
    /// @return the battery; zero = none
    function heldBy(address rider, PartyId operator) external view returns (ObjectId);

    /// @notice The cabinet that a battery lies in.
    /// @param battery the battery
    /// @return the cabinet; 0 = none
    function cabinetOf(ObjectId battery) external view returns (DeviceId);

    /// @notice The number of a cabinet's last swap; its next has one more.
    /// @param cabinet the cabinet
    /// @return the number; 0 = none
    function sequenceOf(DeviceId cabinet) external view returns (uint64);

    /// @notice The swaps of a battery, in their order.
    /// @param battery the battery
    /// @param cursor where to begin; 0 or the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return swaps the swaps
    /// @return next the next page's cursor; 0 = this was the last
    /// @custom:caller a reader of the battery
    /// @custom:error BatteryPassportsUnknown when the battery has no passport.
    /// @custom:error BatterySwapsNotReader when the caller may not read it.
    /// @custom:error PagingLimitOutOfRange when the page size is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is past the end.
    function swapsOf(
        ObjectId battery,
        uint256 cursor,
        uint256 limit
    ) external view returns (Swap[] memory swaps, uint256 next);

    /// @notice The swaps of a rider with an operator, in their order.
    /// @param rider the rider
    /// @param operator the operator
    /// @param cursor where to begin; 0 or the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return swaps the swaps
    /// @return next the next page's cursor; 0 = this was the last
    /// @custom:caller the rider, or an agent of the operator
    /// @custom:error BatterySwapsNotReader when the caller is neither.
    /// @custom:error PagingLimitOutOfRange when the page size is 0 or above 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor is past the end.
    function swapsOfRider(
        address rider,
        PartyId operator,
        uint256 cursor,
        uint256 limit
    ) external view returns (Swap[] memory swaps, uint256 next);
}
