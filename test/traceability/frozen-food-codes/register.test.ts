import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import {
  CLASS_BIT,
  commission,
  GTIN,
  KGM,
  lgtin,
  loadRules,
  MISSING,
  NO_PAPER,
  PAPER,
  PARTY,
  PLACE_KIND,
  pack,
  qty,
  ROLE_BIT,
  receive,
  sell,
  sgtin,
  ship,
  sscc,
} from "../../fixtures/trace-rules.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const FISH = "06975310000061";
const SQUID = "06975310000078";
const fish = sgtin(FISH, "1");
const squid = lgtin(SQUID, "S1");
const SHANGHAI = ascii("CN-SH");
type Paper = typeof PAPER | typeof NO_PAPER;

/** The processor imports fish and squid; the store runs a cold store in Shanghai and holds both. */
async function landed() {
  const rules = await loadRules();
  const { frozen, fileProduct, filePlace, capture, publish, as } = rules;
  await fileProduct(FISH, "processor", { classes: CLASS_BIT.IMPORTED_FROZEN });
  await fileProduct(SQUID, "processor", { classes: CLASS_BIT.IMPORTED_FROZEN, unit: KGM });
  const cold = await filePlace("store", PLACE_KIND.COLD_STORE, "CN-SH-310101");
  await capture("processor", commission([fish]), commission([qty(squid, 10)]));
  await capture("processor", ship([fish, qty(squid, 6)], PARTY.store));
  await capture("store", receive([fish, qty(squid, 6)], PARTY.processor));
  await publish("CN", { "trace.frozen.code": 1n });
  const register = (codes: readonly `0x${string}`[], place = cold, paper: Paper = PAPER) =>
    frozen.write.register([PARTY.store, place, codes, paper], as("store"));
  return { ...rules, cold, register };
}

