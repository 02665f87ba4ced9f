import { Trie } from "@nomicfoundation/ethereumjs-trie";
import { expect } from "chai";
import { fromHex, toHex } from "../../chain/src/codec/hex.ts";
import { keccak256 } from "../../chain/src/crypto/keccak.ts";
import { account, codeOf, deploy, mined, testChain, word } from "./support.ts";

// Without call data: returns slot 0. With: keeps the first word there.
const KEEPER = "36600c575f545f5260205ff35b5f355f5500";

describe("State at old blocks", () => {
  it("given writes in several blocks, reads and calls at each height see that height", async () => {
    const { chain } = testChain();
    const a = account(chain, 0);
    const keeper = await deploy(chain, KEEPER);
    const first = chain.latestBlock().header.number;
    for (let i = 1; i <= 5; i++) await chain.sendTransaction({ from: a, to: keeper, data: fromHex(word(i)) });
    for (let i = 0; i <= 5; i++) {
      const at = first + BigInt(i);
      expect(await chain.getStorageAt(keeper, word(0), at)).to.equal(word(i));
      expect(toHex((await chain.call({ to: keeper }, { block: at })).returnData)).to.equal(word(i));
      expect(await chain.getNonce(a, at)).to.equal(BigInt(i) + 1n);
    }
    expect(await chain.getCode(keeper, 0n)).to.have.length(0);
    expect(await chain.getBalance(a, "earliest")).to.equal(10_000n * 10n ** 18n);
    expect(await chain.getStorageAt(keeper, word(0), { hash: chain.latestBlock().hash })).to.equal(word(5));
    expect(await codeOf(() => chain.getBalance(a, 99n))).to.equal("BLOCK_NOT_FOUND");
    expect(await codeOf(() => chain.call({ to: keeper }, { block: { hash: word(1) } }))).to.equal("BLOCK_NOT_FOUND");
  });

  it("given a proof at any height, ethereumjs verifies it against that block's state root", async () => {
    const { chain } = testChain();
    const verifier = await Trie.create();
    const keeper = await deploy(chain, KEEPER);
    for (let i = 1; i <= 3; i++)
      await chain.sendTransaction({ from: account(chain, 0), to: keeper, data: fromHex(word(1_000 + i)) });
    for (let height = 0n; height <= chain.latestBlock().header.number; height++) {
      const root = fromHex((await chain.getBlock(height))?.header.stateRoot ?? "0x");
      const proof = await chain.getProof(keeper, [word(0), word(1)], height);
      const leaf = await verifier.verifyProof(root, keccak256(fromHex(keeper)), [...proof.accountProof]);
      if (height === 0n) {
        expect(leaf).to.equal(null);
        continue;
      }
      expect(toHex(leaf ?? new Uint8Array(0)))
        .to.include(proof.storageHash.slice(2))
        .and.include(proof.codeHash.slice(2));
      const [kept, absent] = proof.storageProof;
      if (height === 1n) continue;
      const value = await verifier.verifyProof(fromHex(proof.storageHash), keccak256(fromHex(word(0))), [
        ...(kept?.proof ?? []),
      ]);
      expect(toHex(value ?? new Uint8Array(0))).to.equal(
        `0x82${(1_000 + Number(height) - 1).toString(16).padStart(4, "0")}`,
      );
      expect(absent?.value).to.equal(word(0));
    }
  });

  it("given edits between blocks, latest sees them at once, old heights do not, and the next root holds them", async () => {
    const { chain } = testChain();
    const stranger = "0x00000000000000000000000000000000000000cc";
    await chain.mine();
    const before = chain.latestBlock().header.stateRoot;
    await chain.setBalance(stranger, 7n);
    await chain.setNonce(stranger, 3n);
    await chain.setCode(stranger, fromHex("0x6001"));
    await chain.setStorageAt(stranger, word(1), word(2));
    expect(await chain.getBalance(stranger)).to.equal(7n);
    expect(await chain.getNonce(stranger)).to.equal(3n);
    expect(toHex(await chain.getCode(stranger))).to.equal("0x6001");
    expect(await chain.getStorageAt(stranger, word(1))).to.equal(word(2));
    expect(await chain.getBalance(stranger, 0n)).to.equal(0n);
    expect(await codeOf(() => chain.setNonce(stranger, 2n))).to.equal("TX_NONCE_TOO_LOW");
    const [block] = await chain.mine();
    expect(block?.header.stateRoot).not.to.equal(before);
    await chain.setStorageAt(stranger, word(1), word(0));
    expect(await chain.getStorageAt(stranger, word(1), block?.header.number)).to.equal(word(0));
    await chain.mine();
    expect(await chain.getStorageAt(stranger, word(1), block?.header.number)).to.equal(word(2));
  });

  it("given logs in many blocks, a query finds those of its range, emitter and topics", async () => {
    const { chain } = testChain();
    // LOG2 of nothing: topic of the call data's first word, topic 7
    const [x, y] = [await deploy(chain, "60075f355f5fa200"), await deploy(chain, "60085f355f5fa200")];
    for (let i = 0; i < 6; i++) {
      const { logs } = mined(
        await chain.sendTransaction({ from: account(chain, 0), to: i % 2 === 0 ? x : y, data: fromHex(word(i % 3)) }),
      );
      expect(logs).to.have.length(1);
    }
    const found = async (filter: Parameters<typeof chain.getLogs>[0]): Promise<string[]> =>
      (await chain.getLogs({ fromBlock: "earliest", ...filter })).map(
        ({ blockNumber, address, topics }) => `${blockNumber} ${address === x ? "x" : "y"} ${BigInt(topics[0] ?? 0)}`,
      );
    expect(await found({})).to.deep.equal(["3 x 0", "4 y 1", "5 x 2", "6 y 0", "7 x 1", "8 y 2"]);
    expect(await found({ addresses: [x] })).to.deep.equal(["3 x 0", "5 x 2", "7 x 1"]);
    expect(await found({ topics: [[word(1), word(2)]] })).to.deep.equal(["4 y 1", "5 x 2", "7 x 1", "8 y 2"]);
    expect(await found({ topics: [null, [word(8)]] })).to.deep.equal(["4 y 1", "6 y 0", "8 y 2"]);
    expect(await found({ topics: [null, null, [word(8)]] })).to.deep.equal([]);
    expect(await found({ fromBlock: 4n, toBlock: 5n })).to.deep.equal(["4 y 1", "5 x 2"]);
    expect(await chain.getLogs({ blockHash: chain.latestBlock().hash })).to.have.length(1);
    expect(await codeOf(() => chain.getLogs({ blockHash: word(5) }))).to.equal("BLOCK_NOT_FOUND");
  });

  it("given a fee history, figures are those of the blocks", async () => {
    const { chain } = testChain({ blockGasLimit: 42_000n });
    for (let i = 1n; i <= 3n; i++)
      await chain.sendTransaction({
        from: account(chain, 0),
        to: account(chain, 1),
        gasLimit: 21_000n,
        maxPriorityFeePerGas: i,
      });
    const history = await chain.getFeeHistory(2, "latest", [0, 100]);
    expect(history).to.deep.equal({
      oldestBlock: 2n,
      baseFeePerGas: [875_000_000n, 875_000_000n, 875_000_000n],
      gasUsedRatio: [0.5, 0.5],
      baseFeePerBlobGas: [1n, 1n, 1n],
      blobGasUsedRatio: [0, 0],
      reward: [
        [2n, 2n],
        [3n, 3n],
      ],
    });
  });
});
