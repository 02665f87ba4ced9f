import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { BanyanError } from "../../apps/common/src/errors.ts";
import { compile } from "../support/compile.ts";
import { reportFailure } from "../support/failure.ts";
import { syncFolder } from "../support/sync-folder.ts";
import { readDeclarations } from "./declaration.ts";
import { generateClient } from "./generate-client.ts";

interface BindingsArguments {
  readonly check: boolean;
}

/** Compiles, generates every app's client and writes it, or compares it with what is there. */
export default async function bindings({ check }: BindingsArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  await reportFailure(async () => {
    const root = hre.config.paths.root;
    await compile(hre);
    const stale: string[] = [];
    for (const { app, file, contracts, errors } of await readDeclarations(root)) {
      const artifactOf = async (name: string): Promise<string> => {
        if (await hre.artifacts.artifactExists(name)) return await hre.artifacts.getArtifactPath(name);
        throw new BanyanError(
          "CONTRACT_UNKNOWN",
          `${path.relative(root, file)} names the contract ${name}, which does not exist`,
          {
            cure: "Correct the name, or add the contract under contracts/.",
          },
        );
      };
      const files = await generateClient({
        root,
        artifacts: await Promise.all(contracts.map(artifactOf)),
        errorArtifacts: await Promise.all(errors.map(artifactOf)),
      });
      const folder = path.join(root, "apps", app, "client");
      const changed = await syncFolder(folder, files, { check });
      stale.push(...changed.map((name) => path.relative(root, path.join(folder, name))));
      console.log(
        `${app}: ${contracts.length} contracts, ${files.size} files, ${changed.length} ${check ? "differ" : "changed"}`,
      );
    }
    if (check && stale.length > 0) {
      throw new BanyanError(
        "BINDINGS_STALE",
        `the committed clients differ from the contracts:\n  ${stale.join("\n  ")}`,
        {
          cure: "Run `npx hardhat bindings` and commit what it writes.",
        },
      );
    }
  });
}
