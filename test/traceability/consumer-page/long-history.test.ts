import { expect } from "chai";
import { ACTION, commission, epcis, GTIN, loadRules, sgtin } from "../../fixtures/trace-rules.ts";

const NOWHERE = `0x${"00".repeat(32)}` as const;
const item = sgtin(GTIN.BOX, "1");
/** Events of one capture. */
const BATCH = 20;

describe("ConsumerPage.pageOf, long histories", () => {
  it("C-18: given more events than one read of the state tells, when turned over to the end, then all of them are told; given more than a trail reads, then the newest, and that it is not all", async function () {
    this.timeout(120_000);
    const { page, capture } = await loadRules();
    const inspect = async (count: number) => {
      for (let done = 0; done < count; done += BATCH) {
        const events = Array.from({ length: Math.min(BATCH, count - done) }, () =>
          epcis({ action: ACTION.OBSERVE, step: "inspecting", objects: [item] }),
        );
        await capture("processor", ...events);
      }
    };
    const readAll = async () => {
      const ids: number[] = [];
      let complete = true;
      let cursor = 0;
      do {
        const told = await page.read.pageOf([item, NOWHERE, cursor, 50n]);
        ids.push(...told.steps.map(({ id }) => id));
        complete = told.complete;
        cursor = told.next;
      } while (cursor !== 0);
      return { ids, complete };
    };
    const newestFirst = (newest: number, oldest: number) =>
      Array.from({ length: newest - oldest + 1 }, (_, i) => newest - i);

    await capture("processor", commission([item]));
    await inspect(119);
    expect(await readAll()).to.deep.equal({ ids: newestFirst(120, 1), complete: true });
    await inspect(8);
    expect(await readAll()).to.deep.equal({ ids: newestFirst(128, 1), complete: true });
    await inspect(13);
    expect(await readAll()).to.deep.equal({ ids: newestFirst(141, 14), complete: false });
  });
});
