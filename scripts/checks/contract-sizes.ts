import { globSync, readFileSync } from "node:fs";
import type { CheckResult } from "./types.ts";

/** EIP-170. */
const LIMIT = 24_576;
/** What a contract may use of it: the rest is room for the next rule. */
const ROOM = 0.95;

/** Every deployable contract stays under EIP-170's limit with room to spare. Needs a build. */
export async function checkContractSizes(): Promise<CheckResult> {
  const problems: string[] = [];
  let largest = { name: "", bytes: 0 };
  for (const path of globSync("artifacts/contracts/**/*.json")) {
    if (path.includes("/mocks/")) continue;
    const artifact: { contractName?: string; deployedBytecode?: string } = JSON.parse(readFileSync(path, "utf8"));
    if (artifact.contractName === undefined || artifact.deployedBytecode === undefined) continue;
    const bytes = (artifact.deployedBytecode.length - 2) / 2;
    if (bytes > largest.bytes) largest = { name: artifact.contractName, bytes };
    if (bytes > LIMIT * ROOM) {
      problems.push(
        `${artifact.contractName} has ${bytes} of ${LIMIT} bytes: move a concern into its own contract or library`,
      );
    }
  }
  if (largest.bytes === 0) problems.push("no artifacts found: run `npx hardhat build` first");
  return { title: "contract sizes", problems, summary: `largest ${largest.name}, ${largest.bytes} bytes` };
}
