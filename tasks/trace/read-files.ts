import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parseTime, type ReadDocument, readDocument } from "@banyan/trace-common/epcis";

/** A document that was read from a file. */
export interface ReadFile {
  /** The file's name, as short as it can be said. */
  readonly name: string;
  readonly document: ReadDocument;
  /** When its last event happened or was declared erroneous, in seconds. */
  readonly latest: bigint;
}

/** Reads documents. */
export function readFiles(paths: readonly string[]): ReadFile[] {
  return paths.map((path) => {
    const document = readDocument(readFileSync(path, "utf8"));
    const name = relative(process.cwd(), path);
    return { name: name.startsWith("..") ? path : name, document, latest: latestOf(document) };
  });
}

function latestOf({ events }: ReadDocument): bigint {
  const times = events.flatMap(({ json: { eventTime, errorDeclaration } }) => {
    const declared = (errorDeclaration as { declarationTime?: unknown } | undefined)?.declarationTime;
    return [parseTime(String(eventTime)) ?? 0, parseTime(String(declared)) ?? 0];
  });
  const latest = times.reduce((most, time) => Math.max(most, time), 0);
  return BigInt(Math.ceil(latest / 1000));
}
