import type { State } from "../../state/state.ts";
import type { Address } from "../../types.ts";

/** What a precompiled contract can ask for and do while it runs. Ethereum's own need none of it. */
export interface PrecompileContext {
  /** Account whose code called. */
  readonly caller: Address;
  /** Account the precompile acts as: its own address, or the caller's own in a DELEGATECALL or CALLCODE. */
  readonly self: Address;
  readonly value: bigint;
  /** True inside a STATICCALL: writing is refused by the handler. */
  readonly isStatic: boolean;
  /** Gas that is left after {@link Precompile.gas}. */
  readonly gasLeft: bigint;
  /** May be read and written; a failed call undoes the writes. */
  readonly state: State;
  /** Calls back into the EVM as `self`. */
  call(request: PrecompileCall): PrecompileCallResult;
}

/** A call that a precompiled contract makes. */
export interface PrecompileCall {
  readonly to: Address;
  readonly value: bigint;
  readonly data: Uint8Array;
  /** At most what is left to the precompile. */
  readonly gasLimit: bigint;
  readonly isStatic: boolean;
}

/** What became of a call that a precompiled contract made. */
export interface PrecompileCallResult {
  readonly success: boolean;
  readonly gasUsed: bigint;
  readonly returnData: Uint8Array;
}

/** What a precompiled contract answers. */
export type PrecompileResult =
  | { readonly kind: "return" | "revert"; readonly data: Uint8Array; readonly gasUsed?: bigint }
  /** Takes all gas of the call. */
  | { readonly kind: "failure" };

/** A contract that is not bytecode. */
export interface Precompile {
  readonly name: string;
  readonly address: Address;
  /** Gas for an input, charged before it runs. `undefined`: the input is refused, all gas is taken. */
  gas(input: Uint8Array): bigint | undefined;
  /** Runs. Never waits. `gasUsed` of the result is on top of {@link Precompile.gas}. The input is a live view: copy what is kept. */
  run(input: Uint8Array, context: PrecompileContext): PrecompileResult;
}
