import { expect } from "chai";
import fc from "fast-check";
import { keccak256, stringToHex } from "viem";
import type { CapturedEvent } from "../../../apps/trace-common/epcis/index.ts";
import {
  commission,
  GTIN,
  KGM,
  lgtin,
  loadRules,
  PAPER,
  PARTY,
  ROLE_BIT,
  sgtin,
  transform,
} from "../../fixtures/trace-rules.ts";

const LEAF = BigInt(GTIN.LEAF);
const TEA = BigInt(GTIN.TEA);
const BOX = BigInt(GTIN.BOX);
const SEASON = 2030;
const CLAIM = keccak256(stringToHex("shade grown"));
const GARDEN = PARTY.processor;
const LABELS_PPM = 2_500_000n;
const MILLION = 1_000_000n;
const TEA_WEIGHT = 3_999_999n;

const amount = fc.bigInt(1n, 9_000_000n);
const step = fc.oneof(
  fc.record({ do: fc.constant("grant" as const), amount: fc.bigInt(0n, 20_000_000n) }),
  fc.record({ do: fc.constant("harvest" as const), amount, certified: fc.boolean() }),
  fc.record({ do: fc.constant("labels" as const), count: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ do: fc.constant("boxes" as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    do: fc.constant("make" as const),
    from: fc.nat(20),
    part: fc.integer({ min: 1, max: 8 }),
    claim: fc.boolean(),
  }),
  fc.record({ do: fc.constant("protect" as const), on: fc.boolean() }),
  fc.record({ do: fc.constant("declare" as const), which: fc.nat(20) }),
);

/** What a live event drew, used, brought or took, as the model counts it. */
interface Booked {
  readonly event: CapturedEvent;
  readonly drawn: bigint;
  readonly used: bigint;
  readonly brought: bigint;
  readonly taken: bigint;
}

describe("QuotaBook: its bounds over random events", () => {
  it("given any grants, harvests, labels, transformations and declarations of error: never is more drawn than granted, used than issued, or claimed than earned", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
        const { parties, quotas, catalogue, accounts, asRegulator, as, capture, declare } = await loadRules();
        await parties.write.changeRoles([PARTY.store, ROLE_BIT.ASSOCIATION, PAPER], { account: accounts.platform });
        await catalogue.write.license([LEAF, PARTY.processor, true], as("grower"));
        const protect = (on: boolean) => quotas.write.protect([LEAF, on ? PARTY.store : 0], asRegulator);
        await protect(true);
        await quotas.write.bindLabels([BOX, LEAF, LABELS_PPM], as("store"));
        await quotas.write.defineClaim([CLAIM, PARTY.lab, PAPER], as("lab"));
        await quotas.write.setWeight([CLAIM, LEAF, MILLION], as("lab"));
        await quotas.write.setWeight([CLAIM, TEA, TEA_WEIGHT], as("lab"));

        let [granted, issued, isProtected, serial] = [0n, 0n, true, 0];
        const live: Booked[] = [];
        const lots: { lot: `0x${string}`; left: bigint; certified: boolean }[] = [];
        const sum = (key: "drawn" | "used" | "brought" | "taken") => live.reduce((total, one) => total + one[key], 0n);
        const none = { drawn: 0n, used: 0n, brought: 0n, taken: 0n };
        const bears = (harvest: bigint) => (harvest * LABELS_PPM) / (MILLION * MILLION);
        /** Whether the book accepts is what the model says. */
        const attempt = async (action: Promise<unknown>, allowed: boolean | undefined) => {
          const done = await action.then(
            () => true,
            () => false,
          );
          if (allowed !== undefined) expect(done).to.equal(allowed);
          return done;
        };

        for (const one of steps) {
          serial += 1;
          if (one.do === "grant") {
            const grant = quotas.write.grantGarden([LEAF, GARDEN, SEASON, one.amount, PAPER], as("store"));
            if (await attempt(grant, isProtected && one.amount >= sum("drawn"))) granted = one.amount;
          } else if (one.do === "protect") {
            await protect(one.on);
            isProtected = one.on;
          } else if (one.do === "harvest") {
            const lot = lgtin(GTIN.LEAF, `L${serial}`);
            const event = commission([{ object: lot, amount: one.amount, unit: KGM }], { readPoint: GARDEN });
            const allowed = !isProtected || sum("drawn") + one.amount <= granted;
            if (await attempt(capture("processor", event), allowed)) {
              live.push({ ...none, event, drawn: isProtected ? one.amount : 0n });
              if (one.certified) await quotas.write.certifyLot([CLAIM, lot, true, PAPER], as("lab"));
              lots.push({ lot, left: one.amount, certified: one.certified });
            }
          } else if (one.do === "labels") {
            const count = BigInt(one.count);
            const issue = quotas.write.issueLabels([BOX, PARTY.processor, SEASON, count, PAPER], as("store"));
            if (await attempt(issue, isProtected && issued + count <= bears(sum("drawn")))) issued += count;
          } else if (one.do === "boxes") {
            const items = Array.from({ length: one.count }, (_, i) => sgtin(GTIN.BOX, `${serial}-${i}`));
            const event = commission(items);
            const used = BigInt(one.count);
            const allowed = sum("used") + used <= issued;
            if (await attempt(capture("processor", event), allowed)) live.push({ ...none, event, used });
          } else if (one.do === "make") {
            const from = lots[one.from % Math.max(lots.length, 1)];
            const taken = from === undefined ? 0n : (from.left * BigInt(one.part)) / 8n;
            const made = taken / 4n;
            if (from === undefined || made === 0n) continue;
            const transactions = one.claim ? [{ kind: 2, id: { value: CLAIM, algorithm: 1 } }] : [];
            const event = transform(
              [{ object: from.lot, amount: taken, unit: KGM }],
              [{ object: lgtin(GTIN.TEA, `T${serial}`), amount: made, unit: KGM }],
              { transactions },
            );
            const brought = from.certified ? taken : 0n;
            const needed = one.claim ? (made * TEA_WEIGHT + MILLION - 1n) / MILLION : 0n;
            const allowed = needed <= sum("brought") - sum("taken") + brought;
            if (await attempt(capture("processor", event), allowed)) {
              live.push({ ...none, event, brought, taken: needed });
              from.left -= taken;
            }
          } else {
            const booked = live[one.which % Math.max(live.length, 1)];
            if (booked === undefined) continue;
            // What the state lets be taken back is the state's to say; the book must only refuse what would leave too little.
            const short =
              (booked.drawn > 0n && issued > bears(sum("drawn") - booked.drawn)) ||
              sum("brought") - booked.brought < sum("taken") - booked.taken;
            if (await attempt(declare("processor", booked.event), short ? false : undefined)) {
              live.splice(live.indexOf(booked), 1);
              const { object, amount: back } = booked.event.quantities[0] ?? { object: "", amount: 0n };
              const at = lots.findIndex(({ lot }) => lot === object);
              const found = lots[at];
              if (found !== undefined && booked.event.kind === 1) lots.splice(at, 1);
              else if (found !== undefined) found.left += back;
            }
          }

          const quota = await quotas.read.gardenQuotaOf([LEAF, GARDEN, SEASON]);
          const labels = await quotas.read.labelsOf([BOX, PARTY.processor, SEASON]);
          expect([quota.granted, quota.drawn]).to.deep.equal([granted, sum("drawn")]);
          expect(await quotas.read.harvestOf([LEAF, PARTY.processor, SEASON])).to.equal(sum("drawn"));
          expect([labels.issued, labels.used]).to.deep.equal([issued, sum("used")]);
          expect(await quotas.read.creditOf([CLAIM, PARTY.processor])).to.equal(sum("brought") - sum("taken"));
          expect(quota.drawn <= quota.granted && labels.used <= labels.issued).to.equal(true);
          expect(labels.issued <= bears(quota.drawn)).to.equal(true);
        }
      }),
      { numRuns: 12 },
    );
  });
});
