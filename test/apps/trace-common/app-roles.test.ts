import type { App } from "@banyan/app-common/app";
import { COMMON_FUNCTION_ROLES } from "@banyan/app-common/deploy";
import {
  OFFICE_HOLDERS,
  RULE_FUNCTION_ROLES,
  TRACE_CONTRACT_ROLES,
  TRACE_FUNCTION_ROLES,
  TRACE_ROLE_IDS,
} from "@banyan/trace-common/deploy";
import {
  BATTERY_CONTRACT_ROLES,
  BATTERY_FUNCTION_ROLES,
  COLD_CONTRACT_ROLES,
  COLD_FUNCTION_ROLES,
  DEVICE_CONTRACT_ROLES,
  DEVICE_FUNCTION_ROLES,
  DEVICE_ROLE_IDS,
} from "@banyan/trace-common/devices";
import { expect } from "chai";
import { artifacts } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import {
  type Abi,
  type Address,
  decodeErrorResult,
  encodeFunctionData,
  getAddress,
  parseAbi,
  toFunctionSelector,
} from "viem";
import { app as batteryPassport } from "../../../apps/battery-passport/app.ts";
import { OFFICE_HOLDERS as BATTERY_HOLDERS } from "../../../apps/battery-passport/deploy/deploy-battery-passport.ts";
import { app as coldChain } from "../../../apps/cold-chain/app.ts";
import { app as teaTrace } from "../../../apps/tea-trace/app.ts";
import {
  artifactsDirOf,
  createCompilationLoader,
  readArtifactFile,
} from "../../../tasks/contract-model/compilation.ts";
import { readContract } from "../../../tasks/contract-model/read-contract.ts";
import type { ContractModel } from "../../../tasks/contract-model/types.ts";
import { readRoleMatrix } from "../../../tasks/report/read-role-matrix.ts";
import { PUBLIC_ROLE, type RoleMatrix } from "../../../tasks/report/role-matrix.ts";
import { closeContexts, createTestContext, scratchFolder } from "../../helpers/app-context.ts";
import { revertDataOf } from "../../helpers/expect-revert.ts";
import { sampleArguments } from "../../helpers/sample-arguments.ts";

type Wiring = Readonly<Record<string, Readonly<Partial<Record<string, readonly string[]>>>>>;
type Holders = Readonly<Record<string, readonly string[]>>;

/** An app with the roles that its deployment is to give: functions by contract and role, and who holds each role. */
interface Expected {
  readonly app: App;
  readonly functions: Wiring;
  readonly contracts: Holders;
  readonly offices: readonly { readonly role: string; readonly office: string }[];
}

const { DeviceRegister } = DEVICE_FUNCTION_ROLES;
/** What both apps over the desks have. */
const DESKS = {
  functions: {
    ...COMMON_FUNCTION_ROLES,
    ...TRACE_FUNCTION_ROLES,
    ...RULE_FUNCTION_ROLES,
    ...COLD_FUNCTION_ROLES,
    DeviceRegister,
  },
  contracts: { ...TRACE_CONTRACT_ROLES, ...COLD_CONTRACT_ROLES },
  offices: OFFICE_HOLDERS,
};
const APPS: readonly Expected[] = [
  { app: teaTrace, ...DESKS },
  { app: coldChain, ...DESKS },
  {
    app: batteryPassport,
    functions: {
      ...COMMON_FUNCTION_ROLES,
      ...TRACE_FUNCTION_ROLES,
      ...DEVICE_FUNCTION_ROLES,
      ...BATTERY_FUNCTION_ROLES,
    },
    contracts: { ...TRACE_CONTRACT_ROLES, ...DEVICE_CONTRACT_ROLES, ...BATTERY_CONTRACT_ROLES },
    offices: BATTERY_HOLDERS,
  },
];

const STRANGER = getAddress(`0x${"57".repeat(20)}`);
const ROLE_IDS: Readonly<Record<string, bigint>> = { ...TRACE_ROLE_IDS, ...DEVICE_ROLE_IDS };
const accessManagerAbi = parseAbi([
  "function canCall(address caller, address target, bytes4 selector) view returns (bool immediate, uint32 delay)",
]);

