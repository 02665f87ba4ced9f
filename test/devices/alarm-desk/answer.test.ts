import { WarningStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { loadAlarms } from "../../fixtures/alarms.ts";
import { NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

async function world() {
  const alarms = await loadAlarms();
  await alarms.set();
  await alarms.read(99n);
  return alarms;
}

describe("AlarmDesk.answer", () => {
  it("given no warning, a caller who does not act for the group's owner, or no report: refuses", async () => {
    const { app, owner, answer } = await world();
    for (const warning of [0, 2]) await expectRefusal(answer(warning), "AlarmDeskUnknown", { warning });
    for (const name of ["reader", "bureau"]) {
      await expectRefusal(answer(1, name), "PartyUserNotAgent", { party: owner, caller: app.address(name) });
    }
    await expectRefusal(answer(1, "owner", NO_DIGEST), "DigestsMissing", NO_DIGEST);
  });

  it("given a warning that is answered or closed: refuses", async () => {
    const { read, answer, close } = await world();
    await answer(1);
    await expectRefusal(answer(1), "AlarmDeskWrongStatus", { warning: 1, status: WarningStatus.ANSWERED });
    await read(98n);
    await close(2);
    await expectRefusal(answer(2), "AlarmDeskWrongStatus", { warning: 2, status: WarningStatus.CLOSED });
  });

  it("given an open warning: keeps the owner's report, and it counts as open still", async () => {
    const { app, alarms, group, answer, warningOf } = await world();
    const report = app.digest("fuse replaced");
    expectOwnEvents(await answer(1), [["WarningAnswered", { warning: 1, report }]]);
    expect(await warningOf(1)).to.deep.include({ status: WarningStatus.ANSWERED, report, decision: NO_DIGEST });
    expect(await alarms.read.standingOf({ group })).to.deep.equal({ raised: 1n, open: 1n });
  });
});
