import { type Abi, type Address, isAddressEqual, type PublicClient, parseAbi } from "viem";
import type { ContractModel } from "../contract-model/types.ts";
import {
  ADMIN_ROLE,
  type DeployedApp,
  type FunctionRole,
  PUBLIC_ROLE,
  type Role,
  type RoleMatrix,
} from "./role-matrix.ts";

/** What is read of OpenZeppelin's AccessManager. */
const accessManagerAbi = parseAbi([
  "function getTargetFunctionRole(address target, bytes4 selector) view returns (uint64)",
  "function getRoleAdmin(uint64 roleId) view returns (uint64)",
  "function getRoleGuardian(uint64 roleId) view returns (uint64)",
  "function hasRole(uint64 roleId, address account) view returns (bool isMember, uint32 executionDelay)",
  "event RoleLabel(uint64 indexed roleId, string label)",
  "event RoleGranted(uint64 indexed roleId, address indexed account, uint32 delay, uint48 since, bool newMember)",
]) satisfies Abi;

/**
 * Reads a deployed AccessManager: the role of every restricted function, and who holds each role now.
 *
 * @param app - the app's folder name
 * @param client - reads the chain
 * @param deployed - where the app's contracts are
 * @param models - the contracts' documentation, by which functions are found
 */
export async function readRoleMatrix(
  app: string,
  client: PublicClient,
  deployed: DeployedApp,
  models: readonly ContractModel[],
): Promise<RoleMatrix> {
  const manager = { abi: accessManagerAbi, address: deployed.authority } as const;
  const labels = await readLabels(client, deployed.authority);
  const labelOf = (id: bigint): string => labels.get(id) ?? `${id}`;

  const functions: FunctionRole[] = [];
  for (const [contract, address] of Object.entries(deployed.contracts).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const model = models.find(({ name }) => name === contract);
    for (const { selector, signature, restricted, doc } of model?.functions ?? []) {
      const roleId = await client.readContract({
        ...manager,
        functionName: "getTargetFunctionRole",
        args: [address, selector],
      });
      if (!restricted && roleId === ADMIN_ROLE) continue;
      functions.push({ contract, signature, selector, roleId, documentedCaller: doc.caller, restricted });
    }
  }

  const members = await readMembers(client, deployed.authority);
  const known: readonly (readonly [string, Address])[] = [
    ...Object.entries(deployed.contracts),
    ...[...deployed.accounts].map(([account, name]) => [name, account] as const),
  ];
  const nameOf = (account: Address): string =>
    known.find(([, address]) => isAddressEqual(address, account))?.[0] ?? account;
  const ids = [...new Set([ADMIN_ROLE, ...labels.keys(), ...members.keys(), ...functions.map(({ roleId }) => roleId)])];
  const roles: Role[] = [];
  for (const id of ids.sort((a, b) => (a < b ? -1 : 1))) {
    const [admin, guardian] = await Promise.all([
      client.readContract({ ...manager, functionName: "getRoleAdmin", args: [id] }),
      client.readContract({ ...manager, functionName: "getRoleGuardian", args: [id] }),
    ]);
    const holders = (members.get(id) ?? []).map(nameOf).sort();
    roles.push({ id, label: labelOf(id), admin: labelOf(admin), guardian: labelOf(guardian), holders });
  }
  return { app, roles, functions };
}

async function readLabels(client: PublicClient, address: Address): Promise<Map<bigint, string>> {
  const logs = await client.getContractEvents({
    abi: accessManagerAbi,
    address,
    eventName: "RoleLabel",
    fromBlock: 0n,
    strict: true,
  });
  return new Map([
    [ADMIN_ROLE, "ADMIN"],
    [PUBLIC_ROLE, "PUBLIC"],
    ...logs.map(({ args }): [bigint, string] => [args.roleId, args.label]),
  ]);
}

/** Those who were granted a role and still hold it. */
async function readMembers(client: PublicClient, address: Address): Promise<Map<bigint, Address[]>> {
  const logs = await client.getContractEvents({
    abi: accessManagerAbi,
    address,
    eventName: "RoleGranted",
    fromBlock: 0n,
    strict: true,
  });
  const members = new Map<bigint, Address[]>();
  for (const { roleId, account } of logs.map(({ args }) => args)) {
    const known = members.get(roleId) ?? [];
    if (known.includes(account)) continue;
    const [isMember] = await client.readContract({
      abi: accessManagerAbi,
      address,
      functionName: "hasRole",
      args: [roleId, account],
    });
    if (isMember) members.set(roleId, [...known, account]);
  }
  return members;
}
