import { type NameBook as AnyNameBook, createNameBook as createBook } from "@banyan/app-common/story";

/** What a name in a story can stand for, in Chinese. */
const KINDS = {
  party: "参与方",
  group: "数据组",
  device: "设备",
  certificate: "合格证",
  grant: "额度",
  recall: "召回",
  leg: "冷链段",
  product: "产品",
} as const;

/** What a story must remember of a named thing, in Chinese. */
const FACTS = { owner: "所有者", gln: "全球位置码", device: "设备", title: "名称" } as const;

/** What a name in a story can stand for. */
export type NameKind = keyof typeof KINDS;

/** The names of a story of traceability. */
export type NameBook = AnyNameBook<NameKind, keyof typeof FACTS>;

/** Makes an empty name book. */
export function createNameBook(): NameBook {
  return createBook({ kinds: KINDS, facts: FACTS });
}
