import type { Chain } from "../../chain.ts";
import type { RequestRecord } from "../json-rpc.ts";
import { methodTable } from "../method-table.ts";

/** Figures of a server in the text format of Prometheus. */
export interface Metrics {
  /** Counts an answered request. */
  request(record: RequestRecord, transport: Transport): void;
  /** Counts a refused connection or HTTP request. */
  refused(reason: string): void;
  /** Content type of {@link text}. */
  readonly contentType: string;
  text(): Promise<string>;
}

/** How a request came. */
export type Transport = "http" | "websocket";

/** What is read when the figures are asked for. */
export interface MetricSources {
  readonly chain: Chain;
  connections(): Readonly<Record<Transport, number>>;
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Names that clients invent would make figures without end. */
const labelOf = (method: string): string => (Object.hasOwn(methodTable, method) ? method : "unknown");

function seriesOf<T>(known: Map<string, T>, name: string, make: () => T): T {
  let series = known.get(name);
  if (series === undefined) {
    series = make();
    known.set(name, series);
  }
  return series;
}

/** Makes the figures of a server, each in a registry of its own. */
export async function createMetrics({ chain, connections }: MetricSources): Promise<Metrics> {
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = (await import("prom-client")).default;
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "banyan_rpc_requests_total",
    help: "Answered requests",
    labelNames: ["method", "transport", "outcome"] as const,
    registers,
  });
  const durations = new Histogram({
    name: "banyan_rpc_request_seconds",
    help: "Seconds from a request's turn to its answer",
    labelNames: ["method"] as const,
    buckets: SECONDS,
    registers,
  });
  const refusals = new Counter({
    name: "banyan_server_refused_total",
    help: "Connections and HTTP requests that were not answered",
    labelNames: ["reason"] as const,
    registers,
  });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge("banyan_chain_height", "Number of the latest block", () => Number(chain.latestBlock().header.number));
  gauge("banyan_chain_base_fee_wei", "Base fee of the next block", () => Number(chain.nextBlockBaseFeePerGas()));
  gauge("banyan_pool_pending", "Transactions that wait and can run", () => chain.pooledTransactions().pending.length);
  gauge("banyan_pool_queued", "Transactions that wait for others", () => chain.pooledTransactions().queued.length);
  for (const transport of ["http", "websocket"] as const) {
    gauge(`banyan_server_${transport}_connections`, `Open ${transport} connections`, () => connections()[transport]);
  }
  // Labels are checked and joined once for each series, not for each request.
  const counts = new Map<string, { inc(): void }>();
  const times = new Map<string, { observe(seconds: number): void }>();
  return {
    request({ method, duration, error }, transport) {
      const label = labelOf(method);
      const outcome = error === undefined ? "ok" : String(error.code);
      seriesOf(counts, `${label} ${transport} ${outcome}`, () =>
        requests.labels({ method: label, transport, outcome }),
      ).inc();
      seriesOf(times, label, () => durations.labels({ method: label })).observe(duration / 1000);
    },
    refused: (reason) => refusals.inc({ reason }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
