// Run as a process of its own, because a damaged file may take it down: node salvage.ts FOLDER FILE TARGET
// Writes every whole block from the first on as a chain file, and prints what it met as JSON.
import { openSync, writeSync } from "node:fs";
import { fileBlock, fileHead } from "./chain-file.ts";
import { headNumber, storedBlock } from "./stored-blocks.ts";
import { openTables } from "./tables.ts";

const [source = "", target = ""] = process.argv.slice(2);
const output = openSync(target, "w");
let number = 0;
let last: number | undefined;
let why = "";
try {
  const tables = openTables(source);
  const settings: unknown = JSON.parse(tables.meta.get(Buffer.from("settings"))?.toString() ?? "{}");
  writeSync(
    output,
    fileHead(Object.fromEntries(Object.entries(Object(settings)).map(([name, value]) => [name, String(value)]))),
  );
  last = headNumber(tables);
  let parent = "";
  for (; number <= last; number++) {
    const { block, edits, codes } = storedBlock(tables, number);
    if (number > 0 && block.header.parentHash !== parent) throw new RangeError("it does not follow its parent");
    writeSync(output, fileBlock(block, edits, [...codes.values()]));
    parent = block.hash;
  }
} catch (error) {
  why = `block ${number}: ${error instanceof Error ? error.message : String(error)}`;
}
writeSync(1, JSON.stringify({ last, why }));
process.exit(0);
