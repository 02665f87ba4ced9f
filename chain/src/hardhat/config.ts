import type { HttpNetworkUserConfig } from "hardhat/types/config";
import type { ChainOptions } from "../options.ts";
import type { ForkingConfig } from "./forking-config.ts";

/** The URL of networks that run in this process. Nothing is ever sent there. */
export const IN_PROCESS_URL = "http://banyan.in-process";

/** Settings of an in-process network in the Hardhat configuration: those of {@link ChainOptions} that are plain data. */
export type InProcessChainConfig = Pick<
  ChainOptions,
  | "chainId"
  | "rules"
  | "hardfork"
  | "engine"
  | "crossCheck"
  | "mnemonic"
  | "accountCount"
  | "derivationPath"
  | "accountBalance"
  | "blockGasLimit"
  | "initialBaseFeePerGas"
  | "baseFee"
  | "mempoolOrder"
  | "maxPooledTransactions"
  | "maxPooledPerSender"
  | "initialDate"
  | "coinbase"
  | "automine"
  | "interval"
  | "minGasPrice"
  | "networkId"
  | "defaultTransactionGasLimit"
  | "throwOnCallFailures"
  | "throwOnTransactionFailures"
  | "transactionGasCap"
  | "allowUnlimitedContractSize"
  | "allowBlocksWithSameTimestamp"
  | "traceSize"
  | "seed"
> & {
  /** Starts from a block of another chain. */
  readonly forking?: ForkingConfig;
};

/** What each setting's value must be. Keeps the list of known names complete: a setting without a row does not compile. */
export const settingKinds: Readonly<
  Record<keyof InProcessChainConfig, "bigint" | "number" | "string" | "boolean" | "interval" | "cap" | "forking">
> = {
  chainId: "bigint",
  rules: "string",
  hardfork: "string",
  engine: "string",
  crossCheck: "boolean",
  mnemonic: "string",
  accountCount: "number",
  derivationPath: "string",
  accountBalance: "bigint",
  blockGasLimit: "bigint",
  initialBaseFeePerGas: "bigint",
  baseFee: "string",
  mempoolOrder: "string",
  maxPooledTransactions: "number",
  maxPooledPerSender: "number",
  initialDate: "number",
  coinbase: "string",
  automine: "boolean",
  interval: "interval",
  minGasPrice: "bigint",
  networkId: "bigint",
  defaultTransactionGasLimit: "bigint",
  throwOnCallFailures: "boolean",
  throwOnTransactionFailures: "boolean",
  transactionGasCap: "cap",
  allowUnlimitedContractSize: "boolean",
  allowBlocksWithSameTimestamp: "boolean",
  traceSize: "number",
  seed: "string",
  forking: "forking",
};

/**
 * A network of the Hardhat configuration that is a fresh chain of this package for every connection, in process.
 * @param chain settings of the chain; defaults are those of Hardhat's own network
 */
export function inProcessNetwork(chain: InProcessChainConfig = {}): HttpNetworkUserConfig {
  return { type: "http", url: IN_PROCESS_URL, banyan: chain };
}
