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
  await savings.openReading();
  return savings;
}

describe("SavingsDesk.rule", () => {
  it("given somebody who is no arbiter, no statement, or one that nobody contested: refuses", async () => {
    const { app, rule } = await world();
    for (const name of ["owner", "neighbour", "regulator"]) {
      await expectRefusal(rule(1n, true, name), "AccessManagedUnauthorized", { caller: app.address(name) });
    }
    await expectRefusal(rule(2n, true), "SavingsDeskUnknown", { savings: 2n });
    await expectRefusal(rule(1n, true), "SavingsDeskWrongStatus", { savings: 1n, status: SavingsStatus.STATED });
  });

  it("given no ruling: refuses; given one, the statement is upheld or struck out, for good", async () => {
    for (const [upheld, status] of [
      [true, SavingsStatus.UPHELD],
      [false, SavingsStatus.STRUCK_OUT],
    ] as const) {
      const { app, savings, contest, rule } = await world();
      await contest(1n);
      await expectRefusal(rule(1n, upheld, "arbiter", NO_DIGEST), "DigestsMissing", NO_DIGEST);
      const ruling = app.digest("ruling 7");
      expectOwnEvents(await rule(1n, upheld), [["SavingsRuled", { savings: 1n, status, ruling }]]);
      expect((await savings.read.savingsOf({ savings: 1n })).status).to.equal(status);
      await expectRefusal(rule(1n, !upheld), "SavingsDeskWrongStatus", { savings: 1n, status });
      await expectRefusal(contest(1n), "SavingsDeskWrongStatus", { savings: 1n, status });
    }
  });
});
