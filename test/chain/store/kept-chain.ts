import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chain, type ChainOptions, createCore } from "@banyan/chain";
import { openChainData } from "../../../chain/src/store/durable/chain-data.ts";
import type { TestClock } from "../support.ts";

/** A folder for one test. */
export function newFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "banyan-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A core that is kept in a folder, with the test's time and no timer. */
export async function keptChain(folder: string, clock: TestClock, options: ChainOptions = {}): Promise<Chain> {
  const data = openChainData(folder);
  try {
    return createCore({ clock: () => clock.now, schedule: () => () => {}, ...options, data });
  } catch (error) {
    await data.close();
    throw error;
  }
}
