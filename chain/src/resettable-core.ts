import type { Chain } from "./chain.ts";
import { type CoreChain, type CoreOptions, createCore } from "./core.ts";
import type { Tracer } from "./engine/tracer.ts";
import { ChainError } from "./errors.ts";
import { createEventHub } from "./event-hub.ts";
import type { ForkingOptions, ResetOptions } from "./options.ts";

/**
 * Makes a chain that can begin anew. Behind it stands one core after the other; whoever holds the chain need not know.
 * @param options what the chain is like
 * @throws ChainError `OPTION_INVALID`
 */
export function createResettableCore(options: CoreOptions): Chain {
  const events = createEventHub();
  let tracer: Tracer | undefined;
  let recordsFailures = false;
  let { forking } = options;
  let present: CoreChain = createCore(options, events);

  /** Finds the block to begin with. What a request leaves open is as it was for the same endpoint. */
  async function reopen(wanted: Partial<ForkingOptions> | undefined): Promise<Pick<CoreOptions, "fork" | "forking">> {
    if (wanted === undefined) return {};
    const url = wanted.url ?? forking?.url;
    if (url === undefined || options.openFork === undefined) {
      throw new ChainError("OPTION_INVALID", "The chain forks no other: forking needs the URL of an endpoint", {
        "forking.url": url,
      });
    }
    const { blockNumber: _block, ...kept } = forking?.url === url ? forking : {};
    const next: ForkingOptions = { ...kept, ...wanted, url };
    const fork = await options.openFork(next);
    forking = next;
    return { fork, forking: next };
  }

  const own: Pick<Chain, "reset" | "setTracer" | "recordFailures"> = {
    async reset(changes: ResetOptions = {}) {
      if (options.data !== undefined) {
        const { folder } = options.data;
        throw new ChainError(
          "DATA_RESET",
          `The chain in ${folder} is kept: it does not begin anew. Stop the node and remove the folder, or start a node without one.`,
          { folder },
        );
      }
      // Made first: options that no chain can have leave the present one as it is.
      const { fork: _fork, forking: _forking, ...others } = options;
      const { forking: wanted, ...changed } = changes;
      const next = createCore({ ...others, ...changed, ...(await reopen(wanted)) }, events);
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
