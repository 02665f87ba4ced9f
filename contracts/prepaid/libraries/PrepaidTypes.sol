// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";

/// @dev Typed ids of the prepaid domain. All count from 1; 0 means "none".
type MerchantId is uint256;
type TermsId is uint256;
type CardId is uint256;
type RedemptionId is uint256;
type AuthorisationId is uint256;
type RefundId is uint256;
type CoverId is uint256;
type PayoutId is uint256;
type CreditRecordId is uint256;
/// @dev Trade: the four-digit class of GB/T 4754-2017 in ASCII, "8930" fitness, "8394" tutoring, "8392" youth sports training,
/// "5211" department stores, "6210" restaurants, "8040" hairdressing and beauty, "8010" household services; a group may end in zeros.
type TradeId is bytes4;

/// @dev Which of the three forms a card takes. The unit of its "face" follows:
/// STORED_VALUE counts fen, VISITS counts visits or lessons, PERIOD counts seconds of the term.
enum CardKind {
    STORED_VALUE,
    VISITS,
    PERIOD
}

/// @dev Named (记名) or bearer (不记名).
enum CardForm {
    NAMED,
    BEARER
}

enum CardStatus {
    NONE,
    ACTIVE,
    LOST,
    ENDING,
    ENDED
}

/// @dev Why a card ended. A card ends once and for exactly one cause.
enum EndCause {
    NONE,
    COOLING_OFF, // SPC 14
    OPERATOR, // not the consumer's cause: SPC 18
    CONSUMER, // the consumer's cause: SPC 19
    NEUTRAL, // neither's cause: SPC 13(2)
    MINOR, // void payment of a minor: SPC 10
    RESIDUE, // the rest is too small for the cheapest item: BJ 17
    DEFAULT, // paid pro rata from custody after a default
    USED_UP // everything was redeemed
}

enum MerchantStatus {
    NONE,
    FILED,
    LINKED,
    CLOSING, // closing, moving or pausing announced
    EXITING,
    DEFAULTED,
    EXITED
}

/// @dev Size and type of issuer under MOFCOM order 9 of 2012 and SH18 Art 29.
enum MerchantScale {
    OTHER,
    SCALE, // 规模发卡企业
    GROUP, // 集团发卡企业
    BRAND, // 品牌发卡企业
    MALL // mall-type issuer, SH18 Art 29
}

enum ClosingKind {
    CLOSING,
    MOVING,
    PAUSING
}

/// @dev Reasons that stop a merchant from taking new prepayments; a merchant carries any set of them.
enum Refusal {
    DISHONEST, // 失信被执行人, the operator or its legal representative (A-02)
    ABNORMAL, // 经营异常名录 (A-02)
    DEREGISTERING, // (A-02)
    MAJOR_RISK, // CPR 22 (A-13)
    SERIOUS_BREACH, // SH18 25 (A-42)
    ORDER // order of the regulator, e.g. custody short past the deadline (A-20)
}

enum CoverForm {
    INSURANCE, // 履约保证保险
    GUARANTEE,
    TRUST
}

/// @dev Colour of the code: A-24 to A-27.
enum Colour {
    GREY,
    RED,
    YELLOW,
    GREEN
}

/// @dev What a merchant files. Money in fen, times in seconds. No name, no identity number: digests only.
struct Filing {
    address agent; // the account that acts for the merchant
    address settlement; // the account that receives released money
    bytes32 region; // RegionId of PolicyRegistry
    TradeId trade;
    MerchantScale scale;
    uint64 licensedAt; // day of the business licence
    uint64 leaseEndsAt; // 0 = no lease filed
    uint128 lastYearRevenue; // main revenue of last year, 0 in the first year
    uint128 paidInCapital;
    bool onCompliantPlatform; // sells through a compliant third-party platform (A-11)
    MerchantId franchisor; // 0 = none (A-52)
    Digest licence; // salted digest of the licence
    Digest responsible; // salted digest of the responsible persons
}

/// @dev One sale: what all cards bought in it share.
struct Sale {
    MerchantId merchant;
    TermsId terms;
    address holder;
    bytes32 consumerKey; // salted digest that names the buyer to this merchant; zero for an anonymous bearer sale
    Digest buyerId; // salted digest of the identity document; zero value where none is required
    Digest contractDigest; // the written contract
    uint256 toCustody; // fen moved into the vault in this transaction
    bool organisation; // the buyer is an organisation
    bool cash; // paid in cash
    bool hadBefore; // the consumer had already had this good or service (bars cooling off, SPC 14)
    bool viaPlatform; // sold through a compliant third-party platform
}

/// @dev One card of a sale.
struct CardOrder {
    CardKind kind;
    CardForm form;
    uint128 paid; // fen
    uint128 face; // whole face in the card's unit, bonus included; STORED_VALUE: paid + bonus; VISITS: visits; PERIOD: seconds
    uint128 listUnitPrice; // fen per visit (VISITS) or per day (PERIOD) before discount; 0 for STORED_VALUE
    uint64 startsAt; // PERIOD and VISITS: first day of service; 0 = now
    uint64 expiresAt; // bearer cards only; 0 = no expiry
}

/// @dev One top-up of a card.
struct TopUp {
    CardId card;
    uint128 paid; // fen
    uint128 face; // in the card's unit, bonus included
    uint256 toCustody; // fen moved into the vault in this transaction
    Digest contractDigest; // the written contract that covers the top-up
    bool organisation; // the buyer is an organisation
    bool cash; // paid in cash
    bool viaPlatform; // sold through a compliant third-party platform
}

/// @dev A card as stored. paidTotal = principal + redeemed + refunded, always.
struct Card {
    MerchantId merchant;
    TermsId terms;
    CardKind kind;
    CardForm form;
    CardStatus status;
    EndCause cause;
    bool coolingOffBarred;
    address holder;
    uint64 soldAt; // also the moment whose policy the card keeps (asOf of PolicyRegistry)
    uint64 startsAt;
    uint64 expiresAt;
    uint64 toppedUpAt; // 0 = never
    uint128 paidTotal; // fen paid by the consumer, all payments
    uint128 principal; // refundable principal still in the card, fen
    uint128 redeemed; // principal earned by the merchant, fen
    uint128 refunded; // principal paid back, fen
    // The running tranche: starts at the sale and again at each top-up with what was left.
    uint128 tranchePaid; // principal at its start
    uint128 trancheFace; // face at its start
    uint128 trancheUsed; // face redeemed since
    uint128 reserved; // face pending, contested or authorised
    uint128 lastTopUpPaid; // fen paid in the last top-up; 0 once it was taken back
    uint128 lastTopUpFace; // face of the last top-up, bonus included; 0 once it was taken back
    uint128 listUnitPrice;
    uint128 listUsed; // list price of all that was redeemed, fen, whole life
    bytes32 consumerKey;
    Digest buyerId;
    Digest contractDigest;
}

/// @dev What one consumer still has with one merchant: A-08, a renewal counts what is left.
struct Exposure {
    uint128 storedPrincipal;
    uint128 visitsPrincipal;
    uint128 periodPrincipal;
    uint64 visitsLeft;
    uint64 periodEndsAt;
}
