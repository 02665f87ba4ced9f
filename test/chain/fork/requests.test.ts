import type { Address, Chain } from "@banyan/chain";
import { expect } from "chai";
import { account, deploy, mined, word } from "../support.ts";
import { caller, LOGGING, REVERTING } from "../trace/contracts.ts";
import { closeAll, makeChain, serve } from "./support.ts";

const NOW = 1_900_000_000_000;
const SOMEBODY: Address = "0x00000000000000000000000000000000000000aa";

type Request = (method: string, ...params: unknown[]) => Promise<unknown>;

/** What names a block or its state, or is drawn since the start: the two chains keep different states, and so have different hashes. */
const NAMES: ReadonlySet<string> = new Set(["hash", "blockHash", "parentHash", "stateRoot", "parentBeaconBlockRoot"]);

function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !NAMES.has(name));
  return Object.fromEntries(kept.map(([name, field]) => [name, withoutNames(field)]));
}

describe("Requests to a fork and to the chain that it forks", () => {
  let origin: Chain;
  let ofOrigin: Request;
  let ofFork: Request;
  let contract: Address;
  let failing: Address;

  beforeEach(async () => {
    const first = await makeChain({ clock: () => NOW });
    origin = first.core;
    const logging = await deploy(origin, LOGGING);
    failing = await deploy(origin, REVERTING);
    contract = await deploy(origin, caller(logging, failing));
    for (let from = 1; from < 4; from++) {
      const request = { from: account(origin, from), to: contract, gasLimit: 400_000n };
      mined(await origin.sendTransaction(request));
    }
    const remote = await serve(first.provider);
    const forked = await makeChain({ clock: () => NOW, forking: { url: remote.url } });
    ofOrigin = (method, ...params) => first.provider.request({ method, params });
    ofFork = (method, ...params) => forked.provider.request({ method, params });
    for (const ask of [ofOrigin, ofFork])
      for (const from of origin.accounts) await ask("hardhat_setBalance", from, "0x21e19e0c9bab2400000");
  });

  afterEach(closeAll);

  /** Both answer alike, or refuse with the same code. */
  async function expectSame(method: string, ...params: unknown[]): Promise<void> {
    const [theirs, ours] = await Promise.all(
      [ofOrigin, ofFork].map((ask) =>
        ask(method, ...params).catch((error: unknown) => ({ refused: Object(error).code, data: Object(error).data })),
      ),
    );
    expect(withoutNames(ours), `${method} ${JSON.stringify(params)}`).to.deep.equal(withoutNames(theirs));
  }

  const TRACERS = [
    {},
    { tracer: "callTracer", tracerConfig: { withLog: true } },
    { tracer: "flatCallTracer" },
    { tracer: "prestateTracer" },
    { tracer: "prestateTracer", tracerConfig: { diffMode: true } },
    { tracer: "4byteTracer" },
    { tracer: "muxTracer", tracerConfig: { callTracer: {}, prestateTracer: {} } },
    { tracer: "noopTracer" },
  ];

  it("given what neither takes, both refuse alike", async () => {
    const call = { to: contract };
    await expectSame("debug_traceCall", call, "latest", { tracer: "nothing" });
    await expectSame("debug_traceTransaction", word(1), {});
    await expectSame("debug_traceBlockByNumber", "0x0", {});
    await expectSame("debug_traceBlockByNumber", "0x99", {});
    await expectSame("eth_simulateV1", { blockStateCalls: [] }, "latest");
    await expectSame("eth_simulateV1", { blockStateCalls: [{ blockOverrides: { number: "0x1" } }] }, "latest");
    await expectSame("eth_createAccessList", { to: failing }, "latest");
    await expectSame("eth_estimateGas", { to: failing }, "latest");
  });

  it("trace calls, transactions and blocks from before alike, with every tracer", async () => {
    const head = origin.latestBlock();
    const hash = head.transactions[0]?.hash;
    const call = { from: SOMEBODY, to: contract, data: "0x12345678" };
    for (const options of TRACERS) {
      await expectSame("debug_traceCall", call, "latest", options);
      await expectSame("debug_traceCall", call, "0x4", { ...options, stateOverrides: { [failing]: { code: "0x00" } } });
      await expectSame("debug_traceTransaction", hash, options);
      await expectSame("debug_traceBlockByNumber", "0x5", options);
      await expectSame("debug_traceBlockByHash", head.hash, options);
    }
    for (const method of ["trace_transaction", "debug_getRawTransaction"]) await expectSame(method, hash);
    for (const method of ["trace_block", "debug_getRawBlock", "debug_getRawReceipts", "debug_getRawHeader"])
      await expectSame(method, "0x5");
    await expectSame("trace_replayTransaction", hash, ["trace", "stateDiff"]);
    await expectSame("trace_replayBlockTransactions", "0x5", ["trace", "stateDiff"]);
    await expectSame("trace_filter", { fromBlock: "0x4", toBlock: "0x6", toAddress: [failing] });
  });

  it("simulate, estimate, list accesses and prove alike", async () => {
    const call = { from: SOMEBODY, to: contract, data: "0x12345678" };
    await expectSame("eth_call", call, "latest");
    await expectSame("eth_estimateGas", call, "latest");
    await expectSame("eth_createAccessList", call, "latest");
    await expectSame("eth_createAccessList", call, "0x4");
    for (const block of ["latest", "pending", "0x4"]) {
      const calls = [call, { from: SOMEBODY, to: account(origin, 0), value: "0x5" }, { to: failing }];
      const blockStateCalls = [
        { calls, stateOverrides: { [SOMEBODY]: { balance: "0x99" } } },
        { blockOverrides: { time: "0x7fffffff", prevRandao: word(7) }, calls: [call] },
      ];
      await expectSame(
        "eth_simulateV1",
        { blockStateCalls, traceTransfers: true, returnFullTransactions: true },
        block,
      );
    }
    for (const block of ["0x4", "0x6", "latest"]) await expectSame("eth_getProof", contract, [word(1)], block);
  });

  it("given the same transaction on both, trace it alike, and tell filters of it", async () => {
    const filters = await Promise.all(
      [ofOrigin, ofFork].map(async (ask) => ({
        ask,
        logs: await ask("eth_newFilter", { fromBlock: "0x1", toBlock: "latest" }),
        blocks: await ask("eth_newBlockFilter"),
        pending: await ask("eth_newPendingTransactionFilter"),
      })),
    );
    const request = { from: account(origin, 5), to: contract, data: "0x12345678", gas: "0x80000" };
    const [hash] = await Promise.all([ofOrigin, ofFork].map((ask) => ask("eth_sendTransaction", request)));
    for (const options of TRACERS) {
      await expectSame("debug_traceTransaction", hash, options);
      await expectSame("debug_traceBlockByNumber", "latest", options);
    }
    await expectSame("trace_transaction", hash);
    await expectSame("trace_replayTransaction", hash, ["trace", "stateDiff"]);
    await expectSame("trace_filter", { fromBlock: "0x5", toBlock: "0x7" });
    await expectSame("eth_getTransactionReceipt", hash);
    await expectSame("eth_getLogs", { fromBlock: "0x0", toBlock: "latest", address: contract });
    const told = await Promise.all(
      filters.map(async ({ ask, logs, blocks, pending }) => {
        const found = (await ask("eth_getFilterChanges", blocks)) as unknown[];
        const waiting = await ask("eth_getFilterChanges", pending);
        const all = withoutNames(await ask("eth_getFilterLogs", logs)) as unknown[];
        const changes = withoutNames(await ask("eth_getFilterChanges", logs)) as unknown[];
        return { all, blocks: found.length, waiting, changes };
      }),
    );
    expect(told[1]).to.deep.equal(told[0]);
    expect(told[1]?.all).to.have.length(8);
    expect(told[1]?.changes).to.have.length(2);
  });

  it("given edits by request, calls and traces see them on both", async () => {
    for (const ask of [ofOrigin, ofFork]) {
      await ask("hardhat_setCode", failing, `0x${LOGGING}`);
      await ask("hardhat_setStorageAt", contract, "0x1", word(77));
      await ask("hardhat_setNonce", SOMEBODY, "0x9");
      await ask("hardhat_impersonateAccount", SOMEBODY);
      await ask("hardhat_setBalance", SOMEBODY, "0xde0b6b3a7640000");
      await ask("hardhat_setCoinbase", account(origin, 9));
      await ask("hardhat_setNextBlockBaseFeePerGas", "0x7");
      await ask("hardhat_setPrevRandao", word(5));
      await ask("hardhat_mine", "0x3", "0x5");
    }
    const request = { from: SOMEBODY, to: contract, gas: "0x80000", gasPrice: "0x3b9aca00" };
    const [hash] = await Promise.all([ofOrigin, ofFork].map((ask) => ask("eth_sendTransaction", request)));
    for (const options of TRACERS) await expectSame("debug_traceTransaction", hash, options);
    await expectSame("eth_getStorageAt", contract, "0x1", "0x7");
    await expectSame("eth_getStorageAt", contract, "0x1", "latest");
    await expectSame("eth_getTransactionCount", SOMEBODY, "latest");
    await expectSame("eth_getBlockByNumber", "latest", true);
    await expectSame("eth_getTransactionReceipt", hash);
  });
});
