import { BanyanError } from "@banyan/app-common";
import type { Hex } from "viem";
import type { CapturedIlmd } from "./captured-event.ts";
import { NO_DIGEST } from "./captured-event.ts";
import type { Prefixes } from "./context.ts";
import { digestJson, digestUri } from "./digest-json.ts";
import { parseTime } from "./formats.ts";
import { CHARACTERS } from "./identifier.ts";
import { classId } from "./identify.ts";
import { KeyKind } from "./key-kind.ts";
import { NO_OBJECT, packObjectId, unpackObjectId } from "./object-id.ts";
import type { Fields } from "./schema.ts";

const MDA = "urn:epcglobal:cbv:mda:";
const VOC = "https://gs1.org/voc/";
/** Where a lot number may stand, in the order in which it is looked for. */
const LOT = [`${MDA}lotNumber`, `${VOC}hasBatchLotNumber`];
const PRODUCED = [
  `${MDA}productionDate`,
  `${VOC}productionDate`,
  `${MDA}harvestEndDate`,
  `${MDA}harvestStartDate`,
  `${MDA}firstFreezeDate`,
];
const EXPIRES = [
  `${MDA}itemExpirationDate`,
  `${VOC}expirationDate`,
  `${MDA}sellByDate`,
  `${VOC}sellByDate`,
  `${MDA}bestBeforeDate`,
  `${VOC}bestBeforeDate`,
];
const DAY = 86_400;

/** Nothing stated. */
export const NO_ILMD: CapturedIlmd = {
  lot: NO_OBJECT,
  producedAt: 0n,
  expiresAt: 0n,
  certificate: NO_DIGEST,
  digest: NO_DIGEST,
};

/**
 * What the chain keeps of an event's instance and lot master data.
 *
 * @param json - the event
 * @param prefixes - what its compact URIs mean
 * @param objects - what it commissions, for the lot that they belong to
 * @param zoneOffset - the event's offset in minutes, for dates without a time
 */
export function toIlmd(json: Fields, prefixes: Prefixes, objects: readonly Hex[], zoneOffset: number): CapturedIlmd {
  const ilmd = (json.ilmd ?? {}) as Fields;
  const stated = new Map(Object.entries(ilmd).map(([name, value]) => [prefixes.expand(name), value]));
  const find = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      const value = stated.get(name) ?? stated.get(name.replace("mda:", "mda#"));
      if (typeof value === "string" || typeof value === "number") return String(value);
    }
    return undefined;
  };
  const certificates = Array.isArray(json.certificationInfo) ? json.certificationInfo : [json.certificationInfo];
  const [certificate] = certificates;
  return {
    lot: lotOf(find(LOT), objects),
    producedAt: secondsOf(find(PRODUCED), zoneOffset, 0),
    // A day counts to its end.
    expiresAt: secondsOf(find(EXPIRES), zoneOffset, DAY),
    certificate: typeof certificate === "string" ? digestUri(certificate) : NO_DIGEST,
    digest: digestJson(json.ilmd),
  };
}

/** The lot of a class URI: for codes that do not tell their GTIN, as those of medicines. */
function classOf(lot: string): Hex | undefined {
  if (!lot.includes(":")) return undefined;
  try {
    const id = classId(lot);
    return unpackObjectId(id).text === "" ? undefined : id;
  } catch (error) {
    if (error instanceof BanyanError) return undefined;
    throw error;
  }
}

/** The lot of items that all have one GTIN, or the lot that is stated in full. */
function lotOf(lot: string | undefined, objects: readonly Hex[]): Hex {
  const stated = lot === undefined ? undefined : classOf(lot);
  if (stated !== undefined) return stated;
  const [first, ...others] = objects.map(unpackObjectId);
  if (lot === undefined || first?.kind !== KeyKind.SGTIN || lot.length > 20 || lot === "" || !CHARACTERS.test(lot))
    return NO_OBJECT;
  if (others.some(({ kind, number }) => kind !== first.kind || number !== first.number)) return NO_OBJECT;
  return packObjectId({ kind: KeyKind.LGTIN, number: first.number, text: lot });
}

function secondsOf(text: string | undefined, zoneOffset: number, more: number): bigint {
  if (text === undefined) return 0n;
  const moment = parseTime(text);
  if (moment !== undefined) return moment < 0 ? 0n : BigInt(Math.floor(moment / 1000));
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? parseTime(`${text}T00:00:00Z`) : undefined;
  const seconds = day === undefined ? -1 : day / 1000 - zoneOffset * 60 + more;
  return seconds < 0 ? 0n : BigInt(seconds);
}
