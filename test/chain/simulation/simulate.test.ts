import type { Address } from "@banyan/chain";
import { expect } from "chai";
import { account, bytes, deploy, testChain, word } from "../support.ts";
import { DESTROYING, LOGGING, REVERTING } from "../trace/contracts.ts";
import { refusalOf, sessionOn } from "../trace/session.ts";

const METHOD = "eth_simulateV1";
const ALICE: Address = `0x${"c0".repeat(20)}`;
const BOB: Address = `0x${"c1".repeat(20)}`;
const rich = { [ALICE]: { balance: "0xde0b6b3a7640000" } };
const transfer = { from: ALICE, to: BOB, value: "0x3e8" };
/** Returns what an instruction puts on the stack. */
const telling = (code: string): string => `0x${code}5f5260205ff3`;

/** The blocks that a simulation answers with. */
async function simulate(
  { chain }: ReturnType<typeof testChain>,
  blockStateCalls: readonly object[],
  settings: object = {},
  block = "latest",
): Promise<ReturnType<typeof Object>[]> {
  return Object(await sessionOn(chain).request(METHOD, [{ blockStateCalls, ...settings }, block]));
}

describe("eth_simulateV1", () => {
  describe("given what no chain of blocks could be, refuses with the codes of the specification", () => {
    const call = (fields: object): object => ({
      blockStateCalls: [{ stateOverrides: rich, calls: [{ ...transfer, ...fields }] }],
    });
    const checked = (fields: object): object => ({ ...call(fields), validation: true });
    const moved = (to: string): object => ({
      blockStateCalls: [
        { stateOverrides: { "0x0000000000000000000000000000000000000001": { movePrecompileToAddress: to } } },
      ],
    });
    const refusals: readonly [string, object, number, string][] = [
      [
        "a nonce below the sender's",
        checked({ nonce: "0x0", maxFeePerGas: "0x77359400", from: BOB }),
        -38010,
        "TX_NONCE_TOO_LOW",
      ],
      [
        "a nonce above the sender's",
        checked({ nonce: "0x9", maxFeePerGas: "0x77359400" }),
        -38011,
        "TX_NONCE_TOO_HIGH",
      ],
      ["a fee cap below the base fee", checked({}), -38012, "TX_FEE_CAP_BELOW_BASE_FEE"],
      ["gas below the intrinsic cost", call({ gas: "0x5207" }), -38013, "TX_GAS_BELOW_INTRINSIC"],
      ["more value than there is", call({ value: "0xffffffffffffffffffff" }), -38014, "TX_INSUFFICIENT_FUNDS"],
      ["more gas than the block has", call({ gas: "0xffffffffff" }), -38015, "TX_GAS_ABOVE_BLOCK_LIMIT"],
      [
        "a height that does not rise",
        { blockStateCalls: [{ blockOverrides: { number: "0x0" } }] },
        -38020,
        "SIMULATION_NUMBER_ORDER",
      ],
      [
        "a time that does not rise",
        { blockStateCalls: [{ blockOverrides: { time: "0x1" } }] },
        -38021,
        "SIMULATION_TIME_ORDER",
      ],
      [
        "a precompile moved to itself",
        moved("0x0000000000000000000000000000000000000001"),
        -38022,
        "OVERRIDE_SELF_MOVE",
      ],
      [
        "two precompiles moved to one address",
        {
          blockStateCalls: [
            {
              stateOverrides: {
                "0x0000000000000000000000000000000000000001": { movePrecompileToAddress: BOB },
                "0x0000000000000000000000000000000000000002": { movePrecompileToAddress: BOB },
              },
            },
          ],
        },
        -38023,
        "OVERRIDE_TARGET_TAKEN",
      ],
      [
        "init code that is too large",
        { blockStateCalls: [{ calls: [{ input: `0x${"00".repeat(49_153)}` }] }] },
        -38025,
        "TX_INITCODE_TOO_LARGE",
      ],
      [
        "too many blocks",
        { blockStateCalls: [{ blockOverrides: { number: "0x1000" } }] },
        -38026,
        "SIMULATION_TOO_LONG",
      ],
      [
        "a move of what is no precompile",
        { blockStateCalls: [{ stateOverrides: { [ALICE]: { movePrecompileToAddress: BOB } } }] },
        -32000,
        "OVERRIDE_NOT_PRECOMPILE",
      ],
      ["no blocks", { blockStateCalls: [] }, -32602, "payload.blockStateCalls"],
      ["calls that are no list", { blockStateCalls: [{ calls: {} }] }, -32602, "payload.blockStateCalls[0].calls"],
      [
        "an unknown field of a block",
        { blockStateCalls: [{ blockOverrides: { colour: "0x1" } }] },
        -32602,
        "payload.blockStateCalls[0].blockOverrides.colour",
      ],
      [
        "withdrawals",
        { blockStateCalls: [{ blockOverrides: { withdrawals: [{}] } }] },
        -32602,
        "payload.blockStateCalls[0].blockOverrides.withdrawals",
      ],
      ["a flag that is none", { blockStateCalls: [{}], validation: 1 }, -32602, "payload.validation"],
    ];
    for (const [what, payload, code, reason] of refusals) {
      it(what, async () => {
        const { chain } = testChain();
        await chain.setNonce(BOB, 3n);
        await chain.setBalance(BOB, 10n ** 18n);
        expect(await refusalOf(sessionOn(chain), METHOD, [payload, "latest"])).to.deep.equal({ code, reason });
        expect(await chain.getBalance(ALICE)).to.equal(0n);
      });
    }

    it("an unknown block", async () => {
      const { chain } = testChain();
      expect((await refusalOf(sessionOn(chain), METHOD, [{ blockStateCalls: [{}] }, "0x7"])).reason).to.equal(
        "BLOCK_NOT_FOUND",
      );
    });
  });

  it("carries balances and nonces from call to call and block to block, and leaves the chain as it was", async () => {
    const test = testChain();
    const head = test.chain.latestBlock();
    const blocks = await simulate(test, [
      { stateOverrides: { [ALICE]: { balance: "0x3e8" } }, calls: [transfer, { from: BOB, to: ALICE, value: "0x1" }] },
      { calls: [{ ...transfer, value: "0x1" }] },
    ]);
    expect(
      blocks.map(({ calls }) => calls.map(({ status, gasUsed }: Record<string, unknown>) => [status, gasUsed])),
    ).to.deep.equal([
      [
        ["0x1", "0x5208"],
        ["0x1", "0x5208"],
      ],
      [["0x1", "0x5208"]],
    ]);
    expect(test.chain.latestBlock()).to.equal(head);
    expect(await test.chain.getBalance(BOB)).to.equal(0n);
  });

  it("chains its blocks by hash, height and time, with empty ones where heights are left out", async () => {
    const test = testChain();
    const { hash, header } = test.chain.latestBlock();
    const blocks = await simulate(test, [
      { calls: [] },
      { blockOverrides: { number: "0x4" } },
      { blockOverrides: { time: "0xffffffff" } },
    ]);
    expect(blocks.map(({ number }) => number)).to.deep.equal(["0x1", "0x2", "0x3", "0x4", "0x5"]);
    expect(blocks.map(({ parentHash }) => parentHash)).to.deep.equal([
      hash,
      ...blocks.slice(0, -1).map((block) => block.hash),
    ]);
    const times = blocks.map(({ timestamp }) => BigInt(timestamp) - header.timestamp);
    expect(times.slice(0, 4)).to.deep.equal([12n, 24n, 36n, 48n]);
    expect(BigInt(blocks[4].timestamp)).to.equal(0xffffffffn);
    expect(blocks[0]).to.include({
      miner: header.coinbase,
      gasLimit: "0x3938700",
      baseFeePerGas: "0x0",
      stateRoot: header.stateRoot,
    });
    expect(blocks[0]).not.to.have.property("totalDifficulty");
  });

  it("gives the roots that a block of the chain would have", async () => {
    const test = testChain();
    const { chain } = test;
    const logging = await deploy(chain, LOGGING);
    const [simulated] = await simulate(test, [
      {
        blockOverrides: { baseFeePerGas: "0x0", prevRandao: word(7) },
        calls: [{ from: account(chain, 1), to: logging, gas: "0x186a0", value: "0x5" }],
      },
    ]);
    await chain.setNextBlockBaseFeePerGas(0n);
    await chain.sendTransaction({
      from: account(chain, 1),
      to: logging,
      gasLimit: 100_000n,
      value: 5n,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
    });
    const { header, receipts } = chain.latestBlock();
    expect(simulated).to.include({ stateRoot: header.stateRoot, receiptsRoot: header.receiptsRoot });
    expect(simulated.logsBloom).to.equal(`0x${Buffer.from(header.logsBloom).toString("hex")}`);
    expect(BigInt(simulated.gasUsed)).to.equal(receipts[0]?.gasUsed);
  });

  it("shows blocks to the code as they are overridden, and earlier simulated ones to BLOCKHASH", async () => {
    const test = testChain();
    const see = (code: string): object => ({
      stateOverrides: { [BOB]: { code: telling(code) } },
      calls: [{ to: BOB }],
    });
    const overrides = {
      number: "0x9",
      time: "0xffffffff",
      gasLimit: "0x989680",
      feeRecipient: ALICE,
      prevRandao: word(7),
      baseFeePerGas: "0x7",
      blobBaseFee: "0x8",
    };
    const codes = { "43": 9, "42": 0xffffffff, "45": 10_000_000, "41": BigInt(ALICE), "44": 7, "48": 7, "4a": 8 };
    for (const [code, value] of Object.entries(codes)) {
      const blocks = await simulate(test, [{ blockOverrides: overrides, ...see(code) }]);
      expect(blocks.at(-1).calls[0].returnData, code).to.equal(word(BigInt(value)));
    }
    const blocks = await simulate(test, [{}, see("600140"), { calls: [{ to: BOB }] }]);
    expect(blocks[1].calls[0].returnData).to.equal(blocks[0].hash);
    expect(blocks[2].calls[0].returnData).to.equal(blocks[0].hash);
    const [genesis] = await simulate(test, [see("5f40")]);
    expect(genesis.calls[0].returnData).to.equal(test.chain.latestBlock().hash);
  });

  it("tells how calls failed", async () => {
    const test = testChain();
    const [block] = await simulate(test, [
      {
        stateOverrides: { [BOB]: { code: `0x${REVERTING}` }, [ALICE]: { code: "0xfe" } },
        calls: [
          { to: BOB, gas: "0x186a0" },
          { to: ALICE, gas: "0x186a0" },
        ],
      },
    ]);
    const [reverted, broken] = block.calls;
    expect(reverted).to.deep.include({ status: "0x0", returnData: "0x", logs: [] });
    expect(reverted.error).to.include({ code: 3, message: "execution reverted: no" });
    expect(reverted.error.data).to.match(/^0x08c379a0/);
    expect(broken).to.deep.include({ status: "0x0", gasUsed: "0x186a0" });
    expect(broken.error.code).to.equal(-32015);
  });

  it("tells logs with their place, and transfers of ether if asked to", async () => {
    const test = testChain();
    const calls = [{ ...transfer, gas: "0x186a0" }];
    const overrides = { ...rich, [BOB]: { code: `0x${DESTROYING}`, balance: "0x1" } };
    const [silent] = await simulate(test, [{ stateOverrides: overrides, calls }]);
    expect(silent.calls[0].logs).to.deep.equal([]);
    const [block] = await simulate(test, [{ stateOverrides: overrides, calls }], { traceTransfers: true });
    const heir = `0x${"bb".repeat(20)}`;
    const padded = (address: string): string => word(BigInt(address));
    const topic = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    expect(
      block.calls[0].logs.map(({ topics, data, logIndex }: Record<string, unknown>) => ({ topics, data, logIndex })),
    ).to.deep.equal([
      { topics: [topic, padded(ALICE), padded(BOB)], data: word(1_000), logIndex: "0x0" },
      { topics: [topic, padded(BOB), padded(heir)], data: word(1_001), logIndex: "0x1" },
    ]);
    expect(block.calls[0].logs[0]).to.include({
      address: `0x${"ee".repeat(20)}`,
      blockHash: block.hash,
      blockNumber: "0x1",
      transactionHash: block.transactions[0],
    });
    // Made up for the answer: not part of the block.
    expect(block.logsBloom).to.equal(silent.logsBloom);
  });

  it("names the address of a contract that ether was sent to at its creation", async () => {
    const test = testChain();
    const [block] = await simulate(
      test,
      [{ stateOverrides: rich, calls: [{ from: ALICE, input: "0x60015ff3", value: "0x5" }] }],
      { traceTransfers: true },
    );
    const made = block.calls[0].logs[0].topics[2];
    const [again] = await simulate(test, [
      {
        stateOverrides: rich,
        calls: [{ from: ALICE, input: "0x60015ff3", value: "0x5" }, { to: `0x${made.slice(26)}` }],
      },
    ]);
    expect(again.calls[1].status).to.equal("0x1");
    expect(BigInt(made)).not.to.equal(BigInt(ALICE));
  });

  it("moves precompiled contracts, which leave an account like any other behind", async () => {
    const test = testChain();
    const identity = "0x0000000000000000000000000000000000000004";
    const calls = [
      { to: identity, input: "0x1234" },
      { to: BOB, input: "0x1234" },
    ];
    const [before] = await simulate(test, [{ calls }]);
    expect(before.calls.map(({ returnData }: Record<string, unknown>) => returnData)).to.deep.equal(["0x1234", "0x"]);
    const [after] = await simulate(test, [
      { stateOverrides: { [identity]: { movePrecompileToAddress: BOB, code: telling("602a") } }, calls },
    ]);
    expect(after.calls.map(({ returnData }: Record<string, unknown>) => returnData)).to.deep.equal([
      word(42),
      "0x1234",
    ]);
  });

  it("checks and charges fees as a block would if asked to validate", async () => {
    const test = testChain();
    const fees = { maxFeePerGas: "0x77359400", maxPriorityFeePerGas: "0x1" };
    const [block] = await simulate(test, [{ stateOverrides: rich, calls: [{ ...transfer, ...fees, gas: "0x5208" }] }], {
      validation: true,
      returnFullTransactions: true,
    });
    expect(BigInt(block.baseFeePerGas)).to.equal(test.chain.nextBlockBaseFeePerGas());
    expect(block.transactions[0]).to.include({
      from: ALICE,
      to: BOB,
      nonce: "0x0",
      type: "0x2",
      gas: "0x5208",
      blockHash: block.hash,
    });
  });

  it("starts from any block of the chain", async () => {
    const test = testChain();
    const { chain } = test;
    const counter = account(chain, 5);
    await chain.setCode(counter, bytes("5f545f5260205ff3"));
    await chain.mine();
    await chain.setStorageAt(counter, word(0), word(5));
    await chain.mine();
    for (const [block, value] of [
      ["0x1", 0],
      ["latest", 5],
    ] as const) {
      const [simulated] = await simulate(test, [{ calls: [{ to: counter }] }], {}, block);
      expect(simulated.calls[0].returnData).to.equal(word(value));
      expect(simulated.stateRoot === word(0), "the state root is known of the latest block only").to.equal(
        block !== "latest",
      );
    }
  });
});
