import { renderTable } from "@banyan/app-common/app";
import { type Spread, spread } from "../lib/stats.ts";
import type { Figures } from "./figures.ts";
import type { PeerName } from "./run.ts";
import type { Item, ItemName } from "./workload.ts";

/** The figures of every process, by item and peer. */
export type Measured = Map<ItemName, Map<PeerName, Figures[]>>;

/** How many times as fast as a peer our engine is to be. */
interface Target {
  readonly peer: PeerName;
  readonly times: number;
}

const OURS: PeerName = "banyan";
const INSIDE: readonly Target[] = [
  { peer: "ethereumjs", times: 40 },
  { peer: "oracle", times: 40 },
];
const INSIDE_LOOP: readonly Target[] = [...INSIDE, { peer: "anvil", times: 0.8 }];
const COLD: readonly Target[] = [
  { peer: "ethereumjs", times: 5 },
  { peer: "oracle", times: 5 },
];
const LOOPS: readonly ItemName[] = ["keccak", "arithmetic"];

/** Prints both tables with the targets beside the figures. */
export function report(measured: Measured, items: readonly Item[]): void {
  console.log("Within one call: the slope between n and 5n repetitions");
  printTable(measured, items, (name) => [
    {
      heading: "",
      isMessage: false,
      value: ({ inside }) => inside?.microseconds,
      gas: ({ inside }) => inside?.gas,
      targets: LOOPS.includes(name) ? INSIDE_LOOP : INSIDE,
    },
  ]);
  console.log("\nMessage by message, over the flat state: the first 100 of a fresh process, then warm");
  printTable(measured, items, () => [
    {
      heading: "cold",
      isMessage: true,
      value: ({ messages }) => messages?.cold,
      gas: ({ messages }) => messages?.coldGas,
      targets: COLD,
    },
    {
      heading: "warm",
      isMessage: true,
      value: ({ messages }) => messages?.warm,
      gas: ({ messages }) => messages?.warmGas,
      targets: [],
    },
  ]);
  console.log("\nFrom loading the engine's modules to an engine with its state, ms");
  const starts = [...new Set([...measured.values()].flatMap((byPeer) => [...byPeer.keys()]))].flatMap((peer) => {
    const values = [...measured.values()].flatMap((byPeer) =>
      (byPeer.get(peer) ?? []).flatMap(({ messages }) => messages?.start ?? []),
    );
    return values.length === 0 ? [] : [[peer, textOf(spread(values))]];
  });
  console.log(renderTable([{ heading: "peer" }, { heading: "ms", align: "right" }], starts));
}

/** Says where peers disagree on the gas of the same work. */
export function checkGas(measured: Measured): readonly string[] {
  const kinds: readonly (readonly [string, (figures: Figures) => number | undefined])[] = [
    ["within one call", ({ inside }) => inside?.gas],
    ["of the first messages", ({ messages }) => messages?.coldGas],
    ["of warm messages", ({ messages }) => messages?.warmGas],
  ];
  return [...measured].flatMap(([item, byPeer]) =>
    kinds.flatMap(([kind, gasOf]) => {
      const all = [...byPeer].flatMap(([peer, figures]) => figures.map((each) => [peer, gasOf(each)] as const));
      const known = all.filter(([, gas]) => gas !== undefined);
      if (new Set(known.map(([, gas]) => gas)).size <= 1) return [];
      return [`GAS DIFFERS, ${item}, ${kind}: ${known.map(([peer, gas]) => `${peer} ${gas}`).join(", ")}`];
    }),
  );
}

/** One figure of a table. */
interface Figure {
  readonly heading: string;
  readonly isMessage: boolean;
  value(figures: Figures): number | undefined;
  gas(figures: Figures): number | undefined;
  readonly targets: readonly Target[];
}

function printTable(
  measured: Measured,
  items: readonly Item[],
  figuresOf: (name: ItemName) => readonly Figure[],
): void {
  const rows: string[][] = [];
  for (const { name, title, messageTitle } of items) {
    const byPeer = measured.get(name) ?? new Map<PeerName, Figures[]>();
    for (const { heading, isMessage, value, gas, targets } of figuresOf(name)) {
      const ours = medianOf(byPeer.get(OURS), value);
      for (const [peer, figures] of byPeer) {
        const values = figures.flatMap((each) => value(each) ?? []);
        const amount = figures[0] === undefined ? undefined : gas(figures[0]);
        if (values.length === 0 || amount === undefined) continue;
        const times = spread(values);
        rows.push([
          isMessage ? messageTitle : title,
          heading,
          peer,
          textOf(times),
          Math.round(amount).toLocaleString("en"),
          digits(amount / times.median),
          peer === OURS || ours === undefined ? "" : digits(times.median / ours),
          judge(peer, ours === undefined ? undefined : times.median / ours, targets),
        ]);
      }
    }
  }
  const hasKinds = rows.some(([, kind]) => kind !== "");
  const columns = [
    { heading: "item" },
    { heading: "" },
    { heading: "peer" },
    { heading: "us", align: "right" },
    { heading: "gas", align: "right" },
    { heading: "Mgas/s", align: "right" },
    { heading: `${OURS} is faster by`, align: "right" },
    { heading: "target" },
  ] as const;
  const shown = columns.map((_, index) => index).filter((index) => index !== 1 || hasKinds);
  console.log(
    renderTable(
      shown.flatMap((index) => columns[index] ?? []),
      rows.map((row) => shown.map((index) => row[index] ?? "")),
    ),
  );
}

function judge(peer: PeerName, ratio: number | undefined, targets: readonly Target[]): string {
  const target = targets.find((each) => each.peer === peer);
  if (target === undefined || ratio === undefined) return "";
  return `${target.times} x or more: ${ratio >= target.times ? "met" : "MISSED"}`;
}

function medianOf(figures: readonly Figures[] | undefined, value: Figure["value"]): number | undefined {
  const values = (figures ?? []).flatMap((each) => value(each) ?? []);
  return values.length === 0 ? undefined : spread(values).median;
}

function textOf({ median, min, max }: Spread): string {
  return `${digits(median)} [${digits(min)} … ${digits(max)}]`;
}

/** Three digits that mean something. */
function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3);
}
