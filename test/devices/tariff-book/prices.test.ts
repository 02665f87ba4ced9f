import { expect } from "chai";
import { stringToHex } from "viem";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { BUY, loadTariffs, REGION, SELL, SLOT } from "../../fixtures/tariffs.ts";

describe("TariffBook.priceAt and tableOf", () => {
  it("given a region without a table, a moment before the first, or a version that is none: refuse", async () => {
    const { app, publish, tariffs } = await loadTariffs();
    const from = (await app.now()) + 60n;
    await publish(from);
    const elsewhere = stringToHex("CN-BJ", { size: 32 });
    await expectRefusal(tariffs.read.priceAt({ region: elsewhere, moment: from }), "TariffBookNoTable", {
      ...{ region: elsewhere, moment: from },
    });
    await expectRefusal(tariffs.read.priceAt({ region: REGION, moment: from - 1n }), "TariffBookNoTable", {
      ...{ region: REGION, moment: from - 1n },
    });
    for (const version of [0, 2]) {
      await expectRefusal(tariffs.read.tableOf({ region: REGION, version }), "TariffBookNoTable", {
        ...{ region: REGION, moment: 0n },
      });
    }
  });

  it("given any second of a day in China: tells the prices of its half hour", async () => {
    const { app, publish, tariffs, midnight } = await loadTariffs();
    await publish((await app.now()) + 60n);
    for (const slot of [0, 1, 17, 46, 47]) {
      const begins = midnight + BigInt(slot) * SLOT;
      for (const moment of [begins, begins + 1n, begins + SLOT - 1n]) {
        const price = await tariffs.read.priceAt({ region: REGION, moment });
        expect(price).to.deep.equal({ version: 1, buy: BUY[slot], sell: SELL[slot] });
      }
    }
  });

  it("given several tables: the one in force at the moment counts, from its first second on", async () => {
    const { app, publish, tariffs } = await loadTariffs();
    const start = (await app.now()) + 60n;
    const dates = [start, start + 10_000n, start + 20_000n, start + 30_000n, start + 40_000n];
    for (const [index, from] of dates.entries()) await publish(from, { buy: BUY.map((price) => price + index) });
    for (const [index, from] of dates.entries()) {
      const versions = [];
      for (const moment of [from, from + 9_999n]) {
        versions.push((await tariffs.read.priceAt({ region: REGION, moment })).version);
      }
      expect(versions).to.deep.equal([index + 1, index + 1]);
    }
    const slot = Number((((start + 50_000n) % 86_400n) + 28_800n) / SLOT) % 48;
    const { buy } = await tariffs.read.priceAt({ region: REGION, moment: start + 50_000n });
    expect(buy).to.equal((BUY[slot] ?? 0) + 4);
  });
});
