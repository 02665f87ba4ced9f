import { expect } from "chai";
import { china, filedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { DAY, REFUSAL } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("MerchantRegister.penalise", () => {
  const FIRST = china("2030-02-01T12:00:00");

  it("refuses everyone but the regulator", async () => {
    const { register, merchant, accounts } = await filedMerchant();
    for (const account of [accounts.admin, accounts.platform, accounts.agent]) {
      const call = register.write.penalise([merchant, PAPER], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, and no decision", async () => {
    const { register, merchant, asRegulator } = await filedMerchant();
    const write = register.write.penalise;
    await expectRevert(write([NOBODY, PAPER], asRegulator), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(write([merchant, NO_DIGEST], asRegulator), register, "DigestsMissing", MISSING);
  });

  it("A-42: lists no merchant for its first penalty, nor for a second after the year", async () => {
    const { register, merchant, asRegulator, connection, time } = await filedMerchant();
    for (const [penalties, at] of [
      [1, FIRST],
      [2, FIRST + 365n * DAY + 1n],
    ] as const) {
      await time.setNextBlockTimestamp(at);
      await expectEvents(connection, register.write.penalise([merchant, PAPER], asRegulator), [
        event(register, "MerchantPenalised", { merchant, penalties, decision: PAPER }),
      ]);
    }
    expect(await register.read.refusedFor([merchant, REFUSAL.SERIOUS_BREACH])).to.equal(false);
    const { penalties, lastPenaltyAt } = await register.read.merchantOf([merchant]);
    expect({ penalties, lastPenaltyAt }).to.deep.equal({ penalties: 2, lastPenaltyAt: FIRST + 365n * DAY + 1n });
  });

  it("A-42: lists a merchant for the second penalty within a year, its last second included, once", async () => {
    const { register, merchant, asRegulator, connection, time } = await filedMerchant();
    const { responsible } = (await register.read.merchantOf([merchant])).filing;
    await time.setNextBlockTimestamp(FIRST);
    await register.write.penalise([merchant, PAPER], asRegulator);
    await time.setNextBlockTimestamp(FIRST + 365n * DAY);
    await expectEvents(connection, register.write.penalise([merchant, PAPER], asRegulator), [
      event(register, "MerchantPenalised", { merchant, penalties: 2, decision: PAPER }),
      event(register, "SeriousBreachListed", { merchant, responsible }),
    ]);
    expect(await register.read.refusedFor([merchant, REFUSAL.SERIOUS_BREACH])).to.equal(true);
    await expectEvents(connection, register.write.penalise([merchant, PAPER], asRegulator), [
      event(register, "MerchantPenalised", { merchant, penalties: 3, decision: PAPER }),
    ]);
  });

  it("A-42: counts the year from the latest penalty", async () => {
    const { register, merchant, asRegulator, time } = await filedMerchant();
    for (const at of [FIRST, FIRST + 366n * DAY, FIRST + 700n * DAY]) {
      expect(await register.read.refusedFor([merchant, REFUSAL.SERIOUS_BREACH])).to.equal(false);
      await time.setNextBlockTimestamp(at);
      await register.write.penalise([merchant, PAPER], asRegulator);
    }
    expect(await register.read.refusedFor([merchant, REFUSAL.SERIOUS_BREACH])).to.equal(true);
  });
});
