import type { ForkingOptions } from "../options.ts";
import { asRecord, type Decoder, decodeInteger, invalidParam, optional } from "./params.ts";

const ACCEPTS = "{forking: {jsonRpcUrl, blockNumber, httpHeaders}}";

const decodeForking: Decoder<Partial<ForkingOptions> | undefined> = (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, ACCEPTS, value);
  if (record.forking === undefined || record.forking === null) return undefined;
  const forking = asRecord(record.forking);
  if (forking === undefined)
    throw invalidParam(`${name}.forking`, "{jsonRpcUrl, blockNumber, httpHeaders}", record.forking);
  const { jsonRpcUrl, blockNumber, httpHeaders } = forking;
  return {
    ...(isGiven(jsonRpcUrl) ? { url: decodeText(jsonRpcUrl, `${name}.forking.jsonRpcUrl`) } : {}),
    ...(isGiven(blockNumber) ? { blockNumber: decodeInteger(blockNumber, `${name}.forking.blockNumber`) } : {}),
    ...(isGiven(httpHeaders) ? { headers: decodeHeaders(httpHeaders, `${name}.forking.httpHeaders`) } : {}),
  };
};

/** Clients that have no block number to give turn it into "not a number". */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && !Number.isNaN(value);
}

const decodeText: Decoder<string> = (value, name) => {
  if (typeof value !== "string") throw invalidParam(name, "a URL", value);
  return value;
};

const decodeHeaders: Decoder<Record<string, string>> = (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, "names and values of headers", value);
  return Object.fromEntries(Object.entries(record).map(([key, text]) => [key, decodeText(text, `${name}.${key}`)]));
};

/** What `hardhat_reset` takes: which block of another chain to begin with, if any. */
export const resetRequest = optional("options", ACCEPTS, decodeForking, undefined);
