// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @dev A loan that rests on things in the title book, counted from 1; 0 means "none".
type PledgeLoanId is uint256;

/// @title Title book: whose a thing is, by trades in sequence, and what experts attest of it
/// @notice Paintings, cattle and other single things of value have one page each with two trails that are read apart: who owned it, each entry following
/// from the one before by a trade that both sides entered; and what appraisers, laboratories and restorers attest of its authenticity. A thing that a
/// loan rests on changes hands only when the lender lets it go.
/// @dev Owners are accounts: nobody's name is here. Prices are in fen; the payment is made elsewhere.
interface ITitleBook {
    /// @notice A thing's page.
    /// @param owner whose it is now; zero = the thing has no page
    /// @param openedAt when the page was opened, in seconds
    /// @param offeredTo who may take it over; zero = nobody
    /// @param price the price of the offer, in fen
    /// @param loan the loan that rests on it; 0 = none
    /// @param contractDigest digest of the offered contract
    struct Page {
        address owner;
        uint64 openedAt;
        address offeredTo;
        uint128 price;
        PledgeLoanId loan;
        Digest contractDigest;
    }

    /// @notice An entry of the trail of owners.
    /// @param owner whose it was from then on
    /// @param since from when, in seconds
    /// @param price what was paid, in fen; 0 for the first owner
    /// @param document digest of the contract; of the evidence of title for the first owner
    struct TitleEntry {
        address owner;
        uint64 since;
        uint128 price;
        Digest document;
    }

    /// @notice An entry of the trail of authenticity.
    /// @param by the party that attests
    /// @param attestedAt when, in seconds
    /// @param genuine whether it found the thing to be what it is said to be
    /// @param report digest of its report
    struct Attestation {
        PartyId by;
        uint64 attestedAt;
        bool genuine;
        Digest report;
    }

    /// @notice A loan that rests on things.
    /// @param borrower who owns the things
    /// @param lender who lent
    /// @param madeAt when, in seconds
    /// @param endedAt when the lender let the things go, in seconds; 0 = it rests on them
    /// @param document digest of the loan contract
    /// @param things what it rests on
    struct PledgeLoan {
        address borrower;
        address lender;
        uint64 madeAt;
        uint64 endedAt;
        Digest document;
        ObjectId[] things;
    }

    /// @notice A page was opened.
    /// @param thing the thing
    /// @param owner its first owner
    /// @param title digest of the evidence of title
    event PageOpened(ObjectId indexed thing, address indexed owner, Digest title);

    /// @notice An appraiser was admitted, or no longer is.
    /// @param party the party
    /// @param admitted whether it may attest from now on
    event AppraiserAdmitted(PartyId indexed party, bool admitted);

    /// @notice A thing was attested to be genuine or not.
    /// @param thing the thing
    /// @param by the party that attests
    /// @param genuine what it found
    /// @param report digest of its report
    event Attested(ObjectId indexed thing, PartyId indexed by, bool genuine, Digest report);

    /// @notice A thing was offered.
    /// @param thing the thing
    /// @param owner who offers
    /// @param to who may take it over
    /// @param price in fen
    /// @param contractDigest digest of the contract
    event Offered(
        ObjectId indexed thing,
        address indexed owner,
        address indexed to,
        uint128 price,
        Digest contractDigest
    );

    /// @notice An offer was taken back.
    /// @param thing the thing
    /// @param owner who had offered
    event OfferWithdrawn(ObjectId indexed thing, address indexed owner);

    /// @notice A thing changed hands.
    /// @param thing the thing
    /// @param from who sold
    /// @param to who bought
    /// @param sequence the number of the entry, from 1; the first owner has 0
    /// @param price in fen
    event TitlePassed(
        ObjectId indexed thing,
        address indexed from,
        address indexed to,
        uint256 sequence,
        uint128 price
    );

