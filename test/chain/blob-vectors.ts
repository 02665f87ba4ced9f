import { readFileSync } from "node:fs";
import type { Address, Chain, Hash } from "@banyan/chain";
import { serializeTransaction } from "viem";
import { decodeRlp, encodeList, type RlpItem } from "../../chain/src/codec/rlp.ts";
import { keccak256 } from "../../chain/src/crypto/keccak.ts";
import { sign } from "../../chain/src/crypto/secp256k1.ts";
import { account, bytes, word } from "./support.ts";

/** A blob with what proves it. Made with c-kzg's Rust sibling (rust-eth-kzg), not with the library that the chain uses. */
export interface BlobVector {
  readonly blob: Uint8Array;
  readonly commitment: Uint8Array;
  readonly proof: Uint8Array;
  readonly cellProofs: readonly Uint8Array[];
  readonly hash: Hash;
}

const INFINITY = bytes(`c0${"00".repeat(47)}`);

/** Every field element is its own index. */
export const counting: BlobVector = {
  blob: elements((index) => index),
  commitment: bytes("b6b9804594a3ec4d0d6a7233d9daa1bf152b10c35eabe8925197e97bcfa406dc5a369748dfefa3eb3f0b54fc6a050861"),
  proof: bytes("b3704e48d87127bdceae1fd9fdd792754a5039fb103a7406b594077980a201b9caa3a2a13d4136cc22ff8e9dd9a560b5"),
  cellProofs: JSON.parse(readFileSync(new URL("../fixtures/blob-cell-proofs.json", import.meta.url), "utf8")).map(
    bytes,
  ),
  hash: "0x01a8266f474c7a7b5a1e0c7b951869a51ecedc1eceeeb56f598021c555ea128c",
};

/** Every field element is 7: all proofs are the point at infinity. */
export const constant: BlobVector = {
  blob: elements(() => 7),
  commitment: bytes("b928f3beb93519eecf0145da903b40a4c97dca00b21f12ac0df3be9116ef2ef27b2ae6bcd4c5bc2d54ef5a70627efcb7"),
  proof: INFINITY,
  cellProofs: Array.from({ length: 128 }, () => INFINITY),
  hash: "0x0185dbd6412c68c516913d8bcca243ac18c2645d93c2efe48c3f66ebc93e96f8",
};

function elements(value: (index: number) => number): Uint8Array {
  const blob = new Uint8Array(131_072);
  for (let index = 0; index < 4_096; index++) {
    blob[32 * index + 31] = value(index) & 255;
    blob[32 * index + 30] = value(index) >> 8;
  }
  return blob;
}

/** Fields of a transaction with blobs that a test changes. */
export interface BlobTransactionChanges {
  readonly sender?: number;
  readonly nonce?: number;
  readonly to?: Address;
  readonly hashes?: readonly Hash[];
  readonly maxFeePerBlobGas?: bigint;
  readonly maxFeePerGas?: bigint;
  readonly maxPriorityFeePerGas?: bigint;
}

/** A signed transaction in the form that blocks hold. */
export function bareTransaction(chain: Chain, changes: BlobTransactionChanges = {}): Uint8Array {
  const unsigned = {
    type: "eip4844",
    chainId: 31_337,
    nonce: changes.nonce ?? 0,
    gas: 100_000n,
    maxFeePerGas: changes.maxFeePerGas ?? 10n ** 10n,
    maxPriorityFeePerGas: changes.maxPriorityFeePerGas ?? 10n ** 9n,
    maxFeePerBlobGas: changes.maxFeePerBlobGas ?? 10n ** 9n,
    to: changes.to ?? account(chain, 9),
    blobVersionedHashes: [...(changes.hashes ?? [constant.hash])],
  } as const;
  const key = chain.privateKeyOf(account(chain, changes.sender ?? 0)) ?? new Uint8Array(32);
  const { r, s, yParity } = sign(keccak256(bytes(serializeTransaction(unsigned))), key);
  return bytes(serializeTransaction(unsigned, { r: word(r), s: word(s), yParity }));
}

/** What a wrapper holds beside its transaction. */
export interface WrapperChanges {
  readonly version?: number;
  readonly blobs?: readonly Uint8Array[];
  readonly commitments?: readonly Uint8Array[];
  readonly proofs?: readonly Uint8Array[];
}

/** The same as clients send it, with blobs, commitments and proofs; with a version, the form of EIP-7594. */
export function wrap(bare: Uint8Array, vectors: readonly BlobVector[], changes: WrapperChanges = {}): Uint8Array {
  const { version } = changes;
  const list = (items: readonly Uint8Array[]) => ({ encoded: encodeList(items) });
  const proofs = version === undefined ? vectors.map(({ proof }) => proof) : vectors.flatMap((one) => one.cellProofs);
  return encodeList(
    [
      asInput(decodeRlp(bare.subarray(1))),
      ...(version === undefined ? [] : [BigInt(version)]),
      list(changes.blobs ?? vectors.map(({ blob }) => blob)),
      list(changes.commitments ?? vectors.map(({ commitment }) => commitment)),
      list(changes.proofs ?? proofs),
    ],
    3,
  );
}

/** A decoded item, ready to be encoded again. */
function asInput(item: RlpItem): Uint8Array | { readonly encoded: Uint8Array } {
  return item instanceof Uint8Array ? item : { encoded: encodeList(item.map(asInput)) };
}
