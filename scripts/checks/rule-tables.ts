import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { trackedFiles } from "./tracked-files.ts";
import type { CheckResult } from "./types.ts";

const ROW = /^\| ([A-Z]-\d\d)([a-z]?) \|.*$/gm;
const TEST_LINK = /\]\(([^)\s]+\.test\.ts)\)/g;

/** The rules of a domain's page: numbered without a gap in each section that it takes rules from, and every test that a row links to names the rule. */
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
    for (const gap of gapsOf([...numbers].filter((number) => /\d$/.test(number)))) {
      problems.push(`${path} has no row for ${gap}: write one, also for a rule that is not enforced`);
    }
  }
  return { title: "tables of rules and their tests", problems, summary: `${rows} rules` };
}

/** The first number that is missing in each section: a section may begin anywhere, because a page may take its end only. */
function gapsOf(numbers: readonly string[]): string[] {
  const sections = Map.groupBy(numbers, (number) => number.slice(0, 1));
  return [...sections].flatMap(([section, members]) => {
    const known = new Set(members.map((number) => Number(number.slice(2))));
    for (let number = Math.min(...known); number < Math.max(...known); number += 1) {
      if (!known.has(number)) return [`${section}-${String(number).padStart(2, "0")}`];
    }
    return [];
  });
}
