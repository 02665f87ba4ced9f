import { type Line, moment } from "./calendar.ts";
import type { Trade } from "./trade.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Claims that one call takes. */
const CLAIMS = 10;

/** A sale of one card by a scene. */
function sale(merchant: string, holder: string, card: Fields, more: Fields): Fields {
  return {
    event: "sell",
    merchant,
    terms: `T${merchant.slice(1)}`,
    holder,
    buyerId: `identity document of ${holder}`,
    contract: `contract of ${String(card.card)}`,
    ...more,
    cards: [card],
  };
}

const signed = (redemption: string, card: string, holder: string, what: Fields): Fields => ({
  event: "redeem",
  redemption,
  card,
  ...what,
  evidence: `bill ${redemption}`,
  signedBy: holder,
});

/** Refunds for every cause, with what must come out. Each holder and card belongs to one scene. */
export function refundScenes(): Line[] {
  const lines: Line[] = [];
  const on = (day: number, hour: number, fields: Fields): number => lines.push({ at: moment(day, hour, 5), fields });

  // Cooling off: the whole of an unused card, the rest of a used one, and a top-up alone (SPC 14, 15).
  on(2, 10, sale("M01", "C601", { card: "S01", paid: "1000.00", bonus: "100.00" }, { toCustody: "1000.00" }));
  on(6, 10, { event: "refund", refund: "F01", card: "S01", cause: "COOLING_OFF", reason: "changed my mind" });
  on(6, 11, { event: "expectRefund", refund: "F01", status: "PAID", principal: "1000.00", fromCustody: "1000.00" });
  on(2, 11, sale("M01", "C602", { card: "S02", paid: "1000.00", bonus: "250.00" }, { toCustody: "1000.00" }));
  on(3, 12, signed("RS02", "S02", "C602", { amount: "250.00" }));
  on(7, 10, { event: "refund", refund: "F02", card: "S02", cause: "COOLING_OFF", reason: "too sweet" });
  on(7, 11, { event: "expectRefund", refund: "F02", status: "PAID", principal: "800.00" });
  on(2, 12, sale("M01", "C603", { card: "S03", paid: "500.00" }, { toCustody: "500.00" }));
  on(15, 10, { event: "topUp", card: "S03", paid: "300.00", toCustody: "300.00", contract: "top-up of S03" });
  on(18, 10, { event: "refund", refund: "F03", card: "S03", cause: "COOLING_OFF", reason: "topped up by mistake" });
  on(18, 11, { event: "expectRefund", refund: "F03", status: "PAID", principal: "300.00" });
  on(18, 12, { event: "expectCard", card: "S03", principal: "500.00" });

  // The operator's cause: the share of what was paid in the whole face (SPC 18(2)): the worked example of the law.
  on(2, 13, sale("M01", "C604", { card: "S04", paid: "3000.00", bonus: "1000.00" }, { toCustody: "3000.00" }));
  on(5, 13, signed("RS04", "S04", "C604", { amount: "3594.00", list: "3800.00" }));
  on(8, 13, { event: "refund", refund: "F04", card: "S04", cause: "OPERATOR", reason: "the shop next door to me closed" });
  on(9, 13, { event: "accept", refund: "F04" });
  on(9, 14, { event: "expectRefund", refund: "F04", status: "PAID", principal: "304.50", fromCustody: "304.50" });

  // The consumer's cause: what was redeemed counts at its price before discount (SPC 19), and never below zero (SPC 20).
  on(2, 14, sale("M02", "C605", { card: "S05", paid: "3000.00", visits: 20, listUnitPrice: "200.00" }, { toCustody: "3000.00" }));
  on(4, 18, signed("RS05", "S05", "C605", { visits: 6, list: "1200.00" }));
  on(9, 10, { event: "refund", refund: "F05", card: "S05", cause: "CONSUMER", reason: "moving to another city" });
  on(9, 11, { event: "expectRefund", refund: "F05", status: "PAID", principal: "1800.00" });
  on(2, 15, sale("M02", "C606", { card: "S06", paid: "1000.00", visits: 10, listUnitPrice: "200.00" }, { toCustody: "1000.00" }));
  on(5, 18, signed("RS06", "S06", "C606", { visits: 6, list: "1200.00" }));
  on(10, 10, { event: "refund", refund: "F06", card: "S06", cause: "CONSUMER", reason: "no time" });
  on(10, 11, { event: "expectRefund", refund: "F06", status: "PAID", principal: "0.00" });

  // Neither's cause, and a period pass: the remaining term of the whole (SPC 22): 350 of 365 days.
  lines.push({
    at: moment(2, 0, 0),
    fields: sale("M02", "C607", { card: "S07", paid: "3650.00", days: 365, listUnitPrice: "15.00", starts: "2030-03-03" }, { toCustody: "3650.00" }),
  });
  lines.push({ at: moment(18, 0, 0), fields: { event: "refund", refund: "F07", card: "S07", cause: "NEUTRAL", reason: "illness" } });
  on(18, 9, { event: "accept", refund: "F07" });
  on(18, 10, { event: "expectRefund", refund: "F07", status: "PAID", principal: "3500.00" });

  // The payment of a minor is void (SPC 10): an arbiter lets nothing be offset; what was already earned is the merchant's own debt.
  on(2, 16, sale("M01", "C608", { card: "S08", paid: "1000.00" }, { toCustody: "1000.00" }));
  on(4, 12, signed("RS08", "S08", "C608", { amount: "300.00" }));
  on(11, 10, { event: "refund", refund: "F08", card: "S08", cause: "MINOR", reason: "paid by a child" });
  on(12, 10, { event: "rule", refund: "F08", cause: "MINOR", redeemedValue: "0.00", ruling: "sample ruling 1" });
  on(12, 11, { event: "expectRefund", refund: "F08", status: "APPROVED", principal: "1000.00", fromCustody: "700.00", owed: "300.00" });
  on(13, 10, { event: "pay", refund: "F08" });
  on(13, 11, { event: "expectRefund", refund: "F08", status: "PAID", fromMerchant: "300.00", owed: "0.00" });

  // A rest that is too small for the cheapest item (BJ 17).
  on(2, 17, sale("M01", "C609", { card: "S09", paid: "200.00" }, { toCustody: "200.00" }));
  on(5, 12, signed("RS09", "S09", "C609", { amount: "187.70" }));
  on(12, 12, { event: "refund", refund: "F09", card: "S09", cause: "RESIDUE", reason: "nothing to be had for it" });
  on(12, 13, { event: "expectRefund", refund: "F09", status: "PAID", principal: "12.30" });

  // Gifts kept are taken off by an arbiter (SPC 21).
  on(2, 18, sale("M01", "C610", { card: "S10", paid: "600.00" }, { toCustody: "600.00" }));
  on(13, 12, { event: "refund", refund: "F10", card: "S10", cause: "OPERATOR", reason: "the recipe was changed" });
  on(14, 12, { event: "rule", refund: "F10", cause: "OPERATOR", giftDeduction: "88.00", ruling: "sample ruling 2" });
  on(14, 13, { event: "expectRefund", refund: "F10", status: "PAID", principal: "512.00" });

  // Nobody answers for fifteen working days: the holder's version stands.
  on(2, 19, sale("M01", "C611", { card: "S11", paid: "400.00" }, { toCustody: "400.00" }));
  on(4, 9, { event: "refund", refund: "F11", card: "S11", cause: "OPERATOR", reason: "the shop is always full" });
  on(20, 9, { event: "refused", attempt: { event: "enforce", refund: "F11" }, error: "RefundsNotDue" });
  on(27, 9, { event: "enforce", refund: "F11" });
  on(27, 10, { event: "expectRefund", refund: "F11", status: "PAID", principal: "400.00" });

  // One request is rejected by the arbiter, one is withdrawn: both cards live on.
  on(3, 19, sale("M01", "C612", { card: "S12", paid: "300.00" }, { toCustody: "300.00" }));
  on(14, 9, { event: "refund", refund: "F12", card: "S12", cause: "OPERATOR", reason: "prices were raised" });
  on(16, 9, { event: "reject", refund: "F12", ruling: "sample ruling 3" });
  on(17, 9, { event: "refund", refund: "F13", card: "S12", cause: "NEUTRAL", reason: "illness" });
  on(18, 9, { event: "withdrawRefund", refund: "F13" });
  on(19, 12, signed("RS12", "S12", "C612", { amount: "30.00" }));
  on(19, 13, { event: "expectCard", card: "S12", principal: "270.00" });

  // A franchisee without custody owes; an arbiter lets the franchisor answer too, and it pays with ten days' interest at 3 %.
  on(3, 20, sale("M07", "C613", { card: "S13", paid: "800.00" }, { toCustody: "0.00" }));
  on(10, 9, { event: "refund", refund: "F14", card: "S13", cause: "OPERATOR", reason: "no seats for card holders" });
  on(11, 9, { event: "accept", refund: "F14" });
  on(12, 9, { event: "joinDebtor", refund: "F14", merchant: "M01", ruling: "sample ruling 4" });
  on(20, 10, { event: "pay", refund: "F14", by: "M01" });
  on(20, 11, { event: "expectRefund", refund: "F14", status: "PAID", fromMerchant: "800.00", interest: "0.66" });
  return lines;
}

