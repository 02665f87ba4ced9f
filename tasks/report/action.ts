import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { BanyanError } from "../../apps/common/src/errors.ts";
import { compile } from "../support/compile.ts";
import { reportFailure } from "../support/failure.ts";
import { syncFolder } from "../support/sync-folder.ts";
import { domainOf, readProjectContracts } from "./read-project-contracts.ts";
import { readRoleMatrices } from "./read-role-matrices.ts";
import { writeReference } from "./write-reference.ts";

interface ReportArguments {
  readonly check: boolean;
}

/** Compiles, deploys every app in process, and writes docs/reference, or compares it with what is there. */
export default async function report({ check }: ReportArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  await reportFailure(async () => {
    const root = hre.config.paths.root;
    await compile(hre);
    const contracts = await readProjectContracts(hre);
    const matrices = await readRoleMatrices(hre, contracts);
    const { files, problems } = writeReference({ contracts, matrices });
    if (problems.length > 0) {
      throw new BanyanError("REPORT_INCOMPLETE", `the contracts do not say everything:\n  ${problems.join("\n  ")}`, {
        cure: "Complete the NatSpec of the interfaces named, or the deployment where the roles differ from it.",
      });
    }
    const folder = path.join(root, "docs", "reference");
    const changed = await syncFolder(folder, files, { check });
    const domains = new Set(contracts.map(domainOf));
    console.log(
      `${domains.size} domains, ${files.size} pages, ${matrices.length} apps deployed, ${changed.length} ${check ? "differ" : "changed"}`,
    );
    if (check && changed.length > 0) {
      const names = changed.map((name) => path.join("docs", "reference", name));
      throw new BanyanError(
        "REPORT_STALE",
        `the committed reference differs from the contracts:\n  ${names.join("\n  ")}`,
        {
          cure: "Run `npx hardhat report` and commit what it writes.",
        },
      );
    }
  });
}
