import type { Chain } from "@banyan/chain";
import { expect } from "chai";
import { account, testChain, word } from "../support.ts";
import { refusalOf, sessionOn } from "./session.ts";

/** A chain with one block of three transfers. */
async function withTransfers(): Promise<Chain> {
  const { chain } = testChain({ automine: false });
  for (const sender of [0, 1, 2])
    await chain.sendTransaction({ from: account(chain, sender), to: account(chain, 5), value: 1n, gasLimit: 21_000n });
  await chain.mine();
  return chain;
}

const tracer = { tracer: "prestateTracer", tracerConfig: { diffMode: true } };

describe("debug_traceBlockByNumber, debug_traceBlockByHash, debug_traceBlock", () => {
  it("given the genesis block, refuses", async () => {
    const session = sessionOn(await withTransfers());
    expect(await refusalOf(session, "debug_traceBlockByNumber", ["0x0"])).to.deep.equal({
      code: -32000,
      reason: "TRACE_GENESIS",
    });
    expect((await refusalOf(session, "debug_traceBlockByNumber", ["earliest"])).reason).to.equal("TRACE_GENESIS");
  });

  it("given no block of the chain, refuses", async () => {
    const session = sessionOn(await withTransfers());
    const unknown = { code: -32000, reason: "BLOCK_NOT_FOUND" };
    expect(await refusalOf(session, "debug_traceBlockByNumber", ["0x9"])).to.deep.equal(unknown);
    expect(await refusalOf(session, "debug_traceBlockByHash", [word(5)])).to.deep.equal(unknown);
    expect(await refusalOf(session, "debug_traceBlock", ["0xc4c28080c0"])).to.deep.equal(unknown);
  });

  it("given bytes that are no block, a height that is none or other options, refuses by name", async () => {
    const session = sessionOn(await withTransfers());
    for (const encoded of ["0x", "0x80", "0xc0", "0xf9ffff"])
      expect(await refusalOf(session, "debug_traceBlock", [encoded])).to.deep.equal({ code: -32602, reason: "block" });
    expect((await refusalOf(session, "debug_traceBlockByNumber", ["one"])).reason).to.equal("block");
    expect((await refusalOf(session, "debug_traceBlockByNumber", ["0x1", { tracer: "js" }])).reason).to.equal(
      "options.tracer",
    );
  });

  it("traces each transaction on the state that those before it left", async () => {
    const chain = await withTransfers();
    const block = chain.latestBlock();
    const session = sessionOn(chain);
    const entries = Object(await session.request("debug_traceBlockByNumber", ["0x1", tracer]));
    expect(entries.map(({ txHash }: { txHash: string }) => txHash)).to.deep.equal(
      block.transactions.map(({ hash }) => hash),
    );
    const receiver = account(chain, 5);
    const before = 10_000n * 10n ** 18n;
    expect(
      entries.map(({ result }: { result: ReturnType<typeof Object> }) => [
        BigInt(result.pre[receiver].balance),
        BigInt(result.post[receiver].balance),
      ]),
    ).to.deep.equal([
      [before, before + 1n],
      [before + 1n, before + 2n],
      [before + 2n, before + 3n],
    ]);
    for (const { txHash, result } of entries)
      expect(await session.request("debug_traceTransaction", [txHash, tracer])).to.deep.equal(result);
  });

  it("traces the same block by number, hash, tag and bytes", async () => {
    const chain = await withTransfers();
    const session = sessionOn(chain);
    const byNumber = await session.request("debug_traceBlockByNumber", ["0x1", tracer]);
    expect(await session.request("debug_traceBlockByHash", [chain.latestBlock().hash, tracer])).to.deep.equal(byNumber);
    expect(await session.request("debug_traceBlockByNumber", ["latest", tracer])).to.deep.equal(byNumber);
    const encoded = await session.request("debug_getRawBlock", ["latest"]);
    expect(await session.request("debug_traceBlock", [encoded, tracer])).to.deep.equal(byNumber);
  });
});
