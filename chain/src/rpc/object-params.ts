import { BLOB_SIZE } from "../crypto/kzg.ts";
import type {
  AccessListEntry,
  Address,
  Authorization,
  CallRequest,
  LogFilter,
  StateOverride,
  TransactionRequest,
  Word,
} from "../types.ts";
import type { Param } from "./method.ts";
import {
  asRecord,
  type Decoder,
  decodeAddress,
  decodeBlock,
  decodeData,
  decodeHash,
  decodeInteger,
  decodeQuantity,
  decodeQuantity64,
  decodeSlot,
  decodeWord,
  invalidParam,
  listOf,
  optional,
  required,
  unfitParam,
} from "./params.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function present(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

const decodeAccessListEntry: Decoder<AccessListEntry> = (value, name) => {
  // Hardhat's network takes the form of the encoded list too.
  const record = Array.isArray(value) ? { address: value[0], storageKeys: value[1] } : asRecord(value);
  if (record === undefined) throw invalidParam(name, "{address, storageKeys}", value);
  return {
    address: decodeAddress(record.address, `${name}.address`),
    storageKeys: listOf(decodeWord, "a list of 32-byte words")(record.storageKeys ?? [], `${name}.storageKeys`),
  };
};

const decodeAccessList = listOf(decodeAccessListEntry, "a list of {address, storageKeys}");

const decodeAuthorization: Decoder<Authorization> = (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, "{chainId, address, nonce, yParity, r, s}", value);
  // Clients pad r and s to 32 bytes, or do not.
  const field = (key: string): bigint => decodeInteger(record[key], `${name}.${key}`);
  return {
    chainId: field("chainId"),
    address: decodeAddress(record.address, `${name}.address`),
    nonce: field("nonce"),
    yParity: field("yParity"),
    r: field("r"),
    s: field("s"),
  };
};

const decodeAuthorizations = listOf(decodeAuthorization, "a list of {chainId, address, nonce, yParity, r, s}");

const decodeHashes = listOf(decodeHash, "a list of versioned hashes");

const decodeBlob: Decoder<Uint8Array> = (value, name) => {
  const blob = decodeData(value, name);
  if (blob.length !== BLOB_SIZE) throw invalidParam(name, `${BLOB_SIZE} bytes`, `${blob.length} bytes`);
  return blob;
};

const decodeBlobs = listOf(decodeBlob, "a list of blobs");

/** Reads what a call and a transaction have in common. */
export function decodeCallFields(record: Readonly<Record<string, unknown>>, name: string): CallRequest {
  const request: Mutable<CallRequest> = {};
  if (present(record.from)) request.from = decodeAddress(record.from, `${name}.from`);
  if (present(record.to)) request.to = decodeAddress(record.to, `${name}.to`);
  // Geth's rule: `input` is the name in use, `data` the older one; both may be given if they agree.
  if (present(record.input)) request.data = decodeData(record.input, `${name}.input`);
  if (present(record.data)) {
    if (present(record.input) && record.input !== record.data)
      throw invalidParam(`${name}.data`, "equal to input if both are given", record.data);
    request.data = decodeData(record.data, `${name}.data`);
  }
  if (present(record.value)) request.value = decodeQuantity(record.value, `${name}.value`);
  if (present(record.gas)) request.gasLimit = decodeQuantity64(record.gas, `${name}.gas`);
  if (present(record.gasPrice)) {
    if (present(record.maxFeePerGas) || present(record.maxPriorityFeePerGas)) {
      throw unfitParam(`${name}.gasPrice`, "absent if maxFeePerGas or maxPriorityFeePerGas is given", record.gasPrice);
    }
    request.gasPrice = decodeQuantity(record.gasPrice, `${name}.gasPrice`);
  }
  if (present(record.maxFeePerGas)) request.maxFeePerGas = decodeQuantity(record.maxFeePerGas, `${name}.maxFeePerGas`);
  if (present(record.maxPriorityFeePerGas)) {
    request.maxPriorityFeePerGas = decodeQuantity(record.maxPriorityFeePerGas, `${name}.maxPriorityFeePerGas`);
  }
  if (present(record.accessList)) request.accessList = decodeAccessList(record.accessList, `${name}.accessList`);
  // An empty list stands for none in Hardhat's network.
  if (present(record.blobVersionedHashes) && !isEmptyList(record.blobVersionedHashes))
    request.blobHashes = decodeHashes(record.blobVersionedHashes, `${name}.blobVersionedHashes`);
  if (present(record.maxFeePerBlobGas))
    request.maxFeePerBlobGas = decodeQuantity(record.maxFeePerBlobGas, `${name}.maxFeePerBlobGas`);
  for (const newer of ["authorizationList", "blobVersionedHashes", "blobs"]) {
    if (!present(record[newer]) || !present(record.gasPrice)) continue;
    throw invalidParam(
      `${name}.gasPrice`,
      `absent if ${newer} is given: such a transaction has maxFeePerGas`,
      record.gasPrice,
    );
  }
  if (present(record.authorizationList))
    request.authorizationList = decodeAuthorizations(record.authorizationList, `${name}.authorizationList`);
  return request;
}

/** Geth and Hardhat's network refuse a creation without code: mostly a recipient has been forgotten. */
function refuseEmptyCreation({ to, data }: CallRequest, name: string): void {
  if (to === undefined && (data === undefined || data.length === 0))
    throw unfitParam(
      `${name}.data`,
      "given if there is no recipient: it is the code that makes the contract",
      undefined,
    );
}

