import { fromHex } from "../codec/hex.ts";
import { recoverSenders } from "../pool/recover-senders.ts";
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
  /** Absent if it succeeded. */
  readonly error?: JsonRpcErrorObject;
}

/** What becomes of every answered request. */
export type RecordRequest = (record: RequestRecord) => void;

function refusal(code: number, message: string, id: number | string | null = null): JsonRpcResponse {
  return { jsonrpc: "2.0", id, error: { code, message } };
}

function idOf(value: unknown): number | string | null | undefined {
  return typeof value === "number" || typeof value === "string" || value === null ? value : undefined;
}

async function answerOne(
  value: unknown,
  session: RpcSession,
  record: RecordRequest,
): Promise<JsonRpcResponse | undefined> {
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
  try {
    const result = await session.request(method, request.params);
    record({ method });
    // A request without an id is a notification: it is carried out and not answered.
    return id === undefined ? undefined : { jsonrpc: "2.0", id, result: result ?? null };
  } catch (error) {
    const object = toErrorObject(error);
    record({ method, error: object });
    return id === undefined ? undefined : { jsonrpc: "2.0", id, error: object };
  }
}

/** The signed transactions that a batch submits. What is none is refused when its turn comes. */
function rawTransactionsOf(batch: readonly unknown[]): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const value of batch) {
    const request = asRecord(value);
    if (request?.method !== "eth_sendRawTransaction" && request?.method !== "eth_sendRawTransactionSync") continue;
    const raw: unknown = Array.isArray(request.params) ? request.params[0] : undefined;
    if (isData(raw)) found.push(fromHex(raw));
  }
  return found;
}

/**
 * Answers the text of a JSON-RPC request or batch. The requests of a batch are carried out in order.
 * @param text what a client sent
 * @param session who asks
 * @param record told of each request
 * @returns the text of the response; `undefined` if there is nothing to answer (only notifications)
 */
export async function answerText(
  text: string,
  session: RpcSession,
  record: RecordRequest,
): Promise<string | undefined> {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch (error) {
    return JSON.stringify(
      refusal(rpcErrorCodes.parseError, `Parse error: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
  if (!Array.isArray(payload)) {
    const response = await answerOne(payload, session, record);
    await session.settle();
    return response === undefined ? undefined : JSON.stringify(response);
  }
  if (payload.length === 0)
    return JSON.stringify(refusal(rpcErrorCodes.invalidRequest, "Invalid request: the batch is empty"));
  await recoverSenders(rawTransactionsOf(payload));
  const responses: JsonRpcResponse[] = [];
  for (const request of payload) {
    const response = await answerOne(request, session, record);
    if (response !== undefined) responses.push(response);
  }
  await session.settle();
  return responses.length === 0 ? undefined : JSON.stringify(responses);
}
