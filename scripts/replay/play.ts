import type { LoggedLine, LoggedRequest } from "./log.ts";
import type { Side } from "./sides/side.ts";

/** A line that failed. */
export interface Failure {
  /** Of the line, 0 being the one after the configuration. */
  readonly index: number;
  readonly method: string;
  readonly message: string;
}

/** What became of a log. */
export interface Played {
  /** From the making of the network to its last answer. */
  readonly milliseconds: number;
  /** Of processor time in between, all threads: unlike the above it hardly depends on what else the machine does. */
  readonly cpuMilliseconds: number;
  readonly failures: readonly Failure[];
}

/** What a request was answered with. */
export type Outcome =
  | { readonly result: unknown }
  | { readonly error: { code: unknown; message: string; data: unknown } };

/** Who is told while a log is played. */
export interface Listener {
  /** After every so many lines. */
  onProgress?(done: number): void;
  /** After every line; a batch that fails ends with its failing request. */
  onOutcome?(outcomes: readonly Outcome[]): void;
}

const PROGRESS_EVERY = 500;

/**
 * Makes a network and sends it the lines of a log, one after the other. A batch stops at its first failing request, as on Hardhat's network.
 */
export async function playLog(
  makeSide: () => Promise<Side>,
  lines: readonly LoggedLine[],
  listener: Listener = {},
): Promise<Played> {
  const failures: Failure[] = [];
  const { onOutcome, onProgress } = listener;
  const started = performance.now();
  const before = process.cpuUsage();
  const side = await makeSide();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as LoggedLine;
    const outcomes: Outcome[] = [];
    const requests: readonly LoggedRequest[] = "method" in line ? [line] : line;
    for (const request of requests) {
      try {
        const result = await side.request(request);
        if (onOutcome !== undefined) outcomes.push({ result });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        failures.push({ index, method: request.method, message });
        if (onOutcome !== undefined) outcomes.push({ error: { message, ...partsOf(error) } });
        break;
      }
    }
    onOutcome?.(outcomes);
    if (onProgress !== undefined && index % PROGRESS_EVERY === PROGRESS_EVERY - 1) onProgress(index + 1);
  }
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  side.close();
  onProgress?.(lines.length);
  return { milliseconds, cpuMilliseconds: (user + system) / 1000, failures };
}

function partsOf(error: unknown): { code: unknown; data: unknown } {
  if (typeof error !== "object" || error === null) return { code: undefined, data: undefined };
  return { code: "code" in error ? error.code : undefined, data: "data" in error ? error.data : undefined };
}
