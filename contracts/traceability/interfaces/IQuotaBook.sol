// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {Gtin, ObjectId, PartyId, PlaceId} from "../libraries/TraceTypes.sol";

/// @title Quotas
/// @notice What may be made at most: harvest of a protected product per garden and season, labels per firm against its harvest, and goods that carry a
/// claim against certified goods that went in (mass balance).
/// @dev Harvest, use of labels and claims are booked by the events themselves: commissioning and transformation; an event declared erroneous is booked
/// back. A season is the calendar year of the production date, or of the event where none is stated, in the event's own time zone. Amounts count in
/// millionths of the product's unit.
///
/// An event's outputs carry a claim when one of its business transactions is of type `cert` with the claim's id.
interface IQuotaBook {
    /// @notice What a garden may harvest in a season.
    /// @param granted what the keeper granted
    /// @param drawn what was harvested
    struct GardenQuota {
        uint128 granted;
        uint128 drawn;
    }

    /// @notice A firm's labels of a product in a season.
    /// @param issued labels issued to it
    /// @param used items commissioned with them
    struct LabelAccount {
        uint64 issued;
        uint64 used;
    }

    /// @notice The labels of a finished product.
    /// @param raw the product whose harvest they are counted against
    /// @param ppm labels for one unit of it, in millionths
    struct LabelRule {
        Gtin raw;
        uint64 ppm;
    }

    // -- events --------------------------------------------------------------------------------------

    /// @notice A product stands under the quota of a keeper from now on.
    /// @param gtin the product
    /// @param keeper the association or office that grants quota; 0 = no longer under quota
    event ProductProtected(Gtin indexed gtin, PartyId indexed keeper);

    /// @notice A garden's quota was granted. It replaces the one before.
    /// @param gtin the product
    /// @param garden the garden
    /// @param season the year
    /// @param amount the quota
    /// @param basis digest of what it rests on: area, yield, survey
    event GardenQuotaGranted(
        Gtin indexed gtin,
        PlaceId indexed garden,
        uint16 indexed season,
        uint128 amount,
        Digest basis
    );

    /// @notice Harvest was drawn from a garden's quota, or given back by a correction.
    /// @param gtin the product
    /// @param garden the garden
    /// @param season the year
    /// @param drawn what is drawn of it now
    event GardenQuotaDrawn(Gtin indexed gtin, PlaceId indexed garden, uint16 indexed season, uint128 drawn);

    /// @notice The labels of a finished product are counted against a harvest.
    /// @param finished the finished product
    /// @param raw the product harvested
    /// @param ppm labels for one unit of it, in millionths; 0 = no longer
    event LabelsBound(Gtin indexed finished, Gtin indexed raw, uint64 ppm);

    /// @notice Labels were issued to a firm.
    /// @param finished the finished product
    /// @param firm the firm
    /// @param season the year
    /// @param count how many
    /// @param issued how many in all in the season
    /// @param numbers digest of their numbers
    event LabelsIssued(
        Gtin indexed finished,
        PartyId indexed firm,
        uint16 indexed season,
        uint64 count,
        uint64 issued,
        Digest numbers
    );

    /// @notice A claim was defined.
    /// @param claim its id
    /// @param certifier the party that keeps it
    /// @param scheme digest of the scheme's rules
    event ClaimDefined(bytes32 indexed claim, PartyId indexed certifier, Digest scheme);

    /// @notice How much of a claim one unit of a product bears.
    /// @param claim the claim
    /// @param gtin the product
    /// @param ppm in millionths of the claim's unit
    event ClaimWeightSet(bytes32 indexed claim, Gtin indexed gtin, uint64 ppm);

    /// @notice A lot carries a claim from now on, or no longer.
    /// @param claim the claim
    /// @param lot the lot
    /// @param carries whether it does
    /// @param certificate digest of the certificate; empty where an event gave the claim
    event ClaimCarried(bytes32 indexed claim, ObjectId indexed lot, bool carries, Digest certificate);

