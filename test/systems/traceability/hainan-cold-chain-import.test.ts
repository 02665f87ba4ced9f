import { PartyRole, PlaceKind, ProductClass } from "@banyan/trace-common/client";
import { expect } from "chai";
import { concat, type Hex, numberToHex, sha256, stringToHex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { DAY, digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, sell, ship } from "../../fixtures/trace-events.ts";
import { glnOf, gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const SHRIMPS = gtinOf(153);
const [PACK, UNCODED] = [itemOf(SHRIMPS, "S-0001"), itemOf(SHRIMPS, "S-0002")];
const HAINAN = ascii("CN-HI");
const CIRCULATION = ascii("CIRCULATION");

system("hainan-cold-chain-import", () => {
  let world: TraceWorld;
  let importer: Member;
  let coldStore: Member;
  let shop: Member;
  let store: number;

  beforeEach(async () => {
    world = await loadTraceWorld();
    const region = "CN-HI-460100";
    importer = await world.party("importer", { roles: [PartyRole.IMPORTER, PartyRole.BRAND_OWNER], region });
    coldStore = await world.party("first cold store", { roles: [PartyRole.WAREHOUSE], region });
    shop = await world.party("shop", { roles: [PartyRole.RETAILER], region });
    await world.product("importer", importer.id, SHRIMPS, { classes: [ProductClass.IMPORTED_FROZEN] });
    await world.publish({ "trace.frozen.code": 1n }, "CN");
    store = await world.place("first cold store", coldStore.id, PlaceKind.COLD_STORE, region);
    await world.capture("importer", importer.id, commission([PACK, UNCODED]));
    await world.hand(importer, coldStore, [PACK, UNCODED]);
  });

  const register = async (who: Member, codes: readonly Hex[], papers = "customs declaration and disinfection") =>
    await world.contracts.frozen.writeAndWait.register(
      { store: who.id, place: store, codes, papers: digest(papers) },
      await world.as(who.agent),
    );

  it("C-24: lets no imported item be moved or sold without a code registered at the first cold store", async () => {
    const missing = { code: UNCODED, province: HAINAN };
    await register(coldStore, [PACK]);
    await expectRefusal(
      world.capture("first cold store", coldStore.id, ship([PACK, UNCODED], shop.id)),
      "FrozenFoodCodesMissing",
      missing,
    );
    await expectRefusal(
      world.capture("first cold store", coldStore.id, sell([UNCODED])),
      "FrozenFoodCodesMissing",
      missing,
    );
    await world.hand(coldStore, shop, [PACK]);
    await world.capture("shop", shop.id, sell([PACK]));
    expect(await world.contracts.frozen.read.isRegistered({ code: PACK, province: HAINAN })).to.equal(true);
  });

  it("C-24: registers a code once, at a cold store that has the goods", async () => {
    await expectRefusal(register(shop, [PACK]), "FrozenFoodCodesNotAColdStore", { place: store, store: shop.id });
    await register(coldStore, [PACK]);
    await expectRefusal(register(coldStore, [PACK]), "FrozenFoodCodesRegistered", { code: PACK, province: HAINAN });
    await world.hand(coldStore, importer, [PACK], { disposition: "returned" });
    await expectRefusal(register(coldStore, [itemOf(SHRIMPS, "S-9999")]), "FrozenFoodCodesNotFrozenFood", {
      code: itemOf(SHRIMPS, "S-9999"),
    });
  });

  it("shows a consumer the source; who had the goods after the cold store a regulator reads, with a logged query", async () => {
    const { frozen, page, parties, sealed } = world.contracts;
    // Buyers are filed confidentially: the chain knows a salted digest of their number, and nobody reads the number from it.
    const [gln, salt] = [glnOf(990), digest("salt of the buyer").value];
    const commitment = sha256(concat([salt, numberToHex(gln, { size: 8 })]));
    const filed = await parties.writeAndWait.fileConfidential(
      {
        filing: {
          ...{ gln: 0n, region: ascii("CN-HI-460100"), roles: 1 << PartyRole.RETAILER },
          ...{ agent: world.address("buyer"), name: digest("name of the buyer") },
        },
        commitment,
      },
      await world.as("platform"),
    );
    const buyer = { agent: "buyer", id: filed.event("PartyFiled").args.party };
    await register(coldStore, [PACK]);
    await world.hand(coldStore, buyer, [PACK]);

    const source = await frozen.read.registrationOf({ code: PACK, province: HAINAN });
    expect([source.store, source.papers]).to.deep.equal([coldStore.id, digest("customs declaration and disinfection")]);
    const seen = await page.read.pageOf({ object: PACK, region: HAINAN, cursor: 0, limit: 50n });
    const named = await Promise.all(
      [importer, coldStore].map(async ({ id }) => (await parties.read.recordOf({ party: id })).gln),
    );
    expect([...new Set(seen.steps.map((step) => step.gln))]).to.have.members([0n, ...named]);
    expect(seen.steps.find(({ by }) => by === buyer.id)?.gln).to.equal(0n);

    // The cold store seals number and salt for the regulator, who checks them against the chain.
    const owner = await sealed.read.ownerOfParty({ party: coldStore.id });
    const opening = `${salt} ${gln}`;
    await sealed.writeAndWait.sealFor(
      { by: coldStore.id, scope: CIRCULATION, content: digest(opening) },
      await world.as("first cold store"),
    );
    await sealed.writeAndWait.grantFor(
      {
        ...{ by: coldStore.id, scope: CIRCULATION, reader: world.address("regulator"), window: 600 },
        ...{ envelope: stringToHex("key to the opening"), until: (await world.now()) + 365n * DAY },
      },
      await world.as("first cold store"),
    );
    const ask = async (who: string) =>
      (
        await sealed.writeAndWait.openQuery(
          { owner, scope: CIRCULATION, purpose: digest("positive sample") },
          await world.as(who),
        )
      ).event("QueryOpened").args.query;
    const query = await ask("regulator");
    const { records } = await sealed.read.read({ query, cursor: 0n, limit: 10n }, await world.as("regulator"));
    expect(records.map(({ content }) => content)).to.deep.equal([digest(opening)]);
    expect((await parties.read.recordOf({ party: buyer.id })).commitment).to.equal(commitment);
    await expectRefusal(ask("consumer"), "SealedRecordsNotGranted", {
      ...{ owner, scope: CIRCULATION, reader: world.address("consumer") },
    });
  });
});
