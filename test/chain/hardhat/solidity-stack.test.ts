import { expect } from "chai";
import { network } from "hardhat";

/** The stacks of an error and of everything behind it, as Mocha prints them. */
function printed(error: unknown): string {
  return error instanceof Error ? `${error.stack}\n${printed(error.cause)}` : "";
}

async function printedFailure(work: Promise<unknown>): Promise<string> {
  return work.then(() => "it succeeded", printed);
}

for (const name of ["default", "edr"]) {
  describe(`the stack of a failed test on the network ${name}`, () => {
    it("given a write that reverts, then it names the Solidity line below the custom error", async () => {
      const { viem } = await network.create({ network: name });
      const probe = await viem.deployContract("ChainProbe", [1n]);
      const stack = await printedFailure(probe.write.setValue([2_000n]));
      expect(stack).to.include(
        "reverted with custom error 'ProbeValueTooHigh(2000, 1000)'\n    at ChainProbe.setValue",
      );
      expect(stack).to.match(/at ChainProbe\.setValue \(contracts\/mocks\/ChainProbe\.sol:27(:9)?\)\n {4}at /);
    });

    it("given a write with a gas limit that is mined and reverts, then it names the line, too", async () => {
      const { viem } = await network.create({ network: name });
      const probe = await viem.deployContract("ChainProbe", [1n]);
      const stack = await printedFailure(probe.write.setValue([3_000n], { gas: 100_000n }));
      expect(stack).to.match(/at ChainProbe\.setValue \(contracts\/mocks\/ChainProbe\.sol:27(:9)?\)/);
    });

    it("given a read that reverts, an estimate and a deployment, then each names its line", async () => {
      const { viem } = await network.create({ network: name });
      const probe = await viem.deployContract("ChainProbe", [1n]);
      const works = [
        probe.read.failWithPanic([0n]),
        probe.estimateGas.setValue([3_000n]),
        viem.deployContract("ChainProbe", [5_000n]),
      ];
      const stacks = await Promise.all(works.map(printedFailure));
      const places = stacks.map(
        (stack) => /at ChainProbe\.(\w+) \(contracts\/mocks\/ChainProbe\.sol:\d+/.exec(stack)?.[1],
      );
      expect(places).to.deep.equal(["failWithPanic", "setValue", "constructor"]);
    });
  });
}
