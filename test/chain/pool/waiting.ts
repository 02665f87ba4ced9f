import { markTransaction } from "../../../chain/src/pool/transaction-codec.ts";
import type { Transaction } from "../../../chain/src/types.ts";

/** A transfer of nothing as it waits in a pool. */
export function waitingTransaction(
  fields: Pick<Transaction, "type" | "from" | "nonce" | "maxFeePerGas" | "maxPriorityFeePerGas">,
): Transaction {
  const { from, ...own } = fields;
  const unsigned = {
    chainId: 31_337n,
    gasLimit: 21_000n,
    to: from,
    value: 0n,
    data: new Uint8Array(0),
    accessList: [],
  };
  return markTransaction({ ...unsigned, ...own }, from);
}
