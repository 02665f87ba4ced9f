/** Pointer into the linear memory of a machine; 0 is none, and one beyond 2 GiB may come as a negative number. */
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
  /** Whether the trie holds only what differs from the state below. */
  setLayer(value: number): void;
  beginTransaction(): void;
  checkpoint(): number;
  revertTo(mark: number): void;
  /** The same for who also takes the trie of that moment back: nothing is dirty then. */
  restoreTo(mark: number): void;
  truncateJournal(): void;
  /** Forgets everything that the tables hold. */
  wipe(): void;

  lookUpAccount(address: Pointer): Pointer;
  findAccount(address: Pointer): Pointer;
  openAccount(address: Pointer): Pointer;
  hasCode(account: Pointer): number;
  isEmptyAccount(account: Pointer): number;
  hasStorage(account: Pointer): number;
  setBalance(account: Pointer, balance: Pointer): void;
  setNonce(account: Pointer, nonce: bigint): void;
  setCodeHash(account: Pointer, codeHash: Pointer): void;
  clearStorage(account: Pointer): void;
  deleteAccount(account: Pointer): void;
  warmAccount(account: Pointer): void;
  warmFirst(last: number): void;

  lookUpSlot(account: Pointer, key: Pointer): Pointer;
  openSlot(account: Pointer, key: Pointer): Pointer;
  /** The same for who will not look at the value: what lies below is not asked for. */
  openSlotUnread(account: Pointer, key: Pointer): Pointer;
  originalOf(slot: Pointer): Pointer;
  setSlot(slot: Pointer, value: Pointer): void;
  warmSlot(slot: Pointer): void;
  openTransient(account: Pointer, key: Pointer): Pointer;
  peekTransient(account: Pointer, key: Pointer): Pointer;
  setTransient(slot: Pointer, value: Pointer): void;

  /** Carries all that is dirty over into the trie with this root. Returns the new root; 0 is the trie without keys. */
  commitState(root: Pointer): Pointer;
  nodeMark(): Pointer;
  /** Forgets all trie nodes made since the mark. */
  dropNodes(mark: Pointer): void;
  /** The leaf under a key of 32 bytes; 0 if there is none. */
  trieGet(root: Pointer, key: Pointer): Pointer;
  /** Writes a root's hash, 32 bytes. */
  trieHash(root: Pointer, out: Pointer): void;
  /** Makes the RLP of a node that hangs at a depth, at {@link encodedAt}. Returns its size. */
  encodeNode(node: Pointer, depth: number): number;
  readonly encodedAt: ExportedNumber;
  /** The next node on the way to a key, 0 if it ends; it hangs at {@link nextDepth}. */
  trieNext(node: Pointer, key: Pointer, depth: number): Pointer;
  readonly nextDepth: ExportedNumber;

  /** Number of buckets that the accounts are in. */
  accountBuckets(): number;
  /** First account of a bucket, 0 if it is empty; each leads to the next by {@link NEXT_RECORD}. */
  firstAccountOf(bucket: number): Pointer;
  /** Number of buckets that the slots are in, of all accounts and transient ones too. */
  slotBuckets(): number;
  firstSlotOf(bucket: number): Pointer;

  /** Begins to write down what commits change: see `assembly/changes.ts`. */
  recordChanges(): void;
  /** Makes so many bytes of it usable, and ends behind them. */
  resizeChanges(size: number): void;
  readonly changesAt: ExportedNumber;
  readonly changesSize: ExportedNumber;

  accountCount(): number;
  slotCount(): number;
  /** Bytes in use, modulo 2^32 and signed. */
  heapSize(): number;
  /** Cuts a block of memory off; its content is arbitrary. */
  allocateBlock(size: number): Pointer;
}

/** Offset of the pointer to the next record of the bucket, in an account's and in a slot's record. */
export const NEXT_RECORD = 112;

/** Offsets in an account's record, as in `assembly/accounts.ts`. */
export const ACCOUNT = { address: 0, balance: 32, codeHash: 64, nonce: 96, warm: 108, incarnation: 152 } as const;

/** Offsets in a slot's record, as in `assembly/slots.ts`. */
export const SLOT = { key: 0, value: 32, account: 96, warm: 100, incarnation: 108 } as const;

/** Offsets in a leaf of the trie of accounts, as in `assembly/trie-nodes.ts`. */
export const ACCOUNT_LEAF = { isWhole: 2, storage: 68, nonce: 72, balance: 80, codeHash: 112 } as const;

/** Offsets in a leaf of a storage trie. The size is a byte; the value is big-endian without leading zeros. */
export const SLOT_LEAF = { size: 2, value: 68 } as const;
