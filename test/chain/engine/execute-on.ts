import type { Engine } from "../../../chain/src/engine/engine.ts";
import type { Tracer } from "../../../chain/src/engine/tracer.ts";
import { createExecutor, type ExecutionResult } from "../../../chain/src/executor/executor.ts";
import { createEthereumRules } from "../../../chain/src/rules/ethereum.ts";
import { createState, type State } from "../../../chain/src/state/state.ts";
import type { Address, Hex } from "../../../chain/src/types.ts";
import { bytes } from "../support.ts";

/** Options of every engine under test. */
export const ENGINE_OPTIONS = { chainId: 1n, fork: "cancun", allowUnlimitedContractSize: false } as const;

/** Who sends, and the contract that is called. */
export const SENDER: Address = `0x${"aa".repeat(20)}`;
export const CONTRACT: Address = `0x${"cc".repeat(20)}`;

const block = {
  number: 1n,
  timestamp: 1n,
  coinbase: `0x${"bb".repeat(20)}`,
  // As much as a test may want to bring.
  gasLimit: 2n ** 63n,
  baseFeePerGas: 0n,
  prevRandao: `0x${"00".repeat(32)}`,
  blobBaseFee: 1n,
  blockHash: () => undefined,
} as const;

/** What {@link executeOn} may be told. */
export interface ExecuteOptions {
  readonly state?: State;
  readonly tracer?: Tracer | undefined;
  readonly gasLimit?: bigint;
  readonly data?: Hex;
  /** `undefined` creates a contract. */
  readonly to?: Address | undefined;
}

/** Puts code (hexadecimal, by address) into a state. */
export function stateWith(codes: Readonly<Record<Address, string>>): State {
  const state = createState();
  for (const [address, code] of Object.entries(codes)) state.setCode(address as Address, bytes(code));
  return state;
}

/** Runs one free transaction on an engine. */
export function executeOn(engine: Engine, options: ExecuteOptions = {}): Promise<ExecutionResult> {
  const { state = createState(), tracer, gasLimit = 1_000_000n, data = "0x" } = options;
  const to = "to" in options ? options.to : CONTRACT;
  return createExecutor({ engine, rules: createEthereumRules(ENGINE_OPTIONS) }).execute(
    state,
    {
      from: SENDER,
      to,
      value: 0n,
      data: bytes(data.slice(2)),
      gasLimit,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
      accessList: [],
      nonce: undefined,
      hash: undefined,
      mayHaveCode: false,
      chargesFees: false,
    },
    block,
    tracer,
  );
}
