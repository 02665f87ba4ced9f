import type { Notify, RpcContext } from "../context.ts";
import type { Subject } from "../filters.ts";
import { formatLog } from "../format.ts";
import { quantity } from "../hex.ts";
import { logFilter, optionalLogFilter } from "../object-params.ts";
import { invalidParam, param, required } from "../params.ts";
import { RpcError, rpcErrorCodes } from "../rpc-error.ts";
import { method } from "./define.ts";

const filterId = param.quantity("filterId");
const subjects: readonly Subject[] = ["newHeads", "logs", "newPendingTransactions"];
const acceptsSubject = `one of ${subjects.join(", ")}`;

const subject = required("subject", acceptsSubject, (value, name): Subject => {
  const found = subjects.find((known) => known === value);
  if (found === undefined) throw invalidParam(name, acceptsSubject, value);
  return found;
});

function mustNotify({ notify }: RpcContext): Notify {
  if (notify === undefined) {
    throw new RpcError(
      rpcErrorCodes.invalidInput,
      "Subscriptions need a connection that stays open: use WebSocket instead of HTTP",
      {
        data: { reason: "NO_SUBSCRIPTIONS" },
      },
    );
  }
  return notify;
}

/** Logs, filters to poll, and subscriptions. */
export const filterMethods = {
  eth_getLogs: method({
    summary: "Logs of a range of blocks, or of one block, by emitter and topics.",
    params: [logFilter],
    handler: async ({ chain, limits }, filter) =>
      (await chain.getLogs({ ...filter, limit: limits.logs })).map(formatLog),
  }),
  eth_newFilter: method({
    summary: "Makes a filter for logs in blocks to come.",
    params: [optionalLogFilter],
    async handler({ chain, filters }, filter) {
      // A filter for one block is refused at once if there is no such block.
      if (filter.blockHash !== undefined) await chain.getLogs(filter);
      return filters.addLogFilter(filter);
    },
  }),
  eth_newBlockFilter: method({
    summary: "Makes a filter for blocks to come.",
    params: [],
    handler: ({ filters }) => filters.addBlockFilter(),
  }),
  eth_newPendingTransactionFilter: method({
    summary: "Makes a filter for transactions that enter the pool.",
    params: [],
    handler: ({ filters }) => filters.addPendingFilter(),
  }),
  eth_getFilterChanges: method({
    summary: "What a filter found since it was made or last asked; null if there is none.",
    params: [filterId],
    async handler({ filters }, id) {
      return (await filters.changes(quantity(id))) ?? null;
    },
  }),
  eth_getFilterLogs: method({
    summary: "All logs that a log filter matches; null if there is none.",
    params: [filterId],
    async handler({ filters }, id) {
      return (await filters.logs(quantity(id))) ?? null;
    },
  }),
  eth_uninstallFilter: method({
    summary: "Removes a filter; false if there was none.",
    params: [filterId],
    handler: ({ filters }, id) => filters.removeFilter(quantity(id)),
  }),
  eth_subscribe: method({
    summary: "Subscribes to newHeads, logs or newPendingTransactions (WebSocket and in process).",
    params: [subject, optionalLogFilter],
    handler: (context, what, filter) => context.filters.subscribe(what, filter, mustNotify(context)),
  }),
  eth_unsubscribe: method({
    summary: "Ends a subscription; false if there was none.",
    params: [param.quantity("subscriptionId")],
    handler: (context, id) => context.filters.unsubscribe(quantity(id), mustNotify(context)),
  }),
} as const;
