import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { trackedFiles } from "./tracked-files.ts";
import type { CheckResult } from "./types.ts";

const ROW = /^\| ([A-Z]-\d\d)([a-z]?) \|.*$/gm;
const TEST_LINK = /\]\(([^)\s]+\.test\.ts)\)/g;

/** The rules of a domain's page: numbered without a gap, and every test that a row links to names the rule. */
export async function checkRuleTables(): Promise<CheckResult> {
  const problems: string[] = [];
  let rows = 0;
  for (const path of trackedFiles("docs/domains/*.md")) {
    const numbers = new Set<string>();
    for (const [row, number = "", letter = ""] of readFileSync(path, "utf8").matchAll(ROW)) {
      rows += 1;
      if (numbers.has(number + letter)) problems.push(`${path} has two rows for ${number}${letter}: merge them`);
      numbers.add(number + letter);
      for (const [, target = ""] of row.matchAll(TEST_LINK)) {
        const test = join(dirname(path), target);
        if (existsSync(test) && !readFileSync(test, "utf8").includes(number)) {
          problems.push(
            `${path}: ${test} does not name ${number}: name the rule in the test, or link to the test of it`,
          );
        }
      }
    }
    const plain = [...numbers].filter((number) => /\d$/.test(number)).sort();
    for (const [index, number] of plain.entries()) {
      const expected = `${number.slice(0, 2)}${String(index + 1).padStart(2, "0")}`;
      if (number === expected) continue;
      problems.push(`${path} has no row for ${expected}: write one, also for a rule that is not enforced`);
      break;
    }
  }
  return { title: "tables of rules and their tests", problems, summary: `${rows} rules` };
}
