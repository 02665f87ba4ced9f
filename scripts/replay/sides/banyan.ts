import { type ChainOptions, createChain, type GenesisAccount } from "@banyan/chain";
import { fromHex } from "../../../chain/src/codec/hex.ts";
import type { Hash, Hex, Word } from "../../../chain/src/types.ts";
import type { ProviderConfig } from "../provider-config.ts";
import { nearestFork } from "./forks.ts";
import type { Side } from "./side.ts";

const wordOf = (digits: string): Word => `0x${BigInt(digits).toString(16).padStart(64, "0")}`;

/** The chain's options for a recorded configuration. */
export function chainOptionsOf(config: ProviderConfig, start: number | undefined): ChainOptions {
  const genesisAccounts = new Map<Hex, GenesisAccount>();
  for (const [address, { balance, nonce, code, storage }] of config.genesisState) {
    genesisAccounts.set(address as Hex, {
      ...(balance === undefined ? {} : { balance }),
      ...(nonce === undefined ? {} : { nonce }),
      ...(code === undefined ? {} : { code: fromHex(code as Hex) }),
      ...(storage === undefined
        ? {}
        : { storage: new Map(Object.entries(storage).map(([slot, value]) => [wordOf(slot), wordOf(value)])) }),
    });
  }
  return {
    chainId: config.chainId,
    networkId: config.networkId,
    hardfork: nearestFork(config.hardfork),
    privateKeys: config.privateKeys.map((key) => fromHex(wordOf(key))),
    accountBalance: 0n,
    genesisAccounts,
    blockGasLimit: config.blockGasLimit,
    defaultTransactionGasLimit: config.defaultTransactionGasLimit,
    coinbase: config.coinbase as Hex,
    automine: config.automine,
    interval: config.interval,
    mempoolOrder: config.order,
    ...(config.transactionGasCap === "default" ? {} : { transactionGasCap: config.transactionGasCap }),
    minGasPrice: config.minGasPrice,
    throwOnCallFailures: config.bailOnCallFailure,
    throwOnTransactionFailures: config.bailOnTransactionFailure,
    allowUnlimitedContractSize: config.allowUnlimitedContractSize,
    allowBlocksWithSameTimestamp: config.allowBlocksWithSameTimestamp,
    ...(config.initialBaseFeePerGas === undefined ? {} : { initialBaseFeePerGas: config.initialBaseFeePerGas }),
    ...(config.initialParentBeaconBlockRoot === undefined
      ? {}
      : { initialParentBeaconBlockRoot: config.initialParentBeaconBlockRoot as Hash }),
    ...(start === undefined ? {} : { initialDate: start }),
  };
}

/** Our chain, in this process. */
export async function createBanyanSide(config: ProviderConfig, start: number | undefined): Promise<Side> {
  const chain = await createChain(chainOptionsOf(config, start), { print: () => undefined });
  return {
    request: ({ method, params }) => chain.provider.request({ method, params: params ?? [] }),
    close: () => chain.close(),
  };
}
