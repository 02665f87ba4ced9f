import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ANVIL_VERSION, fetchAnvil } from "../../../bench/engine/fetch-anvil.ts";
import { ask, NodeRefusal, startAnvil } from "../../../bench/lib/start-server.ts";

const CACHE = fileURLToPath(new URL("../../../node_modules/.cache/banyan-bench", import.meta.url));
const GANACHE_VERSION = "7.9.2";
const NOT_FOUND = -32_601;
const NOT_SUPPORTED = -32_004;

/** A peer that can be asked. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** Whether it answers a method, be it with a refusal of the parameters. */
  answers(method: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Code and message of a refusal. */
function refusalOf(error: unknown): { readonly code: unknown; readonly message: string } {
  return { code: Reflect.get(Object(error), "code"), message: String(Reflect.get(Object(error), "message")) };
}

/** Hardhat's own simulated network. */
export async function openHardhat(): Promise<Peer> {
  const { network } = await import("hardhat");
  const { version }: { version: string } = createRequire(import.meta.url)("hardhat/package.json");
  const { provider, close } = await network.create({ network: "edr" });
  return {
    name: "Hardhat",
    version,
    async answers(method) {
      try {
        await provider.request({ method, params: [] });
        return true;
      } catch (error) {
        return refusalOf(error).code !== NOT_SUPPORTED;
      }
    },
    close: async () => close(),
  };
}

/** @throws Error if its program cannot be had */
export async function openAnvil(): Promise<Peer> {
  const found = fetchAnvil();
  if (!("path" in found)) throw new Error(found.reason);
  const node = await startAnvil(found.path, []);
  return {
    name: "Anvil",
    version: ANVIL_VERSION,
    async answers(method) {
      try {
        await ask(node.url, method, []);
        return true;
      } catch (error) {
        // A name that its table lacks is refused before its parameters are looked at.
        if (error instanceof NodeRefusal) return error.code !== NOT_FOUND;
        throw error;
      }
    },
    close: () => node.stop(),
  };
}

/** Ganache out of npm, installed into a cache folder the first time. */
export async function openGanache(): Promise<Peer> {
  const folder = join(CACHE, `ganache-${GANACHE_VERSION}`);
  if (!existsSync(join(folder, "node_modules", "ganache"))) {
    mkdirSync(folder, { recursive: true });
    process.stderr.write(`Fetching ganache ${GANACHE_VERSION} from npm (14 MB, once)\n`);
    execFileSync(
      "npm",
      ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", `ganache@${GANACHE_VERSION}`],
      {
        stdio: ["ignore", "ignore", "inherit"],
      },
    );
  }
  const ganache: unknown = createRequire(join(folder, "package.json"))("ganache");
  const provider: unknown = Reflect.get(Object(ganache), "provider")({ logging: { quiet: true } });
  return {
    name: "Ganache",
    version: GANACHE_VERSION,
    async answers(method) {
      try {
        await Reflect.get(Object(provider), "request").call(provider, { method, params: [] });
        return true;
      } catch (error) {
        // It gives this refusal no code.
        return !refusalOf(error).message.includes("does not exist/is not available");
      }
    },
    close: () => Reflect.get(Object(provider), "disconnect").call(provider),
  };
}
