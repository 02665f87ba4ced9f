import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { toHex } from "../codec/hex.ts";
import type { AccountDump } from "../state/dump-accounts.ts";
import type { Address, Hex, Word } from "../types.ts";
import { quantity, wordOf } from "./hex.ts";
import {
  asRecord,
  decodeAddress,
  decodeData,
  decodeInteger,
  decodeInteger64,
  decodeSlot,
  invalidParam,
} from "./params.ts";

/** Largest state that is unpacked, bytes: gzip makes a thousand bytes out of one. */
const MOST_BYTES = 512 * 1024 * 1024;

/**
 * Packs accounts as Anvil's `anvil_dumpState` does: JSON, gzip, hex.
 * @param accounts the accounts
 * @param head number of the block they are the state after
 */
export async function packState(accounts: ReadonlyMap<Address, AccountDump>, head: bigint): Promise<Hex> {
  const described = [...accounts].map(([address, { balance, nonce, code, storage }]) => [
    address,
    { nonce: Number(nonce), balance: quantity(balance), code: toHex(code), storage: Object.fromEntries(storage) },
  ]);
  const text = JSON.stringify({ best_block_number: quantity(head), accounts: Object.fromEntries(described) });
  return toHex(await promisify(gzip)(text));
}

/**
 * Unpacks accounts that `anvil_dumpState` packed, here or there.
 * @throws RpcError -32602 naming what is wrong
 */
export async function unpackState(packed: Uint8Array, name: string): Promise<ReadonlyMap<Address, AccountDump>> {
  const accounts = asRecord(asRecord(await readJson(packed, name))?.accounts);
  if (accounts === undefined) throw invalidParam(`${name}.accounts`, "an object of accounts by address", undefined);
  const found = new Map<Address, AccountDump>();
  for (const [key, value] of Object.entries(accounts)) {
    const at = `${name}.accounts.${key}`;
    const account = asRecord(value);
    if (account === undefined) throw invalidParam(at, "{nonce, balance, code, storage}", value);
    const storage = new Map<Word, Word>();
    for (const [slot, word] of Object.entries(asRecord(account.storage) ?? {})) {
      storage.set(decodeSlot(slot, `${at}.storage`), wordOf(decodeSlot(word, `${at}.storage.${slot}`)));
    }
    found.set(decodeAddress(key, `${name}.accounts`), {
      balance: decodeInteger(account.balance ?? 0, `${at}.balance`),
      nonce: decodeInteger64(account.nonce ?? 0, `${at}.nonce`),
      code: decodeData(account.code ?? "0x", `${at}.code`),
      storage,
    });
  }
  return found;
}

async function readJson(packed: Uint8Array, name: string): Promise<unknown> {
  try {
    const isPacked = packed[0] === 0x1f && packed[1] === 0x8b;
    const bytes = isPacked ? await promisify(gunzip)(packed, { maxOutputLength: MOST_BYTES }) : packed;
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw invalidParam(name, `a state that anvil_dumpState packed (${why})`, undefined);
  }
}
