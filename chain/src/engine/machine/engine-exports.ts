import type { Fork } from "../../rules/fork.ts";
import type { BlockContext } from "../engine.ts";
import type { MachineConfiguration } from "./configure-machine.ts";
import type { Pointer } from "./state-exports.ts";

interface Constant {
  readonly value: number;
}

/** The engine of a machine, as `assembly/index.ts` gives it. Gas is a u64: take it with `BigInt.asUintN(64, …)`. */
export interface EngineExports {
  /** Caller, target and value of the message to run: three words. */
  readonly message: Constant;
  /** Words of the transaction and the block, as `assembly/parameters.ts` orders them. */
  readonly environment: Constant;
  readonly opcodeTable: Constant;
  readonly figures: Constant;
  readonly lowPrecompiles: Constant;
  readonly otherPrecompiles: Constant;
  /** Record of the outermost frame. */
  readonly frames: Constant;
  /** Record of the running frame, and what it uses. */
  readonly frame: Constant;
  readonly floor: Constant;
  readonly mem: Constant;
  readonly memSize: Constant;
  readonly memoryArea: Constant;
  readonly returnArea: Constant;
  readonly returnSize: Constant;
  readonly logArea: Constant;
  readonly logBytes: Constant;
  readonly destroyedCount: Constant;
  readonly haltReason: Constant;
  readonly haltFigure: Constant;
  readonly haltBound: Constant;
  readonly refund: { readonly value: bigint };

  /** Room for the input of the outermost frame. */
  input(size: number): Pointer;
  /** Runs the message: 0 failure, 1 success, 2 revert. */
  execute(creates: number, nonce: bigint, gasLimit: bigint, inputSize: number): number;
  gasLeft(frame: Pointer): bigint;
  /** Room for the input of a call that a precompiled contract makes. */
  callBackInput(size: number): Pointer;
  /** Runs it: 0 failure, 1 success, 2 revert, 3 too deep. */
  callBack(gasLimit: bigint, inputSize: number, isStatic: number): number;
  /** Room for the output of a precompiled contract. */
  reserveOutput(size: number): Pointer;
  setHaltReason(reason: number): void;
  destroyedAt(index: number): Pointer;
  setHooks(bits: number): void;
  setOtherPrecompileCount(count: number): void;
  /** Forgets an execution that an exception interrupted. */
  abandon(): void;
  /** Lets accounts look for their decoded code anew. */
  forgetDecoded(): void;
  /** Decodes bytecode. */
  decode(code: Pointer, size: number, careful: number): Pointer;
  allocateBlock(size: number): Pointer;
  freeBlock(block: Pointer, size: number): void;
  keccak256(out: Pointer, input: Pointer, length: number): void;
}

/** What the machine asks of the engine while it runs. */
export interface EngineHost {
  blockHash(number: bigint, out: Pointer): void;
  blobHash(index: number, out: Pointer): void;
  precompile(frame: Pointer): number;
  step(pc: number, opcode: number, gasLeft: bigint, cost: bigint, stackSize: number): void;
  place(pc: number, opcode: number): void;
  consoleCall(frame: Pointer): void;
  logged(at: Pointer): void;
  stored(slot: Pointer): void;
  destroyed(heir: Pointer, balance: Pointer): void;
  enter(frame: Pointer): void;
  exit(frame: Pointer, outcome: number, gasUsed: bigint, output: Pointer, size: number): void;
}

/** What an engine keeps with a machine it ran on. */
export interface EngineSlot {
  /** Who answers the running execution. */
  host: EngineHost | undefined;
  configuration: MachineConfiguration | undefined;
  fork: Fork | undefined;
  /** Whose words stand in the environment. */
  block: BlockContext | undefined;
  /** One for each fork that the machine ran by: decoded code differs between forks. */
  readonly loaders: Map<Fork, (codeHash: Pointer) => Pointer>;
  /** Pointer of the decoded code for the pointer of a code hash. */
  loadCode: ((codeHash: Pointer) => Pointer) | undefined;
}