describe("FrozenFoodCodes.register", () => {
  it("C-24: given a stranger, a closed place, no cold store or another's, when codes are registered, then it is refused", async () => {
    const { frozen, parties, accounts, as, cold, register, filePlace } = await landed();
    const stranger = frozen.write.register([PARTY.store, cold, [fish], PAPER], as("shop"));
    await expectRevert(stranger, frozen, "FrozenFoodCodesNotAllowed", [PARTY.store, accounts.shop.address]);
    await expectRevert(register([fish], 99), parties, "TradePartiesUnknownPlace", [99]);
    const warm = await filePlace("store", PLACE_KIND.STORE, "CN-SH");
    await expectRevert(register([fish], warm), frozen, "FrozenFoodCodesNotAColdStore", [warm, PARTY.store]);
    const other = await filePlace("shop", PLACE_KIND.COLD_STORE, "CN-SH");
    await expectRevert(register([fish], other), frozen, "FrozenFoodCodesNotAColdStore", [other, PARTY.store]);
    await parties.write.closePlace([cold], as("store"));
    await expectRevert(register([fish]), parties, "TradePartiesPlaceClosed", [cold]);
  });

  it("C-24: given no codes, too many, other goods, goods that are not there or no papers, when codes are registered, then it is refused", async () => {
    const { frozen, capture, register } = await landed();
    await expectRevert(register([]), frozen, "FrozenFoodCodesCount", [0n, 50n]);
    await expectRevert(register(Array(51).fill(fish)), frozen, "FrozenFoodCodesCount", [51n, 50n]);
    await expectRevert(register([fish], undefined, NO_PAPER), frozen, "DigestsMissing", MISSING);
    for (const code of [sgtin(FISH, "NONE"), lgtin(SQUID, "NONE"), sgtin(GTIN.BOX, "1")]) {
      await expectRevert(register([fish, code]), frozen, "FrozenFoodCodesNotFrozenFood", [code]);
    }
    const [away, afloat] = [sgtin(FISH, "2"), lgtin(SQUID, "S2")];
    await capture("processor", commission([away]), commission([qty(afloat, 1)]));
    for (const code of [away, afloat]) {
      await expectRevert(register([fish, code]), frozen, "FrozenFoodCodesNotInStore", [code, PARTY.store]);
    }
    expect(await frozen.read.isRegistered([fish, SHANGHAI])).to.equal(false);
  });

  it("C-24: given the first cold store of the province, when it registers codes, then they stand once for that province", async () => {
    const { frozen, connection, cold, register, now } = await landed();
    const codes = [fish, squid];
    await expectEvents(connection, register(codes), [
      event(frozen, "FrozenFoodRegistered", {
        ...{ store: PARTY.store, place: cold, province: SHANGHAI, codes, papers: PAPER },
      }),
    ]);
    const registration = { store: PARTY.store, place: cold, registeredAt: await now(), papers: PAPER };
    for (const code of codes) {
      expect(await frozen.read.registrationOf([code, SHANGHAI])).to.deep.equal(registration);
      expect(await frozen.read.isRegistered([code, ascii("CN-FJ")])).to.equal(false);
      await expectRevert(register([code]), frozen, "FrozenFoodCodesRegistered", [code, SHANGHAI]);
    }
  });

  it("C-24: given the province's code, when goods are moved or sold there, then they go through, and without it in a container too they do not", async () => {
    const { frozen, capture, register, nowMs } = await landed();
    const eventTime = await nowMs();
    await capture("store", pack(sscc(1), [qty(squid, 1)]), pack(sscc(2), [sscc(1)]));
    const moves = [
      [fish, ship([fish], PARTY.shop, { eventTime })],
      [squid, ship([qty(squid, 1)], PARTY.shop, { eventTime })],
      [squid, ship([sscc(2)], PARTY.shop, { eventTime })],
      [fish, sell([fish], { eventTime })],
    ] as const;
    for (const [code, move] of moves) {
      await expectRevert(capture("store", move), frozen, "FrozenFoodCodesMissing", [code, SHANGHAI]);
    }
    await register([fish, squid]);
    await capture("store", ...moves.slice(1).map(([, move]) => move));
  });

  it("C-24: given an item of a registered lot, when it is sold, then the lot's code covers it", async () => {
    const { frozen, capture, catalogue, as, register, nowMs } = await landed();
    const item = sgtin(SQUID, "1");
    await catalogue.write.license([BigInt(SQUID), PARTY.store, true], as("processor"));
    await capture("store", commission([item], { ilmd: { lot: squid } }));
    const sale = sell([item], { eventTime: await nowMs() });
    await expectRevert(capture("store", sale), frozen, "FrozenFoodCodesMissing", [item, SHANGHAI]);
    await register([squid]);
    expect(await frozen.read.isRegistered([item, SHANGHAI])).to.equal(true);
    await capture("store", sale);
  });

  it("C-24: given goods on the way to a warehouse, on their way back, in a province without the rule or of another class, when they ship, then no code is asked for", async () => {
    const { capture, publish, parties, accounts, nowMs } = await landed();
    const eventTime = await nowMs();
    await parties.write.changeRoles([PARTY.shop, ROLE_BIT.WAREHOUSE, PAPER], { account: accounts.platform });
    await capture("store", ship([qty(squid, 1)], PARTY.shop, { eventTime }));
    await capture("store", ship([qty(squid, 1)], PARTY.processor, { eventTime, disposition: "returned" }));
    await capture("processor", commission([sgtin(GTIN.BOX, "1")]), sell([sgtin(GTIN.BOX, "1")], { eventTime }));
    await publish("CN-FJ", { "trace.frozen.code": 0n });
    await capture("processor", ship([qty(squid, 1)], PARTY.carrier, { eventTime: await nowMs() }));
  });

  it("given anybody but the repository, when the guard is called, then it is refused", async () => {
    const { frozen, accounts, as } = await landed();
    const direct = frozen.write.beforeCapture([PARTY.store, 1, sell([fish])], as("store"));
    await expectRevert(direct, frozen, "AccessManagedUnauthorized", [accounts.store.address]);
  });
});
