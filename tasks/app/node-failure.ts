import { BanyanError } from "@banyan/app-common";
import { HardhatError } from "@nomicfoundation/hardhat-errors";

const { CONNECTION_REFUSED, NETWORK_TIMEOUT, INVALID_JSON_RESPONSE } = HardhatError.ERRORS.CORE.NETWORK;
/** How Node and its HTTP client name a connection that broke. */
const BROKEN = /^(?:ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|UND_ERR_)/;
const MAX_CAUSES = 32;

/**
 * The error for a node that does not answer, if that is behind a failure.
 *
 * @param error - what was caught; its chain of causes is walked
 * @returns `NODE_UNREACHABLE`, `NODE_ANSWER_INVALID` or, for any other failure, nothing
 */
export function nodeFailure(error: unknown): BanyanError | undefined {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth++) {
    if (HardhatError.isHardhatError(current, INVALID_JSON_RESPONSE)) return strange(error);
    if (HardhatError.isHardhatError(current, CONNECTION_REFUSED)) return unreachable(error);
    if (HardhatError.isHardhatError(current, NETWORK_TIMEOUT)) return unreachable(error);
    if ("code" in current && BROKEN.test(String(current.code))) return unreachable(error);
    current = current.cause;
  }
  return undefined;
}

function unreachable(cause: unknown): BanyanError {
  return new BanyanError(
    "NODE_UNREACHABLE",
    { en: "the network's node does not answer", zh: "该网络的节点没有应答" },
    {
      cure: {
        en: "Start the node (for localhost: `npx hardhat chain`) or check the network's url, then run the same command again: it goes on where it stopped.",
        zh: "请启动节点（localhost：`npx hardhat chain`）或检查该网络的 url，然后再次运行同一命令，将从停止处继续。",
      },
      cause,
    },
  );
}

function strange(cause: unknown): BanyanError {
  return new BanyanError(
    "NODE_ANSWER_INVALID",
    { en: "the network's node does not answer in JSON-RPC", zh: "该网络的节点没有以 JSON-RPC 应答" },
    {
      cure: {
        en: "Check that the network's url is that of an Ethereum JSON-RPC node.",
        zh: "请检查该网络的 url 是否为以太坊 JSON-RPC 节点。",
      },
      cause,
    },
  );
}
