export type { CallOptions, Chain, ChainEvents, LocatedTransaction, MiningMode } from "./chain.ts";
export type { CoreOptions } from "./core.ts";
export { createCore } from "./core.ts";
export type { FrameEnd, FrameKind, FrameStart, StepView, Tracer } from "./engine/tracer.ts";
export type { ChainErrorCode } from "./errors.ts";
export { ChainError } from "./errors.ts";
export type { ChainOptions, GenesisAccount, Scheduler } from "./options.ts";
export type * from "./types.ts";