describe("the roles of the apps of traceability", function () {
  this.timeout(300_000);
  after(closeContexts);

  for (const { app, functions, contracts, offices } of APPS) {
    describe(`after the deployment of ${app.name}`, () => {
      let connection: NetworkConnection;
      let addresses: Readonly<Record<string, Address>>;
      let treasury: string;
      let matrix: RoleMatrix;
      const abis = new Map<string, Abi>();
      const authority = (): Address => addresses.Authority ?? "0x";

      before(async () => {
        const context = createTestContext({ root: scratchFolder() });
        connection = await context.connect();
        const deployed = await app.deploy({ ...context, connect: async () => connection });
        addresses = deployed.addresses;
        const models = await readModels(Object.keys(addresses), abis);
        const accounts = new Map(deployed.grants.map(({ account, holder }) => [account, holder]));
        const client = await connection.viem.getPublicClient();
        matrix = await readRoleMatrix(
          app.name,
          client,
          { authority: authority(), contracts: addresses, accounts },
          models,
        );
        [treasury = ""] = (await connection.provider.request({ method: "eth_accounts" })) as string[];
      });

      it("given every restricted function, when its role is read, then it is the one that is listed, and none is open to everybody", () => {
        const found: Record<string, string> = {};
        for (const { contract, signature, roleId, restricted } of matrix.functions) {
          expect(restricted, `${contract}.${signature} has a role that its code does not ask for`).to.equal(true);
          expect(roleId, `${contract}.${signature}`).to.not.equal(PUBLIC_ROLE);
          found[`${contract}.${signature.split("(")[0]}`] = labelOf(roleId);
        }
        expect(found).to.deep.equal(listed(functions));
      });

      it("given every restricted function, when its documentation is read, then it names the same caller", () => {
        const different = matrix.functions.filter(
          ({ roleId, documentedCaller = "" }) => !new RegExp(`^\\W*${labelOf(roleId)}\\b`).test(documentedCaller),
        );
        expect(
          different.map(({ contract, signature, documentedCaller }) => [contract, signature, documentedCaller]),
        ).to.deep.equal([]);
      });

      it("given every role, when its holders are read, then they are the offices and contracts that are listed, and the deployer alone administers", () => {
        const expected: Record<string, string[]> = { ADMIN: [treasury.toLowerCase()] };
        for (const { role, office } of offices) expected[role] = [...(expected[role] ?? []), office];
        for (const [role, names] of Object.entries(contracts)) expected[role] = [...names].sort();
        const found = matrix.roles
          .filter(({ holders }) => holders.length > 0)
          .map(({ label, holders }) => [
            label,
            holders.map((holder) => (holder.startsWith("0x") ? holder.toLowerCase() : holder)),
          ]);
        expect(Object.fromEntries(found)).to.deep.equal(expected);
        for (const { admin, label } of matrix.roles) expect(admin, label).to.equal("ADMIN");
      });

      it("given a stranger, when it calls any restricted function, then it is refused as a stranger", async () => {
        const client = await connection.viem.getPublicClient();
        const values = { account: STRANGER, later: 4_000_000_000n, named: {} };
        let tried = 0;
        for (const { contract, signature } of matrix.functions) {
          const abi = abis.get(contract) ?? [];
          const fn = abi.find((item) => item.type === "function" && item.name === signature.split("(")[0]);
          const to = addresses[contract];
          if (fn?.type !== "function" || to === undefined) throw new Error(`no ${contract}.${signature}`);
          const can = { abi: accessManagerAbi, functionName: "canCall", address: authority() } as const;
          expect(await client.readContract({ ...can, args: [STRANGER, to, toFunctionSelector(fn)] })).to.deep.equal([
            false,
            0,
          ]);
          const call = client.call({
            account: STRANGER,
            to,
            data: encodeFunctionData({ abi: [fn], args: sampleArguments(fn.inputs, values) }),
          });
          const data = await revertDataOf(call);
          if (data === undefined) throw new Error(`a stranger called ${contract}.${signature}`);
          const { errorName, args } = decodeErrorResult({ abi, data });
          expect([errorName, args], `${contract}.${signature}`).to.deep.equal([
            "AccessManagedUnauthorized",
            [STRANGER],
          ]);
          tried += 1;
        }
        expect(tried).to.be.at.least(30);
      });
    });
  }
});

const labelOf = (roleId: bigint): string =>
  Object.entries(ROLE_IDS).find(([, id]) => id === roleId)?.[0] ?? `role ${roleId}`;

/** The listed roles by contract and function. */
function listed(wiring: Wiring): Record<string, string> {
  const rows = Object.entries(wiring).flatMap(([contract, roles]) =>
    Object.entries(roles).flatMap(([role, names = []]) => names.map((name) => [`${contract}.${name}`, role] as const)),
  );
  return Object.fromEntries(rows);
}

async function readModels(names: readonly string[], abis: Map<string, Abi>): Promise<ContractModel[]> {
  const models: ContractModel[] = [];
  let load: ReturnType<typeof createCompilationLoader> | undefined;
  for (const name of names) {
    const file = await artifacts.getArtifactPath(name);
    const artifact = readArtifactFile(file);
    load ??= createCompilationLoader(artifactsDirOf(file));
    abis.set(name, artifact.abi);
    models.push(readContract(artifact, load(artifact)));
  }
  return models;
}
