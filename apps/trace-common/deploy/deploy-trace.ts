import { fileURLToPath } from "node:url";
import { type ChainDeployment, deployApp, OFFICE_ROLE_IDS, type OfficeHolder } from "@banyan/app-common/deploy";
import { publishPolicies, SAMPLE_CALENDAR } from "@banyan/app-common/policy";
import type { StorySetting } from "@banyan/app-common/story";
import { DEVICE_ROLE_IDS } from "../devices/roles.ts";
import { openContracts } from "./contracts.ts";
import { desksModule } from "./desks-module.ts";
import { TRACE_PARAMETERS } from "./parameters.ts";

const POLICIES = fileURLToPath(new URL("../policies", import.meta.url));

/** Which office of the wallet holds which role. */
export const OFFICE_HOLDERS: readonly OfficeHolder[] = [
  { role: "REGULATOR", roleId: OFFICE_ROLE_IDS.REGULATOR, office: "regulator" },
  { role: "PLATFORM", roleId: OFFICE_ROLE_IDS.PLATFORM, office: "platform" },
  { role: "EMERGENCY", roleId: OFFICE_ROLE_IDS.EMERGENCY, office: "emergency" },
  { role: "AUDITOR", roleId: OFFICE_ROLE_IDS.AUDITOR, office: "auditor" },
  { role: "COLD_QUALITY", roleId: DEVICE_ROLE_IDS.COLD_QUALITY, office: "quality" },
];

/** What an app of traceability is deployed with. */
export interface TraceSetting extends StorySetting {
  /** The app's folder. */
  readonly app: string;
}

/** Deploys traceability for an app, or what of it is missing; publishes the calendar and the policies. */
export async function deployTrace({ app, ...setting }: TraceSetting): Promise<ChainDeployment> {
  return await deployApp({
    ...setting,
    app,
    module: desksModule,
    parameters: (salt) => ({ TraceDesks: { salt } }),
    holders: OFFICE_HOLDERS,
    publish: (deployment, clients) =>
      publishPolicies(openContracts(deployment, clients), {
        account: setting.wallet.account("regulator").address,
        folder: POLICIES,
        catalogue: TRACE_PARAMETERS,
        calendar: SAMPLE_CALENDAR,
      }),
  });
}
