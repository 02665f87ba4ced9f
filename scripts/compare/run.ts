// npm run compare: plays random transactions on our chain and on another, and compares blocks, receipts, logs, state, proofs and traces.
import fc from "fast-check";
import { readArguments, refuseArguments } from "../lib/read-arguments.ts";
import { differencesOf } from "./differences.ts";
import { openPeer } from "./peers.ts";
import { answersOf } from "./questions.ts";
import { action, play } from "./scenario.ts";

const HELP = `Plays random transactions on our chain and on another, and compares everything both tell about them.

  npm run compare -- --peer anvil            with Anvil, which is fetched from npm the first time
  npm run compare -- --peer edr              with Hardhat's own network
  npm run compare -- --peer anvil --runs 50  that many scenarios (default 10)
  npm run compare -- --peer edr --seed 7     beginning with another seed (default 1)
  npm run compare -- --peer edr --length 40  transactions of a scenario (default 12)
  npm run compare -- --peer edr --json       the result as JSON on standard output; progress goes to standard error

Differences that are known are taken out first (scripts/compare/normalise.ts, docs/tracing.md). Exits 1 if others are found.`;

const GENESIS_TIME = 1_900_000_000;
const SHOWN = 20;

const values = readArguments({
  script: "compare",
  help: HELP,
  counts: { runs: 1, seed: 1, length: 1 },
  options: {
    peer: { type: "string", default: "edr" },
    runs: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    length: { type: "string", default: "12" },
    json: { type: "boolean", default: false },
  },
});
process.exitCode = await run();
process.exit();

async function run(): Promise<number> {
  const { peer } = values;
  if (peer !== "edr" && peer !== "anvil") return refuseArguments("compare", `--peer ${peer} is neither edr nor anvil`);
  const [runs, seed, length] = [Number(values.runs), Number(values.seed), Number(values.length)];
  let compared = 0;
  let differing = 0;
  const findings: unknown[] = [];
  for (let run = 0; run < runs; run++) {
    const [actions = []] = fc.sample(fc.array(action, { minLength: length, maxLength: length }), {
      numRuns: 1,
      seed: seed + run,
    });
    const [ours, theirs] = await Promise.all(
      (["banyan", peer] as const).map(async (name) => {
        const side = await openPeer(name, { hardfork: "cancun", genesisTime: GENESIS_TIME });
        try {
          return await answersOf(side, await play(side, actions, GENESIS_TIME), peer);
        } finally {
          await side.close();
        }
      }),
    );
    for (const [index, { question, answer }] of (ours ?? []).entries()) {
      compared++;
      const differences = differencesOf(answer, theirs?.[index]?.answer);
      if (differences.length === 0 && theirs?.[index]?.question === question) continue;
      if (differing++ < SHOWN) {
        findings.push({ seed: seed + run, question, differences });
        if (values.json) continue;
        console.log(`seed ${seed + run}, ${question}`);
        for (const { place, ours: left, theirs: right } of differences.slice(0, 3))
          console.log(`  ${place}: ${shown(left)} here, ${shown(right)} there`);
      }
    }
    process.stderr.write(`\r${run + 1} of ${runs} scenarios, ${compared} answers compared, ${differing} differ`);
  }
  process.stderr.write("\n");
  if (values.json)
    console.log(JSON.stringify({ peer, runs, seed, length, compared, differing, findings }, undefined, 2));
  else console.log(`${compared} answers of ${runs} scenarios compared with ${peer}: ${differing} differ`);
  return differing === 0 ? 0 : 1;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 120);
}
