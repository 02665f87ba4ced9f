import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { BanyanError } from "@banyan/app-common";
import type { Hex } from "viem";
import { digestText, type Fields } from "../epcis/index.ts";

/** An event as it was read, with the context that its words stand under. */
export interface Original {
  readonly json: Fields;
  readonly context: unknown;
}

/** The originals of captured events, by content id: what the chain knows only by digests. */
export interface Archive {
  find(contentId: Hex): Original | undefined;
  /** Keeps originals; one that is kept already stays. */
  keep(originals: readonly (readonly [Hex, Original])[]): void;
}

/** Under what the words of a declaration of error are kept, beside the event that it withdraws. */
export function declarationKey(contentId: Hex): Hex {
  return digestText(`declaration ${contentId}`);
}

/** An archive that ends with the process. */
export function createMemoryArchive(): Archive {
  const kept = new Map<Hex, Original>();
  return {
    find: (contentId) => kept.get(contentId),
    keep(originals) {
      for (const [id, original] of originals) if (!kept.has(id)) kept.set(id, original);
    },
  };
}

/**
 * Opens an archive in a file of JSON Lines. A last line that a crash cut off is left alone.
 *
 * @param path - the file; made when something is kept
 * @throws BanyanError `ARCHIVE_DAMAGED` for a line in the middle that is no original
 */
export function openFileArchive(path: string): Archive {
  const kept = createMemoryArchive();
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  lines.forEach((line, at) => {
    if (line === "") return;
    const entry = parse(line);
    if (entry !== undefined) kept.keep([[entry.contentId, entry]]);
    else if (at < lines.length - 1) throw damaged(path, at + 1);
  });
  // What was cut off must not grow together with what comes next.
  let separator = (lines.at(-1) ?? "") === "" ? "" : "\n";
  return {
    find: kept.find,
    keep(originals) {
      const fresh = originals.filter(([id]) => kept.find(id) === undefined);
      if (fresh.length === 0) return;
      mkdirSync(dirname(path), { recursive: true });
      const text = fresh
        .map(([contentId, { json, context }]) => JSON.stringify({ contentId, context, json }))
        .join("\n");
      appendFileSync(path, `${separator}${text}\n`);
      separator = "";
      kept.keep(fresh);
    },
  };
}

function parse(line: string): (Original & { readonly contentId: Hex }) | undefined {
  try {
    const entry = JSON.parse(line);
    return typeof entry.contentId === "string" && typeof entry.json === "object" ? entry : undefined;
  } catch {
    return undefined;
  }
}

function damaged(path: string, line: number): BanyanError {
  return new BanyanError(
    "ARCHIVE_DAMAGED",
    { en: `${path}:${line} is no original of an event`, zh: `${path}:${line} 不是事件原文` },
    {
      cure: {
        en: "Restore the file from its copy, or remove the line: the event then is exported from what the chain keeps.",
        zh: "请从备份恢复该文件；或删除该行，之后该事件将按链上内容导出。",
      },
    },
  );
}
