import { expect } from "chai";
import hre from "hardhat";
import { type Address, toFunctionSelector } from "viem";
import { createCompilationLoader, readArtifactFile } from "../../tasks/contract-model/compilation.ts";
import { readContract } from "../../tasks/contract-model/read-contract.ts";
import type { ContractModel } from "../../tasks/contract-model/types.ts";
import { readRoleMatrix } from "../../tasks/report/read-role-matrix.ts";
import type { RoleMatrix } from "../../tasks/report/role-matrix.ts";
import { writeReference } from "../../tasks/report/write-reference.ts";
import { defineFixture } from "../helpers/fixture.ts";

const CLERK = 900n;
const SET_FEE = toFunctionSelector("setFee(uint256)");

const fixture = defineFixture(async ({ viem }) => {
  const [admin, clerk, former] = await viem.getWalletClients();
  if (admin === undefined || clerk === undefined || former === undefined) throw new Error("three accounts are needed");
  const authority = await viem.deployContract("Authority", [admin.account.address]);
  const probe = await viem.deployContract("BindingProbe", [authority.address, 1n]);
  const desk = await viem.deployContract("BindingProbeDesk");
  await authority.write.labelRole([CLERK, "CLERK"]);
  const matrix = async (): Promise<RoleMatrix> => {
    const contracts = { BindingProbe: probe.address, BindingProbeDesk: desk.address };
    const accounts = new Map<Address, string>([[clerk.account.address, "Clerk Zhou"]]);
    const deployed = { authority: authority.address, contracts, accounts };
    return await readRoleMatrix("probes", await viem.getPublicClient(), deployed, await probes());
  };
  return { authority, probe, desk, admin, clerk, former, matrix };
});

