import { fileURLToPath } from "node:url";
import { type ChainDeployment, deployApp } from "@banyan/app-common/deploy";
import { publishPolicies, SAMPLE_CALENDAR } from "@banyan/app-common/policy";
import type { StorySetting } from "@banyan/app-common/story";
import { openContracts } from "./contracts.ts";
import { OFFICE_HOLDERS } from "./offices.ts";
import { PREPAID_PARAMETERS } from "./parameters.ts";
import { prepaidModule } from "./prepaid-module.ts";
import { PREPAID_ROLE_IDS } from "./roles.ts";

const POLICIES = fileURLToPath(new URL("../data/policies", import.meta.url));

/** A deployment of the prepaid code. */
export type PrepaidDeployment = ChainDeployment;

/** Deploys the prepaid code, or what of it is missing. */
export async function deployPrepaid(setting: StorySetting): Promise<PrepaidDeployment> {
  return await deployApp({
    ...setting,
    app: "prepaid-code",
    module: prepaidModule,
    parameters: (salt) => ({ Prepaid: { salt } }),
    holders: OFFICE_HOLDERS.map(({ role, office }) => ({ role, roleId: PREPAID_ROLE_IDS[role], office })),
    publish: (deployment, clients) =>
      publishPolicies(openContracts(deployment, clients), {
        account: setting.wallet.account("regulator").address,
        folder: POLICIES,
        catalogue: PREPAID_PARAMETERS,
        calendar: SAMPLE_CALENDAR,
      }),
  });
}
