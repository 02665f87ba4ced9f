import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BanyanError } from "@banyan/app-common";
import { expect } from "chai";
import { OFFICES, openWallet, SAMPLE_WALLET } from "../../../apps/prepaid-code/play/wallet.ts";
import { closeContexts, scratchFolder } from "../../helpers/app-context.ts";

describe("the wallet of a story", () => {
  let folder: string;
  before(() => {
    folder = scratchFolder();
  });
  after(closeContexts);

  for (const [what, text] of [
    ["no JSON", "words"],
    ["no mnemonic", '{"about":"mine"}'],
    ["a field that it does not know", '{"about":"mine","mnemonic":"test","key":"0x1"}'],
    ["words that are no mnemonic", '{"about":"mine","mnemonic":"one two three"}'],
  ]) {
    it(`given ${what}, when opened, then the file is refused by name and nothing of it is told`, () => {
      const path = join(folder, "wallet.json");
      writeFileSync(path, text ?? "");
      expect(() => openWallet(path))
        .to.throw(BanyanError, path)
        .with.property("code", "WALLET_INVALID");
      expect(() => openWallet(path)).not.to.throw(/one two three|0x1/);
    });
  }

  for (const party of ["m01", "M", "M01:custody", "C01:settlement", "C1234567", "office", ""]) {
    it(`given the party "${party}", when asked for, then there is none`, () => {
      expect(() => openWallet(SAMPLE_WALLET).account(party))
        .to.throw(BanyanError)
        .with.property("code", "PARTY_UNKNOWN");
    });
  }

  it("given every kind of party, when asked for, then each has an account of its own, the same each time", () => {
    const parties = [...OFFICES, "M01", "M02", "M01:settlement", "C01", "C02"];
    const addresses = parties.map((party) => openWallet(SAMPLE_WALLET).account(party).address);
    const wallet = openWallet(SAMPLE_WALLET);
    expect(parties.map((party) => wallet.account(party).address)).to.deep.equal(addresses);
    expect(new Set(addresses).size).to.equal(parties.length);
    expect(wallet.opened()).to.deep.equal(addresses);
    expect(wallet.accountOf((addresses[0] ?? "").toLowerCase())).to.equal(wallet.account("deployer"));
  });
});
