import { BanyanError } from "@banyan/app-common";
import { DigestAlgorithm } from "@banyan/app-common/client";
import type { Address, Hex } from "viem";
import type { RecallDesk, RecallMarks } from "../client/index.ts";
import { digestText, fromMillionths, fromUnit, KeyKind, objectUri, unpackObjectId } from "../epcis/index.ts";
import type { TraceContracts } from "./chain/trace-contracts.ts";
import type { Ancestor } from "./show-history.ts";

/** What a recall needs. */
export interface RecallOptions {
  readonly contracts: TraceContracts & { readonly recalls: RecallDesk; readonly marks: RecallMarks };
  /** The platform's account, which acts by mandate of the party that recalls. */
  readonly platform: Address;
  readonly objects: readonly Hex[];
  readonly level: 1 | 2 | 3;
  readonly labelOnly: boolean;
  /** The finding, in words; what goes on chain is its digest. */
  readonly reason: string;
  /** When the risk became known, in seconds. */
  readonly knownAt: bigint;
  /** Steps of work in one page. */
  readonly page: number;
  /** Told after each page. */
  readonly onPage?: (marked: number, waiting: number) => void;
  /** Aborted when the user asks to stop; run again, it goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** What has to be accounted for in one unit. */
export interface RecallBookLine {
  readonly unit: string;
  readonly distributed: number;
  readonly returned: number;
  readonly destroyed: number;
  readonly writtenOff: number;
  readonly relabelled: number;
  readonly open: number;
}

/** How a recall stands. */
export interface RecallReport {
  readonly recall: number;
  /** Whether it was opened before and only went on. */
  readonly resumed: boolean;
  readonly by: number;
  readonly complete: boolean;
  readonly reached: number;
  readonly marked: number;
  readonly pages: number;
  readonly gasUsed: bigint;
  /** The most gas that a page took. */
  readonly mostGas: bigint;
  /** What was recalled, and what was made of it or lies in it. */
  readonly trees: readonly Ancestor[];
  readonly books: readonly RecallBookLine[];
}

const OPEN = 1;
const KINDS = new Map<number, string>(Object.entries(KeyKind).map(([word, number]) => [number, word]));
/** Things that a tree shows at most. */
const MOST = 500;

/**
 * Opens a recall of things by whoever made them, or goes on with the one that is open, and marks everything downstream, page by page.
 *
 * @param options - what is recalled and how
 * @throws BanyanError `RECALL_UNKNOWN_OBJECT` when nobody made a thing
 */
export async function runRecall(options: RecallOptions): Promise<RecallReport> {
  const { contracts, platform, objects, onPage, signal, page } = options;
  const { recalls, marks } = contracts;
  const [first] = objects;
  if (first === undefined) throw new RangeError("nothing is recalled");
  const by = await makerOf(contracts, first);
  const before = await openRecall(options, first, by);
  let [pages, gasUsed, mostGas] = [0, 0n, 0n];
  const spend = (gas: bigint): void => {
    gasUsed += gas;
    mostGas = gas > mostGas ? gas : mostGas;
  };
  let recall = before;
  if (recall === undefined) {
    const reason = { value: digestText(options.reason), algorithm: DigestAlgorithm.SHA256 };
    const { level, labelOnly, knownAt } = options;
    const outcome = await recalls.writeAndWait.open(
      { order: { by, level, labelOnly, knownAt, reason }, roots: objects },
      { account: platform },
    );
    recall = outcome.event("RecallOpened").args.recall;
    gasUsed += outcome.receipt.gasUsed;
  }
  let progress = await marks.read.progressOf({ recall });
  while (!progress.complete && signal?.aborted !== true) {
    const { receipt } = await marks.writeAndWait.advance({ recall, limit: BigInt(page) }, { account: platform });
    spend(receipt.gasUsed);
    pages++;
    progress = await marks.read.progressOf({ recall });
    onPage?.(Number(progress.marked), Number(progress.waiting));
  }
  const reached = await reachedBy(marks, recall);
  const seen = new Set<Hex>();
  const trees: Ancestor[] = [];
  for (const object of objects) trees.push(await treeOf(contracts, object, reached, seen));
  return {
    recall,
    resumed: before !== undefined,
    by,
    complete: progress.complete,
    reached: Number(progress.reached),
    marked: Number(progress.marked),
    pages,
    gasUsed,
    mostGas,
    trees,
    books: await booksOf(marks, recall),
  };
}

/** Who made a thing. A lot that only the items made of it name has no producer on the chain: its brand owner answers for it. */
async function makerOf({ state, lineage, products }: TraceContracts, object: Hex): Promise<number> {
  const lot = unpackObjectId(object).kind === KeyKind.LGTIN;
  const { producer } = lot ? await state.read.lotOf({ lot: object }) : await state.read.stateOf({ object });
  if (producer !== 0) return producer;
  const { items } = await lineage.read.down({ object, offset: 0n, limit: 1n });
  if (lot && items.length > 0) {
    return (await products.read.productOf({ gtin: await products.read.gtinOf({ object }) })).owner;
  }
  throw new BanyanError(
    "RECALL_UNKNOWN_OBJECT",
    { en: `${objectUri(object)} was never made`, zh: `${objectUri(object)} 从未生产或登记` },
    { cure: { en: "Check the code against the label.", zh: "请与标签核对编码。" } },
  );
}

/** A recall of the same party that is open and reached the thing. */
async function openRecall(
  { contracts: { recalls, marks } }: RecallOptions,
  object: Hex,
  by: number,
): Promise<number | undefined> {
  for (const recall of await marks.read.recallsOf({ object })) {
    const record = await recalls.read.recallOf({ recall });
    if (record.status === OPEN && record.by === by) return recall;
  }
  return undefined;
}

async function reachedBy(marks: RecallMarks, recall: number): Promise<ReadonlySet<Hex>> {
  const reached = new Set<Hex>();
  let offset = 0n;
  do {
    const page = await marks.read.reachedBy({ recall, offset, limit: 100n });
    for (const object of page.objects) reached.add(object);
    offset = page.next;
  } while (offset !== 0n);
  return reached;
}

/** What was made of a thing and what lies in it, as far as the recall reached it. */
async function treeOf(
  contracts: TraceContracts,
  object: Hex,
  reached: ReadonlySet<Hex>,
  seen: Set<Hex>,
): Promise<Ancestor> {
  const again = seen.has(object);
  seen.add(object);
  const from: Ancestor[] = [];
  if (!again && seen.size < MOST) {
    for (const child of await below(contracts, object)) {
      if (reached.has(child)) from.push(await treeOf(contracts, child, reached, seen));
    }
  }
  return {
    object,
    uri: objectUri(object),
    kind: KINDS.get(Number.parseInt(object.slice(2, 4), 16)) ?? "",
    from,
    again,
  };
}

async function below({ lineage, state }: TraceContracts, object: Hex): Promise<ReadonlySet<Hex>> {
  const things = new Set<Hex>();
  let offset = 0n;
  do {
    const page = await lineage.read.down({ object, offset, limit: 100n });
    for (const item of page.items) things.add(item);
    offset = page.next;
  } while (offset !== 0n);
  const { kind } = unpackObjectId(object);
  if (kind === KeyKind.TRANSFORMATION || kind === KeyKind.LGTIN) return things;
  do {
    const page = await state.read.childrenOf({ parent: object, offset, limit: 100n });
    for (const item of page.children) things.add(item);
    offset = page.next;
  } while (offset !== 0n);
  for (const lot of (await state.read.lotsIn({ container: object })).inside) things.add(lot);
  return things;
}

async function booksOf(marks: RecallMarks, recall: number): Promise<RecallBookLine[]> {
  const { units, books } = await marks.read.booksOf({ recall });
  return books.map(({ distributed, returned, destroyed, writtenOff, relabelled }, at) => ({
    unit: fromUnit(units[at] ?? "0x") ?? "",
    distributed: fromMillionths(distributed),
    returned: fromMillionths(returned),
    destroyed: fromMillionths(destroyed),
    writtenOff: fromMillionths(writtenOff),
    relabelled: fromMillionths(relabelled),
    open: fromMillionths(distributed - returned - destroyed - writtenOff - relabelled),
  }));
}
