/** Pointer into the linear memory of a machine; 0 is none. */
export type Pointer = number;

/** An exported 32-bit figure: a constant, or one that the machine changes. */
export interface ExportedNumber {
  readonly value: number;
}

/** The state tables of a machine, as `assembly/state-exports.ts` gives them. Words and addresses go by pointer. */
export interface StateExports {
  readonly memory: WebAssembly.Memory;
  /** Eight words for what is passed by pointer. */
  readonly scratch: ExportedNumber;
  /** Ten secret 64-bit factors of the hash, written before the first use. */
  readonly hashKeys: ExportedNumber;
  /** Number of the present transaction. */
  readonly stamp: ExportedNumber;

  setBase(present: number): void;
  beginTransaction(): void;
  checkpoint(): number;
  revertTo(mark: number): void;
  truncateJournal(): void;

  lookUpAccount(address: Pointer): Pointer;
  findAccount(address: Pointer): Pointer;
  openAccount(address: Pointer): Pointer;
  isEmptyAccount(account: Pointer): number;
  hasStorage(account: Pointer): number;
  setBalance(account: Pointer, balance: Pointer): void;
  setNonce(account: Pointer, nonce: bigint): void;
  setCodeHash(account: Pointer, codeHash: Pointer): void;
  clearStorage(account: Pointer): void;
  deleteAccount(account: Pointer): void;
  warmAccount(account: Pointer): void;

  lookUpSlot(account: Pointer, key: Pointer): Pointer;
  openSlot(account: Pointer, key: Pointer): Pointer;
  originalOf(slot: Pointer): Pointer;
  setSlot(slot: Pointer, value: Pointer): void;
  warmSlot(slot: Pointer): void;
  openTransient(account: Pointer, key: Pointer): Pointer;
  peekTransient(account: Pointer, key: Pointer): Pointer;
  setTransient(slot: Pointer, value: Pointer): void;

  firstDirty(): Pointer;
  settle(account: Pointer): void;
  hashAddress(account: Pointer, out: Pointer): void;
  hashSlot(slot: Pointer, out: Pointer): void;

  accountCount(): number;
  slotCount(): number;
  heapSize(): number;
}

/** Offsets in an account's record, as in `assembly/accounts.ts`. */
export const ACCOUNT = {
  address: 0,
  balance: 32,
  codeHash: 64,
  nonce: 96,
  warm: 108,
  firstSlot: 124,
  incarnation: 152,
  flags: 156,
} as const;

/** Flag of an account: its storage was cleared since the last root. */
export const STORAGE_RESET = 1;

/** Offsets in a slot's record, as in `assembly/slots.ts`. */
export const SLOT = { key: 0, value: 32, warm: 100, incarnation: 108, nextSlot: 124 } as const;