    /// @notice A party's credit of a claim changed.
    /// @param claim the claim
    /// @param party the party
    /// @param credit what it has from now on, in millionths of the claim's unit
    event ClaimCredit(bytes32 indexed claim, PartyId indexed party, uint256 credit);

    // -- errors --------------------------------------------------------------------------------------

    /// @notice The account does not act for the keeper or certifier.
    /// @param party the keeper or certifier; 0 = there is none
    /// @param account the account
    /// @custom:cure Call from one of its agents.
    error QuotaBookNotKeeper(PartyId party, address account);

    /// @notice A keeper must be an association or an office.
    /// @param party the party
    /// @custom:cure Name a party with the role ASSOCIATION or OFFICE.
    error QuotaBookInvalidKeeper(PartyId party);

    /// @notice The place is no garden.
    /// @param place the place
    /// @custom:cure State the garden as read point of the harvest; quotas are granted to places of kind GARDEN.
    error QuotaBookNotAGarden(PlaceId place);

    /// @notice The garden belongs to another party than the one that harvests.
    /// @param garden the garden
    /// @param by who captures the harvest
    /// @custom:cure The party that runs the garden captures its harvest.
    error QuotaBookNotOwnGarden(PlaceId garden, PartyId by);

    /// @notice The harvest exceeds the garden's quota.
    /// @param gtin the product
    /// @param garden the garden
    /// @param season the year
    /// @param drawn what would be drawn
    /// @param granted the quota
    /// @custom:cure Capture what the garden really gave; the keeper grants more on evidence.
    error QuotaBookGardenExceeded(Gtin gtin, PlaceId garden, uint16 season, uint128 drawn, uint128 granted);

    /// @notice Quota is set below what was drawn.
    /// @param drawn what was drawn
    /// @param amount the quota given
    /// @custom:cure Grant at least what was drawn.
    error QuotaBookBelowDrawn(uint128 drawn, uint128 amount);

    /// @notice More labels than the firm's harvest bears.
    /// @param finished the finished product
    /// @param firm the firm
    /// @param season the year
    /// @param labels what would be issued, or is issued
    /// @param allowed what the harvest bears
    /// @custom:cure Issue labels against harvest only; a harvest whose labels are issued is corrected after labels were taken back.
    error QuotaBookLabelsExceeded(Gtin finished, PartyId firm, uint16 season, uint256 labels, uint256 allowed);

    /// @notice More items than labels issued.
    /// @param finished the finished product
    /// @param firm the firm
    /// @param season the year
    /// @param used what would be used
    /// @param issued what was issued
    /// @custom:cure The keeper issues labels against harvest.
    error QuotaBookNoLabel(Gtin finished, PartyId firm, uint16 season, uint64 used, uint64 issued);

    /// @notice The finished product has no rule for labels.
    /// @param finished the finished product
    /// @custom:cure The keeper binds it first.
    error QuotaBookNoLabelRule(Gtin finished);

    /// @notice Labels were issued under a rule that bears more than the new one, or of another harvest.
    /// @param finished the finished product
    /// @param raw the harvest that the labels rest on
    /// @param ppm labels for one unit of it, in millionths
    /// @custom:cure Bind at least as many to the same harvest, or none any more (0).
    error QuotaBookLabelsOut(Gtin finished, Gtin raw, uint64 ppm);

    /// @notice A product that bears labels is made as a quantity, which nobody could count labels of.
    /// @param finished the finished product
    /// @custom:cure Commission it item by item, each with its own number; a quantity of it can only be split or merged.
    error QuotaBookItemsOnly(Gtin finished);

    /// @notice The claim is not defined.
    /// @param claim its id
    /// @custom:cure Its certifier defines it.
    error QuotaBookUnknownClaim(bytes32 claim);

    /// @notice The claim is defined.
    /// @param claim its id
    /// @custom:cure Nothing is to be done.
    error QuotaBookClaimDefined(bytes32 claim);

    /// @notice The product has no weight in the claim.
    /// @param claim the claim
    /// @param gtin the product
    /// @custom:cure The certifier sets its weight.
    error QuotaBookNoWeight(bytes32 claim, Gtin gtin);

