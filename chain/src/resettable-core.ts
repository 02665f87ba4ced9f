import type { Chain } from "./chain.ts";
import { type CoreChain, type CoreOptions, createCore } from "./core.ts";
import type { Tracer } from "./engine/tracer.ts";
import { ChainError } from "./errors.ts";
import { createEventHub } from "./event-hub.ts";
import type { ChainOptions } from "./options.ts";

/**
 * Makes a chain that can begin anew. Behind it stands one core after the other; whoever holds the chain need not know.
 * @param options what the chain is like
 * @throws ChainError `OPTION_INVALID`
 */
export function createResettableCore(options: CoreOptions): Chain {
  const events = createEventHub();
  let tracer: Tracer | undefined;
  let recordsFailures = false;
  let present: CoreChain = createCore(options, events);

  const own: Pick<Chain, "reset" | "setTracer" | "recordFailures"> = {
    async reset(changes: Partial<ChainOptions> = {}) {
      if (options.data !== undefined) {
        const { folder } = options.data;
        throw new ChainError(
          "DATA_RESET",
          `The chain in ${folder} is kept: it does not begin anew. Stop the node and remove the folder, or start a node without one.`,
          { folder },
        );
      }
      // Made first: options that no chain can have leave the present one as it is.
      const wanted = { ...options, ...changes };
      const { forking, openFork } = wanted;
      const fork = forking === undefined ? undefined : await openFork?.(forking);
      const { fork: _old, ...rest } = wanted;
      const next = createCore(fork === undefined ? rest : { ...rest, fork }, events);
      // The orders that came before are carried out before it ends.
      await present.getBlock("latest");
      present.stop();
      events.discard();
      next.setTracer(tracer);
      next.recordFailures(recordsFailures);
      present = next;
    },
    setTracer(next) {
      tracer = next;
      present.setTracer(next);
    },
    recordFailures(enabled) {
      recordsFailures = enabled;
      present.recordFailures(enabled);
    },
  };

  return new Proxy<Chain>(
    { ...present, ...own },
    { get: (_chain, name) => (Object.hasOwn(own, name) ? Reflect.get(own, name) : Reflect.get(present, name)) },
  );
}
