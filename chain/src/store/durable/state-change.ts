import { bigIntToBytes, bytesToBigInt, EMPTY_BYTES, toHex } from "../../codec/hex.ts";
import { EMPTY_CODE_HASH } from "../../state/account-leaf.ts";
import type { AccountFields } from "../../state/state-reader.ts";
import type { Address, Hash } from "../../types.ts";

/**
 * The state as rows: an account (1, address), a slot (2, address, incarnation, slot), an incarnation (3, address). An account whose storage was
 * forgotten as a whole has a new incarnation, so that no slot has to be looked for. No value is no row.
 */
export interface StateChange {
  readonly key: Buffer;
  readonly old: Uint8Array;
  value: Uint8Array;
}

/** Changes by their key as text, one byte a character. */
export type StateChanges = ReadonlyMap<string, StateChange>;

/** The incarnation of an account; 0 for most. */
export type IncarnationReader = (address: Buffer) => number;

/** First byte of a key. */
export const ROW = { account: 1, slot: 2, incarnation: 3 } as const;

// As `engine/machine/assembly/changes.ts` writes it.
const ENTRY = { account: 1, slot: 2, reset: 3 } as const;
const OLD_FLAG = 4;
const NEW_FLAG = 5;
const OLD_NONCE = 8;
const NEW_NONCE = 16;
const ADDRESS = 24;
const FIELDS = 48;
const ACCOUNT_SIZE = 176;
const SLOT_SIZE = 144;
const RESET_SIZE = 48;

/** What a state wrote down, one change per key: the value before the first, the value after the last. */
export function readChanges(log: Uint8Array, incarnationOf: IncarnationReader): Map<string, StateChange> {
  const changes = new Map<string, StateChange>();
  const renewed = new Map<string, number>();
  const bytes = Buffer.from(log.buffer, log.byteOffset, log.length);

  function note(key: Buffer, old: Uint8Array, value: Uint8Array): void {
    const name = key.toString("latin1");
    const known = changes.get(name);
    if (known === undefined) changes.set(name, { key, old, value });
    else known.value = value;
  }

  for (let at = 0; at < bytes.length; ) {
    const kind = bytes[at];
    const address = bytes.subarray(at + ADDRESS, at + ADDRESS + 20);
    if (kind === ENTRY.account) {
      note(
        accountKey(address),
        packEntry(bytes, at, OLD_FLAG, OLD_NONCE, 0),
        packEntry(bytes, at, NEW_FLAG, NEW_NONCE, 1),
      );
      at += ACCOUNT_SIZE;
      continue;
    }
    const name = address.toString("latin1");
    const incarnation = renewed.get(name) ?? incarnationOf(address);
    if (kind === ENTRY.reset) {
      note(incarnationKey(address), packIncarnation(incarnation), packIncarnation(incarnation + 1));
      renewed.set(name, incarnation + 1);
      at += RESET_SIZE;
      continue;
    }
    const fields = at + FIELDS;
    const old = fields + 32;
    const value = fields + 64;
    note(
      slotKey(address, incarnation, bytes.subarray(fields, fields + 32)),
      bytes.subarray(old, old + (bytes[at + OLD_FLAG] ?? 0)),
      bytes.subarray(value, value + (bytes[at + NEW_FLAG] ?? 0)),
    );
    at += SLOT_SIZE;
  }
  return changes;
}

function packEntry(bytes: Buffer, at: number, flag: number, nonce: number, which: 0 | 1): Uint8Array {
  const balance = at + FIELDS + 32 * which;
  const codeHash = balance + 64;
  let start = balance;
  while (start < balance + 32 && bytes[start] === 0) start++;
  return pack(
    bytes[at + flag] === 1,
    bigIntToBytes(bytes.readBigUInt64LE(at + nonce)),
    bytes.subarray(start, balance + 32),
    isEmptyCode(bytes, codeHash) ? EMPTY_BYTES : bytes.subarray(codeHash, codeHash + 32),
  );
}

const emptyCodeHash = Buffer.from(EMPTY_CODE_HASH.slice(2), "hex");

function isEmptyCode(bytes: Buffer, at: number): boolean {
  return bytes[at] === emptyCodeHash[0] && bytes.compare(emptyCodeHash, 0, 32, at, at + 32) === 0;
}