/** A closing with notice, and a default whose holders share what is there. */
export function endingScenes(trade: Trade): Line[] {
  const lines: Line[] = [];
  const on = (day: number, hour: number, fields: Fields): number => lines.push({ at: moment(day, hour, 15), fields });

  // Closing: less than thirty days' notice is refused; then no card is sold, and holders may choose their money.
  on(2, 9, sale("M06", "C620", { card: "S20", paid: "800.00" }, { toCustody: "0.00" }));
  on(4, 10, signed("RS20", "S20", "C620", { amount: "200.00" }));
  on(11, 9, {
    event: "refused",
    attempt: { event: "announceClosing", merchant: "M06", lastDay: "2030-03-31", notice: "sample notice" },
    error: "MerchantRegisterNoticeTooShort",
  });
  on(11, 10, { event: "announceClosing", merchant: "M06", lastDay: "2030-04-20", notice: "sample notice" });
  on(11, 11, {
    event: "refused",
    attempt: sale("M06", "C621", { card: "S21", paid: "100.00" }, { toCustody: "100.00" }),
    error: "MerchantRegisterMayNotIssue",
  });
  on(12, 10, { event: "refund", refund: "F20", card: "S20", cause: "OPERATOR", reason: "the service closes" });
  on(12, 11, { event: "expectRefund", refund: "F20", status: "APPROVED", principal: "600.00", fromCustody: "0.00", owed: "600.00" });
  on(22, 10, { event: "pay", refund: "F20" });
  on(22, 11, { event: "expectRefund", refund: "F20", status: "PAID", fromMerchant: "600.00", interest: "0.50" });

  // Default: declared on the 20th; the insurer pays its cover into the vault; holders claim pro rata.
  on(19, 9, { event: "warn", merchant: "M04", reason: "the doors have been closed for two days" });
  on(20, 9, { event: "default", merchant: "M04", stopped: "2030-03-18", decision: "sample decision on M04" });
  on(20, 10, {
    event: "refused",
    attempt: sale("M04", "C622", { card: "S22", paid: "100.00" }, { toCustody: "100.00" }),
    error: "MerchantRegisterMayNotIssue",
  });
  on(20, 11, { event: "refused", attempt: { event: "release", merchant: "M04", amount: "1.00" }, error: "CustodyDefaulted" });
  on(27, 15, { event: "payClaim", cover: "V04", amount: "6000.00", claim: "sample claim under V04" });
  on(28, 10, { event: "openRound", merchant: "M04", decision: "sample decision on the shares of M04" });
  const cards = trade.cardsOf("M04");
  for (const [index, { name }] of cards.slice(0, 6).entries()) {
    lines.push({ at: moment(28, 12, index), fields: { event: "claim", card: name } });
  }
  const [first] = cards;
  on(28, 13, { event: "refused", attempt: { event: "claim", card: first?.name }, error: "DefaultClaimsNoRound" });
  for (let start = 6; start < cards.length; start += CLAIMS) {
    const batch = cards.slice(start, start + CLAIMS).map(({ name }) => name);
    lines.push({ at: moment(29, 10, start), fields: { event: "claimFor", cards: batch } });
  }
  on(29, 11, { event: "expectMerchant", merchant: "M04", status: "DEFAULTED", custody: "0.00", cover: "0.00" });
  return lines;
}

