import { Common, Hardfork } from "@nomicfoundation/ethereumjs-common";
import type { Block as EvmBlock } from "@nomicfoundation/ethereumjs-evm/dist/cjs/types.js";
import { Address as EvmAddress, initKZG } from "@nomicfoundation/ethereumjs-util";
import { fromHex, toHex } from "../../codec/hex.ts";
import { keccak256 } from "../../crypto/keccak.ts";
import { ChainError } from "../../errors.ts";
import { type Fork, isAtLeast } from "../../rules/fork.ts";
import { MissingPage } from "../../state/missing-page.ts";
import { createState } from "../../state/state.ts";
import type { Address, Hash, Log } from "../../types.ts";
import type { BlockContext, Engine, Outcome } from "../engine.ts";
import { verifyKzgProof } from "../precompiles/point-evaluation.ts";
import { FlatEvm } from "./flat-evm.ts";
import { haltReasonOf } from "./halt-reason.ts";
import { StateAdapter } from "./state-adapter.ts";

/** Options of the ethereumjs engine. */
export interface EthereumjsEngineOptions {
  /** Default: Cancun. This version of ethereumjs knows the forks up to Cancun, and before Spurious Dragon stumbles over accounts that are empty. */
  readonly fork?: Fork;
  readonly chainId: bigint;
  /** Lifts EIP-170 and EIP-3860. */
  readonly allowUnlimitedContractSize: boolean;
}

/** Our names of the forks and those of ethereumjs. */
const hardforks: Partial<Record<Fork, Hardfork>> = {
  frontier: Hardfork.Chainstart,
  homestead: Hardfork.Homestead,
  tangerineWhistle: Hardfork.TangerineWhistle,
  spuriousDragon: Hardfork.SpuriousDragon,
  byzantium: Hardfork.Byzantium,
  constantinople: Hardfork.Constantinople,
  petersburg: Hardfork.Petersburg,
  istanbul: Hardfork.Istanbul,
  berlin: Hardfork.Berlin,
  london: Hardfork.London,
  paris: Hardfork.Paris,
  shanghai: Hardfork.Shanghai,
  cancun: Hardfork.Cancun,
};

/**
 * The EVM of ethereumjs behind our `Engine`. Runs one message at a time.
 * @throws ChainError `OPTION_INVALID` if ethereumjs does not know the fork
 */
export function createEthereumjsEngine(options: EthereumjsEngineOptions): Engine {
  const fork = options.fork ?? "cancun";
  const hardfork = hardforks[fork];
  if (hardfork === undefined) {
    throw new ChainError("OPTION_INVALID", `ethereumjs does not know the fork ${fork}: use the machine engine`, {
      fork,
    });
  }
  // ethereumjs leaves the curve of precompile 10 to whoever uses it.
  initKZG(kzg, "");
  const destroysOnlyNew = isAtLeast(fork, "cancun");
  const isMerged = isAtLeast(fork, "paris");
  const common = Common.custom(
    { chainId: options.chainId, networkId: options.chainId },
    { hardfork, customCrypto: { keccak256 } },
  );
  const adapter = new StateAdapter(createState());
  let blockHash: BlockContext["blockHash"] = () => undefined;
  const blockchain = {
    getBlock: async (number: number) => {
      const hash = blockHash(BigInt(number));
      return { hash: () => (hash === undefined ? new Uint8Array(32) : fromHex(hash)) };
    },
    shallowCopy: () => blockchain,
  };
  const evm = new FlatEvm({
    common,
    stateManager: adapter,
    blockchain,
    allowUnlimitedContractSize: options.allowUnlimitedContractSize,
    allowUnlimitedInitCodeSize: options.allowUnlimitedContractSize,
    hasHotInstructions: isAtLeast(fork, "london"),
  });

  return {
    name: "ethereumjs",
    async execute(state, message, block, tracer) {
      adapter.attach(state);
      blockHash = block.blockHash;
      evm.tracer = tracer;
      evm.precompileMoves = block.precompileMoves;
      // ethereumjs counts the nonce of the outermost caller up by itself.
      state.setNonce(message.caller, state.getNonce(message.caller) - 1n);
      try {
        const result = await evm.runCall({
          block: evmBlock(block, isMerged),
          gasPrice: message.gasPrice,
          caller: new EvmAddress(fromHex(message.caller)),
          gasLimit: message.gasLimit,
          ...(message.to === undefined ? {} : { to: new EvmAddress(fromHex(message.to)) }),
          value: message.value,
          data: message.data,
          ...(message.blobHashes === undefined ? {} : { blobVersionedHashes: message.blobHashes.map(fromHex) }),
        });
        const { exceptionError, executionGasUsed, gasRefund, returnValue, logs, selfdestruct, createdAddresses } =
          result.execResult;
        const success = exceptionError === undefined;
        return {
          success,
          haltReason: success ? undefined : haltReasonOf(exceptionError),
          gasUsed: executionGasUsed,
          gasRefund: success ? (gasRefund ?? 0n) : 0n,
          returnData: returnValue,
          logs: success && logs !== undefined ? logs.map(toLog) : [],
          createdAddress: result.createdAddress === undefined ? undefined : toHex(result.createdAddress.bytes),
          selfdestructs:
            success && selfdestruct !== undefined
              ? [...selfdestruct]
                  .filter((address) => !destroysOnlyNew || createdAddresses?.has(address))
                  .map((address) => address as Address)
              : [],
        } satisfies Outcome;
      } catch (error) {
        if (error instanceof MissingPage || error instanceof ChainError) throw error;
        throw new ChainError(
          "ENGINE_FAILURE",
          `The EVM stopped with an internal error: ${error instanceof Error ? error.message : String(error)}`,
          { cause: error },
        );
      } finally {
        evm.tracer = undefined;
      }
    },
  };
}

/** What an EVM needs of a KZG library. */
const kzg: Parameters<typeof initKZG>[0] = {
  loadTrustedSetup: () => undefined,
  verifyKzgProof,
  blobToKzgCommitment: refuse,
  computeBlobKzgProof: refuse,
  verifyBlobKzgProofBatch: refuse,
};

function refuse(): never {
  throw new Error("The EVM needs no proofs of whole blobs");
}

function toLog([address, topics, data]: [Uint8Array, Uint8Array[], Uint8Array]): Log {
  return { address: toHex(address), topics: topics.map((topic): Hash => toHex(topic)), data };
}

function evmBlock(block: BlockContext, isMerged: boolean): EvmBlock {
  const coinbase = new EvmAddress(fromHex(block.coinbase));
  return {
    header: {
      number: block.number,
      cliqueSigner: () => coinbase,
      coinbase,
      timestamp: block.timestamp,
      difficulty: isMerged ? 0n : BigInt(block.prevRandao),
      prevRandao: fromHex(block.prevRandao),
      gasLimit: block.gasLimit,
      baseFeePerGas: block.baseFeePerGas,
      getBlobGasPrice: () => block.blobBaseFee,
    },
  };
}
