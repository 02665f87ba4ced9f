import { z } from "zod";
import { ReplayError } from "./replay-error.ts";

const hex = z.string().regex(/^0x[0-9a-fA-F]*$/, "must be hex with 0x in front");
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, "must be an address of 20 bytes");
/** A number as JSON has it, in hex or in decimal. */
const amount = z
  .union([z.number().int().nonnegative(), z.string().regex(/^(0x[0-9a-fA-F]+|[0-9]+)$/, "must be a number")])
  .transform((value) => BigInt(value));
const optional = <T extends z.ZodTypeAny>(type: T) => type.nullish().transform((value) => value ?? undefined);

/** The end of a name's differences in spelling: `Gray Glacier`, `GRAY_GLACIER` and `grayGlacier` are one. */
const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, "");

const account = z.object({
  balance: optional(amount),
  nonce: optional(amount),
  code: optional(z.union([hex, z.object({ LegacyRaw: hex }).transform(({ LegacyRaw }) => LegacyRaw)])),
  storage: optional(z.record(hex, hex)),
});

const interval = z.union([
  amount,
  z.object({ Fixed: amount }).transform(({ Fixed }) => Fixed),
  z.object({ Range: z.object({ min: amount, max: amount }) }).transform(({ Range }) => [Range.min, Range.max] as const),
  z.object({ min: amount, max: amount }).transform(({ min, max }) => [min, max] as const),
  z.tuple([amount, amount]),
]);

const date = z.union([
  z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)), "must be a date")
    .transform((text) => Date.parse(text)),
  amount.transform((seconds) => Number(seconds) * 1000),
  z.object({ secs_since_epoch: z.number() }).transform(({ secs_since_epoch }) => secs_since_epoch * 1000),
]);

const fork = z.object({ url: z.string(), blockNumber: optional(amount), httpHeaders: optional(z.record(z.string())) });

const network = z.union([
  z.object({
    Local: z.object({ genesisBlockGasLimit: optional(amount), genesisBlockTime: optional(date) }),
  }),
  z.object({ Fork: fork }),
]);

const provider = z.object({
  allowBlocksWithSameTimestamp: z.boolean().default(false),
  allowUnlimitedContractSize: z.boolean().default(false),
  bailOnCallFailure: z.boolean().default(true),
  bailOnTransactionFailure: z.boolean().default(true),
  chainId: amount.default(31_337),
  coinbase: optional(address),
  defaultTransactionGasLimit: optional(amount),
  genesisState: optional(z.record(address, account)),
  hardfork: z.string().transform(plainName),
  initialBaseFeePerGas: optional(amount),
  initialParentBeaconBlockRoot: optional(hex),
  minGasPrice: amount.default(0),
  mining: z
    .object({
      autoMine: z.boolean().default(true),
      blockGasLimit: optional(amount),
      interval: optional(interval),
      memPool: z.object({ order: z.string().transform(plainName) }).default({ order: "Priority" }),
    })
    .default({}),
  network: optional(network),
  networkId: optional(amount),
  ownedAccounts: optional(z.array(hex)),
  transactionGasCap: optional(z.union([amount, z.literal("default"), z.literal(false)])),
  // As older recordings have it.
  accounts: optional(z.array(z.object({ secretKey: hex, balance: amount }))),
  genesisAccounts: optional(z.array(z.object({ secretKey: hex, balance: amount }))),
  blockGasLimit: optional(amount),
  initialDate: optional(date),
  fork: optional(fork),
});

/** An account of the genesis state. */
export type GenesisAccount = z.output<typeof account>;

/** What a recording's network was like. Amounts are wei or gas; the fork's name is in lower case, letters alone. */
export interface ProviderConfig {
  readonly allowBlocksWithSameTimestamp: boolean;
  readonly allowUnlimitedContractSize: boolean;
  readonly bailOnCallFailure: boolean;
  readonly bailOnTransactionFailure: boolean;
  readonly chainId: bigint;
  readonly networkId: bigint;
  readonly coinbase: string;
  readonly blockGasLimit: bigint;
  /** Gas limit of transactions and calls that name none. */
  readonly defaultTransactionGasLimit: bigint;
  /** By address in lower case; those of {@link privateKeys} are among them. */
  readonly genesisState: ReadonlyMap<string, GenesisAccount>;
  readonly privateKeys: readonly string[];
  readonly hardfork: string;
  readonly initialBaseFeePerGas: bigint | undefined;
  readonly initialParentBeaconBlockRoot: string | undefined;
  readonly minGasPrice: bigint;
  readonly automine: boolean;
  /** Milliseconds; two: a random pause between them; 0: none. */
  readonly interval: number | readonly [number, number];
  readonly order: "fifo" | "priority";
  /** Timestamp of genesis, milliseconds. */
  readonly genesisTime: number | undefined;
  readonly transactionGasCap: bigint | "default" | false;
}

