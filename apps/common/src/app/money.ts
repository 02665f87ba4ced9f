import { BanyanError } from "../errors.ts";

const YUAN = /^(-?)(0|[1-9]\d*)(?:\.(\d{1,2}))?$/;

/**
 * Reads an amount in yuan, exactly.
 *
 * @param text - digits with at most two decimals and no separators, such as `"304.50"`
 * @returns the amount in fen
 * @throws BanyanError `MONEY_INVALID` for anything else, a third decimal included
 */
export function parseYuan(text: string): bigint {
  const match = YUAN.exec(text);
  if (match === null) {
    throw new BanyanError(
      "MONEY_INVALID",
      { en: `"${text}" is not an amount in yuan`, zh: `"${text}" 不是以元为单位的金额` },
      {
        cure: {
          en: 'Write digits with at most two decimals and no separators, such as "304.50".',
          zh: '请只写数字，最多两位小数，不加千位分隔符，例如 "304.50"。',
        },
      },
    );
  }
  const [, sign = "", whole = "", cents = ""] = match;
  const fen = BigInt(whole) * 100n + BigInt(cents.padEnd(2, "0"));
  return sign === "-" ? -fen : fen;
}

/**
 * Writes an amount for people.
 *
 * @param fen - the amount in fen
 * @returns yuan with thousands separators and two decimals, such as `"12,304.50"`
 */
export function formatYuan(fen: bigint): string {
  const [whole = "", cents = ""] = plainYuan(fen).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}

/**
 * Writes an amount for programs: what {@link parseYuan} reads.
 *
 * @param fen - the amount in fen
 * @returns yuan with two decimals and no separators, such as `"12304.50"`
 */
export function plainYuan(fen: bigint): string {
  const positive = fen < 0n ? -fen : fen;
  return `${fen < 0n ? "-" : ""}${positive / 100n}.${(positive % 100n).toString().padStart(2, "0")}`;
}
