// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Signature} from "../../common/interfaces/ISaltedEIP712.sol";
import {CardId, CardOrder, MerchantId, Sale, TopUp} from "../libraries/PrepaidTypes.sol";

/// @title Prepaid sales: sale, purchase and top-up
/// @notice What takes new money in. The cards themselves are kept by {IPrepaidCards}; what may be sold is checked by {ISaleRules}, whether the
/// merchant may sell by {IMerchantRegister}.
/// @dev All of it is the area `"SALE"` of {IEmergencyStop}. After each call custody and cover together reach the merchant's requirement, or it
/// reverts (A-20).
interface IPrepaidSales {
    /// @notice Cards were sold in one sale.
    /// @param merchant the merchant
    /// @param first the first card; the others follow it
    /// @param count how many cards
    /// @param total what was paid for all, in fen
    /// @param sale what the cards share
    event CardsSold(MerchantId indexed merchant, CardId indexed first, uint256 count, uint256 total, Sale sale);

    /// @notice An offer that was signed will not be taken any more.
    /// @param signer who had signed it
    /// @param nonce its nonce
    event OfferWithdrawn(address indexed signer, uint256 nonce);

    /// @notice Only the merchant's agent may do this.
    /// @param merchant the merchant
    /// @param caller who called
    /// @custom:cure Call from the account that `MerchantRegister.agentOf` names.
    error PrepaidSalesNotAgent(MerchantId merchant, address caller);

    /// @notice Only the holder named in the sale may buy under the offer.
    /// @param holder the holder named
    /// @param caller who called
    /// @custom:cure Call from the account that the offer names.
    error PrepaidSalesNotBuyer(address holder, address caller);

    /// @notice A purchase is paid on the chain, so it is not in cash.
    /// @param merchant the merchant
    /// @custom:cure Sign the offer with `cash` false, or use `sell` for a payment in cash.
    error PrepaidSalesCashPurchase(MerchantId merchant);

    /// @notice The offer's last moment has passed.
    /// @param deadline the last second at which it could be taken
    /// @param timestamp the present time, in seconds
    /// @custom:cure Ask the merchant for a new offer.
    error PrepaidSalesOfferExpired(uint256 deadline, uint256 timestamp);

    /// @notice More is to go into custody than is paid.
    /// @param total what is paid, in fen
    /// @param toCustody what is to go into custody, in fen
    /// @custom:cure Give at most `total`; the merchant pays more of its own in with `Custody.deposit`.
    error PrepaidSalesCustodyAboveTotal(uint256 total, uint256 toCustody);

    /// @notice After this, less would be in custody or covered than the merchant's requirement.
    /// @param merchant the merchant
    /// @param required the requirement after this, in fen
    /// @param available custody and cover after this, in fen
    /// @custom:cure Move more of the price into custody, deposit first, or register a cover.
    error PrepaidSalesCustodyShort(MerchantId merchant, uint256 required, uint256 available);

    /// @notice Sells cards that the consumer paid to the merchant; `sale.toCustody` comes from the agent's account, which allowed it to Custody.
    /// @param sale what the cards share
    /// @param orders the cards, 1 to 10
    /// @return first the first card; the others follow it
    /// @custom:caller the merchant's agent
    /// @custom:unit paid, toCustody: fen; face: the card's unit
    /// @custom:source 国办发〔2011〕25号 二; CPR Art 22; SH19 Art 11; BJ Art 32 (A-04 to A-13, A-20)
    /// @custom:error EmergencyStopAreaPaused when sales are paused.
    /// @custom:error PrepaidSalesNotAgent when the caller is not the merchant's agent.
    /// @custom:error PrepaidCardsHolderMissing when the sale names no holder.
    /// @custom:error PrepaidCardsBatch when there is no order or more than 10.
    /// @custom:error PrepaidSalesCustodyAboveTotal when more than the price is to go into custody.
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterMayNotIssue when the merchant's status is not LINKED.
    /// @custom:error MerchantRegisterRefused when the merchant carries a refusal (A-02, A-13).
    /// @custom:error MerchantRegisterStopped when the merchant stopped serving.
    /// @custom:error MerchantRegisterLicenceTooYoung when the merchant's licence is too young (A-03).
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
    /// @custom:error PrepaidSalesCustodyShort when custody and cover would not reach the requirement.
    function sell(Sale calldata sale, CardOrder[] calldata orders) external returns (CardId first);

