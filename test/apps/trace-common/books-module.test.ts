import { readFileSync } from "node:fs";
import { deployModule, selectorsOf } from "@banyan/app-common/deploy";
import { COLD_GUARD } from "@banyan/trace-common/devices";
import { expect } from "chai";
import { artifacts, network } from "hardhat";
import {
  booksModule,
  desksModule,
  GUARDS,
  RECORD_FUNCTION_ROLES,
  RECORD_GUARDS,
  RULE_GUARDS,
  TRACE_ROLE_IDS,
} from "../../../apps/trace-common/deploy/index.ts";
import { SALT } from "../../fixtures/trace-books.ts";

describe("The deployment of the books", () => {
  it("given the module, when it is deployed, then every function has its role and every rule watches", async () => {
    const connection = await network.create();
    const addresses = await deployModule({
      ...{ connection, module: booksModule, folder: undefined },
      parameters: { TraceBooks: { salt: SALT } },
    });
    const at = (name: string) => addresses[name] ?? "0x";
    const authority = await connection.viem.getContractAt("Authority", at("Authority"));
    for (const [name, roles] of Object.entries(RECORD_FUNCTION_ROLES)) {
      const { abi } = await artifacts.readArtifact(name);
      for (const [role, functions] of Object.entries(roles)) {
        for (const selector of selectorsOf(abi, functions)) {
          const wired = await authority.read.getTargetFunctionRole([at(name), selector]);
          expect(wired, `${name} ${selector}`).to.equal(TRACE_ROLE_IDS[role as keyof typeof TRACE_ROLE_IDS]);
        }
      }
    }
    const repository = await connection.viem.getContractAt("EpcisRepository", at("EpcisRepository"));
    const watching = await repository.read.guards();
    expect(watching.map(({ guard }) => guard.toLowerCase())).to.deep.equal(
      [...GUARDS, ...RULE_GUARDS, ...RECORD_GUARDS].map(({ name }) => at(name).toLowerCase()),
    );
    // In this order: what Ignition has ready first does not decide.
    const stages = await connection.viem.getContractAt("StageRecords", at("StageRecords"));
    const [, , , , , salt] = await stages.read.eip712Domain();
    expect(salt).to.equal(SALT);
  }).timeout(60_000);

  it("given the desks, when they are deployed, then their rules are asked in the order that is documented", async () => {
    const connection = await network.create();
    const addresses = await deployModule({
      ...{ connection, module: desksModule, folder: undefined },
      parameters: { TraceDesks: { salt: SALT } },
    });
    const repository = await connection.viem.getContractAt("EpcisRepository", addresses.EpcisRepository ?? "0x");
    const names = new Map(Object.entries(addresses).map(([name, address]) => [address.toLowerCase(), name]));
    const watching = (await repository.read.guards()).map(({ guard }) => names.get(guard.toLowerCase()));
    expect(watching).to.deep.equal([...GUARDS, COLD_GUARD, ...RULE_GUARDS].map(({ name }) => name));
    const page = readFileSync(new URL("../../../docs/domains/traceability.md", import.meta.url), "utf8");
    const [, told = ""] = /watch\.ts\)\): ([^.]*)\./.exec(page) ?? [];
    expect([...told.matchAll(/`(\w+)`/g)].map(([, name]) => name)).to.deep.equal([...watching, "KeyDataElements"]);
  }).timeout(60_000);
});
