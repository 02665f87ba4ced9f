// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Paging} from "../common/libraries/Paging.sol";
import {ITitleBook, PledgeLoanId} from "./interfaces/ITitleBook.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title TitleBook
/// @notice Owners in sequence, attestations and loans of single things; see {ITitleBook}.
contract TitleBook is ITitleBook, PartyUser {
    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_THINGS = 50;

    /// @inheritdoc ITitleBook
    uint256 public loanCount;
    /// @inheritdoc ITitleBook
    mapping(PartyId party => bool) public isAppraiser;

    mapping(ObjectId thing => Page) private _pages;
    mapping(ObjectId thing => TitleEntry[]) private _owners;
    mapping(ObjectId thing => Attestation[]) private _attestations;
    mapping(PledgeLoanId loan => PledgeLoan) private _loans;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) PartyUser(authority_, clock_, parties_) {}

    /// @inheritdoc ITitleBook
    function open(ObjectId thing, address owner, Digest calldata title) external restricted {
        require(ObjectId.unwrap(thing) != 0 && _pages[thing].owner == address(0), TitleBookExists(thing));
        require(owner != address(0), TitleBookInvalidAccount(owner));
        Digests.requirePresent(title);

        uint64 time = clock.timestamp();
        _pages[thing].owner = owner;
        _pages[thing].openedAt = time;
        _owners[thing].push(TitleEntry(owner, time, 0, title));
        emit PageOpened(thing, owner, title);
    }

    /// @inheritdoc ITitleBook
    function admit(PartyId party, bool admitted) external restricted {
        isAppraiser[party] = admitted;
        emit AppraiserAdmitted(party, admitted);
    }

    /// @inheritdoc ITitleBook
    function attest(PartyId by, ObjectId thing, bool genuine, Digest calldata report) external {
        _requireAgent(by);
        require(isAppraiser[by], TitleBookNotAppraiser(by));
        _page(thing);
        Digests.requirePresent(report);

        _attestations[thing].push(Attestation(by, clock.timestamp(), genuine, report));
        emit Attested(thing, by, genuine, report);
    }

    /// @inheritdoc ITitleBook
    function offer(ObjectId thing, address to, uint128 price, Digest calldata contractDigest) external {
        Page storage page = _ownFree(thing);
        require(to != address(0) && to != page.owner, TitleBookInvalidAccount(to));
        Digests.requirePresent(contractDigest);

        page.offeredTo = to;
        page.price = price;
        page.contractDigest = contractDigest;
        emit Offered(thing, page.owner, to, price, contractDigest);
    }

    /// @inheritdoc ITitleBook
    function withdraw(ObjectId thing) external {
        Page storage page = _own(thing);
        require(page.offeredTo != address(0), TitleBookNotOffered(thing, page.owner));
        _closeOffer(page);
        emit OfferWithdrawn(thing, page.owner);
    }

    /// @inheritdoc ITitleBook
    function accept(ObjectId thing, uint128 price, Digest calldata contractDigest) external returns (uint256 sequence) {
        Page storage page = _page(thing);
        address to = _msgSender();
        require(
            page.offeredTo == to && page.price == price && Digests.equal(page.contractDigest, contractDigest),
            TitleBookNotOffered(thing, to)
        );
        address from = page.owner;
        page.owner = to;
        _closeOffer(page);
        sequence = _owners[thing].length;
        _owners[thing].push(TitleEntry(to, clock.timestamp(), price, contractDigest));
        emit TitlePassed(thing, from, to, sequence, price);
    }

    /// @inheritdoc ITitleBook
    function pledge(
        ObjectId[] calldata things,
        address lender,
        Digest calldata document
    ) external returns (PledgeLoanId loan) {
        require(things.length != 0 && things.length <= _MAX_THINGS, TitleBookInvalidCount(things.length, _MAX_THINGS));
        address borrower = _msgSender();
        require(lender != address(0) && lender != borrower, TitleBookInvalidAccount(lender));
        Digests.requirePresent(document);

        loan = PledgeLoanId.wrap(++loanCount);
        for (uint256 i = 0; i < things.length; ++i) {
            Page storage page = _ownFree(things[i]);
            page.loan = loan;
            _closeOffer(page);
        }
        _loans[loan] = PledgeLoan(borrower, lender, clock.timestamp(), 0, document, things);
        emit Pledged(loan, borrower, lender, things, document);
    }

    /// @inheritdoc ITitleBook
    function release(PledgeLoanId loan) external {
        PledgeLoan storage found = _loans[loan];
        require(found.lender == _msgSender() && found.endedAt == 0, TitleBookNotLender(loan, _msgSender()));
        found.endedAt = clock.timestamp();
        for (uint256 i = 0; i < found.things.length; ++i) {
            _pages[found.things[i]].loan = PledgeLoanId.wrap(0);
        }
        emit PledgeReleased(loan);
    }

    /// @inheritdoc ITitleBook
    function pageOf(ObjectId thing) external view returns (Page memory) {
        return _pages[thing];
    }

    /// @inheritdoc ITitleBook
    function ownersOf(
        ObjectId thing,
        uint256 cursor,
        uint256 limit
    ) external view returns (TitleEntry[] memory entries, uint256 next) {
        uint256 end;
        (end, next) = Paging.window(_owners[thing].length, cursor, limit);
        entries = new TitleEntry[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            entries[i - cursor] = _owners[thing][i];
        }
    }

    /// @inheritdoc ITitleBook
    function attestationsOf(
        ObjectId thing,
        uint256 cursor,
        uint256 limit
    ) external view returns (Attestation[] memory entries, uint256 next) {
        uint256 end;
        (end, next) = Paging.window(_attestations[thing].length, cursor, limit);
        entries = new Attestation[](end - cursor);
        for (uint256 i = cursor; i < end; ++i) {
            entries[i - cursor] = _attestations[thing][i];
        }
    }

    /// @inheritdoc ITitleBook
    function loanOf(PledgeLoanId loan) external view returns (PledgeLoan memory) {
        return _loans[loan];
    }

    function _closeOffer(Page storage page) private {
        delete page.offeredTo;
        delete page.price;
        delete page.contractDigest;
    }

    function _page(ObjectId thing) private view returns (Page storage page) {
        page = _pages[thing];
        require(page.owner != address(0), TitleBookUnknown(thing));
    }

    function _own(ObjectId thing) private view returns (Page storage page) {
        page = _page(thing);
        require(page.owner == _msgSender(), TitleBookNotOwner(thing, _msgSender()));
    }

    function _ownFree(ObjectId thing) private view returns (Page storage page) {
        page = _own(thing);
        require(PledgeLoanId.unwrap(page.loan) == 0, TitleBookPledged(thing, page.loan));
    }
}
