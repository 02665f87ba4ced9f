import { isIP } from "node:net";

/** From where a server may be asked. */
export interface AccessOptions {
  /** Origins of web pages that may ask, as `https://app.example`; `*` lets every page. Pages of this machine may always. */
  readonly corsOrigins: readonly string[];
  /** Names under which clients may reach the server; `*` lets every name. Addresses and `localhost` are always let. */
  readonly allowedHosts: readonly string[];
}

/** Whether an address is one that only this machine reaches. */
export function isLoopback(address: string): boolean {
  const plain = address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
  return plain === "::1" || plain === "localhost" || (isIP(plain) === 4 && plain.startsWith("127."));
}

/** A host name out of `name`, `name:port` or `[address]:port`. */
function nameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(host);
  return (bracketed?.[1] ?? host.replace(/:\d+$/, "")).toLowerCase();
}

/**
 * Whether a request's `Host` is one that this server goes by. A web page whose name was made to point here after it was loaded (DNS
 * rebinding) betrays itself by that name.
 */
export function isHostAllowed(host: string | undefined, { allowedHosts }: AccessOptions): boolean {
  if (host === undefined || allowedHosts.includes("*")) return true;
  const name = nameOf(host);
  if (isIP(name) !== 0 || name === "localhost" || name.endsWith(".localhost")) return true;
  return allowedHosts.some((allowed) => allowed.toLowerCase() === name);
}

/** Whether a page of an origin may ask. Programs that are no browsers name none, and may. */
export function isOriginAllowed(origin: string | undefined, { corsOrigins }: AccessOptions): boolean {
  if (origin === undefined || corsOrigins.includes("*") || corsOrigins.includes(origin)) return true;
  let url: URL;
  try {
    url = new URL(origin);
  } catch {
    return false;
  }
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  return isWeb && isLoopback(url.hostname.replace(/^\[|\]$/g, ""));
}

/** The answer's headers for a page of an origin that may ask. */
export function corsHeadersFor(origin: string | undefined): Record<string, string> {
  if (origin === undefined) return {};
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Methods": "POST, GET, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",
    Vary: "Origin",
  };
}
