import { keccak256Hex } from "../../crypto/keccak.ts";
import { quantity } from "../hex.ts";
import { decodeBoolean, optional, param } from "../params.ts";
import { method } from "./define.ts";

/**
 * What `web3_clientVersion` answers. Hardhat's network helpers work only with a client whose version begins with "hardhat": the name says that
 * the development methods of Hardhat's network are all here.
 */
const CLIENT_VERSION = "HardhatNetwork/compatible/banyan-chain/0.1.0";

/** First parts of the names of methods. */
const NAMESPACES = "anvil debug eth evm hardhat miner net ots personal rpc trace txpool web3".split(" ");

/** Who the node is. */
export const nodeMethods = {
  rpc_modules: method({
    summary: "The namespaces that are answered, each with the version 1.0.",
    params: [],
    handler: () => Object.fromEntries(NAMESPACES.map((name) => [name, "1.0"])),
  }),
  web3_clientVersion: method({ summary: "Name and version of the client.", params: [], handler: () => CLIENT_VERSION }),
  web3_sha3: method({
    summary: "Keccak-256 of bytes.",
    params: [param.data("data")],
    handler: (_context, data) => keccak256Hex(data),
  }),
  net_version: method({
    summary: "The network id, in decimal; equal to the chain id unless set otherwise.",
    params: [],
    handler: ({ chain, networkId }) => (networkId ?? chain.chainId).toString(),
  }),
  net_listening: method({ summary: "Always true.", params: [], handler: () => true }),
  net_peerCount: method({
    summary: "Number of peers: none, this chain lives in one process.",
    params: [],
    handler: () => "0x0",
  }),
  hardhat_metadata: method({
    summary: "Client version, chain id, instance id, number and hash of the latest block, and what was forked.",
    params: [],
    handler({ chain, instanceId }) {
      const { header, hash } = chain.latestBlock();
      const origin = chain.forkedFrom();
      return {
        clientVersion: CLIENT_VERSION,
        chainId: Number(chain.chainId),
        instanceId,
        latestBlockNumber: Number(header.number),
        latestBlockHash: hash,
        ...(origin === undefined
          ? {}
          : {
              forkedNetwork: {
                chainId: Number(origin.chainId),
                forkBlockNumber: Number(origin.number),
                forkBlockHash: origin.hash,
              },
            }),
      };
    },
  }),
  hardhat_setLoggingEnabled: method({
    summary: "Turns the log of requests on or off.",
    params: [param.boolean("enabled")],
    handler({ logging }, enabled) {
      logging.enabled = enabled;
      return true;
    },
  }),
  anvil_nodeInfo: method({
    summary: "Block, fork and fees, as Anvil reports them.",
    params: [],
    handler({ chain }) {
      const { header, hash } = chain.latestBlock();
      const origin = chain.forkedFrom();
      const baseFee = quantity(chain.nextBlockBaseFeePerGas());
      return {
        currentBlockNumber: quantity(header.number),
        currentBlockTimestamp: quantity(header.timestamp),
        currentBlockHash: hash,
        hardFork: chain.hardfork,
        transactionOrder: "fees",
        environment: {
          baseFee,
          chainId: quantity(chain.chainId),
          gasLimit: quantity(header.gasLimit),
          gasPrice: baseFee,
        },
        forkConfig: {
          forkUrl: origin?.url ?? null,
          forkBlockNumber: origin === undefined ? null : Number(origin.number),
          forkRetryBackoff: null,
        },
      };
    },
  }),
  anvil_autoImpersonateAccount: method({
    summary: "Accepts transactions from every sender, or no longer.",
    params: [optional("enabled", "true or false", decodeBoolean, true)],
    handler({ chain }, enabled) {
      chain.setAutoImpersonate(enabled);
      return null;
    },
  }),
} as const;
