import type { ChainError, ChainErrorCode, ForkingOptions } from "../../index.ts";
import type { Words } from "./words.ts";

/** Arguments of `npx hardhat chain` about the chain that is forked. */
export interface ForkArguments {
  fork: string;
  forkBlock: string;
  forkCache: string;
  noForkCache: boolean;
}

const NUMBER = /^(?:\d{1,18}|0x[0-9a-fA-F]{1,15})$/;

/** What is wrong with them, with the cure; `undefined` if nothing is. */
export function forkProblem(
  { fork, forkBlock, forkCache, noForkCache }: ForkArguments,
  configured: ForkingOptions | undefined,
  say: Words,
): string | undefined {
  if (fork !== "" && !/^https?:$/.test(URL.parse(fork)?.protocol ?? "")) return say.badForkUrl;
  if (forkBlock !== "" && !NUMBER.test(forkBlock)) return say.badForkBlock(forkBlock);
  if (forkCache !== "" && noForkCache) return say.forkCacheTwice;
  const names = [
    ...(forkBlock === "" ? [] : ["--fork-block"]),
    ...(forkCache === "" ? [] : ["--fork-cache"]),
    ...(noForkCache ? ["--no-fork-cache"] : []),
  ];
  return names.length > 0 && fork === "" && configured === undefined ? say.forkMissing(names.join(", ")) : undefined;
}

/** What to fork: the arguments go before the configuration. */
export function forkingOf(
  { fork, forkBlock, forkCache, noForkCache }: ForkArguments,
  configured: ForkingOptions | undefined,
): ForkingOptions | undefined {
  const url = fork === "" ? configured?.url : fork;
  if (url === undefined) return undefined;
  const { blockNumber: configuredBlock, ...kept } = configured?.url === url ? configured : { url };
  const blockNumber = forkBlock === "" ? configuredBlock : BigInt(forkBlock);
  return {
    ...kept,
    url,
    ...(blockNumber === undefined ? {} : { blockNumber }),
    ...(noForkCache ? { cacheDir: false } : forkCache === "" ? {} : { cacheDir: forkCache }),
  };
}

const explanations: Partial<Record<ChainErrorCode, (say: Words, details: ChainError["details"]) => string>> = {
  BLOCK_NOT_FOUND: (say, { block, latest }) => say.forkBlockUnknown(String(block), String(latest)),
  REMOTE_UNREACHABLE: (say, { url, reason }) => say.remoteUnreachable(String(url), String(reason)),
  REMOTE_BUSY: (say, { url, reason }) => say.remoteBusy(String(url), String(reason)),
  REMOTE_REFUSED: (say, { url, method, remoteMessage, reason }) =>
    say.remoteRefused(String(url), String(method), String(remoteMessage ?? reason)),
  REMOTE_STATE_MISSING: (say, { url }) => say.remoteStateMissing(String(url)),
  REMOTE_MALFORMED: (say, { url, method }) => say.remoteMalformed(String(url), String(method)),
};

/** Why a chain could not be forked, with the cure; `undefined` for other errors. */
export function explainFork(error: ChainError, say: Words): string | undefined {
  return explanations[error.code]?.(say, error.details);
}
