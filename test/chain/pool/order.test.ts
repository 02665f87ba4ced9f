import { expect } from "chai";
import fc from "fast-check";
import { createTransactionPool } from "../../../chain/src/pool/transaction-pool.ts";
import type { Address, Transaction } from "../../../chain/src/types.ts";
import { waitingTransaction } from "./waiting.ts";

const SENDERS = Array.from({ length: 9 }, (_, index): Address => `0x${String(index + 1).padStart(40, "0")}`);
const FIRST_NONCE = 3n;

const waiting = fc.record({
  from: fc.constantFrom(...SENDERS),
  nonce: fc.nat(7).map((above) => BigInt(above) + FIRST_NONCE - 1n),
  maxFeePerGas: fc.bigInt(1n, 12n),
  maxPriorityFeePerGas: fc.bigInt(0n, 6n),
});

type Waiting = typeof waiting extends fc.Arbitrary<infer T> ? T : never;

const transactionOf = (fields: Waiting): Transaction => waitingTransaction({ type: 2, ...fields });

/** The definition: of all that could be next, the best, until there is nothing left. */
function naive(arrived: readonly Transaction[], baseFee: bigint, order: "fee" | "arrival"): Transaction[] {
  const next = new Map(SENDERS.map((sender) => [sender, FIRST_NONCE]));
  const left = new Set(arrived.filter(({ nonce }) => nonce >= FIRST_NONCE));
  const ordered: Transaction[] = [];
  const tip = ({ maxFeePerGas, maxPriorityFeePerGas }: Transaction): bigint =>
    maxFeePerGas - baseFee < maxPriorityFeePerGas ? maxFeePerGas - baseFee : maxPriorityFeePerGas;
  for (;;) {
    let best: Transaction | undefined;
    for (const transaction of left) {
      if (transaction.nonce !== next.get(transaction.from) || transaction.maxFeePerGas < baseFee) continue;
      if (best === undefined || (order === "fee" && tip(transaction) > tip(best))) best = transaction;
    }
    if (best === undefined) return ordered;
    ordered.push(best);
    left.delete(best);
    next.set(best.from, best.nonce + 1n);
  }
}

describe("Order of a pool", () => {
  for (const order of ["fee", "arrival"] as const) {
    it(`by ${order} is that of the definition, given random senders, nonces, fees, gaps and base fees`, () => {
      const unique = fc.uniqueArray(waiting, {
        maxLength: 60,
        selector: ({ from, nonce }) => `${from} ${nonce}`,
      });
      fc.assert(
        fc.property(unique, fc.bigInt(0n, 8n), (all, baseFee) => {
          const pool = createTransactionPool({ order });
          const arrived = all.map(transactionOf);
          for (const transaction of arrived) pool.add(transaction);
          const given = pool.executable(() => FIRST_NONCE, baseFee).map(({ hash }) => hash);
          expect(given).to.deep.equal(naive(arrived, baseFee, order).map(({ hash }) => hash));
          expect(pool.snapshot()).to.deep.equal(arrived);
        }),
        { numRuns: 500 },
      );
    });
  }

  it("given an account that the state has overtaken and one that pays too little, takes neither", () => {
    const pool = createTransactionPool();
    const fees = { maxFeePerGas: 2n, maxPriorityFeePerGas: 1n };
    const old = transactionOf({ from: SENDERS[1] as Address, nonce: 0n, ...fees });
    const poor = transactionOf({ from: SENDERS[2] as Address, nonce: FIRST_NONCE, ...fees });
    pool.add(old);
    pool.add(poor);
    expect(pool.executable(() => FIRST_NONCE, 3n)).to.deep.equal([]);
    expect(pool.executable(() => FIRST_NONCE, 2n)).to.deep.equal([poor]);
  });
});
