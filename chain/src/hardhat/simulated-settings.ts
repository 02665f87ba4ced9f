import type { InProcessChainConfig } from "./config.ts";

/** A part of a configuration as it is written; what each field holds is validated later. */
type Fields = Readonly<Record<string, unknown>>;
type Setting = keyof InProcessChainConfig;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

const amount = (value: unknown): unknown => (Number.isSafeInteger(value) ? BigInt(Number(value)) : value);
const wei = (value: unknown): unknown =>
  typeof value === "string" && /^\d+$/.test(value) ? BigInt(value) : amount(value);
const date = (value: unknown): unknown =>
  typeof value === "string" || value instanceof Date ? new Date(value).getTime() : value;

/** Settings that are called alike on Hardhat's simulated network, with how theirs becomes ours. */
const alike: Readonly<Partial<Record<Setting, (value: unknown) => unknown>>> = {
  chainId: amount,
  networkId: amount,
  hardfork: (value) => value,
  blockGasLimit: amount,
  initialBaseFeePerGas: amount,
  minGasPrice: amount,
  transactionGasCap: amount,
  coinbase: (value) => value,
  initialDate: date,
  allowUnlimitedContractSize: (value) => value,
  allowBlocksWithSameTimestamp: (value) => value,
  throwOnCallFailures: (value) => value,
  throwOnTransactionFailures: (value) => value,
};

/** Fields of a simulated network that are groups here. */
const groups: Readonly<Record<string, (group: Fields) => Readonly<Partial<Record<Setting, unknown>>>>> = {
  mining: ({ auto, interval, mempool }) => ({
    automine: auto,
    interval,
    mempoolOrder: fieldsOf(mempool).order,
  }),
  accounts: ({ mnemonic, count, path, accountsBalance }) => ({
    mnemonic,
    accountCount: count,
    derivationPath: path,
    accountBalance: wei(accountsBalance),
  }),
  forking: ({ httpHeaders, ...rest }) => ({
    forking: httpHeaders === undefined ? rest : { ...rest, headers: httpHeaders },
  }),
};

/**
 * Takes the settings of Hardhat's simulated network that stand in one of ours, as tests give them to a connection, and makes them settings of
 * our chain: without that they would say nothing, for an HTTP network has none of them. What stands there wins over what is under `banyan`.
 * @param network a network of ours, or a part of one
 */
export function takeSimulatedSettings(network: object): Record<string, unknown> {
  const rest: Record<string, unknown> = {};
  const taken: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(network)) {
    const convert = Object.hasOwn(alike, name) ? Reflect.get(alike, name) : undefined;
    const group = Object.hasOwn(groups, name) && !Array.isArray(value) ? groups[name] : undefined;
    if (typeof convert === "function") taken[name] = convert(value);
    else if (group === undefined || typeof value !== "object") rest[name] = value;
    else Object.assign(taken, group(fieldsOf(value)));
  }
  for (const name of Object.keys(taken)) if (taken[name] === undefined) delete taken[name];
  return { ...rest, banyan: { ...fieldsOf(rest.banyan), ...taken } };
}
