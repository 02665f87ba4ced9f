import type { BlockOverrides, Hash } from "../types.ts";
import type { Param } from "./method.ts";
import {
  asRecord,
  type Decoder,
  decodeAddress,
  decodeHash,
  decodeInteger,
  decodeQuantity,
  decodeSlot,
  invalidParam,
  optional,
} from "./params.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const accepts =
  "an object {number, time, gasLimit, feeRecipient, prevRandao, baseFeePerGas, blobBaseFee, blockHash: {number: hash}}";

/** Other names of the same fields: geth's old ones, and those of headers. */
const aliases: Readonly<Record<string, string>> = {
  timestamp: "time",
  coinbase: "feeRecipient",
  miner: "feeRecipient",
  random: "prevRandao",
  mixHash: "prevRandao",
  baseFee: "baseFeePerGas",
};

function decodeHashes(value: unknown, name: string): Map<bigint, Hash> {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, "an object of block numbers and hashes", value);
  return new Map(
    Object.entries(record).map(([number, hash]) => [
      /^\d+$/.test(number) ? BigInt(number) : decodeInteger(number, name),
      decodeHash(hash, `${name}.${number}`),
    ]),
  );
}

/** Reads the fields of a block that a call is to see otherwise than they are. */
export const decodeBlockOverrides: Decoder<BlockOverrides> = (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, accepts, value);
  const overrides: Mutable<BlockOverrides> = {};
  for (const [given, field] of Object.entries(record)) {
    if (field === undefined || field === null) continue;
    const at = `${name}.${given}`;
    switch (aliases[given] ?? given) {
      case "number":
        overrides.number = decodeQuantity(field, at);
        break;
      case "time":
        overrides.timestamp = decodeQuantity(field, at);
        break;
      case "gasLimit":
        overrides.gasLimit = decodeQuantity(field, at);
        break;
      case "feeRecipient":
        overrides.coinbase = decodeAddress(field, at);
        break;
      case "prevRandao":
        overrides.prevRandao = decodeSlot(field, at);
        break;
      case "baseFeePerGas":
        overrides.baseFeePerGas = decodeQuantity(field, at);
        break;
      case "blobBaseFee":
        overrides.blobBaseFee = decodeQuantity(field, at);
        break;
      case "blockHash":
        overrides.blockHashes = decodeHashes(field, at);
        break;
      case "difficulty":
        // Without meaning since the merge, as in geth.
        decodeQuantity(field, at);
        break;
      default:
        throw invalidParam(at, `absent: it must be one of the fields of ${accepts}`, field);
    }
  }
  return overrides;
};

/** Block overrides of `eth_call`. */
export const blockOverrides: Param<BlockOverrides | undefined> = optional(
  "blockOverrides",
  accepts,
  decodeBlockOverrides,
  undefined,
);