const HAS_STORAGE = 1;
const HAS_CODE = 2;

function pack(hasStorage: boolean, nonce: Uint8Array, balance: Uint8Array, codeHash: Uint8Array): Uint8Array {
  const flags = (hasStorage ? HAS_STORAGE : 0) | (codeHash.length > 0 ? HAS_CODE : 0) | (nonce.length << 4);
  if (flags === 0 && balance.length === 0) return EMPTY_BYTES;
  const out = Buffer.allocUnsafe(1 + nonce.length + codeHash.length + balance.length);
  out[0] = flags;
  out.set(nonce, 1);
  out.set(codeHash, 1 + nonce.length);
  out.set(balance, 1 + nonce.length + codeHash.length);
  return out;
}

/** An account of a row, `undefined` if there is none. */
export function unpackAccount(value: Uint8Array): AccountFields | undefined {
  const [flags] = value;
  if (flags === undefined) return undefined;
  const afterNonce = 1 + (flags >> 4);
  const hasCode = (flags & HAS_CODE) !== 0;
  const afterCode = afterNonce + (hasCode ? 32 : 0);
  return {
    nonce: bytesToBigInt(value.subarray(1, afterNonce)),
    balance: bytesToBigInt(value.subarray(afterCode)),
    codeHash: hasCode ? toHex(value.subarray(afterNonce, afterCode)) : EMPTY_CODE_HASH,
    hasStorage: (flags & HAS_STORAGE) !== 0,
  };
}

/** Code hash of an account's row, `undefined` if it has no code. */
export function codeHashOf(value: Uint8Array): Hash | undefined {
  const flags = value[0] ?? 0;
  const start = 1 + (flags >> 4);
  return (flags & HAS_CODE) === 0 ? undefined : toHex(value.subarray(start, start + 32));
}

/** Key of an account's row. */
export function accountKey(address: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(21);
  key[0] = ROW.account;
  key.set(address, 1);
  return key;
}

/** Key of a slot's row; without a slot, what the keys of all its slots begin with. */
export function slotKey(address: Uint8Array, incarnation: number, slot: Uint8Array = EMPTY_BYTES): Buffer {
  const key = Buffer.allocUnsafe(25 + slot.length);
  key[0] = ROW.slot;
  key.set(address, 1);
  key.writeUInt32BE(incarnation, 21);
  key.set(slot, 25);
  return key;
}

/** Key of an incarnation's row. */
export function incarnationKey(address: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(21);
  key[0] = ROW.incarnation;
  key.set(address, 1);
  return key;
}

function packIncarnation(incarnation: number): Uint8Array {
  return bigIntToBytes(BigInt(incarnation));
}

/** The incarnation of a row. */
export function unpackIncarnation(value: Uint8Array): number {
  return Number(bytesToBigInt(value));
}

/** The parts of a key. */
export interface StateKey {
  readonly kind: number;
  readonly address: Address;
  readonly incarnation: number;
  readonly slot: Hash;
}

/** Takes a key apart; what its kind does not have is zero or empty. */
export function readKey(key: Buffer): StateKey {
  const kind = key[0] ?? 0;
  const isSlot = kind === ROW.slot;
  return {
    kind,
    address: toHex(key.subarray(1, 21)),
    incarnation: isSlot ? key.readUInt32BE(21) : 0,
    slot: isSlot ? toHex(key.subarray(25)) : "0x",
  };
}

/** Packs changes with one of their two values. */
export function packRows(changes: Iterable<StateChange>, which: "old" | "value"): Buffer {
  const parts: Uint8Array[] = [];
  for (const change of changes) {
    const value = change[which];
    parts.push(Uint8Array.of(change.key.length, value.length), change.key, value);
  }
  return Buffer.concat(parts);
}

/** The rows of {@link packRows}. */
export function* unpackRows(packed: Buffer): Generator<{ readonly key: Buffer; readonly value: Buffer }> {
  for (let at = 0; at < packed.length; ) {
    const start = at + 2;
    const middle = start + (packed[at] ?? 0);
    const end = middle + (packed[at + 1] ?? 0);
    yield { key: packed.subarray(start, middle), value: packed.subarray(middle, end) };
    at = end;
  }
}
