import { ChainError } from "../../errors.ts";
import type { Fork } from "../../rules/fork.ts";
import { MissingPage } from "../../state/missing-page.ts";
import type { State } from "../../state/state.ts";
import type { Address, Log } from "../../types.ts";
import type { BlockContext, Engine, Message, Outcome } from "../engine.ts";
import type { Precompile } from "../precompiles/precompile.ts";
import { precompilesOf } from "../precompiles/precompiles-of.ts";
import type { Tracer } from "../tracer.ts";
import { configureMachine, type MachineConfiguration } from "./configure-machine.ts";
import { viewFrame } from "./frame-view.ts";
import { haltReasonOf } from "./halt-reason.ts";
import type { Machine } from "./machine.ts";
import { createPrecompileRunner } from "./precompile-runner.ts";
import { readLogs } from "./read-logs.ts";
import { createTraceHooks, hooksOf } from "./trace-hooks.ts";

/** Options of the compiled engine. */
export interface MachineEngineOptions {
  readonly chainId: bigint;
  readonly fork: Fork;
  /** Lifts EIP-170 and EIP-3860. */
  readonly allowUnlimitedContractSize: boolean;
  /** Contracts that are not bytecode, besides Ethereum's own of the fork. */
  readonly precompiles?: readonly Precompile[];
}

const SUCCESS = 1;
const MAX_U64 = 2n ** 64n - 1n;

/**
 * The compiled EVM behind our `Engine`: it runs inside the machine that holds the state's tables, so an instruction reads and writes them without
 * leaving it. Answers at once.
 */
export function createMachineEngine(options: MachineEngineOptions): Engine {
  const { chainId, fork, allowUnlimitedContractSize } = options;
  const precompiles = new Map<Address, Precompile>(
    [...precompilesOf(fork), ...(options.precompiles ?? [])].map((precompile) => [precompile.address, precompile]),
  );
  const configuration: MachineConfiguration = { chainId, fork, allowUnlimitedContractSize, precompiles };

  /** The configuration with the precompiled contracts at the addresses that a block gives them. */
  function configurationFor({ precompileMoves }: BlockContext): MachineConfiguration {
    if (precompileMoves === undefined) return configuration;
    const moved = new Map(precompiles);
    for (const [address, origin] of precompileMoves) {
      const precompile = origin === undefined ? undefined : precompiles.get(origin);
      if (precompile === undefined) moved.delete(address);
      else moved.set(address, precompile);
    }
    return { ...configuration, precompiles: moved };
  }

  function run(state: State, message: Message, block: BlockContext, tracer: Tracer | undefined): Outcome {
    const { machine } = state;
    const configured = configurationFor(block);
    configureMachine(machine, configured);
    const { exports } = machine;
    writeBlock(machine, block);
    const input = exports.input(message.data.length);
    machine.set(input, message.data);
    const at = exports.message.value;
    machine.writeAddress(at, message.caller);
    if (message.to !== undefined) machine.writeAddress(at + 32, message.to);
    machine.writeWord(at + 64, message.value);
    const environment = exports.environment.value;
    machine.writeAddress(environment, message.caller);
    machine.writeWord(environment + 32, message.gasPrice);
    machine.engine.host = {
      blockHash(number, out) {
        const hash = block.blockHash(BigInt.asUintN(64, number));
        if (hash === undefined) machine.writeWord(out, 0n);
        else machine.writeHash(out, hash);
      },
      blobHash(index, out) {
        const hash = message.blobHashes?.[index];
        if (hash === undefined) machine.writeWord(out, 0n);
        else machine.writeHash(out, hash);
      },
      precompile: createPrecompileRunner(state, configured.precompiles),
      ...createTraceHooks(machine, tracer),
    };
    exports.setHooks(hooksOf(tracer));

    const creates = message.to === undefined;
    // The executor counted the sender's nonce up before.
    const nonce = creates ? state.getNonce(message.caller) - 1n : 0n;
    const outcome = exports.execute(creates ? 1 : 0, nonce, message.gasLimit, message.data.length);
    const success = outcome === SUCCESS;
    const gasLeft = BigInt.asUintN(64, exports.gasLeft(exports.frames.value));
    const output = exports.returnArea.value;
    return {
      success,
      haltReason: success ? undefined : haltReasonOf(exports.haltReason.value),
      gasUsed: message.gasLimit - gasLeft,
      gasRefund: success ? exports.refund.value : 0n,
      returnData: machine.slice(output, exports.returnSize.value),
      logs: success ? readLogs(machine) : NO_LOGS,
      createdAddress: creates ? viewFrame(machine, exports.frames.value).self : undefined,
      selfdestructs: success ? readDestroyed(machine) : NO_ADDRESSES,
    };
  }

  /** Runs; what fails half-way is undone. */
  function attempt(state: State, message: Message, block: BlockContext, tracer: Tracer | undefined): Outcome {
    if (message.gasLimit > MAX_U64)
      throw new ChainError("ENGINE_FAILURE", "The gas limit exceeds 64 bits", { gasLimit: message.gasLimit });
    const mark = state.checkpoint();
    try {
      return run(state, message, block, tracer);
    } catch (error) {
      state.machine.exports.abandon();
      state.revert(mark);
      if (error instanceof MissingPage || error instanceof ChainError) throw error;
      throw new ChainError(
        "ENGINE_FAILURE",
        `The EVM stopped with an internal error: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  }

  return {
    name: "machine",
    execute: attempt,
  };
}

const NO_LOGS: readonly Log[] = [];
const NO_ADDRESSES: readonly Address[] = [];

function readDestroyed(machine: Machine): readonly Address[] {
  const { exports } = machine;
  const count = exports.destroyedCount.value;
  if (count === 0) return NO_ADDRESSES;
  return Array.from({ length: count }, (_, index) => machine.readAddress(exports.destroyedAt(index)));
}

/** Writes the words of a block, once for all its transactions. */
function writeBlock(machine: Machine, block: BlockContext): void {
  if (machine.engine.block === block) return;
  const environment = machine.exports.environment.value;
  machine.writeAddress(environment + 64, block.coinbase);
  machine.writeWord(environment + 96, block.timestamp);
  machine.writeWord(environment + 128, block.number);
  machine.writeHash(environment + 160, block.prevRandao);
  machine.writeWord(environment + 192, block.gasLimit);
  machine.writeWord(environment + 256, block.baseFeePerGas);
  machine.writeWord(environment + 288, block.blobBaseFee);
  machine.engine.block = block;
}
