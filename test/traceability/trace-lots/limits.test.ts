import { expect } from "chai";
import { checkDigit } from "../../../apps/trace-common/epcis/index.ts";
import { digestOf } from "../../fixtures/common.ts";
import {
  commission,
  GTIN,
  KGM,
  lgtin,
  loadTrace,
  NO_OBJECT,
  PARTY,
  pack,
  qty,
  ship,
  sscc,
  transform,
  transformation,
} from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const SACK = sscc(1);
const SHARED = transformation("blend");
const TEA = lgtin(GTIN.TEA, "T1");
const HERBS = Array.from({ length: 17 }, (_, i) => {
  const digits = `069753101${String(i).padStart(4, "0")}`;
  return digits + checkDigit(digits);
});
const lotOf = (gtin: string) => lgtin(gtin, "H1");

/** Seventeen products of the processor, ten kilograms of each. */
async function stage() {
  const trace = await loadTrace();
  for (const gtin of HERBS) {
    const filing = {
      ...{ gtin: BigInt(gtin), owner: PARTY.processor, unit: KGM, classes: 1 << 1, temperature: 0, shelfLife: 0n },
      ...{ drug: "0x00000000000000" as const, name: digestOf(gtin) },
    };
    await trace.catalogue.write.file([filing], trace.as("processor"));
    await trace.catalogue.write.stateFactor(
      [BigInt(gtin), BigInt(GTIN.TEA), 1_000_000n, digestOf("trial")],
      trace.as("processor"),
    );
  }
  await trace.capture("processor", commission(HERBS.slice(0, 9).map((gtin) => qty(lotOf(gtin), 10))));
  await trace.capture("processor", commission(HERBS.slice(9).map((gtin) => qty(lotOf(gtin), 10))));
  return trace;
}

describe("TraceLots: how much one transformation takes", () => {
  it("given sixteen products, when they are blended, then they are; a seventeenth is refused, in one event or in several of one transformation", async () => {
    const { capture, lots, stock } = await stage();
    const of = (from: number, to: number, units: number) =>
      HERBS.slice(from, to).map((gtin) => qty(lotOf(gtin), units));
    const tooMany = (id: typeof SHARED) => [id, 16n] as const;
    await expectRevert(
      capture("processor", transform(of(0, 17, 1), [qty(TEA, 1)])),
      lots,
      "TraceLotsTooManyProducts",
      tooMany(NO_OBJECT),
    );
    await capture("processor", transform(of(0, 16, 1), [qty(TEA, 16)]));
    await capture("processor", transform(of(0, 16, 1), [], { transformation: SHARED }));
    await expectRevert(
      capture("processor", transform(of(16, 17, 1), [], { transformation: SHARED })),
      lots,
      "TraceLotsTooManyProducts",
      tooMany(SHARED),
    );
    await capture("processor", transform(of(0, 1, 1), [qty(TEA, 17)], { transformation: SHARED }));
    expect(await stock(TEA, "processor")).to.equal(33_000_000n);
  });

  it("given a transformation that put out sixty-four times, when it puts out again, then it is refused until one is taken back; inputs still enter", async () => {
    const { capture, declare, lots } = await stage();
    const [leaf = ""] = HERBS;
    const input = [qty(lotOf(leaf), 5)];
    await capture("processor", transform(input, [], { transformation: SHARED }));
    const outputs = Array.from({ length: 64 }, () => transform([], [qty(TEA, 0.01)], { transformation: SHARED }));
    for (let i = 0; i < 64; i += 16) await capture("processor", ...outputs.slice(i, i + 16));
    const more = () => transform([], [qty(TEA, 0.01)], { transformation: SHARED });
    await expectRevert(capture("processor", more()), lots, "TraceLotsTooManyProducts", [SHARED, 64n]);
    await capture("processor", transform([qty(lotOf(leaf), 1)], [], { transformation: SHARED }));
    const [, second] = outputs;
    if (second === undefined) throw new Error("Nothing was put out");
    await declare("processor", second);
    await capture("processor", more());
  });
});

describe("TraceLots: how much one container holds", () => {
  it("given fifty lots in a container, when another lot is packed, then it is refused; more of one of the fifty is not", async () => {
    const { capture, lots, within } = await loadTrace();
    const all = Array.from({ length: 51 }, (_, i) => lgtin(GTIN.TEA, `L${i}`));
    for (let i = 0; i < 51; i += 17) {
      const part = all.slice(i, i + 17);
      await capture("processor", commission(part.map((lot) => qty(lot, 2))));
    }
    for (let i = 0; i < 50; i += 10) {
      const part = all.slice(i, i + 10);
      await capture(
        "processor",
        pack(
          SACK,
          part.map((lot) => qty(lot, 1)),
        ),
      );
    }
    const [first = NO_OBJECT, last = NO_OBJECT] = [all[0], all[50]];
    await expectRevert(capture("processor", pack(SACK, [qty(last, 1)])), lots, "TraceLotsFull", [SACK, 50n]);
    await capture("processor", pack(SACK, [qty(first, 1)]), ship([SACK], PARTY.shop));
    expect(await within(first, SACK)).to.equal(2_000_000n);
  });
});
