import type { Address, Hex, TypedDataDomain, TypedDataParameter } from "viem";

/** EIP-712 types of what devices sign, by the contract that checks it. Enumerations are `uint8`, ids of parties `uint256`, times in seconds. */
export const DEVICE_TYPES = {
  DeviceRegister: {
    Enrolment: [
      { name: "fingerprint", type: "bytes32" },
      { name: "algorithm", type: "uint8" },
      { name: "owner", type: "uint256" },
    ],
    Rotation: [
      { name: "device", type: "uint256" },
      { name: "from", type: "address" },
    ],
  },
  DeviceReadings: {
    ReadingBatch: [
      { name: "source", type: "uint32" },
      { name: "measure", type: "bytes16" },
      { name: "sequence", type: "uint64" },
      { name: "from", type: "uint64" },
      { name: "to", type: "uint64" },
      { name: "count", type: "uint32" },
      { name: "min", type: "int64" },
      { name: "max", type: "int64" },
      { name: "total", type: "int128" },
      { name: "root", type: "bytes32" },
    ],
  },
  LinkageDesk: {
    StepDone: [
      { name: "run", type: "uint256" },
      { name: "step", type: "uint32" },
      { name: "action", type: "bytes32" },
      { name: "at", type: "uint64" },
    ],
  },
  ColdLog: {
    SensorBatch: [
      { name: "leg", type: "uint48" },
      { name: "device", type: "uint32" },
      { name: "sequence", type: "uint64" },
      { name: "from", type: "uint64" },
      { name: "interval", type: "uint32" },
      { name: "min", type: "int16[]" },
      { name: "max", type: "int16[]" },
      { name: "mean", type: "int16[]" },
      { name: "root", type: "bytes32" },
    ],
  },
  BatteryRecords: {
    BatteryBatch: [
      { name: "battery", type: "bytes32" },
      { name: "device", type: "uint32" },
      { name: "sequence", type: "uint64" },
      { name: "from", type: "uint64" },
      { name: "to", type: "uint64" },
      { name: "chargedWh", type: "uint32" },
      { name: "dischargedWh", type: "uint32" },
      { name: "cycles", type: "uint32" },
      { name: "charge", type: "uint32" },
      { name: "minTemperature", type: "int16" },
      { name: "maxTemperature", type: "int16" },
      { name: "position", type: "bytes32" },
      { name: "warnings", type: "uint32" },
      { name: "root", type: "bytes32" },
    ],
  },
  BatterySwaps: {
    Swap: [
      { name: "cabinet", type: "uint32" },
      { name: "sequence", type: "uint64" },
      { name: "rider", type: "address" },
      { name: "returned", type: "bytes32" },
      { name: "issued", type: "bytes32" },
      { name: "returnedCharge", type: "uint32" },
      { name: "issuedCharge", type: "uint32" },
      { name: "at", type: "uint64" },
    ],
  },
} as const;

/** A contract that checks what devices sign. */
export type DeviceVerifier = keyof typeof DEVICE_TYPES;

/** Where a signature is to hold. */
export interface DeviceDomainOptions {
  /** The contract that checks it. */
  readonly contract: DeviceVerifier;
  /** Its address. */
  readonly address: Address;
  /** The chain's id as the EVM answers it; 0 on some consortium chains. */
  readonly chainId: number | bigint;
  /** The salt of the deployment, 32 bytes. */
  readonly salt: Hex;
}

/**
 * The EIP-712 domain of a contract that checks what devices sign; the same as its `eip712Domain()` answers.
 *
 * @param options - the contract, its address, the chain's id and the deployment's salt
 */
export function deviceDomain({ contract, address, chainId, salt }: DeviceDomainOptions) {
  return {
    name: `Banyan ${contract}`,
    version: "1",
    chainId,
    verifyingContract: address,
    salt,
  } satisfies TypedDataDomain;
}

/** What a device signs. */
export interface DeviceTypedData {
  readonly domain: TypedDataDomain;
  readonly types: Readonly<Record<string, readonly TypedDataParameter[]>>;
  readonly primaryType: string;
  readonly message: Record<string, unknown>;
}

/**
 * What a device signs, for `signTypedData` of viem.
 *
 * @param options - where it is to hold
 * @param primaryType - the struct
 * @param message - its fields
 */
export function deviceMessage(
  options: DeviceDomainOptions,
  primaryType: string,
  message: Readonly<Record<string, unknown>>,
): DeviceTypedData {
  return { domain: deviceDomain(options), types: DEVICE_TYPES[options.contract], primaryType, message: { ...message } };
}