const DEFAULT_COINBASE = "0xc014ba5ec014ba5ec014ba5ec014ba5ec014ba5e";
const DEFAULT_GAS_LIMIT = 30_000_000n;

/**
 * Reads the first line of a log. Fields that are missing have the values that Hardhat's network gives them.
 * @param value the line's JSON: the network's configuration, or an object whose `providerConfig` is it
 * @param place where it stands, for errors
 * @param addressOf the address of a private key
 * @throws ReplayError `CONFIG_MALFORMED`, `CONFIG_UNSUPPORTED`
 */
export function readProviderConfig(
  value: unknown,
  place: string,
  addressOf: (privateKey: string) => string,
): ProviderConfig {
  const wrapped = z.object({ providerConfig: z.unknown() }).safeParse(value);
  const given = wrapped.success && wrapped.data.providerConfig !== undefined ? wrapped.data.providerConfig : value;
  const read = provider.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ReplayError(
      "CONFIG_MALFORMED",
      `${place}: the network's configuration is wrong at ${issue?.path.join(".") || "its top"}: ${issue?.message}`,
      "The first line must be the configuration of the network that was recorded: {hardfork, chainId, ownedAccounts, genesisState, mining, network, …}.",
    );
  }
  const { data } = read;
  if (data.fork !== undefined || (data.network !== undefined && "Fork" in data.network)) {
    throw new ReplayError(
      "CONFIG_UNSUPPORTED",
      `${place}: the network was a fork of another chain, which a replay would have to ask over the network`,
      "Record the suite on a network of its own.",
    );
  }
  const local = data.network !== undefined && "Local" in data.network ? data.network.Local : undefined;
  const blockGasLimit =
    data.mining.blockGasLimit ?? data.blockGasLimit ?? local?.genesisBlockGasLimit ?? DEFAULT_GAS_LIMIT;
  const keyed = [...(data.accounts ?? []), ...(data.genesisAccounts ?? [])];
  const genesisState = new Map<string, GenesisAccount>();
  for (const { secretKey, balance } of keyed)
    genesisState.set(addressOf(secretKey).toLowerCase(), {
      balance,
      nonce: undefined,
      code: undefined,
      storage: undefined,
    });
  for (const [at, state] of Object.entries(data.genesisState ?? {})) genesisState.set(at.toLowerCase(), state);
  const { interval: pause } = data.mining;
  return {
    allowBlocksWithSameTimestamp: data.allowBlocksWithSameTimestamp,
    allowUnlimitedContractSize: data.allowUnlimitedContractSize,
    bailOnCallFailure: data.bailOnCallFailure,
    bailOnTransactionFailure: data.bailOnTransactionFailure,
    chainId: data.chainId,
    networkId: data.networkId ?? data.chainId,
    coinbase: data.coinbase?.toLowerCase() ?? DEFAULT_COINBASE,
    blockGasLimit,
    defaultTransactionGasLimit: data.defaultTransactionGasLimit ?? blockGasLimit,
    genesisState,
    privateKeys: data.ownedAccounts ?? keyed.map(({ secretKey }) => secretKey),
    hardfork: data.hardfork,
    initialBaseFeePerGas: data.initialBaseFeePerGas,
    initialParentBeaconBlockRoot: data.initialParentBeaconBlockRoot,
    minGasPrice: data.minGasPrice,
    automine: data.mining.autoMine,
    interval:
      pause === undefined ? 0 : typeof pause === "bigint" ? Number(pause) : [Number(pause[0]), Number(pause[1])],
    order: data.mining.memPool.order === "fifo" ? "fifo" : "priority",
    genesisTime: local?.genesisBlockTime ?? data.initialDate,
    transactionGasCap: data.transactionGasCap ?? "default",
  };
}
