import { EVMErrorMessage, EvmError, type Message } from "@nomicfoundation/ethereumjs-evm";
import {
  Interpreter,
  type InterpreterOpts,
  type InterpreterResult,
} from "@nomicfoundation/ethereumjs-evm/dist/cjs/interpreter.js";
import type { Address as EvmAddress } from "@nomicfoundation/ethereumjs-util";
import { bytesToWord, EMPTY_BYTES, toHex } from "../../codec/hex.ts";
import type { Hash, Word } from "../../types.ts";
import { opcodeName } from "../machine/opcode-table.ts";
import type { FrameStart, Tracer } from "../tracer.ts";
import type { FlatEvm } from "./flat-evm.ts";
import { textOf } from "./state-adapter.ts";

/** Jump destinations, pushed constants and the opcode entries of the EVM that made it. */
export type Analysis = ReturnType<Interpreter["_getValidJumpDests"]>;

/** Deepest frame (Yellow Paper, section 9.4.1). */
const MAX_DEPTH = 1024;
const STOP = 0x00;

/**
 * The interpreter of ethereumjs with its outer loop rewritten: code is analysed once instead of in every frame, and only an instruction that
 * really waits is awaited. What the instructions do and cost is theirs, untouched.
 */
export class FlatInterpreter extends Interpreter {
  declare readonly _evm: FlatEvm;

  override async run(code: Uint8Array, opts: InterpreterOpts = {}): Promise<InterpreterResult> {
    const runState = this._runState;
    const { common } = this;
    const analysis = this.#analyse(code);
    runState.code = code;
    runState.programCounter = opts.pc ?? 0;
    runState.validJumps = analysis.jumps;
    runState.cachedPushes = analysis.pushes;
    runState.shouldDoJumpAnalysis = false;
    const entries = analysis.opcodesCached;
    const { tracer } = this._evm;
    const onStep = tracer?.onStep === undefined ? undefined : tracer;
    let exceptionError: EvmError | undefined;
    try {
      while (runState.programCounter < code.length) {
        const entry = entries[runState.programCounter];
        const info = entry.opcodeInfo;
        runState.opCode = info.code;
        let gas: bigint = info.feeBigInt;
        // The price of an instruction counts in the memory it is about to reach.
        const memorySize = onStep === undefined ? 0 : Number(runState.memoryWordCount) * 32;
        // Pricing an instruction counts its refund, too.
        const refund = runState.gasRefund;
        let refusal: unknown;
        if (info.dynamicGas) {
          try {
            const priced: bigint | Promise<bigint> = entry.gasHandler(runState, gas, common);
            gas = typeof priced === "bigint" ? priced : await priced;
          } catch (error) {
            if (onStep === undefined || !(error instanceof EvmError)) throw error;
            refusal = error;
            // What it would have cost, ethereumjs does not tell: more than there is.
            if (error.error === EVMErrorMessage.OUT_OF_GAS) gas = runState.gasLeft + 1n;
          }
        }
        // ethereumjs lets the store lag behind what a call has paid for.
        if (onStep !== undefined) runState.memory.extend(0, memorySize);
        // An undefined one has the entry of INVALID.
        tracer?.onInstruction?.(runState.programCounter, code[runState.programCounter] ?? info.code);
        if (onStep !== undefined)
          this.#tellStep(onStep, code[runState.programCounter] ?? info.code, gas, refund, memorySize);
        if (refusal !== undefined) throw refusal;
        if (info.isInvalid) throw new EvmError(EVMErrorMessage.INVALID_OPCODE);
        runState.gasLeft -= gas;
        if (runState.gasLeft < 0n) {
          runState.gasLeft = 0n;
          throw new EvmError(EVMErrorMessage.OUT_OF_GAS);
        }
        runState.programCounter++;
        // Many instructions are marked asynchronous and are not: only a promise is worth waiting for.
        const pending: unknown = entry.opHandler(runState, common);
        if (pending !== undefined) await pending;
      }
      // Running off the end is a STOP that stands nowhere.
      if (onStep !== undefined && code.length > 0)
        this.#tellStep(onStep, STOP, 0n, runState.gasRefund, Number(runState.memoryWordCount) * 32);
    } catch (error) {
      if (!(error instanceof EvmError)) throw error;
      if (error.error !== EVMErrorMessage.STOP) exceptionError = error;
    }
    return exceptionError === undefined ? { runState } : { runState, exceptionError };
  }

