import { STRUCT_LOG, type StructLogSpec, type TraceOptions, type TracerSpec } from "../trace/trace-spec.ts";
import type { TraceCallOptions } from "../trace/tracing.ts";
import { decodeBlockOverrides } from "./block-overrides.ts";
import type { Param } from "./method.ts";
import { decodeStateOverrides } from "./object-params.ts";
import { asRecord, type Decoder, decodeBoolean, decodeInteger, invalidParam, optional } from "./params.ts";

type JsonRecord = Readonly<Record<string, unknown>>;

const acceptsTracers =
  "callTracer, prestateTracer, 4byteTracer, noopTracer, flatCallTracer, muxTracer, or absent for a list of instructions";
const acceptsOptions =
  "an object {tracer, tracerConfig, timeout, disableStorage, disableStack, enableMemory, enableReturnData, limit}";
const acceptsDuration = 'a duration above zero as text, as "5s", "1m30s" or "300ms"';

const unitsInMilliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** A duration in the notation of Go, in milliseconds. */
const decodeDuration: Decoder<number> = (value, name) => {
  if (typeof value !== "string" || !/^(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/.test(value))
    throw invalidParam(name, acceptsDuration, value);
  let milliseconds = 0;
  for (const [, count, unit] of value.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g))
    milliseconds += Number(count) * (unitsInMilliseconds[unit ?? ""] ?? 0);
  if (!(milliseconds > 0 && milliseconds < Number.MAX_SAFE_INTEGER)) throw invalidParam(name, acceptsDuration, value);
  return milliseconds;
};

function flag(record: JsonRecord, field: string, name: string): boolean {
  const value = record[field];
  return value === undefined || value === null ? false : decodeBoolean(value, `${name}.${field}`);
}

function configOf(value: unknown, name: string): JsonRecord {
  if (value === undefined || value === null) return {};
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, "an object", value);
  return record;
}

function decodeStructLog(record: JsonRecord, name: string): StructLogSpec {
  const limit = record.limit === undefined || record.limit === null ? 0n : decodeInteger(record.limit, `${name}.limit`);
  const enables = flag(record, "enableMemory", name);
  const disables = flag(record, "disableMemory", name);
  if (enables && disables) throw invalidParam(`${name}.disableMemory`, "absent if enableMemory is true", true);
  return {
    ...STRUCT_LOG,
    disableStorage: flag(record, "disableStorage", name),
    disableStack: flag(record, "disableStack", name),
    // The older option says it the other way round: whoever names it to be false wants the memory.
    enableMemory: enables || record.disableMemory === false,
    enableReturnData: flag(record, "enableReturnData", name),
    limit: limit > BigInt(Number.MAX_SAFE_INTEGER) ? 0 : Number(limit),
  };
}

function decodeTracer(tracer: unknown, config: unknown, name: string): TracerSpec {
  const record = configOf(config, `${name}.tracerConfig`);
  const at = `${name}.tracerConfig`;
  switch (tracer) {
    case "callTracer":
      return {
        kind: tracer,
        onlyTopCall: flag(record, "onlyTopCall", at),
        withLog: flag(record, "withLog", at),
      };
    case "flatCallTracer":
      return {
        kind: tracer,
        convertParityErrors: flag(record, "convertParityErrors", at),
        includePrecompiles: flag(record, "includePrecompiles", at),
      };
    case "prestateTracer": {
      const diffMode = flag(record, "diffMode", at);
      const includeEmpty = flag(record, "includeEmpty", at);
      if (diffMode && includeEmpty) throw invalidParam(`${at}.includeEmpty`, "false if diffMode is true", true);
      return {
        kind: tracer,
        diffMode,
        includeEmpty,
        disableCode: flag(record, "disableCode", at),
        disableStorage: flag(record, "disableStorage", at),
      };
    }
    case "4byteTracer":
    case "noopTracer":
      return { kind: tracer };
    case "muxTracer":
      return {
        kind: tracer,
        tracers: new Map(
          Object.entries(record).map(([inner, settings]) => [inner, decodeTracer(inner, settings, `${at}.${inner}`)]),
        ),
      };
    default:
      throw invalidParam(
        `${name}.tracer`,
        `one of ${acceptsTracers}; tracers written in JavaScript are not run here`,
        tracer,
      );
  }
}

const decodeTraceOptions: Decoder<TraceOptions> = (value, name) => {
  const record = asRecord(value);
  if (record === undefined) throw invalidParam(name, acceptsOptions, value);
  const { tracer, timeout } = record;
  const isPlain = tracer === undefined || tracer === null || tracer === "";
  return {
    tracer: isPlain ? decodeStructLog(record, name) : decodeTracer(tracer, record.tracerConfig, name),
    ...(timeout === undefined || timeout === null ? {} : { timeout: decodeDuration(timeout, `${name}.timeout`) }),
  };
};

/** How a transaction or block is traced. */
export const traceOptions: Param<TraceOptions> = optional("options", acceptsOptions, decodeTraceOptions, {});

/** How a call is traced. */
export const traceCallOptions: Param<Omit<TraceCallOptions, "block">> = optional(
  "options",
  `${acceptsOptions.slice(0, -1)}, stateOverrides, blockOverrides, txIndex}`,
  (value, name) => {
    const options: Omit<TraceCallOptions, "block"> = decodeTraceOptions(value, name);
    const { stateOverrides, blockOverrides, txIndex } = configOf(value, name);
    const isGiven = (field: unknown): boolean => field !== undefined && field !== null;
    return {
      ...options,
      ...(isGiven(stateOverrides)
        ? { stateOverrides: decodeStateOverrides(stateOverrides, `${name}.stateOverrides`) }
        : {}),
      ...(isGiven(blockOverrides)
        ? { blockOverrides: decodeBlockOverrides(blockOverrides, `${name}.blockOverrides`) }
        : {}),
      ...(isGiven(txIndex) ? { transactionIndex: Number(decodeInteger(txIndex, `${name}.txIndex`)) } : {}),
    };
  },
  {},
);
