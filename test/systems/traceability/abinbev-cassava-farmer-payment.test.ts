import { expect } from "chai";
import { DAY, digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const CASSAVA = gtinOf(84);
const HARVEST = lotOf(CASSAVA, "FARM-31-W10");
const KG = 1_000_000n;
/** Kilograms, as UN/CEFACT writes them. */
const KGM = "0x4b474d";

system("abinbev-cassava-farmer-payment", () => {
  let books: TraceBooks;
  let brewer: number;
  let farmer: number;
  let demand: bigint;

  beforeEach(async () => {
    books = await loadTraceBooks();
    brewer = await books.file("brewer");
    farmer = await books.file("farmer");
    await books.fund("brewer", 5_000_00n, books.contracts.demands);
    // 1,000 kg at 0.35 per kg.
    const opened = await books.contracts.demands.writeAndWait.openDemand(
      {
        by: brewer,
        line: {
          ...{ supplier: farmer, product: CASSAVA, amount: 1_000n * KG, unit: KGM, price: 35n },
          plan: digest("growing contract"),
        },
      },
      await books.as("brewer"),
    );
    demand = opened.event("DemandOpened").args.demand;
  });

  const deliver = async (kilograms: bigint, note: string) => {
    const announced = await books.contracts.demands.writeAndWait.announce(
      {
        ...{ by: farmer, demand, object: HARVEST, amount: kilograms * KG },
        ...{ payee: books.address("farmer's phone"), note: digest(note) },
      },
      await books.as("farmer"),
    );
    return announced.event("DeliveryAnnounced").args.delivery;
  };
  const confirm = async (delivery: bigint, weighed: bigint) =>
    await books.contracts.demands.writeAndWait.confirm(
      { by: brewer, delivery, weighed, receipt: digest(`weighed ${weighed}`) },
      await books.as("brewer"),
    );

  it("pays a confirmed delivery to the farmer's phone account: the weighed amount at the agreed price", async () => {
    const first = await deliver(400n, "note 1");
    expect(await books.depositOf("farmer's phone")).to.equal(0n);
    const paid = await confirm(first, 398_500_000n);
    // 398.5 kg at 35 fen: 13,947.5, rounded up for the farmer.
    expect(paid.event("DeliveryConfirmed").args).to.include({ amount: 398_500_000n, paid: 13_948n });
    expect(await books.depositOf("farmer's phone")).to.equal(13_948n);
    await confirm(await deliver(601n, "note 2"), 600_500_000n);
    // Of 999 kg in all 34,965: what was rounded up before is not paid again.
    expect(await books.depositOf("farmer's phone")).to.equal(34_965n);
  });

  it("pays once, only what the buyer confirmed, and never more than was announced", async () => {
    const delivery = await deliver(400n, "note 1");
    const { demands } = books.contracts;
    await expectRefusal(
      demands.writeAndWait.confirm(
        { by: farmer, delivery, weighed: 400n * KG, receipt: digest("by myself") },
        await books.as("farmer"),
      ),
      "DemandBookNotParty",
      { demand, party: farmer },
    );
    await expectRefusal(confirm(delivery, 401n * KG), "DemandBookInvalidWeight", {
      ...{ delivery, confirmed: 401n * KG, announced: 400n * KG },
    });
    await confirm(delivery, 400n * KG);
    await expectRefusal(confirm(delivery, 400n * KG), "DemandBookNotAnnounced", { delivery, status: 2 });
    await expectRefusal(deliver(400n, "note 1"), "DemandBookDeliveredBefore", {
      ...{ object: HARVEST, note: digest("note 1").value },
    });
    await expectRefusal(deliver(601n, "note 2"), "DemandBookInvalidAmount", {
      ...{ demand, amount: 601n * KG, open: 600n * KG },
    });
    expect(await books.depositOf("farmer's phone")).to.equal(14_000n);
  });

  it("holds the price from the order on, and gives back what was not delivered", async () => {
    const { demands, token } = books.contracts;
    expect(await token.read.balanceOf({ account: demands.address })).to.equal(35_000n);
    const open = await deliver(100n, "note 1");
    await expectRefusal(
      demands.writeAndWait.close({ by: brewer, demand }, await books.as("brewer")),
      "DemandBookDeliveriesOpen",
      { demand, announced: 100n * KG },
    );
    await confirm(open, 100n * KG);
    await books.pass(DAY);
    await demands.writeAndWait.close({ by: brewer, demand }, await books.as("brewer"));
    expect(await token.read.balanceOf({ account: demands.address })).to.equal(0n);
    expect(await books.depositOf("brewer")).to.equal(5_000_00n - 3_500n);
    await expectRefusal(deliver(1n, "late"), "DemandBookNotOpen", { demand });
  });
});
