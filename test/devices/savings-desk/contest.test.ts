import { SavingsStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { loadSavings } from "../../fixtures/savings.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

async function world() {
  const savings = await loadSavings();
  await savings.read(savings.before.from, savings.before.to, 3_000n);
  await savings.read(savings.since.from, savings.since.to, 3_000n);
  await savings.state();
  return savings;
}

describe("SavingsDesk.contest", () => {
  it("given no statement, a caller who does not act for the party, or who may not read the group: refuses", async () => {
    const { app, neighbour, owner, contest } = await world();
    await expectRefusal(contest(2n), "SavingsDeskUnknown", { savings: 2n });
    await expectRefusal(contest(1n, owner), "PartyUserNotAgent", { party: owner, caller: app.address("neighbour") });
    await expectRefusal(contest(1n, neighbour), "SavingsDeskNotReader", {
      ...{ savings: 1n, account: app.address("neighbour") },
    });
  });

  it("given a reader without a reason: refuses; with one, the statement is contested, once", async () => {
    const { app, neighbour, savings, contest, openReading } = await world();
    await openReading();
    await expectRefusal(contest(1n, neighbour, "neighbour", NO_DIGEST), "DigestsMissing", NO_DIGEST);
    const reason = app.digest("the gym was closed");
    expectOwnEvents(await contest(1n), [["SavingsContested", { savings: 1n, by: neighbour, reason }]]);
    expect((await savings.read.savingsOf({ savings: 1n })).status).to.equal(SavingsStatus.CONTESTED);
    await expectRefusal(contest(1n), "SavingsDeskWrongStatus", { savings: 1n, status: SavingsStatus.CONTESTED });
  });
});
