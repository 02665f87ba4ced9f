import type { Address, Chain, Hash } from "@banyan/chain";
import { expect } from "chai";
import { account, bytes, deploy, mined, testChain, word } from "../support.ts";
import { caller, LOGGING, REVERTING } from "./contracts.ts";
import { hashOf, refusalOf, sessionOn } from "./session.ts";

/** A contract that calls two others, the transaction that ran it, and its chain. */
async function played(): Promise<{ chain: Chain; contract: Address; reverting: Address; hash: Hash }> {
  const { chain } = testChain();
  const reverting = await deploy(chain, REVERTING);
  const contract = await deploy(chain, caller(reverting, `0x${"00".repeat(19)}04`, await deploy(chain, LOGGING)));
  return { chain, contract, reverting, hash: await hashOf(chain, contract) };
}

describe("trace_transaction, trace_get, trace_block, trace_filter, trace_replay…", () => {
  it("given what they do not take, refuse by name", async () => {
    const { chain, hash } = await played();
    const session = sessionOn(chain);
    const refusals: readonly [string, readonly unknown[], string][] = [
      ["trace_replayTransaction", [hash, ["opcodes"]], "kinds[0]"],
      ["trace_replayTransaction", [hash], "kinds"],
      ["trace_replayBlockTransactions", ["latest", "trace"], "kinds"],
      ["trace_filter", [{ mode: "either" }], "filter.mode"],
      ["trace_filter", [{ fromAddress: ["0x12"] }], "filter.fromAddress[0]"],
      ["trace_get", [hash, [-1]], "place[0]"],
    ];
    for (const [method, params, reason] of refusals)
      expect(await refusalOf(session, method, params), method).to.deep.equal({ code: -32602, reason });
    expect((await refusalOf(session, "trace_replayTransaction", [word(1), ["trace"]])).reason).to.equal(
      "TRANSACTION_NOT_FOUND",
    );
    expect((await refusalOf(session, "trace_block", ["0x99"])).reason).to.equal("BLOCK_NOT_FOUND");
  });

  it("given a range of too many blocks, refuse", async () => {
    const { chain } = testChain();
    await chain.mine(1_001n);
    expect((await refusalOf(sessionOn(chain), "trace_filter", [{ fromBlock: "0x1" }])).reason).to.equal(
      "filter.toBlock",
    );
  });

  it("given the hash of no transaction, answer null", async () => {
    const { chain } = testChain();
    expect(await sessionOn(chain).request("trace_transaction", [word(1)])).to.equal(null);
    expect(await sessionOn(chain).request("trace_get", [word(1), []])).to.equal(null);
  });

  it("list frames with the gas of the execution alone and Parity's words", async () => {
    const { chain, contract, reverting, hash } = await played();
    const session = sessionOn(chain);
    const frames = Object(await session.request("trace_transaction", [hash]));
    expect(
      frames.map(({ traceAddress, subtraces, error }: Record<string, unknown>) => [traceAddress, subtraces, error]),
    ).to.deep.equal([
      [[], 2, undefined],
      [[0], 0, "Reverted"],
      [[1], 0, undefined],
    ]);
    const intrinsic = 21_000n + 4n * 16n;
    expect(frames[0].action).to.include({
      from: account(chain, 1),
      to: contract,
      gas: `0x${(300_000n - intrinsic).toString(16)}`,
    });
    expect(BigInt(frames[0].result.gasUsed)).to.equal((chain.latestBlock().receipts[0]?.gasUsed ?? 0n) - intrinsic);
    expect(await session.request("trace_get", [hash, ["0x0"]])).to.deep.equal(frames[1]);
    expect(frames[1].action.to).to.equal(reverting);
    expect(await session.request("trace_block", ["latest"])).to.deep.equal(frames);
    expect(await session.request("trace_block", ["earliest"])).to.deep.equal([]);
  });

  it("filter frames of a range by sender and receiver", async () => {
    const { chain, contract, reverting } = await played();
    const session = sessionOn(chain);
    const found = async (filter: object): Promise<unknown[]> =>
      Object(await session.request("trace_filter", [{ fromBlock: "0x0", toBlock: "latest", ...filter }])).map(
        ({ action }: { action: Record<string, unknown> }) => action.to,
      );
    expect(await found({ toAddress: [reverting] })).to.deep.equal([undefined, reverting]);
    expect(await found({ fromAddress: [contract] })).to.have.length(2);
    expect(await found({ fromAddress: [contract], toAddress: [reverting], mode: "intersection" })).to.deep.equal([
      reverting,
    ]);
    expect(await found({ fromAddress: [contract], after: 1, count: 1 })).to.have.length(1);
    expect(await found({})).to.have.length(3 + 3);
  });

  it("tell frames and changes of transactions that are replayed", async () => {
    const { chain, contract, hash } = await played();
    const session = sessionOn(chain);
    const replay = Object(await session.request("trace_replayTransaction", [hash, ["trace", "stateDiff"]]));
    expect(replay).to.include({ output: word(0xaa), vmTrace: null, transactionHash: hash });
    expect(replay.trace).to.have.length(3);
    expect(replay.stateDiff[contract]).to.deep.equal({
      balance: "=",
      code: "=",
      nonce: "=",
      storage: { [word(1)]: { "*": { from: word(0), to: word(5) } } },
    });
    expect(replay.stateDiff[account(chain, 1)].nonce).to.deep.equal({ "*": { from: "0x0", to: "0x1" } });
    expect(await session.request("trace_replayBlockTransactions", ["latest", ["trace"]])).to.deep.equal([
      { ...replay, stateDiff: null },
    ]);
    const made = mined(
      await chain.sendTransaction({ from: account(chain, 0), data: bytes("60015f5360015ff3"), gasLimit: 100_000n }),
    );
    const { stateDiff } = Object(
      await session.request("trace_replayTransaction", [made.transaction.hash, ["stateDiff"]]),
    );
    expect(stateDiff[made.contractAddress ?? ""]).to.deep.include({ code: { "+": "0x01" }, nonce: { "+": "0x1" } });
  });
});
