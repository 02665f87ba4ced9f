import { expect } from "chai";
import { keccak256, stringToHex } from "viem";
import {
  commission,
  GTIN,
  lgtin,
  loadRules,
  MISSING,
  NO_PAPER,
  PAPER,
  PARTY,
  qty,
  sgtin,
  transform,
} from "../../fixtures/trace-rules.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const LEAF = BigInt(GTIN.LEAF);
const TEA = BigInt(GTIN.TEA);
const KG = 1_000_000n;
const CLAIM = keccak256(stringToHex("shade grown"));
const OTHER = keccak256(stringToHex("fair trade"));
/** The number of `BizTransactionType.CERT`. */
const CERT = 2;
/** Named by an event, its outputs carry the claim. */
const claiming = (claim = CLAIM, kind = CERT) => ({ transactions: [{ kind, id: { value: claim, algorithm: 1 } }] });
const leaf = lgtin(GTIN.LEAF, "L1");
const plain = lgtin(GTIN.LEAF, "L2");
const tea = (lot: string) => lgtin(GTIN.TEA, lot);

/** The lab certifies: a kilogram of leaf brings a kilogram of credit, a kilogram of tea takes four. The processor has 8 kg of leaf of either kind. */
async function claimed({ certified = true } = {}) {
  const rules = await loadRules();
  const { quotas, catalogue, as, capture } = rules;
  await catalogue.write.license([LEAF, PARTY.processor, true], as("grower"));
  await capture("processor", commission([qty(leaf, 8), qty(plain, 8)]));
  await quotas.write.defineClaim([CLAIM, PARTY.lab, PAPER], as("lab"));
  await quotas.write.setWeight([CLAIM, LEAF, 1_000_000n], as("lab"));
  await quotas.write.setWeight([CLAIM, TEA, 4_000_000n], as("lab"));
  const certify = (lot: `0x${string}`, { claim = CLAIM, carries = true } = {}) =>
    quotas.write.certifyLot([claim, lot, carries, PAPER], as("lab"));
  if (certified) await certify(leaf);
  const credit = () => quotas.read.creditOf([CLAIM, PARTY.processor]);
  return { ...rules, certify, credit };
}

