import type {
  CallableContractFuture,
  ContractFuture,
  IgnitionModule,
  IgnitionModuleBuilder,
} from "@nomicfoundation/ignition-core";

/** A rule and the events that it watches. */
export interface Guard {
  /** The contract's name. */
  readonly name: string;
  /** Bits of business steps. */
  readonly steps: bigint;
  /** Bits of kinds of events. */
  readonly kinds: number;
}

/**
 * Lets rules watch captured events, in the order of the list: each is added only when the one before it is. Left to itself, Ignition adds them in
 * whatever order they come to be ready.
 *
 * Only the administrator may add, and the deployer is the administrator: no role has to be set first.
 *
 * @param m - the module in the making; it calls this once, with all its rules
 * @param repository - the repository of events
 * @param guards - the rules
 * @param contracts - the contracts by name
 * @param module - the module whose rules are asked before these; that of the repository always is
 */
export function watch(
  m: IgnitionModuleBuilder,
  repository: CallableContractFuture<string>,
  guards: readonly Guard[],
  contracts: Readonly<Record<string, ContractFuture<string>>>,
  module?: IgnitionModule,
): void {
  let before: ReturnType<IgnitionModuleBuilder["call"]> | IgnitionModule | undefined = module;
  for (const { name, steps, kinds } of guards) {
    const contract = contracts[name];
    if (contract === undefined) throw new Error(`The module deploys no ${name}`);
    before = m.call(repository, "addGuard", [contract, steps, kinds], {
      id: `${name}_watches`,
      after: before === undefined ? [] : [before],
    });
  }
}
