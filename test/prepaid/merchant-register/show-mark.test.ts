import { expect } from "chai";
import { china, filedMerchant, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const DUE = china("2030-01-16T00:00:00");

async function linkedOnTuesday() {
  const filed = await filedMerchant();
  await filed.time.setNextBlockTimestamp(china("2030-01-08T10:00:00"));
  await filed.register.write.link([filed.merchant, PAPER], filed.asPlatform);
  return filed;
}

describe("MerchantRegister.showMark", () => {
  it("refuses everyone but the merchant's agent", async () => {
    const { register, merchant, accounts } = await linkedOnTuesday();
    for (const account of [accounts.platform, accounts.settlement, accounts.agent2]) {
      const call = register.write.showMark([merchant], { account });
      await expectRevert(call, register, "MerchantRegisterNotAgent", [merchant, account.address]);
    }
  });

  it("refuses a merchant that is not filed or not linked", async () => {
    const { register, merchant, asAgent } = await filedMerchant();
    await expectRevert(register.write.showMark([NOBODY], asAgent), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(register.write.showMark([merchant], asAgent), register, "MerchantRegisterNotLinked", [merchant]);
  });

  it("refuses a mark that is shown", async () => {
    const { register, merchant, asAgent, time } = await linkedOnTuesday();
    await time.setNextBlockTimestamp(DUE);
    await register.write.showMark([merchant], asAgent);
    await expectRevert(register.write.showMark([merchant], asAgent), register, "MerchantRegisterMarkShown", [
      merchant,
      DUE,
    ]);
  });

  for (const [given, at, late] of [
    ["in the last second of the fifth working day", DUE - 1n, false],
    ["a second later", DUE, true],
  ] as const) {
    it(`A-23: tells whether the mark came late, given ${given}`, async () => {
      const { register, merchant, asAgent, connection, time } = await linkedOnTuesday();
      await time.setNextBlockTimestamp(at);
      await expectEvents(connection, register.write.showMark([merchant], asAgent), [
        event(register, "MarkShown", { merchant, shownAt: at, late }),
      ]);
      expect((await register.read.merchantOf([merchant])).markShownAt).to.equal(at);
    });
  }
});
