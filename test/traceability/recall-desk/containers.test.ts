import type { Hex } from "viem";
import {
  BATCH,
  box,
  commission,
  FINDING,
  LEVEL,
  loadBatch,
  PARTY,
  pack,
  qty,
  receive,
  ship,
  sscc,
  unpack,
} from "../../fixtures/recall.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const order = (knownAt: bigint, terms: object = {}) => ({
  by: PARTY.processor,
  level: LEVEL.TWO,
  labelOnly: false,
  knownAt,
  reason: FINDING,
  ...terms,
});

describe("RecallDesk.open: containers", () => {
  it("C-29: refuses a packer's recall of a container in which others' goods lie, at whatever depth, or too much", async () => {
    const { recalls, as, now, capture, open } = await loadBatch();
    const [inner, outer, own] = [sscc(40), sscc(41), sscc(42)];
    const sealed = [box(501), box(502)];
    await capture("processor", commission(sealed), ship([...sealed], PARTY.shop));
    await capture("shop", receive(sealed, 0), pack(inner, sealed.slice(0, 1)), pack(outer, [inner]));
    await capture("shop", commission([own]));
    const by = async (root: Hex) => recalls.write.open([{ ...order(await now()), by: PARTY.shop }, [root]], as("shop"));
    for (const root of [inner, outer]) {
      await expectRevert(by(root), recalls, "RecallDeskNotResponsible", [sealed[0] ?? "0x", PARTY.shop]);
    }
    // A lot in it counts as well; the container alone is the packer's.
    await capture("shop", unpack(BATCH.sack, [qty(BATCH.sound, 1)]), pack(own, [qty(BATCH.sound, 1)]));
    await expectRevert(by(own), recalls, "RecallDeskNotResponsible", [BATCH.sound, PARTY.shop]);
    await capture("shop", unpack(own));
    await by(own);
    // The maker of all of it recalls the container that it packed.
    const full = sscc(43);
    const boxes = Array.from({ length: 101 }, (_, i) => box(600 + i));
    await capture("processor", commission(boxes.slice(0, 50)), pack(full, boxes.slice(0, 50)));
    await capture("processor", commission(boxes.slice(50)), pack(full, boxes.slice(50)));
    await expectRevert(open([full]), recalls, "RecallDeskTooMuchInside", [full, 100n]);
    await capture("processor", unpack(full, boxes.slice(100)));
    await open([full]);
  });
});
