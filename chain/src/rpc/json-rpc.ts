import { fromHex } from "../codec/hex.ts";
import { recoverSendersAhead } from "../pool/recover-senders.ts";
import { limitExceeded, PROCESS_LIMITS, type RpcLimits } from "./limits.ts";
import { asRecord, isData } from "./params.ts";
import type { RpcSession } from "./rpc.ts";
import { type JsonRpcErrorObject, rpcErrorCodes, toErrorObject } from "./rpc-error.ts";

/** A JSON-RPC 2.0 response. */
export type JsonRpcResponse = { jsonrpc: "2.0"; id: number | string | null } & (
  | { result: unknown }
  | { error: JsonRpcErrorObject }
);

/** One answered request, for the log. */
export interface RequestRecord {
  readonly method: string;
  /** Milliseconds from when its turn came until it was answered. */
  readonly duration: number;
  /** Absent if it succeeded. */
  readonly error?: JsonRpcErrorObject;
}

/** What becomes of every answered request. */
export type RecordRequest = (record: RequestRecord) => void;

/** What texts are answered with. */
export interface AnswerOptions {
  /** Who asks. */
  readonly session: RpcSession;
  /** Told of each request. */
  readonly record: RecordRequest;
  /** Default: those within a process. */
  readonly limits?: Pick<RpcLimits, "batch" | "response">;
}

type Id = number | string | null;

function refusal(code: number, message: string, id: Id = null): JsonRpcResponse {
  return { jsonrpc: "2.0", id, error: { code, message } };
}

function idOf(value: unknown): Id | undefined {
  return typeof value === "number" || typeof value === "string" || value === null ? value : undefined;
}

async function answerOne(value: unknown, { session, record }: AnswerOptions): Promise<JsonRpcResponse | undefined> {
  const request = asRecord(value);
  if (request === undefined || request.jsonrpc !== "2.0" || typeof request.method !== "string") {
    return refusal(
      rpcErrorCodes.invalidRequest,
      'Invalid request: expected {"jsonrpc": "2.0", "id", "method", "params"}',
      idOf(request?.id) ?? null,
    );
  }
  const { method } = request;
  const id = idOf(request.id);
  if (id === undefined && request.id !== undefined) {
    return refusal(rpcErrorCodes.invalidRequest, "Invalid request: id must be a number, a text or null");
  }
  const start = performance.now();
  try {
    const result = await session.request(method, request.params);
    record({ method, duration: performance.now() - start });
    // A request without an id is a notification: it is carried out and not answered.
    return id === undefined ? undefined : { jsonrpc: "2.0", id, result: result ?? null };
  } catch (error) {
    const object = toErrorObject(error);
    record({ method, duration: performance.now() - start, error: object });
    return id === undefined ? undefined : { jsonrpc: "2.0", id, error: object };
  }
}

/** The signed transactions that a batch submits, with the places of their requests. What is none is refused when its turn comes. */
function rawTransactionsOf(batch: readonly unknown[]): { readonly raws: Uint8Array[]; readonly places: number[] } {
  const raws: Uint8Array[] = [];
  const places: number[] = [];
  for (const [place, value] of batch.entries()) {
    const request = asRecord(value);
    if (request?.method !== "eth_sendRawTransaction" && request?.method !== "eth_sendRawTransactionSync") continue;
    const raw: unknown = Array.isArray(request.params) ? request.params[0] : undefined;
    if (!isData(raw)) continue;
    raws.push(fromHex(raw));
    places.push(place);
  }
  return { raws, places };
}

function tooLarge(id: Id, most: number): JsonRpcResponse {
  const error = limitExceeded("response", most, `the answer is longer than ${most} characters; ask for less at once`);
  return { jsonrpc: "2.0", id, error: toErrorObject(error) };
}

/** Writes a response; `undefined` if it is longer than what is left. */
function write(response: JsonRpcResponse, left: number): string | undefined {
  let text: string | undefined;
  try {
    text = JSON.stringify(response);
  } catch (error) {
    // Longer than a string can be.
    if (!(error instanceof RangeError)) throw error;
  }
  return text === undefined || text.length > left ? undefined : text;
}

/** Waits until what is to be answered is safe. @returns the answer that goes out instead if it cannot be made so */
async function settleFailure({ session }: AnswerOptions): Promise<string | undefined> {
  try {
    const settled = session.settle();
    if (settled !== undefined) await settled;
    return undefined;
  } catch (error) {
    return JSON.stringify({ jsonrpc: "2.0", id: null, error: toErrorObject(error) });
  }
}

/**
 * Answers the text of a JSON-RPC request or batch. The requests of a batch are carried out in order; once the answers have reached the limit,
 * the rest is refused without being carried out.
 * @param text what a client sent
 * @param options who asks, and within which limits
 * @returns the text of the response; `undefined` if there is nothing to answer (only notifications)
 */
export async function answerText(text: string, options: AnswerOptions): Promise<string | undefined> {
  const { batch: mostRequests, response: mostCharacters } = options.limits ?? PROCESS_LIMITS;
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch (error) {
    return JSON.stringify(
      refusal(rpcErrorCodes.parseError, `Parse error: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
  if (!Array.isArray(payload)) {
    const response = await answerOne(payload, options);
    const unsafe = await settleFailure(options);
    if (unsafe !== undefined) return unsafe;
    if (response === undefined) return undefined;
    return write(response, mostCharacters) ?? JSON.stringify(tooLarge(response.id, mostCharacters));
  }
  if (payload.length === 0)
    return JSON.stringify(refusal(rpcErrorCodes.invalidRequest, "Invalid request: the batch is empty"));
  if (payload.length > mostRequests) {
    const error = limitExceeded("batch", mostRequests, `a batch holds at most ${mostRequests} requests; send several`);
    return JSON.stringify({ jsonrpc: "2.0", id: null, error: toErrorObject(error) });
  }
  const { raws, places } = rawTransactionsOf(payload);
  const recovered = recoverSendersAhead(raws);
  let position = 0;
  let known: Promise<void> | undefined;
  const written: string[] = [];
  let left = mostCharacters;
  for (const [place, request] of payload.entries()) {
    if (places[position] === place) {
      const part = recovered(position++);
      // Most are of the part that was waited for last.
      if (part !== known) await part;
      known = part;
    }
    if (left <= 0) {
      const id = idOf(asRecord(request)?.id);
      if (id !== undefined) written.push(JSON.stringify(tooLarge(id, mostCharacters)));
      continue;
    }
    const response = await answerOne(request, options);
    if (response === undefined) continue;
    const answer = write(response, left);
    written.push(answer ?? JSON.stringify(tooLarge(response.id, mostCharacters)));
    left = answer === undefined ? 0 : left - answer.length;
  }
  const unsafe = await settleFailure(options);
  if (unsafe !== undefined) return unsafe;
  return written.length === 0 ? undefined : `[${written.join(",")}]`;
}
