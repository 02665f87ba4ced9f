import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type ChainData, openChainData } from "../../../chain/src/store/durable/chain-data.ts";
import { repairChain } from "../../../chain/src/store/durable/repair.ts";
import { numberKey } from "../../../chain/src/store/durable/tables.ts";
import { exportChain, importChain, verifyChain } from "../../../chain/src/store/durable/transfer.ts";
import { account, bytes, codeOf, deploy, type TestClock, word } from "../support.ts";
import { keptChain, newFolder } from "./kept-chain.ts";

const EDITED = "0x00000000000000000000000000000000000000ed";
// Counts its calls in slot 0.
const COUNTER = "5f546001015f5500";

/** A chain with transfers, a contract, edits by hand, an impersonated sender, and empty blocks. */
async function fill(folder: string, clock: TestClock): Promise<readonly string[]> {
  const chain = await keptChain(folder, clock);
  const [a, b] = [account(chain, 0), account(chain, 1)];
  const counter = await deploy(chain, COUNTER);
  for (let i = 0; i < 5; i++) {
    clock.now += 1_000;
    await chain.sendTransaction({ from: a, to: counter, gasLimit: 100_000n });
    await chain.setBalance(EDITED, 10n ** 20n + BigInt(i));
    await chain.setStorageAt(counter, word(7), word(i));
    chain.impersonate(EDITED);
    await chain.sendTransaction({ from: EDITED, to: b, value: 5n, gasLimit: 21_000n });
  }
  await chain.setCode(EDITED, bytes("00"));
  await chain.mine(3n);
  const hashes: string[] = [];
  for (let height = 0n; height <= chain.latestBlock().header.number; height++)
    hashes.push((await chain.getBlock(height))?.hash ?? "");
  await chain.close();
  return hashes;
}

async function withData<T>(folder: string, work: (data: ChainData) => Promise<T>): Promise<T> {
  const data = openChainData(folder);
  try {
    return await work(data);
  } finally {
    await data.close();
  }
}

async function* inPieces(file: Uint8Array, size = 100): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

async function exported(folder: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  await withData(folder, (data) =>
    exportChain(data, async (part) => {
      parts.push(part);
    }),
  );
  return Buffer.concat(parts);
}

describe("A chain as a file", function () {
  this.timeout(60_000);
  const clock: TestClock = { now: 1_900_000_000_000 };
  const source = newFolder();
  let hashes: readonly string[] = [];
  let file: Buffer = Buffer.alloc(0);

  before(async () => {
    hashes = await fill(source.folder, clock);
    file = await exported(source.folder);
  });
  after(source.remove);

  async function importing(content: Uint8Array): Promise<string> {
    const target = newFolder();
    try {
      return await codeOf(() => withData(target.folder, (data) => importChain(inPieces(content), data)));
    } finally {
      target.remove();
    }
  }

  it("given no chain file, one that is cut off at any record, or one with a changed byte, the import is refused", async () => {
    expect(await importing(Buffer.from("no chain"))).to.equal("FILE_MALFORMED");
    for (const length of [0, 14, 20, 200, file.length >> 1, file.length - 1])
      expect(await importing(file.subarray(0, length)), `${length} bytes`).to.equal("FILE_MALFORMED");
    for (const at of [2, 16, 25, file.length >> 1, file.length - 3]) {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await importing(changed), `byte ${at}`).to.equal("FILE_MALFORMED");
    }
    expect(await importing(Buffer.concat([file, file.subarray(-60)]))).to.equal("FILE_MALFORMED");
  });

  it("given a folder that holds a chain, the import is refused; given one that holds none, the export and the check", async () => {
    const empty = newFolder();
    expect(await codeOf(() => withData(source.folder, (data) => importChain(inPieces(file), data)))).to.equal(
      "DATA_NOT_EMPTY",
    );
    expect(await codeOf(() => withData(empty.folder, verifyChain))).to.equal("DATA_EMPTY");
    expect(await codeOf(() => exported(empty.folder))).to.equal("DATA_EMPTY");
    empty.remove();
  });

  it("given a file, the import makes the same blocks, goes on from there, and exports the same file", async () => {
    const target = newFolder();
    const result = await withData(target.folder, (data) => importChain(inPieces(file), data));
    expect(result).to.deep.equal({ blocks: hashes.length, transactions: 11, head: hashes.at(-1) });
    expect((await exported(target.folder)).equals(file)).to.equal(true);
    const chain = await keptChain(target.folder, clock);
    for (const [height, hash] of hashes.entries()) expect((await chain.getBlock(BigInt(height)))?.hash).to.equal(hash);
    expect((await chain.getBlock(3n))?.transactions[0]?.from).to.equal(EDITED);
    await chain.mine();
    await chain.close();
    expect((await withData(target.folder, verifyChain)).blocks).to.equal(hashes.length + 1);
    target.remove();
  });

  it("given a whole chain, the check passes; given other edits than were made, it names the block and the field", async () => {
    const target = newFolder();
    await withData(target.folder, (data) => importChain(inPieces(file), data));
    expect((await withData(target.folder, verifyChain)).head).to.equal(hashes.at(-1));
    await withData(target.folder, async ({ tables }) => {
      await tables.commit(() => {
        tables.edits.remove(numberKey(5));
      });
    });
    let details: unknown;
    try {
      await withData(target.folder, verifyChain);
    } catch (error) {
      details = error instanceof Error && "details" in error ? error.details : error;
    }
    expect(details).to.include({ block: 5n, field: "stateRoot" });
    target.remove();
  });
});

