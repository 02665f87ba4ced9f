// Writes the shipped fortnight: `node apps/cold-chain/data/generate/index.ts`. The same seed gives the same files.
import { fileURLToPath } from "node:url";
import { writeFiles } from "@banyan/trace-common/sample";
import { makeFortnight } from "./fortnight.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const { files, events, packs, vials } = makeFortnight();
writeFiles(folder, files);
console.log(`${folder}: ${files.size} files, ${events} EPCIS events, ${packs} packages and ${vials} vials with a code each`);
