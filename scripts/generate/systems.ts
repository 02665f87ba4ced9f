// Writes docs/systems.md from the lists and scenarios of test/systems; with --check it compares instead, and exits 1 on a difference.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import { readSystems, requireScenarios } from "./systems-catalogue.ts";
import { drawSystemsPage } from "./systems-page.ts";

const SYSTEMS = fileURLToPath(new URL("../../test/systems", import.meta.url));
const PAGE = fileURLToPath(new URL("../../docs/systems.md", import.meta.url));

try {
  const systems = readSystems(SYSTEMS);
  requireScenarios(SYSTEMS, systems);
  const page = drawSystemsPage(systems, "../test/systems");
  if (!process.argv.includes("--check")) {
    writeFileSync(PAGE, page);
    console.log(`docs/systems.md: ${systems.length} systems`);
  } else if (!existsSync(PAGE) || readFileSync(PAGE, "utf8") !== page) {
    console.error("docs/systems.md is stale: run npm run generate and commit the result.");
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof BanyanError)) throw error;
  console.error(`test/systems: ${error.message}. ${error.cure}`);
  process.exitCode = 1;
}
