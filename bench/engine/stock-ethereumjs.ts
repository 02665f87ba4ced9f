import { Common, Hardfork } from "@nomicfoundation/ethereumjs-common";
import { EVM } from "@nomicfoundation/ethereumjs-evm";
import { Address as EvmAddress } from "@nomicfoundation/ethereumjs-util";
import { fromHex } from "../../chain/src/codec/hex.ts";
import type { Engine } from "../../chain/src/engine/engine.ts";
import { StateAdapter } from "../../chain/src/engine/ethereumjs/state-adapter.ts";
import { createEthereumRules } from "../../chain/src/rules/ethereum.ts";
import { createState } from "../../chain/src/state/state.ts";

const { precompiles } = createEthereumRules({ allowUnlimitedContractSize: false });

/**
 * The EVM of ethereumjs as it comes, with its own interpreter, journal and hash, over our flat state: what the oracle of our tests would be without what we
 * replace in it. Reports of an outcome what measuring needs, no logs.
 */
export function createStockEthereumjsEngine(chainId: bigint): Engine {
  const common = Common.custom({ chainId, networkId: chainId }, { hardfork: Hardfork.Cancun });
  const adapter = new StateAdapter(createState());
  const blockchain = {
    getBlock: async () => ({ hash: () => new Uint8Array(32) }),
    shallowCopy: () => blockchain,
  };
  const evm = new EVM({ common, stateManager: adapter, blockchain });
  return {
    name: "stock ethereumjs",
    async execute(state, { caller, to, value, data, gasLimit, gasPrice }, block) {
      adapter.attach(state);
      state.setNonce(caller, state.getNonce(caller) - 1n);
      for (const address of [...precompiles, caller, ...(to === undefined ? [] : [to])]) {
        evm.journal.addWarmedAddress(fromHex(address));
      }
      const coinbase = new EvmAddress(fromHex(block.coinbase));
      const { execResult, createdAddress } = await evm.runCall({
        block: {
          header: {
            ...{ number: block.number, cliqueSigner: () => coinbase, coinbase, timestamp: block.timestamp },
            ...{ difficulty: 0n, prevRandao: fromHex(block.prevRandao), gasLimit: block.gasLimit },
            ...{ baseFeePerGas: block.baseFeePerGas, getBlobGasPrice: () => block.blobBaseFee },
          },
        },
        caller: new EvmAddress(fromHex(caller)),
        ...(to === undefined ? {} : { to: new EvmAddress(fromHex(to)) }),
        ...{ value, data, gasLimit, gasPrice },
      });
      await evm.journal.cleanup();
      return {
        success: execResult.exceptionError === undefined,
        haltReason: execResult.exceptionError === undefined ? undefined : "revert",
        gasUsed: execResult.executionGasUsed,
        gasRefund: execResult.gasRefund ?? 0n,
        returnData: execResult.returnValue,
        logs: [],
        createdAddress: createdAddress === undefined ? undefined : `0x${createdAddress.toString().slice(2)}`,
        selfdestructs: [],
      };
    },
  };
}
