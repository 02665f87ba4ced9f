import type { Abi, AbiFunction, Hash, TransactionReceipt } from "viem";
import {
  getTransactionReceipt,
  readContract,
  simulateContract,
  waitForTransactionReceipt,
  writeContract,
} from "viem/actions";
import { formatAbiItem } from "viem/utils";
import { BanyanError } from "../errors.ts";
import { decodeOwnEvents, type LooseEvent } from "./events.ts";
import { indexBy, named } from "./named.ts";
import type { ContractClients, ReadOptions, ViemClient, WriteOptions } from "./types.ts";

/** A contract at its address, seen through the clients. */
export interface Target {
  readonly abi: Abi;
  readonly address: `0x${string}`;
  readonly clients: ContractClients;
}

/** A mined transaction before its events are given their types. */
export interface LooseOutcome {
  readonly hash: Hash;
  readonly receipt: TransactionReceipt;
  readonly events: readonly LooseEvent[];
  event(name: string): LooseEvent;
}

type Method = (...parameters: readonly unknown[]) => Promise<unknown>;
type Run = (
  target: Target,
  item: AbiFunction,
  args: readonly unknown[],
  options: ReadOptions & WriteOptions,
) => Promise<unknown>;

/** One method per view, by name, or by signature where the name is overloaded. */
export function readMethods(target: Target): Record<string, Method> {
  return methods(target, viewsOf(target.abi), read);
}

/** One method per transaction: send it. */
export function writeMethods(target: Target): Record<string, Method> {
  return methods(target, transactionsOf(target.abi), write);
}

/** One method per transaction: try it without sending. */
export function simulateMethods(target: Target): Record<string, Method> {
  return methods(target, transactionsOf(target.abi), simulate);
}

/** One method per transaction: send it, wait until it is mined, decode the contract's own events. */
export function writeAndWaitMethods(target: Target): Record<string, Method> {
  return methods(target, transactionsOf(target.abi), writeAndWait);
}

const isView = (item: AbiFunction): boolean => item.stateMutability === "view" || item.stateMutability === "pure";
const viewsOf = indexBy((abi) => functionsOf(abi, isView));
const transactionsOf = indexBy((abi) => functionsOf(abi, (item) => !isView(item)));

function functionsOf(abi: Abi, wanted: (item: AbiFunction) => boolean): [string, AbiFunction][] {
  const functions = abi.filter((item): item is AbiFunction => item.type === "function");
  const overloaded = (item: AbiFunction): boolean => functions.filter(({ name }) => name === item.name).length > 1;
  return functions.filter(wanted).map((item) => [overloaded(item) ? formatAbiItem(item) : item.name, item]);
}

function methods(target: Target, items: ReadonlyMap<string, AbiFunction>, run: Run): Record<string, Method> {
  const entries = [...items].map(([key, item]): [string, Method] => [
    key,
    async (...parameters) => {
      const [args, options] = item.inputs.length === 0 ? [{}, parameters[0]] : parameters;
      return await run(target, item, positional(item, args), isRecord(options) ? options : {});
    },
  ]);
  return Object.fromEntries(entries);
}

