import type { Address } from "viem";

/** Which role may call a function. */
export interface FunctionRole {
  /** The contract's name. */
  readonly contract: string;
  readonly signature: string;
  readonly selector: string;
  readonly roleId: bigint;
  /** What the documentation says. */
  readonly documentedCaller: string | undefined;
  /** Whether the code carries the `restricted` modifier. */
  readonly restricted: boolean;
}

/** A role of a deployment. */
export interface Role {
  readonly id: bigint;
  readonly label: string;
  /** The label of the role that grants it. */
  readonly admin: string;
  /** The label of the role that can cancel its scheduled calls. */
  readonly guardian: string;
  /** Contract names, the deployment's names of accounts, or addresses. */
  readonly holders: readonly string[];
}

/** The roles of one deployed app. */
export interface RoleMatrix {
  /** The app's folder name. */
  readonly app: string;
  /** Sorted by id. */
  readonly roles: readonly Role[];
  /** Sorted by contract and signature. */
  readonly functions: readonly FunctionRole[];
}

/** The contracts of an app after its deployment. */
export interface DeployedApp {
  /** The AccessManager. */
  readonly authority: Address;
  /** Addresses by contract name. */
  readonly contracts: Readonly<Record<string, Address>>;
  /** What the deployment calls the accounts that it gave roles to. */
  readonly accounts: ReadonlyMap<Address, string>;
}

/** The administrator's and everybody's roles have ids that OpenZeppelin's AccessManager fixes. */
export const ADMIN_ROLE = 0n;
/** Everybody. */
export const PUBLIC_ROLE = 2n ** 64n - 1n;
