// Runs every check of the repository and says of each whether it holds; exits 1 if one does not.
import { checkContractSizes } from "./contract-sizes.ts";
import { checkDocumentLinks } from "./document-links.ts";
import { checkDocumentSnippets } from "./document-snippets.ts";
import { checkErrorNatspec } from "./error-natspec.ts";
import { checkFileLengths } from "./file-lengths.ts";
import { checkFreshness } from "./freshness.ts";
import { checkMachinePaths } from "./machine-paths.ts";
import { checkNoMocksInApps } from "./no-mocks.ts";
import { checkPinnedVersions } from "./pinned-versions.ts";
import { checkRuleTables } from "./rule-tables.ts";
import type { Check } from "./types.ts";
import { checkUniqueNames } from "./unique-names.ts";

const checks: Check[] = [
  checkUniqueNames,
  checkContractSizes,
  checkErrorNatspec,
  checkNoMocksInApps,
  checkFileLengths,
  checkPinnedVersions,
  checkDocumentLinks,
  checkDocumentSnippets,
  checkRuleTables,
  checkMachinePaths,
  checkFreshness,
];

let failed = 0;
for (const check of checks) {
  const { title, problems, summary } = await check();
  if (problems.length === 0) {
    console.log(`ok    ${title}${summary === undefined ? "" : ` (${summary})`}`);
    continue;
  }
  failed += 1;
  console.log(`FAIL  ${title}`);
  for (const problem of problems) console.log(`      ${problem}`);
}
process.exitCode = failed === 0 ? 0 : 1;