    /// @notice Outputs would carry more of the claim than certified inputs brought, or credit that was used is taken back.
    /// @param claim the claim
    /// @param party the party
    /// @param credit what it has, in millionths of the claim's unit
    /// @param needed what is needed
    /// @custom:cure Put certified goods in first; sell the rest without the claim. To take an input back, correct what used it first.
    error QuotaBookCreditMissing(bytes32 claim, PartyId party, uint256 credit, uint256 needed);

    /// @notice Goods with the claim and goods without would be one lot.
    /// @param lot the lot
    /// @custom:cure Use a lot number of its own for each; a lot is certified when it is complete.
    error QuotaBookMixedLot(ObjectId lot);

    /// @notice A protected product comes out of other products.
    /// @param gtin the product
    /// @custom:cure A protected product is harvested in a garden, or comes out of itself (splitting, sorting).
    error QuotaBookNotHarvested(Gtin gtin);

    /// @notice As many finished products as one harvest bears labels for.
    /// @param raw the product harvested
    /// @param max the most
    /// @custom:cure Bind fewer.
    error QuotaBookTooManyFinished(Gtin raw, uint256 max);

    /// @notice Only lots carry claims in a transformation.
    /// @param object the item
    /// @custom:cure Put out a lot with the claim, and commission items of it.
    error QuotaBookItemClaim(ObjectId object);

    // -- writers -------------------------------------------------------------------------------------

    /// @notice Puts a product under the quota of a keeper, or takes it out.
    /// @param gtin the product as harvested
    /// @param keeper the association or office; 0 = no longer under quota
    /// @custom:caller REGULATOR
    /// @custom:error ProductCatalogueUnknown when the product is not filed.
    /// @custom:error QuotaBookInvalidKeeper when the keeper is neither association nor office.
    function protect(Gtin gtin, PartyId keeper) external;

    /// @notice Grants a garden's quota of a season.
    /// @param gtin the product
    /// @param garden the garden
    /// @param season the year
    /// @param amount the quota
    /// @param basis digest of what it rests on
    /// @custom:caller an agent of the product's keeper
    /// @custom:unit amount: millionths of the product's unit
    /// @custom:error QuotaBookNotKeeper when the caller does not act for the keeper.
    /// @custom:error TradePartiesUnknownPlace when the garden is not filed.
    /// @custom:error QuotaBookNotAGarden when the place is no garden.
    /// @custom:error QuotaBookBelowDrawn when more was drawn.
    /// @custom:error DigestsMissing when the basis is missing.
    function grantGarden(Gtin gtin, PlaceId garden, uint16 season, uint128 amount, Digest calldata basis) external;

    /// @notice Binds the labels of a finished product to a harvest.
    /// @param finished the finished product
    /// @param raw the product harvested
    /// @param ppm labels for one unit of it, in millionths; 0 = items of the finished product need no label any more
    /// @custom:caller an agent of the keeper of `raw`
    /// @custom:error QuotaBookNotKeeper when the caller does not act for the keeper.
    /// @custom:error ProductCatalogueUnknown when the finished product is not filed.
    /// @custom:error QuotaBookLabelsOut when labels were issued under a rule that bears more, or of another harvest.
    /// @custom:error QuotaBookTooManyFinished when more than 10 are bound to the harvest.
    function bindLabels(Gtin finished, Gtin raw, uint64 ppm) external;

    /// @notice Issues labels to a firm against what its gardens gave in the season.
    /// @param finished the finished product
    /// @param firm the firm
    /// @param season the year
    /// @param count how many
    /// @param numbers digest of their numbers
    /// @custom:caller an agent of the keeper
    /// @custom:error QuotaBookNoLabelRule when the product has no rule for labels.
    /// @custom:error QuotaBookNotKeeper when the caller does not act for the keeper.
    /// @custom:error QuotaBookLabelsExceeded when the harvest does not bear them.
    /// @custom:error DigestsMissing when the numbers are missing.
    function issueLabels(Gtin finished, PartyId firm, uint16 season, uint64 count, Digest calldata numbers) external;

