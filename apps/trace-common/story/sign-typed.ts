import type { Address, Hex, LocalAccount } from "viem";
import { type Signature, SignatureAlgorithm } from "../client/index.ts";

/** A contract that says in which domain signatures for it are made. */
interface SignedContract {
  readonly read: {
    readonly eip712Domain: () => Promise<{
      readonly name: string;
      readonly version: string;
      readonly chainId: bigint;
      readonly verifyingContract: Address;
      readonly salt: Hex;
    }>;
  };
}

/**
 * Signs a message for a contract.
 *
 * @param contract - who will check the signature
 * @param account - who signs
 * @param types - the message's type alone
 * @param message - the message
 */
export async function signTyped(
  contract: SignedContract,
  account: LocalAccount,
  types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>,
  message: Readonly<Record<string, unknown>>,
): Promise<Signature> {
  const { name, version, chainId, verifyingContract, salt } = await contract.read.eip712Domain();
  const [primaryType = ""] = Object.keys(types);
  const domain = { name, version, chainId, verifyingContract, salt };
  const data = await account.signTypedData({ domain, types, primaryType, message });
  return { algorithm: SignatureAlgorithm.ECDSA_SECP256K1, data };
}
