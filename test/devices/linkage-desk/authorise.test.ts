import { expect } from "chai";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { loadLinkages } from "../../fixtures/linkages.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

describe("LinkageDesk.authorise and authoriseAsUser", () => {
  it("given no linkage: refuse", async () => {
    const { locks, authorise, authoriseAsUser } = await loadLinkages();
    await expectRefusal(authorise(locks, "locks", true, 1n), "LinkageDeskUnknown", { id: 1n });
    await expectRefusal(authoriseAsUser(true, "Li", 1n), "LinkageDeskUnknown", { id: 1n });
  });

  it("given a caller who acts for none, a vendor that takes no part, or another user: refuse", async () => {
    const { app, lights, other, propose, authorise, authoriseAsUser } = await loadLinkages();
    await propose();
    await expectRefusal(authorise(lights, "locks"), "PartyUserNotAgent", {
      ...{ party: lights, caller: app.address("locks") },
    });
    await expectRefusal(authorise(other, "other"), "LinkageDeskNotVendor", { linkage: 1n, vendor: other });
    await expectRefusal(authoriseAsUser(true, "locks"), "LinkageDeskNotUser", {
      ...{ linkage: 1n, caller: app.address("locks") },
    });
  });

  it("given vendors and the user: each says yes for itself, and takes it back", async () => {
    const { locks, lights, linkages, propose, authorise, authoriseAsUser } = await loadLinkages();
    await propose();
    const said = async () =>
      await Promise.all(
        [locks, lights, 0].map(async (vendor) => await linkages.read.isAuthorised({ linkage: 1n, vendor })),
      );
    expect(await said()).to.deep.equal([false, false, false]);
    for (const authorised of [true, false]) {
      const args = { linkage: 1n, authorised };
      expectOwnEvents(await authorise(lights, "lights", authorised), [
        ["LinkageAuthorised", { ...args, vendor: lights }],
      ]);
      expect(await said()).to.deep.equal([false, authorised, false]);
    }
    for (const authorised of [true, false]) {
      const args = { linkage: 1n, authorised };
      expectOwnEvents(await authoriseAsUser(authorised), [["LinkageAuthorised", { ...args, vendor: 0 }]]);
      expect(await said()).to.deep.equal([false, false, authorised]);
    }
  });
});
