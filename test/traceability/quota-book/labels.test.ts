import { expect } from "chai";
import { checkDigit } from "../../../apps/trace-common/epcis/index.ts";
import {
  commission,
  type EventTerms,
  GTIN,
  lgtin,
  loadRules,
  MISSING,
  NO_PAPER,
  PAPER,
  PARTY,
  pieces,
  qty,
  ROLE_BIT,
  sgtin,
  transform,
} from "../../fixtures/trace-rules.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const LEAF = BigInt(GTIN.LEAF);
const BOX = BigInt(GTIN.BOX);
const KG = 1_000_000n;
const SEASON = 2030;
const boxes = (...serials: readonly string[]) => serials.map((serial) => sgtin(GTIN.BOX, serial));
const inGarden: EventTerms = { readPoint: PARTY.processor };

/** The processor grows leaf in its own garden, which the store's association keeps; a kilogram bears two and a half labels of boxes. */
async function labelled({ bound = true } = {}) {
  const rules = await loadRules();
  const { parties, quotas, catalogue, accounts, asRegulator, as, capture } = rules;
  await parties.write.changeRoles([PARTY.store, ROLE_BIT.ASSOCIATION, PAPER], { account: accounts.platform });
  await quotas.write.protect([LEAF, PARTY.store], asRegulator);
  await catalogue.write.license([LEAF, PARTY.processor, true], as("grower"));
  await quotas.write.grantGarden([LEAF, PARTY.processor, SEASON, 100n * KG, PAPER], as("store"));
  if (bound) await quotas.write.bindLabels([BOX, LEAF, 2_500_000n], as("store"));
  const issue = (count: bigint, paper: typeof PAPER | typeof NO_PAPER = PAPER) =>
    quotas.write.issueLabels([BOX, PARTY.processor, SEASON, count, paper], as("store"));
  const labels = async () => {
    const { issued, used } = await quotas.read.labelsOf([BOX, PARTY.processor, SEASON]);
    return [issued, used];
  };
  const harvest = async (lot: string, kilograms: number) => {
    const picked = commission([qty(lgtin(GTIN.LEAF, lot), kilograms)], inGarden);
    await capture("processor", picked);
    return picked;
  };
  return { ...rules, issue, labels, harvest };
}

