import { expect } from "chai";
import fc from "fast-check";
import { type Abi, decodeErrorResult } from "viem";
import { revertDataOf } from "../helpers/expect-revert.ts";
import { defineFixture } from "../helpers/fixture.ts";
import { ACTIONS, type Dice } from "./invariants/actions.ts";
import { checkWorld } from "./invariants/checks.ts";
import { deployWorld, type World } from "./invariants/world.ts";

const fixture = defineFixture(deployWorld);

const die = fc.nat({ max: 999_999 });
const dice = fc.tuple(die, die, die, die);
/** Business begins with sales, so that there is something to redeem and to refund. */
const opening = fc.array(fc.record({ name: fc.constant("sell"), dice }), { minLength: 4, maxLength: 8 });
const step = fc.record({
  name: fc.oneof(...Object.entries(ACTIONS).map(([name, { weight }]) => ({ weight, arbitrary: fc.constant(name) }))),
  dice,
});

/**
 * Does one thing. It works, or one of the domain's own errors refuses it; anything else (a panic, an overflow of a cast)
 * fails the test.
 */
async function play(world: World, name: string, dice: Dice, index: number): Promise<string> {
  const action = ACTIONS[name];
  if (action === undefined) throw new Error(`no action ${name}`);
  const data = await revertDataOf(action.run(world, dice, index));
  if (data === undefined) return "done";
  const abi: Abi = Object.values(world.contracts).flatMap((contract) => contract.abi);
  const { errorName } = decodeErrorResult({ abi: [...abi, ...world.token.abi], data });
  expect(errorName, `step ${index}, ${name}`).not.to.match(/^(Panic|Error|SafeCast.*|MoneyEmptyWhole)$/);
  return errorName;
}

describe("The prepaid domain under any business of several merchants", () => {
  it("keeps books, cards, custody, code, refunds and claims in step", async () => {
    await fc.assert(
      fc.asyncProperty(opening, fc.array(step, { minLength: 25, maxLength: 45 }), async (sales, steps) => {
        const world = await fixture();
        for (const [index, next] of [...sales, ...steps].entries()) {
          await play(world, next.name, next.dice, index);
          await checkWorld(world);
        }
      }),
      { numRuns: 3, verbose: 1 },
    );
  }).timeout(300_000);
});
