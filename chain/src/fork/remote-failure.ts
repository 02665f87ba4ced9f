import { ChainError, type ChainErrorCode } from "../errors.ts";

const codes: ReadonlySet<ChainErrorCode> = new Set([
  "REMOTE_UNREACHABLE",
  "REMOTE_BUSY",
  "REMOTE_REFUSED",
  "REMOTE_STATE_MISSING",
  "REMOTE_MALFORMED",
]);

/** True if the remote node of a fork did not give what was asked: it says nothing about the transaction that needed it. */
export function isRemoteFailure(error: unknown): boolean {
  return error instanceof ChainError && codes.has(error.code);
}

/** A URL as it may be shown and logged: without user, password, path and query, where keys of providers stand. */
export function showUrl(url: string): string {
  if (!URL.canParse(url)) return "(not a URL)";
  const { protocol, host, pathname, search } = new URL(url);
  return `${protocol}//${host}${pathname.length > 1 || search !== "" ? "/…" : ""}`;
}

/** How nodes say that they no longer have the state of a block. */
const PRUNED =
  /missing trie node|header not found|state (?:is )?not available|historical state|archive|pruned|state histories|no state found/i;

/** The error for a request that the remote node refused. */
export function refusalOf(url: string, method: string, answer: { code?: unknown; message?: unknown }): ChainError {
  const message = String(answer.message ?? "no reason given");
  const details = { url, method, remoteCode: answer.code, remoteMessage: message };
  if (PRUNED.test(message)) {
    return new ChainError(
      "REMOTE_STATE_MISSING",
      `${url} does not have the state of that block any more (${method}: ${message}). Fork from an archive node, or at a newer block`,
      details,
    );
  }
  return new ChainError("REMOTE_REFUSED", `${url} refused ${method}: ${message}`, details);
}

/** The error for an answer that makes no sense. */
export function malformed(url: string, method: string, what: string): ChainError {
  return new ChainError(
    "REMOTE_MALFORMED",
    `${url} answered ${method} with ${what}. Check that the URL is that of an Ethereum JSON-RPC endpoint`,
    { url, method, what },
  );
}
