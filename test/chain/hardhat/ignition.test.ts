import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { expect } from "chai";
import { network } from "hardhat";

const probes = buildModule("ChainProbes", (m) => {
  const first = m.contract("ChainProbe", [1n], { id: "First" });
  const second = m.contract("ChainProbe", [2n], { id: "Second" });
  const set = m.call(first, "setValue", [500n]);
  const tried = m.call(second, "tryOther", [first, 1_001n], { after: [set] });
  const accepted = m.readEventArgument(tried, "ProbeTried", "accepted", { emitter: second });
  m.call(second, "setValue", [7n], { after: [tried] });
  const sum = m.staticCall(first, "MAX_VALUE", []);
  m.call(first, "setValue", [sum], { id: "greatest", after: [tried, accepted] });
  return { first, second };
});

const failing = buildModule("FailingProbe", (m) => {
  const probe = m.contract("ChainProbe", [1n]);
  m.call(probe, "setValue", [1_001n]);
  return { probe };
});

for (const networkName of ["default", "edr"]) {
  describe(`Hardhat Ignition on the network ${networkName}`, function () {
    this.timeout(30_000);

    it("deploys a module with calls, static calls and event arguments", async () => {
      const { ignition } = await network.create(networkName);
      const { first, second } = await ignition.deploy(probes);
      expect(await first.read.value()).to.equal(1_000n);
      expect(await second.read.value()).to.equal(7n);
    });

    it("deploys a second module on top, and each connection anew", async () => {
      const connection = await network.create(networkName);
      const { first } = await connection.ignition.deploy(probes);
      const again = await connection.ignition.deploy(probes);
      expect(again.first.address).not.to.equal(first.address);
      const fresh = await (await network.create(networkName)).ignition.deploy(probes);
      expect(fresh.first.address).to.equal(first.address);
    });

    it("names the custom error that stops a deployment", async () => {
      const { ignition } = await network.create(networkName);
      const error: unknown = await ignition.deploy(failing).catch((failure: unknown) => failure);
      expect(String(Reflect.get(Object(error), "message"))).to.include("ProbeValueTooHigh(1001, 1000)");
    });
  });
}
