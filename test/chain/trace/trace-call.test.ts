import { expect } from "chai";
import { account, bytes, deploy, testChain, word } from "../support.ts";
import { caller, LOGGING } from "./contracts.ts";
import { refusalOf, sessionOn } from "./session.ts";

const METHOD = "debug_traceCall";
const TARGET = `0x${"cc".repeat(20)}`;
const callTracer = { tracer: "callTracer" };
/** Returns what an instruction puts on the stack. */
const telling = (opcode: string): string => `0x${opcode}5f5260205ff3`;

describe("debug_traceCall", () => {
  it("given an unknown block or place in it, refuses", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    const call = { to: TARGET };
    expect((await refusalOf(session, METHOD, [call, "0x9", {}])).reason).to.equal("BLOCK_NOT_FOUND");
    expect((await refusalOf(session, METHOD, [call, "latest", { txIndex: "0x0" }])).reason).to.equal(
      "TRANSACTION_NOT_FOUND",
    );
  });

  it("given overrides that it does not take, refuses by name", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    const refusals: readonly [unknown, string][] = [
      [{ blockOverrides: { number: "five" } }, "options.blockOverrides.number"],
      [{ blockOverrides: { height: "0x5" } }, "options.blockOverrides.height"],
      [{ stateOverrides: { [TARGET]: { code: "0x1" } } }, `options.stateOverrides.${TARGET}.code`],
      [{ txIndex: "first" }, "options.txIndex"],
    ];
    for (const [options, reason] of refusals)
      expect(await refusalOf(session, METHOD, [{ to: TARGET }, "latest", options])).to.deep.equal({
        code: -32602,
        reason,
      });
  });

  it("given a call of more than its sender has, traces it as eth_call runs it", async () => {
    const { chain } = testChain();
    const call = { from: TARGET, to: account(chain, 1), value: "0x1" };
    expect(await sessionOn(chain).request(METHOD, [call, "latest", callTracer])).to.include({
      value: "0x1",
      gasUsed: "0x5208",
    });
    expect(await chain.getBalance(account(chain, 1))).to.equal(10_000n * 10n ** 18n);
  });

  it("traces a call on the state of a block and changes nothing", async () => {
    const { chain } = testChain();
    const contract = await deploy(chain, caller(await deploy(chain, LOGGING)));
    const session = sessionOn(chain);
    const root = await session.request(METHOD, [{ to: contract }, "latest", callTracer]);
    expect(root).to.include({ type: "CALL", from: account(chain, 0), to: contract, output: word(0xaa) });
    expect(await chain.getStorageAt(contract, word(1))).to.equal(word(0));
    const before = await session.request(METHOD, [{ to: contract }, "0x1", callTracer]);
    expect(before).not.to.have.property("calls");
  });

  it("sees the block and the accounts as they are overridden", async () => {
    const { chain } = testChain();
    const session = sessionOn(chain);
    const see = async (opcode: string, blockOverrides: object): Promise<unknown> => {
      const options = { ...callTracer, stateOverrides: { [TARGET]: { code: telling(opcode) } }, blockOverrides };
      return Object(await session.request(METHOD, [{ to: TARGET, gasPrice: "0x77359400" }, "latest", options])).output;
    };
    expect(await see("43", { number: "0x1234" })).to.equal(word(0x1234));
    expect(await see("42", { time: "0x77777777" })).to.equal(word(0x77777777));
    expect(await see("45", { gasLimit: "0x989680" })).to.equal(word(10_000_000));
    expect(await see("41", { feeRecipient: TARGET })).to.equal(word(BigInt(TARGET)));
    expect(await see("44", { prevRandao: word(7) })).to.equal(word(7));
    expect(await see("48", { baseFeePerGas: "0x7" })).to.equal(word(7));
    expect(await see("4a", { blobBaseFee: "0x9" })).to.equal(word(9));
    expect(await see("600140", { number: "0x3", blockHash: { "0x1": word(0xabc) } })).to.equal(word(0xabc));
    expect(await chain.getCode(`0x${"cc".repeat(20)}`)).to.have.length(0);
  });

  it("runs at its place among the transactions of a block", async () => {
    const { chain } = testChain({ automine: false });
    const counter = account(chain, 5);
    await chain.setCode(counter, bytes("5f54600101805f555f5260205ff3"));
    for (const sender of [1, 2, 3])
      await chain.sendTransaction({ from: account(chain, sender), to: counter, gasLimit: 60_000n });
    await chain.mine();
    const session = sessionOn(chain);
    const outputs: unknown[] = [];
    for (const place of [{ txIndex: "0x0" }, { txIndex: "0x2" }, {}])
      outputs.push(
        Object(await session.request(METHOD, [{ to: counter }, "latest", { ...callTracer, ...place }])).output,
      );
    expect(outputs).to.deep.equal([word(1), word(3), word(4)]);
  });

  it("runs on what waits in the pool at the pending block", async () => {
    const { chain } = testChain({ automine: false });
    const counter = account(chain, 5);
    await chain.setCode(counter, bytes("5f54600101805f555f5260205ff3"));
    await chain.sendTransaction({ from: account(chain, 1), to: counter, gasLimit: 60_000n });
    const root = await sessionOn(chain).request(METHOD, [{ to: counter }, "pending", callTracer]);
    expect(root).to.include({ output: word(2) });
  });
});
