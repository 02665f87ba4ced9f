import { expect } from "chai";
import fc from "fast-check";
import { globalOptions, network } from "hardhat";
import { differencesOf } from "../../../scripts/compare/differences.ts";
import { openPeer, type Peer } from "../../../scripts/compare/peers.ts";
import { answersOf } from "../../../scripts/compare/questions.ts";
import { type Action, action, type Played, play } from "../../../scripts/compare/scenario.ts";
import { closeAll, makeChain, serve } from "./support.ts";

const GENESIS_TIME = 1_900_000_000;
/** Of the first own block of a fork. */
const FORK_TIME = GENESIS_TIME + 1_000;
const engine = globalOptions.network === "ethereumjs" ? "ethereumjs" : "machine";

/** The root of a fork's own block covers what differs from the other chain, and each side differs in its own way. */
const OWN = /\.stateRoot$/;

async function forkOf(name: "banyan" | "edr", url: string, blockNumber: number): Promise<Peer> {
  if (name === "banyan") {
    const { provider } = await makeChain({
      hardfork: "cancun",
      clock: () => FORK_TIME * 1_000,
      forking: { url, blockNumber: BigInt(blockNumber) },
    });
    return { name, request: (method, params) => provider.request({ method, params }), close: async () => {} };
  }
  const connection = await network.create({
    network: "edr",
    override: { hardfork: "cancun", throwOnTransactionFailures: true, forking: { enabled: true, url, blockNumber } },
  });
  const { provider } = connection;
  return {
    name,
    request: (method, params) => provider.request({ method, params: [...params] }),
    close: () => connection.close(),
  };
}

type Told = Awaited<ReturnType<typeof answersOf>>;

/** What a fork says about what is played on it, and about what was played before. */
async function told(
  name: "banyan" | "edr",
  url: string,
  before: Played,
  since: readonly Action[],
): Promise<{ past: Told; own: Told }> {
  const peer = await forkOf(name, url, before.hashes.length);
  try {
    const played = await play(peer, since, FORK_TIME, before);
    return {
      past: await answersOf(peer, { ...before, contracts: [] }, "edr"),
      own: await answersOf(peer, played, "edr"),
    };
  } finally {
    await peer.close();
  }
}

/** Whether a fork must answer as the chain from before: it gives the unlocked accounts new balances, and proves no block of its own. */
function isSame({ question }: Told[number]): boolean {
  return !/^(balance|proof)/.test(question);
}

function expectEqual(ours: Told, theirs: Told): void {
  expect(ours.map(({ question }) => question)).to.deep.equal(theirs.map(({ question }) => question));
  for (const [index, { question, answer }] of ours.entries()) {
    const differences = differencesOf(answer, theirs[index]?.answer).filter(({ place }) => !OWN.test(place));
    expect(differences, question).to.deep.equal([]);
  }
}

describe("Reads and traces on a fork, beside forks of Hardhat's own network", () => {
  afterEach(closeAll);

  for (const kind of ["banyan", "edr"] as const) {
    it(`given the same random transactions before and since a fork of ${kind}, both tell the same`, async () => {
      const actions = fc.array(action, { minLength: 4, maxLength: 7 });
      await fc.assert(
        fc.asyncProperty(actions, actions, async (first, since) => {
          const remote = await openPeer(kind, { hardfork: "cancun", genesisTime: GENESIS_TIME, engine });
          try {
            const before = await play(remote, first, GENESIS_TIME);
            const { url } = await serve({ request: ({ method, params = [] }) => remote.request(method, params) });
            const ours = await told("banyan", url, before, since);
            const theirs = await told("edr", url, before, since);
            expectEqual(ours.own, theirs.own);
            // Hardhat's network traces no transactions from before of a chain whose forks it does not know: their own chain does.
            const past = await answersOf(remote, { ...before, contracts: [] }, "edr");
            expectEqual(ours.past.filter(isSame), past.filter(isSame));
          } finally {
            await remote.close();
          }
        }),
        { numRuns: 3, endOnFailure: true },
      );
    });
  }
});
