import { type Language, renderTable, type Text } from "@banyan/app-common/app";
import type { Ancestor, History } from "./show-history.ts";

const HEADINGS: Readonly<Record<Language, readonly string[]>> = {
  en: ["event", "time", "what", "step", "disposition", "by", "place", "from → to", "note"],
  zh: ["事件", "时间", "类型", "步骤", "状态", "采集方", "地点", "来源 → 去向", "备注"],
};
const SAYS: Readonly<
  Record<"unknown" | "in" | "holds" | "madeOf" | "events" | "cut" | "error" | "opening" | "again", Text>
> = {
  unknown: { en: "no event names it", zh: "没有事件提及" },
  in: { en: "lies in", zh: "所在容器" },
  holds: { en: "holds", zh: "内含" },
  madeOf: { en: "made of", zh: "来源" },
  events: { en: "events", zh: "事件" },
  cut: { en: "lineage goes on above; ask for one of the things shown", zh: "谱系尚未显示完整，可对所示对象继续查询" },
  error: { en: "declared erroneous", zh: "已声明错误" },
  opening: { en: "opening stock", zh: "期初库存" },
  again: { en: "shown above", zh: "见上" },
};
/** Contents that a terminal shows. */
const MOST = 20;

/**
 * Draws a history for a terminal.
 *
 * @param history - what to draw
 * @param language - of the words
 */
export function drawHistory(history: History, language: Language): string {
  const say = (key: keyof typeof SAYS): string => SAYS[key][language];
  const lines = [`${history.kind}  ${history.uri}`];
  if (!history.known) return [...lines, `  ${say("unknown")}`].join("\n");
  for (const [word, value] of Object.entries(history.state)) lines.push(`  ${word}: ${value}`);
  if (history.containers.length > 0) lines.push(`  ${say("in")}: ${history.containers.join(" < ")}`);
  if (history.contents.length > 0) {
    lines.push(`  ${say("holds")} (${history.contents.length}):`);
    lines.push(...history.contents.slice(0, MOST).map((one) => `    ${one}`));
    if (history.contents.length > MOST) lines.push("    …");
  }
  if (history.ancestors.from.length > 0) {
    lines.push("", `${say("madeOf")}:`, ...drawTree(history.ancestors, say("again")));
    if (history.cut) lines.push(`  ${say("cut")}`);
  }
  const rows = history.events.map((one) => [
    String(one.id),
    one.time,
    `${one.type.replace("Event", "")} ${one.action}`.trim(),
    one.step,
    one.disposition,
    one.by,
    one.place,
    one.from === "" && one.to === "" ? "" : `${one.from} → ${one.to}`,
    [
      one.inside === "" ? "" : `${say("in")} ${one.inside.replace("https://id.gs1.org/", "")}`,
      one.erroneous ? say("error") : "",
      one.opening ? say("opening") : "",
    ]
      .filter((note) => note !== "")
      .join(", "),
  ]);
  lines.push(
    "",
    renderTable(
      HEADINGS[language].map((heading) => ({ heading })),
      rows,
    ),
  );
  return lines.join("\n");
}

/** A tree of what a thing was made of, one line each. */
export function drawTree(root: Ancestor, again: string): string[] {
  const lines: string[] = [];
  const draw = (node: Ancestor, indent: string): void => {
    node.from.forEach((child, at) => {
      const last = at === node.from.length - 1;
      lines.push(`${indent}${last ? "└─" : "├─"} ${child.uri}${child.again ? ` (${again})` : ""}`);
      draw(child, `${indent}${last ? "   " : "│  "}`);
    });
  };
  lines.push(root.uri);
  draw(root, "");
  return lines;
}