    /// @notice Buys cards under an offer signed by the merchant's agent. The whole price comes from the holder: `sale.toCustody` into the vault
    /// (allowed to Custody), the rest to the merchant's settlement account (allowed to this contract).
    /// @param sale what the cards share
    /// @param orders the cards, 1 to 10
    /// @param nonce the offer's nonce: `nonces(agent, key)` of any key; a key for each buyer keeps offers from waiting for each other
    /// @param deadline the last second at which the offer holds
    /// @param signature the agent's signature over the EIP-712 struct `SaleOffer(Sale sale,CardOrder[] orders,uint256 nonce,uint64 deadline)`
    /// @return first the first card; the others follow it
    /// @custom:caller the holder named in the sale
    /// @custom:unit deadline: s; money: fen
    /// @custom:error EmergencyStopAreaPaused when sales are paused.
    /// @custom:error PrepaidSalesNotBuyer when the caller is not the holder named.
    /// @custom:error PrepaidSalesCashPurchase when the sale is marked as paid in cash.
    /// @custom:error PrepaidSalesOfferExpired when the deadline has passed.
    /// @custom:error SaltedEIP712InvalidSignature when the agent did not sign exactly this offer for this deployment.
    /// @custom:error InvalidAccountNonce when the offer was taken or withdrawn before.
    /// @custom:error PrepaidCardsBatch when there is no order or more than 10.
    /// @custom:error PrepaidSalesCustodyAboveTotal when more than the price is to go into custody.
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterMayNotIssue when the merchant's status is not LINKED.
    /// @custom:error MerchantRegisterRefused when the merchant carries a refusal (A-02, A-13).
    /// @custom:error MerchantRegisterStopped when the merchant stopped serving.
    /// @custom:error MerchantRegisterLicenceTooYoung when the merchant's licence is too young (A-03).
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
    /// @custom:error PrepaidSalesCustodyShort when custody and cover would not reach the requirement.
    function purchase(
        Sale calldata sale,
        CardOrder[] calldata orders,
        uint256 nonce,
        uint64 deadline,
        Signature calldata signature
    ) external returns (CardId first);

    /// @notice Uses up a nonce of the caller, so that an offer signed with it cannot be taken.
    /// @param nonce the caller's next nonce of its key
    /// @custom:caller any account, for itself
    /// @custom:error InvalidAccountNonce when it is not the next of its key.
    function withdrawOffer(uint256 nonce) external;

    /// @notice Adds paid fen and face to a card. What was left starts a new tranche together with it. A period pass runs on from its end, or
    /// from now where it had ended.
    /// @param order what was paid, given and agreed; toCustody comes from the agent's account, which allowed it to Custody
    /// @custom:caller the merchant's agent
    /// @custom:unit paid, toCustody: fen; face: the card's unit
    /// @custom:error EmergencyStopAreaPaused when sales are paused.
    /// @custom:error CardLedgerUnknownCard when no card has the id.
    /// @custom:error PrepaidSalesNotAgent when the caller is not the merchant's agent.
    /// @custom:error CardLedgerWrongStatus when the card is not ACTIVE.
    /// @custom:error CardLedgerExpired when the card's term is over.
    /// @custom:error PrepaidSalesCustodyAboveTotal when more than the price is to go into custody.
    /// @custom:error MerchantRegisterUnknown when the merchant is not filed.
    /// @custom:error MerchantRegisterMayNotIssue when the merchant's status is not LINKED.
    /// @custom:error MerchantRegisterRefused when the merchant carries a refusal (A-02, A-13).
    /// @custom:error MerchantRegisterStopped when the merchant stopped serving.
    /// @custom:error MerchantRegisterLicenceTooYoung when the merchant's licence is too young (A-03).
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
    /// @custom:error PrepaidSalesCustodyShort when custody and cover would not reach the requirement.
    function topUp(TopUp calldata order) external;
}
