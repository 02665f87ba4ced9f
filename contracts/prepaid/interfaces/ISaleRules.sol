// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Card, CardForm, CardKind, CardOrder, MerchantId, Sale, TermsId, TopUp} from "../libraries/PrepaidTypes.sol";

/// @title What may be sold
/// @notice Caps, terms and identity rules (A-01, A-04 to A-12), read from the policy in force for the merchant's region and trade. A rule whose
/// parameter is not set is off. Reverts with the rule that refuses.
/// @dev Money in fen, times in seconds, months as calendar months of China (UTC+8). Caps are "at most": a sale that reaches a cap exactly passes.
/// The order is: what belongs to the sale as a whole, then card by card, then what the consumer has with the merchant, then the merchant.
interface ISaleRules {
    /// @notice The terms are another merchant's.
    /// @param merchant the merchant
    /// @param terms the terms given
    /// @custom:cure Give terms that the merchant filed.
    error SaleRulesTermsOfOther(MerchantId merchant, TermsId terms);

    /// @notice There is no written contract (A-12).
    /// @param merchant the merchant
    /// @custom:cure Give the digest of the written contract and its algorithm.
    error SaleRulesContractMissing(MerchantId merchant);

    /// @notice The sale is marked as made through a compliant platform, and the merchant is not filed as selling through one (A-11).
    /// @param merchant the merchant
    /// @custom:cure Sell without the mark, or have the platform file it.
    error SaleRulesNotOnPlatform(MerchantId merchant);

    /// @notice The buyer must be identified (A-05): of every named card, and of bearer cards from a sum on.
    /// @param merchant the merchant
    /// @param paid what is paid for bearer cards in this sale, in fen
    /// @param from the sum from which bearer cards need it, in fen; 0 where a named card needs it
    /// @custom:cure Give the salted digest of the identity document; for a named card the consumer's key too.
    error SaleRulesIdentityMissing(MerchantId merchant, uint256 paid, uint256 from);

    /// @notice A cap for each consumer holds here, and the consumer is not named (A-08).
    /// @param merchant the merchant
    /// @custom:cure Give the consumer's key.
    error SaleRulesConsumerMissing(MerchantId merchant);

    /// @notice From this sum on no cash is taken (A-06).
    /// @param merchant the merchant
    /// @param total what is paid, in fen
    /// @param from the sum, in fen
    /// @custom:cure Pay by bank transfer.
    error SaleRulesCashRefused(MerchantId merchant, uint256 total, uint256 from);

    /// @notice Nothing is paid, or nothing is given for it.
    /// @param index the card's place in the sale; 0 for a top-up
    /// @custom:cure Give an amount and a face of at least one.
    error SaleRulesEmptyOrder(uint256 index);

    /// @notice The card would be used up in one act, so it is a voucher and no prepaid card (A-01).
    /// @param index the card's place in the sale
    /// @param face the face ordered, in the card's unit
    /// @custom:cure Sell at least two visits, or a term of more than a day; do not register vouchers.
    error SaleRulesSingleUse(uint256 index, uint256 face);

    /// @notice A stored-value card gives less than is paid for it.
    /// @param index the card's place in the sale; 0 for a top-up
    /// @param paid what is paid, in fen
    /// @param face what is given, in fen
    /// @custom:cure Give at least what is paid; a discount on goods is part of the price of the goods.
    error SaleRulesFaceBelowPaid(uint256 index, uint256 paid, uint256 face);

    /// @notice Visits and periods need the price before discount; stored value has none.
    /// @param index the card's place in the sale
    /// @param listUnitPrice the price given, in fen
    /// @custom:cure Give the list price of a visit or a day; 0 for stored value.
    error SaleRulesListPrice(uint256 index, uint256 listUnitPrice);

    /// @notice The service would begin before the sale.
    /// @param index the card's place in the sale
    /// @param startsAt the first day of service given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give a later moment, or 0 for now.
    error SaleRulesStartInPast(uint256 index, uint64 startsAt, uint64 timestamp);

    /// @notice The term of the card is not allowed: a named card has none, a bearer card has at least the least term (A-07).
    /// @param index the card's place in the sale
    /// @param expiresAt the end of the term given, in seconds
    /// @param least the least, in seconds; 0 where none is allowed
    /// @custom:cure Give 0 for no term; for a bearer card also any moment from `least` on.
    error SaleRulesTerm(uint256 index, uint64 expiresAt, uint64 least);

