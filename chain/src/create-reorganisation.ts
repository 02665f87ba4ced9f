import type { SealedBlock } from "./builder/build-block.ts";
import type { Miner } from "./builder/miner.ts";
import { EMPTY_BYTES, toHex } from "./codec/hex.ts";
import { ChainError } from "./errors.ts";
import { executionOf } from "./executor/executor.ts";
import { type Touched, touch, touchedIn } from "./executor/touched.ts";
import { environmentOf, type Ledger, type LedgerSnapshot } from "./ledger.ts";
import { openTransaction } from "./pool/open-raw.ts";
import type { BranchTransaction, ChainReorganisation } from "./reorganisation.ts";
import { accountsRoot, EMPTY_CODE_HASH } from "./state/account-leaf.ts";
import { dumpAccounts } from "./state/dump-accounts.ts";
import { createState, type State } from "./state/state.ts";
import { createTrieReader } from "./state/state-reader.ts";
import type { Address, Awaitable, Block, Transaction, TransactionRequest, Word } from "./types.ts";

/** What reorganisations work with. */
export interface ReorganisationModules {
  readonly ledger: Ledger;
  readonly miner: Miner;
  readonly snapshots: Map<bigint, LedgerSnapshot>;
  /** Completes and signs a request. @throws ChainError `ACCOUNT_UNKNOWN` and others */
  seal(request: TransactionRequest): Transaction;
  /** Waits for its turn among the orders of the chain. */
  order<T>(work: () => Awaitable<T>): Awaitable<T>;
}

/** What an account becomes. */
interface Wanted {
  readonly address: Address;
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array | undefined;
  readonly slots: readonly (readonly [Word, Uint8Array])[];
}

