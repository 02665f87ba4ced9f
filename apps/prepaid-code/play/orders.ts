import { AUTHORISATION_ORDER_TYPES, REDEMPTION_ORDER_TYPES, SALE_OFFER_TYPES } from "../typed-data.ts";
import type { TypedData } from "./play-context.ts";

type Domain = TypedData["domain"];
type Message = TypedData["message"];

/** What a merchant's agent signs to offer a sale. */
export const saleOffer = (domain: Domain, message: Message): TypedData => ({
  domain,
  types: SALE_OFFER_TYPES,
  primaryType: "SaleOffer",
  message,
});

/** What a holder signs to redeem. */
export const redemptionOrder = (domain: Domain, message: Message): TypedData => ({
  domain,
  types: REDEMPTION_ORDER_TYPES,
  primaryType: "RedemptionOrder",
  message,
});

/** What a holder signs to hold face for a service in progress. */
export const authorisationOrder = (domain: Domain, message: Message): TypedData => ({
  domain,
  types: AUTHORISATION_ORDER_TYPES,
  primaryType: "AuthorisationOrder",
  message,
});
