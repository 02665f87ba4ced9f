// Writes the shipped season: `node apps/tea-trace/data/generate/index.ts`. The same seed gives the same files.
import { fileURLToPath } from "node:url";
import { writeFiles } from "@banyan/trace-common/sample";
import { makeSeason } from "./season.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const { files, events, tins, recalled } = makeSeason();
writeFiles(folder, files);
console.log(`${folder}: ${files.size} files, ${events} EPCIS events, ${tins} tins, ${recalled} of them recalled`);