/** Makes the reorganisations of a chain. */
export function createReorganisation(modules: ReorganisationModules): ChainReorganisation {
  const { ledger, miner, snapshots, seal, order } = modules;
  const { state, store, pool, rules, executor } = ledger;
  const head = (): bigint => store.head().block.header.number;

  function targetOf(depth: bigint): SealedBlock {
    const least = ledger.past?.last.block.header.number ?? 0n;
    const height = head() - depth;
    const target = height < least ? undefined : store.byNumber(height);
    if (target !== undefined) return target;
    throw new ChainError(
      "ROLLBACK_TOO_DEEP",
      `${depth} blocks cannot be taken away: ${head() - least} were made here`,
      { depth, most: head() - least },
    );
  }

  /** Sets the state to what a block left, as far as it is known what to look for. @returns whether that was all */
  function returnTo(target: SealedBlock, touched: Touched): boolean {
    for (const [address, { storage }] of dumpAccounts(state)) {
      const slots = touch(touched, address);
      for (const slot of storage.keys()) slots.add(slot);
    }
    // All is read before anything is set: a page that is missing, or a store that reads what is set, finds the state as it was.
    const wanted = [...touched].map(([address, slots]) => read(target, state, address, slots));
    const before = state.snapshot();
    try {
      for (const account of wanted) write(state, account);
      // The root of a fork's block covers what differs from the other chain, in the form it has: it says nothing here.
      if (ledger.past !== undefined || toHex(accountsRoot(state.root())) === target.block.header.stateRoot) return true;
    } catch (error) {
      state.restore(before);
      throw error;
    } finally {
      state.release(before);
    }
    state.restore(before);
    return false;
  }

  async function rollBackTo(target: SealedBlock): Promise<void> {
    const { number } = target.block.header;
    if (number < head()) {
      const touched = await touchedIn(ledger, store.kept(number + 1n, head()));
      // An account that ended since, with slots from long ago, is known to the blocks of long ago.
      if (!returnTo(target, touched) && !returnTo(target, await touchedIn(ledger, store.kept(0n, head()), touched))) {
        throw new ChainError(
          "ROLLBACK_STATE_LOST",
          `The state of block ${number} cannot be found again: something was set without a transaction and taken away since. Take evm_snapshot before and evm_revert after`,
          { block: number },
        );
      }
    }
    store.truncate(number);
    // Nothing of this is a change that the next block makes.
    state.seal();
    for (const [id, snapshot] of snapshots) {
      if (snapshot.head <= number) continue;
      snapshots.delete(id);
      state.release(snapshot.state);
    }
  }

  async function open(given: TransactionRequest | Uint8Array): Promise<Transaction | TransactionRequest> {
    if (!(given instanceof Uint8Array)) return given;
    const { transaction, sidecar } = await openTransaction(given, rules, ledger.chainId);
    ledger.blobs.keep(transaction.blobHashes ?? [], sidecar?.blobs ?? []);
    return transaction;
  }

  /** Runs the transactions on the branch for a trial, and gives the requests among them nonce and signature. */
  async function tryOut(target: SealedBlock, given: readonly BranchTransaction[]): Promise<Map<number, Transaction[]>> {
    const blocks = new Map<number, Transaction[]>();
    const { codes } = state;
    const branch = createState({ base: createTrieReader(target.after, codes), codes });
    try {
      const context = environmentOf(ledger, target);
      const baseFeePerGas = rules.hasBaseFee ? rules.nextBaseFee(target.block.header) : 0n;
      for (const { transaction: one, block } of [...given].sort((a, b) => a.block - b.block)) {
        const opened = await open(one);
        // Those of one block share its gas.
        const share = ledger.knobs.blockGasLimit / BigInt(given.filter((other) => other.block === block).length);
        const most = rules.maxTransactionGas ?? share;
        const gasLimit = opened.gasLimit ?? (share < most ? share : most);
        const transaction =
          "hash" in opened
            ? opened
            : seal({ ...opened, nonce: opened.nonce ?? branch.getNonce(opened.from), gasLimit });
        await executor.execute(branch, executionOf(transaction), {
          ...context,
          // What the fees of later blocks will be is found out when they are made.
          baseFeePerGas: block === 0 ? baseFeePerGas : 0n,
        });
        blocks.set(block, [...(blocks.get(block) ?? []), transaction]);
      }
    } finally {
      branch.close();
    }
    return blocks;
  }

  return {
    rollback: async (depth) =>
      order(async () => {
        const target = targetOf(depth);
        await rollBackTo(target);
        return target.block;
      }),

    reorganise: async (depth, transactions) =>
      order(async () => {
        const target = targetOf(depth);
        const branch = await tryOut(target, transactions);
        await rollBackTo(target);
        const waiting = pool.snapshot();
        const made: Block[] = [];
        const leftOut: Transaction[] = [];
        try {
          for (let index = 0; index < Number(depth); index++) {
            pool.restore(branch.get(index) ?? []);
            made.push((await miner.mineOne()).block);
            const mined = new Set(made.at(-1)?.transactions);
            leftOut.push(...(branch.get(index) ?? []).filter((transaction) => !mined.has(transaction)));
          }
        } finally {
          pool.restore(waiting);
          pool.prune((address) => state.getNonce(address));
        }
        const [first] = leftOut;
        if (first !== undefined) {
          throw new ChainError("TX_UNDERPRICED", `The branch was made, but no block of it took ${first.hash}`, {
            hash: first.hash,
          });
        }
        return made;
      }),
  };
}

/** What an account was after a block. */
function read({ after }: SealedBlock, { codes, getCodeHash }: State, address: Address, slots: Iterable<Word>): Wanted {
  const reader = createTrieReader(after, codes);
  const { balance = 0n, nonce = 0n, codeHash = EMPTY_CODE_HASH } = reader.account(address) ?? {};
  const isOther = getCodeHash(address) !== codeHash;
  return {
    address,
    balance,
    nonce,
    code: !isOther ? undefined : codeHash === EMPTY_CODE_HASH ? EMPTY_BYTES : reader.code(codeHash),
    slots: [...slots].map((slot) => [slot, reader.storage(address, slot)]),
  };
}

/** Sets what differs, slot by slot: an account that is emptied as a whole would begin another life. */
function write(state: State, { address, balance, nonce, code, slots }: Wanted): void {
  for (const [slot, value] of slots)
    if (toHex(state.getStorage(address, slot)) !== toHex(value)) state.setStorage(address, slot, value);
  if (state.getBalance(address) !== balance) state.setBalance(address, balance);
  if (state.getNonce(address) !== nonce) state.setNonce(address, nonce);
  if (code !== undefined) state.setCode(address, code);
}
