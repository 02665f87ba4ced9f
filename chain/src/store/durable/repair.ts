import { spawn } from "node:child_process";
import {
  closeSync,
  copyFileSync,
  createReadStream,
  existsSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ChainError } from "../../errors.ts";
import { siblingModule } from "../../sibling-module.ts";
import type { Hash } from "../../types.ts";
import { DATA_FILE, openChainData } from "./chain-data.ts";
import { lockFolder } from "./lock-folder.ts";
import { lastPageEnd } from "./tables.ts";
import { importChain, type Progress } from "./transfer.ts";

/** What a repair came to. */
export interface RepairResult {
  /** Blocks that are there again, block 0 among them. */
  readonly blocks: number;
  readonly head: Hash;
  /** Blocks that were lost; `undefined` if the file does not even tell how many there were. */
  readonly dropped: number | undefined;
  /** What was wrong behind the last whole block; empty if every block was whole and only the rest of the file was not. */
  readonly why: string;
  /** Where the damaged file lies now. */
  readonly damagedFile: string;
}

/**
 * Rolls a damaged chain back to its last whole block: reads what can be read, executes it anew and compares every root. The damaged file stays
 * beside it. What was set since the last block, and waiting transactions, are not brought back.
 * @throws ChainError `DATA_LOCKED`; `DATA_DAMAGED` if no block is whole: then nothing is changed
 */
export async function repairChain(folder: string, progress: Progress = () => {}): Promise<RepairResult> {
  const unlock = lockFolder(folder);
  const damaged = join(folder, DATA_FILE);
  const copy = join(folder, "salvage.lmdb");
  const salvaged = join(folder, "salvage.chain");
  const fresh = join(folder, "repaired");
  const leftovers = [copy, `${copy}-lock`, salvaged, fresh];
  try {
    for (const path of leftovers) rmSync(path, { recursive: true, force: true });
    copyPadded(damaged, copy);
    const { last, why } = await salvage(copy, salvaged);
    const data = openChainData(fresh);
    let imported: Awaited<ReturnType<typeof importChain>>;
    try {
      imported = await importChain(createReadStream(salvaged), data, progress, false);
    } catch (error) {
      const reason = why || (error instanceof Error ? error.message : String(error));
      throw new ChainError("DATA_DAMAGED", `No whole block was found in ${damaged}: ${reason}`, {
        path: damaged,
        reason,
      });
    } finally {
      await data.close();
    }
    const damagedFile = asideName(damaged);
    renameSync(damaged, damagedFile);
    rmSync(`${damaged}-lock`, { force: true });
    renameSync(join(fresh, DATA_FILE), damaged);
    return {
      blocks: imported.blocks,
      head: imported.head,
      dropped: last === undefined ? undefined : last + 1 - imported.blocks,
      why: imported.stopped !== undefined && why === "" ? imported.stopped.message : why,
      damagedFile,
    };
  } finally {
    for (const path of leftovers) rmSync(path, { recursive: true, force: true });
    unlock();
  }
}

/** A copy with the length that its pages ask for: what is missing reads as zeros instead of ending the process. */
function copyPadded(from: string, to: string): void {
  if (!existsSync(from)) throw new ChainError("DATA_EMPTY", `There is no chain at ${from}`, { path: from });
  copyFileSync(from, to);
  const needed = lastPageEnd(from);
  if (needed === undefined || needed <= statSync(to).size) return;
  const file = openSync(to, "r+");
  ftruncateSync(file, needed);
  closeSync(file);
}

function salvage(source: string, target: string): Promise<{ last?: number; why: string }> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(siblingModule("./salvage", import.meta.url));
    const child = spawn(process.execPath, [script, source, target], { stdio: ["ignore", "pipe", "ignore"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (_code, signal) => {
      if (text === "")
        resolve({ why: `the file ended the process that read it${signal === null ? "" : ` (${signal})`}` });
      else resolve(JSON.parse(text) as { last?: number; why: string });
    });
  });
}

function asideName(path: string): string {
  let number = 1;
  while (existsSync(`${path}.damaged-${number}`)) number++;
  return `${path}.damaged-${number}`;
}
