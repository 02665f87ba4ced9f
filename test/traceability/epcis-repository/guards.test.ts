import { expect } from "chai";
import { BIZ_STEPS, termNumber } from "../../../apps/trace-common/epcis/index.ts";
import { commission, GTIN, KIND, loadTrace, sgtin } from "../../fixtures/trace.ts";

const ALL_STEPS = 2n ** 64n - 1n;
const ALL_KINDS = 0b111110;
const STEP = BigInt(termNumber(BIZ_STEPS, "commissioning"));

/** Captures beside a rule that watches some events. The clock is no rule: whatever it watches is refused. */
async function watched(steps: bigint, kinds: number): Promise<"captured" | "refused"> {
  const { repository, clock, accounts, capture } = await loadTrace();
  await repository.write.addGuard([clock.address, steps, kinds], { account: accounts.admin });
  const captured = capture("processor", commission([sgtin(GTIN.BOX, "1")]));
  return await captured.then(
    () => "captured",
    () => "refused",
  );
}

describe("EpcisRepository: which events a rule watches", () => {
  it("given a rule, when step and kind of an event are among those it watches, then it is asked; when either is not, then not", async () => {
    const kind = 1 << KIND.OBJECT;
    expect(await watched(1n << STEP, kind)).to.equal("refused");
    expect(await watched(ALL_STEPS, ALL_KINDS)).to.equal("refused");
    expect(await watched(ALL_STEPS ^ (1n << STEP), ALL_KINDS)).to.equal("captured");
    expect(await watched(ALL_STEPS, ALL_KINDS ^ kind)).to.equal("captured");
  });
});
