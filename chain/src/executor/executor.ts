import type { BlockContext, Engine, Outcome } from "../engine/engine.ts";
import type { Tracer } from "../engine/tracer.ts";
import { ChainError } from "../errors.ts";
import type { Rules } from "../rules/rules.ts";
import { delegateIn } from "../state/delegation.ts";
import type { State } from "../state/state.ts";
import type { AccessListEntry, Address, Authorization, HaltReason, Hash, Log, Transaction } from "../types.ts";
import { applyAuthorizations } from "./authorizations.ts";
import { checkStatic, MAX_NONCE } from "./validity.ts";

/** One transaction as the executor needs it: signed or only asked for. */
export interface Execution {
  readonly from: Address;
  readonly to: Address | undefined;
  readonly value: bigint;
  readonly data: Uint8Array;
  readonly gasLimit: bigint;
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
  readonly accessList: readonly AccessListEntry[];
  /** Fee cap per blob gas; set with {@link blobHashes}. */
  readonly maxFeePerBlobGas?: bigint;
  /** Makes it a transaction with blobs (EIP-4844). */
  readonly blobHashes?: readonly Hash[];
  /** Makes it a transaction that sets code (EIP-7702). */
  readonly authorizationList?: readonly Authorization[];
  /** Id of the chain that {@link authorizationList} must be for. */
  readonly chainId?: bigint | undefined;
  /** `undefined`: whatever the sender's nonce is. */
  readonly nonce: bigint | undefined;
  readonly hash: Hash | undefined;
  /** A sender with code may only send if impersonated (EIP-3607), or in a call. */
  readonly mayHaveCode: boolean;
  /** The most gas of one transaction (EIP-7825) does not hold for it. */
  readonly ignoresGasCap?: boolean;
  /** False for a call that names no price: nothing is charged and the price reads 0. */
  readonly chargesFees: boolean;
}

/** What a transaction did. */
export interface ExecutionResult {
  readonly success: boolean;
  readonly haltReason: HaltReason | undefined;
  /** Paid for: intrinsic and execution gas, less the refund. */
  readonly gasUsed: bigint;
  /** The same before the refund: the least gas limit that can suffice. */
  readonly gasUsedBeforeRefund: bigint;
  readonly effectiveGasPrice: bigint;
  /** 0 without blobs. */
  readonly blobGasUsed: bigint;
  /** Price per blob gas, wei. */
  readonly blobGasPrice: bigint;
  readonly returnData: Uint8Array;
  readonly logs: readonly Log[];
  readonly createdAddress: Address | undefined;
}

/** Runs single transactions. */
export interface Executor {
  /** The rules it goes by. */
  readonly rules: Rules;
  /**
   * Checks, charges, executes, refunds and pays the beneficiary. On a refusal the state is as before.
   * @throws ChainError a `TX_*` code
   */
  execute(state: State, transaction: Execution, block: BlockContext, tracer?: Tracer): Promise<ExecutionResult>;
  /**
   * The checks that need no execution, against a state.
   * @throws ChainError a `TX_*` code
   */
  check(state: State, transaction: Execution, block: PricedBlock): void;
}

/** What of a block decides whether it takes a transaction. */
export type PricedBlock = Pick<BlockContext, "baseFeePerGas" | "blobBaseFee" | "gasLimit">;

/** What an executor works with. */
export interface ExecutorModules {
  readonly engine: Engine;
  readonly rules: Rules;
}

