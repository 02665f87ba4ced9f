import {
  type AccountOverride,
  ContractDecoder,
  type ProviderConfig as EdrConfig,
  EdrContext,
  L1_CHAIN_TYPE,
  l1GenesisState,
  l1HardforkFromString,
  l1ProviderFactory,
  MineOrdering,
  type SpecId,
} from "@nomicfoundation/edr";
import type { ProviderConfig } from "../provider-config.ts";
import { ReplayError } from "../replay-error.ts";
import { plainFork } from "./forks.ts";
import type { Side } from "./side.ts";

/** What EDR calls the forks whose name is not the plain one with a capital. */
const EDR_NAMES: Readonly<Record<string, string>> = {
  frontierthawing: "Frontier Thawing",
  dao: "DAO Fork",
  muirglacier: "MuirGlacier",
  arrowglacier: "Arrow Glacier",
  grayglacier: "Gray Glacier",
  paris: "Merge",
};

const bytesOf = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits.slice(2), "hex"));
const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;

function specOf(hardfork: string): { readonly name: string; readonly id: SpecId } {
  const plain = plainFork(hardfork);
  const name = plain === undefined ? hardfork : (EDR_NAMES[plain] ?? `${plain[0]?.toUpperCase()}${plain.slice(1)}`);
  try {
    return { name, id: l1HardforkFromString(name) };
  } catch {
    throw new ReplayError(
      "CONFIG_UNSUPPORTED",
      `Hardhat's network knows no fork ${hardfork}`,
      "Write one of frontier, homestead, tangerine, spurious, byzantium, …, cancun, prague, osaka into the configuration.",
    );
  }
}

function configOf(config: ProviderConfig, start: number | undefined): EdrConfig {
  const spec = specOf(config.hardfork);
  const genesisState: AccountOverride[] = [...config.genesisState].map(([address, { balance, nonce, code }]) => ({
    address: bytesOf(address),
    ...(balance === undefined ? {} : { balance }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(code === undefined ? {} : { code: bytesOf(code) }),
  }));
  // What Hardhat adds to every genesis state: the contracts that the fork presupposes.
  for (const account of l1GenesisState(spec.id))
    if (!config.genesisState.has(hexOf(account.address))) genesisState.push(account);
  const { interval } = config;
  return {
    allowBlocksWithSameTimestamp: config.allowBlocksWithSameTimestamp,
    allowUnlimitedContractSize: config.allowUnlimitedContractSize,
    bailOnCallFailure: config.bailOnCallFailure,
    bailOnTransactionFailure: config.bailOnTransactionFailure,
    chainId: config.chainId,
    coinbase: bytesOf(config.coinbase),
    defaultTransactionGasLimit: config.defaultTransactionGasLimit,
    genesisState,
    hardfork: spec.name,
    ...(config.initialBaseFeePerGas === undefined ? {} : { initialBaseFeePerGas: config.initialBaseFeePerGas }),
    ...(config.initialParentBeaconBlockRoot === undefined
      ? {}
      : { initialParentBeaconBlockRoot: bytesOf(config.initialParentBeaconBlockRoot) }),
    minGasPrice: config.minGasPrice,
    mining: {
      autoMine: config.automine,
      blockGasLimit: config.blockGasLimit,
      memPool: { order: config.order === "fifo" ? MineOrdering.Fifo : MineOrdering.Priority },
      ...(interval === 0
        ? {}
        : {
            interval:
              typeof interval === "number" ? BigInt(interval) : { min: BigInt(interval[0]), max: BigInt(interval[1]) },
          }),
    },
    network: {
      genesisBlockGasLimit: config.blockGasLimit,
      ...(start === undefined ? {} : { genesisBlockTime: BigInt(Math.floor(start / 1000)) }),
    },
    networkId: config.networkId,
    observability: {},
    ownedAccounts: [...config.privateKeys],
    precompileOverrides: [],
    ...(config.transactionGasCap === "default" ? {} : { transactionGasCap: config.transactionGasCap }),
  };
}

/** What a network answers a request with. */
interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/**
 * Hardhat's own network, in this process, asked as Hardhat asks it: a request as JSON text, the answer parsed. None of Hardhat's own layers lies
 * between, so the time is the network's alone.
 */
export async function createEdrSide(config: ProviderConfig, start: number | undefined): Promise<Side> {
  const context = new EdrContext();
  await context.registerProviderFactory(L1_CHAIN_TYPE, l1ProviderFactory());
  const provider = await context.createProvider(
    L1_CHAIN_TYPE,
    configOf(config, start),
    { enable: false, decodeConsoleLogInputsCallback: () => [], printLineCallback: () => undefined },
    { subscriptionCallback: () => undefined },
    new ContractDecoder(),
  );
  let id = 0;
  return {
    async request({ method, params }) {
      const response = await provider.handleRequest(
        JSON.stringify({ jsonrpc: "2.0", id: ++id, method, params: params ?? [] }),
      );
      const answer = (typeof response.data === "string" ? JSON.parse(response.data) : response.data) as Answer;
      if (answer.error === undefined) return answer.result;
      throw Object.assign(new Error(answer.error.message), { code: answer.error.code, data: answer.error.data });
    },
    close: () => undefined,
  };
}
