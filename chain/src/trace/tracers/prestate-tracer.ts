import { bytesToWord, EMPTY_BYTES, fromHex, toHex } from "../../codec/hex.ts";
import { contractAddress } from "../../crypto/contract-address.ts";
import { keccak256Hex } from "../../crypto/keccak.ts";
import type { StepView } from "../../engine/tracer.ts";
import { authorityOf } from "../../executor/authorizations.ts";
import { EMPTY_CODE_HASH } from "../../state/account-leaf.ts";
import { delegateIn } from "../../state/delegation.ts";
import type { State } from "../../state/state.ts";
import type { Address, Hash, Hex, Word } from "../../types.ts";
import type { TraceCollector, TraceSubject } from "../collector.ts";
import type { TracerSpec } from "../trace-spec.ts";

type PrestateSpec = Extract<TracerSpec, { kind: "prestateTracer" }>;

/** An account at one moment, with the slots that were touched. */
interface Snapshot {
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array;
  readonly codeHash: Hash;
  readonly storage: ReadonlyMap<Word, Word>;
}

/** How geth writes an account; what is empty is absent. */
interface AccountJson {
  balance?: Hex;
  code?: Hex;
  codeHash?: Hash;
  nonce?: number;
  storage?: Record<Word, Word>;
}

const ZERO_WORD: Word = bytesToWord(EMPTY_BYTES);
const ADDRESS_MASK = 2n ** 160n - 1n;
/** Bytes of JSON that an account takes without its code and storage. */
const ACCOUNT_SIZE = 200;
const SLOT_SIZE = 140;

/** The accounts and slots an execution touches as they were before it, or what it changed about them: geth's `prestateTracer`. */
export function createPrestateTracer(spec: PrestateSpec, subject: TraceSubject): TraceCollector {
  const { execution, context, state, budget } = subject;
  const firstNonce = execution.nonce ?? state.getNonce(execution.from);
  const touched = new Map<Address, Set<Word>>();
  const destroyed = new Set<Address>();
  let after = new Map<Address, Snapshot>();
  let before = new Map<Address, Snapshot>();

  function touch(address: Address): Set<Word> {
    const known = touched.get(address);
    if (known !== undefined) return known;
    budget.charge(ACCOUNT_SIZE);
    const slots = new Set<Word>();
    touched.set(address, slots);
    return slots;
  }

  /** Also the account whose code runs for this one (EIP-7702). */
  function touchWithDelegate(address: Address): void {
    touch(address);
    const delegate = delegateIn(state.getCode(address));
    if (delegate !== undefined) touch(delegate);
  }

  function begin(): void {
    touched.clear();
    destroyed.clear();
    touch(execution.from);
    if (execution.to !== undefined) touchWithDelegate(execution.to);
    else touch(contractAddress(execution.from, firstNonce));
    touch(context.coinbase);
    for (const authorization of execution.authorizationList ?? []) {
      const authority = authorityOf(authorization);
      if (authority !== undefined) touch(authority);
    }
  }
  begin();

  function onStep(step: StepView): void {
    const { opcode } = step;
    if (!isOfInterest(opcode) || step.gasCost > step.gasLeft) return;
    const { stack, address } = step;
    const word = (depth: number): bigint | undefined => stack.at(-depth);
    const first = word(1);
    switch (opcode) {
      case 0x54: // SLOAD
      case 0x55: // SSTORE
        if (first !== undefined && !spec.disableStorage) {
          const slots = touch(address);
          const size = slots.size;
          slots.add(wordOf(first));
          if (slots.size > size) budget.charge(SLOT_SIZE);
        }
        return;
      case 0xff: // SELFDESTRUCT
        destroyed.add(address);
        if (first !== undefined) touch(addressOf(first));
        return;
      case 0x31: // BALANCE
      case 0x3b: // EXTCODESIZE
      case 0x3c: // EXTCODECOPY
      case 0x3f: // EXTCODEHASH
        if (first !== undefined) touch(addressOf(first));
        return;
      case 0xf0: // CREATE
        touch(contractAddress(address, state.getNonce(address)));
        return;
      case 0xf5: {
        // CREATE2 (EIP-1014)
        const [offset, size, salt] = [word(2), word(3), word(4)];
        if (offset === undefined || size === undefined || salt === undefined) return;
        const init = keccak256Hex(paddedSlice(step.memory, Number(offset), Number(size)));
        touch(
          `0x${keccak256Hex(fromHex(`0xff${address.slice(2)}${wordOf(salt).slice(2)}${init.slice(2)}`)).slice(26)}`,
        );
        return;
      }
      default: {
        // CALL, CALLCODE, DELEGATECALL, STATICCALL
        const target = word(2);
        if (target !== undefined && stack.length >= 5) touchWithDelegate(addressOf(target));
      }
    }
  }

  function snapshots(at: State): Map<Address, Snapshot> {
    const found = new Map<Address, Snapshot>();
    for (const [address, slots] of touched) found.set(address, snapshotOf(at, address, slots));
    return found;
  }

  return {
    tracer: { onStep, onRestart: begin },
    comparison: {
      after(at) {
        if (spec.diffMode) after = snapshots(at);
      },
      before(at) {
        before = snapshots(at);
      },
    },
    result() {
      for (const { code } of before.values()) if (!spec.disableCode) budget.charge(2 * code.length);
      return spec.diffMode ? differences(before, after, destroyed, spec) : presence(before, spec);
    },
  };
}

