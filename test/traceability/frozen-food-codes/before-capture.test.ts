import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import {
  CLASS_BIT,
  commission,
  loadRules,
  PARTY,
  PLACE_KIND,
  pack,
  receive,
  sell,
  sgtin,
  ship,
  sscc,
  unpack,
} from "../../fixtures/trace-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const FISH = "06975310000061";

describe("FrozenFoodCodes.beforeCapture", () => {
  it("C-24: given imported frozen food without the province's code, when it is sold by either step of a sale, then it is refused", async () => {
    const { capture, fileProduct, publish, frozen, nowMs } = await loadRules();
    await fileProduct(FISH, "processor", { classes: CLASS_BIT.IMPORTED_FROZEN });
    const fish = sgtin(FISH, "1");
    await capture("processor", commission([fish]));
    await publish("CN", { "trace.frozen.code": 1n });
    for (const step of ["retail_selling", "dispensing"]) {
      const sale = sell([fish], { step, eventTime: await nowMs() });
      await expectRevert(capture("processor", sale), frozen, "FrozenFoodCodesMissing", [fish, ascii("CN-FJ")]);
    }
  });

  it("C-24: given a read point of another party, when frozen food is sold there, then the seller's own region counts", async () => {
    const { capture, fileProduct, filePlace, publish, frozen, nowMs } = await loadRules();
    await fileProduct(FISH, "processor", { classes: CLASS_BIT.IMPORTED_FROZEN });
    const fish = sgtin(FISH, "1");
    await capture("processor", commission([fish]));
    await publish("CN-FJ", { "trace.frozen.code": 1n });
    const sale = async (readPoint: number) => sell([fish], { eventTime: await nowMs(), readPoint });
    await expectRevert(capture("processor", await sale(PARTY.shop)), frozen, "FrozenFoodCodesMissing", [
      fish,
      ascii("CN-FJ"),
    ]);
    // A shop of its own in a province that asks for no code.
    const own = await filePlace("processor", PLACE_KIND.SHOP, "CN-SH");
    await capture("processor", await sale(own));
  });

  it("C-24: given frozen food without the code, when shipped as returned to a party it did not come from, then it is refused", async () => {
    const { capture, fileProduct, publish, frozen, nowMs } = await loadRules();
    await fileProduct(FISH, "processor", { classes: CLASS_BIT.IMPORTED_FROZEN });
    const [fish, packed, crate] = [sgtin(FISH, "1"), sgtin(FISH, "2"), sscc(1)];
    await capture("processor", commission([fish, packed]), pack(crate, [packed]), ship([fish, crate], PARTY.lab));
    await capture("lab", receive([fish, crate], 0));
    await publish("CN", { "trace.frozen.code": 1n });
    const back = async (to: number) => ship([fish, crate], to, { eventTime: await nowMs(), disposition: "returned" });
    await expectRevert(capture("lab", await back(PARTY.shop)), frozen, "FrozenFoodCodesMissing", [
      fish,
      ascii("CN-SH"),
    ]);
    await capture("lab", await back(PARTY.processor));
  });

  it("C-24: given more in a container than an event is checked for, when it is shipped, then it is refused", async () => {
    const { capture, fileProduct, publish, frozen, nowMs, connection } = await loadRules();
    await fileProduct(FISH, "processor", { classes: CLASS_BIT.FOOD });
    const pallet = sscc(3);
    const all = Array.from({ length: 400 }, (_, i) => sgtin(FISH, `P${i}`));
    for (let at = 0; at < all.length; at += 50) {
      await capture("processor", commission(all.slice(at, at + 50)));
      await capture("processor", pack(pallet, all.slice(at, at + 50)));
    }
    await publish("CN", { "trace.frozen.code": 1n });
    const shipping = async () => ship([pallet], PARTY.shop, { eventTime: await nowMs() });
    const tooMany = capture("processor", await shipping());
    await expectRevert(tooMany, frozen, "FrozenFoodCodesTooMany", [all[399] ?? "0x", 400n]);
    await capture("processor", unpack(pallet, all.slice(399)));
    const hash = await capture("processor", await shipping());
    const client = await connection.viem.getPublicClient();
    const { gasUsed } = await client.getTransactionReceipt({ hash });
    expect(gasUsed < 5_000_000n, `${gasUsed}`).to.equal(true);
  });
});
