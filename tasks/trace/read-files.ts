import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { isFields, parseTime, type ReadDocument, readDocument } from "@banyan/trace-common/epcis";

/** A document that was read from a file. */
export interface ReadFile {
  /** The file's name, as short as it can be said. */
  readonly name: string;
  readonly document: ReadDocument;
  /** When its last event happened or was declared erroneous, in seconds. */
  readonly latest: bigint;
}

/** Reads documents; those whose events happened first come first. */
export function readFiles(paths: readonly string[]): ReadFile[] {
  const files = paths.map((path) => {
    const document = readDocument(readFileSync(path, "utf8"));
    const name = relative(process.cwd(), path);
    const times = timesOf(document);
    const latest = times.reduce((most, time) => Math.max(most, time), 0);
    const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    return {
      name: name.startsWith("..") ? path : name,
      document,
      latest: BigInt(Math.ceil(latest / 1000)),
      first,
    };
  });
  return files.sort((a, b) => a.first - b.first);
}

function timesOf({ events }: ReadDocument): number[] {
  return events.flatMap(({ json: { eventTime, errorDeclaration } }) => {
    const declared = isFields(errorDeclaration) ? parseTime(String(errorDeclaration.declarationTime)) : undefined;
    return [parseTime(String(eventTime)) ?? 0, ...(declared === undefined ? [] : [declared])];
  });
}
