import { type NameBook as AnyNameBook, createNameBook as createBook } from "@banyan/app-common/story";

/** What a name in a story can stand for, in Chinese. */
const KINDS = {
  merchant: "商户",
  terms: "条款",
  card: "卡",
  redemption: "兑付记录",
  authorisation: "预授权",
  refund: "退款",
  cover: "保障",
  payout: "拨付申请",
  record: "信用记录",
} as const;

/** What a story must remember of a named thing, in Chinese: whom it belongs to, which card it is about. */
const FACTS = { merchant: "商户", holder: "持卡人", card: "卡", provider: "保障机构" } as const;

/** The names of a story of the prepaid code. */
export type NameBook = AnyNameBook<keyof typeof KINDS, keyof typeof FACTS>;

/** Makes an empty name book. */
export function createNameBook(): NameBook {
  return createBook({ kinds: KINDS, facts: FACTS });
}
