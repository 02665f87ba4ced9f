import { expect } from "chai";
import { type BothNetworks, createBothNetworks, type Report } from "./both-networks.ts";
import { compile, type Settings } from "./compile.ts";
import { failuresOf } from "./failures.ts";

const settings: readonly Settings[] = [
  { name: "no optimizer", optimizer: false, viaIR: false },
  { name: "the optimizer", optimizer: true, viaIR: false },
  { name: "the IR pipeline", optimizer: false, viaIR: true },
  { name: "the IR pipeline and the optimizer", optimizer: true, viaIR: true },
];

/** What Hardhat's network says where it gives up, or is mistaken. */
const givenUp = {
  unknown: "Transaction reverted and Hardhat couldn't infer the reason.",
  outOfGas: "Transaction ran out of gas",
  silent: "Transaction reverted without a reason string",
  library: "Transaction reverted: library was called directly",
};

/** Where Hardhat's network gives up, ours may say more; elsewhere both say the same. */
function saysMore(ours: Report, theirs: Report): boolean {
  switch (theirs.message) {
    // It drops the reason that the revert data give, and does not tell why the EVM itself stopped.
    case givenUp.unknown:
      return (
        /reason string|panic code|custom error|is taken/.test(ours.message) &&
        ours.lines.every((line, index) => line === theirs.lines[index] || theirs.lines[index]?.endsWith("(unknown)"))
      );
    // It has no stack trace for what ran out of gas at the outermost level.
    case givenUp.outOfGas:
      return ours.message === theirs.message && theirs.lines.length === 0 && ours.lines.length > 0;
    // It does not tell an inner creation that is too large or runs out of gas, and takes a precompiled contract for an unknown one.
    case givenUp.silent:
      return (
        /code is too large|run out of gas|call to precompile 6 failed/.test(ours.message) &&
        (ours.lines.at(-1) === theirs.lines.at(-1) || ours.message.includes("precompile"))
      );
    // A function that changes no state can be called, and then has failed for a reason of its own.
    case givenUp.library:
      return ours.message.includes("'odd'") && (ours.lines[0] ?? "").startsWith("Maths.");
    default:
      return false;
  }
}

describe("Solidity stack traces beside Hardhat's network", () => {
  for (const setting of settings) {
    describe(`given contracts compiled with ${setting.name}`, () => {
      let both: BothNetworks;
      const build = compile("Failures.sol", setting);

      beforeEach(async () => {
        both = await createBothNetworks(build);
      });

      afterEach(async () => {
        await both.close();
      });

      it("when anything fails, then message, contracts, functions, files and lines are the same, or ours say more", async () => {
        const differences: object[] = [];
        let compared = 0;
        for (const { title, request } of await failuresOf(build, both)) {
          const { ours, theirs } = await both.ask(request);
          compared++;
          if (ours !== undefined && theirs !== undefined) {
            const isSame = ours.message === theirs.message && ours.lines.join() === theirs.lines.join();
            if (isSame || saysMore(ours, theirs)) continue;
          } else if (ours === theirs) continue;
          differences.push({ title, ours, theirs });
        }
        expect(differences).to.deep.equal([]);
        expect(compared).to.be.greaterThan(90);
      }).timeout(60_000);
    });
  }
});
