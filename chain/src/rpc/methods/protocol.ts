import { toHex } from "../../codec/hex.ts";
import { quantity } from "../hex.ts";
import { decodeHash, required, transactionHash } from "../params.ts";
import { method } from "./define.ts";

/** The rules in force, and blobs. */
export const protocolMethods = {
  eth_blobBaseFee: method({
    summary: "Price of blob gas in the next block, wei; 0 before Cancun.",
    params: [],
    handler: ({ chain }) => quantity(chain.nextBlobBaseFee()),
  }),
  eth_config: method({
    summary: "Fork, blob limits, precompiled and system contracts (EIP-7910), since Cancun.",
    params: [],
    handler({ chain }) {
      const config = chain.forkConfig();
      const { target, max, baseFeeUpdateFraction } = config.blobSchedule;
      return {
        current: {
          activationTime: Number(config.activationTime),
          blobSchedule: { target, max, baseFeeUpdateFraction: Number(baseFeeUpdateFraction) },
          chainId: quantity(config.chainId),
          forkId: config.forkId,
          precompiles: Object.fromEntries(config.precompiles),
          systemContracts: Object.fromEntries(config.systemContracts),
        },
        next: null,
        last: null,
      };
    },
  }),
  anvil_getBlobByHash: method({
    summary: "A blob by its versioned hash, or null; the latest 512 are kept.",
    params: [required("versionedHash", "a versioned hash", decodeHash)],
    handler({ chain }, hash) {
      const blob = chain.getBlob(hash);
      return blob === undefined ? null : toHex(blob);
    },
  }),
  anvil_getBlobsByTransactionHash: method({
    summary: "The blobs of a transaction, or null if it has none or they are forgotten.",
    params: [transactionHash],
    async handler({ chain }, hash) {
      const hashes = (await chain.getTransaction(hash))?.transaction.blobHashes;
      const blobs = hashes?.map((one) => chain.getBlob(one));
      return blobs === undefined || blobs.includes(undefined) ? null : blobs.map((blob) => blob && toHex(blob));
    },
  }),
} as const;
