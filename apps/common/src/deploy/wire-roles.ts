import type { CallableContractFuture, ContractFuture, IgnitionModuleBuilder } from "@nomicfoundation/ignition-core";
import type { Abi } from "viem";
import { BanyanError } from "../errors.ts";
import { selectorsOf } from "./selectors.ts";

/** A contract of a module with the ABI that its selectors come from. */
export interface WiredFuture {
  readonly future: ContractFuture<string>;
  readonly abi: Abi;
}

/**
 * Gives each restricted function to its role, one call per contract and role.
 *
 * @param m - the module in the making
 * @param authority - the authority
 * @param wiring - functions by contract and role
 * @param roleIds - the number of each role
 * @param contracts - the contracts by name
 * @throws BanyanError `CONTRACT_NOT_DEPLOYED` when the wiring names a contract that is not among them
 */
export function wireRoles(
  m: IgnitionModuleBuilder,
  authority: CallableContractFuture<string>,
  wiring: Readonly<Record<string, Readonly<Partial<Record<string, readonly string[]>>>>>,
  roleIds: Readonly<Record<string, bigint>>,
  contracts: Readonly<Record<string, WiredFuture>>,
): void {
  for (const [name, roles] of Object.entries(wiring)) {
    const contract = contracts[name];
    if (contract === undefined) {
      throw new BanyanError("CONTRACT_NOT_DEPLOYED", `roles are listed for ${name}, which is not deployed`, {
        cure: "Deploy it in the module, or take it out of the list of roles.",
      });
    }
    for (const [role, functions = []] of Object.entries(roles)) {
      m.call(
        authority,
        "setTargetFunctionRole",
        [contract.future, selectorsOf(contract.abi, functions), roleIds[role] ?? missing(role)],
        { id: `${name}_${role}` },
      );
    }
  }
}

function missing(role: string): never {
  throw new BanyanError("ROLE_UNKNOWN", `there is no role ${role}`, {
    cure: "Give it a number in contracts/common/Roles.sol.",
  });
}
