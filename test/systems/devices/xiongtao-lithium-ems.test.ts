import { expect } from "chai";
import { stringToHex } from "viem";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  MEASURE,
  PAGE,
  PartyRole,
} from "../../fixtures/devices-actors.ts";
import { DAY, type DevicesApp, expectRefusal, HOUR, loadDevicesApp, START } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

const REGION = stringToHex("CN-SH", { size: 32 });
/** Half an hour. */
const SLOT = 1_800n;
/** Hundredths of a fen per kWh: valley until 8:00, peak 8:00 to 11:00 and 18:00 to 21:00, flat else. */
const PRICES = Array.from({ length: 48 }, (_, slot) => {
  const hour = slot / 2;
  if (hour < 8) return 30_70;
  return (hour >= 8 && hour < 11) || (hour >= 18 && hour < 21) ? 111_90 : 64_30;
});

system("xiongtao-lithium-ems", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let operator: number;
  let user: number;
  let bank: number;
  let group: number;
  let meter: Device;
  let agreement: bigint;
  /** Midnight in China after the fixture begins. */
  let midnight: bigint;

  /** A store of an operator at a user's plant, under a recorded price table. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    operator = await actors.party("operator");
    user = await actors.party("user");
    bank = await actors.party("settlement bank", [PartyRole.LENDER]);
    group = await actors.group(operator, "operator");
    meter = await actors.enrol("store meter", { kind: DeviceKind.METER, owner: operator, group });
    midnight = START - 9n * HOUR + DAY;
    await app.contracts.tariffs.writeAndWait.publish(
      { region: REGION, from: START + HOUR, buy: PRICES, sell: PRICES, source: "Sample price table 2030" },
      await app.as("regulator"),
    );
    const terms = { meter: meter.id, region: REGION, operator, user, bank, userPpm: 300_000 };
    const offered = await app.contracts.tariffs.writeAndWait.offer({ terms }, await app.as("operator"));
    agreement = offered.event("StorageOffered").args.agreement;
  });

  /** The store takes or gives energy in the half hour that begins at a moment of the next day. */
  const move = async (measure: typeof MEASURE.ENERGY_IN, hour: bigint, wattHours: bigint) => {
    const from = midnight + hour * HOUR + 1n;
    const to = from + SLOT - 60n;
    const late = to + 30n - (await app.now());
    if (late > 0n) await app.pass(late);
    await actors.post(meter, {
      source: meter,
      measure,
      values: [wattHours / 2n, wattHours - wattHours / 2n],
      from,
      to,
    });
  };
  /** A day: 400 kWh in at night, 190 and 185 kWh out in the peaks. */
  const day = async () => {
    await app.contracts.tariffs.writeAndWait.accept({ agreement }, await app.as("user"));
    await move(MEASURE.ENERGY_IN, 1n, 200_000n);
    await move(MEASURE.ENERGY_IN, 2n, 200_000n);
    await move(MEASURE.ENERGY_OUT, 9n, 190_000n);
    await move(MEASURE.ENERGY_OUT, 19n, 185_001n);
    await app.pass(HOUR);
  };
  /** 375.001 kWh at 1.119 CNY less 400 kWh at 0.307 CNY, in hundred-thousandths of a fen. */
  const INCOME = 375_001n * 111_90n - 400_000n * 30_70n;
  const settle = async (until: bigint, limit: bigint, by = "operator") =>
    await app.contracts.tariffs.writeAndWait.settle({ agreement, until, limit }, await app.as(by));

  it("counts only what the registered meter signed", async () => {
    await day();
    const laptop: Device = { name: "laptop", id: 77 };
    const signed = await actors.signBatch(laptop, { source: laptop, measure: MEASURE.ENERGY_OUT, values: [9_000n] });
    await expectRefusal(actors.bring([signed]), "DeviceRegisterUnknown", { device: 77 });
  });

  it("gives user, operator and bank the same income, which each computes again", async () => {
    await day();
    const { tariffs } = app.contracts;
    const until = await app.now();
    await app.pass(5n);
    expect((await settle(until, 1n)).event("StatementAdvanced").args.batches).to.equal(2n);
    const closed = (await settle(until, 10n)).event("StatementClosed").args;
    expect(closed.income).to.equal(INCOME);
    const fen = INCOME / 100_000n;
    const share = (fen * 300_000n + 999_999n) / 1_000_000n;
    expect([closed.userFen, closed.operatorFen]).to.deep.equal([share, fen - share]);

    for (const party of ["user", "operator", "settlement bank"]) {
      const parts = await Promise.all(
        [true, false].map(async (given) => {
          let [sum, cursor] = [0n, 0n];
          do {
            const part = await tariffs.read.recompute(
              { agreement, statement: 1, given, cursor, limit: 1n },
              await app.as(party),
            );
            sum += part.income;
            cursor = part.next;
          } while (cursor !== 0n);
          return sum;
        }),
      );
      expect(parts).to.deep.equal([375_001n * 111_90n, -400_000n * 30_70n]);
    }
    await expectRefusal(
      app.as("stranger").then((as) => tariffs.read.recompute({ agreement, statement: 1, given: true, ...PAGE }, as)),
      "PartyUserNotAgent",
      { party: operator, caller: app.address("stranger") },
    );
  });

  it("gives anybody who may read the series the same figure without asking the contract", async () => {
    await day();
    await actors.letIn(group, "operator", user);
    await actors.openReading(group, "user", user);
    const { tariffs, readings } = app.contracts;
    let income = 0n;
    for (const [measure, sign] of [
      [MEASURE.ENERGY_OUT, 1n],
      [MEASURE.ENERGY_IN, -1n],
    ] as const) {
      const { readings: batches } = await readings.read.series(
        { source: meter.id, measure, ...PAGE },
        await app.as("user"),
      );
      for (const { from, total } of batches) {
        const { buy, sell } = await tariffs.read.priceAt({ region: REGION, moment: BigInt(from) });
        income += sign * total * BigInt(sign === 1n ? sell : buy);
      }
    }
    expect(income).to.equal(INCOME);
  });

  it("pays nothing for energy that crosses a half hour, and says how much it was", async () => {
    await app.contracts.tariffs.writeAndWait.accept({ agreement }, await app.as("user"));
    const from = midnight + HOUR - 600n;
    await app.pass(midnight + 2n * HOUR - (await app.now()));
    await actors.post(meter, { source: meter, measure: MEASURE.ENERGY_OUT, values: [5_000n], from, to: from + SLOT });
    await app.pass(5n);
    await settle((await app.now()) - 1n, 10n);
    expect(await app.contracts.tariffs.read.statementOf({ agreement, statement: 1 })).to.include({
      ...{ income: 0n, given: 0n, unpriced: 5_000n, closed: true },
    });
  });

  it("lets no price be changed for what happened, and a statement be paid once by the bank", async () => {
    await day();
    const { tariffs } = app.contracts;
    const now = await app.now();
    const from = now - DAY;
    const dearer = tariffs.writeAndWait.publish(
      { region: REGION, from, buy: PRICES, sell: PRICES, source: "Sample: dearer yesterday" },
      await app.as("regulator"),
    );
    await dearer.catch(() => undefined);
    // Prices begin in the future.
    const earliest = (await app.now()) + 1n;
    await expectRefusal(dearer, "TariffBookRetroactive", { from, earliest });
    await settle(now, 10n);
    const payment = { agreement, statement: 1, bankEntry: app.digest("entry 1") };
    await expectRefusal(tariffs.writeAndWait.confirmPayment(payment, await app.as("operator")), "PartyUserNotAgent", {
      ...{ party: bank, caller: app.address("operator") },
    });
    await tariffs.writeAndWait.confirmPayment(payment, await app.as("settlement bank"));
    await expectRefusal(
      tariffs.writeAndWait.confirmPayment(payment, await app.as("settlement bank")),
      "TariffBookNotPayable",
      { agreement, statement: 1 },
    );
  });
});