describe("the reference", () => {
  describe("given incomplete contracts", () => {
    it("names every error without meaning or cure, and where it is declared", async () => {
      const contracts = (await probes()).map((contract) => ({
        ...contract,
        errors: contract.errors.map((error) =>
          error.name === "BindingProbeBadSize"
            ? { ...error, doc: { ...error.doc, notice: undefined, cure: undefined } }
            : error,
        ),
      }));
      const signature = "BindingProbeBadSize((uint32,uint32)) in contracts/mocks/interfaces/IBindingProbe.sol";
      expect(writeReference({ contracts, matrices: [] }).problems).to.deep.equal([
        `${signature} has no cure (@custom:cure)`,
        `${signature} has no meaning (@notice)`,
      ]);
    });

    it("names every transaction that does not say who may call it", async () => {
      const contracts = (await probes()).map((contract) => ({
        ...contract,
        functions: contract.functions.map((item) =>
          item.name === "release" ? { ...item, doc: { ...item.doc, caller: undefined } } : item,
        ),
      }));
      expect(writeReference({ contracts, matrices: [] }).problems).to.deep.equal([
        "BindingProbe.release(uint256) in contracts/mocks/BindingProbe.sol does not say who may call it (@custom:caller)",
      ]);
    });

    it("names a restricted function that is wired to no role", async () => {
      const { matrix } = await fixture();
      expect(writeReference({ contracts: [], matrices: [await matrix()] }).problems).to.deep.equal([
        "probes: BindingProbe.setFee(uint256) is restricted, but wired to no role",
      ]);
    });

    it("names a function that is wired to another role than documented", async () => {
      const { matrix, authority, probe } = await fixture();
      await authority.write.setTargetFunctionRole([probe.address, [SET_FEE], CLERK]);
      const wired = await matrix();
      const problemsOf = (documentedCaller: string): readonly string[] => {
        const functions = wired.functions.map((item) => ({ ...item, documentedCaller }));
        return writeReference({ contracts: [], matrices: [{ ...wired, functions }] }).problems;
      };
      for (const caller of ["REGULATOR", "REGULATOR (the office)", "Office (Roles.REGULATOR)"]) {
        expect(problemsOf(caller), caller).to.deep.equal([
          "probes: BindingProbe.setFee(uint256) is documented for REGULATOR, but deployed for CLERK",
        ]);
      }
      for (const caller of ["CLERK", "CLERK (the counter)", "Counter (Roles.CLERK)", "a tariff clerk"]) {
        expect(problemsOf(caller), caller).to.deep.equal([]);
      }
    });
  });

  describe("given complete contracts", () => {
    it("has a page per deployable contract, and the same bytes each time", async () => {
      const contracts = await probes();
      const { files, problems } = writeReference({ contracts, matrices: [] });
      expect(problems).to.deep.equal([]);
      expect([...files.keys()]).to.deep.equal([
        "README.md",
        "errors.md",
        "roles.md",
        "mocks/BindingProbe.md",
        "mocks/BindingProbeDesk.md",
      ]);
      expect(writeReference({ contracts: await probes(), matrices: [] }).files).to.deep.equal(files);
    });

    it("says of each function who may call it, its units and its refusals", async () => {
      const text = await pageOf("mocks/BindingProbe.md");
      expect(text).to.include("| `setFee(uint256)` | a tariff clerk | `AccessManagedUnauthorized` |");
      expect(text).to.include("| `fee` | `uint256` | fen | the new fee |");
      expect(text).to.include(
        "| [`BindingProbeNotOwner`](../errors.md#bindingprobenotowner) | when the caller is someone else |",
      );
      expect(text).to.include("- Source / 依据: House rules of the store, article 3");
      expect(text).to.include("| `setAuthority(address)` | the present authority |");
      expect(text).to.include("| `id` | `ParcelId` | ✓ |  | the new id |");
      expect(text).to.include("| 1 | `Stored` | In the store. |");
    });

    it("catalogues every error once, with selector, meaning and cure, the library's and the language's too", async () => {
      const text = await pageOf("errors.md");
      const names = [...text.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
      expect(names).to.deep.equal([
        "AccessManagedInvalidAuthority",
        "AccessManagedRequiredDelay",
        "AccessManagedUnauthorized",
        "BindingProbeBadSize",
        "BindingProbeDeskClosed",
        "BindingProbeNotOwner",
        "BindingProbeUnknownParcel",
        "Error",
        "Panic",
      ]);
      expect(text).to.include("| `0x63783711` | `BindingProbeBadSize((uint32,uint32))` | `IBindingProbe` |");
      expect(text).to.include("- Cure / 处理: Give a width and a height above zero.");
      expect(text.match(/^- Cure \/ 处理: \S/gm)).to.have.length(names.length);
    });
  });

  describe("of the roles", () => {
    it("is read from the chain: the role of each restricted function, and who holds it now", async () => {
      const { matrix, authority, probe, desk, clerk, former } = await fixture();
      await authority.write.setTargetFunctionRole([probe.address, [SET_FEE], CLERK]);
      await authority.write.grantRole([CLERK, clerk.account.address, 0]);
      await authority.write.grantRole([CLERK, desk.address, 0]);
      await authority.write.grantRole([CLERK, former.account.address, 0]);
      await authority.write.revokeRole([CLERK, former.account.address]);
      const { roles, functions } = await matrix();
      expect(functions).to.deep.equal([
        {
          contract: "BindingProbe",
          signature: "setFee(uint256)",
          selector: SET_FEE,
          roleId: CLERK,
          documentedCaller: "a tariff clerk",
          restricted: true,
        },
      ]);
      expect(roles.find(({ id }) => id === CLERK)).to.deep.equal({
        id: CLERK,
        label: "CLERK",
        admin: "ADMIN",
        guardian: "ADMIN",
        holders: ["BindingProbeDesk", "Clerk Zhou"],
      });
    });

    it("is printed as a table per app", async () => {
      const { matrix, authority, probe, clerk } = await fixture();
      await authority.write.setTargetFunctionRole([probe.address, [SET_FEE], CLERK]);
      await authority.write.grantRole([CLERK, clerk.account.address, 0]);
      const { files, problems } = writeReference({ contracts: [], matrices: [await matrix()] });
      expect(problems).to.deep.equal([]);
      expect(files.get("roles.md"))
        .to.include("## probes")
        .and.include("| 900 | CLERK | ADMIN | ADMIN | `Clerk Zhou` |")
        .and.include(`| BindingProbe | \`setFee(uint256)\` | \`${SET_FEE}\` | CLERK | a tariff clerk |`);
    });
  });
});

async function probes(): Promise<ContractModel[]> {
  const load = createCompilationLoader(hre.config.paths.artifacts);
  return await Promise.all(
    ["BindingProbe", "BindingProbeDesk", "IBindingProbe"].map(async (name) => {
      const artifact = readArtifactFile(await hre.artifacts.getArtifactPath(name));
      return readContract(artifact, load(artifact));
    }),
  );
}

async function pageOf(name: string): Promise<string> {
  return writeReference({ contracts: await probes(), matrices: [] }).files.get(name) ?? "";
}
