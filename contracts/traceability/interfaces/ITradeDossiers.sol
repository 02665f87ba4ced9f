// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @dev The dossier of a trade, counted from 1; 0 means "none".
type TradeId is uint256;

/// @title Trade dossiers and the ratings that follow from them
/// @notice The trade of a traced product in one bundle: contract, invoice and transport document of those whose they are, and the buyer's feedback,
/// which completes it. Ratings of seller and carrier are sums over completed dossiers and nothing else, so that nobody is praised or blamed by hand.
/// @dev Each document is read by seller, buyer, the supervising office and whom one of the two lets in; the transport document also by the carrier. The
/// guard on a view binds callers that sign and keeps nothing secret from who runs a node: digests are salted, so that they tell nothing without
/// the document.
interface ITradeDossiers {
    /// @notice A document of a dossier.
    enum DocumentKind {
        CONTRACT, // filed by the seller, agreed to by the buyer when it completes the dossier
        INVOICE, // filed by the seller
        TRANSPORT, // filed by the carrier
        FEEDBACK // filed by the buyer
    }

    /// @notice A trade.
    /// @param seller who sells
    /// @param buyer who buys
    /// @param carrier who transports
    /// @param openedAt when the dossier was opened, in seconds
    /// @param completedAt when the buyer's feedback completed it, in seconds; 0 = not yet
    /// @param goodsScore the buyer's score of the goods, 1 to 5; 0 = not yet
    /// @param transportScore the buyer's score of the transport, 1 to 5; 0 = not yet
    /// @param disputed whether the buyer disputes that the goods are as agreed
    /// @param object the product's lot, item or container
    struct Trade {
        PartyId seller;
        PartyId buyer;
        PartyId carrier;
        uint64 openedAt;
        uint64 completedAt;
        uint8 goodsScore;
        uint8 transportScore;
        bool disputed;
        ObjectId object;
    }

    /// @notice A party's rating: sums over its completed trades as seller or carrier.
    /// @param completed how many were completed
    /// @param score the sum of their scores; divided by `completed` it is the mean of 1 to 5
    /// @param disputed how many of them are disputed
    struct Rating {
        uint32 completed;
        uint64 score;
        uint32 disputed;
    }

    /// @notice A dossier was opened.
    /// @param trade its number
    /// @param seller who sells
    /// @param buyer who buys
    /// @param carrier who transports
    /// @param object the product's lot, item or container
    event DossierOpened(
        TradeId indexed trade,
        PartyId indexed seller,
        PartyId indexed buyer,
        PartyId carrier,
        ObjectId object
    );

    /// @notice A document was filed. What it says, also its digest, is not told here.
    /// @param trade the trade
    /// @param kind which document
    /// @param by who filed it
    event DocumentFiled(TradeId indexed trade, DocumentKind indexed kind, PartyId indexed by);

    /// @notice A party may read a document from now on.
    /// @param trade the trade
    /// @param kind which document
    /// @param reader the party
    event ReaderPermitted(TradeId indexed trade, DocumentKind indexed kind, PartyId indexed reader);

    /// @notice A dossier was completed.
    /// @param trade the trade
    /// @param goodsScore the buyer's score of the goods
    /// @param transportScore the buyer's score of the transport
    /// @param disputed whether the goods are disputed
    event DossierCompleted(TradeId indexed trade, uint8 goodsScore, uint8 transportScore, bool disputed);

    /// @notice A party's rating changed.
    /// @param party the party
    /// @param rating its rating from now on
    event RatingUpdated(PartyId indexed party, Rating rating);

    /// @notice Seller, buyer, carrier and object are needed, and seller and buyer must differ.
    /// @custom:cure Give all of them.
    error TradeDossiersIncomplete();

    /// @notice No dossier has this number.
    /// @param trade the number given
    /// @custom:cure Use a number from `DossierOpened`.
    error TradeDossiersUnknown(TradeId trade);

    /// @notice The document is not this party's to file.
    /// @param trade the trade
    /// @param kind the document
    /// @param party the party
    /// @custom:cure The seller files contract and invoice, the carrier the transport document, the buyer the feedback.
    error TradeDossiersNotFiler(TradeId trade, DocumentKind kind, PartyId party);

    /// @notice The document is filed; nothing replaces it.
    /// @param trade the trade
    /// @param kind the document
    /// @custom:cure Open a new dossier for a new trade.
    error TradeDossiersFiled(TradeId trade, DocumentKind kind);