function positional(item: AbiFunction, args: unknown): readonly unknown[] {
  if (!isRecord(args)) {
    throw new BanyanError("ARGUMENTS_MISSING", `${item.name} takes its arguments as one object`, {
      cure: `Pass { ${item.inputs.map(({ name }) => name).join(", ")} }.`,
    });
  }
  return item.inputs.map(({ name }) => {
    const value = args[name ?? ""];
    if (value === undefined) {
      throw new BanyanError("ARGUMENT_MISSING", `${item.name} lacks its argument ${name}`, { cure: `Pass ${name}.` });
    }
    return value;
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

async function read(
  { abi, address, clients }: Target,
  item: AbiFunction,
  args: readonly unknown[],
  options: ReadOptions,
): Promise<unknown> {
  const { account, blockNumber, blockTag } = options;
  const block = blockNumber === undefined ? { blockTag } : { blockNumber };
  const result = await readContract(clients.public, {
    abi: only(abi, item),
    address,
    functionName: item.name,
    args,
    account,
    ...block,
  });
  return resultOf(item, result);
}

async function simulate(
  target: Target,
  item: AbiFunction,
  args: readonly unknown[],
  options: ReadOptions & WriteOptions,
): Promise<unknown> {
  const { abi, address, clients } = target;
  const { blockNumber, blockTag, value, gas, nonce } = options;
  const account = options.account ?? clients.wallet?.account;
  const block = blockNumber === undefined ? { blockTag } : { blockNumber };
  const { result } = await simulateContract(clients.public, {
    ...{ abi: only(abi, item), address, functionName: item.name, args, account, value, gas, nonce },
    ...block,
  });
  return resultOf(item, result);
}

async function write(
  { abi, address, clients }: Target,
  item: AbiFunction,
  args: readonly unknown[],
  options: WriteOptions,
): Promise<Hash> {
  const { value, gas, nonce } = options;
  const wallet = requireWallet(clients);
  const account = options.account ?? wallet.account;
  if (account === undefined) {
    throw new BanyanError("ACCOUNT_MISSING", `no account to send ${item.name} from`, {
      cure: "Give the wallet client an account, or pass { account }.",
    });
  }
  return await writeContract(wallet, {
    ...{ abi: only(abi, item), address, functionName: item.name, args },
    ...{ account, value, gas, nonce, chain: wallet.chain ?? null },
  });
}

async function writeAndWait(
  target: Target,
  item: AbiFunction,
  args: readonly unknown[],
  options: WriteOptions,
): Promise<LooseOutcome> {
  const hash = await write(target, item, args, options);
  const receipt = await receiptOf(target.clients.public, hash);
  if (receipt.status === "reverted") throw await revertReason(target, item, args, options, receipt);
  const events = decodeOwnEvents(target, receipt.logs);
  return {
    hash,
    receipt,
    events,
    event(name) {
      const event = events.find(({ eventName }) => eventName === name);
      if (event === undefined) throw new BanyanError("EVENT_MISSING", `${item.name} (${hash}) emitted no ${name}`);
      return event;
    },
  };
}

/** A chain that mines at once has the receipt already, so the first look does not wait for a poll. */
export async function receiptOf(client: ViemClient, hash: Hash): Promise<TransactionReceipt> {
  try {
    return await getTransactionReceipt(client, { hash });
  } catch {
    // Not mined yet, or the node cannot say: the patient way tells which.
    return await waitForTransactionReceipt(client, { hash });
  }
}

/** A receipt does not say why: the call is repeated on the state before its block, which gives the reason in nearly every case. */
async function revertReason(
  target: Target,
  item: AbiFunction,
  args: readonly unknown[],
  options: WriteOptions,
  receipt: TransactionReceipt,
): Promise<Error> {
  const blockNumber = receipt.blockNumber - 1n;
  try {
    await simulate(target, item, args, { ...options, account: receipt.from, nonce: undefined, blockNumber });
  } catch (error) {
    if (error instanceof Error) return error;
  }
  return new BanyanError(
    "TRANSACTION_REVERTED",
    `${item.name} was reverted in transaction ${receipt.transactionHash}`,
    {
      cure: "Trace the transaction: repeated on the state before its block it succeeds, so it ran out of gas or met another transaction.",
    },
  );
}

/** The wallet, or a refusal that says how to give one. */
export function requireWallet(clients: ContractClients): ViemClient {
  if (clients.wallet === undefined) {
    throw new BanyanError("WALLET_MISSING", "this contract client can only read", {
      cure: "Give it { public, wallet }.",
    });
  }
  return clients.wallet;
}

/** One function alone, so that viem need not choose between overloads, with the errors, so that viem can name them. */
function only(abi: Abi, item: AbiFunction): Abi {
  let slices = slicesByAbi.get(abi);
  if (slices === undefined) {
    slices = new Map();
    slicesByAbi.set(abi, slices);
  }
  let slice = slices.get(item);
  if (slice === undefined) {
    slice = [item, ...abi.filter(({ type }) => type === "error")];
    slices.set(item, slice);
  }
  return slice;
}

const slicesByAbi = new WeakMap<Abi, Map<AbiFunction, Abi>>();

function resultOf(item: AbiFunction, result: unknown): unknown {
  return item.outputs.length > 1 && Array.isArray(result) ? named(item.outputs, result) : result;
}
