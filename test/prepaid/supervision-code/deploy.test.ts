import { expect } from "chai";
import type { Address } from "viem";
import { deployCustody } from "../../fixtures/custody.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

type Parts = [Address, Address, Address, Address, Address, Address];

const fixture = defineFixture(async (connection) => {
  const deployed = await deployCustody(connection);
  const { authority, clock, register, book, rules, custody } = deployed;
  const parts: Parts = [
    authority.address,
    clock.address,
    register.address,
    book.address,
    rules.address,
    custody.address,
  ];
  return { ...deployed, parts };
});

describe("SupervisionCode, deployed", () => {
  it("refuses a part that is not a contract", async () => {
    const { viem, code, parts, accounts } = await fixture();
    const { address } = accounts.alice;
    for (let i = 0; i < parts.length; i++) {
      const wrong: Parts = [...parts];
      wrong[i] = address;
      await expectRevert(viem.deployContract("SupervisionCode", wrong), code, "GovernedNotAContract", [address]);
    }
  });

  it("says what it stands on", async () => {
    const { code, parts } = await fixture();
    const { read } = code;
    const named = [read.authority(), read.clock(), read.register(), read.book(), read.rules(), read.custody()];
    expect((await Promise.all(named)).map((address) => address.toLowerCase())).to.deep.equal(parts);
    expect(await read.domainVersion()).to.equal("1.0.0");
  });
});
