import { expect } from "chai";
import { stringToHex } from "viem";
import { createDevicesActors, NO_DIGEST, PAGE } from "../../fixtures/devices-actors.ts";
import { DAY, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

const REGION = stringToHex("CN-SH", { size: 32 });
/** How long a reading stays open by the sample policy, in seconds. */
const WINDOW = 900n;

async function world() {
  const app = await loadDevicesApp();
  const actors = createDevicesActors(app);
  const owner = await actors.party("owner");
  const reader = await actors.party("reader");
  const group = await actors.group(owner, "owner");
  const { groups } = app.contracts;
  const mayRead = async (name: string) => await groups.read.mayRead({ group, account: app.address(name) });
  return { app, actors, owner, reader, group, groups, mayRead };
}

describe("ReadingGroups.open", () => {
  it("given a caller who does not act for the owner, or no name: refuses; else makes the group", async () => {
    const { app, owner, groups } = await world();
    const name = app.digest("tower");
    const open = async (by: string, digest = name) =>
      await groups.writeAndWait.open({ owner, region: REGION, name: digest }, await app.as(by));
    await expectRefusal(open("reader"), "PartyUserNotAgent", { party: owner, caller: app.address("reader") });
    await expectRefusal(open("owner", NO_DIGEST), "DigestsMissing", NO_DIGEST);
    expectOwnEvents(await open("owner"), [["ReadingGroupOpened", { group: 2, owner, region: REGION, name }]]);
    const found = await groups.read.groupOf({ group: 2 });
    expect(found).to.deep.equal({ owner, region: REGION, openedAt: await app.now(), name });
    await expectRefusal(groups.read.groupOf({ group: 3 }), "ReadingGroupsUnknown", { group: 3 });
  });
});

describe("ReadingGroups.grant and revoke", () => {
  it("given no group, a stranger, or what was not granted: refuse", async () => {
    const { app, owner, reader, group, groups } = await world();
    const until = (await app.now()) + DAY;
    const grant = async (of: number, name: string) =>
      await groups.writeAndWait.grant({ group: of, reader, until }, await app.as(name));
    const revoke = async (of: number, name: string) =>
      await groups.writeAndWait.revoke({ group: of, reader }, await app.as(name));
    for (const act of [grant, revoke]) {
      await expectRefusal(act(9, "owner"), "ReadingGroupsUnknown", { group: 9 });
      await expectRefusal(act(group, "reader"), "PartyUserNotAgent", {
        ...{ party: owner, caller: app.address("reader") },
      });
    }
    await expectRefusal(revoke(group, "owner"), "ReadingGroupsNotGranted", { group, reader });
    expectOwnEvents(await grant(group, "owner"), [["ReadingGranted", { group, reader, until }]]);
    expect(await groups.read.grantOf({ group, reader })).to.equal(until);
    expectOwnEvents(await revoke(group, "owner"), [["ReadingRevoked", { group, reader }]]);
    expect(await groups.read.grantOf({ group, reader })).to.equal(0n);
  });
});

describe("ReadingGroups.openReading", () => {
  it("B-38: given a party that was not let in, or an office that is none: refuses", async () => {
    const { app, actors, owner, reader, group } = await world();
    await expectRefusal(actors.openReading(9, "reader", reader), "ReadingGroupsUnknown", { group: 9 });
    await expectRefusal(actors.openReading(group, "reader", reader), "ReadingGroupsNotGranted", { group, reader });
    await expectRefusal(actors.openReading(group, "reader", owner), "PartyUserNotAgent", {
      ...{ party: owner, caller: app.address("reader") },
    });
    await expectRefusal(actors.openReading(group, "platform"), "ReadingGroupsNotGranted", { group, reader: 0 });
  });

  it("B-38: given a party that was let in: writes it down, and closes by time or when it is let in no more", async () => {
    const { app, actors, reader, group, groups, mayRead } = await world();
    await actors.letIn(group, "owner", reader);
    expect([await mayRead("owner"), await mayRead("reader")]).to.deep.equal([true, false]);
    const opened = await actors.openReading(group, "reader", reader);
    const account = app.address("reader");
    const purpose = app.digest("inspection");
    const at = await app.now();
    const until = at + WINDOW;
    expectOwnEvents(opened, [["ReadingOpened", { group, by: reader, account, until, purpose }]]);
    expect(await groups.read.accessesOf({ group, ...PAGE })).to.deep.equal({
      ...{ accesses: [{ by: reader, account, at, until, purpose }], next: 0n },
    });
    expect(await mayRead("reader")).to.equal(true);
    await app.pass(WINDOW);
    expect(await mayRead("reader")).to.equal(false);
    await actors.openReading(group, "reader", reader);
    await groups.writeAndWait.revoke({ group, reader }, await app.as("owner"));
    expect(await mayRead("reader")).to.equal(false);
  });
});