describe("A damaged chain", function () {
  this.timeout(60_000);
  const clock: TestClock = { now: 1_900_000_000_000 };
  let hashes: readonly string[] = [];
  let target: ReturnType<typeof newFolder>;

  beforeEach(async () => {
    target = newFolder();
    hashes = await fill(target.folder, clock);
  });
  afterEach(() => target.remove());

  async function damage(work: (data: ChainData) => void): Promise<void> {
    await withData(target.folder, async (data) => {
      await data.tables.commit(() => work(data));
    });
  }

  async function expectRepaired(blocks: number): Promise<void> {
    const result = await repairChain(target.folder);
    expect({ blocks: result.blocks, dropped: result.dropped }).to.deep.equal({
      blocks,
      dropped: hashes.length - blocks,
    });
    const chain = await keptChain(target.folder, clock);
    expect(chain.latestBlock().hash).to.equal(hashes[blocks - 1]);
    await chain.mine();
    await chain.close();
    expect((await withData(target.folder, verifyChain)).blocks).to.equal(blocks + 1);
  }

  it("given a changed byte in a block, it is refused, and repaired up to the block before", async () => {
    await damage(({ tables }) => {
      const record = tables.blocks.get(numberKey(8)) ?? Buffer.alloc(0);
      record[60] = (record[60] ?? 0) ^ 1;
      tables.blocks.put(numberKey(8), record);
    });
    expect(await codeOf(() => keptChain(target.folder, clock))).to.equal("DATA_DAMAGED");
    await expectRepaired(8);
  });

  it("given a missing block, it is refused, and repaired up to the block before", async () => {
    await damage(({ tables }) => tables.blocks.remove(numberKey(6)));
    expect(await codeOf(() => keptChain(target.folder, clock))).to.equal("DATA_DAMAGED");
    await expectRepaired(6);
  });

  it("given a changed row of the state, it is refused, and repaired without losing a block", async () => {
    await damage(({ tables }) => {
      for (const { key, value } of tables.state.getRange({ limit: 1 }))
        tables.state.put(key, Buffer.concat([value.subarray(0, value.length - 1), Buffer.of(0x77)]));
    });
    expect(await codeOf(() => keptChain(target.folder, clock))).to.equal("DATA_DAMAGED");
    await expectRepaired(hashes.length);
  });

  it("given a file that is cut off, or none of ours, it is refused by a message and not by a crash", async () => {
    const path = join(target.folder, "chain.lmdb");
    const whole = readFileSync(path);
    for (const content of [
      whole.subarray(0, whole.length - 4_096),
      whole.subarray(0, 5_000),
      whole.subarray(0, 10),
      Buffer.from("something else"),
    ]) {
      writeFileSync(path, content);
      expect(await codeOf(() => keptChain(target.folder, clock)), `${content.length} bytes`).to.equal("DATA_DAMAGED");
    }
    expect(await codeOf(() => repairChain(target.folder))).to.equal("DATA_DAMAGED");
  });
});
