// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Roles} from "../common/Roles.sol";
import {ITradeDossiers, TradeId} from "./interfaces/ITradeDossiers.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title TradeDossiers
/// @notice Contract, invoice, transport and feedback of trades, and the ratings from them; see {ITradeDossiers}.
contract TradeDossiers is ITradeDossiers, PartyUser {
    // The scale of a score, a habit of the trade and not a regulation's number.
    uint8 private constant _MAX_SCORE = 5;

    /// @inheritdoc ITradeDossiers
    uint256 public count;

    mapping(TradeId trade => Trade) private _trades;
    mapping(TradeId trade => mapping(DocumentKind kind => Digest)) private _documents;
    mapping(TradeId trade => mapping(DocumentKind kind => mapping(PartyId reader => bool))) private _permitted;
    mapping(PartyId party => Rating) private _ratings;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) PartyUser(authority_, clock_, parties_) {}

    /// @inheritdoc ITradeDossiers
    function open(PartyId by, PartyId buyer, PartyId carrier, ObjectId object) external returns (TradeId trade) {
        _requireAgent(by);
        require(
            PartyId.unwrap(buyer) != 0 &&
                PartyId.unwrap(carrier) != 0 &&
                ObjectId.unwrap(object) != 0 &&
                !(buyer == by),
            TradeDossiersIncomplete()
        );
        trade = TradeId.wrap(++count);
        Trade storage opened = _trades[trade];
        opened.seller = by;
        opened.buyer = buyer;
        opened.carrier = carrier;
        opened.openedAt = clock.timestamp();
        opened.object = object;
        emit DossierOpened(trade, by, buyer, carrier, object);
    }

    /// @inheritdoc ITradeDossiers
    function file(PartyId by, TradeId trade, DocumentKind kind, Digest calldata content) external {
        _requireAgent(by);
        Trade storage found = _trade(trade);
        PartyId filer = kind == DocumentKind.TRANSPORT ? found.carrier : found.seller;
        require(kind != DocumentKind.FEEDBACK && filer == by, TradeDossiersNotFiler(trade, kind, by));
        _file(by, trade, kind, content);
    }

    /// @inheritdoc ITradeDossiers
    function complete(
        PartyId by,
        TradeId trade,
        uint8 goodsScore,
        uint8 transportScore,
        bool disputed,
        Digest calldata content
    ) external {
        _requireAgent(by);
        Trade storage found = _trade(trade);
        require(found.buyer == by, TradeDossiersNotFiler(trade, DocumentKind.FEEDBACK, by));
        for (uint8 i = 0; i < uint8(DocumentKind.FEEDBACK); ++i) {
            require(
                Digests.isPresent(_documents[trade][DocumentKind(i)]),
                TradeDossiersDocumentMissing(trade, DocumentKind(i))
            );
        }
        _requireScore(goodsScore);
        _requireScore(transportScore);
        _file(by, trade, DocumentKind.FEEDBACK, content);

        found.completedAt = clock.timestamp();
        found.goodsScore = goodsScore;
        found.transportScore = transportScore;
        found.disputed = disputed;
        emit DossierCompleted(trade, goodsScore, transportScore, disputed);
        _rate(found.seller, goodsScore, disputed);
        // Who carries its own goods is scored for both.
        _rate(found.carrier, transportScore, false);
    }

    /// @inheritdoc ITradeDossiers
    function permit(PartyId by, TradeId trade, DocumentKind kind, PartyId reader) external {
        _requireAgent(by);
        Trade storage found = _trade(trade);
        require(found.seller == by || found.buyer == by, TradeDossiersNotFiler(trade, kind, by));
        _permitted[trade][kind][reader] = true;
        emit ReaderPermitted(trade, kind, reader);
    }

    /// @inheritdoc ITradeDossiers
    function documentOf(TradeId trade, DocumentKind kind) external view returns (Digest memory) {
        _trade(trade);
        require(mayRead(trade, kind, _msgSender()), TradeDossiersNotAllowed(trade, kind, _msgSender()));
        return _documents[trade][kind];
    }

    /// @inheritdoc ITradeDossiers
    function tradeOf(TradeId trade) external view returns (Trade memory) {
        return _trade(trade);
    }

    /// @inheritdoc ITradeDossiers
    function ratingOf(PartyId party) external view returns (Rating memory) {
        return _ratings[party];
    }

    /// @inheritdoc ITradeDossiers
    function mayRead(TradeId trade, DocumentKind kind, address account) public view returns (bool) {
        Trade storage found = _trades[trade];
        PartyId party = parties.partyOf(account);
        if (PartyId.unwrap(party) != 0) {
            if (found.seller == party || found.buyer == party || _permitted[trade][kind][party]) return true;
            if (kind == DocumentKind.TRANSPORT && found.carrier == party) return true;
        }
        (bool supervises, ) = IAccessManager(authority()).hasRole(Roles.REGULATOR, account);
        return supervises;
    }

    function _file(PartyId by, TradeId trade, DocumentKind kind, Digest calldata content) private {
        require(!Digests.isPresent(_documents[trade][kind]), TradeDossiersFiled(trade, kind));
        Digests.requirePresent(content);
        _documents[trade][kind] = content;
        emit DocumentFiled(trade, kind, by);
    }

    function _rate(PartyId party, uint8 score, bool disputed) private {
        Rating storage rating = _ratings[party];
        ++rating.completed;
        rating.score += score;
        if (disputed) ++rating.disputed;
        emit RatingUpdated(party, rating);
    }

    function _trade(TradeId trade) private view returns (Trade storage found) {
        found = _trades[trade];
        require(found.openedAt != 0, TradeDossiersUnknown(trade));
    }

    function _requireScore(uint8 score) private pure {
        require(score != 0 && score <= _MAX_SCORE, TradeDossiersInvalidScore(score));
    }
}
