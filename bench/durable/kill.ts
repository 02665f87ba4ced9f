// npm run bench:kill [-- --rounds 200 --seed 1]: kills nodes under load and looks for what they acknowledged.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { killRounds } from "./kill-rounds.ts";

const values = readArguments({
  script: "bench:kill",
  help: `Kills a node under load with kill -9, again and again, and looks for what it had acknowledged. Exits 1 if anything is missing.

  npm run bench:kill                 200 kills: about ten minutes
  npm run bench:kill -- --rounds 5   fewer

  --rounds N   kills (default 200)
  --seed N     the same seed kills at the same moments (default 1)`,
  counts: { rounds: 1, seed: 0 },
  options: { rounds: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});
const folder = mkdtempSync(join(tmpdir(), "banyan-kill-"));
try {
  const result = await killRounds({
    folder,
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    onRound: (round, acknowledged, blocks) =>
      process.stderr.write(
        `\r\u001b[2Kround ${round}/${values.rounds}: ${acknowledged} acknowledged, ${blocks} blocks`,
      ),
  });
  const { rounds, acknowledged, blocks, missing, missingEdits } = result;
  console.log(
    `\n${rounds} kills: ${acknowledged} transactions and the balances set were acknowledged; missing: ${missing.length} and ${missingEdits}. ${blocks} blocks were executed again after the kills, with every root as it was written.`,
  );
  if (missing.length > 0 || missingEdits > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