function isOfInterest(opcode: number): boolean {
  return opcode >= 0xf0
    ? opcode !== 0xf3 && opcode !== 0xfd && opcode !== 0xfe
    : opcode === 0x54 || opcode === 0x55 || opcode === 0x31 || opcode === 0x3b || opcode === 0x3c || opcode === 0x3f;
}

function snapshotOf(state: State, address: Address, slots: ReadonlySet<Word>): Snapshot {
  return {
    balance: state.getBalance(address),
    nonce: state.getNonce(address),
    code: state.getCode(address),
    codeHash: state.getCodeHash(address),
    storage: new Map([...slots].map((slot) => [slot, bytesToWord(state.getStorage(address, slot))])),
  };
}

function isEmpty({ balance, nonce, code }: Snapshot): boolean {
  return balance === 0n && nonce === 0n && code.length === 0;
}

function presence(before: ReadonlyMap<Address, Snapshot>, spec: PrestateSpec): Record<Address, AccountJson> {
  const accounts: Record<Address, AccountJson> = {};
  for (const [address, account] of before)
    if (spec.includeEmpty || !isEmpty(account)) accounts[address] = writeAccount(account, account.storage, spec);
  return accounts;
}

function differences(
  before: ReadonlyMap<Address, Snapshot>,
  after: ReadonlyMap<Address, Snapshot>,
  destroyed: ReadonlySet<Address>,
  spec: PrestateSpec,
): { post: Record<Address, AccountJson>; pre: Record<Address, AccountJson> } {
  const pre: Record<Address, AccountJson> = {};
  const post: Record<Address, AccountJson> = {};
  for (const [address, old] of before) {
    const now = after.get(address);
    if (now === undefined) continue;
    if (destroyed.has(address) && isEmpty(now)) {
      if (!isEmpty(old)) pre[address] = writeAccount(old, nonZero(old.storage), spec);
      continue;
    }
    const changed: AccountJson = {};
    if (now.balance !== old.balance) changed.balance = `0x${now.balance.toString(16)}`;
    if (now.nonce !== old.nonce) changed.nonce = Number(now.nonce);
    if (now.codeHash !== old.codeHash) {
      changed.codeHash = now.codeHash;
      if (!spec.disableCode && now.code.length > 0) changed.code = toHex(now.code);
    }
    const slots = [...now.storage].filter(([slot, value]) => old.storage.get(slot) !== value);
    if (Object.keys(changed).length === 0 && slots.length === 0) continue;
    const written = nonZero(new Map(slots));
    if (written.size > 0) changed.storage = Object.fromEntries(written);
    post[address] = changed;
    const overwritten = nonZero(new Map(slots.map(([slot]) => [slot, old.storage.get(slot) ?? ZERO_WORD])));
    if (!isEmpty(old)) pre[address] = writeAccount(old, overwritten, spec);
  }
  return { post, pre };
}

function nonZero(storage: ReadonlyMap<Word, Word>): ReadonlyMap<Word, Word> {
  return new Map([...storage].filter(([, value]) => value !== ZERO_WORD));
}

function writeAccount(
  { balance, nonce, code, codeHash }: Snapshot,
  storage: ReadonlyMap<Word, Word>,
  { disableCode }: PrestateSpec,
): AccountJson {
  return {
    balance: `0x${balance.toString(16)}`,
    ...(code.length === 0 || disableCode ? {} : { code: toHex(code) }),
    ...(codeHash === EMPTY_CODE_HASH ? {} : { codeHash }),
    ...(nonce === 0n ? {} : { nonce: Number(nonce) }),
    ...(storage.size === 0 ? {} : { storage: Object.fromEntries(storage) }),
  };
}

function paddedSlice(memory: Uint8Array, offset: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(memory.subarray(offset, offset + size));
  return bytes;
}

function wordOf(value: bigint): Word {
  return `0x${value.toString(16).padStart(64, "0")}`;
}

function addressOf(word: bigint): Address {
  return `0x${(word & ADDRESS_MASK).toString(16).padStart(40, "0")}`;
}
