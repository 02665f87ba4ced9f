import { expect } from "chai";
import { filedMerchant, MISSING, NO_DIGEST, NOBODY } from "../../fixtures/merchant.ts";
import { START, sampleTerms } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const CLAUSES = [
  "REFUND_BANNED",
  "TRANSFER_BANNED",
  "REPLACEMENT_REFUSED",
  "UNILATERAL_CHANGE",
  "IMMUNITY_WIDENED",
] as const;

describe("TermsRegister.fileTerms", () => {
  it("refuses everyone but the merchant's agent", async () => {
    const { terms, merchant, accounts } = await filedMerchant();
    for (const account of [accounts.platform, accounts.settlement, accounts.agent2]) {
      const call = terms.write.fileTerms([sampleTerms(merchant)], { account });
      await expectRevert(call, terms, "TermsRegisterNotAgent", [merchant, account.address]);
    }
  });

  it("refuses terms of a merchant that is not filed", async () => {
    const { terms, register, asAgent } = await filedMerchant();
    const call = terms.write.fileTerms([sampleTerms(NOBODY)], asAgent);
    await expectRevert(call, register, "MerchantRegisterUnknown", [NOBODY]);
  });

  for (const [index, name] of CLAUSES.entries()) {
    it(`A-46: refuses a template that carries ${name}`, async () => {
      const { terms, merchant, asAgent } = await filedMerchant();
      const call = terms.write.fileTerms([{ ...sampleTerms(merchant), clauses: 1 << index }], asAgent);
      await expectRevert(call, terms, "TermsRegisterVoidClause", [merchant, index]);
    });
  }

  it("A-46: names the first of several void clauses", async () => {
    const { terms, merchant, asAgent } = await filedMerchant();
    const call = terms.write.fileTerms([{ ...sampleTerms(merchant), clauses: 0b11111100 }], asAgent);
    await expectRevert(call, terms, "TermsRegisterVoidClause", [merchant, 2]);
  });

  it("refuses a clause that does not exist", async () => {
    const { terms, merchant, asAgent } = await filedMerchant();
    for (const clauses of [0b100000, 0b10000000]) {
      const call = terms.write.fileTerms([{ ...sampleTerms(merchant), clauses }], asAgent);
      await expectRevert(call, terms, "TermsRegisterUnknownClause", [merchant, clauses]);
    }
  });

  for (const field of ["operatorRatePpm", "consumerRatePpm"] as const) {
    it(`refuses ${field} over the whole`, async () => {
      const { terms, merchant, asAgent } = await filedMerchant();
      const call = terms.write.fileTerms([{ ...sampleTerms(merchant), [field]: 1_000_001 }], asAgent);
      await expectRevert(call, terms, "TermsRegisterRateTooHigh", [merchant, 1_000_001, 1_000_000]);
      await terms.write.fileTerms([{ ...sampleTerms(merchant), [field]: 1_000_000 }], asAgent);
    });
  }

  it("A-12: refuses terms without their text", async () => {
    const { terms, merchant, asAgent } = await filedMerchant();
    const call = terms.write.fileTerms([{ ...sampleTerms(merchant), text: NO_DIGEST }], asAgent);
    await expectRevert(call, terms, "DigestsMissing", MISSING);
  });

  it("keeps terms under the next number, with the moment of their filing whatever was given", async () => {
    const { terms, merchant, asAgent, connection, time } = await filedMerchant();
    const given = {
      ...sampleTerms(merchant),
      filedAt: 1n,
      coolingOffDays: 14,
      refundDays: 3,
      operatorRatePpm: 40_000,
      consumerRatePpm: 20_000,
      cheapestItem: 3_000n,
    };
    await time.setNextBlockTimestamp(START + 500n);
    const filed = { ...given, filedAt: START + 500n };
    await expectEvents(connection, terms.write.fileTerms([given], asAgent), [
      event(terms, "TermsFiled", { terms: 1n, merchant, filed }),
    ]);
    expect(await terms.read.termsOf([1n])).to.deep.equal(filed);
    expect(await terms.read.merchantOf([1n])).to.equal(merchant);
    expect(await terms.read.count()).to.equal(1n);
  });

  it("A-48: keeps earlier terms as they were", async () => {
    const { terms, merchant, fileTerms } = await filedMerchant();
    const first = await fileTerms(merchant, { refundDays: 3 });
    const before = await terms.read.termsOf([first]);
    const second = await fileTerms(merchant, { refundDays: 9 });
    expect(second).to.equal(first + 1n);
    expect(await terms.read.termsOf([first])).to.deep.equal(before);
    expect((await terms.read.termsOf([second])).refundDays).to.equal(9);
  });

  it("reads no terms that were not filed", async () => {
    const { terms } = await filedMerchant();
    for (const id of [0n, 1n]) {
      await expectRevert(terms.read.termsOf([id]), terms, "TermsRegisterUnknown", [id]);
      await expectRevert(terms.read.merchantOf([id]), terms, "TermsRegisterUnknown", [id]);
    }
  });

  it("is not deployed over a part that is no contract", async () => {
    const { viem, terms, authority, clock, register, accounts } = await filedMerchant();
    const { address } = accounts.bob;
    const parts = [authority.address, clock.address, register.address];
    for (let index = 0; index < parts.length; ++index) {
      const [a = address, b = address, c = address] = parts.with(index, address);
      await expectRevert(viem.deployContract("TermsRegister", [a, b, c]), terms, "GovernedNotAContract", [address]);
    }
  });
});
