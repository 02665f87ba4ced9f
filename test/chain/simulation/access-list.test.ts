import { expect } from "chai";
import { account, deploy, testChain, word } from "../support.ts";
import { refusalOf, sessionOn } from "../trace/session.ts";

const METHOD = "eth_createAccessList";

describe("eth_createAccessList", () => {
  it("given an unknown block or a call that is none, refuses", async () => {
    const { chain } = testChain();
    const to = account(chain, 1);
    expect((await refusalOf(sessionOn(chain), METHOD, [{ to }, "0x7"])).reason).to.equal("BLOCK_NOT_FOUND");
    expect((await refusalOf(sessionOn(chain), METHOD, [{ to: "0x12" }])).reason).to.equal("transaction.to");
  });

  it("lists nothing for a transfer", async () => {
    const { chain } = testChain();
    expect(await sessionOn(chain).request(METHOD, [{ to: account(chain, 1), value: "0x1" }])).to.deep.equal({
      accessList: [],
      gasUsed: "0x5208",
    });
  });

  it("lists slots and accounts that are touched, but not what is warm anyway, and the gas with the list", async () => {
    const { chain } = testChain();
    const store = await deploy(chain, "6007600255");
    // SLOAD(1), BALANCE(0xcc), CALL the store, BALANCE of sender and of a precompiled contract.
    const contract = await deploy(chain, `6001545060cc31505f5f5f5f5f73${store.slice(2)}5af1503331506004315000`);
    const session = sessionOn(chain);
    const call = { from: account(chain, 0), to: contract };
    const { accessList, gasUsed } = Object(await session.request(METHOD, [call]));
    expect(accessList).to.have.deep.members([
      { address: contract, storageKeys: [word(1)] },
      { address: `0x${"00".repeat(19)}cc`, storageKeys: [] },
      { address: store, storageKeys: [word(2)] },
    ]);
    const sent = await chain.sendTransaction({ from: account(chain, 0), to: contract, gasLimit: 200_000n, accessList });
    expect(sent.receipt?.gasUsed).to.equal(BigInt(gasUsed));
  });

  it("goes on until what the list changes is listed, too", async () => {
    const { chain } = testChain();
    // Reads slot 1 only if at least 60,000 gas are left; the rest of the gas depends on the list.
    const contract = await deploy(
      chain,
      "5f5450" + "5a" + "61ea60" + "11" + "6012" + "57" + "600154" + "50" + "00" + "5b00",
    );
    const { accessList } = Object(await sessionOn(chain).request(METHOD, [{ to: contract, gas: "0x1e8480" }]));
    expect(accessList).to.deep.equal([{ address: contract, storageKeys: [word(0), word(1)] }]);
  });

  it("tells why the transaction fails, with what it touched until then", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, "6001545f5ffd");
    const answer = await sessionOn(chain).request(METHOD, [{ to: contract }]);
    expect(answer).to.deep.include({
      accessList: [{ address: contract, storageKeys: [word(1)] }],
      error: "execution reverted",
    });
  });

  it("sees accounts as they are overridden", async () => {
    const { chain } = testChain();
    const to = `0x${"cc".repeat(20)}`;
    const answer = Object(await sessionOn(chain).request(METHOD, [{ to }, "latest", { [to]: { code: "0x600554" } }]));
    expect(answer.accessList).to.deep.equal([{ address: to, storageKeys: [word(5)] }]);
  });
});
