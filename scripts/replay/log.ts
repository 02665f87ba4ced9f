import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { privateKeyToAddress } from "../../chain/src/crypto/secp256k1.ts";
import { type ProviderConfig, readProviderConfig } from "./provider-config.ts";
import { ReplayError } from "./replay-error.ts";

/** A request as it was recorded. Missing parameters are none. */
export interface LoggedRequest {
  readonly method: string;
  readonly params?: readonly unknown[] | undefined;
}

/** A line of a log: one request, or a batch. */
export type LoggedLine = LoggedRequest | readonly LoggedRequest[];

/** Requests that a network was sent, in order. */
export interface ReplayLog {
  /** Name of the file without its endings. */
  readonly name: string;
  readonly path: string;
  readonly config: ProviderConfig;
  readonly lines: readonly LoggedLine[];
}

const request = z.object({
  method: z.string(),
  params: z
    .union([z.array(z.unknown()), z.record(z.unknown()).transform((named): unknown[] => [named])])
    .nullish()
    .transform((params) => params ?? undefined),
});
const line = z.union([request, z.array(request).min(1)]);

const CURE =
  'Write one request {"method", "params"} or a list of them to a line, after a first line with the configuration.';

/** Name of a log: that of its file without `.jsonl`, `.json` and `.gz`. */
export function logName(path: string): string {
  return basename(path)
    .replace(/\.gz$/, "")
    .replace(/\.jsonl?$/, "");
}

/**
 * Reads a log, compressed or not.
 * @throws ReplayError `LOG_NOT_FOUND`, `LOG_UNREADABLE`, `LOG_DAMAGED`, `LOG_EMPTY`, `LINE_MALFORMED`, `CONFIG_MALFORMED`, `CONFIG_UNSUPPORTED`
 */
export function readLog(path: string): ReplayLog {
  const texts = readText(path).split("\n");
  while (texts.at(-1)?.trim() === "") texts.pop();
  const [first, ...rest] = texts;
  if (first === undefined) throw new ReplayError("LOG_EMPTY", `${path} is empty`, CURE);
  const config = readProviderConfig(parse(first, path, 1), `${path}, line 1`, (key) =>
    privateKeyToAddress(Buffer.from(key.slice(2).padStart(64, "0"), "hex")),
  );
  if (rest.length === 0) throw new ReplayError("LOG_EMPTY", `${path} holds a configuration and no request`, CURE);
  return { name: logName(path), path, config, lines: rest.map((text, index) => readLine(text, path, index + 2)) };
}

function readText(path: string): string {
  if (!existsSync(path))
    throw new ReplayError(
      "LOG_NOT_FOUND",
      `There is no file ${path}`,
      "Name a log with --log FILE.jsonl or FILE.jsonl.gz.",
    );
  const bytes = readBytes(path);
  // The two bytes that every gzip file begins with, whatever it is called.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ReplayError("LOG_DAMAGED", `${path} cannot be unpacked: ${why}`, "Copy the file again, whole.");
  }
}

function readBytes(path: string): Buffer {
  if (statSync(path).isDirectory())
    throw new ReplayError(
      "LOG_UNREADABLE",
      `${path} is a folder`,
      `Name a file in it: --log ${join(path, "FILE.jsonl.gz")}.`,
    );
  try {
    return readFileSync(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ReplayError("LOG_UNREADABLE", `${path} cannot be read: ${why}`, "See to it that you may read the file.");
  }
}

function parse(text: string, path: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ReplayError("LINE_MALFORMED", `${path}, line ${number}: not JSON (${why})`, CURE);
  }
}

function readLine(text: string, path: string, number: number): LoggedLine {
  const read = line.safeParse(parse(text, path, number));
  if (read.success) return read.data;
  throw new ReplayError(
    "LINE_MALFORMED",
    `${path}, line ${number}: neither a request {"method", "params"} nor a list of them`,
    CURE,
  );
}