describe("QuotaBook: labels", () => {
  it("given a stranger, an unknown product or more than ten, when labels are bound to a harvest, then it is refused", async () => {
    const { quotas, catalogue, accounts, as, fileProduct } = await labelled({ bound: false });
    const bind = (finished: bigint, who: "store" | "processor" = "store") =>
      quotas.write.bindLabels([finished, LEAF, 1_000_000n], as(who));
    const { address } = accounts.processor;
    await expectRevert(bind(BOX, "processor"), quotas, "QuotaBookNotKeeper", [PARTY.store, address]);
    await expectRevert(bind(6975310000993n), catalogue, "ProductCatalogueUnknown", [6975310000993n]);
    const gtins = Array.from({ length: 11 }, (_, i) => `06975310000${i + 10}`).map((body) => body + checkDigit(body));
    for (const gtin of gtins) await fileProduct(gtin, "processor");
    for (const gtin of gtins.slice(0, 10)) await bind(BigInt(gtin));
    await expectRevert(bind(BigInt(gtins[10] ?? "")), quotas, "QuotaBookTooManyFinished", [LEAF, 10n]);
    // Another measure for one that is bound takes no further place.
    await bind(BigInt(gtins[0] ?? ""));
  });

  it("given labels bound to one keeper's harvest, when another keeper binds them to its own, then it is refused", async () => {
    const { quotas, parties, accounts, as, asRegulator } = await labelled();
    await parties.write.changeRoles([PARTY.lab, ROLE_BIT.OFFICE, PAPER], { account: accounts.platform });
    await quotas.write.protect([BigInt(GTIN.TEA), PARTY.lab], asRegulator);
    const taken = quotas.write.bindLabels([BOX, BigInt(GTIN.TEA), 1n], as("lab"));
    await expectRevert(taken, quotas, "QuotaBookNotKeeper", [PARTY.store, accounts.lab.address]);
    expect(await quotas.read.labelRuleOf([BOX])).to.deep.equal({ raw: LEAF, ppm: 2_500_000n });
  });

  it("given the keeper, when it binds labels, then the rule stands", async () => {
    const { quotas, connection, as } = await labelled({ bound: false });
    await expectEvents(connection, quotas.write.bindLabels([BOX, LEAF, 2_500_000n], as("store")), [
      event(quotas, "LabelsBound", { finished: BOX, raw: LEAF, ppm: 2_500_000n }),
    ]);
    expect(await quotas.read.labelRuleOf([BOX])).to.deep.equal({ raw: LEAF, ppm: 2_500_000n });
  });

  it("given no rule, a stranger, no numbers or too little harvest, when labels are issued, then it is refused", async () => {
    const { quotas, accounts, as, issue, harvest, labels } = await labelled();
    const free = quotas.write.issueLabels([LEAF, PARTY.processor, SEASON, 1n, PAPER], as("store"));
    await expectRevert(free, quotas, "QuotaBookNoLabelRule", [LEAF]);
    const foreign = quotas.write.issueLabels([BOX, PARTY.processor, SEASON, 1n, PAPER], as("processor"));
    await expectRevert(foreign, quotas, "QuotaBookNotKeeper", [PARTY.store, accounts.processor.address]);
    await expectRevert(issue(0n, NO_PAPER), quotas, "DigestsMissing", MISSING);
    await expectRevert(issue(1n), quotas, "QuotaBookLabelsExceeded", [BOX, PARTY.processor, SEASON, 1n, 0n]);
    await harvest("L1", 3);
    // Three kilograms bear seven and a half labels: half a label is none.
    await expectRevert(issue(8n), quotas, "QuotaBookLabelsExceeded", [BOX, PARTY.processor, SEASON, 8n, 7n]);
    const other = quotas.write.issueLabels([BOX, PARTY.grower, SEASON, 1n, PAPER], as("store"));
    await expectRevert(other, quotas, "QuotaBookLabelsExceeded", [BOX, PARTY.grower, SEASON, 1n, 0n]);
    const later = quotas.write.issueLabels([BOX, PARTY.processor, SEASON + 1, 1n, PAPER], as("store"));
    await expectRevert(later, quotas, "QuotaBookLabelsExceeded", [BOX, PARTY.processor, SEASON + 1, 1n, 0n]);
    expect(await labels()).to.deep.equal([0n, 0n]);
  });

  it("given the harvest, when labels are issued in parts, then they add up to what it bears", async () => {
    const { quotas, connection, issue, harvest, labels } = await labelled();
    await harvest("L1", 3);
    const shared = { finished: BOX, firm: PARTY.processor, season: SEASON, numbers: PAPER };
    await expectEvents(connection, issue(5n), [event(quotas, "LabelsIssued", { ...shared, count: 5n, issued: 5n })]);
    await expectEvents(connection, issue(2n), [event(quotas, "LabelsIssued", { ...shared, count: 2n, issued: 7n })]);
    await expectRevert(issue(1n), quotas, "QuotaBookLabelsExceeded", [BOX, PARTY.processor, SEASON, 8n, 7n]);
    expect(await labels()).to.deep.equal([7n, 0n]);
  });

  it("given labels that were issued, when fewer are bound, or to another harvest, then it is refused; more, or none any more, are not", async () => {
    const { quotas, as, issue, harvest, asRegulator } = await labelled();
    const bind = (raw: bigint, ppm: bigint) => quotas.write.bindLabels([BOX, raw, ppm], as("store"));
    await bind(LEAF, 2_000_000n);
    await bind(LEAF, 2_500_000n);
    await harvest("L1", 2);
    await issue(5n);
    const out = [BOX, LEAF, 2_500_000n] as const;
    await expectRevert(bind(LEAF, 2_499_999n), quotas, "QuotaBookLabelsOut", out);
    await quotas.write.protect([BigInt(GTIN.TEA), PARTY.store], asRegulator);
    await expectRevert(bind(BigInt(GTIN.TEA), 9_000_000n), quotas, "QuotaBookLabelsOut", out);
    await bind(LEAF, 0n);
    await expectRevert(bind(LEAF, 2_499_999n), quotas, "QuotaBookLabelsOut", out);
    await bind(LEAF, 3_000_000n);
    await issue(1n);
    await expectRevert(bind(LEAF, 2_500_000n), quotas, "QuotaBookLabelsOut", [BOX, LEAF, 3_000_000n]);
  });

  it("given a product that bears labels, when a quantity of it is made, then it is refused; a split of what there is is not", async () => {
    const { quotas, capture, as } = await labelled({ bound: false });
    const [lot, part, tea] = [lgtin(GTIN.BOX, "B1"), lgtin(GTIN.BOX, "B2"), lgtin(GTIN.TEA, "T1")];
    await capture("processor", commission([pieces(lot, 4), qty(tea, 1)]));
    await quotas.write.bindLabels([BOX, LEAF, 2_500_000n], as("store"));
    for (const made of [commission([pieces(part, 1)]), transform([qty(tea, 1)], [pieces(part, 1)])]) {
      await expectRevert(capture("processor", made), quotas, "QuotaBookItemsOnly", [BOX]);
    }
    await capture("processor", transform([pieces(lot, 2)], [pieces(part, 2)]));
  });

  it("given labels, when items are commissioned or packed out of a lot, then each uses one, and without one they are refused", async () => {
    const { quotas, capture, issue, harvest, labels } = await labelled();
    const none = capture("processor", commission(boxes("1")));
    await expectRevert(none, quotas, "QuotaBookNoLabel", [BOX, PARTY.processor, SEASON, 1n, 0n]);
    await harvest("L1", 2);
    await issue(5n);
    await capture("processor", commission(boxes("1", "2")));
    const tea = lgtin(GTIN.TEA, "T1");
    await capture("processor", commission([qty(tea, 1)]));
    await capture("processor", transform([qty(tea, 0.1)], boxes("3", "4")));
    expect(await labels()).to.deep.equal([5n, 4n]);
    const over = capture("processor", transform([qty(tea, 0.1)], boxes("5", "6")));
    await expectRevert(over, quotas, "QuotaBookNoLabel", [BOX, PARTY.processor, SEASON, 6n, 5n]);
    expect(await labels()).to.deep.equal([5n, 4n]);
  });

  it("C-12: given items declared erroneous, when the declaration is booked, then their labels are free again", async () => {
    const { quotas, capture, declare, issue, harvest, labels } = await labelled();
    await harvest("L1", 2);
    await issue(5n);
    const made = commission(boxes("1", "2"));
    const tea = lgtin(GTIN.TEA, "T1");
    await capture("processor", commission([qty(tea, 1)]), made);
    const packed = transform([qty(tea, 0.15)], boxes("3", "4", "5"));
    await capture("processor", packed);
    await declare("processor", packed);
    expect(await labels()).to.deep.equal([5n, 2n]);
    await declare("processor", made);
    expect(await labels()).to.deep.equal([5n, 0n]);
    const over = capture("processor", commission(boxes("6", "7", "8", "9", "10", "11")));
    await expectRevert(over, quotas, "QuotaBookNoLabel", [BOX, PARTY.processor, SEASON, 6n, 5n]);
  });

  it("C-12: given an item from before its product had labels, when it is declared erroneous, then no label comes back", async () => {
    const { quotas, capture, declare, issue, harvest, labels, as } = await labelled({ bound: false });
    const before = commission(boxes("1"));
    await capture("processor", before);
    await harvest("L1", 2);
    await quotas.write.bindLabels([BOX, LEAF, 500_000n], as("store"));
    await issue(1n);
    await capture("processor", commission(boxes("2")));
    await declare("processor", before);
    expect(await labels()).to.deep.equal([1n, 1n]);
    const second = capture("processor", commission(boxes("3")));
    await expectRevert(second, quotas, "QuotaBookNoLabel", [BOX, PARTY.processor, SEASON, 2n, 1n]);
  });

  it("C-12: given labels issued against a harvest, when the harvest is declared erroneous, then that is refused until the rest bears them", async () => {
    const { quotas, declare, issue, harvest } = await labelled();
    const first = await harvest("L1", 2);
    await issue(5n);
    const early = declare("processor", first);
    await expectRevert(early, quotas, "QuotaBookLabelsExceeded", [BOX, PARTY.processor, SEASON, 5n, 0n]);
    await harvest("L2", 2);
    await declare("processor", first);
    expect(await quotas.read.harvestOf([LEAF, PARTY.processor, SEASON])).to.equal(2n * KG);
  });
});
