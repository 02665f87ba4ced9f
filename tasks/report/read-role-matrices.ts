import type { AppContext, AppDeployment } from "@banyan/app-common/app";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { BanyanError } from "../../apps/common/src/errors.ts";
import { findApp, listApps } from "../app/find-app.ts";
import type { ContractModel } from "../contract-model/types.ts";
import { readRoleMatrix } from "./read-role-matrix.ts";
import type { DeployedApp, RoleMatrix } from "./role-matrix.ts";

/** Deploys every app on a fresh chain in process, each through its own deployment, and reads its AccessManager. */
export async function readRoleMatrices(
  hre: HardhatRuntimeEnvironment,
  models: readonly ContractModel[],
): Promise<RoleMatrix[]> {
  const root = hre.config.paths.root;
  const matrices: RoleMatrix[] = [];
  for (const name of listApps(root)) {
    const app = await findApp(root, name);
    const connection = await hre.network.create();
    try {
      const context: AppContext = {
        connect: async () => connection,
        connectPrivately: async () => connection,
        network: connection.networkName,
        inProcess: true,
        language: "en",
        stderr: { write: () => true },
        now: () => performance.now(),
        root,
        ignition: hre.config.paths.ignition,
      };
      const deployed = toDeployedApp(await app.deploy(context), models);
      matrices.push(await readRoleMatrix(name, await connection.viem.getPublicClient(), deployed, models));
    } finally {
      await connection.close();
    }
  }
  return matrices;
}

/** Finds the AccessManager among the contracts of a deployment. */
function toDeployedApp({ app, addresses, grants }: AppDeployment, models: readonly ContractModel[]): DeployedApp {
  const isAccessManager = (contract: string): boolean =>
    models.some(
      ({ name, functions }) => name === contract && functions.some((item) => item.name === "getTargetFunctionRole"),
    );
  const [, authority] = Object.entries(addresses).find(([contract]) => isAccessManager(contract)) ?? [];
  if (authority === undefined) {
    throw new BanyanError("AUTHORITY_MISSING", `the deployment of ${app} names no AccessManager`, {
      cure: "Let the app's deploy return the address of its Authority under the contract's name.",
    });
  }
  return { authority, contracts: addresses, accounts: new Map(grants.map(({ account, holder }) => [account, holder])) };
}
