import { deriveAccounts, type KeyedAccount } from "./crypto/accounts.ts";
import { DEFAULT_DERIVATION_PATH, DEFAULT_MNEMONIC } from "./crypto/default-keys.ts";
import { privateKeyToAddress } from "./crypto/secp256k1.ts";
import { ChainError } from "./errors.ts";
import {
  BASE_FEES,
  type BaseFeeCourse,
  type ChainOptions,
  ENGINES,
  type EngineName,
  FORK_ALIASES,
  type ForkAlias,
  type GenesisAccount,
  MEMPOOL_ORDERS,
} from "./options.ts";
import { CHAIN_FORKS, type ChainFork, isAtLeast } from "./rules/fork.ts";
import { DEFAULT_TRACE_SIZE } from "./trace/trace-budget.ts";
import type { Address, Hash } from "./types.ts";

/** Options with every default in place. */
export interface ResolvedOptions {
  readonly chainId: bigint;
  readonly hardfork: ChainFork;
  readonly engine: EngineName;
  readonly crossCheck: boolean;
  readonly accounts: readonly KeyedAccount[];
  readonly genesisAccounts: ReadonlyMap<Address, GenesisAccount>;
  readonly blockGasLimit: bigint;
  readonly defaultTransactionGasLimit: bigint | undefined;
  readonly initialBaseFeePerGas: bigint;
  /** The same, if it was given. */
  readonly givenBaseFeePerGas: bigint | undefined;
  readonly baseFee: BaseFeeCourse;
  readonly mempoolOrder: "fee" | "arrival";
  readonly maxPooledTransactions: number;
  readonly maxPooledPerSender: number;
  /** Milliseconds. */
  readonly initialDate: number | undefined;
  readonly coinbase: Address;
  readonly initialParentBeaconBlockRoot: Hash | undefined;
  readonly automine: boolean;
  readonly interval: number | readonly [number, number];
  readonly minGasPrice: bigint;
  /** `undefined`: that of the fork. */
  readonly transactionGasCap: bigint | false | undefined;
  readonly allowUnlimitedContractSize: boolean;
  readonly allowBlocksWithSameTimestamp: boolean;
  readonly traceSize: number;
  readonly seed: string;
}

/** @throws ChainError `OPTION_INVALID` for a value that no chain can have */
export function resolveOptions(options: ChainOptions): ResolvedOptions {
  const accounts =
    options.privateKeys?.map(
      (privateKey): KeyedAccount => ({ privateKey, address: privateKeyToAddress(privateKey) }),
    ) ??
    deriveAccounts(
      options.mnemonic ?? DEFAULT_MNEMONIC,
      options.derivationPath ?? DEFAULT_DERIVATION_PATH,
      options.accountCount ?? 20,
    );
  const balance = options.accountBalance ?? 10_000n * 10n ** 18n;
  const genesisAccounts = new Map<Address, GenesisAccount>(accounts.map(({ address }) => [address, { balance }]));
  for (const [address, account] of options.genesisAccounts ?? []) genesisAccounts.set(address, account);
  const mempoolOrder = oneOf("mempoolOrder", MEMPOOL_ORDERS, options.mempoolOrder ?? "fee");
  const maxPooledTransactions = options.maxPooledTransactions ?? MOST_POOLED;
  const resolved: ResolvedOptions = {
    chainId: options.chainId ?? 31_337n,
    hardfork: forkOf(options.hardfork ?? "cancun"),
    engine: oneOf("engine", ENGINES, options.engine ?? "machine"),
    crossCheck: options.crossCheck ?? false,
    accounts,
    genesisAccounts,
    blockGasLimit: options.blockGasLimit ?? 60_000_000n,
    defaultTransactionGasLimit: options.defaultTransactionGasLimit,
    initialBaseFeePerGas: options.initialBaseFeePerGas ?? 1_000_000_000n,
    baseFee: oneOf("baseFee", BASE_FEES, options.baseFee ?? "eip1559"),
    mempoolOrder: mempoolOrder === "fee" || mempoolOrder === "priority" ? "fee" : "arrival",
    maxPooledTransactions: atLeastOne("maxPooledTransactions", maxPooledTransactions),
    maxPooledPerSender: atLeastOne("maxPooledPerSender", options.maxPooledPerSender ?? maxPooledTransactions),
    givenBaseFeePerGas: options.initialBaseFeePerGas,
    initialDate: options.initialDate,
    coinbase: options.coinbase ?? "0xc014ba5ec014ba5ec014ba5ec014ba5ec014ba5e",
    initialParentBeaconBlockRoot: options.initialParentBeaconBlockRoot,
    automine: options.automine ?? true,
    interval: options.interval ?? 0,
    minGasPrice: options.minGasPrice ?? 0n,
    transactionGasCap: options.transactionGasCap,
    allowUnlimitedContractSize: options.allowUnlimitedContractSize ?? false,
    allowBlocksWithSameTimestamp: options.allowBlocksWithSameTimestamp ?? false,
    traceSize: options.traceSize ?? DEFAULT_TRACE_SIZE,
    seed: options.seed ?? "",
  };
  if (resolved.chainId < 1n)
    throw new ChainError("OPTION_INVALID", `The chain id must be at least 1, not ${resolved.chainId}`, {
      chainId: resolved.chainId,
    });
  if (resolved.blockGasLimit < 21_000n) {
    throw new ChainError("OPTION_INVALID", `A block gas limit of ${resolved.blockGasLimit} admits no transaction`, {
      blockGasLimit: resolved.blockGasLimit,
    });
  }
  const cap = resolved.transactionGasCap;
  if (typeof cap === "bigint" && cap < 21_000n) {
    throw new ChainError("OPTION_INVALID", `A transaction gas cap of ${cap} admits no transaction`, {
      transactionGasCap: cap,
    });
  }
  if ((resolved.engine === "ethereumjs" || resolved.crossCheck) && isAtLeast(resolved.hardfork, "prague")) {
    throw new ChainError(
      "OPTION_INVALID",
      `ethereumjs knows the forks up to cancun: at ${resolved.hardfork} use the engine machine, without crossCheck`,
      { hardfork: resolved.hardfork, engine: resolved.engine, crossCheck: resolved.crossCheck },
    );
  }
  if (!(resolved.traceSize > 0))
    throw new ChainError("OPTION_INVALID", `The option traceSize must be a number above 0, not ${resolved.traceSize}`, {
      traceSize: resolved.traceSize,
    });
  return resolved;
}

function isAlias(name: string): name is ForkAlias {
  return Object.hasOwn(FORK_ALIASES, name);
}

/** A fork by our name or another. */
function forkOf(name: ChainFork | ForkAlias): ChainFork {
  if (isAlias(name)) return FORK_ALIASES[name];
  if (CHAIN_FORKS.includes(name)) return name;
  const names = [...CHAIN_FORKS, ...Object.keys(FORK_ALIASES)].join(", ");
  throw new ChainError("OPTION_INVALID", `The option hardfork must be one of ${names}, not ${name}`, {
    hardfork: name,
  });
}

/** Most transactions that wait, unless the options say otherwise. */
const MOST_POOLED = 65_536;

function atLeastOne(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new ChainError("OPTION_INVALID", `The option ${name} must be a whole number from 1 on, not ${value}`, {
    [name]: value,
  });
}

/** Settings come from configuration files too, where no compiler has looked. */
function oneOf<T extends string>(name: string, known: readonly T[], value: T): T {
  if (known.includes(value)) return value;
  throw new ChainError("OPTION_INVALID", `The option ${name} must be one of ${known.join(", ")}, not ${value}`, {
    [name]: value,
  });
}
