import type { Address, Chain } from "@banyan/chain";
import { expect } from "chai";
import { account, bytes, deploy, mined, type TestClock, testChain, word } from "../support.ts";
import { keptChain, newFolder } from "./kept-chain.ts";

const STORING = "60203515" + "50" + "6020355f355500";

async function store(chain: Chain, to: Address, slot: number, value: number): Promise<void> {
  const data = bytes(word(slot) + word(value).slice(2));
  mined(await chain.sendTransaction({ from: account(chain, 0), to, data, gasLimit: 100_000n }));
}

describe("a chain on disk whose last blocks are taken away", () => {
  it("goes on, after a restart too, as one in memory that never had them, and can be taken back further", async () => {
    const { folder, remove } = newFolder();
    const clock: TestClock = { now: 1_900_000_000_000 };
    try {
      let chain = await keptChain(folder, clock);
      const { chain: control } = testChain();
      const contract = await deploy(chain, STORING);
      await deploy(control, STORING);
      for (const one of [chain, control]) await store(one, contract, 1, 1);
      await store(chain, contract, 1, 2);
      await store(chain, contract, 2, 2);
      await chain.settle();
      await chain.setBalance(account(chain, 5), 7n);
      await chain.mine(2n);
      expect((await chain.rollback(4n)).header.stateRoot).to.equal(control.latestBlock().header.stateRoot);
      for (const one of [chain, control]) await store(one, contract, 3, 3);
      await chain.settle();
      await chain.close();

      chain = await keptChain(folder, clock);
      expect(chain.latestBlock().header.number).to.equal(3n);
      const storageOf = async (one: Chain): Promise<unknown> => (await one.getProof(contract, [])).storageHash;
      expect(await storageOf(chain)).to.equal(await storageOf(control));
      expect(await chain.getBalance(account(chain, 5))).to.equal(await control.getBalance(account(control, 5)));
      await chain.rollback(1n);
      await control.rollback(1n);
      expect(await storageOf(chain)).to.equal(await storageOf(control));
      for (const one of [chain, control]) await store(one, contract, 4, 4);
      await chain.close();

      chain = await keptChain(folder, clock);
      expect(await storageOf(chain)).to.equal(await storageOf(control));
      // What the undone blocks had put there is in no row any more.
      await chain.rollback(3n);
      expect(await chain.getCode(contract)).to.have.length(0);
      expect(chain.latestBlock().header.number).to.equal(0n);
      await chain.close();
    } finally {
      remove();
    }
  });
});
