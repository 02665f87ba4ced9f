import { expect } from "chai";
import { account, bytes, deploy, deployCode, mined, testChain, word } from "../support.ts";
import { caller, LOGGING, REVERTING } from "./contracts.ts";
import { hashOf, refusalOf, sessionOn } from "./session.ts";

/** Returns its slot 0 and puts the call data's first word there. */
const SWAPPING = "5f545f52" + "5f355f55" + "60205ff3";

describe("trace_call, trace_callMany, trace_rawTransaction, vmTrace", () => {
  it("given what they do not take, refuse by name and change nothing", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    const to = account(chain, 1);
    const root = chain.latestBlock().header.stateRoot;
    const refusals: readonly [string, readonly unknown[], unknown][] = [
      ["trace_call", [{ to }], "kinds"],
      ["trace_call", [{ to }, ["opcodes"]], "kinds[0]"],
      ["trace_call", ["0x", ["trace"]], "transaction"],
      ["trace_callMany", [[[{ to }]]], "calls[0]"],
      [
        "trace_callMany",
        [
          [
            [{ to }, ["trace"]],
            [{ to }, ["x"]],
          ],
        ],
        "calls[1][1][0]",
      ],
      ["trace_callMany", [[[{ to: "0x12" }, ["trace"]]]], "calls[0][0].to"],
      ["trace_rawTransaction", ["0xabc", ["trace"]], "transaction"],
    ];
    for (const [method, params, reason] of refusals)
      expect(await refusalOf(session, method, params), method).to.deep.equal({ code: -32602, reason });
    expect(await refusalOf(session, "trace_rawTransaction", ["0x02c0", ["trace"]])).to.deep.equal({
      code: -32602,
      reason: "TX_MALFORMED",
    });
    expect(await refusalOf(session, "trace_call", [{}, ["trace"]])).to.deep.equal({
      code: -32000,
      reason: "transaction.data",
    });
    expect((await refusalOf(session, "trace_call", [{ to }, ["trace"], "0x77"])).reason).to.equal("BLOCK_NOT_FOUND");
    expect(await refusalOf(session, "trace_call", [{ to, gas: "0x10" }, ["trace"]])).to.deep.equal({
      code: -32000,
      reason: "TX_GAS_BELOW_INTRINSIC",
    });
    expect(chain.latestBlock().header.stateRoot).to.equal(root);
  });

  it("given a call, tell what a transaction with the same content is told to have done, and leave no trace", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    const contract = await deploy(chain, caller(await deploy(chain, REVERTING), await deploy(chain, LOGGING)));
    const kinds = ["trace", "vmTrace"];
    const call = { from: account(chain, 1), to: contract, data: "0x12345678", gas: "0x493e0" };
    const called = await session.request("trace_call", [call, kinds]);
    expect(await chain.getStorageAt(contract, word(1))).to.equal(word(0));
    const { transactionHash, ...replayed } = Object(
      await session.request("trace_replayTransaction", [await hashOf(chain, contract), kinds]),
    );
    expect(called).to.deep.equal(replayed);
    expect(Object(called).stateDiff).to.equal(null);
  });

  it("given several calls, run each on what those before it changed", async () => {
    const { chain } = testChain();
    const to = await deploy(chain, SWAPPING);
    const calls = [7, 8].map((value) => [{ to, data: word(value) }, ["stateDiff"]]);
    const answers = Object(await sessionOn(chain).request("trace_callMany", [calls, "latest"]));
    expect(answers.map(({ output }: { output: string }) => output)).to.deep.equal([word(0), word(7)]);
    expect(answers[1].stateDiff[to].storage).to.deep.equal({ [word(0)]: { "*": { from: word(7), to: word(8) } } });
    expect(await chain.getStorageAt(to, word(0))).to.equal(word(0));
  });

  it("given a signed transaction, tell what it will do once it is submitted", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    const to = await deploy(chain, SWAPPING);
    const signed = await chain.signTransaction({
      from: account(chain, 2),
      to,
      data: bytes(word(9)),
      gasLimit: 90_000n,
    });
    if (signed.refused !== undefined) throw new Error("refused");
    const { raw, hash } = signed.transaction;
    const kinds = ["trace", "stateDiff", "vmTrace"];
    const foretold = Object(
      await session.request("trace_rawTransaction", [`0x${Buffer.from(raw).toString("hex")}`, kinds]),
    );
    expect(await chain.getTransaction(hash)).to.equal(undefined);
    await chain.sendRawTransaction(raw);
    expect(await session.request("trace_replayTransaction", [hash, kinds])).to.deep.equal(foretold);
    expect(foretold.transactionHash).to.equal(hash);
  });

  it("list instructions with cost, what they push, write to memory and store, and the gas left", async () => {
    const { chain } = testChain();
    const to = await deploy(chain, "60056001558060aa5f52602060205f37" + "00");
    const { vmTrace } = Object(
      await sessionOn(chain).request("trace_call", [{ to, data: word(3), gas: "0x186a0" }, ["vmTrace"]]),
    );
    // DUP1 finds an empty stack: the frame breaks off there.
    expect(vmTrace.ops.map(({ op, ex }: Record<string, unknown>) => [op, ex === null])).to.deep.equal([
      ["PUSH1", false],
      ["PUSH1", false],
      ["SSTORE", false],
      ["DUP1", true],
    ]);
    const begun = 100_000 - 21_000 - 31 * 4 - 16;
    expect(vmTrace.ops[0]).to.deep.equal({
      cost: 3,
      ex: { mem: null, push: ["0x5"], store: null, used: begun - 3 },
      op: "PUSH1",
      pc: 0,
      sub: null,
    });
    expect(vmTrace.ops[2]).to.deep.equal({
      cost: 22_100,
      ex: { mem: null, push: [], store: { key: "0x1", val: "0x5" }, used: begun - 22_106 },
      op: "SSTORE",
      pc: 4,
      sub: null,
    });
  });

  it("show written memory, words that are moved, and frames inside the instruction that opened them", async () => {
    const { chain } = testChain();
    const inner = await deploy(chain, LOGGING);
    // MSTORE(0, 0xaa); CALLDATACOPY(1, 0, 2); DUP2 of (1, 2); a call of 32 bytes of output at 64; a call to nobody
    const call = (target: string): string => `602060405f5f5f73${target.slice(2)}5af1`;
    const to = await deploy(chain, `60aa5f5260025f6001376001600281${call(inner)}${call(`0x${"de".repeat(20)}`)}00`);
    const session = sessionOn(chain);
    const { vmTrace } = Object(
      await session.request("trace_call", [{ to, data: "0xbeef", gas: "0x186a0" }, ["vmTrace"]]),
    );
    expect(vmTrace.code).to.equal(await session.request("eth_getCode", [to]));
    const effectOf = (op: string): Record<string, unknown>[] =>
      vmTrace.ops.filter((one: { op: string }) => one.op === op);
    expect(Object(effectOf("MSTORE")[0]).ex.mem).to.deep.equal({ data: word(0xaa), off: 0 });
    expect(Object(effectOf("CALLDATACOPY")[0]).ex.mem).to.deep.equal({ data: "0xbeef", off: 1 });
    expect(Object(effectOf("DUP2")[0]).ex.push).to.deep.equal(["0x1", "0x2", "0x1"]);
    const [withCode, withoutCode] = effectOf("CALL").map(Object);
    expect(withCode.ex).to.deep.include({ push: ["0x1"], store: null });
    expect(withCode.ex.mem.off).to.equal(64);
    expect(withCode.sub.code).to.equal(`0x${LOGGING}`);
    expect(withCode.sub.ops.at(-1)).to.deep.include({ op: "RETURN", sub: null });
    expect(withCode.cost).to.be.greaterThan(withCode.sub.ops[0].ex.used);
    expect(withoutCode.sub).to.equal(null);
  });

  it("given a transaction that creates, tell of its init code; given a transfer, of nothing", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    const code = deployCode("00");
    const made = mined(await chain.sendTransaction({ from: account(chain, 0), data: code, gasLimit: 90_000n }));
    const replay = async (hash: string): Promise<ReturnType<typeof Object>> =>
      Object(await session.request("trace_replayTransaction", [hash, ["vmTrace"]])).vmTrace;
    expect((await replay(made.transaction.hash)).code).to.equal(`0x${Buffer.from(code).toString("hex")}`);
    const sent = mined(await chain.sendTransaction({ from: account(chain, 0), to: account(chain, 1), value: 1n }));
    expect(await replay(sent.transaction.hash)).to.deep.equal({ code: "0x", ops: [] });
  });
});
