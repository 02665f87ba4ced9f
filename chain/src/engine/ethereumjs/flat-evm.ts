import type { Common } from "@nomicfoundation/ethereumjs-common";
import {
  EVM,
  EVMErrorMessage,
  type EVMResult,
  type EVMRunCallOpts,
  type EvmError,
  type ExecResult,
  type Message,
} from "@nomicfoundation/ethereumjs-evm";
import type { InterpreterOpts } from "@nomicfoundation/ethereumjs-evm/dist/cjs/interpreter.js";
import type { EVMOpts } from "@nomicfoundation/ethereumjs-evm/dist/cjs/types.js";
import { Account, Address as EvmAddress } from "@nomicfoundation/ethereumjs-util";
import { toHex } from "../../codec/hex.ts";
import { CONSOLE_ADDRESS } from "../console-address.ts";
import type { BlockContext } from "../engine.ts";
import type { FrameKind, Tracer } from "../tracer.ts";
import { type Analysis, FlatInterpreter } from "./flat-interpreter.ts";
import { haltDetailOf, haltReasonOf } from "./halt-reason.ts";
import { hotInstructions } from "./hot-instructions.ts";
import { type StateAdapter, textOf } from "./state-adapter.ts";
import { StateJournal, StateTransientStorage } from "./state-journal.ts";

/** The EVM of ethereumjs over our flat state: our journal, our transient storage, our interpreter loop, no event emitter in the way. */
export class FlatEvm extends EVM {
  /** Watches the running execution. */
  tracer: Tracer | undefined;
  /** Precompiled contracts that answer elsewhere in the running execution. */
  precompileMoves: BlockContext["precompileMoves"];
  /** Set by STATICCALL and CALLCODE for the frame they are about to open: the message does not tell. */
  entering: "staticcall" | "callcode" | undefined;
  /** By code: the state holds one array per code hash, so the array stands for the hash. Two EVMs may meet the same array. */
  readonly analyses = new WeakMap<Uint8Array, Analysis>();
  readonly #creations = new WeakSet<Message>();
  /** What a creation reverted with, by its error, where that looks like code of EIP-3541. */
  readonly #withheld = new WeakMap<EvmError, Uint8Array>();
  override readonly transientStorage: StateTransientStorage;
  // Frames and steps are reported to the tracer; the emitter would cost a promise per frame.
  protected override readonly _emit = (): Promise<void> => resolved;

  /** @param options those of ethereumjs, and whether the costs of our hot instructions hold: from London on */
  constructor(
    options: EVMOpts & {
      readonly common: Common;
      readonly stateManager: StateAdapter;
      readonly hasHotInstructions: boolean;
    },
  ) {
    super(options);
    this.journal = new StateJournal(options.stateManager, options.common);
    this.transientStorage = new StateTransientStorage(options.stateManager);
    if (options.hasHotInstructions) this._opcodeMap = this._opcodeMap.map(hotInstructions(options.stateManager));
  }

  override getPrecompile(address: EvmAddress): ReturnType<EVM["getPrecompile"]> {
    const text = textOf(address);
    if (this.precompileMoves?.has(text) !== true) return super.getPrecompile(address);
    const origin = this.precompileMoves.get(text);
    return origin === undefined ? undefined : this.precompiles.get(origin.slice(2));
  }

