import { parameterId, regionId, tradeId } from "@banyan/app-common/policy";
import { expect } from "chai";
import { DAY, deployPrepaid, START } from "../../fixtures/prepaid.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const SHANGHAI = regionId("CN-SH");
const FITNESS = tradeId("8930");
const TUTORING = tradeId("8394");
const ALL = `0x${"00".repeat(4)}` as const;
const ID = "prepaid.cure.days";
const UNSET = "prepaid.rate.custody";

const fixture = defineFixture(async (connection) => {
  const prepaid = await deployPrepaid(connection);
  const reader = await prepaid.viem.deployContract("PrepaidLibrariesHarness", [prepaid.policy.address]);
  return { ...prepaid, reader };
});

describe("PolicyReader", () => {
  it("finds nothing where nothing is set, which switches a rule off; what is needed is refused by name", async () => {
    const { reader } = await fixture();
    for (const trade of [ALL, FITNESS]) {
      const args = [SHANGHAI, START, trade, parameterId(UNSET)] as const;
      expect(await reader.read.find(args)).to.deep.equal([false, 0n]);
      expect(await reader.read.get(args)).to.equal(0n);
      await expectRevert(reader.read.need(args), reader, "PolicyRegistryParameterNotSet", [
        SHANGHAI,
        START,
        parameterId(UNSET),
      ]);
    }
  });

  it("G1: takes a trade's own number before that of all trades, from the region or any above it", async () => {
    const { reader, publish, time } = await fixture();
    await publish("CN", { [ID]: 20n }, "8930");
    await publish("CN-SH", { [ID]: 30n });
    const now = BigInt(await time.latest());
    for (const [trade, value] of [
      [FITNESS, 20n],
      [TUTORING, 30n],
      [ALL, 30n],
    ] as const) {
      const args = [SHANGHAI, now, trade, parameterId(ID)] as const;
      expect(await reader.read.find(args)).to.deep.equal([true, value]);
      expect(await reader.read.get(args)).to.equal(value);
      expect(await reader.read.need(args)).to.equal(value);
    }
    await publish("CN-SH", { [ID]: 0n }, "8930");
    const later = BigInt(await time.latest());
    expect(await reader.read.find([SHANGHAI, later, FITNESS, parameterId(ID)])).to.deep.equal([true, 0n]);
    expect(await reader.read.need([SHANGHAI, later, FITNESS, parameterId(ID)])).to.equal(0n);
  });

  it("G1: answers a record's own moment for ever", async () => {
    const { reader, publish, time } = await fixture();
    await publish("CN-SH", { [ID]: 1n }, "8930");
    const then = BigInt(await time.latest());
    await time.increase(DAY);
    await publish("CN-SH", { [ID]: 2n }, "8930");
    const now = BigInt(await time.latest());
    expect(await reader.read.need([SHANGHAI, then, FITNESS, parameterId(ID)])).to.equal(1n);
    expect(await reader.read.need([SHANGHAI, now - 1n, FITNESS, parameterId(ID)])).to.equal(1n);
    expect(await reader.read.need([SHANGHAI, now, FITNESS, parameterId(ID)])).to.equal(2n);
  });

  it("keeps a trade's number under the name with the trade in the last four bytes, as the deployment writes it", async () => {
    const { reader } = await fixture();
    expect(await reader.read.forTrade([parameterId(ID), FITNESS])).to.equal(parameterId(ID, "8930"));
    expect(parameterId(ID, "8930")).to.match(/^0x707265706169642e637572652e64617973(00)+38393330$/);
    expect(await reader.read.forTrade([parameterId(ID), ALL])).to.equal(parameterId(ID));
  });
});
