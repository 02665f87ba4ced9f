import { expect } from "chai";
import fc from "fast-check";
import { globalOptions } from "hardhat";
import { differencesOf } from "../../../scripts/compare/differences.ts";
import { openPeer, type Peer } from "../../../scripts/compare/peers.ts";
import { answersOf } from "../../../scripts/compare/questions.ts";
import { type Action, action, play } from "../../../scripts/compare/scenario.ts";

const GENESIS_TIME = 1_900_000_000;
const engine = globalOptions.network === "ethereumjs" ? "ethereumjs" : "machine";

/** What a chain says about actions played on it. */
async function told(name: Peer["name"], actions: readonly Action[]): ReturnType<typeof answersOf> {
  const peer = await openPeer(name, { hardfork: "cancun", genesisTime: GENESIS_TIME, engine });
  try {
    return await answersOf(peer, await play(peer, actions, GENESIS_TIME), "edr");
  } finally {
    await peer.close();
  }
}

describe("reads and traces beside Hardhat's own network", () => {
  it("given the same random transactions, both tell the same of blocks, receipts, logs, proofs, calls and traces", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 12 }), async (actions) => {
        const [ours, theirs] = await Promise.all([told("banyan", actions), told("edr", actions)]);
        expect(ours.map(({ question }) => question)).to.deep.equal(theirs.map(({ question }) => question));
        for (const [index, { question, answer }] of ours.entries())
          expect(differencesOf(answer, theirs[index]?.answer), question).to.deep.equal([]);
      }),
      // Smaller examples would take minutes to find; `npm run compare -- --peer edr` shows where the answers differ.
      { numRuns: 4, endOnFailure: true },
    );
  });
});
