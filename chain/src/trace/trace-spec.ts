/** Settings of the list of instructions that is made where no tracer is named. */
export interface StructLogSpec {
  readonly kind: "structLog";
  readonly disableStorage: boolean;
  readonly disableStack: boolean;
  readonly enableMemory: boolean;
  readonly enableReturnData: boolean;
  /** Most instructions listed; 0 is no limit. The execution goes on behind it. */
  readonly limit: number;
}

/** What an execution is watched for, under the names of geth's built-in tracers. */
export type TracerSpec =
  | StructLogSpec
  | { readonly kind: "callTracer"; readonly onlyTopCall: boolean; readonly withLog: boolean }
  | {
      readonly kind: "flatCallTracer";
      readonly convertParityErrors: boolean;
      readonly includePrecompiles: boolean;
      /** The outermost frame has and uses the gas behind the intrinsic cost, and no refund, as Parity counts. Default false. */
      readonly countsExecutionOnly?: boolean;
    }
  | {
      readonly kind: "prestateTracer";
      readonly diffMode: boolean;
      readonly disableCode: boolean;
      readonly disableStorage: boolean;
      readonly includeEmpty: boolean;
    }
  /** Every instruction with its effect, as Parity lists them. Not one of geth's. */
  | { readonly kind: "vmTracer" }
  | { readonly kind: "4byteTracer" }
  | { readonly kind: "noopTracer" }
  | { readonly kind: "muxTracer"; readonly tracers: ReadonlyMap<string, TracerSpec> };

/** How one execution is traced. */
export interface TraceOptions {
  /** Default: {@link STRUCT_LOG}. */
  readonly tracer?: TracerSpec;
  /** Milliseconds after which a trace is given up. Default: none. */
  readonly timeout?: number;
}

/** The list of instructions as geth makes it by default: with stack and storage. */
export const STRUCT_LOG: StructLogSpec = {
  kind: "structLog",
  disableStorage: false,
  disableStack: false,
  enableMemory: false,
  enableReturnData: false,
  limit: 0,
};