    /// @notice A single card would hold more than it may (A-04).
    /// @param index the card's place in the sale; 0 for a top-up
    /// @param form the card's form
    /// @param principal what would be on the card, in fen
    /// @param cap the most, in fen
    /// @custom:cure Sell at most the cap on a card.
    error SaleRulesCardCap(uint256 index, CardForm form, uint256 principal, uint256 cap);

    /// @notice One charge would cover a longer term than it may (A-09).
    /// @param merchant the merchant
    /// @param term the term charged, in seconds
    /// @param cap the longest, in seconds
    /// @custom:cure Charge at most the cap at a time.
    error SaleRulesChargeTerm(MerchantId merchant, uint256 term, uint256 cap);

    /// @notice One charge would cover more visits or lessons than it may (A-09).
    /// @param merchant the merchant
    /// @param visits the visits charged
    /// @param cap the most
    /// @custom:cure Charge at most the cap at a time.
    error SaleRulesChargeVisits(MerchantId merchant, uint256 visits, uint256 cap);

    /// @notice The charge comes too early before the service begins (A-09).
    /// @param merchant the merchant
    /// @param startsAt when it begins, behind the consumer's present term, in seconds
    /// @param earliest the moment from which it may be charged, in seconds
    /// @custom:cure Charge from `earliest` on.
    error SaleRulesChargeEarly(MerchantId merchant, uint256 startsAt, uint256 earliest);

    /// @notice The consumer has more visits or lessons left than a renewal allows (A-09).
    /// @param merchant the merchant
    /// @param left the visits left
    /// @param most the most that may be left
    /// @custom:cure Charge when at most `most` are left.
    error SaleRulesRenewalEarly(MerchantId merchant, uint256 left, uint256 most);

    /// @notice The consumer would have more prepaid with the merchant than allowed for this kind (A-08).
    /// @param merchant the merchant
    /// @param kind the kind
    /// @param principal what the consumer would have, in fen; what is left counts
    /// @param cap the most, in fen
    /// @custom:cure Sell at most the difference.
    error SaleRulesKindCap(MerchantId merchant, CardKind kind, uint256 principal, uint256 cap);

    /// @notice The consumer would have more visits or lessons than allowed (A-08).
    /// @param merchant the merchant
    /// @param visits the visits; those left count
    /// @param cap the most
    /// @custom:cure Sell at most the difference.
    error SaleRulesVisitCap(MerchantId merchant, uint256 visits, uint256 cap);

    /// @notice The consumer's terms, laid end to end, would run longer than allowed (A-08).
    /// @param merchant the merchant
    /// @param endsAt when they would end, in seconds
    /// @param latest the latest end, in seconds
    /// @custom:cure Sell a shorter term.
    error SaleRulesPeriodCap(MerchantId merchant, uint256 endsAt, uint256 latest);

    /// @notice The consumer would have more prepaid with the merchant than allowed, all kinds together (A-08).
    /// @param merchant the merchant
    /// @param principal what the consumer would have, in fen; what is left counts
    /// @param cap the most, in fen
    /// @custom:cure Sell at most the difference.
    error SaleRulesConsumerCap(MerchantId merchant, uint256 principal, uint256 cap);

    /// @notice The merchant would hold more prepayments than its revenue, or in the first year its paid-in capital, allows (A-10).
    /// @param merchant the merchant
    /// @param balance what it would hold, in fen
    /// @param cap the most, in fen
    /// @custom:cure Wait until prepayments are redeemed, or have new figures filed.
    error SaleRulesMerchantCap(MerchantId merchant, uint256 balance, uint256 cap);

    /// @notice The term of the card would outlive the merchant's lease (A-10).
    /// @param merchant the merchant
    /// @param endsAt the end of the term, in seconds
    /// @param leaseEndsAt the end of the lease filed, in seconds; 0 = none was filed
    /// @custom:cure Sell a shorter term, or have the lease filed (for own premises the end of the right to use them).
    error SaleRulesLease(MerchantId merchant, uint256 endsAt, uint64 leaseEndsAt);