const acceptsCall = "an object {from, to, data, value, gas, …}";

/** The request of `eth_call` and `eth_estimateGas`. */
export const callRequest: Param<CallRequest> = required("transaction", acceptsCall, (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, acceptsCall, value);
  const request = decodeCallFields(record, name);
  refuseEmptyCreation(request, name);
  return request;
});

/** The fields of `eth_sendTransaction`, the sender perhaps missing. */
export type SenderlessRequest = Omit<TransactionRequest, "from"> & { readonly from?: Address };

/** The request of `eth_sendTransaction`. */
export const transactionRequest: Param<SenderlessRequest> = required("transaction", acceptsCall, (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, acceptsCall, value);
  const request: Mutable<SenderlessRequest> = decodeCallFields(record, name);
  if (present(record.nonce)) request.nonce = decodeQuantity(record.nonce, `${name}.nonce`);
  if (present(record.chainId)) request.chainId = decodeQuantity(record.chainId, `${name}.chainId`);
  if (present(record.blobs)) request.blobs = decodeBlobs(record.blobs, `${name}.blobs`);
  refuseEmptyCreation(request, name);
  return request;
});

function decodeSlots(value: unknown, name: string): Map<Word, Word> {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, "an object of 32-byte slots and values", value);
  const slots = new Map<Word, Word>();
  for (const [slot, word] of Object.entries(record))
    slots.set(decodeSlot(slot, name), decodeSlot(word, `${name}.${slot}`));
  return slots;
}

function decodeStateOverride(value: unknown, name: string): StateOverride {
  const record = asRecord(value);
  if (record === undefined)
    throw invalidParam(name, "an object {balance, nonce, code, state, stateDiff, movePrecompileToAddress}", value);
  const override: Mutable<StateOverride> = {};
  if (present(record.balance)) override.balance = decodeQuantity(record.balance, `${name}.balance`);
  if (present(record.nonce)) override.nonce = decodeQuantity(record.nonce, `${name}.nonce`);
  if (present(record.code)) override.code = decodeData(record.code, `${name}.code`);
  if (present(record.state)) override.state = decodeSlots(record.state, `${name}.state`);
  if (present(record.stateDiff)) {
    if (override.state !== undefined)
      throw invalidParam(`${name}.stateDiff`, "absent if state is given", record.stateDiff);
    override.stateDiff = decodeSlots(record.stateDiff, `${name}.stateDiff`);
  }
  if (present(record.movePrecompileToAddress))
    override.movePrecompileTo = decodeAddress(record.movePrecompileToAddress, `${name}.movePrecompileToAddress`);
  return override;
}

/** Reads state overrides, by address. */
export const decodeStateOverrides: Decoder<ReadonlyMap<Address, StateOverride>> = (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, "an object of addresses and overrides", value);
  const overrides = new Map<Address, StateOverride>();
  for (const [account, override] of Object.entries(record)) {
    overrides.set(decodeAddress(account, name), decodeStateOverride(override, `${name}.${account}`));
  }
  return overrides;
};

/** State overrides of `eth_call`, by address. */
export const stateOverrides: Param<ReadonlyMap<Address, StateOverride> | undefined> = optional(
  "stateOverrides",
  "an object of addresses and {balance, nonce, code, state, stateDiff, movePrecompileToAddress}",
  decodeStateOverrides,
  undefined,
);

const acceptsFilter = "an object {fromBlock, toBlock, address, topics} or {blockHash, address, topics}";

function decodeTopics(value: unknown, name: string): (Word[] | null)[] {
  if (!Array.isArray(value)) throw invalidParam(name, "a list of topics, lists of topics and nulls", value);
  return value.map((topic, index) => {
    const at = `${name}[${index}]`;
    if (topic === null) return null;
    if (!Array.isArray(topic)) return [decodeHash(topic, at)];
    // A null inside a list of alternatives matches everything, and so does an empty list.
    return topic.length === 0 || topic.includes(null) ? null : topic.map((one, i) => decodeHash(one, `${at}[${i}]`));
  });
}

const decodeLogFilter: Decoder<LogFilter> = (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, acceptsFilter, value);
  const filter: Mutable<LogFilter> = {};
  if (present(record.blockHash)) {
    if (present(record.fromBlock) || present(record.toBlock)) {
      throw invalidParam(`${name}.blockHash`, "absent if fromBlock or toBlock is given", record.blockHash);
    }
    filter.blockHash = decodeHash(record.blockHash, `${name}.blockHash`);
  }
  if (present(record.fromBlock)) filter.fromBlock = decodeBlock(record.fromBlock, `${name}.fromBlock`);
  if (present(record.toBlock)) filter.toBlock = decodeBlock(record.toBlock, `${name}.toBlock`);
  if (present(record.address)) {
    filter.addresses = Array.isArray(record.address)
      ? listOf(decodeAddress, "an address or a list of them")(record.address, `${name}.address`)
      : [decodeAddress(record.address, `${name}.address`)];
  }
  if (present(record.topics)) filter.topics = decodeTopics(record.topics, `${name}.topics`);
  return filter;
};

/** The filter of `eth_getLogs` and `eth_newFilter`. */
export const logFilter: Param<LogFilter> = required("filter", acceptsFilter, decodeLogFilter);
/** The filter of a `logs` subscription. */
export const optionalLogFilter: Param<LogFilter> = optional("filter", acceptsFilter, decodeLogFilter, {});
