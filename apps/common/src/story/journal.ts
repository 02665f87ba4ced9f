import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Hash } from "viem";
import { BanyanError } from "../errors.ts";
import type { FileDigests } from "./story-files.ts";

/** What an applied event left behind: new names and the on-chain ids they stand for, as text. */
export type Names = Readonly<Record<string, string>>;

/** An event that was applied. */
export interface AppliedEvent {
  /** Its line in the file, counted from 1. */
  readonly line: number;
  /** Digest of the line as it was applied. */
  readonly digest: string;
  /** The files beside the story that it was applied from. */
  readonly files?: FileDigests;
  readonly names: Names;
}

/** What is known of a story that was played before. */
export interface JournalState {
  readonly applied: readonly AppliedEvent[];
  /** Transactions that were signed for the event after the last applied one; each may or may not have reached the chain. */
  /** The first transactions that were sent: a chain that knows none of them is not the one the journal tells of. */
  readonly first: readonly Hash[];
  readonly pending: { readonly line: number; readonly hashes: readonly Hash[] } | undefined;
}

/** Remembers, across runs and crashes, what of a story a chain has seen. */
export interface Journal {
  readonly state: JournalState;
  /** To be called before a transaction is sent. */
  sending(line: number, hash: Hash): void;
  /** To be called when an event is wholly applied. */
  applied(event: AppliedEvent): void;
}

/** Transactions that are enough to know a chain by, although some may never have been mined. */
const WITNESSES = 8;

type Entry =
  | { readonly kind: "sending"; readonly line: number; readonly hash: Hash }
  | ({ readonly kind: "applied" } & AppliedEvent);

/**
 * Sets a journal aside: it is kept under another name, and the next that is opened begins anew.
 *
 * @param path - the journal's file
 */
export function setAsideJournal(path: string): void {
  renameSync(path, `${path}.old`);
}

/**
 * Opens a journal file, or begins one. Each entry is appended as one line before the work goes on, so that a crash at any moment loses nothing; a half-written
 * last line is dropped, because its work had not begun.
 *
 * @param path - the journal's file
 * @param identity - what the journal belongs to (chain, deployment); a journal of another chain is set aside, because its chain is gone
 * @throws BanyanError `JOURNAL_DAMAGED` when a line before the last is not an entry
 */
export function openJournal(path: string, identity: string): Journal {
  mkdirSync(dirname(path), { recursive: true });
  const head = JSON.stringify({ kind: "journal", identity });
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const complete = lines.slice(0, -1);
  if (complete[0] !== head) {
    if (complete.length > 0) setAsideJournal(path);
    writeFileSync(path, `${head}\n`);
    complete.splice(0);
  } else if (lines.at(-1) !== "") {
    writeFileSync(path, complete.map((line) => `${line}\n`).join(""));
  }

  const applied: AppliedEvent[] = [];
  const first: Hash[] = [];
  let pending: { line: number; hashes: Hash[] } | undefined;
  for (const [index, line] of complete.entries()) {
    if (index === 0) continue;
    const entry = parseEntry(line, `${path}:${index + 1}`);
    if (entry.kind === "sending" && first.length < WITNESSES) first.push(entry.hash);
    if (entry.kind === "applied") {
      const { kind: _, ...event } = entry;
      applied.push(event);
      pending = undefined;
    } else if (pending?.line === entry.line) {
      if (!pending.hashes.includes(entry.hash)) pending.hashes.push(entry.hash);
    } else {
      pending = { line: entry.line, hashes: [entry.hash] };
    }
  }

  const append = (entry: Entry): void => appendFileSync(path, `${JSON.stringify(entry)}\n`);
  return {
    state: { applied, pending, first },
    sending: (line, hash) => append({ kind: "sending", line, hash }),
    applied: (event) => append({ kind: "applied", ...event }),
  };
}

function parseEntry(line: string, place: string): Entry {
  try {
    const entry: unknown = JSON.parse(line);
    if (
      typeof entry === "object" &&
      entry !== null &&
      "kind" in entry &&
      (entry.kind === "sending" || entry.kind === "applied")
    ) {
      return entry as Entry;
    }
  } catch {
    // Told below, together with a line that is JSON but no entry.
  }
  throw new BanyanError(
    "JOURNAL_DAMAGED",
    { en: `${place} is not an entry of a journal`, zh: `${place} 不是有效的日志记录` },
    {
      cure: {
        en: "Restore the journal from a backup; or play on a chain that begins anew.",
        zh: "请从备份恢复该日志；或在全新的链上重新执行。",
      },
    },
  );
}
