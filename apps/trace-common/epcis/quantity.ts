import { BanyanError } from "@banyan/app-common";
import type { Hex } from "viem";
import { MILLION, PIECES } from "./captured-event.ts";

/**
 * A quantity in millionths.
 *
 * @param quantity - as the document says it
 * @throws BanyanError `QUANTITY_INVALID` for one that is below zero, finer than a millionth or too large to be exact
 */
export function toMillionths(quantity: number): bigint {
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d{1,6}))?$/.exec(plain(quantity)) ?? [];
  if (whole !== undefined && quantity <= Number.MAX_SAFE_INTEGER) {
    return BigInt(whole) * MILLION + BigInt(fraction.padEnd(6, "0"));
  }
  const [en, zh] =
    quantity < 0
      ? ["is below zero", "小于零"]
      : quantity > Number.MAX_SAFE_INTEGER
        ? ["is too large to be kept exactly", "过大，无法精确记录"]
        : ["has more than six decimals", "超过六位小数"];
  throw new BanyanError(
    "QUANTITY_INVALID",
    { en: `the quantity ${quantity} ${en}`, zh: `数量 ${quantity} ${zh}` },
    {
      cure: {
        en: "Give a number from 0 with at most six decimals; use a larger or smaller unit.",
        zh: "请给出不小于 0 且至多六位小数的数；可换用其他计量单位。",
      },
    },
  );
}

/** Millionths as a quantity. */
export function fromMillionths(amount: bigint): number {
  return Number(`${amount / MILLION}.${(amount % MILLION).toString().padStart(6, "0")}`);
}

/** A unit as the chain keeps it. */
export function toUnit(uom: string | undefined): Hex {
  return uom === undefined ? PIECES : `0x${Buffer.from(uom.padEnd(3, "\0"), "latin1").toString("hex")}`;
}

/** A unit as a document writes it; nothing for pieces. */
export function fromUnit(unit: Hex): string | undefined {
  const text = Buffer.from(unit.slice(2), "hex").toString("latin1").replace(/\0+$/, "");
  return text === "" ? undefined : text;
}

/** A small number without an exponent. */
function plain(quantity: number): string {
  const text = String(quantity);
  return text.includes("e-") ? quantity.toFixed(20).replace(/0+$/, "") : text;
}
