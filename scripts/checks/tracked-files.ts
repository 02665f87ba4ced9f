import { execFileSync } from "node:child_process";

/**
 * The files of the repository as git sees them: tracked, or new and not ignored.
 *
 * @param patterns git pathspecs, e.g. `contracts/**\/*.sol`
 * @returns paths relative to the repository's root, sorted
 */
export function trackedFiles(...patterns: string[]): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...patterns], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(listed.split("\n").filter((path) => path !== ""))].sort();
}
