import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { trackedFiles } from "./tracked-files.ts";
import type { CheckResult } from "./types.ts";

const LINK = /\]\((?!https?:|mailto:|#)([^)\s#]+)(?:#[^)\s]*)?\)/g;
const FENCE = /^```[\s\S]*?^```/gm;
const CODE = /`[^`\n]*`/g;

/** A link from a document to a file of the repository leads to a file, and none leads out of the repository. */
export async function checkDocumentLinks(): Promise<CheckResult> {
  const problems: string[] = [];
  let links = 0;
  for (const path of trackedFiles("*.md", "**/*.md")) {
    // Links inside code are samples. Blanked, not cut out, so that nothing else becomes a link.
    const text = readFileSync(path, "utf8").replace(FENCE, "").replace(CODE, "");
    for (const [, target = ""] of text.matchAll(LINK)) {
      links += 1;
      const place = relative(".", join(dirname(path), decodeURIComponent(target)));
      if (place.startsWith("..")) problems.push(`${path} links to ${target}, outside the repository`);
      else if (!existsSync(place)) problems.push(`${path} links to ${target}, which is not there: mend the link`);
    }
  }
  return { title: "links of documents lead somewhere", problems, summary: `${links} links` };
}
