import { regionId } from "@banyan/app-common/policy";
import { expect } from "chai";
import { type Account, encodeFunctionData } from "viem";
import { digestOf } from "../../fixtures/common.ts";
import { COVER, DAY, SCALE, STATUS } from "../../fixtures/custody.ts";
import { deployCards, storedOrder } from "../../fixtures/prepaid-cards.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { CALL_GAS_LIMIT } from "../../helpers/gas-limit.ts";

const MAX = 20n;
const DOCUMENT = digestOf("document");

/** 21 merchants: the sample shop and 20 more, filed but not linked. */
const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  for (let i = 0n; i < MAX; i++) {
    const agent = `0x${(0xa000n + i).toString(16).padStart(40, "0")}` as const;
    await shop.fileMerchant({ agent, region: regionId("CN-GZ") });
  }
  return shop;
});

describe("SupervisionDesk.audit", () => {
  it("refuses everyone but the regulator and auditors", async () => {
    const { desk, accounts } = await fixture();
    const { agent, consumer, platform, custodian, admin } = accounts;
    for (const { address } of [agent, consumer, platform, custodian, admin]) {
      await expectRevert(desk.read.audit([1n, 1n], { account: address }), desk, "SupervisionDeskNotAllowed", [address]);
    }
  });

  it("refuses a range that is empty, begins before the first merchant, ends after the last or is too long", async () => {
    const { desk, accounts } = await fixture();
    for (const [from, to] of [
      [0n, 1n],
      [0n, 0n],
      [3n, 2n],
      [21n, 22n],
      [22n, 22n],
      [1n, 21n],
    ] as const) {
      await expectRevert(
        desk.read.audit([from, to], { account: accounts.auditor.address }),
        desk,
        "SupervisionDeskInvalidRange",
        [from, to, MAX, 21n],
      );
    }
  });

  it("gives the regulator and an auditor the sheets of a range, in order", async () => {
    const { desk, accounts, merchant, sell } = await fixture();
    await sell(storedOrder());
    for (const { address } of [accounts.regulator, accounts.auditor] satisfies Account[]) {
      const account = { account: address };
      const one = await desk.read.audit([1n, 1n], account);
      expect(one).to.deep.equal([await desk.read.sheetOf([merchant])]);
      expect(one[0]?.balance).to.equal(300_000n);
      const longest = await desk.read.audit([2n, 21n], account);
      expect(longest.map((sheet) => sheet.merchant)).to.deep.equal(
        Array.from({ length: 20 }, (_, i) => BigInt(i) + 2n),
      );
      expect(new Set(longest.map(({ status }) => status))).to.deep.equal(new Set([STATUS.FILED]));
      expect((await desk.read.audit([21n, 21n], account)).length).to.equal(1);
    }
  });

  it("stays under 5 million gas for the longest range of merchants as busy as can be", async () => {
    const shop = await fixture();
    const { desk, custody, viem, accounts, merchant, publish, now, fund } = shop;
    await publish("CN-GZ", {
      "prepaid.warning.general": 1n,
      "prepaid.ratio.general": 1n,
      "prepaid.warning.specialShare": 1n,
      "prepaid.ratio.special": 1n,
      "prepaid.quarter.brand": 1n,
    });
    const second = merchant + 1n;
    await shop.register.write.replaceAgent([second, accounts.agent2.address, DOCUMENT], shop.asPlatform);
    await shop.linkMerchant(second);
    const start = await now();
    for (const [id, agent] of [
      [merchant, accounts.agent],
      [second, accounts.agent2],
    ] as const) {
      await shop.register.write.updateFigures([id, SCALE.BRAND, 1n, 1n, 0n, DOCUMENT], shop.asPlatform);
      for (let i = 0; i < 8; i++) {
        const policy = digestOf(`deed ${id} ${i}`);
        await custody.write.registerCover([id, COVER.TRUST, 1n, start, start + DAY, policy], {
          account: accounts.insurer,
        });
      }
      await fund(agent.address, 100_000n);
      await shop.token.write.approve([custody.address, 100_000n], { account: agent });
      await custody.write.deposit([id, 100_000n], { account: agent });
      const terms = await shop.fileTerms(id);
      const sale = shop.sale({ merchant: id, terms });
      await shop.sales.write.sell([sale, [storedOrder()]], { account: agent });
    }
    const client = await viem.getPublicClient();
    const gasTo = async (last: bigint) => {
      const data = encodeFunctionData({ abi: desk.abi, functionName: "audit", args: [merchant, last] });
      return client.estimateGas({ account: accounts.auditor.address, to: desk.address, data });
    };
    const first = await gasTo(merchant);
    const each = (await gasTo(second)) - first;
    expect(each > 50_000n, `${each}`).to.equal(true);
    expect(first + (MAX - 1n) * each < CALL_GAS_LIMIT, `${first} and ${each} each`).to.equal(true);
  });
});
