export type { App, AppContext, AppDeployment, ConnectOptions, DeployOptions, PlayOptions, PlayReport } from "./app.ts";
export { formatInstant, parseDay, parseInstant } from "./dates.ts";
export { createGasStation, type GasStation, type GasStationOptions } from "./gas-station.ts";
export { GAS_TERMS } from "./gas-terms.ts";
export { type JsonLine, readJsonLines } from "./json-lines.ts";
export { isLanguage, LANGUAGES, type Language, type Text } from "./language.ts";
export { formatYuan, parseYuan, plainYuan } from "./money.ts";
export { createNativeAccount } from "./native-account.ts";
export { openClients } from "./open-clients.ts";
export { createProgress, type Progress, type ProgressOptions, type ProgressStream } from "./progress.ts";
export { drawShares, type Share } from "./shares.ts";
export {
  createSigningProvider,
  type RequestProvider,
  type SignedTransaction,
  type SigningProviderOptions,
} from "./signing-provider.ts";
export { type Column, displayWidth, renderTable } from "./table.ts";
