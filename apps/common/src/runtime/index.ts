export type { Agreeing, ErrorsOf, EventFilter, EventsOf, FunctionsOf, NamedValues, ResultOf } from "./abi-types.ts";
export { ContractClient } from "./contract-client.ts";
export { decodeContractError, type SolidityErrors, solidityErrorsAbi } from "./decode-error.ts";
export { deploy } from "./deploy.ts";
export type {
  BlockRange,
  Bytecode,
  ContractClients,
  ContractError,
  ContractEvent,
  DeployOptions,
  EventSource,
  EventSources,
  GetEventsOptions,
  LinkReference,
  Outcome,
  ReadOptions,
  Reads,
  Simulations,
  ViemClient,
  WatchEventsOptions,
  WriteOptions,
  Writes,
  WritesAndWaits,
} from "./types.ts";
