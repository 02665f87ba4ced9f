import { expect } from "chai";
import { account, bytes, deploy, testChain, word } from "../support.ts";
import { COUNTING, caller, ENDLESS, LOGGING, REVERTING } from "./contracts.ts";
import { hashOf, refusalOf, sessionOn, trace } from "./session.ts";

const METHOD = "debug_traceTransaction";

describe("debug_traceTransaction", () => {
  describe("given what it does not take", () => {
    const refusals: readonly [string, unknown, string][] = [
      ["a tracer written in JavaScript", { tracer: "{ step: function() {} }" }, "options.tracer"],
      ["an unknown tracer", { tracer: "fifthTracer" }, "options.tracer"],
      ["a tracer that is no text", { tracer: 5 }, "options.tracer"],
      ["options that are no object", "callTracer", "options"],
      ["a setting of another type", { disableStack: 1 }, "options.disableStack"],
      [
        "a setting of a tracer of another type",
        { tracer: "callTracer", tracerConfig: { withLog: "yes" } },
        "options.tracerConfig.withLog",
      ],
      ["settings that are no object", { tracer: "callTracer", tracerConfig: [] }, "options.tracerConfig"],
      [
        "a difference with what is empty",
        { tracer: "prestateTracer", tracerConfig: { diffMode: true, includeEmpty: true } },
        "options.tracerConfig.includeEmpty",
      ],
      ["memory both wanted and not", { enableMemory: true, disableMemory: true }, "options.disableMemory"],
      [
        "an unknown tracer among several",
        { tracer: "muxTracer", tracerConfig: { callTracer: {}, other: {} } },
        "options.tracerConfig.other.tracer",
      ],
      ["a negative limit", { limit: -1 }, "options.limit"],
      ["a timeout without a unit", { timeout: "5" }, "options.timeout"],
      ["a timeout that is a number", { timeout: 5 }, "options.timeout"],
      ["a timeout of nothing", { timeout: "0s" }, "options.timeout"],
    ];
    for (const [what, options, parameter] of refusals) {
      it(`${what} is refused by name`, async () => {
        const { chain } = testChain();
        expect(await refusalOf(sessionOn(chain), METHOD, [word(1), options])).to.deep.equal({
          code: -32602,
          reason: parameter,
        });
      });
    }

    it("the hash of no transaction is refused", async () => {
      const { chain } = testChain();
      expect(await refusalOf(sessionOn(chain), METHOD, [word(1)])).to.deep.equal({
        code: -32000,
        reason: "TRANSACTION_NOT_FOUND",
      });
    });

    it("a transaction that waits in the pool is refused", async () => {
      const { chain } = testChain({ automine: false });
      const { hash } = await chain.sendTransaction({
        from: account(chain, 0),
        to: account(chain, 1),
        gasLimit: 21_000n,
      });
      expect((await refusalOf(sessionOn(chain), METHOD, [hash])).reason).to.equal("TRANSACTION_NOT_FOUND");
    });

    it("a trace beyond the size that the chain allows is refused, and a shorter one is not", async () => {
      const { chain } = testChain({ traceSize: 20_000 });
      const counter = await deploy(chain, COUNTING);
      const hash = await hashOf(chain, counter, word(1_000).slice(2));
      const session = sessionOn(chain);
      expect(await refusalOf(session, METHOD, [hash])).to.deep.equal({ code: -32000, reason: "TRACE_TOO_LARGE" });
      expect((await trace(chain, hash, { limit: 100 })).structLogs).to.have.length(100);
      expect((await trace(chain, hash, { tracer: "callTracer" })).type).to.equal("CALL");
    });

    it("a trace that takes longer than its timeout is given up, and the chain goes on", async () => {
      const { chain, clock } = testChain();
      const counter = await deploy(chain, COUNTING);
      const hash = await hashOf(chain, counter, word(1_000).slice(2));
      const session = sessionOn(chain);
      // The clock of the test stands still unless somebody reads it.
      Object.defineProperty(clock, "now", { get: () => (time += 1_000) });
      let time = 1_900_000_000_000;
      expect(await refusalOf(session, METHOD, [hash, { timeout: "1500ms" }])).to.deep.equal({
        code: -32000,
        reason: "TRACE_TIMEOUT",
      });
      expect((await trace(chain, hash, { timeout: "1h30m" })).failed).to.equal(false);
    });
  });

  describe("given no tracer", () => {
    it("lists a transfer as no instructions", async () => {
      const { chain } = testChain();
      const hash = await hashOf(chain, account(chain, 2), "");
      expect(await trace(chain, hash)).to.deep.equal({ gas: 21_000, failed: false, returnValue: "0x", structLogs: [] });
    });

    it("lists instructions with gas, stack, storage and refund, and the frames they run in", async () => {
      const { chain } = testChain();
      const reverting = await deploy(chain, REVERTING);
      const contract = await deploy(chain, caller(reverting));
      const { gas, failed, returnValue, structLogs } = await trace(chain, await hashOf(chain, contract));
      const receipt = chain.latestBlock().receipts[0];
      expect({ gas, failed, returnValue }).to.deep.equal({
        gas: Number(receipt?.gasUsed),
        failed: false,
        returnValue: word(0xaa),
      });
      expect(structLogs[0]).to.deep.equal({
        pc: 0,
        op: "CALLDATASIZE",
        gas: structLogs[0].gas,
        gasCost: 2,
        depth: 1,
        stack: [],
        refund: 0,
      });
      const stores = structLogs.filter(({ op }: { op: string }) => op === "SSTORE");
      expect(
        stores.map(({ depth, storage }: { depth: number; storage: unknown }) => ({ depth, storage })),
      ).to.deep.equal([
        { depth: 2, storage: { [word(2)]: word(1) } },
        { depth: 1, storage: { [word(1)]: word(5) } },
      ]);
      const call = structLogs.findIndex(({ op }: { op: string }) => op === "CALL");
      // The cost of a call counts what it passes on: all but one part in 64.
      expect(structLogs[call].gasCost).to.equal(structLogs[call + 1].gas + 2_600);
      expect(structLogs.every((entry: object) => !("memory" in entry) && !("returnData" in entry))).to.equal(true);
    });

    it("lists memory and the output of calls if asked for", async () => {
      const { chain } = testChain();
      const reverting = await deploy(chain, REVERTING);
      const contract = await deploy(chain, caller(reverting));
      const hash = await hashOf(chain, contract);
      const { structLogs } = await trace(chain, hash, { enableMemory: true, enableReturnData: true });
      const afterCall = structLogs[structLogs.findIndex(({ op }: { op: string }) => op === "REVERT") + 1];
      expect(afterCall.returnData).to.match(/^0x08c379a0/);
      expect(afterCall.memory).to.deep.equal([`0x12345678${"0".repeat(56)}`]);
      const older = await trace(chain, hash, { disableMemory: false, enableReturnData: true });
      expect(older.structLogs).to.deep.equal(structLogs);
    });

    it("leaves out stack and storage if asked to", async () => {
      const { chain } = testChain();
      const contract = await deploy(chain, caller());
      const hash = await hashOf(chain, contract);
      const { structLogs } = await trace(chain, hash, { disableStack: true, disableStorage: true });
      expect(structLogs.length).to.be.greaterThan(5);
      expect(structLogs.every((entry: object) => !("stack" in entry) && !("storage" in entry))).to.equal(true);
    });

    it("marks the instruction that could not be paid", async () => {
      const { chain } = testChain();
      const endless = await deploy(chain, ENDLESS);
      const { failed, returnValue, structLogs } = await trace(chain, await hashOf(chain, endless, "", 25_000n));
      expect({ failed, returnValue }).to.deep.equal({ failed: true, returnValue: "0x" });
      expect(structLogs.at(-1).error).to.equal("out of gas");
      expect(structLogs.slice(0, -1).every((entry: object) => !("error" in entry))).to.equal(true);
    });

    it("marks the instruction that lacked a word of the stack, with the words there were", async () => {
      const { chain } = testChain();
      const empty = await deploy(chain, "600101");
      const { structLogs } = await trace(chain, await hashOf(chain, empty, ""));
      expect(
        structLogs.map(({ op, error }: { op: string; error?: string }) => [op, error === undefined]),
      ).to.deep.equal([
        ["PUSH1", true],
        ["ADD", false],
      ]);
      expect(structLogs[1].error).to.match(/^stack underflow/);
    });

    it("names what is no instruction by its number", async () => {
      const { chain } = testChain();
      const invalid = await deploy(chain, "0c");
      const { failed, structLogs } = await trace(chain, await hashOf(chain, invalid, ""));
      expect(failed).to.equal(true);
      expect(structLogs.map(({ op }: { op: string }) => op)).to.deep.equal(["opcode 0xc not defined"]);
    });
  });

  it("given the 4byteTracer, counts selectors by the length behind them, and no precompiled contract", async () => {
    const { chain } = testChain();
    const logging = await deploy(chain, LOGGING);
    const contract = await deploy(chain, caller(logging, logging, `0x${"00".repeat(19)}04`));
    const counts = await trace(chain, await hashOf(chain, contract, "12345678aabb"), { tracer: "4byteTracer" });
    expect(counts).to.deep.equal({ "0x12345678-2": 3 });
  });

  it("given the noopTracer, tells nothing", async () => {
    const { chain } = testChain();
    expect(await trace(chain, await hashOf(chain, account(chain, 2), ""), { tracer: "noopTracer" })).to.deep.equal({});
  });

  it("given the flatCallTracer, lists the frames with their places, without precompiled contracts unless asked for", async () => {
    const { chain } = testChain();
    const [reverting, logging] = [await deploy(chain, REVERTING), await deploy(chain, LOGGING)];
    const inner = await deploy(chain, caller(logging));
    const contract = await deploy(chain, caller(reverting, `0x${"00".repeat(19)}04`, inner));
    const hash = await hashOf(chain, contract);
    const list = await trace(chain, hash, { tracer: "flatCallTracer" });
    const places = list.map(({ traceAddress, subtraces, error }: Record<string, unknown>) => [
      traceAddress,
      subtraces,
      error,
    ]);
    expect(places).to.deep.equal([
      [[], 2, undefined],
      [[0], 0, "execution reverted"],
      [[1], 1, undefined],
      [[1, 0], 0, undefined],
    ]);
    expect(list[0]).to.include({
      transactionHash: hash,
      blockHash: chain.latestBlock().hash,
      transactionPosition: 0,
      type: "call",
    });
    const tracerConfig = { includePrecompiles: true, convertParityErrors: true };
    const whole = await trace(chain, hash, { tracer: "flatCallTracer", tracerConfig });
    expect(whole).to.have.length(5);
    expect(whole[1].error).to.equal("Reverted");
  });

  it("given the muxTracer, tells what each of several tells", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, caller(await deploy(chain, LOGGING)));
    const hash = await hashOf(chain, contract);
    const settings = { callTracer: { withLog: true }, prestateTracer: { diffMode: true }, "4byteTracer": {} };
    const together = await trace(chain, hash, { tracer: "muxTracer", tracerConfig: settings });
    for (const [tracer, tracerConfig] of Object.entries(settings))
      expect(together[tracer]).to.deep.equal(await trace(chain, hash, { tracer, tracerConfig }));
    expect(Object.keys(together)).to.deep.equal(Object.keys(settings));
  });

  it("given a later transaction of a block, runs those before it first, and leaves the chain as it was", async () => {
    const { chain } = testChain({ automine: false });
    const counter = account(chain, 5);
    await chain.setCode(counter, bytes("5f546001015f55"));
    for (const sender of [1, 2, 3])
      await chain.sendTransaction({ from: account(chain, sender), to: counter, gasLimit: 60_000n });
    const [block] = await chain.mine();
    const last = block?.transactions[2];
    const { structLogs } = await trace(chain, last?.hash ?? "0x");
    expect(structLogs.at(-2).storage).to.deep.equal({ [word(0)]: word(3) });
    expect(await chain.getStorageAt(counter, word(0))).to.equal(word(3));
  });
});
