import { readFileSync } from "node:fs";
import { trackedFiles } from "./tracked-files.ts";
import type { CheckResult } from "./types.ts";

const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

interface Manifest {
  readonly name?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly overrides?: Record<string, string>;
}

/** Every dependency is pinned to one version, the same in every package: a build of today is the build of next year. */
export async function checkPinnedVersions(): Promise<CheckResult> {
  const problems: string[] = [];
  const pinned = new Map<string, { version: string; path: string }>();
  const manifests = trackedFiles("package.json", "**/package.json");
  for (const path of manifests) {
    const manifest: Manifest = JSON.parse(readFileSync(path, "utf8"));
    const { dependencies, devDependencies, peerDependencies, overrides } = manifest;
    for (const [name, version] of Object.entries({
      ...peerDependencies,
      ...devDependencies,
      ...dependencies,
      ...overrides,
    })) {
      if (!EXACT.test(version)) problems.push(`${path} asks for ${name} "${version}": name one version, such as 1.2.3`);
      const other = pinned.get(name);
      if (other !== undefined && other.version !== version) {
        problems.push(`${path} asks for ${name} ${version}, ${other.path} for ${other.version}: settle on one`);
      }
      pinned.set(name, { version, path });
    }
  }
  return {
    title: "versions are pinned",
    problems,
    summary: `${pinned.size} packages in ${manifests.length} manifests`,
  };
}
