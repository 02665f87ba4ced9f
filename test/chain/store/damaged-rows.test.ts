import { expect } from "chai";
import { type ChainData, openChainData } from "../../../chain/src/store/durable/chain-data.ts";
import { repairChain } from "../../../chain/src/store/durable/repair.ts";
import { ROW } from "../../../chain/src/store/durable/state-change.ts";
import { numberKey, type Tables } from "../../../chain/src/store/durable/tables.ts";
import { verifyChain } from "../../../chain/src/store/durable/transfer.ts";
import { account, codeOf, deploy, type TestClock, word } from "../support.ts";
import { keptChain, newFolder } from "./kept-chain.ts";

/** Counts its calls in slot 0 and logs the count. */
const COUNTER = "5f5460010180" + "5f555f5260205fa000";

describe("The check of a chain on disk, given one row that is not as it was", () => {
  let target: ReturnType<typeof newFolder>;
  let blocks: number;

  beforeEach(async () => {
    const clock: TestClock = { now: 1_900_000_000_000 };
    target = newFolder();
    const chain = await keptChain(target.folder, clock);
    const counter = await deploy(chain, COUNTER);
    for (let from = 0; from < 3; from++) {
      await chain.setStorageAt(counter, word(7), word(from));
      await chain.sendTransaction({ from: account(chain, from), to: counter, gasLimit: 100_000n });
    }
    chain.setAutomine(false);
    await chain.sendTransaction({ from: account(chain, 4), to: counter, gasLimit: 100_000n });
    blocks = Number(chain.latestBlock().header.number) + 1;
    await chain.close();
  });

  afterEach(() => target.remove());

  async function withData<T>(work: (data: ChainData) => Promise<T>): Promise<T> {
    const data = openChainData(target.folder);
    try {
      return await work(data);
    } finally {
      await data.close();
    }
  }

  /** Changes a byte in the middle of the last row of a table, takes the row away, or adds one beside it. */
  function spoil(tables: Tables, name: keyof typeof TABLES, how: "changed" | "missing" | "added"): void {
    const table = tables[name];
    for (const { key, value } of table.getRange({ reverse: true, limit: 1 })) {
      const at = Buffer.from(key);
      const bytes = Buffer.from(value);
      if (how === "missing") table.remove(at);
      else if (how === "changed") {
        const place = bytes.length >> 1;
        bytes[place] = (bytes[place] ?? 0) ^ 1;
        table.put(at, bytes.length === 0 ? Buffer.of(1) : bytes);
      } else {
        const place = at.length - 1;
        at[place] = (at[place] ?? 0) ^ 1;
        table.put(at, bytes);
      }
    }
  }

  /** What is known of each table; what is added to edits of a block that has none changes nothing. */
  const TABLES = {
    blocks: ["changed", "missing"],
    hashes: ["changed", "missing", "added"],
    transactions: ["changed", "missing", "added"],
    blooms: ["changed", "missing", "added"],
    state: ["changed", "missing", "added"],
    history: ["changed", "missing", "added"],
    undo: ["changed", "missing", "added"],
    edits: ["changed", "missing"],
    codes: ["changed", "missing", "added"],
    pool: ["changed", "added"],
  } as const;

  for (const [name, ways] of Object.entries(TABLES)) {
    it(`in the table ${name}, it is found`, async () => {
      for (const how of ways) {
        const kept = await withData(async ({ tables }) => {
          const rows: { readonly key: Buffer; readonly value: Buffer }[] = [];
          for (const { key, value } of tables[name as keyof typeof TABLES].getRange({}))
            rows.push({ key: Buffer.from(key), value: Buffer.from(value) });
          await tables.commit(() => spoil(tables, name as keyof typeof TABLES, how));
          return rows;
        });
        const code = await codeOf(() => withData(verifyChain));
        expect(["DATA_DAMAGED", "REPLAY_DIFFERENCE", "OPTION_INVALID"], `${how}: ${code}`).to.include(code);
        await withData(async ({ tables }) => {
          const table = tables[name as keyof typeof TABLES];
          const present = [...table.getKeys({})].map((key) => Buffer.from(key));
          await tables.commit(() => {
            for (const key of present) table.remove(key);
            for (const { key, value } of kept) table.put(key, value);
          });
        });
        expect((await withData(verifyChain)).blocks).to.equal(blocks);
      }
    });
  }

  it("in the rows of the past, it is found, and a repair brings them back", async () => {
    await withData(({ tables }) =>
      tables.commit(() => {
        for (const { key } of tables.history.getRange({ start: Buffer.of(ROW.slot), limit: 1 }))
          tables.history.put(Buffer.from(key), Buffer.of(0x55));
        tables.undo.remove(numberKey(2));
      }),
    );
    expect(await codeOf(() => withData(verifyChain))).to.equal("DATA_DAMAGED");
    expect((await repairChain(target.folder)).blocks).to.equal(blocks);
    expect((await withData(verifyChain)).blocks).to.equal(blocks);
  });
});
