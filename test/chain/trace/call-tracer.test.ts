import { expect } from "chai";
import { account, bytes, deploy, mined, testChain, word } from "../support.ts";
import { caller, DESTROYING, LOGGING, REVERTING } from "./contracts.ts";
import { hashOf, trace } from "./session.ts";

describe("callTracer", () => {
  const tracer = "callTracer";

  it("draws the tree of frames with input, output and why one failed", async () => {
    const { chain } = testChain();
    const [reverting, logging] = [await deploy(chain, REVERTING), await deploy(chain, LOGGING)];
    const contract = await deploy(chain, caller(reverting, logging));
    const root = await trace(chain, await hashOf(chain, contract), { tracer });
    const receipt = chain.latestBlock().receipts[0];
    expect(root.gasUsed).to.equal(`0x${receipt?.gasUsed.toString(16)}`);
    const { calls, gasUsed: _used, ...outermost } = root;
    expect(outermost).to.deep.equal({
      type: "CALL",
      from: account(chain, 1),
      to: contract,
      gas: `0x${(300_000).toString(16)}`,
      value: "0x0",
      input: "0x12345678",
      output: word(0xaa),
    });
    expect(
      calls.map(({ to, error, revertReason, output }: Record<string, unknown>) => [
        to,
        error,
        revertReason,
        typeof output,
      ]),
    ).to.deep.equal([
      [reverting, "execution reverted", "no", "string"],
      [logging, undefined, undefined, "string"],
    ]);
  });

  it("draws only the outermost frame if asked to", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, caller(await deploy(chain, LOGGING)));
    const root = await trace(chain, await hashOf(chain, contract), {
      tracer,
      tracerConfig: { onlyTopCall: true, withLog: true },
    });
    expect(root).not.to.have.property("calls");
    expect(root.logs).to.have.length(1);
    // The log of the inner frame counts, though it is not shown.
    expect(root.logs[0]).to.include({ address: contract, index: "0x1", position: "0x0" });
  });

  it("shows logs with their place among the calls, and none that was taken back", async () => {
    const { chain } = testChain();
    const logging = await deploy(chain, LOGGING);
    const failing = await deploy(chain, `${caller(logging).slice(0, -8)}5f5ffd`);
    const contract = await deploy(chain, caller(logging, failing));
    const root = await trace(chain, await hashOf(chain, contract), { tracer, tracerConfig: { withLog: true } });
    expect(root.logs).to.deep.equal([
      { address: contract, topics: [word(9)], data: "0x", index: "0x1", position: "0x2" },
    ]);
    expect(root.calls[0].logs.map(({ index, position }: Record<string, unknown>) => [index, position])).to.deep.equal([
      ["0x0", "0x0"],
    ]);
    expect(root.calls[1].error).to.equal("execution reverted");
    expect(root.calls[1]).not.to.have.property("logs");
    expect(root.calls[1].calls[0]).not.to.have.property("logs");
  });

  it("shows a destruction as a call of its own", async () => {
    const { chain } = testChain();
    const destroying = await deploy(chain, DESTROYING);
    await chain.setBalance(destroying, 7n);
    const { calls } = await trace(chain, await hashOf(chain, destroying), { tracer });
    expect(calls).to.deep.equal([
      {
        type: "SELFDESTRUCT",
        from: destroying,
        to: `0x${"bb".repeat(20)}`,
        gas: "0x0",
        gasUsed: "0x0",
        input: "0x",
        value: "0x7",
      },
    ]);
  });

  it("shows a call that was refused for lack of funds", async () => {
    const { chain } = testChain();
    // CALL(gas, 0xcc, 1 wei)
    const poor = await deploy(chain, "5f5f5f5f600160cc5af15000");
    const { calls } = await trace(chain, await hashOf(chain, poor), { tracer });
    expect(calls).to.have.length(1);
    expect(calls[0]).to.include({
      type: "CALL",
      error: "insufficient balance for transfer",
      gasUsed: "0x0",
      value: "0x1",
    });
  });

  it("shows a creation with its code, and a failed one without an address", async () => {
    const { chain } = testChain();
    const created = await chain.sendTransaction({
      from: account(chain, 0),
      data: bytes("60015f5360015ff3"),
      gasLimit: 100_000n,
    });
    const root = await trace(chain, mined(created).transaction.hash, { tracer });
    expect(root).to.include({ type: "CREATE", to: mined(created).contractAddress, output: "0x01" });
    const failed = await chain.sendTransaction({
      from: account(chain, 0),
      data: bytes("5f5ffd"),
      gasLimit: 100_000n,
    });
    const other = await trace(chain, mined(failed).transaction.hash, { tracer });
    expect(other).to.include({ type: "CREATE", error: "execution reverted" });
    expect(other).not.to.have.property("to");
  });
});