  protected override async runInterpreter(message: Message, options: InterpreterOpts = {}): Promise<ExecResult> {
    const contract = (await this.stateManager.getAccount(message.to ?? zeroAddress)) ?? new Account();
    const block = this._block;
    const transaction = this._tx;
    if (block === undefined || transaction === undefined) throw new Error("A frame was opened outside of a call");
    const interpreter = new FlatInterpreter(
      this,
      this.stateManager,
      this.blockchain,
      {
        address: message.to ?? zeroAddress,
        caller: message.caller,
        callData: message.data,
        callValue: message.value,
        code: message.code as Uint8Array,
        isStatic: message.isStatic,
        depth: message.depth,
        gasPrice: transaction.gasPrice,
        origin: transaction.origin,
        block,
        contract,
        codeAddress: message.codeAddress,
        gasRefund: message.gasRefund,
        ...(message.containerCode === undefined ? {} : { containerCode: message.containerCode }),
        blobVersionedHashes: message.blobVersionedHashes ?? [],
        ...(message.createdAddresses === undefined ? {} : { createdAddresses: message.createdAddresses }),
      },
      message.gasLimit,
      this.journal,
      this.performanceLogger,
    );
    const { _result: result } = interpreter;
    if (message.selfdestruct !== undefined) result.selfdestruct = message.selfdestruct;
    if (message.createdAddresses !== undefined) result.createdAddresses = message.createdAddresses;
    const { runState, exceptionError } = await interpreter.run(message.code as Uint8Array, options);
    const common = {
      gas: runState.gasLeft,
      gasRefund: runState.gasRefund,
      returnValue: result.returnValue ?? new Uint8Array(0),
    };
    const { returnValue } = common;
    if (exceptionError !== undefined && returnValue[0] === FORBIDDEN_CODE && this.#creations.has(message)) {
      this.#withheld.set(exceptionError, returnValue);
      common.returnValue = new Uint8Array(0);
    }
    if (exceptionError === undefined)
      return { ...result, ...common, executionGasUsed: message.gasLimit - runState.gasLeft };
    return {
      ...common,
      exceptionError,
      executionGasUsed:
        exceptionError.error === EVMErrorMessage.REVERT ? message.gasLimit - runState.gasLeft : message.gasLimit,
      logs: [],
      selfdestruct: new Set(),
      createdAddresses: new Set(),
    };
  }

  // ethereumjs refuses what starts with 0xEF also where it is the data of a revert and not code, and then takes all gas.
  protected override async _executeCreate(message: Message): Promise<EVMResult> {
    this.#creations.add(message);
    const result = await super._executeCreate(message);
    const { exceptionError } = result.execResult;
    const returnValue = exceptionError === undefined ? undefined : this.#withheld.get(exceptionError);
    return returnValue === undefined ? result : { ...result, execResult: { ...result.execResult, returnValue } };
  }

  override async runCall(options: EVMRunCallOpts): Promise<EVMResult> {
    const { tracer } = this;
    const { entering } = this;
    this.entering = undefined;
    if (tracer === undefined) return super.runCall(options);
    const { message } = options;
    const to = message === undefined ? options.to : message.to;
    const kind = message === undefined ? (to === undefined ? "create" : "call") : kindOf(message, entering);
    const depth = message?.depth ?? 0;
    const codeAddress = message === undefined ? to : to === undefined ? undefined : message.codeAddress;
    tracer.onEnter?.({
      kind,
      depth,
      from: textOf(message?.caller ?? options.caller ?? zeroAddress),
      to: to === undefined ? undefined : textOf(to),
      codeAddress: codeAddress === undefined ? undefined : textOf(codeAddress),
      value: message?.value ?? options.value ?? 0n,
      gasLimit: message?.gasLimit ?? options.gasLimit ?? 0n,
      data: message?.data ?? options.data ?? new Uint8Array(0),
      isStatic: message?.isStatic ?? false,
    });
    if (tracer.onConsole !== undefined && codeAddress !== undefined && textOf(codeAddress) === CONSOLE_ADDRESS) {
      tracer.onConsole(message?.data ?? options.data ?? new Uint8Array(0));
    }
    const result = await super.runCall(options);
    const { exceptionError, executionGasUsed, returnValue } = result.execResult;
    tracer.onExit?.({
      depth,
      success: exceptionError === undefined,
      haltReason: exceptionError === undefined ? undefined : haltReasonOf(exceptionError),
      haltDetail: exceptionError === undefined ? undefined : haltDetailOf(exceptionError),
      gasUsed: executionGasUsed,
      returnData: returnValue,
      createdAddress:
        exceptionError === undefined && result.createdAddress !== undefined
          ? toHex(result.createdAddress.bytes)
          : undefined,
    });
    return result;
  }
}

/** EIP-3541. */
const FORBIDDEN_CODE = 0xef;
const zeroAddress = EvmAddress.zero();
const resolved = Promise.resolve();

function kindOf(message: Message, entering: FlatEvm["entering"]): FrameKind {
  if (message.to === undefined) return message.salt === undefined ? "create" : "create2";
  if (message.delegatecall) return "delegatecall";
  return entering ?? "call";
}
