import { expect } from "chai";
import fc from "fast-check";
import { digest, loadTraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";

const PRODUCT = gtinOf(84);
const LOT = lotOf(PRODUCT, "L1");
const KGM = "0x4b474d";

describe("DemandBook: its money over random deliveries", () => {
  it("given any cut of a demand into deliveries: pays the confirmed amount's price, rounded up once, and keeps the rest", async () => {
    const deliveries = fc.array(
      fc.record({ amount: fc.bigInt(1n, 400_000n), part: fc.integer({ min: 1, max: 100 }), refused: fc.boolean() }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(fc.bigInt(1n, 5_000n), deliveries, async (price, cut) => {
        const books = await loadTraceBooks();
        const { demands, token } = books.contracts;
        const buyer = await books.file("buyer");
        const supplier = await books.file("supplier");
        const amount = cut.reduce((sum, one) => sum + one.amount, 0n);
        const put = priceOf(amount, price);
        await books.fund("buyer", put, demands);
        const line = { supplier, product: PRODUCT, amount, unit: KGM, price, plan: digest("plan") } as const;
        const opened = await demands.writeAndWait.openDemand({ by: buyer, line }, await books.as("buyer"));
        const { demand } = opened.event("DemandOpened").args;
        let confirmed = 0n;
        for (const [index, one] of cut.entries()) {
          const payee = books.address("payee");
          const note = digest(`note ${index}`);
          const announced = await demands.writeAndWait.announce(
            { by: supplier, demand, object: LOT, amount: one.amount, payee, note },
            await books.as("supplier"),
          );
          const { delivery } = announced.event("DeliveryAnnounced").args;
          const weighed = (one.amount * BigInt(one.part) + 99n) / 100n;
          const answer = digest(`answer ${index}`);
          if (one.refused) {
            await demands.writeAndWait.refuse({ by: buyer, delivery, reason: answer }, await books.as("buyer"));
          } else {
            await demands.writeAndWait.confirm(
              { by: buyer, delivery, weighed, receipt: answer },
              await books.as("buyer"),
            );
            confirmed += weighed;
          }
          const found = await demands.read.demandOf({ demand });
          expect([found.confirmed, found.paid, found.held]).to.deep.equal([
            ...[confirmed, priceOf(confirmed, price), put - priceOf(confirmed, price)],
          ]);
          expect(await books.depositOf("payee")).to.equal(found.paid);
          expect(await token.read.balanceOf({ account: demands.address })).to.equal(found.held);
        }
        await demands.writeAndWait.close({ by: buyer, demand }, await books.as("buyer"));
        expect(await token.read.balanceOf({ account: demands.address })).to.equal(0n);
        expect((await books.depositOf("buyer")) + (await books.depositOf("payee"))).to.equal(put);
      }),
      { numRuns: 15 },
    );
  });
});

function priceOf(amount: bigint, price: bigint): bigint {
  return (amount * price + 999_999n) / 1_000_000n;
}