/** The executor: one transaction's way through fees, engine and refund. */
export function createExecutor({ engine, rules }: ExecutorModules): Executor {
  const warmth = warmthOf(rules);

  function check(state: State, transaction: Execution, block: PricedBlock): void {
    const { from, gasLimit, value, nonce } = transaction;
    checkStatic(transaction, rules);
    if (gasLimit > block.gasLimit) {
      throw new ChainError(
        "TX_GAS_ABOVE_BLOCK_LIMIT",
        `The gas limit ${gasLimit} exceeds the block gas limit of ${block.gasLimit}`,
        {
          gasLimit,
          blockGasLimit: block.gasLimit,
        },
      );
    }
    if (!transaction.mayHaveCode && hasOwnCode(state, from)) {
      throw new ChainError("TX_SENDER_NOT_EOA", `The sender ${from} has code and cannot send transactions (EIP-3607)`, {
        from,
      });
    }
    checkNonce(state, from, nonce);
    if (transaction.chargesFees) checkFees(transaction, block);
    const blobFees = blobGasOf(transaction, rules) * (transaction.maxFeePerBlobGas ?? 0n);
    const cost = value + (transaction.chargesFees ? gasLimit * transaction.maxFeePerGas + blobFees : 0n);
    const balance = state.getBalance(from);
    if (balance < cost) {
      throw new ChainError(
        "TX_INSUFFICIENT_FUNDS",
        `The sender ${from} has ${balance} wei; value and gas may cost up to ${cost} wei`,
        { from, balance, cost, value },
      );
    }
  }

  return {
    rules,
    check,
    async execute(state, transaction, block, tracer) {
      check(state, transaction, block);
      const { from, to, gasLimit, value, data } = transaction;
      const { baseFeePerGas } = block;
      const tip = transaction.chargesFees ? effectiveTip(transaction, baseFeePerGas) : 0n;
      const gasPrice = transaction.chargesFees ? baseFeePerGas + tip : 0n;
      const intrinsicGas = rules.intrinsicGas(transaction);

      state.beginTransaction();
      warmUp(state, warmth, transaction, block.coinbase);
      const blobGasUsed = blobGasOf(transaction, rules);
      const blobFee = transaction.chargesFees ? blobGasUsed * block.blobBaseFee : 0n;
      state.setBalance(from, state.getBalance(from) - gasLimit * gasPrice - blobFee);
      state.setNonce(from, state.getNonce(from) + 1n);
      const { authorizationList, chainId = 0n } = transaction;
      const setCodeRefund =
        authorizationList === undefined ? 0n : applyAuthorizations(state, authorizationList, chainId);
      if (to !== undefined && rules.transactionTypes.includes(4)) warmDelegate(state, to);
      await tracer?.onBegin?.({ transactionHash: transaction.hash });
      const { blobHashes } = transaction;
      const message = { caller: from, to, value, data, gasLimit: gasLimit - intrinsicGas, gasPrice };
      const answer = engine.execute(state, blobHashes ? { ...message, blobHashes } : message, block, tracer);
      const outcome: Outcome = answer instanceof Promise ? await answer : answer;

      const gasUsedBeforeRefund = intrinsicGas + outcome.gasUsed;
      const refundCap = gasUsedBeforeRefund / rules.maxRefundQuotient;
      const refund = outcome.gasRefund + setCodeRefund;
      const gasUsedAfterRefund = gasUsedBeforeRefund - (refund < refundCap ? refund : refundCap);
      const floor = rules.floorGas(transaction);
      const gasUsed = gasUsedAfterRefund < floor ? floor : gasUsedAfterRefund;
      if (gasPrice > 0n) state.setBalance(from, state.getBalance(from) + (gasLimit - gasUsed) * gasPrice);
      if (tip > 0n) state.setBalance(block.coinbase, state.getBalance(block.coinbase) + gasUsed * tip);
      for (const address of outcome.selfdestructs) state.deleteAccount(address);
      return {
        success: outcome.success,
        haltReason: outcome.haltReason,
        gasUsed,
        gasUsedBeforeRefund: gasUsedBeforeRefund < floor ? floor : gasUsedBeforeRefund,
        effectiveGasPrice: gasPrice,
        blobGasUsed,
        blobGasPrice: block.blobBaseFee,
        returnData: outcome.returnData,
        logs: outcome.logs,
        createdAddress: outcome.createdAddress,
      };
    },
  };
}

/** A signed transaction as the executor takes it. */
export function executionOf(transaction: Transaction): Execution {
  const execution: Execution = {
    from: transaction.from,
    to: transaction.to,
    value: transaction.value,
    data: transaction.data,
    gasLimit: transaction.gasLimit,
    maxFeePerGas: transaction.maxFeePerGas,
    maxPriorityFeePerGas: transaction.maxPriorityFeePerGas,
    accessList: transaction.accessList,
    nonce: transaction.nonce,
    hash: transaction.hash,
    mayHaveCode: transaction.impersonated,
    chargesFees: true,
  };
  const { blobHashes, maxFeePerBlobGas = 0n, authorizationList, chainId } = transaction;
  if (blobHashes !== undefined) return { ...execution, blobHashes, maxFeePerBlobGas };
  return authorizationList === undefined ? execution : { ...execution, authorizationList, chainId };
}

