import { toHex } from "../../../chain/src/codec/hex.ts";
import type { Transaction } from "../../../chain/src/types.ts";
import { asHex, asInteger, asList, asObject, asText, type JsonObject, type Place } from "../json.ts";

/**
 * Compares a decoded transaction with the fields that its test gives beside the bytes.
 * @returns what differs; `undefined` if nothing does
 */
export function describeDifference(
  transaction: Transaction,
  fields: JsonObject,
  post: JsonObject,
  place: Place,
): string | undefined {
  const here = `${place}: transaction`;
  const indexes = asObject(post.indexes, `${place}.indexes`);
  const chosen = (list: string, index: string): unknown =>
    asList(fields[list], `${here}.${list}`)[Number(indexes[index])];
  const optional = (field: string, or: bigint): bigint =>
    fields[field] === undefined ? or : asInteger(fields[field], `${here}.${field}`);
  const price = optional("gasPrice", 0n);
  const to = asText(fields.to, `${here}.to`);
  const lists = fields.accessLists === undefined ? [] : chosen("accessLists", "data");
  const expected = {
    to: to === "" ? undefined : asHex(to, `${here}.to`),
    nonce: asInteger(fields.nonce, `${here}.nonce`),
    gasLimit: asInteger(chosen("gasLimit", "gas"), `${here}.gasLimit`),
    value: asInteger(chosen("value", "value"), `${here}.value`),
    data: asHex(chosen("data", "data"), `${here}.data`),
    maxFeePerGas: optional("maxFeePerGas", price),
    maxPriorityFeePerGas: optional("maxPriorityFeePerGas", price),
    accessList: accessListText(lists ?? [], here),
    blobs: [optional("maxFeePerBlobGas", 0n), ...hashes(fields.blobVersionedHashes, here)].join(" "),
    sender: fields.sender === undefined ? transaction.from : asHex(fields.sender, `${here}.sender`),
  };
  const actual: typeof expected = {
    to: transaction.to,
    nonce: transaction.nonce,
    gasLimit: transaction.gasLimit,
    value: transaction.value,
    data: toHex(transaction.data),
    maxFeePerGas: transaction.maxFeePerGas,
    maxPriorityFeePerGas: transaction.maxPriorityFeePerGas,
    accessList: transaction.accessList.map(entryText).join(" "),
    blobs: [transaction.maxFeePerBlobGas ?? 0n, ...(transaction.blobHashes ?? [])].join(" "),
    sender: transaction.from,
  };
  const wrong = (Object.keys(expected) as (keyof typeof expected)[]).filter(
    (field) => actual[field] !== expected[field],
  );
  if (wrong.length === 0) return undefined;
  return wrong.map((field) => `${field} of txbytes is ${actual[field]}, expected ${expected[field]}`).join("; ");
}

function accessListText(list: unknown, place: Place): string {
  const entries = asList(list, `${place}.accessLists`).map((item) => {
    const entry = asObject(item, `${place}.accessLists`);
    return entryText({
      address: asHex(entry.address, `${place}.accessLists`),
      storageKeys: asList(entry.storageKeys, `${place}.accessLists`).map((key) => asHex(key, `${place}.accessLists`)),
    });
  });
  return entries.join(" ");
}

function entryText({ address, storageKeys }: { readonly address: string; readonly storageKeys: readonly string[] }) {
  return `${address}:${storageKeys.map((key) => BigInt(key).toString(16)).join(",")}`;
}

function hashes(list: unknown, place: Place): string[] {
  if (list === undefined) return [];
  return asList(list, place).map((hash) => asHex(hash, `${place}.blobVersionedHashes`));
}
