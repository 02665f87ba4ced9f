import { pattern } from "@banyan/app-common/story";

/** A party of the wallet: an office, `M01`, `C017`. */
export const party = pattern(/^[A-Za-z]+\d*(:settlement)?$/, {
  en: "must be an office, a merchant such as M01, or a consumer such as C017",
  zh: "应为机构、商户（如 M01）或消费者（如 C017）",
});
