import type { Address, FrameEnd, FrameStart, StateOverride, StepView, Tracer } from "@banyan/chain";
import { expect } from "chai";
import { fromHex, toHex } from "../../chain/src/codec/hex.ts";
import { account, bytes, codeOf, deploy, mined, testChain, word } from "./support.ts";

const NOBODY = "0x0000000000000000000000000000000000000000";

describe("Calls", () => {
  it("given a call that writes, its result is told and nothing remains", async () => {
    const { chain } = testChain();
    // adds 1 to slot 0, logs, returns it
    const counter = await deploy(chain, "5f54600101805f555f525f5fa060205ff3");
    const root = chain.latestBlock().header.stateRoot;
    for (let i = 0; i < 2; i++) {
      const result = await chain.call({ from: account(chain, 0), to: counter });
      expect(result).to.include({ success: true, haltReason: undefined });
      expect(toHex(result.returnData)).to.equal(word(1));
      expect(result.logs).to.have.length(1);
    }
    expect(await chain.getStorageAt(counter, word(0))).to.equal(word(0));
    const [empty] = await chain.mine();
    expect(empty?.header.stateRoot).to.equal(root);
  });

  it("given a failing call, revert data and reason come back", async () => {
    const { chain } = testChain();
    const results = await Promise.all(
      [
        ["602a5f5260205ffd", "revert"],
        ["fe", "invalid-opcode"],
        ["50", "stack-underflow"],
        ["600356", "invalid-jump"],
        ["5b5f56", "out-of-gas"],
      ].map(async ([runtime = "", reason]) => {
        const address = await deploy(chain, runtime);
        const { success, haltReason, returnData } = await chain.call({ to: address, gasLimit: 100_000n });
        return { success, reason: haltReason === reason, data: toHex(returnData) };
      }),
    );
    expect(results[0]).to.deep.equal({ success: false, reason: true, data: word(0x2a) });
    for (const one of results.slice(1)) expect(one).to.deep.equal({ success: false, reason: true, data: "0x" });
  });

  it("lets the sender spend what it has not, at any price, as Hardhat's network does, and keeps none of it", async () => {
    const { chain } = testChain();
    // Returns CALLVALUE, GASPRICE and BASEFEE.
    const reader = await deploy(chain, "345f523a6020524860405260605ff3");
    const read = async (request: object): Promise<bigint[]> => {
      const { success, returnData } = await chain.call({ from: NOBODY, to: reader, ...request });
      expect(success).to.equal(true);
      return [0, 32, 64].map((at) => BigInt(toHex(returnData.subarray(at, at + 32))));
    };
    const { baseFeePerGas } = chain.latestBlock().header;
    expect(await read({ value: 5n })).to.deep.equal([5n, 0n, 0n]);
    expect(await read({ gasPrice: 10n ** 10n })).to.deep.equal([0n, 10n ** 10n, baseFeePerGas]);
    expect(await read({ gasPrice: 1n })).to.deep.equal([0n, 1n, 0n]);
    expect(await chain.getBalance(NOBODY)).to.equal(0n);
    expect((await chain.estimateGas({ from: NOBODY, to: reader, value: 5n })).success).to.equal(true);
    expect(await codeOf(() => chain.call({ to: NOBODY, gasLimit: 20_999n }))).to.equal("TX_GAS_BELOW_INTRINSIC");
  });

  it("given overrides, the call sees them and the chain does not", async () => {
    const { chain } = testChain();
    const address = "0x00000000000000000000000000000000000000ee";
    // returns slot 1 plus own balance
    const code = bytes("60015447015f5260205ff3");
    const stateOverrides = new Map([
      [address, { code, balance: 30n, stateDiff: new Map([[word(1), word(12)]]) }],
    ] as const);
    expect(toHex((await chain.call({ to: address }, { stateOverrides })).returnData)).to.equal(word(42));
    expect(await chain.getCode(address)).to.have.length(0);
    expect(await chain.getBalance(address)).to.equal(0n);
    const emptied = new Map([[address, { code, state: new Map() }]] as const);
    expect(toHex((await chain.call({ to: address }, { stateOverrides: emptied })).returnData)).to.equal(word(0));
  });

  it("given the block context, latest is the head and pending the block to come", async () => {
    const { chain, clock } = testChain();
    // returns NUMBER and TIMESTAMP
    const context = await deploy(chain, "435f524260205260405ff3");
    const { number, timestamp } = chain.latestBlock().header;
    clock.now += 100_000;
    const read = async (block: "latest" | "pending"): Promise<string> =>
      toHex((await chain.call({ to: context }, { block })).returnData);
    expect(await read("latest")).to.equal(word(number) + word(timestamp).slice(2));
    expect(await read("pending")).to.equal(word(number + 1n) + word(1_900_000_100n).slice(2));
    expect(BigInt((await chain.getBlock("pending"))?.header.timestamp ?? 0n)).to.equal(1_900_000_100n);
  });

  it("given BLOCKHASH, the last 256 blocks answer", async () => {
    const { chain } = testChain();
    const reader = await deploy(chain, "5f35405f5260205ff3");
    await chain.mine(300n);
    const head = chain.latestBlock().header.number;
    const ask = async (height: bigint): Promise<string> =>
      toHex((await chain.call({ to: reader, data: fromHex(word(height)) })).returnData);
    expect(await ask(head)).to.equal(word(0));
    expect(await ask(head - 1n)).to.equal((await chain.getBlock(head - 1n))?.hash);
    expect(await ask(head - 256n)).to.equal((await chain.getBlock(head - 256n))?.hash);
    expect(await ask(head - 257n)).to.equal(word(0));
  });

  it("given an estimate, that gas limit suffices and one less does not", async () => {
    const { chain } = testChain();
    const from = account(chain, 0);
    const inner = await deploy(chain, "5f5460010180600155805f5500");
    // calls the inner contract with all gas and reverts if that fails: 63/64 matter
    const outer = await deploy(chain, `5f5f5f5f5f73${inner.slice(2)}5af1602057fe5b00`);
    // sets a slot and clears it: the refund must not lower the estimate
    const refunding = await deploy(chain, "60015f555f5f5500");
    for (const request of [
      { from, to: account(chain, 1), value: 1n },
      { from, to: inner },
      { from, to: outer },
      { from, to: refunding },
      { from, data: bytes("60015f5560015ff3") },
    ]) {
      const estimate = await chain.estimateGas(request);
      if (!estimate.success) throw new Error(`${estimate.haltReason}`);
      expect((await chain.call({ ...request, gasLimit: estimate.gasLimit })).success).to.equal(true);
      const less = estimate.gasLimit - 1n;
      expect(
        (await codeOf(() => chain.call({ ...request, gasLimit: less }))) === "TX_GAS_BELOW_INTRINSIC" ||
          !(await chain.call({ ...request, gasLimit: less })).success,
      ).to.equal(true);
    }
    const reverter = await deploy(chain, "602a5f5260205ffd");
    const failure = await chain.estimateGas({ from, to: reverter });
    expect(failure).to.include({ success: false, haltReason: "revert" });
  });

  it("given waiting transactions, pending calls and reads see them, latest ones do not", async () => {
    const { chain } = testChain({ automine: false });
    const [a, b] = [account(chain, 0), account(chain, 1)];
    await chain.sendTransaction({ from: a, to: b, value: 10n, gasLimit: 21_000n });
    expect(await chain.getBalance(b, "pending")).to.equal((await chain.getBalance(b)) + 10n);
    // Returns the balance of its caller.
    const reader = { code: fromHex("0x33315f5260205ff3") };
    const seen = async (block: "pending" | "latest"): Promise<bigint> => {
      const stateOverrides = new Map<Address, StateOverride>([[NOBODY, reader]]);
      return BigInt(toHex((await chain.call({ from: b, to: NOBODY }, { block, stateOverrides })).returnData));
    };
    expect((await seen("pending")) - (await seen("latest"))).to.equal(10n);
    expect(chain.latestBlock().header.number).to.equal(0n);
  });

  it("given a tracer, frames and steps are told, for calls, replays and everything mined", async () => {
    const { chain } = testChain();
    const inner = await deploy(chain, "60075f5260205ffd");
    const outer = await deploy(chain, `5f5f5f5f73${inner.slice(2)}5afa5f5500`);
    const told: string[] = [];
    const steps: string[] = [];
    const tracer: Tracer = {
      onEnter: ({ kind, depth, to }: FrameStart) => told.push(`${depth} ${kind} ${to === outer ? "outer" : "inner"}`),
      onExit: ({ depth, success, haltReason }: FrameEnd) => told.push(`${depth} ${success} ${haltReason}`),
      onStep: ({ opName, depth }: StepView) => steps.push(`${depth} ${opName}`),
    };
    const expected = ["0 call outer", "1 staticcall inner", "1 false revert", "0 true undefined"];
    await chain.call({ to: outer }, { tracer });
    expect(told).to.deep.equal(expected);
    expect(steps).to.have.length(7 + 6 + 3);
    expect(steps.slice(-4)).to.deep.equal(["1 REVERT", "0 PUSH0", "0 SSTORE", "0 STOP"]);

    const receipt = mined(await chain.sendTransaction({ from: account(chain, 0), to: outer, gasLimit: 100_000n }));
    await chain.mine(3n);
    told.length = 0;
    const replay = await chain.traceTransaction(receipt.transaction.hash, tracer);
    expect(told).to.deep.equal(expected);
    expect(replay).to.include({ success: true, gasUsed: receipt.gasUsed });
    expect(await codeOf(() => chain.traceTransaction(word(1), tracer))).to.equal("TRANSACTION_NOT_FOUND");

    told.length = 0;
    chain.setTracer(tracer);
    await chain.sendTransaction({ from: account(chain, 0), to: outer });
    chain.setTracer(undefined);
    await chain.sendTransaction({ from: account(chain, 0), to: outer });
    expect(told).to.deep.equal(expected);
  });
});
