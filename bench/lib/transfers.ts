import type { Address } from "@banyan/chain";
import { toHex } from "../../chain/src/codec/hex.ts";
import { deriveAccounts } from "../../chain/src/crypto/accounts.ts";
import { DEFAULT_DERIVATION_PATH, DEFAULT_MNEMONIC } from "../../chain/src/crypto/default-keys.ts";
import { signTransaction } from "../../chain/src/pool/transaction-codec.ts";

/** Chain id of the chains that are compared. */
const CHAIN_ID = 31_337n;
const SENDERS = 10;
/** Few: Anvil copies the accounts it holds for every block, and with many it is that copying that would be measured. */
const RECIPIENTS = 100;

/** Who sends: the nonces of these count the transfers that are in blocks. */
export function senderAddresses(): readonly Address[] {
  return deriveAccounts(DEFAULT_MNEMONIC, DEFAULT_DERIVATION_PATH, SENDERS).map(({ address }) => address);
}

/**
 * Batches of signed transfers, as the text of HTTP requests. Senders are the funded accounts of the standard test mnemonic in turn; every batch
 * has one sender, so that batches of different senders may go side by side.
 */
export function signedBatches(count: number, size: number): readonly string[] {
  const accounts = deriveAccounts(DEFAULT_MNEMONIC, DEFAULT_DERIVATION_PATH, SENDERS);
  const nonces = accounts.map(() => 0n);
  const batches: string[] = [];
  for (let made = 0; made < count; made += size) {
    const index = batches.length % SENDERS;
    const sender = accounts[index];
    if (sender === undefined) break;
    const requests: string[] = [];
    for (let i = 0; i < Math.min(size, count - made); i++) {
      const to: Address = `0x${(0x1_0000 + ((made + i) % RECIPIENTS)).toString(16).padStart(40, "0")}`;
      const { raw } = signTransaction(
        {
          type: 2,
          chainId: CHAIN_ID,
          nonce: nonces[index] ?? 0n,
          maxFeePerGas: 2_000_000_000n,
          maxPriorityFeePerGas: 1n,
          gasLimit: 21_000n,
          to,
          value: 1n,
          data: new Uint8Array(0),
          accessList: [],
        },
        sender.address,
        sender.privateKey,
      );
      nonces[index] = (nonces[index] ?? 0n) + 1n;
      requests.push(`{"jsonrpc":"2.0","id":${i},"method":"eth_sendRawTransaction","params":["${toHex(raw)}"]}`);
    }
    batches.push(`[${requests.join(",")}]`);
  }
  return batches;
}