    /// @notice Defines a claim that goods may carry.
    /// @param claim its id, as business transactions of type `cert` name it
    /// @param certifier the party that keeps it
    /// @param scheme digest of the scheme's rules
    /// @custom:caller an agent of the certifier
    /// @custom:error TradePartiesNotAgent when the caller does not act for the certifier.
    /// @custom:error TradePartiesRoleMissing when the party is no certifier.
    /// @custom:error QuotaBookClaimDefined when the claim is defined.
    /// @custom:error DigestsMissing when the scheme is missing.
    function defineClaim(bytes32 claim, PartyId certifier, Digest calldata scheme) external;

    /// @notice Says how much of the claim one unit of a product bears.
    /// @param claim the claim
    /// @param gtin the product
    /// @param ppm in millionths of the claim's unit; 0 = the product cannot carry it
    /// @custom:caller an agent of the certifier
    /// @custom:error QuotaBookUnknownClaim when the claim is not defined.
    /// @custom:error QuotaBookNotKeeper when the caller does not act for the certifier.
    /// @custom:error ProductCatalogueUnknown when the product is not filed.
    function setWeight(bytes32 claim, Gtin gtin, uint64 ppm) external;

    /// @notice Certifies that a lot carries the claim, or takes that back.
    /// @param claim the claim
    /// @param lot the lot
    /// @param carries whether it does
    /// @param certificate digest of the certificate
    /// @custom:caller an agent of the certifier
    /// @custom:error QuotaBookUnknownClaim when the claim is not defined.
    /// @custom:error QuotaBookNotKeeper when the caller does not act for the certifier.
    /// @custom:error QuotaBookNoWeight when the lot's product has no weight.
    /// @custom:error QuotaBookMixedLot when the lot carries another claim.
    /// @custom:error DigestsMissing when the certificate is missing.
    function certifyLot(bytes32 claim, ObjectId lot, bool carries, Digest calldata certificate) external;

    // -- readers -------------------------------------------------------------------------------------

    /// @notice The party that grants quota of a product.
    /// @param gtin the product
    /// @return the keeper; 0 = not under quota
    function keeperOf(Gtin gtin) external view returns (PartyId);

    /// @notice A garden's quota.
    /// @param gtin the product
    /// @param garden the garden
    /// @param season the year
    /// @return the quota
    function gardenQuotaOf(Gtin gtin, PlaceId garden, uint16 season) external view returns (GardenQuota memory);

    /// @notice What a firm's gardens gave in a season.
    /// @param gtin the product
    /// @param firm the firm
    /// @param season the year
    /// @return the amount
    function harvestOf(Gtin gtin, PartyId firm, uint16 season) external view returns (uint128);

    /// @notice The rule for labels of a finished product.
    /// @param finished the product
    /// @return the rule; all zero = none
    function labelRuleOf(Gtin finished) external view returns (LabelRule memory);

    /// @notice A firm's labels of a season.
    /// @param finished the finished product
    /// @param firm the firm
    /// @param season the year
    /// @return the account
    function labelsOf(Gtin finished, PartyId firm, uint16 season) external view returns (LabelAccount memory);

    /// @notice The certifier of a claim.
    /// @param claim the claim
    /// @return the party; 0 = not defined
    function certifierOf(bytes32 claim) external view returns (PartyId);

    /// @notice How much of a claim one unit of a product bears.
    /// @param claim the claim
    /// @param gtin the product
    /// @return in millionths of the claim's unit; 0 = it cannot carry it
    function weightOf(bytes32 claim, Gtin gtin) external view returns (uint64);

    /// @notice The claim that a lot carries.
    /// @param lot the lot
    /// @return the claim; zero = none
    function claimOf(ObjectId lot) external view returns (bytes32);

    /// @notice What a party has of a claim.
    /// @param claim the claim
    /// @param party the party
    /// @return the credit, in millionths of the claim's unit
    function creditOf(bytes32 claim, PartyId party) external view returns (uint256);
}