    /// @notice Checks a whole sale. Whether the merchant may take prepayments at all is the register's to say.
    /// @param sale what the cards share
    /// @param orders the cards
    /// @custom:source 国办发〔2011〕25号 二(一), 二(二), 二(三), 二(五); MOFCOM order 9 of 2012; SHFIT Art 8; 穗教规字〔2021〕8号; 京体产业字〔2023〕12号; CPR Art 22; SH18
    /// Art 2; SPC 法释〔2025〕4号 Art 1, 26 (A-01, A-04 to A-12)
    /// @custom:error SaleRulesTermsOfOther when the terms are another merchant's.
    /// @custom:error TermsRegisterUnknown when nobody filed the terms.
    /// @custom:error SaleRulesContractMissing when the digest of the written contract is missing (A-12).
    /// @custom:error SaleRulesNotOnPlatform when a platform sale is claimed of a merchant that sells through none (A-11).
    /// @custom:error SaleRulesEmptyOrder when nothing is paid or given.
    /// @custom:error SaleRulesSingleUse when a card would be used up in one act (A-01).
    /// @custom:error SaleRulesFaceBelowPaid when stored value gives less than is paid.
    /// @custom:error SaleRulesListPrice when the list price is missing, or given for stored value.
    /// @custom:error SaleRulesStartInPast when a service would have begun before the sale.
    /// @custom:error SaleRulesTerm when a card has a term that is not allowed (A-07).
    /// @custom:error SaleRulesIdentityMissing when the buyer must be identified and is not (A-05).
    /// @custom:error SaleRulesCardCap when a card would hold more than it may (A-04).
    /// @custom:error SaleRulesCashRefused when cash is not taken from this sum on (A-06).
    /// @custom:error SaleRulesChargeVisits when one charge covers too many visits (A-09).
    /// @custom:error SaleRulesChargeTerm when one charge covers too long a term (A-09).
    /// @custom:error SaleRulesChargeEarly when the charge comes too early (A-09).
    /// @custom:error SaleRulesRenewalEarly when too many visits are left for another charge (A-09).
    /// @custom:error SaleRulesConsumerMissing when a cap for each consumer holds and the consumer is not named (A-08).
    /// @custom:error SaleRulesKindCap when the consumer would have too much of this kind (A-08).
    /// @custom:error SaleRulesVisitCap when the consumer would have too many visits (A-08).
    /// @custom:error SaleRulesPeriodCap when the consumer's terms would run too long (A-08).
    /// @custom:error SaleRulesConsumerCap when the consumer would have too much of all kinds (A-08).
    /// @custom:error SaleRulesMerchantCap when the merchant would hold too much (A-10).
    /// @custom:error SaleRulesLease when a term would outlive the lease (A-10).
    function checkSale(Sale calldata sale, CardOrder[] calldata orders) external view;

    /// @notice Checks a top-up of a card: the same caps, with what is left on the card and with the consumer.
    /// @param card the card as it stands
    /// @param topUp what is paid, given and agreed
    /// @custom:source as for {checkSale}
    /// @custom:error SaleRulesContractMissing when the digest of the written contract is missing (A-12).
    /// @custom:error SaleRulesNotOnPlatform when a platform sale is claimed of a merchant that sells through none (A-11).
    /// @custom:error SaleRulesEmptyOrder when nothing is paid or given.
    /// @custom:error SaleRulesFaceBelowPaid when stored value gives less than is paid.
    /// @custom:error SaleRulesIdentityMissing when the buyer must be identified and is not (A-05).
    /// @custom:error SaleRulesCardCap when a card would hold more than it may (A-04).
    /// @custom:error SaleRulesCashRefused when cash is not taken from this sum on (A-06).
    /// @custom:error SaleRulesChargeVisits when one charge covers too many visits (A-09).
    /// @custom:error SaleRulesChargeTerm when one charge covers too long a term (A-09).
    /// @custom:error SaleRulesChargeEarly when the charge comes too early (A-09).
    /// @custom:error SaleRulesRenewalEarly when too many visits are left for another charge (A-09).
    /// @custom:error SaleRulesConsumerMissing when a cap for each consumer holds and the consumer is not named (A-08).
    /// @custom:error SaleRulesKindCap when the consumer would have too much of this kind (A-08).
    /// @custom:error SaleRulesVisitCap when the consumer would have too many visits (A-08).
    /// @custom:error SaleRulesPeriodCap when the consumer's terms would run too long (A-08).
    /// @custom:error SaleRulesConsumerCap when the consumer would have too much of all kinds (A-08).
    /// @custom:error SaleRulesMerchantCap when the merchant would hold too much (A-10).
    /// @custom:error SaleRulesLease when a term would outlive the lease (A-10).
    function checkTopUp(Card calldata card, TopUp calldata topUp) external view;

    /// @notice The least term that a reactivated bearer card gets.
    /// @param merchant the merchant
    /// @return the end of the term, in seconds; 0 = no term, where the policy sets none
    /// @custom:unit s
    /// @custom:source 国办发〔2011〕25号 二(五); SPC 法释〔2025〕4号 Art 24 (A-07)
    function reactivatedUntil(MerchantId merchant) external view returns (uint64);
}
