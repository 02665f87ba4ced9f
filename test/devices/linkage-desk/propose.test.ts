import { expect } from "chai";
import { DeviceKind, NO_DIGEST, NOBODY } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { loadLinkages } from "../../fixtures/linkages.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

describe("LinkageDesk.propose", () => {
  it("given a caller who does not act for the vendor: refuses", async () => {
    const { app, locks, propose } = await loadLinkages();
    await expectRefusal(propose({}, "lights"), "PartyUserNotAgent", { party: locks, caller: app.address("lights") });
  });

  it("given no user, no condition or step, or too many of them: refuses; five and ten are not too many", async () => {
    const { conditions, steps, propose } = await loadLinkages();
    const [condition] = conditions;
    const [step] = steps;
    if (condition === undefined || step === undefined) throw new Error("The fixture has neither condition nor step");
    const of = (c: number, s: number) => ({ conditions: Array(c).fill(condition), steps: Array(s).fill(step) });
    await expectRefusal(propose({ user: NOBODY }), "LinkageDeskInvalid", { conditions: 2n, steps: 2n });
    for (const [c, s] of [
      [0, 1],
      [1, 0],
      [6, 1],
      [1, 11],
    ] as const) {
      await expectRefusal(propose(of(c, s)), "LinkageDeskInvalid", { conditions: BigInt(c), steps: BigInt(s) });
    }
    await propose(of(5, 10));
  });

  it("given a device that is unknown or retired, or a step without its action: refuses", async () => {
    const { app, conditions, steps, lamp, lock, propose } = await loadLinkages();
    const action = app.digest("switch on");
    await expectRefusal(propose({ steps: [{ device: 9, action }] }), "DeviceRegisterUnknown", { device: 9 });
    await expectRefusal(propose({ steps: [{ device: lamp.id, action: NO_DIGEST }] }), "DigestsMissing", NO_DIGEST);
    const [condition] = conditions;
    if (condition === undefined) throw new Error("The fixture has no condition");
    await expectRefusal(propose({ conditions: [{ ...condition, device: 8 }] }), "DeviceRegisterUnknown", { device: 8 });
    for (const device of [lamp, lock]) {
      await app.contracts.register.writeAndWait.retire(
        { device: device.id, reason: app.digest("broken") },
        await app.as("regulator"),
      );
      await expectRefusal(propose({ conditions, steps }), "DeviceRegisterRetired", { device: device.id });
    }
  });

  it("given a vendor none of whose devices takes part: refuses", async () => {
    const { other, propose } = await loadLinkages();
    await expectRefusal(propose({ by: other }, "other"), "LinkageDeskNotVendor", { linkage: 1n, vendor: other });
  });

  it("given conditions and steps: keeps them with the makers of the devices as its vendors, each once", async () => {
    const { actors, group, locks, lights, other, linkages, user, conditions, steps, app, propose } =
      await loadLinkages();
    const outcome = await propose();
    const vendors = [locks, lights];
    expectOwnEvents(outcome, [["LinkageProposed", { linkage: 1n, by: locks, user, vendors }]]);
    expect(await linkages.read.linkageOf({ linkage: 1n })).to.deep.equal({ user, vendors, conditions, steps });
    for (const linkage of [0n, 2n]) {
      await expectRefusal(linkages.read.linkageOf({ linkage }), "LinkageDeskUnknown", { id: linkage });
    }
    // The vendor is who made the device, not whose it is.
    const made = await actors.enrol("blind", { kind: DeviceKind.ACTUATOR, owner: locks, maker: other, group });
    await propose({ by: other, steps: [{ device: made.id, action: app.digest("shut") }] }, "other");
    expect((await linkages.read.linkageOf({ linkage: 2n })).vendors).to.deep.equal([locks, other]);
    expect(await linkages.read.count()).to.equal(2n);
  });
});