    /// @notice A document is missing, so the dossier cannot be completed.
    /// @param trade the trade
    /// @param kind the first that is missing
    /// @custom:cure Have it filed first.
    error TradeDossiersDocumentMissing(TradeId trade, DocumentKind kind);

    /// @notice A score is not 1 to 5.
    /// @param score the score given
    /// @custom:cure Give 1 to 5.
    error TradeDossiersInvalidScore(uint8 score);

    /// @notice The caller may not read the document.
    /// @param trade the trade
    /// @param kind the document
    /// @param caller who called
    /// @custom:cure Ask seller or buyer to permit it.
    error TradeDossiersNotAllowed(TradeId trade, DocumentKind kind, address caller);

    /// @notice Opens a trade's dossier.
    /// @param by the seller
    /// @param buyer who buys
    /// @param carrier who transports; the seller where it does so itself
    /// @param object the product's lot, item or container
    /// @return trade its number
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TradeDossiersIncomplete when a side or the object is missing, or the seller is the buyer.
    function open(PartyId by, PartyId buyer, PartyId carrier, ObjectId object) external returns (TradeId trade);

    /// @notice Files a document.
    /// @param by whose it is
    /// @param trade the trade
    /// @param kind CONTRACT, INVOICE or TRANSPORT; feedback goes through {complete}
    /// @param content salted digest of the document
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TradeDossiersUnknown when no dossier has the number.
    /// @custom:error TradeDossiersNotFiler when the document is not the party's.
    /// @custom:error TradeDossiersFiled when it is filed.
    /// @custom:error DigestsMissing when the content is missing.
    function file(PartyId by, TradeId trade, DocumentKind kind, Digest calldata content) external;

    /// @notice Completes a dossier with the buyer's feedback, from which the ratings follow.
    /// @param by the buyer
    /// @param trade the trade
    /// @param goodsScore of the goods, 1 to 5
    /// @param transportScore of the transport, 1 to 5
    /// @param disputed whether the goods are not as agreed
    /// @param content salted digest of the feedback
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TradeDossiersUnknown when no dossier has the number.
    /// @custom:error TradeDossiersNotFiler when the party is not the buyer.
    /// @custom:error TradeDossiersFiled when it is completed.
    /// @custom:error TradeDossiersDocumentMissing when another document is missing.
    /// @custom:error TradeDossiersInvalidScore when a score is not 1 to 5.
    /// @custom:error DigestsMissing when the content is missing.
    function complete(
        PartyId by,
        TradeId trade,
        uint8 goodsScore,
        uint8 transportScore,
        bool disputed,
        Digest calldata content
    ) external;

    /// @notice Lets a party read a document, such as a bank or a consumer's association.
    /// @param by seller or buyer
    /// @param trade the trade
    /// @param kind the document
    /// @param reader the party
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error TradeDossiersUnknown when no dossier has the number.
    /// @custom:error TradeDossiersNotFiler when the party is neither seller nor buyer.
    function permit(PartyId by, TradeId trade, DocumentKind kind, PartyId reader) external;

    /// @notice A document.
    /// @param trade the trade
    /// @param kind which document
    /// @return its digest; empty while it is not filed
    /// @custom:caller agents of seller, buyer and permitted parties, of the carrier for TRANSPORT; REGULATOR
    /// @custom:error TradeDossiersUnknown when no dossier has the number.
    /// @custom:error TradeDossiersNotAllowed when the caller may not read it.
    function documentOf(TradeId trade, DocumentKind kind) external view returns (Digest memory);

    /// @notice Whether an account may read a document.
    /// @param trade the trade
    /// @param kind which document
    /// @param account the account
    /// @return whether it may
    function mayRead(TradeId trade, DocumentKind kind, address account) external view returns (bool);

    /// @notice A trade. For everyone: that it took place and how it was scored, not on what terms.
    /// @param trade its number
    /// @return the trade
    /// @custom:error TradeDossiersUnknown when no dossier has the number.
    function tradeOf(TradeId trade) external view returns (Trade memory);

    /// @notice A party's rating. For everyone.
    /// @param party the party
    /// @return the rating
    function ratingOf(PartyId party) external view returns (Rating memory);

    /// @notice How many dossiers there are: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);
}
