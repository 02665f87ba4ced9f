import { bigIntToWord, bytesToWord, fromHex, toHex } from "../../chain/src/codec/hex.ts";
import { createEthereumjsEngine } from "../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts";
import { createExecutor } from "../../chain/src/executor/executor.ts";
import { createEthereumRules } from "../../chain/src/rules/ethereum.ts";
import { createState, type State } from "../../chain/src/state/state.ts";
import type { Address, Hex, Word } from "../../chain/src/types.ts";
import type { WorkloadAccount } from "./workload.ts";

/** A transaction as a network mined it, alone in its block. */
export interface RecordedTransaction {
  readonly from: Address;
  readonly to: Address | undefined;
  readonly value: bigint;
  readonly data: Hex;
  readonly gasLimit: bigint;
  readonly gasUsed: bigint;
  /** Of its block, in seconds. */
  readonly timestamp: bigint;
}

const BALANCE = 10n ** 24n;

/**
 * Runs transactions from an empty state and returns the accounts that this leaves, every slot included: nodes answer for slots only to who knows
 * which there are.
 *
 * @throws Error if one of them took other gas than where it was mined
 */
export async function replay(
  chainId: bigint,
  transactions: readonly RecordedTransaction[],
): Promise<readonly WorkloadAccount[]> {
  const touched = new Map<Address, Set<Word>>();
  const state = watched(createState(), touched);
  const engine = createEthereumjsEngine({ chainId, allowUnlimitedContractSize: false });
  const executor = createExecutor({ engine, rules: createEthereumRules({ allowUnlimitedContractSize: false }) });
  for (const { from } of transactions) state.setBalance(from, BALANCE);
  for (const [index, { from, to, value, data, gasLimit, gasUsed, timestamp }] of transactions.entries()) {
    const result = await executor.execute(
      state,
      {
        ...{ from, to, value, data: fromHex(data), gasLimit, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n },
        ...{ accessList: [], nonce: undefined, hash: undefined, mayHaveCode: false, chargesFees: false },
      },
      {
        ...{ number: BigInt(index + 1), timestamp, coinbase: toHex(new Uint8Array(20)), gasLimit },
        ...{ baseFeePerGas: 0n, prevRandao: bigIntToWord(0n), blobBaseFee: 1n, blockHash: () => undefined },
      },
    );
    state.seal();
    if (result.gasUsed !== gasUsed) {
      throw new Error(
        `Transaction ${index} took ${gasUsed} gas where it was mined and ${result.gasUsed} in the replay`,
      );
    }
  }
  return [...touched].map(([address, slots]) => ({
    address,
    nonce: Number(state.getNonce(address)),
    balance: `0x${state.getBalance(address).toString(16)}` as const,
    code: toHex(state.getCode(address)),
    storage: [...slots]
      .map((slot) => [slot, bytesToWord(state.getStorage(address, slot))] as const)
      .filter(([, value]) => BigInt(value) !== 0n),
  }));
}

/** The same state, which also notes every account and slot that is written. */
function watched(state: State, touched: Map<Address, Set<Word>>): State {
  const note = (address: Address): Set<Word> => {
    let slots = touched.get(address);
    if (slots === undefined) {
      slots = new Set();
      touched.set(address, slots);
    }
    return slots;
  };
  return {
    ...state,
    setNonce(address, nonce) {
      note(address);
      state.setNonce(address, nonce);
    },
    setBalance(address, balance) {
      note(address);
      state.setBalance(address, balance);
    },
    setStorage(address, slot, value) {
      note(address).add(slot);
      state.setStorage(address, slot, value);
    },
  };
}
