import { fileURLToPath } from "node:url";
import { type ChainDeployment, deployApp } from "@banyan/app-common/deploy";
import { publishPolicies } from "@banyan/app-common/policy";
import type { StorySetting } from "@banyan/app-common/story";
import { batteryModule, DEVICE_PARAMETERS, DEVICE_ROLE_IDS, openDeviceContracts } from "@banyan/trace-common/devices";
import type { Office } from "../play/wallet.ts";

const POLICIES = fileURLToPath(new URL("../data/policies", import.meta.url));
const CALENDAR = fileURLToPath(new URL("../data/calendar.json", import.meta.url));

/** The app's folder. */
export const APP = "battery-passport";

/** Which office of the wallet holds which role. */
export const OFFICE_HOLDERS: readonly { readonly role: keyof typeof DEVICE_ROLE_IDS; readonly office: Office }[] = [
  { role: "REGULATOR", office: "regulator" },
  { role: "ARBITER", office: "arbiter" },
  { role: "CUSTODIAN", office: "bank" },
  { role: "PLATFORM", office: "platform" },
  { role: "AUDITOR", office: "auditor" },
  { role: "DEVICE_STRATEGIST", office: "bureau" },
];

/** Deploys devices and batteries, or what of them is missing. */
export async function deployBatteryPassport(setting: StorySetting): Promise<ChainDeployment> {
  return await deployApp({
    ...setting,
    app: APP,
    module: batteryModule,
    parameters: (salt) => ({ Devices: { salt }, Batteries: { salt } }),
    holders: OFFICE_HOLDERS.map(({ role, office }) => ({ role, roleId: DEVICE_ROLE_IDS[role], office })),
    publish: (deployment, clients) =>
      publishPolicies(openDeviceContracts(deployment, clients), {
        account: setting.wallet.account("regulator").address,
        folder: POLICIES,
        catalogue: DEVICE_PARAMETERS,
        calendar: CALENDAR,
      }),
  });
}
