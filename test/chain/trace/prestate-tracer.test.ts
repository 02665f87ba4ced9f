import { expect } from "chai";
import { account, bytes, deploy, mined, testChain, word } from "../support.ts";
import { caller, DESTROYING } from "./contracts.ts";
import { hashOf, trace } from "./session.ts";

describe("prestateTracer", () => {
  const tracer = "prestateTracer";

  it("tells the accounts and slots as they were before", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, caller());
    const balance = await chain.getBalance(account(chain, 1));
    const accounts = await trace(chain, await hashOf(chain, contract), { tracer });
    expect(Object.keys(accounts).sort()).to.deep.equal([account(chain, 1), contract, chain.coinbase()].sort());
    expect(accounts[account(chain, 1)]).to.deep.equal({ balance: `0x${balance.toString(16)}` });
    expect(accounts[contract]).to.include({ balance: "0x0", nonce: 1 });
    expect(accounts[contract].storage).to.deep.equal({ [word(1)]: word(0) });
  });

  it("leaves out code and storage if asked to, and lists what is empty if asked to", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, `60cc31${caller()}`);
    const hash = await hashOf(chain, contract);
    const bare = await trace(chain, hash, { tracer, tracerConfig: { disableCode: true, disableStorage: true } });
    expect(bare[contract]).to.have.all.keys("balance", "nonce", "codeHash");
    const empty = `0x${"00".repeat(19)}cc`;
    expect(bare).not.to.have.property(empty);
    const all = await trace(chain, hash, { tracer, tracerConfig: { includeEmpty: true } });
    expect(all[empty]).to.deep.equal({ balance: "0x0" });
  });

  it("tells what changed", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, caller());
    const sender = account(chain, 1);
    const before = await chain.getBalance(sender);
    const hash = await hashOf(chain, contract);
    const { pre, post } = await trace(chain, hash, { tracer, tracerConfig: { diffMode: true } });
    expect(pre[sender]).to.deep.equal({ balance: `0x${before.toString(16)}` });
    expect(post[sender]).to.deep.equal({ balance: `0x${(await chain.getBalance(sender)).toString(16)}`, nonce: 1 });
    expect(post[contract]).to.deep.equal({ storage: { [word(1)]: word(5) } });
    expect(pre[contract]).not.to.have.property("storage");
  });

  it("tells of a contract made and of one that is gone", async () => {
    const { chain } = testChain();
    const diffMode = { tracer, tracerConfig: { diffMode: true } };
    const made = await chain.sendTransaction({
      from: account(chain, 0),
      data: bytes("60015f5360015ff3"),
      gasLimit: 100_000n,
    });
    const first = await trace(chain, mined(made).transaction.hash, diffMode);
    const address = mined(made).contractAddress ?? "0x";
    expect(first.pre).not.to.have.property(address);
    expect(first.post[address]).to.include({ nonce: 1, code: "0x01" });
    // Made and destroyed in one transaction: neither before nor after.
    const gone = await chain.sendTransaction({
      from: account(chain, 0),
      data: bytes(DESTROYING),
      gasLimit: 100_000n,
    });
    const second = await trace(chain, mined(gone).transaction.hash, diffMode);
    expect(second.pre).not.to.have.property(mined(gone).contractAddress ?? "0x");
    expect(second.post).not.to.have.property(mined(gone).contractAddress ?? "0x");
  });
});
