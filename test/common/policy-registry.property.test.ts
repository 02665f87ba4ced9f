import { expect } from "chai";
import fc from "fast-check";
import type { Hex } from "viem";
import { ascii, deployCommon } from "../fixtures/common.ts";
import { defineFixture } from "../helpers/fixture.ts";

const REGIONS = ["CN", "CN-SH", "CN-SH-310101"];
const PARAMETERS = ["A", "B", "C"].map(ascii);
const INHERITED = 2n ** 256n - 1n;

const fixture = defineFixture(deployCommon);

interface Step {
  readonly region: number;
  readonly values: readonly (bigint | undefined)[];
  readonly lead: number;
  readonly wait: number;
  readonly withdraw: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  region: fc.nat(2),
  values: fc.tuple(
    ...PARAMETERS.map(() => fc.oneof(fc.constant(undefined), fc.constant(INHERITED), fc.bigInt(0n, 2n ** 176n - 2n))),
  ),
  lead: fc.integer({ min: 100, max: 300 }),
  wait: fc.nat(400),
  withdraw: fc.boolean(),
});

describe("PolicyRegistry under random publications", () => {
  it("gives a record the same numbers for ever, and those of a plain model", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const { connection, policy, accounts } = await fixture();
        const { time } = connection.networkHelpers;
        const options = { account: accounts.regulator };
        const model: { region: string; fromDate: bigint; numbers: Map<Hex, bigint> }[] = [];
        const versions = new Map<string, number>();
        const latest = new Map<string, bigint>();
        const records: { region: Hex; asOf: bigint; seen: string }[] = [];

        for (const { region: index, values, lead, wait, withdraw } of steps) {
          const region = REGIONS[index] ?? "CN";
          const now = BigInt(await time.latest());
          const numbers = new Map<Hex, bigint>();
          for (const [i, value] of values.entries()) {
            const parameter = PARAMETERS[i];
            if (value !== undefined && parameter !== undefined) numbers.set(parameter, value);
          }
          const before = latest.get(region) ?? 0n;
          const earliest = now + BigInt(lead);
          const fromDate = earliest > before ? earliest : before + 1n;
          if (numbers.size > 0) {
            const ids = [...numbers.keys()];
            const version = (versions.get(region) ?? 0) + 1;
            versions.set(region, version);
            await policy.write.publish([ascii(region), ids, [...numbers.values()], fromDate, "Sample"], options);
            if (withdraw) {
              await policy.write.withdraw([ascii(region), version, ids, "Sample"], options);
            } else {
              model.push({ region, fromDate, numbers });
              latest.set(region, fromDate);
            }
          }
          await time.increase(wait + 1);
          const asOf = BigInt(await time.latest());
          for (const name of REGIONS) {
            const read = await readAll(policy, ascii(name), asOf);
            expect(read).to.equal(JSON.stringify(PARAMETERS.map((id) => expected(model, name, asOf, id))));
            records.push({ region: ascii(name), asOf, seen: read });
          }
        }
        for (const { region, asOf, seen } of records) expect(await readAll(policy, region, asOf)).to.equal(seen);
      }),
      { numRuns: 15 },
    );
  });
});

type Policy = Awaited<ReturnType<typeof deployCommon>>["policy"];

async function readAll(policy: Policy, region: Hex, asOf: bigint): Promise<string> {
  const read = await Promise.all(PARAMETERS.map((id) => policy.read.tryValueOf([region, asOf, id])));
  return JSON.stringify(read.map(([found, value]) => (found ? String(value) : null)));
}

/** The value by the plain rule: the last one stated at or before the moment, else the same in the region above. */
function expected(
  model: readonly { region: string; fromDate: bigint; numbers: Map<Hex, bigint> }[],
  region: string,
  asOf: bigint,
  parameter: Hex,
): string | null {
  if (region === "") return null;
  const stated = model
    .filter((item) => item.region === region && item.fromDate <= asOf && item.numbers.has(parameter))
    .at(-1);
  const value = stated?.numbers.get(parameter);
  if (value !== undefined && value !== INHERITED) return String(value);
  return expected(model, region.split("-").slice(0, -1).join("-"), asOf, parameter);
}
