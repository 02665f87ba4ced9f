import { existsSync, readFileSync } from "node:fs";
import { trackedFiles } from "./tracked-files.ts";
import type { CheckResult } from "./types.ts";

const SNIPPET = /^<!-- source: (\S+) -->\n+```\w*\n([\s\S]*?)^```$/gm;
const MARK = /^<!-- source: /gm;

/** A document's snippet that names its source is that file, letter by letter: what the reader copies is what the tests run. */
export async function checkDocumentSnippets(): Promise<CheckResult> {
  const problems: string[] = [];
  let snippets = 0;
  for (const path of trackedFiles("*.md", "**/*.md")) {
    const text = readFileSync(path, "utf8");
    const found = [...text.matchAll(SNIPPET)];
    if (found.length !== [...text.matchAll(MARK)].length) {
      problems.push(`${path} names a source without a block of code below it: put the block there or remove the mark`);
    }
    for (const [, source = "", body] of found) {
      snippets += 1;
      if (!existsSync(source)) problems.push(`${path} shows ${source}, which is not there: mend the mark`);
      else if (readFileSync(source, "utf8") !== body) {
        problems.push(`${path} shows ${source} otherwise than it is: copy the file into the block`);
      }
    }
  }
  return { title: "snippets of documents are files of the repository", problems, summary: `${snippets} snippets` };
}
