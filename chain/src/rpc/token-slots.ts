import type { Chain } from "../chain.ts";
import { bigIntToWord, toHex } from "../codec/hex.ts";
import type { Tracer } from "../engine/tracer.ts";
import type { Address, Word } from "../types.ts";

const SLOAD = 0x54;

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
  const read: FoundSlot[] = [];
  const tracer: Tracer = {
    onStep({ opcode, stack, address }) {
      const slot = stack[stack.length - 1];
      if (opcode === SLOAD && slot !== undefined) read.push({ address, slot: bigIntToWord(slot) });
    },
  };
  await chain.call({ to: token, data }, { block: "latest", tracer });
  const wanted = bigIntToWord(value);
  for (const found of read.reverse()) {
    const stateOverrides = new Map([[found.address, { stateDiff: new Map([[found.slot, wanted]]) }]]);
    const result = await chain.call({ to: token, data }, { block: "latest", stateOverrides });
    if (result.success && toHex(result.returnData) === wanted) return found;
  }
  return undefined;
}
