export type { CallOptions, Chain, ChainEvents, ForkOrigin, LocatedTransaction, MiningMode } from "./chain.ts";
export type { ChainControls, PreparedTransaction } from "./controls.ts";
export type { CoreOptions } from "./core.ts";
export type { EmbeddedChain, EmbeddedChainOptions } from "./create-chain.ts";
export { createChain } from "./create-chain.ts";
export type { ChainNode, NodeOptions } from "./create-node.ts";
export { createNode } from "./create-node.ts";
export type { FrameEnd, FrameKind, FrameStart, StepView, Tracer } from "./engine/tracer.ts";
export type { ChainErrorCode } from "./errors.ts";
export { ChainError } from "./errors.ts";
export type { AccessListResult } from "./executor/access-list.ts";
export type {
  BaseFeeCourse,
  ChainOptions,
  EngineName,
  ForkAlias,
  ForkingOptions,
  GenesisAccount,
  MempoolOrder,
  ResetOptions,
  Scheduler,
} from "./options.ts";
export { createResettableCore as createCore } from "./resettable-core.ts";
export type { RecordRequest, RequestRecord } from "./rpc/json-rpc.ts";
export { NODE_LIMITS, PROCESS_LIMITS, type RpcLimits } from "./rpc/limits.ts";
export type { ChainProvider, ProviderRequest, SubscriptionMessage } from "./rpc/provider.ts";
export type { Rpc, RpcOptions, RpcSession } from "./rpc/rpc.ts";
export { RpcError, rpcErrorCodes } from "./rpc/rpc-error.ts";
export type { ServerLimits, ServerLog, ServerOptions } from "./rpc/server/options.ts";
export { SERVER_LIMITS } from "./rpc/server/options.ts";
export type { RpcServer } from "./rpc/server.ts";
export { startServer } from "./rpc/server.ts";
export type { ChainFork } from "./rules/fork.ts";
export type {
  SimulatedBlock,
  SimulatedBlockRequest,
  SimulatedCall,
  SimulatedCallResult,
  SimulationRequest,
} from "./simulation/simulation.ts";
export type { AccountDump } from "./state/dump-accounts.ts";
export type { BuildInfo } from "./trace/solidity/build-info.ts";
export { type StackTracerLoader, stackTracerOf } from "./trace/solidity/load-stack-tracer.ts";
export { formatSolidityFrame, type SolidityFrame } from "./trace/solidity/solidity-frame.ts";
export type { FailureExplanation, StackTracer } from "./trace/solidity/stack-tracer.ts";
export type { StructLogSpec, TraceOptions, TracerSpec } from "./trace/trace-spec.ts";
export type { BlockTraceEntry, ChainTracing, TraceCallOptions } from "./trace/tracing.ts";
export type * from "./types.ts";
