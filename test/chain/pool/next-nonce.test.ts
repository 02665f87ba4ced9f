import { expect } from "chai";
import fc from "fast-check";
import { createTransactionPool } from "../../../chain/src/pool/transaction-pool.ts";
import type { Address } from "../../../chain/src/types.ts";
import { waitingTransaction } from "./waiting.ts";

const SENDERS: readonly Address[] = [`0x${"11".repeat(20)}`, `0x${"22".repeat(20)}`];
const MOST_NONCES = 8;

const transactionOf = (from: Address, nonce: number) =>
  waitingTransaction({ type: 0, from, nonce: BigInt(nonce), maxFeePerGas: 1n, maxPriorityFeePerGas: 1n });

const step = fc.record({
  what: fc.constantFrom("add", "add", "add", "remove", "mine", "restore"),
  sender: fc.constantFrom(0, 1),
  nonce: fc.nat(MOST_NONCES - 1),
});

describe("Next nonce of a pool", () => {
  it("is the first after the state's that does not wait, given random additions, removals, blocks and returns", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const pool = createTransactionPool();
        const waiting = [new Set<number>(), new Set<number>()];
        const inState = [0, 0];
        let kept = { all: pool.snapshot(), waiting: [...waiting.map((own) => [...own])] };
        for (const { what, sender, nonce } of steps) {
          const own = waiting[sender] as Set<number>;
          const from = SENDERS[sender] as Address;
          if (what === "add" && !own.has(nonce)) {
            pool.add(transactionOf(from, nonce));
            own.add(nonce);
          } else if (what === "remove" && own.delete(nonce)) {
            pool.remove(transactionOf(from, nonce).hash);
          } else if (what === "mine" && own.delete(inState[sender] ?? 0)) {
            pool.remove(transactionOf(from, inState[sender] ?? 0).hash);
            inState[sender] = (inState[sender] ?? 0) + 1;
          } else if (what === "restore") {
            pool.restore(kept.all);
            for (const [index, nonces] of kept.waiting.entries()) waiting[index] = new Set(nonces);
            kept = { all: pool.snapshot(), waiting: waiting.map((nonces) => [...nonces]) };
          }
          for (const [index, address] of SENDERS.entries()) {
            let expected = inState[index] ?? 0;
            while (waiting[index]?.has(expected)) expected++;
            expect(pool.nextNonce(address, () => BigInt(inState[index] ?? 0))).to.equal(BigInt(expected));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
