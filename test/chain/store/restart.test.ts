import type { Address, Chain, ChainOptions } from "@banyan/chain";
import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "../../../chain/src/codec/hex.ts";
import { initCode } from "../random-program.ts";
import { account, bytes, codeOf, type TestClock, testChain, word } from "../support.ts";
import { keptChain, newFolder } from "./kept-chain.ts";

const EDITED: Address = "0x00000000000000000000000000000000000000ed";

const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("deploy" as const), init: initCode }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("call" as const),
      target: fc.nat(),
      arguments: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
      value: fc.constantFrom(0n, 1n),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("balance" as const), target: fc.nat(), value: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("slot" as const),
      target: fc.nat(),
      slot: fc.nat({ max: 3 }),
      value: fc.nat({ max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("code" as const), target: fc.nat(), code: initCode }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("mine" as const), count: fc.constantFrom(1n, 3n) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("snapshot" as const, "revert" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("restart" as const, "settle" as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** What a test does to one of two chains, and what both are asked afterwards. */
interface Player {
  chain: Chain;
  readonly known: Address[];
  readonly snapshots: bigint[];
}

async function play(player: Player, one: Action): Promise<void> {
  const { chain, known, snapshots } = player;
  const pick = (index: number): Address => known[index % known.length] as Address;
  const from = account(chain, 0);
  if (one.kind === "deploy" || one.kind === "call") {
    const words = one.kind === "call" ? one.arguments.map((index) => pick(index).slice(2).padStart(64, "0")) : [];
    const { receipt } = await chain.sendTransaction(
      one.kind === "deploy"
        ? { from, data: bytes(one.init), gasLimit: 2_000_000n }
        : { from, to: pick(one.target), data: bytes(words.join("")), value: one.value, gasLimit: 400_000n },
    );
    if (receipt?.status === 1 && receipt.contractAddress !== undefined) known.push(receipt.contractAddress);
  } else if (one.kind === "balance") await chain.setBalance(pick(one.target), BigInt(one.value));
  else if (one.kind === "slot") await chain.setStorageAt(pick(one.target), word(one.slot), word(one.value));
  else if (one.kind === "code") await chain.setCode(pick(one.target), bytes(one.code));
  else if (one.kind === "mine") await chain.mine(one.count, 7n);
  else if (one.kind === "snapshot") snapshots.push(await chain.snapshot());
  else if (one.kind === "revert") {
    const id = snapshots.pop();
    if (id !== undefined) await chain.revert(id);
  }
}

/** Everything that can be read of a chain, at every height. */
async function readAll({ chain, known }: Player): Promise<unknown[]> {
  const found: unknown[] = [];
  const head = chain.latestBlock().header.number;
  for (let height = 0n; height <= head; height++) {
    const block = await chain.getBlock(height);
    found.push(block);
    for (const transaction of block?.transactions ?? []) {
      found.push(await chain.getReceipt(transaction.hash));
      found.push(await chain.traceTransaction(transaction.hash, {}));
    }
    for (const address of new Set([...known, chain.coinbase()])) {
      found.push(await chain.getProof(address, [word(0), word(1), word(2)], height));
      found.push(await chain.getBalance(address, height), await chain.getNonce(address, height));
      found.push(toHex(await chain.getCode(address, height)));
      for (const slot of [0, 1, 2, 3]) found.push(await chain.getStorageAt(address, word(slot), height));
    }
  }
  found.push(await chain.getLogs({ fromBlock: 0n }), chain.nextBlockBaseFeePerGas());
  return found;
}

describe("A chain on disk", function () {
  this.timeout(120_000);

  for (const hardfork of ["cancun", "london"] as const) {
    it(`given random orders and restarts at ${hardfork}, reads and proofs at every height are those of a chain in memory`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
          const { folder, remove } = newFolder();
          const options: ChainOptions = { hardfork };
          const { chain, clock } = testChain(options);
          const inMemory: Player = { chain, known: [EDITED], snapshots: [] };
          const onDisk: Player = { chain: await keptChain(folder, clock, options), known: [EDITED], snapshots: [] };
          const restart = async (): Promise<void> => {
            await onDisk.chain.close();
            onDisk.chain = await keptChain(folder, clock, options);
            // Snapshots are not kept.
            onDisk.snapshots.length = 0;
            inMemory.snapshots.length = 0;
          };
          try {
            for (const one of actions) {
              clock.now += 1_000;
              if (one.kind === "restart") await restart();
              else if (one.kind === "settle") await onDisk.chain.settle();
              else {
                await play(inMemory, one);
                await play(onDisk, one);
              }
            }
            expect(await readAll(onDisk)).to.deep.equal(await readAll(inMemory));
            await restart();
            expect(await readAll(onDisk)).to.deep.equal(await readAll(inMemory));
          } finally {
            await onDisk.chain.close();
            remove();
          }
        }),
        { numRuns: 15 },
      );
    });
  }

  describe("given one that was left", () => {
    const clock: TestClock = { now: 1_900_000_000_000 };
    const { folder, remove } = newFolder();
    after(remove);

    before(async () => {
      const chain = await keptChain(folder, clock);
      await chain.mine(2n);
      await chain.close();
    });

    it("another chain id, fork, genesis, seed or date is refused, and nothing is changed", async () => {
      for (const options of [
        { chainId: 5n },
        { hardfork: "london" },
        { accountCount: 3 },
        { initialBaseFeePerGas: 7n },
        { seed: "x" },
        { initialDate: 1_000 },
        { allowUnlimitedContractSize: true },
      ] satisfies ChainOptions[])
        expect(await codeOf(() => keptChain(folder, clock, options))).to.equal("DATA_SETTINGS");
      const chain = await keptChain(folder, clock, { initialDate: 1_900_000_000_000 });
      expect(chain.latestBlock().header.number).to.equal(2n);
      await chain.close();
    });

    it("a second chain in the same folder is refused while the first is open", async () => {
      const chain = await keptChain(folder, clock);
      expect(await codeOf(() => keptChain(folder, clock))).to.equal("DATA_LOCKED");
      await chain.close();
      await (await keptChain(folder, clock)).close();
    });

    it("what was set for the blocks to come, waiting transactions and impersonations are there again", async () => {
      const first = await keptChain(folder, clock, { automine: false });
      const [a, b] = [account(first, 0), account(first, 1)];
      await first.setCoinbase(EDITED);
      await first.setNextBlockBaseFeePerGas(77n);
      await first.setPrevRandao(word(5));
      const offset = await first.increaseTime(5_000n);
      await first.setBalance(EDITED, 10n ** 18n);
      first.impersonate(EDITED);
      const waiting = await first.sendTransaction({ from: a, to: b, value: 1n, gasLimit: 21_000n });
      const unsigned = await first.sendTransaction({ from: EDITED, to: b, value: 1n, gasLimit: 21_000n });
      await first.settle();
      await first.close();

      const second = await keptChain(folder, clock, { automine: false });
      expect(second.isImpersonated(EDITED)).to.equal(true);
      expect(second.pooledTransactions().pending.map(({ hash }) => hash)).to.have.members([
        waiting.hash,
        unsigned.hash,
      ]);
      const [block] = await second.mine();
      expect(block?.header.coinbase).to.equal(EDITED);
      expect(block?.header.baseFeePerGas).to.equal(77n);
      expect(block?.header.prevRandao).to.equal(word(5));
      expect(block?.header.timestamp).to.equal(BigInt(clock.now / 1_000) + offset);
      expect(block?.receipts.map(({ status }) => status)).to.deep.equal([1, 1]);
      await second.close();

      const third = await keptChain(folder, clock);
      expect(third.pooledTransactions().pending).to.deep.equal([]);
      expect((await third.getTransaction(unsigned.hash))?.transaction.from).to.equal(EDITED);
      await third.close();
    });
  });
});
