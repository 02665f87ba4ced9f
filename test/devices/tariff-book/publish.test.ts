import { expect } from "chai";
import { zeroHash } from "viem";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { BUY, loadTariffs, REGION, SELL } from "../../fixtures/tariffs.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

const SOURCE = "Sample price table 2030";

describe("TariffBook.publish", () => {
  it("given somebody who is not the regulator: refuses", async () => {
    const { app, publish } = await loadTariffs();
    for (const name of ["operator", "platform"]) {
      const caller = app.address(name);
      await expectRefusal(publish((await app.now()) + 60n, {}, name), "AccessManagedUnauthorized", { caller });
    }
  });

  it("given no region, no source, or not one price for each half hour: refuses", async () => {
    const { app, publish } = await loadTariffs();
    const from = (await app.now()) + 3_600n;
    await expectRefusal(publish(from, { region: zeroHash }), "TariffBookSourceMissing", {});
    await expectRefusal(publish(from, { source: "" }), "TariffBookSourceMissing", {});
    for (const [buy, sell] of [
      [BUY.slice(1), SELL],
      [BUY, [...SELL, 1]],
      [[], []],
    ]) {
      const [bought, sold] = [BigInt(buy?.length ?? 0), BigInt(sell?.length ?? 0)];
      const call = publish(from, { buy: buy ?? [], sell: sell ?? [] });
      await expectRefusal(call, "TariffBookInvalidLength", { buy: bought, sell: sold });
    }
  });

  byEachClock((clock) => {
    it("given a table that would hold already: refuses; one that holds from the next second: publishes it", async () => {
      const { app, tariffs, publish } = await loadTariffs(clock);
      await app.as("regulator");
      const now = (await app.now()) + 100n;
      await app.nextAt(now);
      await expectRefusal(publish(now), "TariffBookRetroactive", { from: now, earliest: now + 1n });
      await app.nextAt(now + 1n);
      const from = now + 2n;
      expectOwnEvents(await publish(from), [["TariffPublished", { region: REGION, version: 1, from, source: SOURCE }]]);
      expect(await tariffs.read.tableOf({ region: REGION, version: 1 })).to.deep.equal({
        ...{ from, buy: BUY, sell: SELL, source: SOURCE },
      });
    });

    it("given a table to come: the next one is later, or refused; given one that holds, it may come at once", async () => {
      const { app, publish, tariffs } = await loadTariffs(clock);
      const from = (await app.now()) + 1_000n;
      await publish(from);
      for (const same of [from - 1n, from]) {
        await expectRefusal(publish(same), "TariffBookRetroactive", { from: same, earliest: from + 1n });
      }
      expect((await publish(from + 1n)).event("TariffPublished").args.version).to.equal(2);
      await app.nextAt(from + 1n);
      // The last one's date is this second: what comes is later than both.
      await expectRefusal(publish(from + 1n), "TariffBookRetroactive", { from: from + 1n, earliest: from + 2n });
      await app.nextAt(from + 2n);
      expect((await publish(from + 3n)).event("TariffPublished").args.version).to.equal(3);
      expect((await tariffs.read.tableOf({ region: REGION, version: 3 })).from).to.equal(from + 3n);
    });
  });
});
