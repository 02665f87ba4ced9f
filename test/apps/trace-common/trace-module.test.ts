import { deployModule } from "@banyan/app-common/deploy";
import { expect } from "chai";
import { network } from "hardhat";
import { GUARDS, TRACE_CONTRACT_ROLES, TRACE_ROLE_IDS, traceModule } from "../../../apps/trace-common/deploy/index.ts";

describe("The deployment of traceability", () => {
  it("given the module, when it is deployed, then every contract has its role and every rule watches", async () => {
    const connection = await network.create();
    const addresses = await deployModule({ connection, module: traceModule, parameters: {}, folder: undefined });
    const at = (name: string) => addresses[name] ?? "0x";
    const authority = await connection.viem.getContractAt("Authority", at("Authority"));
    for (const [role, names] of Object.entries(TRACE_CONTRACT_ROLES)) {
      const roleId = TRACE_ROLE_IDS[role as keyof typeof TRACE_ROLE_IDS];
      for (const name of names) {
        const [isMember] = await authority.read.hasRole([roleId, at(name)]);
        expect(isMember, `${name} is ${role}`).to.equal(true);
      }
    }
    const repository = await connection.viem.getContractAt("EpcisRepository", at("EpcisRepository"));
    const watching = await repository.read.guards();
    expect(watching.map(({ guard, steps, kinds }) => [guard.toLowerCase(), steps, kinds])).to.deep.equal(
      GUARDS.map(({ name, steps, kinds }) => [at(name).toLowerCase(), steps, kinds]),
    );
  }).timeout(60_000);
});
