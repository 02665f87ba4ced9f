import { expect } from "chai";
import { killRounds } from "../../../bench/durable/kill-rounds.ts";
import { newFolder } from "./kept-chain.ts";

describe("A node that is killed", function () {
  this.timeout(180_000);

  it("given eight kills under load, everything acknowledged is there and every block executes to its roots again", async () => {
    const { folder, remove } = newFolder();
    try {
      const { rounds, acknowledged, blocks, missing, missingEdits } = await killRounds({ folder, rounds: 8, seed: 7 });
      expect(rounds).to.equal(8);
      // Otherwise nothing was at stake.
      expect(acknowledged).to.be.greaterThan(50);
      expect(blocks).to.be.greaterThan(50);
      expect({ missing, missingEdits }).to.deep.equal({ missing: [], missingEdits: 0 });
    } finally {
      remove();
    }
  });
});