  /** The operand stack. A PUSH that the end of the code cuts off pushes zeros behind it, which ethereumjs leaves out. */
  #stack(): readonly bigint[] {
    const { stack, programCounter, code } = this._runState;
    const words = stack.getStack();
    const missing = programCounter - code.length;
    if (missing <= 0) return words;
    const top = words.at(-1) ?? 0n;
    return [...words.slice(0, -1), top << BigInt(8 * missing)];
  }

  #tellStep(tracer: Tracer, opcode: number, gasCost: bigint, gasRefund: bigint, memorySize: number): void {
    const { _runState: runState, _env: env } = this;
    tracer.onStep?.({
      pc: runState.programCounter,
      opcode,
      opName: opcodeName(opcode),
      gasLeft: runState.gasLeft,
      gasCost,
      gasRefund,
      depth: env.depth,
      address: textOf(env.address),
      codeAddress: textOf(env.codeAddress),
      stack: this.#stack(),
      memory: runState.memory._store.subarray(0, memorySize),
      returnData: runState.returnBytes,
    });
  }

  // A write to storage cannot change the account that env.contract holds, so it is not read again.
  override storageStore(key: Uint8Array, value: Uint8Array): Promise<void> {
    this.tellStorageWrite(toHex(key), value);
    return this._stateManager.putContractStorage(this._env.address, key, value);
  }

  /** Tells the tracer, if it wants to know, that a slot of this account is being written. */
  tellStorageWrite(slot: Word, value: Uint8Array): void {
    const { tracer } = this._evm;
    if (tracer?.onStorageWrite === undefined) return;
    const { address, depth } = this._env;
    tracer.onStorageWrite({ address: textOf(address), slot, value: bytesToWord(value), depth });
  }

  override log(data: Uint8Array, numberOfTopics: number, topics: Uint8Array[]): void {
    super.log(data, numberOfTopics, topics);
    this._evm.tracer?.onLog?.(
      { address: textOf(this._env.address), topics: topics.map((topic): Hash => toHex(topic)), data },
      this._env.depth,
    );
  }

  override callStatic(gasLimit: bigint, address: EvmAddress, value: bigint, data: Uint8Array): Promise<bigint> {
    return this.#entering("staticcall", () => super.callStatic(gasLimit, address, value, data));
  }

  override callCode(gasLimit: bigint, address: EvmAddress, value: bigint, data: Uint8Array): Promise<bigint> {
    return this.#entering("callcode", () => super.callCode(gasLimit, address, value, data));
  }

  override async _baseCall(message: Message): Promise<bigint> {
    const { _env: env } = this;
    const { tracer } = this._evm;
    const lacks = message.delegatecall !== true && env.contract.balance < message.value;
    if (tracer !== undefined && (env.depth >= MAX_DEPTH || lacks)) {
      const codeAddress = textOf(message.codeAddress);
      const kind = message.delegatecall ? "delegatecall" : (this._evm.entering ?? "call");
      const { gasLimit, value } = message;
      const to = textOf(message.to ?? env.address);
      const from = textOf(message.caller);
      this.#tellRefused({ kind, from, to, codeAddress, value, gasLimit, data: message.data }, lacks);
    }
    return super._baseCall(message);
  }

  override async create(gasLimit: bigint, value: bigint, data: Uint8Array, salt?: Uint8Array): Promise<bigint> {
    const { _env: env } = this;
    const lacks = env.contract.balance < value;
    if (this._evm.tracer !== undefined && (env.depth >= MAX_DEPTH || lacks)) {
      const kind = salt === undefined ? "create" : "create2";
      const from = textOf(env.address);
      this.#tellRefused({ kind, from, to: undefined, codeAddress: undefined, value, gasLimit, data }, lacks);
    }
    return super.create(gasLimit, value, data, salt);
  }

  override async _selfDestruct(heir: EvmAddress): Promise<void> {
    const { address, contract, depth } = this._env;
    this._evm.tracer?.onDestruction?.({
      address: textOf(address),
      heir: textOf(heir),
      balance: contract.balance,
      depth,
    });
    return super._selfDestruct(heir);
  }

  /** Tells of a frame that is not opened, as if it ended at once and gave all its gas back. */
  #tellRefused(start: Omit<FrameStart, "depth" | "isStatic">, lacksFunds: boolean): void {
    const depth = this._env.depth + 1;
    const { tracer } = this._evm;
    tracer?.onEnter?.({ ...start, depth, isStatic: this._env.isStatic });
    const isTooDeep = this._env.depth >= MAX_DEPTH;
    tracer?.onExit?.({
      depth,
      success: false,
      haltReason: isTooDeep || !lacksFunds ? "other" : "insufficient-balance",
      haltDetail: isTooDeep ? { kind: "call-depth" } : undefined,
      gasUsed: 0n,
      returnData: EMPTY_BYTES,
      createdAddress: undefined,
    });
  }

  /** A call that fails before it opens a frame leaves nothing for the next one. */
  async #entering(kind: NonNullable<FlatEvm["entering"]>, call: () => Promise<bigint>): Promise<bigint> {
    this._evm.entering = kind;
    try {
      return await call();
    } finally {
      this._evm.entering = undefined;
    }
  }

  #analyse(code: Uint8Array): Analysis {
    const { analyses } = this._evm;
    const known = analyses.get(code);
    if (known !== undefined) return known;
    const made = this._getValidJumpDests(code);
    analyses.set(code, made);
    return made;
  }
}
