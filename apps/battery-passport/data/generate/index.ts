// Writes the shipped month: `node apps/battery-passport/data/generate/index.ts`. The same seed gives the same files.
import { fileURLToPath } from "node:url";
import { writeFiles } from "@banyan/trace-common/sample";
import { makeMonth } from "./month.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const { files, events, swaps, batches } = makeMonth();
writeFiles(folder, files);
console.log(`${folder}: ${files.size} files, ${events} EPCIS events, ${swaps} swaps, ${batches} batches of modules`);
