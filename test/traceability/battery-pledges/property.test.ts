import { PassportStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import fc from "fast-check";
import { BATTERY, loadBatteries } from "../../fixtures/batteries.ts";
import { batteryCode } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";

const BATTERIES = [BATTERY, batteryCode(2), batteryCode(3)] as const;
const step = fc.record({
  act: fc.constantFrom("pledge", "release", "transfer", "offer", "scrap"),
  index: fc.integer({ min: 0, max: 2 }),
});

describe("BatteryPledges: a pledged battery never moves", () => {
  it("given sales, second lives, scrapping, pledges and releases in any order: owner and life stay while it is pledged", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const { app, issue, passports, operator, other, lender } = await loadBatteries();
        const { pledges } = app.contracts;
        for (const battery of BATTERIES) await issue({ battery });
        const owners = BATTERIES.map(() => operator);
        const pledged = BATTERIES.map(() => 0n);
        const waste = BATTERIES.map(() => false);
        for (const { act, index } of steps) {
          const battery = BATTERIES[index] ?? BATTERY;
          const owner = owners[index] ?? 0;
          const asOwner = await app.as(owner === operator ? "operator" : "other");
          const id = pledged[index] ?? 0n;
          const isPledged = id !== 0n;
          const locked = async (action: Promise<unknown>) =>
            await expectRefusal(action, "BatteryPassportsLocked", { battery, lender });
          if (act === "pledge") {
            const order = { owner, lender, batteries: [battery], loan: app.digest("loan") };
            const call = pledges.writeAndWait.pledge(order, asOwner);
            if (isPledged) await locked(call);
            else pledged[index] = (await call).event("BatteriesPledged").args.pledge;
          } else if (act === "release") {
            if (!isPledged) continue;
            await pledges.writeAndWait.release({ id, batteries: [battery] }, await app.as("lender"));
            pledged[index] = 0n;
          } else if (act === "transfer") {
            const to = owner === operator ? other : operator;
            const call = passports.writeAndWait.transfer({ battery, to }, asOwner);
            if (isPledged) await locked(call);
            else {
              await call;
              owners[index] = to;
            }
          } else if (waste[index] !== true) {
            const as = await app.as("operator");
            const call =
              act === "offer"
                ? passports.writeAndWait.offerSecondLife({ battery, to: other, status: PassportStatus.REPURPOSED }, as)
                : passports.writeAndWait.changeStatus(
                    { battery, status: PassportStatus.WASTE, evidence: app.digest("scrapped") },
                    as,
                  );
            if (isPledged) await locked(call);
            else {
              await call;
              waste[index] = act === "scrap";
            }
          }
          for (const [at, each] of BATTERIES.entries()) {
            const found = await passports.read.batteryOf({ battery: each });
            expect([found.owner, found.lender, found.status]).to.deep.equal([
              owners[at],
              pledged[at] === 0n ? 0 : lender,
              waste[at] === true ? PassportStatus.WASTE : PassportStatus.ORIGINAL,
            ]);
            expect(await pledges.read.pledgeOfBattery({ battery: each })).to.equal(pledged[at]);
          }
        }
      }),
      { numRuns: 10 },
    );
  });
});
