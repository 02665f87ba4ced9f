import { RunStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { DeviceKind, MEASURE } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { loadLinkages, MAX_AGE } from "../../fixtures/linkages.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

/** Somebody is there, and it is cold. */
const THERE = 1n;
const COLD = 1_700n;

async function world(...clock: Parameters<typeof loadLinkages>) {
  const linkages = await loadLinkages(...clock);
  await linkages.propose();
  await linkages.authoriseAll();
  return linkages;
}

describe("LinkageDesk.trigger", () => {
  it("given no linkage, or a vendor or user that did not say yes, or took it back: refuses, and names the first", async () => {
    const { locks, lights, propose, read, trigger, authorise, authoriseAsUser } = await loadLinkages();
    const batches = await read(THERE, COLD);
    await expectRefusal(trigger(batches), "LinkageDeskUnknown", { id: 1n });
    await propose();
    const missing = async (vendor: number) =>
      await expectRefusal(trigger(batches), "LinkageDeskNotAuthorised", { linkage: 1n, vendor });
    await missing(0);
    await authoriseAsUser();
    await missing(locks);
    await authorise(locks, "locks");
    await missing(lights);
    await authorise(lights, "lights");
    await authorise(locks, "locks", false);
    await missing(locks);
    await authorise(locks, "locks");
    await authoriseAsUser(false);
    await missing(0);
  });

  it("given not one reading for each condition: refuses", async () => {
    const { read, trigger } = await world();
    const [presence, temperature] = await read(THERE, COLD);
    for (const batches of [[], [presence], [presence, temperature, presence]]) {
      await expectRefusal(trigger(batches), "LinkageDeskConditionNotMet", {
        ...{ condition: BigInt(batches.length), reading: 0 },
      });
    }
    await expectRefusal(trigger([presence, 99]), "DeviceReadingsUnknown", { reading: 99 });
  });

  it("given a reading of another device, of another measure, or at the threshold: refuses, and names the condition", async () => {
    const { actors, group, locks, read, trigger } = await world();
    const [presence, temperature] = await read(THERE, COLD);
    const refuse = async (batches: readonly number[], condition: bigint) =>
      await expectRefusal(trigger(batches), "LinkageDeskConditionNotMet", {
        ...{ condition, reading: batches[Number(condition)] ?? 0 },
      });
    await refuse([temperature, temperature], 0n);
    await refuse([presence, presence], 1n);
    const other = await actors.enrol("other sensor", { kind: DeviceKind.SENSOR, owner: locks, group });
    const foreign = await actors.post(other, { source: other, measure: MEASURE.PRESENCE, values: [THERE] });
    await refuse([foreign, temperature], 0n);
    const [absent, warm] = await read(0n, 1_800n);
    await refuse([absent, temperature], 0n);
    await refuse([presence, warm], 1n);
    await trigger([presence, temperature]);
  });

  it("given several values in a batch: the largest one counts above a threshold, the least one below it", async () => {
    const { app, actors, lock, trigger } = await world();
    await app.pass(10n);
    const of = { source: lock, from: (await app.now()) - 5n };
    const presence = await actors.post(lock, { ...of, measure: MEASURE.PRESENCE, values: [0n, 1n, 0n] });
    const temperature = await actors.post(lock, { ...of, measure: MEASURE.TEMPERATURE, values: [1_900n, 1_799n] });
    await trigger([presence, temperature]);
  });

  byEachClock((clock) => {
    it("given a reading as old as it may be: sets it off; one second older: refuses", async () => {
      const { app, read, trigger } = await world(clock);
      await app.as("courier");
      const made = await app.now();
      const batches = await read(THERE, COLD, made);
      await app.nextAt(made + MAX_AGE + 1n);
      await expectRefusal(trigger(batches), "LinkageDeskConditionNotMet", { condition: 0n, reading: batches[0] });
      await app.pass(5n);
      const next = await app.now();
      const fresh = await read(THERE, COLD, next);
      await app.nextAt(next + MAX_AGE);
      await trigger(fresh);
    });
  });

  it("given readings that may be of any age: sets it off, however large the age", async () => {
    const { app, propose, authoriseAll, read, trigger } = await loadLinkages();
    await propose({ maxAge: 2n ** 64n - 1n });
    await authoriseAll();
    const batches = await read(THERE, COLD);
    await app.pass(365n * 86_400n);
    await trigger(batches);
  });

  it("given readings that meet every condition: begins a run, once for each reading of the trigger", async () => {
    const { app, linkages, read, trigger } = await world();
    const batches = await read(THERE, COLD);
    const [first] = batches;
    expectOwnEvents(await trigger(batches), [["LinkageTriggered", { linkage: 1n, run: 1n, trigger: first }]]);
    expect(await linkages.read.runOf({ run: 1n })).to.deep.equal({
      ...{ linkage: 1n, status: RunStatus.RUNNING, done: 0, startedAt: await app.now(), trigger: first },
    });
    await expectRefusal(trigger(batches), "LinkageDeskTriggered", { reading: first });
    const [next] = await read(THERE, COLD);
    await trigger([next, batches[1]]);
    expect(await linkages.read.runCount()).to.equal(2n);
    for (const run of [0n, 3n]) {
      await expectRefusal(linkages.read.runOf({ run }), "LinkageDeskUnknown", { id: run });
    }
  });
});
