import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { ChainError, type ChainNode, createNode } from "../../index.ts";
import { reasonWords } from "./data/reason-words.ts";
import { explainFork, type ForkArguments, forkingOf, forkProblem } from "./fork-arguments.ts";
import { createJsonReporter, createTextReporter, LOG_LEVELS, type LogLevel } from "./reporter.ts";
import { type Words, words } from "./words.ts";

/** Arguments of `npx hardhat chain`. */
interface ChainArguments extends ForkArguments {
  hostname: string;
  port: number;
  unsafe: boolean;
  cors: string;
  allowedHosts: string;
  logLevel: string;
  json: boolean;
  lang: string;
  data: string | undefined;
  sync: boolean;
  repair: boolean;
}

const HIGHEST_PORT = 65_535;

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function isLogLevel(text: string): text is LogLevel {
  return LOG_LEVELS.some((level) => level === text);
}

/** What is wrong with the arguments, with the cure; `undefined` if nothing is. */
function problemOf({ port, logLevel, data, sync, repair }: ChainArguments, say: Words): string | undefined {
  if (data === undefined && (sync || repair)) return say.needsData(sync ? "--sync" : "--repair");
  if (port < 0 || port > HIGHEST_PORT) return say.badPort(port);
  return isLogLevel(logLevel) ? undefined : say.badLogLevel(logLevel, LOG_LEVELS);
}

/** What went wrong, with the cure; other errors are defects and go on as they are. */
function explain(error: unknown, { hostname, port, data, lang }: ChainArguments, say: Words): string {
  if (!(error instanceof ChainError)) throw error;
  if (data !== undefined && (error.code.startsWith("DATA_") || error.code === "STATE_FULL")) {
    const reason = reasonWords(error, lang);
    return error.code === "DATA_DAMAGED" ? say.damaged(reason, data) : say.dataRefused(reason);
  }
  if (error.code === "PORT_IN_USE") return say.portInUse(hostname, port);
  const forkFailure = explainFork(error, say);
  if (forkFailure !== undefined) return forkFailure;
  return error.code === "LISTEN_FAILED" ? say.listenFailed(error.message) : say.badOption(error.message);
}

/** Serves a chain with the settings of the default network until it is interrupted. */
export default async function serveChain(args: ChainArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  const say = words[args.lang];
  if (say === undefined) {
    console.error(`--lang is ${args.lang}; it must be one of ${Object.keys(words).join(", ")}.`);
    process.exitCode = 1;
    return;
  }
  const problem = problemOf(args, say);
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 1;
    return;
  }
  const level = isLogLevel(args.logLevel) ? args.logLevel : "info";
  // Whoever read the output may be gone (`| head`): the node goes on without.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const reporter = args.json ? await createJsonReporter(level) : createTextReporter(say, level);
  const network = hre.config.networks.default;
  const { chainOptionsOf, createErrorNamer, stackTracerOfProject } = await import("../index.ts");
  const settings = network?.type === "http" ? (network.banyan ?? {}) : {};
  const configured = await chainOptionsOf(settings, hre.config.paths.cache);
  const forkError = forkProblem(args, configured.forking, say);
  if (forkError !== undefined) {
    console.error(forkError);
    process.exitCode = 1;
    return;
  }
  const forking = forkingOf(args, configured.forking);
  let node: ChainNode | undefined;
  const start = async (): Promise<ChainNode> =>
    createNode({
      ...configured,
      ...(forking === undefined ? {} : { forking }),
      ...(args.data === undefined ? {} : { data: args.data, sync: args.sync }),
      rpc: {
        print: reporter.console,
        nameError: createErrorNamer(hre.artifacts),
        stackTracer: stackTracerOfProject(hre.artifacts),
      },
      server: {
        hostname: args.hostname,
        port: args.port,
        unsafe: args.unsafe,
        corsOrigins: listOf(args.cors),
        allowedHosts: listOf(args.allowedHosts),
        ...(reporter.log === undefined ? {} : { log: reporter.log }),
        onRequest: (record) => {
          if (node?.rpc.loggingEnabled() !== false) reporter.request(record);
        },
      },
    });
  try {
    node = await start().catch(async (error: unknown) => {
      if (!args.repair || args.data === undefined || !(error instanceof ChainError) || error.code !== "DATA_DAMAGED")
        throw error;
      const { repairChain } = await import("../../store/durable/index.ts");
      reporter.repaired(await repairChain(args.data));
      return start();
    });
  } catch (error) {
    console.error(explain(error, args, say));
    process.exitCode = 1;
    return;
  }
  // Listened for before anybody is told that the node runs, and could stop it.
  const interruption = interrupted();
  await reporter.started(node, args.data);
  await interruption;
  reporter.stopping();
  await node.close();
  reporter.stopped();
}
