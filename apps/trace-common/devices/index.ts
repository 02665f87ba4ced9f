export { type DeviceContracts, type DeviceLocation, openDeviceContracts } from "./contracts.ts";
export { batteryModule, coldModule, deviceModule } from "./device-module.ts";
export { leafOf, type ReadingTree, readingTree, type SingleReading } from "./merkle-tree.ts";
export { COLD_PARAMETERS, DEVICE_PARAMETERS } from "./parameters.ts";
export {
  BATTERY_CONTRACT_ROLES,
  BATTERY_FUNCTION_ROLES,
  COLD_CONTRACT_ROLES,
  COLD_FUNCTION_ROLES,
  COLD_GUARD,
  DEVICE_CONTRACT_ROLES,
  DEVICE_FUNCTION_ROLES,
  DEVICE_ROLE_IDS,
  type DeviceRole,
} from "./roles.ts";
export {
  DEVICE_TYPES,
  type DeviceDomainOptions,
  type DeviceTypedData,
  type DeviceVerifier,
  deviceDomain,
  deviceMessage,
} from "./typed-data.ts";
