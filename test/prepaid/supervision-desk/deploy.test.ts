import { expect } from "chai";
import type { Address } from "viem";
import { deployPrepaid } from "../../fixtures/prepaid.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

type Parts = [Address, Address, Address, Address, Address, Address];

const fixture = defineFixture(async (connection) => {
  const deployed = await deployPrepaid(connection);
  const { authority, register, book, custody, code, cards } = deployed;
  const parts: Parts = [
    authority.address,
    register.address,
    book.address,
    custody.address,
    code.address,
    cards.address,
  ];
  return { ...deployed, parts };
});

describe("SupervisionDesk, deployed", () => {
  it("refuses a part that is not a contract", async () => {
    const { viem, desk, parts, accounts } = await fixture();
    const { address } = accounts.alice;
    for (let i = 0; i < parts.length; i++) {
      const wrong: Parts = [...parts];
      wrong[i] = address;
      await expectRevert(viem.deployContract("SupervisionDesk", wrong), desk, "GovernedNotAContract", [address]);
    }
  });

  it("says what it stands on", async () => {
    const { desk, parts } = await fixture();
    const { read } = desk;
    const named = [
      read.authority(),
      read.register(),
      read.book(),
      read.custody(),
      read.supervisionCode(),
      read.prepaidCards(),
    ];
    expect((await Promise.all(named)).map((address) => address.toLowerCase())).to.deep.equal(parts);
    expect(await read.domainVersion()).to.equal("1.0.0");
  });
});
