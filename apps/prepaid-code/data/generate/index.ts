// Writes the shipped month: `node apps/prepaid-code/data/generate/index.ts`. The same seed gives the same file.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { writeLines } from "./calendar.ts";
import { openingLines } from "./merchants.ts";
import { createRandom } from "@banyan/app-common/story";
import { endingScenes, lifeScenes, refundScenes } from "./scenes.ts";
import { tradeLines } from "./trade.ts";

const SEED = 20300301;

const trade = tradeLines(createRandom(SEED));
const lines = [...openingLines(), ...trade.lines, ...refundScenes(), ...endingScenes(trade), ...lifeScenes()];
const path = fileURLToPath(new URL("../month.jsonl", import.meta.url));
writeFileSync(path, writeLines(lines));
console.log(`${path}: ${lines.length} events, ${trade.cards} cards and ${trade.redemptions} redemptions in trade`);
