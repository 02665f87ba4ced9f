import { BanyanError } from "@banyan/app-common";
import type { Text } from "@banyan/app-common/app";
import type { Hex } from "viem";
import { classId, instanceId, isFields, type ReadEvent, type Refusal } from "../../epcis/index.ts";
import type { ChainRefusal } from "../trace-chain.ts";

/** Which rule of traceability an error of the contracts enforces, by the beginning of its name; the longest counts. */
const RULES: Readonly<Record<string, string>> = {
  EpcisRepository: "EPCIS 2.0",
  EpcisRepositoryCapturedBefore: "C-13",
  EpcisRepositoryNotTheSame: "C-11",
  EpcisRepositoryUnknownContent: "C-11",
  EpcisRepositoryNotCapturer: "C-12",
  EpcisRepositoryFuture: "C-01",
  EpcisRepositoryOpening: "C-15",
  EpcisRules: "EPCIS 2.0",
  EpcisRulesParentMissing: "C-03",
  EpcisRulesIlmd: "C-02",
  EpcisRulesObjectsMissing: "C-02",
  EpcisRulesTransactionMissing: "C-05",
  EpcisRulesInvalidQuantity: "C-07",
  EpcisRulesInvalidPersistent: "C-10",
  TraceState: "C-15",
  TraceStateRecalled: "C-29",
  TraceStateLaterEvent: "C-12",
  TraceLots: "C-15",
  TraceLotsLaterEvent: "C-12",
  TraceLotsNotConserved: "C-06",
  TraceLotsTooManyProducts: "C-06",
  TransformationBook: "C-06",
  TraceKeys: "C-17",
  TradeParties: "C-19",
  ProductCatalogue: "C-17",
  ProduceCertificates: "C-21",
  ColdChain: "C-37",
  Recall: "C-29",
};

const PRESUMED: Text = {
  en: "An import declares it with --opening-stock.",
  zh: "导入时可用 --opening-stock 申报。",
};
/** What an import can do about a refusal, besides what the contracts say. */
const IMPORT_CURES: Readonly<Record<string, Text>> = {
  // Things that were in circulation before.
  TraceStateUnknown: PRESUMED,
  TraceLotsUnknown: PRESUMED,
  TraceLotsShort: PRESUMED,
  TraceStateNotInTransit: PRESUMED,
  TraceLotsNotConserved: {
    en: "In master data the product's attribute factors states it, as GTIN of the input:factor.",
    zh: "在主数据中以产品属性 factors 说明，格式为 投入品GTIN:系数。",
  },
  TraceLotsPartyMissing: {
    en: "In the document it is the source of type possessing_party.",
    zh: "在文件中即 possessing_party 类型的来源方。",
  },
};

/**
 * What a contract refused, as a refusal of the event: with the field that holds the thing which the contract named, and the rule.
 *
 * @param refusal - what the contract said
 * @param read - the event, where it stands in a document
 */
export function chainRefusal({ name, message, cure, objects }: ChainRefusal, read: ReadEvent | undefined): Refusal {
  const known = Object.keys(RULES)
    .filter((start) => name.startsWith(start))
    .sort((a, b) => b.length - a.length);
  const more = IMPORT_CURES[name];
  return {
    code: name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase(),
    ...(read === undefined ? {} : { event: read.index }),
    pointer: read === undefined ? "" : (fieldOf(read, objects) ?? read.pointer),
    rule: RULES[known[0] ?? ""] ?? name,
    message,
    cure: more === undefined ? cure : { en: `${cure.en} ${more.en}`, zh: `${cure.zh}${more.zh}` },
  };
}

/** How large an event is, and how large it may be. */
export interface Largeness {
  /** Things that the event names. */
  readonly things: number;
  /** The most gas of a transaction. */
  readonly most: bigint;
  /** About what a thing takes. */
  readonly perThing: number;
}

/** An event whose capture takes more gas than a transaction of the network may have. */
export function tooLarge({ index, pointer }: ReadEvent, { things, most, perThing }: Largeness): Refusal {
  const [gas, number] = [Number(most).toLocaleString("en"), Math.max(1, Math.floor(Number(most) / perThing / 1.2))];
  return {
    code: "TRACE_EVENT_TOO_LARGE",
    event: index,
    pointer,
    rule: "B12",
    message: {
      en: `the event names ${things} things, and its capture takes more than the ${gas} gas that a transaction of this network may have`,
      zh: `事件涉及 ${things} 个对象，其采集所需 gas 超出本网络单笔交易的上限 ${gas}`,
    },
    cure: {
      en: `Write it as several events, each of at most ${number} things, or give the network's blocks and transactions more gas.`,
      zh: `请拆分为多条事件，每条至多 ${number} 个对象，或提高该网络的区块与交易 gas 上限。`,
    },
  };
}

const OUT_OF_GAS = /out of gas|OutOfGas|intrinsic gas|gas limit|ran out of gas/i;
const MAX_CAUSES = 32;

/** Whether a capture failed because the gas did not suffice. */
export function isOutOfGas(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth++) {
    if (OUT_OF_GAS.test(current.message)) return true;
    current = current.cause;
  }
  return false;
}

/** The place of the first of the things in the event. */
function fieldOf({ json, pointer, prefixes }: ReadEvent, objects: readonly Hex[]): string | undefined {
  const names = (value: unknown, read: (uri: string) => Hex): boolean => {
    try {
      return typeof value === "string" && objects.includes(read(prefixes.expand(value)));
    } catch (error) {
      if (error instanceof BanyanError) return false;
      throw error;
    }
  };
  if (names(json.parentID, instanceId)) return `${pointer}/parentID`;
  for (const list of ["epcList", "childEPCs", "inputEPCList", "outputEPCList"]) {
    const at = Array.isArray(json[list]) ? json[list].findIndex((uri) => names(uri, instanceId)) : -1;
    if (at >= 0) return `${pointer}/${list}/${at}`;
  }
  for (const list of ["quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"]) {
    const items = Array.isArray(json[list]) ? json[list] : [];
    const at = items.findIndex((item) => isFields(item) && names(item.epcClass, classId));
    if (at >= 0) return `${pointer}/${list}/${at}`;
  }
  return undefined;
}