/** Disputes, holds, losses, transfers, payouts, freezes, refusals, records. */
export function lifeScenes(): Line[] {
  const lines: Line[] = [];
  const on = (day: number, hour: number, fields: Fields): number => lines.push({ at: moment(day, hour, 25), fields });

  // Disputes over entries: decided by the arbiter, left unanswered, withdrawn, contested too late.
  on(3, 9, sale("M01", "C630", { card: "S30", paid: "500.00" }, { toCustody: "500.00" }));
  for (const [index, amount] of ["60.00", "45.00", "30.00", "20.00"].entries()) {
    on(4, 10 + index, { event: "redeem", redemption: `RS3${index}`, card: "S30", amount, evidence: `bill RS3${index}` });
  }
  on(5, 9, { event: "contest", redemption: "RS30", reason: "I had one cake, not two" });
  on(6, 9, { event: "answer", redemption: "RS30", records: "till roll of that day" });
  on(8, 9, { event: "decide", redemption: "RS30", amount: "30.00", ruling: "sample ruling 5" });
  on(5, 10, { event: "contest", redemption: "RS31", reason: "I was not there" });
  on(13, 10, { event: "unanswered", redemption: "RS31" });
  on(5, 11, { event: "contest", redemption: "RS32", reason: "charged twice" });
  on(5, 12, { event: "withdrawEntry", redemption: "RS32" });
  on(14, 11, { event: "refused", attempt: { event: "contest", redemption: "RS33", reason: "too late" }, error: "RedemptionsTooLate" });
  on(14, 12, { event: "finalise", redemptions: ["RS33"] });
  on(14, 13, { event: "expectCard", card: "S30", principal: "450.00", redeemed: "50.00" });

  // A service in progress: held, captured in parts, the rest freed; another hold runs out and is reclaimed by its holder.
  on(3, 10, sale("M04", "C631", { card: "S31", paid: "1200.00" }, { toCustody: "1200.00" }));
  on(5, 14, { event: "authorise", authorisation: "A01", card: "S31", amount: "400.00", until: "2030-03-06T18:00:00+08:00", signedBy: "C631" });
  on(5, 16, { event: "capture", authorisation: "A01", redemption: "RS40", amount: "250.00", evidence: "hair" });
  on(5, 17, { event: "capture", authorisation: "A01", redemption: "RS41", amount: "100.00", evidence: "nails" });
  on(5, 18, { event: "void", authorisation: "A01" });
  on(5, 19, { event: "confirm", redemption: "RS40" });
  on(5, 20, { event: "confirm", redemption: "RS41" });
  on(6, 14, { event: "authorise", authorisation: "A02", card: "S31", amount: "300.00", until: "2030-03-07T18:00:00+08:00", signedBy: "C631" });
  on(7, 12, { event: "refused", attempt: { event: "reclaim", authorisation: "A02" }, error: "AuthorisationsNotExpired" });
  on(8, 12, { event: "reclaim", authorisation: "A02" });
  on(8, 13, { event: "expectCard", card: "S31", principal: "850.00" });
  on(10, 13, { event: "refund", refund: "F30", card: "S31", cause: "CONSUMER", reason: "a new hairdresser" });
  on(10, 14, { event: "expectRefund", refund: "F30", status: "PAID", principal: "850.00" });

  // A lost card comes back to the same person; a card is handed on; a bearer card is a bearer card.
  on(3, 11, sale("M03", "C632", { card: "S32", paid: "1800.00", visits: 12, listUnitPrice: "180.00" }, { toCustody: "1800.00" }));
  on(7, 9, { event: "loss", card: "S32", by: "platform" });
  on(8, 10, { event: "reissue", card: "S32", to: "C633", buyerId: "identity document of C632" });
  on(9, 17, signed("RS50", "S32", "C633", { visits: 1, list: "180.00" }));
  on(11, 17, { event: "transfer", card: "S32", to: "C634", buyerId: "identity document of C634" });
  on(12, 17, {
    event: "refused",
    attempt: signed("RS51", "S32", "C633", { visits: 1, list: "180.00" }),
    error: "SaltedEIP712InvalidSignature",
  });
  on(12, 18, signed("RS51", "S32", "C634", { visits: 1, list: "180.00" }));
  on(3, 12, {
    event: "sell",
    merchant: "M01",
    terms: "T01",
    holder: "C635",
    anonymous: true,
    contract: "contract of S35",
    toCustody: "500.00",
    cards: [{ card: "S35", form: "BEARER", paid: "500.00", expires: "2033-04-01" }],
  });
  on(3, 13, { event: "refused", attempt: { event: "loss", card: "S35" }, error: "PrepaidCardsWrongForm" });

  // A purchase under a signed offer: the whole price is the holder's own, most of it goes into custody.
  on(3, 14, { event: "fund", party: "C636", amount: "5000.00", entry: "salary of C636" });
  on(3, 15, {
    event: "purchase",
    merchant: "M03",
    terms: "T03",
    holder: "C636",
    buyerId: "identity document of C636",
    contract: "contract of S36",
    toCustody: "2400.00",
    offerUntil: "2030-03-04T00:00:00+08:00",
    cards: [{ card: "S36", paid: "2400.00", visits: 16, listUnitPrice: "180.00" }],
  });

  // Caps and identity (the cap of a named card and of a bearer card; who buys a named card is known).
  on(4, 14, { event: "refused", attempt: sale("M01", "C637", { card: "S37", paid: "5000.01" }, { toCustody: "5000.01" }), error: "SaleRulesCardCap" });
  on(4, 15, {
    event: "refused",
    attempt: { ...sale("M01", "C637", { card: "S37", form: "BEARER", paid: "1000.01", expires: "2033-04-01" }, { toCustody: "1000.01" }) },
    error: "SaleRulesCardCap",
  });
  on(4, 16, { event: "refused", attempt: { ...sale("M01", "C637", { card: "S37", paid: "100.00" }, { toCustody: "100.00" }), buyerId: undefined }, error: "SaleRulesIdentityMissing" });
  on(4, 17, { event: "refused", attempt: sale("M05", "C637", { card: "S37", paid: "100.00" }, { toCustody: "0.00" }), error: "MerchantRegisterMayNotIssue" });
  on(4, 18, { event: "refused", attempt: { event: "terms", terms: "T99", merchant: "M05", voidClauses: 1, text: "no refunds" }, error: "TermsRegisterVoidClause" });

  // Money out: more than was redeemed is refused; the supervising node approves and refuses; a freeze stops payouts, not refunds.
  on(18, 8, { event: "refused", attempt: { event: "release", merchant: "M03", amount: "400000.00" }, error: "CustodyExceedsRedeemed" });
  on(18, 14, { event: "requestPayout", payout: "P01", merchant: "M03", amount: "1500.00", reason: "rent" });
  on(18, 16, { event: "approvePayout", payout: "P01", reason: "in order" });
  on(18, 17, { event: "requestPayout", payout: "P02", merchant: "M03", amount: "900.00", reason: "bonus of the manager" });
  on(19, 10, { event: "refusePayout", payout: "P02", reason: "not a cost of service" });
  on(25, 9, { event: "freeze", merchant: "M02", reason: "anonymous report" });
  on(25, 10, { event: "refused", attempt: { event: "release", merchant: "M02", amount: "1.00" }, error: "CustodyFrozen" });
  on(26, 9, { event: "unfreeze", merchant: "M02", reason: "nothing found" });

  // The register and the credit file.
  for (const [index, merchant] of ["M01", "M02", "M03", "M04", "M06", "M07"].entries()) {
    lines.push({ at: moment(4, 8, index), fields: { event: "showMark", merchant } });
  }
  on(20, 15, { event: "refuse", merchant: "M07", reason: "MAJOR_RISK", evidence: "sample inspection 7" });
  on(20, 16, { event: "refused", attempt: sale("M07", "C638", { card: "S38", paid: "100.00" }, { toCustody: "100.00" }), error: "MerchantRegisterRefused" });
  on(24, 16, { event: "lift", merchant: "M07", reason: "MAJOR_RISK", evidence: "sample inspection 8" });
  on(5, 8, { event: "creditSubject", owner: "M01", subject: "did of M01", kind: "OPERATOR" });
  on(6, 8, { event: "credit", record: "D01", by: "M01", subject: "did of M01", kind: "OPERATOR_FACT", content: "kitchen renewed" });
  on(7, 8, { event: "credit", record: "D02", by: "regulator", subject: "did of M01", kind: "INSPECTION", about: "D01", content: "kitchen seen" });
  on(8, 8, { event: "mark", record: "D01", mark: "CHECKED", reason: "sample inspection 1" });

  // What the month must end with.
  on(31, 23, { event: "expectMerchant", merchant: "M01", status: "LINKED", colour: "GREEN", compliant: true });
  on(31, 23, { event: "expectMerchant", merchant: "M02", status: "LINKED", colour: "YELLOW", compliant: true });
  on(31, 23, { event: "expectMerchant", merchant: "M03", status: "LINKED", colour: "GREEN", compliant: true });
  on(31, 23, { event: "expectMerchant", merchant: "M05", status: "FILED", colour: "GREY" });
  on(31, 23, { event: "expectMerchant", merchant: "M06", status: "CLOSING", colour: "RED", compliant: true });
  on(31, 23, { event: "expectMerchant", merchant: "M07", status: "LINKED", colour: "YELLOW", compliant: true });
  return lines;
}
