import { ChainError } from "../errors.ts";
import type { ForkingOptions } from "../options.ts";
import { malformed, refusalOf, showUrl } from "./remote-failure.ts";

/** One JSON-RPC request. */
export interface RemoteRequest {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What a client is given from outside. */
export interface RemoteModules {
  readonly fetch: typeof fetch;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Asks a remote node. */
export interface RemoteClient {
  /** The URL without secrets. */
  readonly url: string;
  /**
   * Sends requests together; answers come in their order.
   * @throws ChainError `REMOTE_*`
   */
  send(requests: readonly RemoteRequest[]): Promise<unknown[]>;
}

const MOST_IN_BATCH = 100;
const MOST_AT_ONCE = 8;
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 10_000;
/** A node that is not there at all is given up on sooner than one that is busy. */
const RETRIES_UNREACHABLE = 2;
const TOO_MANY_REQUESTS = 429;
/** How providers say "too many requests" inside an answer. */
const LIMITED = /rate limit|too many requests|compute units|throughput|capacity exceeded|request limit/i;
const LIMIT_CODES: ReadonlySet<unknown> = new Set([429, -32005, -32029]);

interface Answer {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code?: unknown; readonly message?: unknown };
}

/** Why an attempt failed, and whether another may succeed. */
interface Setback {
  readonly error: ChainError;
  readonly retries: number;
  /** Milliseconds that the node asks to wait. */
  readonly pause: number;
}

class RetryLater extends Error {
  readonly setback: Setback;
  constructor(setback: Setback) {
    super(setback.error.message);
    this.setback = setback;
  }
}

/** Makes a client of a JSON-RPC endpoint over HTTP: batches, a rate limit, and patience with a busy node. */
export function createRemoteClient(options: ForkingOptions, modules: RemoteModules): RemoteClient {
  const { headers = {}, timeout = 30_000, retries = 6, requestsPerSecond } = options;
  const url = showUrl(options.url);
  let batchSize = options.batchSize ?? MOST_IN_BATCH;
  let nextFree = 0;

  /** Waits until the rate limit has room for so many requests. */
  async function takeTurn(count: number): Promise<void> {
    if (requestsPerSecond === undefined) return;
    const now = modules.now();
    const start = Math.max(now, nextFree);
    nextFree = start + (count * 1000) / requestsPerSecond;
    if (start > now) await modules.wait(start - now);
  }

  function busy(method: string, reason: string, pause = 0): RetryLater {
    const cure = "Wait, use another endpoint, or slow down with forking.requestsPerSecond";
    const error = new ChainError("REMOTE_BUSY", `${url} has no capacity for ${method} (${reason}). ${cure}`, {
      url,
      method,
      reason,
    });
    return new RetryLater({ error, retries, pause });
  }

  async function post(body: unknown, method: string): Promise<unknown> {
    let response: Response;
    let text: string;
    try {
      response = await modules.fetch(options.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeout),
      });
      text = await response.text();
    } catch (cause) {
      const reason = reasonOf(cause);
      const error = new ChainError(
        "REMOTE_UNREACHABLE",
        `Cannot reach ${url} for ${method}: ${reason}. Check the URL and the network; what the fork's cache holds works without`,
        { url, method, reason },
      );
      throw new RetryLater({ error, retries: Math.min(retries, RETRIES_UNREACHABLE), pause: 0 });
    }
    if (response.status === TOO_MANY_REQUESTS || response.status >= 500)
      throw busy(method, `HTTP ${response.status}`, Number(response.headers.get("Retry-After") ?? 0) * 1000 || 0);
    try {
      return JSON.parse(text);
    } catch {
      if (response.ok) throw malformed(url, method, "something that is not JSON");
      const reason = `HTTP ${response.status}`;
      throw new ChainError("REMOTE_REFUSED", `${url} refused ${method}: ${reason}. Check the URL and its key`, {
        url,
        method,
        reason,
      });
    }
  }

  function resultOf(answer: unknown, { method }: RemoteRequest): unknown {
    if (typeof answer !== "object" || answer === null) throw malformed(url, method, "something that is no answer");
    const { result, error } = answer as Answer;
    if (error !== undefined && error !== null) {
      if (LIMIT_CODES.has(error.code) || LIMITED.test(String(error.message)))
        throw busy(method, String(error.message ?? error.code));
      throw refusalOf(url, method, error);
    }
    if (result === undefined) throw malformed(url, method, "neither a result nor an error");
    return result;
  }

  /** One HTTP request. */
  async function attempt(requests: readonly RemoteRequest[]): Promise<unknown[]> {
    const [first] = requests;
    if (first === undefined) return [];
    await takeTurn(requests.length);
    const calls = requests.map(({ method, params }, id) => ({ jsonrpc: "2.0", id, method, params }));
    const answer = await post(calls.length === 1 ? calls[0] : calls, first.method);
    if (requests.length === 1) return [resultOf(Array.isArray(answer) ? answer[0] : answer, first)];
    if (!Array.isArray(answer)) {
      // Some endpoints take no batches, or only small ones.
      batchSize = 1;
      return sendAll(requests);
    }
    const byId = new Map(answer.map((one: Answer) => [one?.id, one]));
    return requests.map((request, id) => resultOf(byId.get(id), request));
  }

  async function persist(requests: readonly RemoteRequest[]): Promise<unknown[]> {
    for (let tried = 0; ; tried++) {
      try {
        return await attempt(requests);
      } catch (error) {
        if (!(error instanceof RetryLater)) throw error;
        const { setback } = error;
        if (tried >= setback.retries) throw setback.error;
        await modules.wait(Math.min(LONGEST_PAUSE, Math.max(setback.pause, FIRST_PAUSE * 2 ** tried)));
      }
    }
  }

  async function sendAll(requests: readonly RemoteRequest[]): Promise<unknown[]> {
    if (requests.length <= batchSize) return persist(requests);
    const parts: (readonly RemoteRequest[])[] = [];
    for (let start = 0; start < requests.length; start += batchSize)
      parts.push(requests.slice(start, start + batchSize));
    const answers: unknown[][] = new Array(parts.length);
    let next = 0;
    const work = async (): Promise<void> => {
      for (let index = next++; index < parts.length; index = next++)
        answers[index] = await persist(parts[index] as readonly RemoteRequest[]);
    };
    await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, parts.length) }, work));
    return answers.flat();
  }

  return { url, send: sendAll };
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === "TimeoutError") return "no answer in time";
  const inner = cause.cause;
  if (inner instanceof AggregateError) return reasonOf(inner.errors[0]);
  return inner instanceof Error ? inner.message || inner.name : cause.message;
}
