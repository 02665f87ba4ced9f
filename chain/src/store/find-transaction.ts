import type { LocatedTransaction } from "../chain.ts";
import type { Ledger } from "../ledger.ts";
import type { Address } from "../types.ts";

/** The transaction of a sender with a nonce, waiting or mined. Looks through the blocks: there is no index by sender. */
export function findTransaction(
  { pool, store }: Ledger,
  sender: Address,
  nonce: bigint,
): LocatedTransaction | undefined {
  for (const transaction of pool.snapshot()) {
    if (transaction.from === sender && transaction.nonce === nonce)
      return { transaction, receipt: undefined, block: undefined };
  }
  for (const { block } of store.kept(0n, store.head().block.header.number)) {
    const index = block.transactions.findIndex(({ from, nonce: own }) => from === sender && own === nonce);
    const transaction = block.transactions[index];
    if (transaction !== undefined) return { transaction, receipt: block.receipts[index], block };
  }
  return undefined;
}
