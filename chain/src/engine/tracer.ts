import type { Address, Awaitable, HaltReason, Hash, Log, Word } from "../types.ts";

/** How a frame was entered. */
export type FrameKind = "call" | "callcode" | "delegatecall" | "staticcall" | "create" | "create2";

/** A message frame at its start. */
export interface FrameStart {
  readonly kind: FrameKind;
  /** 0 for the outermost frame. */
  readonly depth: number;
  /** `msg.sender` of the frame. */
  readonly from: Address;
  /** Account the frame acts as (`address(this)`); `undefined` for a creation, whose address is told at the end. */
  readonly to: Address | undefined;
  /** Account whose code runs; differs from `to` in a delegatecall. */
  readonly codeAddress: Address | undefined;
  readonly value: bigint;
  readonly gasLimit: bigint;
  /** Call data, or init code for a creation. */
  readonly data: Uint8Array;
  readonly isStatic: boolean;
}

/** What a {@link HaltReason} leaves out. */
export type HaltDetail =
  | { readonly kind: "opcode"; readonly opcode: number }
  /** The height of the operand stack, and the least or the most it had to have. */
  | { readonly kind: "stack"; readonly height: number; readonly bound: number }
  | { readonly kind: "code-deposit" | "store-sentry" | "return-data" | "call-depth" | "nonce" };

/** A message frame at its end. */
export interface FrameEnd {
  readonly depth: number;
  readonly success: boolean;
  readonly haltReason: HaltReason | undefined;
  /** Set for some reasons only. */
  readonly haltDetail?: HaltDetail | undefined;
  readonly gasUsed: bigint;
  readonly returnData: Uint8Array;
  readonly createdAddress: Address | undefined;
}

/** One instruction about to run. A live view of the machine, perhaps the same for every instruction: copy what you keep. */
export interface StepView {
  readonly pc: number;
  readonly opcode: number;
  readonly opName: string;
  readonly gasLeft: bigint;
  /** Cost of this instruction, dynamic part included. */
  readonly gasCost: bigint;
  readonly gasRefund: bigint;
  readonly depth: number;
  readonly address: Address;
  readonly codeAddress: Address;
  /** Bottom first. */
  readonly stack: readonly bigint[];
  readonly memory: Uint8Array;
  /** Output of the last call of this frame. */
  readonly returnData: Uint8Array;
}

/** An account that destroys itself. */
export interface Destruction {
  readonly address: Address;
  readonly heir: Address;
  /** What goes to the heir, wei. */
  readonly balance: bigint;
  readonly depth: number;
}

/** A slot being written. */
export interface StorageWrite {
  readonly address: Address;
  readonly slot: Word;
  readonly value: Word;
  readonly depth: number;
}

/** Watches an execution. Every hook is optional; a hook that is absent costs nothing. Hooks must not change the state. */
export interface Tracer {
  /** A frame begins; also one that is refused at once for its depth or the lack of funds. */
  onEnter?(frame: FrameStart): void;
  onExit?(frame: FrameEnd): void;
  onStep?(step: StepView): void;
  /** One instruction is about to run: {@link onStep} without the view, at a small part of its cost. */
  onInstruction?(pc: number, opcode: number): void;
  /** An instruction SELFDESTRUCT takes effect; a frame that fails later takes it back. */
  onDestruction?(destruction: Destruction): void;
  /** A contract called the address of `hardhat/console.sol`. A live view: copy what you keep. */
  onConsole?(callData: Uint8Array): void;
  /** A log was written; a frame that fails later takes its logs back. */
  onLog?(log: Log, depth: number): void;
  /** A slot was written, changed or not; a frame that fails later takes it back. */
  onStorageWrite?(write: StorageWrite): void;
  /** Told before a transaction or call starts, so that one tracer can serve many. */
  onBegin?(what: { readonly transactionHash: Hash | undefined }): Awaitable<void>;
  /**
   * The execution that began last lacked a page of the state: it is undone, did not happen, and begins anew with {@link onBegin}. Without this hook
   * a tracer watches only once all pages are there.
   */
  onRestart?(): void;
}
