import type { Chain, ChainOptions } from "@banyan/chain";
import { expect } from "chai";
import { toHex } from "../../chain/src/codec/hex.ts";
import { type BlobTransactionChanges, bareTransaction, constant, counting, wrap } from "./blob-vectors.ts";
import { account, bytes, codeOf, deploy, mined, testChain, word } from "./support.ts";

const GAS_PER_BLOB = 131_072n;

const chainAt = (options: ChainOptions = {}): Chain => testChain({ engine: "machine", ...options }).chain;

/** Sends with one constant blob. */
const send = (chain: Chain, changes: BlobTransactionChanges = {}) =>
  chain.sendRawTransaction(wrap(bareTransaction(chain, changes), [constant]));

describe("Transactions with blobs from clients (EIP-4844)", () => {
  it("refuses them before Cancun, without blobs, and malformed", async () => {
    const old = chainAt({ hardfork: "shanghai" });
    expect(await codeOf(() => send(old))).to.equal("TX_TYPE_UNSUPPORTED");
    expect(await codeOf(() => old.sendRawTransaction(bareTransaction(old)))).to.equal("TX_TYPE_UNSUPPORTED");
    const chain = chainAt();
    expect(await codeOf(() => chain.sendRawTransaction(bareTransaction(chain)))).to.equal("TX_BLOB_SIDECAR_MISSING");
    for (const raw of ["03", "0380", "03c1", "03c20102"])
      expect(await codeOf(() => chain.sendRawTransaction(bytes(raw))), raw).to.be.oneOf([
        "TX_MALFORMED",
        "TX_BLOB_SIDECAR_MISSING",
      ]);
    expect(chain.latestBlock().header.number).to.equal(0n);
  });

  it("refuses a wrapper of another shape, and blobs that are not those named", async () => {
    const chain = chainAt();
    const bare = bareTransaction(chain);
    const refused = [
      wrap(bare, []),
      wrap(bare, [constant, constant]),
      wrap(bare, [constant], { version: 1 }),
      wrap(bare, [constant], { version: 2 }),
      wrap(bare, [constant], { proofs: [] }),
      wrap(bare, [constant], { commitments: [] }),
      wrap(bare, [constant], { blobs: [constant.blob.subarray(1)] }),
      wrap(bare, [constant], { proofs: [constant.proof.subarray(1)] }),
      // Committed to, but not what the transaction names; named, but another blob; proven by a point that is none.
      wrap(bare, [counting]),
      wrap(bare, [constant], { blobs: [counting.blob] }),
      wrap(bare, [constant], { proofs: [counting.proof] }),
      wrap(bare, [constant], { proofs: [new Uint8Array(48)] }),
      wrap(bare, [constant], { blobs: [new Uint8Array(131_072).fill(255)] }),
    ];
    for (const [index, raw] of refused.entries())
      expect(await codeOf(() => chain.sendRawTransaction(raw)), `${index}`).to.equal("TX_BLOB_SIDECAR_INVALID");
  }).timeout(60_000);

  it("refuses what breaks a rule before it looks at the blobs", async () => {
    const chain = chainAt();
    const seven = Array.from({ length: 7 }, () => constant.hash);
    expect(await codeOf(() => send(chain, { hashes: seven }))).to.equal("TX_BLOB_COUNT");
    const [from] = chain.accounts;
    if (from === undefined) throw new Error("no account");
    const request = { from, to: from, gasLimit: 21_000n };
    expect(await codeOf(() => chain.sendTransaction({ ...request, blobHashes: [] }))).to.equal("TX_BLOB_COUNT");
    const other = { ...request, blobHashes: [`0x02${constant.hash.slice(4)}`] as const };
    expect(await codeOf(() => chain.sendTransaction(other))).to.equal("TX_BLOB_HASH_VERSION");
    const creation = { from, data: bytes("00"), gasLimit: 100_000n, blobHashes: [constant.hash] };
    expect(await codeOf(() => chain.sendTransaction(creation))).to.equal("TX_BLOB_CREATION");
    expect(await codeOf(() => send(chain, { maxFeePerBlobGas: 0n }))).to.equal("TX_BLOB_FEE_CAP_BELOW_BASE_FEE");
    expect(await codeOf(() => send(chain, { nonce: 1 }))).to.equal("TX_NONCE_TOO_HIGH");
  });

  it("given a good one, mines it without its blobs, charges them, and keeps them to be asked for", async () => {
    const chain = chainAt();
    const reader = await deploy(chain, "5f495f5560014960015500");
    const before = await chain.getBalance(account(chain, 1));
    const bare = bareTransaction(chain, { sender: 1, to: reader, hashes: [counting.hash, constant.hash] });
    const result = await chain.sendRawTransaction(wrap(bare, [counting, constant]));
    const { transaction, gasUsed, effectiveGasPrice, ...receipt } = mined(result);
    expect(toHex(transaction.raw)).to.equal(toHex(bare));
    expect(receipt).to.include({ status: 1, blobGasUsed: 2n * GAS_PER_BLOB, blobGasPrice: 1n });
    expect(await chain.getStorageAt(reader, word(0))).to.equal(counting.hash);
    expect(await chain.getStorageAt(reader, word(1))).to.equal(constant.hash);
    expect(await chain.getBalance(account(chain, 1))).to.equal(
      before - gasUsed * effectiveGasPrice - 2n * GAS_PER_BLOB,
    );
    expect(chain.latestBlock().header).to.include({ blobGasUsed: 2n * GAS_PER_BLOB, excessBlobGas: 0n });
    expect(chain.getBlob(counting.hash)).to.deep.equal(counting.blob);
    expect(chain.getBlob(word(1))).to.equal(undefined);
    expect(await codeOf(() => chain.sendRawTransaction(wrap(bare, [counting, constant])))).to.equal("TX_ALREADY_KNOWN");
  }).timeout(60_000);

  it("since Osaka takes proofs of cells, and the older ones too", async () => {
    const chain = chainAt({ hardfork: "osaka" });
    const bare = bareTransaction(chain, { hashes: [counting.hash] });
    const spoiled = [
      wrap(bare, [counting], { version: 1, proofs: counting.cellProofs.slice(1) }),
      wrap(bare, [counting], { version: 1, proofs: counting.cellProofs.toReversed() }),
      wrap(bare, [counting], { version: 1, blobs: [constant.blob] }),
      wrap(bare, [counting], { version: 0 }),
    ];
    for (const [index, raw] of spoiled.entries())
      expect(await codeOf(() => chain.sendRawTransaction(raw)), `${index}`).to.equal("TX_BLOB_SIDECAR_INVALID");
    mined(await chain.sendRawTransaction(wrap(bare, [counting], { version: 1 })));
    mined(await send(chain, { nonce: 1 }));
    expect(chain.getBlob(counting.hash)).to.deep.equal(counting.blob);
    expect(chain.getBlob(constant.hash)).to.deep.equal(constant.blob);
    const seven = Array.from({ length: 7 }, () => constant.hash);
    expect(await codeOf(() => send(chain, { nonce: 2, hashes: seven }))).to.equal("TX_BLOB_COUNT");
  }).timeout(120_000);

  it("puts no more blobs into a block than its fork allows; the rest waits", async () => {
    for (const [hardfork, most] of [
      ["cancun", 6n],
      ["prague", 9n],
    ] as const) {
      const chain = chainAt({ hardfork, automine: false });
      const blobHashes = [constant.hash, constant.hash, constant.hash, constant.hash];
      for (let index = 0; index < 3; index++) {
        const from = account(chain, index);
        await chain.sendTransaction({ from, to: from, gasLimit: 21_000n, blobHashes });
      }
      const used = (await chain.mine(4n)).map(({ header }) => (header.blobGasUsed ?? 0n) / GAS_PER_BLOB);
      expect(used).to.deep.equal(most === 6n ? [4n, 4n, 4n, 0n] : [8n, 4n, 0n, 0n]);
    }
  });

  it("raises and lowers the price of blob gas as the fork says", async () => {
    const excesses = async (hardfork: "cancun" | "prague" | "osaka") => {
      const chain = chainAt({ hardfork });
      const from = account(chain, 0);
      const found: bigint[] = [];
      for (let round = 0; round < 4; round++) {
        const blobHashes = Array.from({ length: 6 }, () => constant.hash);
        const request = { from, to: from, gasLimit: 21_000n, blobHashes };
        if (round < 3) mined(await chain.sendTransaction(request));
        else await chain.mine();
        found.push(chain.latestBlock().header.excessBlobGas ?? -1n);
      }
      return found.map((excess) => Number(excess) / Number(GAS_PER_BLOB));
    };
    expect(await excesses("cancun")).to.deep.equal([0, 3, 6, 9]);
    // The target is 6 blobs, so 6 leave no excess; since Osaka a third of them counts while execution is dearer (EIP-7918).
    expect(await excesses("prague")).to.deep.equal([0, 0, 0, 0]);
    expect(await excesses("osaka")).to.deep.equal([0, 2, 4, 6]);
  });

  it("answers the price, its history, and what is asked about forks", async () => {
    const chain = chainAt();
    const from = account(chain, 0);
    const blobHashes = Array.from({ length: 6 }, () => constant.hash);
    for (let round = 0; round < 6; round++)
      mined(await chain.sendTransaction({ from, to: from, gasLimit: 21_000n, blobHashes, maxFeePerBlobGas: 100n }));
    // The excess is that of 18 blobs: e to the power of 18 * 131,072 / 3,338,477 is 2.03.
    expect(chain.nextBlobBaseFee()).to.equal(2n);
    const history = await chain.getFeeHistory(2, "latest", []);
    expect(history.baseFeePerBlobGas).to.deep.equal([1n, 1n, 2n]);
    expect(history.blobGasUsedRatio).to.deep.equal([1, 1]);
    expect((await chainAt({ hardfork: "shanghai" }).getFeeHistory(1, "latest", [])).blobGasUsedRatio).to.equal(
      undefined,
    );
    const { blobSchedule, systemContracts, precompiles } = chainAt({ hardfork: "osaka" }).forkConfig();
    expect(blobSchedule).to.deep.equal({ target: 6, max: 9, baseFeeUpdateFraction: 5_007_716n });
    expect([...systemContracts.keys()]).to.deep.equal(["BEACON_ROOTS_ADDRESS", "HISTORY_STORAGE_ADDRESS"]);
    expect(precompiles.get("P256VERIFY")).to.equal("0x0000000000000000000000000000000000000100");
    expect(precompiles).to.have.property("size", 18);
    expect(await codeOf(() => chainAt({ hardfork: "shanghai" }).forkConfig())).to.equal("FORK_TOO_OLD");
  });

  it("replaces one with blobs only by another at twice the caps", async () => {
    const chain = chainAt({ automine: false });
    const from = account(chain, 0);
    const base = { from, to: from, nonce: 0n, gasLimit: 21_000n };
    const caps = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n };
    const blobs = { blobHashes: [constant.hash], maxFeePerBlobGas: 10n };
    const double = { maxFeePerGas: 2n * 10n ** 10n, maxPriorityFeePerGas: 2n * 10n ** 9n };
    await chain.sendTransaction({ ...base, ...caps, ...blobs });
    const low = { ...base, ...double, ...blobs, maxFeePerBlobGas: 19n };
    expect(await codeOf(() => chain.sendTransaction(low))).to.equal("TX_REPLACEMENT_UNDERPRICED");
    expect(await codeOf(() => chain.sendTransaction({ ...base, ...double }))).to.equal("TX_REPLACEMENT_TYPE");
    const { hash } = await chain.sendTransaction({ ...base, ...double, ...blobs, maxFeePerBlobGas: 20n });
    expect(chain.pooledTransactions().pending.map((transaction) => transaction.hash)).to.deep.equal([hash]);
  });

  it("given one that cannot pay for blob gas any more, keeps it until it can", async () => {
    const chain = chainAt({ automine: false });
    const [payer, poor] = [account(chain, 0), account(chain, 1)];
    const blobHashes = Array.from({ length: 6 }, () => constant.hash);
    const fill = async () => {
      await chain.sendTransaction({ from: payer, to: payer, gasLimit: 21_000n, blobHashes, maxFeePerBlobGas: 1_000n });
      await chain.mine();
    };
    while (chain.nextBlobBaseFee() < 3n) await fill();
    const { hash } = await chain.sendTransaction({
      from: poor,
      to: poor,
      gasLimit: 21_000n,
      blobHashes: [constant.hash],
      maxFeePerBlobGas: 2n,
    });
    await chain.mine();
    expect((await chain.getTransaction(hash))?.receipt).to.equal(undefined);
    while (chain.nextBlobBaseFee() > 2n) await chain.mine();
    await chain.mine();
    expect((await chain.getTransaction(hash))?.receipt?.status).to.equal(1);
  });

  it("given blobs in a request, names them; given other hashes beside them, refuses", async () => {
    const chain = chainAt();
    const from = account(chain, 0);
    const request = { from, to: from, gasLimit: 21_000n, blobs: [constant.blob] };
    expect(await codeOf(() => chain.sendTransaction({ ...request, blobHashes: [counting.hash] }))).to.equal(
      "TX_BLOB_SIDECAR_INVALID",
    );
    const old = chainAt({ hardfork: "shanghai" });
    expect(await codeOf(() => old.sendTransaction(request))).to.equal("TX_TYPE_UNSUPPORTED");
    expect(mined(await chain.sendTransaction(request)).transaction.blobHashes).to.deep.equal([constant.hash]);
    expect(chain.getBlob(constant.hash)).to.deep.equal(constant.blob);
  }).timeout(60_000);

  it("given a call with hashes, BLOBHASH reads them", async () => {
    const chain = chainAt();
    const reader = await deploy(chain, "5f495f5260205ff3");
    const from = account(chain, 0);
    const { returnData } = await chain.call({ from, to: reader, blobHashes: [counting.hash] });
    expect(toHex(returnData)).to.equal(counting.hash);
    const priced = { from, to: reader, blobHashes: [counting.hash], maxFeePerGas: 10n ** 10n };
    expect(toHex((await chain.call(priced)).returnData)).to.equal(counting.hash);
    expect(await codeOf(() => chain.call({ ...priced, maxFeePerBlobGas: 0n }))).to.equal(
      "TX_BLOB_FEE_CAP_BELOW_BASE_FEE",
    );
  });
});
