import type { CallOptions } from "../chain.ts";
import { bigIntToWord } from "../codec/hex.ts";
import { contractAddress } from "../crypto/contract-address.ts";
import type { BlockContext } from "../engine/engine.ts";
import type { StepView, Tracer } from "../engine/tracer.ts";
import type { Ledger } from "../ledger.ts";
import type { State } from "../state/state.ts";
import type { AccessListEntry, Address, CallRequest, HaltReason, Word } from "../types.ts";
import { type CallViews, gasCeiling, NO_SENDER, runCall } from "./call-views.ts";

/** An access list and what the transaction does with it. */
export interface AccessListResult {
  readonly accessList: readonly AccessListEntry[];
  /** Gas that the transaction uses with the list, refund deducted. */
  readonly gasUsed: bigint;
  /** Why it fails, if it does; the list holds what it touched until then. */
  readonly haltReason: HaltReason | undefined;
}

/** Lists grow until nothing new is touched; what depends on the gas that is left may never settle. */
const MOST_ROUNDS = 16;
const ADDRESS_MASK = 2n ** 160n - 1n;

/** Finds out what a call touches: runs it with what it touched, until it touches nothing else (as geth does). */
export function createAccessList(
  ledger: Ledger,
  callViews: CallViews,
  request: CallRequest,
  options: Pick<CallOptions, "block" | "stateOverrides" | "blockOverrides">,
): Promise<AccessListResult> {
  return callViews.within(options, async (state, context) => {
    const gasLimit = gasCeiling(request, context, ledger);
    const free = freeAddresses(ledger, state, context, request);
    let touched = new Map<Address, Set<Word>>(
      (request.accessList ?? []).map(({ address, storageKeys }) => [address, new Set(storageKeys)]),
    );
    for (let round = 1; ; round++) {
      const accessList = write(touched);
      const next = new Map([...touched].map(([address, slots]) => [address, new Set(slots)]));
      const result = await runCall(ledger, state, context, { ...request, accessList }, gasLimit, watch(next, free));
      if (round === MOST_ROUNDS || sizeOf(next) === sizeOf(touched))
        return { accessList, gasUsed: result.gasUsed, haltReason: result.haltReason };
      touched = next;
    }
  });
}

/** What is warm anyway, or costs nothing to touch: sender, target, precompiled contracts. Their slots are listed all the same. */
function freeAddresses({ rules }: Ledger, state: State, context: BlockContext, request: CallRequest): Set<Address> {
  const from = request.from ?? NO_SENDER;
  const free = new Set<Address>([
    from,
    request.to ?? contractAddress(from, state.getNonce(from)),
    ...rules.precompiles,
  ]);
  if (rules.warmsBeneficiary) free.add(context.coinbase);
  return free;
}

function watch(touched: Map<Address, Set<Word>>, free: ReadonlySet<Address>): Tracer {
  const touch = (address: Address): void => {
    if (!free.has(address) && !touched.has(address)) touched.set(address, new Set());
  };
  return {
    onStep({ opcode, stack, address }: StepView) {
      const top = stack.at(-1);
      if (top === undefined) return;
      switch (opcode) {
        case 0x54: // SLOAD
        case 0x55: {
          // SSTORE
          const slots = touched.get(address) ?? new Set<Word>();
          slots.add(bigIntToWord(top));
          touched.set(address, slots);
          return;
        }
        case 0x31: // BALANCE
        case 0x3b: // EXTCODESIZE
        case 0x3c: // EXTCODECOPY
        case 0x3f: // EXTCODEHASH
        case 0xff: // SELFDESTRUCT
          touch(addressOf(top));
          return;
        case 0xf1: // CALL
        case 0xf2: // CALLCODE
        case 0xf4: // DELEGATECALL
        case 0xfa: {
          // STATICCALL
          const target = stack.at(-2);
          if (target !== undefined && stack.length >= 5) touch(addressOf(target));
        }
      }
    },
    onRestart: () => undefined,
  };
}

function addressOf(word: bigint): Address {
  return `0x${(word & ADDRESS_MASK).toString(16).padStart(40, "0")}`;
}

function write(touched: ReadonlyMap<Address, ReadonlySet<Word>>): AccessListEntry[] {
  return [...touched].map(([address, slots]) => ({ address, storageKeys: [...slots] }));
}

function sizeOf(touched: ReadonlyMap<Address, ReadonlySet<Word>>): number {
  let size = touched.size;
  for (const slots of touched.values()) size += slots.size;
  return size;
}