    /// @notice A loan rests on things from now on.
    /// @param loan its number
    /// @param borrower who owns the things
    /// @param lender who lends
    /// @param things what it rests on
    /// @param document digest of the loan contract
    event Pledged(
        PledgeLoanId indexed loan,
        address indexed borrower,
        address indexed lender,
        ObjectId[] things,
        Digest document
    );

    /// @notice A lender let the things of a loan go.
    /// @param loan the loan
    event PledgeReleased(PledgeLoanId indexed loan);

    /// @notice The thing has a page, or is missing.
    /// @param thing the thing
    /// @custom:cure Use the page that there is.
    error TitleBookExists(ObjectId thing);

    /// @notice The thing has no page.
    /// @param thing the thing
    /// @custom:cure The platform opens it with `open`.
    error TitleBookUnknown(ObjectId thing);

    /// @notice The caller does not own the thing.
    /// @param thing the thing
    /// @param caller who called
    /// @custom:cure Call from the account that `pageOf` names.
    error TitleBookNotOwner(ObjectId thing, address caller);

    /// @notice The account is missing, or it is the owner's own.
    /// @param account the account given
    /// @custom:cure Name the account of the other side.
    error TitleBookInvalidAccount(address account);

    /// @notice The thing is not offered to the caller at this price and contract.
    /// @param thing the thing
    /// @param caller who called
    /// @custom:cure Read the offer with `pageOf` and pass exactly its price and contract.
    error TitleBookNotOffered(ObjectId thing, address caller);

    /// @notice A loan rests on the thing.
    /// @param thing the thing
    /// @param loan the loan
    /// @custom:cure The lender lets it go with `release`.
    error TitleBookPledged(ObjectId thing, PledgeLoanId loan);

    /// @notice The party was not admitted to attest.
    /// @param party the party
    /// @custom:cure The platform admits it with `admit`.
    error TitleBookNotAppraiser(PartyId party);

    /// @notice A loan rests on no thing, or on too many.
    /// @param count how many were given
    /// @param max the most
    /// @custom:cure Name 1 to `max` things; make a second loan for more.
    error TitleBookInvalidCount(uint256 count, uint256 max);

    /// @notice The caller is not the lender of a loan that rests on things.
    /// @param loan the loan
    /// @param caller who called
    /// @custom:cure Call from the lender's account, while the loan has not ended.
    error TitleBookNotLender(PledgeLoanId loan, address caller);

    /// @notice Opens a thing's page with its first owner.
    /// @param thing the thing's code
    /// @param owner whose it is
    /// @param title digest of the evidence of title
    /// @custom:caller PLATFORM
    /// @custom:error TitleBookExists when the thing has a page or is missing.
    /// @custom:error TitleBookInvalidAccount when the owner is missing.
    /// @custom:error DigestsMissing when the evidence is missing.
    function open(ObjectId thing, address owner, Digest calldata title) external;

    /// @notice Lets a party attest, or no longer.
    /// @param party the party
    /// @param admitted whether it may from now on
    /// @custom:caller PLATFORM
    function admit(PartyId party, bool admitted) external;

    /// @notice Attests what an appraiser found.
    /// @param by the appraiser
    /// @param thing the thing
    /// @param genuine whether it is what it is said to be
    /// @param report digest of the report
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TitleBookNotAppraiser when the party was not admitted.
    /// @custom:error TitleBookUnknown when the thing has no page.
    /// @custom:error DigestsMissing when the report is missing.
    function attest(PartyId by, ObjectId thing, bool genuine, Digest calldata report) external;

    /// @notice Offers a thing to a buyer; replaces an earlier offer.
    /// @param thing the thing
    /// @param to who may take it over
    /// @param price in fen
    /// @param contractDigest digest of the contract
    /// @custom:caller the thing's owner
    /// @custom:unit price: fen
    /// @custom:error TitleBookUnknown when the thing has no page.
    /// @custom:error TitleBookNotOwner when the caller does not own it.
    /// @custom:error TitleBookInvalidAccount when the buyer is missing or the owner.
    /// @custom:error TitleBookPledged when a loan rests on it.
    /// @custom:error DigestsMissing when the contract is missing.
    function offer(ObjectId thing, address to, uint128 price, Digest calldata contractDigest) external;

