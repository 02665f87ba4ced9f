import type { Office } from "../play/wallet.ts";
import type { PrepaidRole } from "./roles.ts";

/** Which office of the wallet holds which role. */
export const OFFICE_HOLDERS: readonly { readonly role: PrepaidRole; readonly office: Office }[] = [
  { role: "REGULATOR", office: "regulator" },
  { role: "ARBITER", office: "arbiter" },
  { role: "CUSTODIAN", office: "bank" },
  { role: "INSURER", office: "insurer" },
  { role: "PLATFORM", office: "platform" },
  { role: "EMERGENCY", office: "emergency" },
  { role: "AUDITOR", office: "auditor" },
];
