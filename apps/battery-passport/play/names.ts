import { type NameBook as Book, createNameBook as createBook } from "@banyan/app-common/story";

/** What a story gives names to. */
export type NamedKind = "party" | "group" | "device" | "battery" | "plan" | "pledge";

/** What must be remembered of a named thing. */
export type Fact = "owner" | "module" | "operator" | "payee" | "group";

/** The names of a story. */
export type NameBook = Book<NamedKind, Fact>;

/** Makes an empty name book. */
export function createNameBook(): NameBook {
  return createBook<NamedKind, Fact>({
    kinds: {
      party: "参与方",
      group: "数据分组",
      device: "设备",
      battery: "电池",
      plan: "套餐",
      pledge: "质押",
    },
    facts: { owner: "所有者", module: "模组", operator: "运营方", payee: "收款方", group: "数据分组" },
  });
}
