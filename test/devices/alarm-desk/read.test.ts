import { expect } from "chai";
import { loadAlarms } from "../../fixtures/alarms.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";

async function world() {
  const alarms = await loadAlarms();
  await alarms.set();
  for (const value of [91n, 92n, 93n]) await alarms.read(value);
  return alarms;
}

describe("AlarmDesk.warningOf and warningsOf", () => {
  it("given no warning of that number: refuses", async () => {
    const { warningOf } = await world();
    for (const warning of [0, 4]) await expectRefusal(warningOf(warning), "AlarmDeskUnknown", { warning });
  });

  it("given somebody who may not read the group: refuses, whatever his office", async () => {
    const { app, alarms, group, warningOf } = await world();
    for (const name of ["reader", "regulator", "platform"]) {
      const account = app.address(name);
      await expectRefusal(warningOf(1, name), "ReadingGroupsNotOpen", { group, account });
      const list = alarms.read.warningsOf({ group, cursor: 0n, limit: 10n }, await app.as(name));
      await expectRefusal(list, "ReadingGroupsNotOpen", { group, account });
    }
  });

  it("given the owner, a strategist or a party with an open reading: tells them, page by page", async () => {
    const { app, actors, alarms, group, reader, warningOf } = await world();
    await actors.letIn(group, "owner", reader);
    await actors.openReading(group, "reader", reader);
    for (const name of ["owner", "bureau", "reader"]) {
      expect((await warningOf(2, name)).value).to.equal(92n);
      const list = async (cursor: bigint, limit: bigint) =>
        await alarms.read.warningsOf({ group, cursor, limit }, await app.as(name));
      expect(await list(0n, 2n)).to.deep.equal({ warnings: [1, 2], next: 2n });
      expect(await list(2n, 2n)).to.deep.equal({ warnings: [3], next: 0n });
    }
    const owner = await app.as("owner");
    const none = alarms.read.warningsOf({ group, cursor: 0n, limit: 0n }, owner);
    await expectRefusal(none, "PagingLimitOutOfRange", { limit: 0n, max: 100n });
    const beyond = alarms.read.warningsOf({ group, cursor: 4n, limit: 1n }, owner);
    await expectRefusal(beyond, "PagingOffsetOutOfRange", { offset: 4n, length: 3n });
  });
});
