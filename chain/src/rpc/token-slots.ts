import type { Chain } from "../chain.ts";
import { bigIntToWord, toHex } from "../codec/hex.ts";
import type { Tracer } from "../engine/tracer.ts";
import type { Address, Word } from "../types.ts";

const SLOAD = 0x54;
/** Most words that are tried: a view of a token reads a few. */
const MOST_TRIED = 64;
/** Gas that such a view may use. */
const MOST_GAS = 2_000_000n;

/** Where a view keeps what it returns. */
export interface FoundSlot {
  readonly address: Address;
  readonly slot: Word;
}

/**
 * Finds the storage word that a view of a token returns as it is: a balance, an allowance. Tries each word that the view reads with a changed
 * value, in a call that leaves no trace.
 * @param chain the chain
 * @param token the contract
 * @param data the call of the view
 * @param value what the word shall be
 * @returns `undefined` if no word decides the result alone
 */
export async function findSlot(
  chain: Chain,
  token: Address,
  data: Uint8Array,
  value: bigint,
): Promise<FoundSlot | undefined> {
  const read = new Map<string, FoundSlot>();
  const tracer: Tracer = {
    onStep({ opcode, stack, address }) {
      const slot = stack[stack.length - 1];
      if (opcode !== SLOAD || slot === undefined || read.size === MOST_TRIED) return;
      const found = { address, slot: bigIntToWord(slot) };
      read.set(`${found.address} ${found.slot}`, found);
    },
  };
  const view = { to: token, data, gasLimit: MOST_GAS };
  if (!(await chain.call(view, { block: "latest", tracer })).success) return undefined;
  const wanted = bigIntToWord(value);
  for (const found of [...read.values()].reverse()) {
    const stateOverrides = new Map([[found.address, { stateDiff: new Map([[found.slot, wanted]]) }]]);
    const result = await chain.call(view, { block: "latest", stateOverrides });
    if (result.success && toHex(result.returnData) === wanted) return found;
  }
  return undefined;
}
