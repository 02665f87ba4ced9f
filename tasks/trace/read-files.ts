import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { BanyanError } from "@banyan/app-common";
import type { Text } from "@banyan/app-common/app";
import {
  isFields,
  parseTime,
  type ReadDocument,
  type Refusal,
  readDocument,
  refusedDocument,
} from "@banyan/trace-common/epcis";

/** A document that was read from a file. */
export interface ReadFile {
  /** The file's name, as short as it can be said. */
  readonly name: string;
  readonly document: ReadDocument;
  /** When its last event happened or was declared erroneous, in seconds. */
  readonly latest: bigint;
}

/** Reads documents; those that could be written first come first: whose last event came first. A file that cannot be read is a document that is refused. */
export function readFiles(paths: readonly string[]): ReadFile[] {
  const files = paths.map((path) => {
    const bytes = readBytes(path);
    const document = "code" in bytes ? refusedDocument(bytes) : readDocument(bytes);
    const happened = document.events.map(({ json }) => parseTime(String(json.eventTime)) ?? 0);
    const last = happened.reduce((most, time) => Math.max(most, time), 0);
    const latest = declaredIn(document).reduce((most, time) => Math.max(most, time), last);
    const first = happened.reduce((least, time) => Math.min(least, time), last);
    return { name: shortName(path), document, latest: BigInt(Math.ceil(latest / 1000)), first, last };
  });
  return files.sort((a, b) => a.last - b.last || a.first - b.first);
}

/**
 * Reads a file that a command was given.
 *
 * @param path - the file
 * @returns what is in it, or why it cannot be read
 */
export function readBytes(path: string): Uint8Array | Refusal {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "";
    const [code, message, cure] = UNREADABLE[reason] ?? unreadable(reason);
    return { code, pointer: "", rule: "C5", message, cure };
  }
}

/** As {@link readBytes}, of a file without which a command cannot go on. */
export function requireBytes(path: string): Uint8Array {
  const bytes = readBytes(path);
  if (!("code" in bytes)) return bytes;
  const { code, message, cure } = bytes;
  throw new BanyanError(code, { en: `${path}: ${message.en}`, zh: `${path}：${message.zh}` }, { cure });
}

const CHECK: Text = { en: "Check the path.", zh: "请检查路径。" };
const UNREADABLE: Readonly<Record<string, readonly [code: string, message: Text, cure: Text]>> = {
  ENOENT: ["FILE_NOT_FOUND", { en: "there is no such file", zh: "没有这个文件" }, CHECK],
  ENOTDIR: ["FILE_NOT_FOUND", { en: "there is no such file", zh: "没有这个文件" }, CHECK],
  EISDIR: [
    "FILE_IS_FOLDER",
    { en: "this is a folder", zh: "这是一个文件夹" },
    { en: "Give the files in it, such as folder/*.jsonld.", zh: "请给出其中的文件，如 folder/*.jsonld。" },
  ],
};

function unreadable(reason: string): readonly [code: string, message: Text, cure: Text] {
  return [
    "FILE_UNREADABLE",
    { en: `the file cannot be read (${reason})`, zh: `文件无法读取（${reason}）` },
    { en: "Check who may read it.", zh: "请检查读取权限。" },
  ];
}

function shortName(path: string): string {
  const name = relative(process.cwd(), path);
  return name === "" || name.startsWith("..") ? path : name;
}

/** When events were declared erroneous. */
function declaredIn({ events }: ReadDocument): number[] {
  return events.flatMap(({ json: { errorDeclaration } }) =>
    isFields(errorDeclaration) ? (parseTime(String(errorDeclaration.declarationTime)) ?? []) : [],
  );
}
