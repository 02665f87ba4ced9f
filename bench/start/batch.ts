import { type SignedDigest, signedDigestOf } from "../../chain/src/pool/signed-digest.ts";
import { signTransaction } from "../../chain/src/pool/transaction-codec.ts";

/** Transactions of a batch. */
export const BATCH_SIZE = 1_000;

/** What the senders of a batch are recovered from. */
export function signedBatch(): readonly SignedDigest[] {
  const key = new Uint8Array(32).fill(0x11);
  const to = "0x00000000000000000000000000000000000000aa";
  return Array.from({ length: BATCH_SIZE }, (_, index) => {
    const { raw } = signTransaction(
      {
        type: 2,
        chainId: 31_337n,
        nonce: BigInt(index),
        gasLimit: 21_000n,
        maxFeePerGas: 10n,
        maxPriorityFeePerGas: 1n,
        to,
        value: 1n,
        data: new Uint8Array(0),
        accessList: [],
      },
      to,
      key,
    );
    return signedDigestOf(raw);
  });
}