    /// @notice Takes an offer back.
    /// @param thing the thing
    /// @custom:caller the thing's owner
    /// @custom:error TitleBookUnknown when the thing has no page.
    /// @custom:error TitleBookNotOwner when the caller does not own it.
    /// @custom:error TitleBookNotOffered when there is no offer.
    function withdraw(ObjectId thing) external;

    /// @notice Takes a thing over, as it was offered: the next entry of the trail of owners.
    /// @param thing the thing
    /// @param price the price of the offer
    /// @param contractDigest the contract of the offer
    /// @return sequence the number of the entry
    /// @custom:caller the account that it was offered to
    /// @custom:unit price: fen
    /// @custom:error TitleBookUnknown when the thing has no page.
    /// @custom:error TitleBookNotOffered when it was not offered to the caller in these terms.
    function accept(ObjectId thing, uint128 price, Digest calldata contractDigest) external returns (uint256 sequence);

    /// @notice Lets a loan rest on things of one's own. Offers of them lapse.
    /// @param things 1 to 50 things, each once
    /// @param lender who lends
    /// @param document digest of the loan contract
    /// @return loan its number
    /// @custom:caller the owner of all of them
    /// @custom:error TitleBookInvalidCount when there are none or too many.
    /// @custom:error TitleBookInvalidAccount when the lender is missing or the owner.
    /// @custom:error TitleBookUnknown when a thing has no page.
    /// @custom:error TitleBookNotOwner when the caller does not own one.
    /// @custom:error TitleBookPledged when a loan rests on one.
    /// @custom:error DigestsMissing when the contract is missing.
    function pledge(
        ObjectId[] calldata things,
        address lender,
        Digest calldata document
    ) external returns (PledgeLoanId loan);

    /// @notice Lets the things of a loan go: it was paid back.
    /// @param loan the loan
    /// @custom:caller the loan's lender
    /// @custom:error TitleBookNotLender when the caller is not the lender, or the loan has ended.
    function release(PledgeLoanId loan) external;

    /// @notice A thing's page.
    /// @param thing the thing
    /// @return the page; its owner is zero where there is none
    function pageOf(ObjectId thing) external view returns (Page memory);

    /// @notice A page of the trail of owners, in sequence.
    /// @param thing the thing
    /// @param cursor 0, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return entries the page
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function ownersOf(
        ObjectId thing,
        uint256 cursor,
        uint256 limit
    ) external view returns (TitleEntry[] memory entries, uint256 next);

    /// @notice A page of the trail of authenticity, oldest first.
    /// @param thing the thing
    /// @param cursor 0, then the `next` of the page before
    /// @param limit the page size, 1 to 100
    /// @return entries the page
    /// @return next the cursor of the next page; 0 = this was the last
    /// @custom:error PagingLimitOutOfRange when the limit is 0 or over 100.
    /// @custom:error PagingOffsetOutOfRange when the cursor lies after the end.
    function attestationsOf(
        ObjectId thing,
        uint256 cursor,
        uint256 limit
    ) external view returns (Attestation[] memory entries, uint256 next);

    /// @notice A loan.
    /// @param loan its number
    /// @return the loan; its lender is zero where there is none
    function loanOf(PledgeLoanId loan) external view returns (PledgeLoan memory);

    /// @notice Whether a party may attest.
    /// @param party the party
    /// @return whether it may
    function isAppraiser(PartyId party) external view returns (bool);

    /// @notice How many loans were made: their numbers are 1 to this.
    /// @return the number
    function loanCount() external view returns (uint256);
}
