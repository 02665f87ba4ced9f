import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ChainError } from "../../errors.ts";

/** The file that marks a folder as in use. It names the process, so that one left by a dead process is told from one of a living. */
const LOCK_FILE = "lock";

interface Owner {
  readonly pid: number;
  /** When the process began, as the system counts; empty where it does not say. */
  readonly start: string;
}

/**
 * Takes a folder for this process, and makes it if need be.
 * @returns gives it back
 * @throws ChainError `DATA_LOCKED` if another process has it, `DATA_FOLDER` if it cannot be made
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, LOCK_FILE);
  const mine = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(mine, JSON.stringify({ pid: process.pid, start: startOf(process.pid) } satisfies Owner));
  } catch (error) {
    throw unusable(folder, error);
  }
  try {
    // Two tries: one for a lock that a dead process left.
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        // Fails if the name is taken, unlike renaming.
        linkSync(mine, path);
        return () => rmSync(path, { force: true });
      } catch (error) {
        if (!isTaken(error)) throw unusable(folder, error);
      }
      const owner = readOwner(path);
      if (owner !== undefined && isAlive(owner)) {
        throw new ChainError(
          "DATA_LOCKED",
          `The folder ${folder} is in use by process ${owner.pid}. Stop that node, or choose another folder.`,
          { folder, pid: owner.pid },
        );
      }
      removeStale(path, mine);
    }
    throw new ChainError("DATA_LOCKED", `The folder ${folder} was taken by another process just now.`, { folder });
  } finally {
    rmSync(mine, { force: true });
  }
}

function removeStale(path: string, mine: string): void {
  try {
    renameSync(path, `${mine}.stale`);
    rmSync(`${mine}.stale`, { force: true });
  } catch {
    // Another process was faster; the next try finds out.
  }
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, start }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
  }
  const now = startOf(pid);
  // Numbers of processes are used again; the time of their start tells them apart, where the system says it.
  return start === "" || now === "" || start === now;
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything; the start is the 20th field behind it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

function unusable(folder: string, error: unknown): ChainError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ChainError("DATA_FOLDER", `The folder ${folder} cannot be used: ${reason}`, { folder, reason });
}
