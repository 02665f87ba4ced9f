import { expect } from "chai";
import { stringToHex } from "viem";
import { createDevicesActors, NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";

/** How long a reading stays open by the sample policy, in seconds. */
const WINDOW = 900n;

async function world(...clock: Parameters<typeof loadDevicesApp>) {
  const app = await loadDevicesApp(...clock);
  const actors = createDevicesActors(app);
  const owner = await actors.party("owner");
  const reader = await actors.party("reader");
  const group = await actors.group(owner, "owner");
  const { groups } = app.contracts;
  const grant = async (until: bigint, to = reader) =>
    await groups.writeAndWait.grant({ group, reader: to, until }, await app.as("owner"));
  const mayRead = async (name: string) => await groups.read.mayRead({ group, account: app.address(name) });
  return { app, actors, owner, reader, group, groups, grant, mayRead };
}

describe("ReadingGroups: bounds", () => {
  it("given a region for which no policy says how long a reading stays open: refuses to make a group", async () => {
    const { app, owner, groups } = await world();
    const region = stringToHex("FR", { size: 32 });
    await app.as("owner");
    const at = (await app.now()) + 10n;
    await app.nextAt(at);
    const call = groups.writeAndWait.open({ owner, region, name: app.digest("tower") }, await app.as("owner"));
    await expectRefusal(call, "PolicyRegistryParameterNotSet", {
      ...{ region, asOf: at, parameter: stringToHex("device.reading.window", { size: 32 }) },
    });
  });

  byEachClock((clock) => {
    it("B-38: given nobody to let in, or a time that is over or this second: refuses; the next second: lets in", async () => {
      const { app, reader, group, groups, grant } = await world(clock);
      await app.as("owner");
      const timestamp = (await app.now()) + 100n;
      await app.nextAt(timestamp);
      await expectRefusal(grant(timestamp), "ReadingGroupsInvalidGrant", { reader, until: timestamp, timestamp });
      await app.nextAt(timestamp + 1n);
      const past = { reader, until: timestamp - 1n, timestamp: timestamp + 1n };
      await expectRefusal(grant(timestamp - 1n), "ReadingGroupsInvalidGrant", past);
      await app.nextAt(timestamp + 2n);
      await expectRefusal(grant(timestamp + 1_000n, 0), "ReadingGroupsInvalidGrant", {
        ...{ reader: 0, until: timestamp + 1_000n, timestamp: timestamp + 2n },
      });
      await app.nextAt(timestamp + 3n);
      await grant(timestamp + 4n);
      expect(await groups.read.grantOf({ group, reader })).to.equal(timestamp + 4n);
    });

    it("B-38: given a reading that was opened: it is open to the last second of the window, and closed at its end", async () => {
      const { app, actors, reader, group, grant, mayRead } = await world(clock);
      await grant((await app.now()) + 365n * 86_400n);
      const { until } = (await actors.openReading(group, "reader", reader)).event("ReadingOpened").args;
      expect(until).to.equal((await app.now()) + WINDOW);
      await app.pass(WINDOW - 1n);
      expect([await app.now(), await mayRead("reader")]).to.deep.equal([until - 1n, true]);
      await app.pass(1n);
      expect(await mayRead("reader")).to.equal(false);
    });

    it("B-38: given a grant that ends before the window: the reading is closed with it, and none is opened any more", async () => {
      const { app, actors, reader, group, grant, mayRead } = await world(clock);
      const until = (await app.now()) + 100n;
      await grant(until);
      await actors.openReading(group, "reader", reader);
      await app.pass(until - 1n - (await app.now()));
      expect(await mayRead("reader")).to.equal(true);
      await app.pass(1n);
      expect(await mayRead("reader")).to.equal(false);
      await expectRefusal(actors.openReading(group, "reader", reader), "ReadingGroupsNotGranted", { group, reader });
    });
  });

  it("B-38: given a party that was let in, without a purpose: refuses", async () => {
    const { app, reader, group, groups, grant } = await world();
    await grant((await app.now()) + 1_000n);
    const call = groups.writeAndWait.openReading({ group, by: reader, purpose: NO_DIGEST }, await app.as("reader"));
    await expectRefusal(call, "DigestsMissing", NO_DIGEST);
  });

  it("B-38: given an agent that acts for the party no more: its reading is closed", async () => {
    const { app, actors, reader, group, grant, mayRead } = await world();
    const { parties } = app.contracts;
    await grant((await app.now()) + 10_000n);
    await parties.writeAndWait.addAgent({ party: reader, agent: app.address("clerk") }, await app.as("reader"));
    await actors.openReading(group, "clerk", reader);
    expect(await mayRead("clerk")).to.equal(true);
    await parties.writeAndWait.removeAgent({ party: reader, agent: app.address("clerk") }, await app.as("reader"));
    expect(await mayRead("clerk")).to.equal(false);
  });

  it("B-38: given regulator and auditor: open readings by their office, with their purpose on record", async () => {
    const { app, actors, group, groups, mayRead } = await world();
    for (const name of ["regulator", "auditor"]) {
      expect(await mayRead(name)).to.equal(false);
      await actors.openReading(group, name, 0, `review by the ${name}`);
      expect(await mayRead(name)).to.equal(true);
    }
    const page = async (cursor: bigint, limit: bigint) => await groups.read.accessesOf({ group, cursor, limit });
    const first = await page(0n, 1n);
    expect([first.accesses[0]?.account, first.next]).to.deep.equal([app.address("regulator"), 1n]);
    const second = await page(1n, 5n);
    expect(second.accesses.map(({ by, purpose }) => [by, purpose])).to.deep.equal([
      [0, app.digest("review by the auditor")],
    ]);
    await expectRefusal(page(0n, 101n), "PagingLimitOutOfRange", { limit: 101n, max: 100n });
    await expectRefusal(page(3n, 1n), "PagingOffsetOutOfRange", { offset: 3n, length: 2n });
  });
});
