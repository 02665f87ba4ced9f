import { blockSize, encodeHeader } from "../../builder/block-codec.ts";
import { type BuildResult, buildBlock, type SealedBlock } from "../../builder/build-block.ts";
import { EMPTY_BYTES, toHex } from "../../codec/hex.ts";
import { createEngine } from "../../engine/create-engine.ts";
import { ChainError } from "../../errors.ts";
import { createExecutor } from "../../executor/executor.ts";
import { environmentOf } from "../../ledger.ts";
import { createEthereumRules } from "../../rules/ethereum.ts";
import { CHAIN_FORKS, type ChainFork } from "../../rules/fork.ts";
import { accountsRoot } from "../../state/account-leaf.ts";
import { createState, type State } from "../../state/state.ts";
import type { Block, BlockHeader, Hash, Transaction } from "../../types.ts";
import { applyRows, type StateRow } from "./apply-rows.ts";
import type { StoredSettings } from "./settings.ts";

/** A block with all that it takes to execute it again. */
export interface ReplayBlock {
  readonly header: BlockHeader;
  readonly hash: Hash;
  readonly transactions: readonly Transaction[];
  /** What was set by hand before it; of block 0: the whole state. */
  readonly edits: readonly StateRow[];
  /** Codes that the edits name. */
  readonly codes: ReadonlyMap<Hash, Uint8Array>;
}

/** Executes blocks again, from block 0 on, and compares all that they claim. */
export interface Replay {
  readonly state: State;
  /** @throws ChainError `REPLAY_DIFFERENCE` with the block's number, the field, what it claims and what it should be */
  next(block: ReplayBlock): Promise<SealedBlock>;
}

const PARENTS = 256n;

/**
 * Makes an empty replay of a chain with some settings.
 * @throws ChainError `OPTION_INVALID` for settings of no chain
 */
export function createReplay(settings: StoredSettings): Replay {
  const fork = forkOf(settings.hardfork);
  const chainId = BigInt(settings.chainId ?? 0);
  const allowUnlimitedContractSize = settings.allowUnlimitedContractSize === "true";
  const cap = settings.transactionGasCap;
  const rules = createEthereumRules({
    fork,
    allowUnlimitedContractSize,
    transactionGasCap: cap === undefined || cap === "undefined" ? undefined : cap === "false" ? false : BigInt(cap),
  });
  const engine = createEngine({ engine: "machine", crossCheck: false, fork, chainId, allowUnlimitedContractSize });
  const executor = createExecutor({ engine, rules });
  const state = createState();
  const recent = new Map<bigint, SealedBlock>();
  const history = { rules, store: { byNumber: (number: bigint) => recent.get(number) } };
  let parent: SealedBlock | undefined;

  function begin({ header, hash, transactions, edits }: ReplayBlock): SealedBlock {
    expectEqual(header.number, "number", header.number, 0n);
    applyRows(state, edits, state.codes);
    const after = state.root();
    const changes = { edits: EMPTY_BYTES, all: state.changes() };
    expectEqual(0n, "stateRoot", header.stateRoot, toHex(accountsRoot(after)));
    state.seal();
    const block: Block = {
      header,
      hash,
      transactions,
      receipts: [],
      size: blockSize(encodeHeader(header).length, [], header.withdrawalsRoot !== undefined),
    };
    return { block, before: undefined, after, changes };
  }

  async function execute(claimed: ReplayBlock, previous: SealedBlock): Promise<SealedBlock> {
    const { header, hash, transactions, edits } = claimed;
    const { number } = header;
    expectEqual(number, "number", number, previous.block.header.number + 1n);
    expectEqual(number, "parentHash", header.parentHash, previous.block.hash);
    applyRows(state, edits, state.codes);
    const environment = environmentOf(history, { block: { header } });
    const built: BuildResult = await buildBlock(state, executor, environment, transactions);
    const [refused] = built.refused;
    if (refused !== undefined) {
      const { error, transaction } = refused;
      throw new ChainError("REPLAY_DIFFERENCE", `Block ${number}: transaction ${transaction.hash}: ${error.message}`, {
        block: number,
        field: "transactions",
        transactionHash: transaction.hash,
        reason: error.code,
      });
    }
    const found = built.block.header;
    expectEqual(number, "transactions", transactions.length, built.block.transactions.length);
    for (const field of COMPARED) expectEqual(number, field, plain(header[field]), plain(found[field]));
    expectEqual(number, "hash", hash, built.block.hash);
    state.seal();
    return built;
  }

  return {
    state,
    async next(block) {
      for (const [codeHash, code] of block.codes) state.codes.set(codeHash, code);
      const sealed = parent === undefined ? begin(block) : await execute(block, parent);
      parent = sealed;
      const { number } = sealed.block.header;
      // The trie's root of an old block is of no use here.
      recent.set(number, { ...sealed, before: undefined, after: undefined });
      recent.delete(number - PARENTS - 1n);
      return sealed;
    },
  };
}

/** Fields that the execution settles, the most telling first. */
const COMPARED = ["stateRoot", "transactionsRoot", "receiptsRoot", "gasUsed", "logsBloom", "requestsHash"] as const;

function plain(value: Uint8Array | bigint | string | undefined): bigint | string | undefined {
  return value instanceof Uint8Array ? toHex(value) : value;
}

function expectEqual(
  block: bigint,
  field: string,
  claimed: bigint | string | number | undefined,
  computed: bigint | string | number | undefined,
): void {
  if (claimed === computed) return;
  throw new ChainError("REPLAY_DIFFERENCE", `Block ${block}: its ${field} is ${claimed}; it should be ${computed}`, {
    block,
    field,
    claimed,
    computed,
  });
}

function forkOf(name: string | undefined): ChainFork {
  const fork = CHAIN_FORKS.find((known) => known === name);
  if (fork === undefined) throw new ChainError("OPTION_INVALID", `There is no fork ${name}`, { hardfork: name });
  return fork;
}
