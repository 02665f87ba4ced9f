import { type ChainNode, formatSolidityFrame, type RequestRecord, type ServerLog } from "../../index.ts";
import type { RepairResult } from "../../store/durable/index.ts";
import type { Words } from "./words.ts";

/** How much is told, from nothing to everything. */
export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes what the node has to say. */
export interface Reporter {
  /** @param folder where the chain is kept, if it is */
  started(node: ChainNode, folder: string | undefined): Promise<void>;
  /** A damaged chain was rolled back. */
  repaired(result: RepairResult): void;
  request(record: RequestRecord): void;
  console(line: string): void;
  stopping(): void;
  stopped(): void;
  /** What the server itself logs; absent where people read. */
  readonly log?: ServerLog;
}

const WEI_PER_ETHER = 10n ** 18n;
const DEFECT = -32_603;

function keyOf({ core }: ChainNode, account: `0x${string}`): string {
  return `0x${Buffer.from(core.privateKeyOf(account) ?? []).toString("hex")}`;
}

/** For people: words in their language. */
export function createTextReporter(say: Words, level: LogLevel): Reporter {
  const tells = (least: LogLevel): boolean => LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
  return {
    async started(node, folder) {
      const { core, server } = node;
      if (!tells("warn")) return;
      console.log(say.listening(node.url, node.webSocketUrl));
      console.log(say.chainId(core.chainId));
      const origin = core.forkedFrom();
      if (origin !== undefined) console.log(say.forkedFrom(origin.chainId, origin.number, origin.url));
      console.log();
      if (server.servesAccounts) {
        console.log(say.accounts(core.accounts.length));
        for (const [index, account] of core.accounts.entries()) {
          console.log(say.account(index, account, ((await core.getBalance(account)) / WEI_PER_ETHER).toString()));
          console.log(say.privateKey(keyOf(node, account)));
        }
        console.log(`\n${say.warning}`);
      } else {
        console.log(say.guarded);
      }
      console.log(
        `${say.connect("localhost")}\n${folder === undefined ? say.stop : say.stopKept(folder, core.latestBlock().header.number)}\n`,
      );
    },
    repaired(result) {
      if (tells("warn")) console.log(say.repaired(result));
    },
    request({ method, duration, error }) {
      if (!tells(error?.code === DEFECT ? "error" : "info")) return;
      const time = tells("debug") ? `  ${duration.toFixed(1)} ms` : "";
      console.log(error === undefined ? `${method}${time}` : `${method}${time}  ${say.refused(error.message)}`);
      for (const frame of error?.stackTrace ?? []) console.log(`    at ${formatSolidityFrame(frame)}`);
    },
    console: (line) => console.log(`  ${line}`),
    stopping() {
      if (tells("info")) console.log(say.stopping);
    },
    stopped() {
      if (tells("warn")) console.log(say.stopped);
    },
  };
}

/** For programs: one JSON object per line, with `event`, `level` and `time`. */
export async function createJsonReporter(level: LogLevel): Promise<Reporter> {
  const { pino } = await import("pino");
  const log = pino(
    { level, base: null, formatters: { level: (label) => ({ level: label }) } },
    pino.destination({ dest: 1, sync: true }),
  );
  return {
    log,
    repaired: (result) => log.warn({ event: "repaired", ...result }),
    async started(node, folder) {
      const { core, url, webSocketUrl, server } = node;
      const origin = core.forkedFrom();
      const accounts = core.accounts.map((address) => ({ address, privateKey: keyOf(node, address) }));
      log.info({
        event: "started",
        url,
        webSocketUrl,
        chainId: Number(core.chainId),
        ...(folder === undefined ? {} : { data: folder, block: Number(core.latestBlock().header.number) }),
        ...(origin === undefined
          ? {}
          : { forkedFrom: { ...origin, chainId: Number(origin.chainId), number: Number(origin.number) } }),
        servesAccounts: server.servesAccounts,
        accounts: server.servesAccounts ? accounts : [],
      });
    },
    request({ method, duration, error }) {
      const fields = { event: "request", method, duration: Math.round(duration * 1000) / 1000 };
      if (error === undefined) log.info(fields);
      else if (error.code === DEFECT) log.error({ ...fields, error });
      else log.info({ ...fields, error });
    },
    console: (line) => log.info({ event: "console", line }),
    stopping: () => log.info({ event: "stopping" }),
    stopped: () => log.info({ event: "stopped" }),
  };
}