/** Tip per gas that a transaction really pays at a base fee; negative if its cap does not reach the base fee. */
export function effectiveTip(
  fees: { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint },
  baseFeePerGas: bigint,
): bigint {
  const room = fees.maxFeePerGas - baseFeePerGas;
  return fees.maxPriorityFeePerGas < room ? fees.maxPriorityFeePerGas : room;
}

/** Whether an account has code that keeps it from sending (EIP-3607); a delegation does not (EIP-7702). */
function hasOwnCode(state: State, address: Address): boolean {
  return state.hasCode(address) && delegateIn(state.getCode(address)) === undefined;
}

/** EIP-7702: the account whose code runs for the recipient is warm from the start. */
function warmDelegate(state: State, to: Address): void {
  if (!state.hasCode(to)) return;
  const delegate = delegateIn(state.getCode(to));
  if (delegate !== undefined) state.warm(delegate);
}

/** Blob gas of a transaction (EIP-4844). */
function blobGasOf({ blobHashes }: Pick<Execution, "blobHashes">, rules: Rules): bigint {
  return BigInt(blobHashes?.length ?? 0) * (rules.blobs?.gasPerBlob ?? 0n);
}

function checkNonce(state: State, from: Address, nonce: bigint | undefined): void {
  const expected = state.getNonce(from);
  if (expected >= MAX_NONCE) {
    throw new ChainError("TX_NONCE_MAX", `The nonce of ${from} cannot grow any more (EIP-2681)`, {
      from,
      nonce: nonce ?? expected,
    });
  }
  if (nonce === undefined || nonce === expected) return;
  const low = nonce < expected;
  throw new ChainError(
    low ? "TX_NONCE_TOO_LOW" : "TX_NONCE_TOO_HIGH",
    `The nonce ${nonce} is too ${low ? "low" : "high"}; the next one of ${from} is ${expected}`,
    {
      from,
      nonce,
      expected,
    },
  );
}

function checkFees(
  { maxFeePerGas, maxFeePerBlobGas, blobHashes }: Execution,
  { baseFeePerGas, blobBaseFee }: Pick<PricedBlock, "baseFeePerGas" | "blobBaseFee">,
): void {
  if (maxFeePerGas < baseFeePerGas) {
    throw new ChainError(
      "TX_FEE_CAP_BELOW_BASE_FEE",
      `The fee cap ${maxFeePerGas} is below the block's base fee ${baseFeePerGas}`,
      { maxFeePerGas, baseFeePerGas },
    );
  }
  if (blobHashes !== undefined && (maxFeePerBlobGas ?? 0n) < blobBaseFee) {
    throw new ChainError(
      "TX_BLOB_FEE_CAP_BELOW_BASE_FEE",
      `The fee cap ${maxFeePerBlobGas ?? 0n} per blob gas is below the block's ${blobBaseFee} (EIP-4844)`,
      { maxFeePerBlobGas: maxFeePerBlobGas ?? 0n, blobBaseFee },
    );
  }
}

/** What is warm in every transaction under some rules. */
interface Warmth {
  readonly rules: Rules;
  /** Up to this number, addresses from 1 on are precompiled contracts. */
  readonly lastInRow: number;
  /** Those elsewhere. */
  readonly farPrecompiles: readonly Address[];
}

function warmthOf(rules: Rules): Warmth {
  const { precompiles } = rules;
  const gap = precompiles.findIndex((address, index) => BigInt(address) !== BigInt(index + 1));
  const lastInRow = gap < 0 ? precompiles.length : gap;
  return { rules, lastInRow, farPrecompiles: precompiles.slice(lastInRow) };
}

/** EIP-2929, EIP-2930, EIP-3651: what is warm before the first instruction. */
function warmUp(
  state: State,
  { rules, lastInRow, farPrecompiles }: Warmth,
  transaction: Execution,
  coinbase: Address,
): void {
  state.warmFirst(lastInRow);
  for (const precompile of farPrecompiles) state.warm(precompile);
  state.warm(transaction.from);
  if (transaction.to !== undefined) state.warm(transaction.to);
  if (rules.warmsBeneficiary) state.warm(coinbase);
  for (const { address, storageKeys } of transaction.accessList) {
    state.warm(address);
    for (const slot of storageKeys) state.warmSlot(address, slot);
  }
}
