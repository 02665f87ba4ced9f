import { BanyanError } from "@banyan/app-common";
import { expect } from "chai";
import { OFFICES, openWallet } from "../../../../apps/trace-common/story/wallet.ts";

describe("the wallet of a story of traceability", () => {
  for (const party of ["", "1shop", "a b", "device:", "phone:shop", "x".repeat(33)]) {
    it(`given the party "${party}", when asked for, then there is none`, () => {
      expect(() => openWallet().account(party))
        .to.throw(BanyanError)
        .with.property("code", "PARTY_UNKNOWN");
    });
  }

  it("given offices, parties and devices, when asked for, then each has an account of its own, the same each time", () => {
    const parties = [...OFFICES, "shop-1", "shop-2", "device:shop-1", "device:logger-1"];
    const addresses = parties.map((party) => openWallet().account(party).address);
    const wallet = openWallet();
    expect(parties.map((party) => wallet.account(party).address)).to.deep.equal(addresses);
    expect(new Set(addresses).size).to.equal(parties.length);
  });
});
