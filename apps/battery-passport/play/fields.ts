import { refuseField } from "@banyan/app-common/story";
import { concat, type Hex, pad, stringToHex } from "viem";
import { z } from "zod";

/** A battery: its 24 characters and its packed code. */
export interface Battery {
  readonly code: string;
  readonly id: Hex;
}

/** A battery's code of 24 characters. */
export const batteryId = z.string().transform((code, context): Battery => {
  if (!/^[0-9A-Z]{24}$/.test(code)) {
    return refuseField(context, { en: "must be 24 digits and capitals", zh: "应为 24 位数字或大写字母" });
  }
  return { code, id: packBattery(code) };
});

/** A share in per cent with up to two decimals; read as parts per million. */
export const percent = z
  .number()
  .min(0)
  .max(110)
  .transform((value) => Math.round(value * 10_000));

/** A temperature in degrees Celsius with up to two decimals; read in hundredths. */
export const celsius = z
  .number()
  .min(-100)
  .max(300)
  .transform((value) => Math.round(value * 100));

/** Full cycles with up to two decimals; read in hundredths. */
export const cycles = z
  .number()
  .nonnegative()
  .max(100_000)
  .transform((value) => Math.round(value * 100));

/** A battery's code as the contracts take it. */
export function packBattery(code: string): Hex {
  return pad(concat(["0x09", stringToHex(code)]), { dir: "right", size: 32 });
}

/** The 24 characters of a packed code. */
export function unpackBattery(id: Hex): string {
  return Buffer.from(id.slice(4, 52), "hex").toString("ascii");
}
