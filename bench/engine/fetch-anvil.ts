import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The version that figures are published with. */
export const ANVIL_VERSION = "1.7.1";

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/banyan-bench", import.meta.url));
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/**
 * Anvil's program, fetched from npm the first time and kept in a cache folder. It is no dependency: only this benchmark wants it.
 *
 * @returns its path, or why there is none
 */
export function fetchAnvil(): { readonly path: string } | { readonly reason: string } {
  const system = platform();
  const architecture = ARCHITECTURES[arch()];
  if ((system !== "linux" && system !== "darwin") || architecture === undefined) {
    return { reason: `there is no Anvil for ${system} on ${arch()} here` };
  }
  const name = `anvil-${system}-${architecture}`;
  const folder = join(CACHE, `${name}-${ANVIL_VERSION}`);
  const path = join(folder, "package", "bin", "anvil");
  if (existsSync(path)) return { path };
  const partial = `${folder}.part`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  process.stderr.write(`Fetching @foundry-rs/${name} ${ANVIL_VERSION} from npm (19 MB, once)\n`);
  try {
    const options: ExecFileSyncOptionsWithStringEncoding = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };
    const packed = execFileSync(
      "npm",
      ["pack", `@foundry-rs/${name}@${ANVIL_VERSION}`, "--silent", "--pack-destination", partial],
      options,
    );
    const archive = packed.trim().split("\n").at(-1) ?? "";
    execFileSync("tar", ["-xzf", join(partial, archive), "-C", partial], options);
    rmSync(join(partial, archive));
    renameSync(partial, folder);
  } catch (error) {
    return {
      reason: `@foundry-rs/${name} ${ANVIL_VERSION} could not be fetched: ${error instanceof Error ? error.message : error}`,
    };
  }
  return existsSync(path) ? { path } : { reason: `@foundry-rs/${name} ${ANVIL_VERSION} does not hold bin/anvil` };
}
