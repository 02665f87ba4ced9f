import { expect } from "chai";
import { keptChain, newFolder } from "./store/kept-chain.ts";
import { account, bytes, codeOf, deploy, testChain, word } from "./support.ts";
import { refusalOf, sessionOn } from "./trace/session.ts";

/** Returns CHAINID. */
const TELLING = "465f5260205ff3";

describe("anvil_setChainId", () => {
  it("given what is no chain id, refuses", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    for (const params of [[], ["x"], [-1], ["0x10000000000000000"]])
      expect(await refusalOf(session, "anvil_setChainId", params)).to.deep.equal({ code: -32602, reason: "chainId" });
    expect(await session.request("eth_chainId", [])).to.equal("0x7a69");
  });

  it("given a chain on disk, refuses", async () => {
    const { folder, remove } = newFolder();
    const chain = await keptChain(folder, { now: 1_900_000_000_000 });
    expect(await codeOf(() => chain.setChainId(5n))).to.equal("OPTION_INVALID");
    await chain.close();
    remove();
  });

  it("sets what CHAINID reads, what is answered and what transactions are signed for, until a snapshot is returned to", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    const to = await deploy(chain, TELLING);
    const old = await chain.signTransaction({ from: account(chain, 1), to, gasLimit: 90_000n });
    const mark = await chain.snapshot();
    expect(await session.request("anvil_setChainId", ["0x309"])).to.equal(null);
    expect(await session.request("eth_chainId", [])).to.equal("0x309");
    expect(await session.request("net_version", [])).to.equal("777");
    expect(await session.request("eth_call", [{ to }])).to.equal(word(777));
    const { receipt } = await chain.sendTransaction({ from: account(chain, 1), to, gasLimit: 90_000n });
    expect(receipt?.status).to.equal(1);
    expect(receipt?.transaction.chainId).to.equal(777n);
    const raw = old.refused === undefined ? old.transaction.raw : bytes("");
    expect(await codeOf(() => chain.sendRawTransaction(raw))).to.equal("TX_CHAIN_ID");
    await chain.revert(mark);
    expect(await session.request("eth_call", [{ to }])).to.equal(word(31_337));
    expect((await chain.sendRawTransaction(raw)).receipt?.status).to.equal(1);
  });
});
