import { type ChainOptions, createChain, type EmbeddedChain } from "@banyan/chain";
import { expect } from "chai";
import { encodeHeader } from "../../chain/src/builder/block-codec.ts";
import { createRandom, type Random } from "../../scripts/fuzz/random.ts";

/** A request and when it came. */
interface Recorded {
  readonly method: string;
  readonly params: readonly unknown[];
  /** Milliseconds of the clock. */
  readonly now: number;
}

const OPTIONS: ChainOptions = { seed: "replay", blockGasLimit: 10_000_000n };
const START = 1_900_000_000_000;
/** Makes a contract whose code logs the topic 7. */
const LOGGER = "0x61000680600a5f395ff360075f5fa100";

/** Header and transactions of each block as bytes, in hex. */
async function rawBlocks({ core }: EmbeddedChain): Promise<string[]> {
  const blocks: string[] = [];
  for (let number = 0n; number <= core.latestBlock().header.number; number++) {
    const block = await core.getBlock(number);
    if (block === undefined) throw new Error(`There is no block ${number}`);
    const parts = [encodeHeader(block.header), ...block.transactions.map(({ raw }) => raw)];
    blocks.push(Buffer.concat(parts).toString("hex"));
  }
  return blocks;
}

function nextRequest(random: Random, accounts: readonly string[]): Omit<Recorded, "now"> {
  const from = random.pick(accounts);
  const call = { from, to: random.pick(accounts), value: `0x${random.between(1, 999).toString(16)}` };
  return random.weighted<Omit<Recorded, "now">>([
    [8, { method: "eth_sendTransaction", params: [call] }],
    [2, { method: "eth_sendTransaction", params: [{ from, data: LOGGER, gas: "0x30d40" }] }],
    [2, { method: "hardhat_mine", params: [`0x${random.between(1, 5).toString(16)}`, "0x3"] }],
    [1, { method: "evm_increaseTime", params: [random.below(1_000)] }],
    [1, { method: "evm_setAutomine", params: [random.chance(60)] }],
    [1, { method: "hardhat_setBalance", params: [from, "0x56bc75e2d63100000"] }],
    [1, { method: "evm_snapshot", params: [] }],
    [1, { method: "evm_revert", params: [`0x${random.between(1, 4).toString(16)}`] }],
    [1, { method: "hardhat_setNextBlockBaseFeePerGas", params: [`0x${random.between(7, 10 ** 9).toString(16)}`] }],
  ]);
}

describe("A replay", () => {
  it("given the same options, clock readings and requests, makes byte-identical blocks", async () => {
    let now = START;
    const first = await createChain({ ...OPTIONS, clock: () => now });
    const random = createRandom("a random run");
    const recorded: Recorded[] = [];
    for (let count = 0; count < 300; count++) {
      now += random.below(5_000);
      const request = { ...nextRequest(random, first.core.accounts), now };
      recorded.push(request);
      await first.provider.request(request).catch(() => {});
    }
    const second = await createChain({ ...OPTIONS, clock: () => now });
    now = START;
    const third = await createChain({ ...OPTIONS, clock: () => now, seed: "another" });
    await second.core.reset();
    for (const request of recorded) {
      ({ now } = request);
      await second.provider.request(request).catch(() => {});
      await third.provider.request(request).catch(() => {});
    }
    const blocks = await rawBlocks(first);
    expect(blocks.length).to.be.greaterThan(50);
    expect(await rawBlocks(second)).to.deep.equal(blocks);
    // What differs shows: another seed gives other blocks.
    expect(await rawBlocks(third)).not.to.deep.equal(blocks);
    for (const chain of [first, second, third]) await chain.close();
  });
});
