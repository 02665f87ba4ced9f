import type { SimulatedBlockRequest, SimulatedCall, SimulationRequest } from "../simulation/simulation.ts";
import { decodeBlockOverrides } from "./block-overrides.ts";
import type { Param } from "./method.ts";
import { decodeCallFields, decodeStateOverrides } from "./object-params.ts";
import {
  asRecord,
  type Decoder,
  decodeBoolean,
  decodeHash,
  decodeQuantity,
  invalidParam,
  listOf,
  required,
} from "./params.ts";

const accepts =
  "an object {blockStateCalls: [{blockOverrides, stateOverrides, calls}], traceTransfers, validation, returnFullTransactions}";
const acceptsCalls = "a list of calls";
const acceptsBlocks = "a list, not empty, of {blockOverrides, stateOverrides, calls}";

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

const decodeCall: Decoder<SimulatedCall> = (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, "an object {from, to, data, value, gas, nonce, …}", value);
  const call = decodeCallFields(record, name);
  return isGiven(record.nonce) ? { ...call, nonce: decodeQuantity(record.nonce, `${name}.nonce`) } : call;
};

const decodeSimulatedBlock: Decoder<SimulatedBlockRequest> = (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, "an object {blockOverrides, stateOverrides, calls}", value);
  const { blockOverrides, stateOverrides, calls } = record;
  return {
    ...(isGiven(blockOverrides)
      ? { blockOverrides: decodeSimulatedOverrides(blockOverrides, `${name}.blockOverrides`) }
      : {}),
    ...(isGiven(stateOverrides)
      ? { stateOverrides: decodeStateOverrides(stateOverrides, `${name}.stateOverrides`) }
      : {}),
    calls: isGiven(calls) ? listOf(decodeCall, acceptsCalls)(calls, `${name}.calls`) : [],
  };
};

/** Blocks that are simulated have also what no call sees. */
const decodeSimulatedOverrides: Decoder<NonNullable<SimulatedBlockRequest["blockOverrides"]>> = (value, name) => {
  const record = asRecord(value);
  if (record === undefined) return decodeBlockOverrides(value, name);
  const { beaconRoot, parentBeaconBlockRoot, withdrawals, ...rest } = record;
  if (isGiven(withdrawals) && !(Array.isArray(withdrawals) && withdrawals.length === 0))
    throw invalidParam(`${name}.withdrawals`, "absent or empty: there are none here", withdrawals);
  const root = beaconRoot ?? parentBeaconBlockRoot;
  return {
    ...decodeBlockOverrides(rest, name),
    ...(isGiven(root) ? { beaconRoot: decodeHash(root, `${name}.beaconRoot`) } : {}),
  };
};

/** The payload of `eth_simulateV1`. */
export const simulationRequest: Param<Omit<SimulationRequest, "block"> & { readonly returnsTransactions: boolean }> =
  required("payload", accepts, (value, name) => {
    const record = asRecord(value);
    if (record === undefined) throw invalidParam(name, accepts, value);
    const flag = (field: string): boolean =>
      isGiven(record[field]) ? decodeBoolean(record[field], `${name}.${field}`) : false;
    const blocks = listOf(decodeSimulatedBlock, acceptsBlocks)(record.blockStateCalls, `${name}.blockStateCalls`);
    if (blocks.length === 0) throw invalidParam(`${name}.blockStateCalls`, acceptsBlocks, record.blockStateCalls);
    return {
      blocks,
      traceTransfers: flag("traceTransfers"),
      validation: flag("validation"),
      returnsTransactions: flag("returnFullTransactions"),
    };
  });
