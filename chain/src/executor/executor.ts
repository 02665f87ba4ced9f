import type { BlockContext, Engine, Outcome } from "../engine/engine.ts";
import type { Tracer } from "../engine/tracer.ts";
import { ChainError } from "../errors.ts";
import type { Rules } from "../rules/rules.ts";
import { EMPTY_CODE_HASH } from "../state/account-leaf.ts";
import type { State } from "../state/state.ts";
import type { AccessListEntry, Address, HaltReason, Hash, Log, Transaction } from "../types.ts";

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
  /** `undefined`: whatever the sender's nonce is. */
  readonly nonce: bigint | undefined;
  readonly hash: Hash | undefined;
  /** A sender with code may only send if impersonated (EIP-3607), or in a call. */
  readonly mayHaveCode: boolean;
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
  readonly returnData: Uint8Array;
  readonly logs: readonly Log[];
  readonly createdAddress: Address | undefined;
}

/** Runs single transactions. */
export interface Executor {
  /**
   * Checks, charges, executes, refunds and pays the beneficiary. On a refusal the state is as before.
   * @throws ChainError a `TX_*` code
   */
  execute(state: State, transaction: Execution, block: BlockContext, tracer?: Tracer): Promise<ExecutionResult>;
  /**
   * The checks that need no execution, against a state.
   * @throws ChainError a `TX_*` code
   */
  check(state: State, transaction: Execution, block: Pick<BlockContext, "baseFeePerGas" | "gasLimit">): void;
}

/** What an executor works with. */
export interface ExecutorModules {
  readonly engine: Engine;
  readonly rules: Rules;
}

const MAX_NONCE = 2n ** 64n - 1n;

/** The executor: one transaction's way through fees, engine and refund. */
export function createExecutor({ engine, rules }: ExecutorModules): Executor {
  function check(state: State, transaction: Execution, block: Pick<BlockContext, "baseFeePerGas" | "gasLimit">): void {
    const { from, to, gasLimit, value, data, nonce } = transaction;
    if (to === undefined && data.length > rules.maxInitCodeSize) {
      throw new ChainError(
        "TX_INITCODE_TOO_LARGE",
        `The init code is ${data.length} bytes long; the limit is ${rules.maxInitCodeSize} (EIP-3860)`,
        {
          size: data.length,
          limit: rules.maxInitCodeSize,
        },
      );
    }
    const intrinsicGas = rules.intrinsicGas(transaction);
    if (gasLimit < intrinsicGas) {
      throw new ChainError(
        "TX_GAS_BELOW_INTRINSIC",
        `The gas limit ${gasLimit} is below the ${intrinsicGas} gas that the transaction costs before it runs`,
        {
          gasLimit,
          intrinsicGas,
        },
      );
    }
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
    if (!transaction.mayHaveCode && state.getCodeHash(from) !== EMPTY_CODE_HASH) {
      throw new ChainError("TX_SENDER_NOT_EOA", `The sender ${from} has code and cannot send transactions (EIP-3607)`, {
        from,
      });
    }
    checkNonce(state, from, nonce);
    if (transaction.chargesFees) checkFees(transaction, block.baseFeePerGas);
    const cost = value + (transaction.chargesFees ? gasLimit * transaction.maxFeePerGas : 0n);
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
    check,
    async execute(state, transaction, block, tracer) {
      check(state, transaction, block);
      const { from, to, gasLimit, value, data } = transaction;
      const { baseFeePerGas } = block;
      const tip = transaction.chargesFees ? effectiveTip(transaction, baseFeePerGas) : 0n;
      const gasPrice = transaction.chargesFees ? baseFeePerGas + tip : 0n;
      const intrinsicGas = rules.intrinsicGas(transaction);

      state.beginTransaction();
      warmUp(state, rules, transaction, block.coinbase);
      state.setBalance(from, state.getBalance(from) - gasLimit * gasPrice);
      state.setNonce(from, state.getNonce(from) + 1n);
      await tracer?.onBegin?.({ transactionHash: transaction.hash });
      const answer = engine.execute(
        state,
        { caller: from, to, value, data, gasLimit: gasLimit - intrinsicGas, gasPrice },
        block,
        tracer,
      );
      const outcome: Outcome = answer instanceof Promise ? await answer : answer;

      const gasUsedBeforeRefund = intrinsicGas + outcome.gasUsed;
      const refundCap = gasUsedBeforeRefund / rules.maxRefundQuotient;
      const gasUsed = gasUsedBeforeRefund - (outcome.gasRefund < refundCap ? outcome.gasRefund : refundCap);
      if (gasPrice > 0n) state.setBalance(from, state.getBalance(from) + (gasLimit - gasUsed) * gasPrice);
      if (tip > 0n) state.setBalance(block.coinbase, state.getBalance(block.coinbase) + gasUsed * tip);
      for (const address of outcome.selfdestructs) state.deleteAccount(address);
      return {
        success: outcome.success,
        haltReason: outcome.haltReason,
        gasUsed,
        gasUsedBeforeRefund,
        effectiveGasPrice: gasPrice,
        returnData: outcome.returnData,
        logs: outcome.logs,
        createdAddress: outcome.createdAddress,
      };
    },
  };
}

/** A signed transaction as the executor takes it. */
export function executionOf(transaction: Transaction): Execution {
  return {
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
}

/** Tip per gas that a transaction really pays at a base fee; negative if its cap does not reach the base fee. */
export function effectiveTip(
  fees: { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint },
  baseFeePerGas: bigint,
): bigint {
  const room = fees.maxFeePerGas - baseFeePerGas;
  return fees.maxPriorityFeePerGas < room ? fees.maxPriorityFeePerGas : room;
}

function checkNonce(state: State, from: Address, nonce: bigint | undefined): void {
  const expected = state.getNonce(from);
  if (expected >= MAX_NONCE || (nonce !== undefined && nonce >= MAX_NONCE)) {
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
  fees: { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint },
  baseFeePerGas: bigint,
): void {
  const { maxFeePerGas, maxPriorityFeePerGas } = fees;
  if (maxPriorityFeePerGas > maxFeePerGas) {
    throw new ChainError(
      "TX_TIP_ABOVE_FEE_CAP",
      `The tip cap ${maxPriorityFeePerGas} exceeds the fee cap ${maxFeePerGas} (EIP-1559)`,
      { maxFeePerGas, maxPriorityFeePerGas },
    );
  }
  if (maxFeePerGas < baseFeePerGas) {
    throw new ChainError(
      "TX_FEE_CAP_BELOW_BASE_FEE",
      `The fee cap ${maxFeePerGas} is below the block's base fee ${baseFeePerGas}`,
      { maxFeePerGas, baseFeePerGas },
    );
  }
}

/** EIP-2929, EIP-2930, EIP-3651: what is warm before the first instruction. */
function warmUp(state: State, rules: Rules, transaction: Execution, coinbase: Address): void {
  for (const precompile of rules.precompiles) state.warm(precompile);
  state.warm(transaction.from);
  if (transaction.to !== undefined) state.warm(transaction.to);
  state.warm(coinbase);
  for (const { address, storageKeys } of transaction.accessList) {
    state.warm(address);
    for (const slot of storageKeys) state.warmSlot(address, slot);
  }
}