describe("QuotaBook: claims", () => {
  it("given a stranger, no certifier, no scheme or a claim that exists, when a claim is defined, then it is refused", async () => {
    const { quotas, parties, accounts, as } = await claimed();
    const define = (
      claim: `0x${string}`,
      certifier: "lab" | "grower",
      who: "lab" | "grower",
      paper: typeof PAPER | typeof NO_PAPER = PAPER,
    ) => quotas.write.defineClaim([claim, PARTY[certifier], paper], as(who));
    const { address } = accounts.grower;
    await expectRevert(define(OTHER, "lab", "grower"), parties, "TradePartiesNotAgent", [PARTY.lab, address]);
    await expectRevert(define(OTHER, "grower", "grower"), parties, "TradePartiesRoleMissing", [PARTY.grower, 12]);
    await expectRevert(define(CLAIM, "lab", "lab"), quotas, "QuotaBookClaimDefined", [CLAIM]);
    await expectRevert(define(OTHER, "lab", "lab", NO_PAPER), quotas, "DigestsMissing", MISSING);
    expect(Number(await quotas.read.certifierOf([OTHER]))).to.equal(0);
  });

  it("given a certifier, when it defines a claim and weighs a product, then both stand", async () => {
    const { quotas, connection, as } = await claimed();
    await expectEvents(connection, quotas.write.defineClaim([OTHER, PARTY.lab, PAPER], as("lab")), [
      event(quotas, "ClaimDefined", { claim: OTHER, certifier: PARTY.lab, scheme: PAPER }),
    ]);
    await expectEvents(connection, quotas.write.setWeight([OTHER, LEAF, 7n], as("lab")), [
      event(quotas, "ClaimWeightSet", { claim: OTHER, gtin: LEAF, ppm: 7n }),
    ]);
    expect(await quotas.read.certifierOf([OTHER])).to.equal(PARTY.lab);
    expect(await quotas.read.weightOf([OTHER, LEAF])).to.equal(7n);
  });

  it("given an unknown claim, a stranger or an unknown product, when a product is weighed, then it is refused", async () => {
    const { quotas, catalogue, accounts, as } = await claimed();
    const unknown = quotas.write.setWeight([OTHER, LEAF, 1n], as("lab"));
    await expectRevert(unknown, quotas, "QuotaBookUnknownClaim", [OTHER]);
    const foreign = quotas.write.setWeight([CLAIM, LEAF, 1n], as("processor"));
    await expectRevert(foreign, quotas, "QuotaBookNotKeeper", [PARTY.lab, accounts.processor.address]);
    const product = quotas.write.setWeight([CLAIM, 6975310000993n, 1n], as("lab"));
    await expectRevert(product, catalogue, "ProductCatalogueUnknown", [6975310000993n]);
  });

  it("given an unknown claim, a stranger, no weight, no certificate or another claim, when a lot is certified, then it is refused", async () => {
    const { quotas, accounts, as, certify } = await claimed();
    await expectRevert(certify(plain, { claim: OTHER }), quotas, "QuotaBookUnknownClaim", [OTHER]);
    const foreign = quotas.write.certifyLot([CLAIM, plain, true, PAPER], as("processor"));
    await expectRevert(foreign, quotas, "QuotaBookNotKeeper", [PARTY.lab, accounts.processor.address]);
    const weightless = lgtin(GTIN.LABEL, "S1");
    await expectRevert(certify(weightless), quotas, "QuotaBookNoWeight", [CLAIM, BigInt(GTIN.LABEL)]);
    const bare = quotas.write.certifyLot([CLAIM, plain, true, NO_PAPER], as("lab"));
    await expectRevert(bare, quotas, "DigestsMissing", MISSING);
    await quotas.write.defineClaim([OTHER, PARTY.lab, PAPER], as("lab"));
    await quotas.write.setWeight([OTHER, LEAF, 1_000_000n], as("lab"));
    await expectRevert(certify(leaf, { claim: OTHER }), quotas, "QuotaBookMixedLot", [leaf]);
    await expectRevert(certify(plain, { carries: false }), quotas, "QuotaBookMixedLot", [plain]);
  });

  it("given a lot, when it is certified and the certificate is taken back, then it carries the claim in between and cannot grow", async () => {
    const { quotas, connection, certify, capture } = await claimed({ certified: false });
    await expectEvents(connection, certify(leaf), [
      event(quotas, "ClaimCarried", { claim: CLAIM, lot: leaf, carries: true, certificate: PAPER }),
    ]);
    expect(await quotas.read.claimOf([leaf])).to.equal(CLAIM);
    await expectRevert(capture("processor", commission([qty(leaf, 1)])), quotas, "QuotaBookMixedLot", [leaf]);
    await expectEvents(connection, certify(leaf, { carries: false }), [
      event(quotas, "ClaimCarried", { claim: CLAIM, lot: leaf, carries: false, certificate: PAPER }),
    ]);
    expect(BigInt(await quotas.read.claimOf([leaf]))).to.equal(0n);
    await capture("processor", commission([qty(leaf, 1)]));
  });

  it("given outputs with the claim beyond the credit, of no weight, as items or into a lot without it, when they are captured, then it is refused", async () => {
    const { quotas, capture, credit, as } = await claimed();
    const needed = [CLAIM, PARTY.processor] as const;
    const uncertified = transform([qty(plain, 4)], [qty(tea("T1"), 1)], claiming());
    await expectRevert(capture("processor", uncertified), quotas, "QuotaBookCreditMissing", [...needed, 0n, 4n * KG]);
    const mixed = transform([qty(leaf, 3), qty(plain, 1)], [qty(tea("T1"), 1)], claiming());
    await expectRevert(capture("processor", mixed), quotas, "QuotaBookCreditMissing", [...needed, 3n * KG, 4n * KG]);
    await capture("processor", transform([qty(plain, 4)], [qty(tea("T0"), 0.5)], claiming(OTHER)));
    const item = transform([qty(tea("T0"), 0.05)], [sgtin(GTIN.BOX, "1")], claiming());
    await expectRevert(capture("processor", item), quotas, "QuotaBookItemClaim", [sgtin(GTIN.BOX, "1")]);
    const grown = transform([qty(leaf, 4)], [qty(tea("T0"), 0.5)], claiming());
    await expectRevert(capture("processor", grown), quotas, "QuotaBookMixedLot", [tea("T0")]);
    await quotas.write.setWeight([CLAIM, TEA, 0n], as("lab"));
    const weightless = transform([qty(leaf, 4)], [qty(tea("T1"), 1)], claiming());
    await expectRevert(capture("processor", weightless), quotas, "QuotaBookNoWeight", [CLAIM, TEA]);
    expect(await credit()).to.equal(0n);
    expect(BigInt(await quotas.read.claimOf([tea("T0")]))).to.equal(0n);
  });

  it("given certified goods put in, when outputs carry the claim later, then mass balance gives what went in and no more", async () => {
    const { quotas, connection, capture, credit } = await claimed();
    const put = capture("processor", transform([qty(leaf, 8)], [qty(tea("T1"), 2)]));
    expect(await eventsOf(connection, put, quotas)).to.deep.equal([
      ["ClaimCredit", { claim: CLAIM, party: PARTY.processor, credit: 8n * KG }],
    ]);
    expect(BigInt(await quotas.read.claimOf([tea("T1")]))).to.equal(0n);
    // Goods without a certificate may be sold with the claim, kilogram for kilogram.
    const out = capture("processor", transform([qty(plain, 6)], [qty(tea("T2"), 1.5)], claiming()));
    expect(await eventsOf(connection, out, quotas)).to.deep.equal([
      ["ClaimCredit", { claim: CLAIM, party: PARTY.processor, credit: 2n * KG }],
      ["ClaimCarried", { claim: CLAIM, lot: tea("T2"), carries: true, certificate: { ...NO_PAPER } }],
    ]);
    expect(await quotas.read.claimOf([tea("T2")])).to.equal(CLAIM);
    const more = transform([qty(plain, 2)], [qty(tea("T3"), 0.500001)], claiming());
    await expectRevert(
      capture("processor", { ...more, quantities: [qty(plain, 2), qty(tea("T1"), 1)] }),
      quotas,
      "QuotaBookCreditMissing",
      [CLAIM, PARTY.processor, 2n * KG, 2n * KG + 4n],
    );
    await capture("processor", transform([qty(plain, 2)], [qty(tea("T2"), 0.5)], claiming()));
    expect(await credit()).to.equal(0n);
  });

  it("given weights that leave parts of a millionth, when goods go in and out, then rounding makes no credit", async () => {
    const { quotas, capture, credit, as } = await claimed();
    await quotas.write.setWeight([CLAIM, LEAF, 333_333n], as("lab"));
    await quotas.write.setWeight([CLAIM, TEA, 333_333n], as("lab"));
    await capture("processor", transform([qty(leaf, 0.000004)], [qty(tea("T1"), 0.000001)]));
    // 4 * 0.333333 rounds down to 1; 1 * 0.333333 rounds up to 1.
    expect(await credit()).to.equal(1n);
    await capture("processor", transform([qty(plain, 0.000004)], [qty(tea("T2"), 0.000001)], claiming()));
    expect(await credit()).to.equal(0n);
  });

  it("C-12: given a transformation declared erroneous, when the declaration is booked, then its credit comes back or goes", async () => {
    const { quotas, capture, declare, credit } = await claimed();
    const put = transform([qty(leaf, 8)], [qty(tea("T1"), 2)]);
    await capture("processor", put);
    const out = transform([qty(plain, 4)], [qty(tea("T2"), 1)], claiming());
    await capture("processor", out);
    // What was used of an input's credit is missing when the input goes.
    const early = declare("processor", put);
    await expectRevert(early, quotas, "QuotaBookCreditMissing", [CLAIM, PARTY.processor, 4n * KG, 8n * KG]);
    await declare("processor", out);
    expect(await credit()).to.equal(8n * KG);
    expect(BigInt(await quotas.read.claimOf([tea("T2")]))).to.equal(0n);
    await declare("processor", put);
    expect(await credit()).to.equal(0n);
  });
});
