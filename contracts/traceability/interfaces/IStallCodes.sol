// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @dev A payment at a stall, counted from 1; 0 means "none".
type StallPaymentId is uint256;

/// @title Stall codes: one code for a market stall's goods, its till and its health check
/// @notice A shopper scans one code and sees the lots on the stall, pays to its account with the lot named, and sees that today's health check was done.
/// @dev Of the health check only the moment is here, entered by the market: no person, no result, no digest of either. What concerns a person's
/// health stays in the health authority's own system.
/// @custom:source 个人信息保护法 28, 29: health data are sensitive and need their own ground
interface IStallCodes {
    /// @notice A stall.
    /// @param market the party that runs the market
    /// @param holder the stallholder
    /// @param payee the account that is paid
    /// @param checkedAt when the market last saw the stall's health codes, in seconds; 0 = never
    /// @param lots how many lots are on offer
    /// @param takings what was paid at it, in fen
    struct Stall {
        PartyId market;
        PartyId holder;
        address payee;
        uint64 checkedAt;
        uint32 lots;
        uint256 takings;
    }

    /// @notice A payment.
    /// @param stall where
    /// @param lot for goods of which lot
    /// @param payer who paid
    /// @param amount in fen
    /// @param paidAt when, in seconds
    struct StallPayment {
        ObjectId stall;
        ObjectId lot;
        address payer;
        uint256 amount;
        uint64 paidAt;
    }

    /// @notice A stall was opened, or passed to another holder or account.
    /// @param stall its code
    /// @param market the party that runs the market
    /// @param holder the stallholder
    /// @param payee the account that is paid
    event StallOpened(ObjectId indexed stall, PartyId indexed market, PartyId indexed holder, address payee);

    /// @notice The market saw the health codes of who works at a stall.
    /// @param stall the stall
    event StallChecked(ObjectId indexed stall);

    /// @notice A lot was put on offer.
    /// @param stall the stall
    /// @param lot the lot
    event LotOffered(ObjectId indexed stall, ObjectId indexed lot);

    /// @notice A lot was taken off.
    /// @param stall the stall
    /// @param lot the lot
    event LotTakenOff(ObjectId indexed stall, ObjectId indexed lot);

    /// @notice A shopper paid.
    /// @param stall where
    /// @param lot for goods of which lot
    /// @param payment its number
    /// @param payer who paid
    /// @param amount in fen
    event StallPaid(
        ObjectId indexed stall,
        ObjectId indexed lot,
        StallPaymentId indexed payment,
        address payer,
        uint256 amount
    );

    /// @notice The stall, the holder or the account is missing.
    /// @custom:cure Give all three.
    error StallCodesIncomplete();

    /// @notice The party does not run the market of this stall, or does not hold the stall.
    /// @param stall the stall
    /// @param party the party
    /// @custom:cure The market opens and checks, the holder puts lots on offer.
    error StallCodesNotParty(ObjectId stall, PartyId party);

    /// @notice The party runs no market.
    /// @param party the party
    /// @custom:cure The platform files it with the role MARKET.
    error StallCodesNotMarket(PartyId party);

    /// @notice The lot is on offer or missing, or the stall offers as many as it can.
    /// @param stall the stall
    /// @param lot the lot given
    /// @param max the most lots
    /// @custom:cure Offer another lot, or take one off first.
    error StallCodesCannotOffer(ObjectId stall, ObjectId lot, uint256 max);

    /// @notice The lot is not on offer at the stall.
    /// @param stall the stall
    /// @param lot the lot
    /// @custom:cure Scan the stall again.
    error StallCodesNotOffered(ObjectId stall, ObjectId lot);

    /// @notice A payment of nothing.
    /// @custom:cure Pay at least one fen.
    error StallCodesNothingPaid();

    /// @notice Opens a stall, or passes it to another holder or account.
    /// @param by the party that runs the market
    /// @param stall the stall's code, such as its SGLN
    /// @param holder the stallholder
    /// @param payee the account that is paid
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StallCodesNotMarket when the party runs no market.
    /// @custom:error StallCodesIncomplete when stall, holder or account are missing.
    /// @custom:error StallCodesNotParty when the stall is another market's.
    function open(PartyId by, ObjectId stall, PartyId holder, address payee) external;

    /// @notice Notes that the market saw the health codes of who works at a stall; the moment and nothing else.
    /// @param by the party that runs the market
    /// @param stall the stall
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StallCodesNotParty when the stall is another market's, or there is none.
    function noteCheck(PartyId by, ObjectId stall) external;

    /// @notice Puts a lot on offer.
    /// @param by the stallholder
    /// @param stall the stall
    /// @param lot the lot or item
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StallCodesNotParty when the party does not hold the stall.
    /// @custom:error StallCodesCannotOffer when it is on offer, missing, or there are 50.
    function offer(PartyId by, ObjectId stall, ObjectId lot) external;

    /// @notice Takes a lot off.
    /// @param by the stallholder
    /// @param stall the stall
    /// @param lot the lot
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error StallCodesNotParty when the party does not hold the stall.
    /// @custom:error StallCodesNotOffered when it is not on offer.
    function takeOff(PartyId by, ObjectId stall, ObjectId lot) external;

    /// @notice Pays for goods of a lot, to the stall's account.
    /// @param stall the stall
    /// @param lot the lot
    /// @param amount in fen
    /// @return payment its number
    /// @custom:caller any account, which approved the deposit token
    /// @custom:unit amount: fen
    /// @custom:error StallCodesNotOffered when the lot is not on offer.
    /// @custom:error StallCodesNothingPaid when the amount is 0.
    /// @custom:error ERC20InsufficientAllowance when the caller did not approve as much.
    /// @custom:error ERC20InsufficientBalance when the caller has not as much.
    function pay(ObjectId stall, ObjectId lot, uint256 amount) external returns (StallPaymentId payment);

    /// @notice What a shopper sees who scans a stall: the stall and its lots, whose history {IEpcisRepository} and {IStageRecords} have.
    /// @param stall the stall's code
    /// @return found the stall; its market is 0 where there is none
    /// @return lots the lots on offer
    function codeOf(ObjectId stall) external view returns (Stall memory found, ObjectId[] memory lots);

    /// @notice A payment.
    /// @param payment its number
    /// @return the payment
    function paymentOf(StallPaymentId payment) external view returns (StallPayment memory);

    /// @notice How many payments there are: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);
}
