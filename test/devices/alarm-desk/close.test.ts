import { WarningStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { loadAlarms } from "../../fixtures/alarms.ts";
import { NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

/** The role of those who set limits and close warnings. */
const DEVICE_STRATEGIST = 602n;

async function world() {
  const alarms = await loadAlarms();
  await alarms.set();
  await alarms.read(99n);
  return alarms;
}

describe("AlarmDesk.close", () => {
  it("given somebody who is no strategist, no warning, or no decision: refuses", async () => {
    const { app, close } = await world();
    for (const name of ["owner", "regulator"]) {
      await expectRefusal(close(1, name), "AccessManagedUnauthorized", { caller: app.address(name) });
    }
    await expectRefusal(close(2), "AlarmDeskUnknown", { warning: 2 });
    await expectRefusal(close(1, "bureau", NO_DIGEST), "DigestsMissing", NO_DIGEST);
  });

  it("given a strategist who acts for the group's owner: refuses", async () => {
    const { app, close } = await world();
    await app.contracts.authority.writeAndWait.grantRole(
      { roleId: DEVICE_STRATEGIST, account: app.address("owner"), executionDelay: 0 },
      app.administrator,
    );
    await expectRefusal(close(1, "owner"), "AlarmDeskOwnCause", { warning: 1, account: app.address("owner") });
  });

  it("given a warning that is open or answered: closes it once, and it stays on record", async () => {
    const { app, alarms, group, read, answer, close, warningOf } = await world();
    const decision = app.digest("seen on site");
    await read(98n);
    await answer(2);
    for (const warning of [1, 2]) {
      expectOwnEvents(await close(warning), [["WarningClosed", { warning, decision }]]);
      expect(await warningOf(warning)).to.deep.include({ status: WarningStatus.CLOSED, decision });
      expect(await alarms.read.standingOf({ group })).to.deep.equal({ raised: 2n, open: BigInt(2 - warning) });
      await expectRefusal(close(warning), "AlarmDeskWrongStatus", { warning, status: WarningStatus.CLOSED });
    }
    expect((await warningOf(1)).report).to.deep.equal(NO_DIGEST);
    expect((await warningOf(2)).report).to.deep.equal(app.digest("fuse replaced"));
  });
});
