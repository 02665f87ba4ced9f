import type { Progress } from "@banyan/app-common/app";
import type { Hex } from "viem";
import {
  contentId,
  type Directory,
  hasCheckDigit,
  type Masters,
  NO_MASTERS,
  type Prepared,
  parseGln,
  type ReadDocument,
  type ReadEvent,
  type Refusal,
  readMasters,
  toCapture,
} from "../epcis/index.ts";
import type { Archive } from "./archive.ts";
import { captureTasks } from "./capture-tasks.ts";
import type { Task } from "./plan/batches.ts";
import { deriveProducts, deriveTraders } from "./plan/derive-masters.ts";
import { findCapturer } from "./plan/find-capturer.ts";
import { findPresumed, type Known } from "./plan/find-presumed.ts";
import { createdGtins, findNeeds, type Needs } from "./plan/needs.ts";
import { orderEvents } from "./plan/order-events.ts";
import { statedCapturers, statedOpenings } from "./plan/stated.ts";
import type { TraceChain } from "./trace-chain.ts";

/** How a document is imported. */
export interface ImportOptions {
  readonly document: ReadDocument;
  readonly chain: TraceChain;
  /** Where originals are kept for the export. */
  readonly archive: Archive;
  /** Master data besides that of the document's header. */
  readonly masters?: Masters;
  /** All documents of the command: parties and places are derived from all of them, so that each file comes to the same. */
  readonly together?: readonly ReadDocument[];
  /** GTINs of products that the command derived; whoever makes them in a later document may. Those derived now are added. */
  readonly derived?: Set<string>;
  /** Whether unknown parties, places and products are filed. */
  readonly register: boolean;
  /** Whether goods that the document presumes are declared. */
  readonly openingStock: boolean;
  /** Whether nothing is sent. */
  readonly dryRun: boolean;
  /** Whether events that break a rule are left out and the others captured; else nothing is captured of a document in which any does. */
  readonly proceed?: boolean;
  /** GLN of the party that captures every event. */
  readonly by?: string | undefined;
  /** Makes the progress line once the number of events is known. */
  readonly progress?: (total: number) => Progress;
  /** Aborted when the user asks to stop; what is under way is finished. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of an import. */
export interface ImportReport {
  /** Whether nothing was refused. */
  readonly ok: boolean;
  /** Events in the document. */
  readonly events: number;
  /** Captured now. */
  readonly captured: number;
  /** Declared erroneous now. */
  readonly declared: number;
  /** Captured or declared before. */
  readonly skipped: number;
  /** Events made for what the document presumes: opening stock, and what must have been done with it. */
  readonly openings: number;
  readonly registered: { readonly parties: number; readonly places: number; readonly products: number };
  readonly batches: number;
  readonly gasUsed: bigint;
  readonly refusals: readonly Refusal[];
  /** Events that were refused. */
  readonly refused: number;
  /** Whether nothing was sent because of what was refused. */
  readonly withheld: boolean;
  /** Whether it was only checked. */
  readonly dryRun: boolean;
  /** Whether the user stopped it. */
  readonly stopped: boolean;
  /** Events whose `eventID` is a hash id of something else than their content. */
  readonly foreignIds: number;
}

const NOTHING_FILED = { parties: 0, places: 0, products: 0 };
/** What stands for a number that a dry run does not get. */
const SOME = 1;

/**
 * Imports an EPCIS document: checks all of it, files what is unknown where that is asked for, and captures its events in batches. A document in which
 * anything breaks a rule is not captured at all, unless the others are to proceed; an event that the chain refuses is left out as a whole, and the
 * others go on. Imported again, what was captured before is skipped.
 *
 * @param options - the document, the chain and how
 */
export async function importDocument(options: ImportOptions): Promise<ImportReport> {
  const { document, chain, archive, register, dryRun, proceed = false } = options;
  const begun: ImportReport = {
    ok: document.refusals.length === 0,
    events: document.total,
    captured: 0,
    declared: 0,
    skipped: 0,
    openings: 0,
    registered: NOTHING_FILED,
    batches: 0,
    gasUsed: 0n,
    refusals: document.refusals,
    refused: refusedEvents(document.refusals),
    withheld: true,
    dryRun,
    stopped: false,
    foreignIds: foreignIds(document.events),
  };
  const stops = (refusals: readonly Refusal[]): boolean =>
    refusals.some(({ event }) => !proceed || event === undefined);
  const refuse = (refusals: readonly Refusal[], registered: ImportReport["registered"]): ImportReport => ({
    ...{ ...begun, ok: false, refusals, refused: refusedEvents(refusals), registered },
  });
  if (stops(document.refusals)) return begun;

  const together = (options.together ?? []).filter(({ refusals }) => !stops(refusals));
  const needs = findNeeds([document, ...together].flatMap(({ events }) => events));
  const stated = statedCapturers(document);
  for (const gln of [...stated.values(), options.by, glnOf(document.sender)]) {
    if (gln !== undefined) (needs.parties as Set<string>).add(gln);
  }
  const told = [...together, document]
    .map(({ vocabularies, context }) => readMasters(vocabularies, context))
    .concat(options.masters ?? NO_MASTERS)
    .reduce(merge);
  let directory = await look(chain, needs);
  let registered = NOTHING_FILED;
  if (register) {
    const traders = deriveTraders(needs, told, new Set(directory.parties.keys()));
    if (dryRun) directory = supposed(directory, traders);
    else {
      registered = await chain.register({ ...traders, products: [] });
      directory = await look(chain, needs);
    }
  }

  const prepared = prepare(document.events, directory);
  const tasks = await assign(prepared.events, directory, chain, {
    stated,
    given: options.by,
    sender: glnOf(document.sender),
    document,
  });
  const refusals = [...document.refusals, ...prepared.refusals, ...tasks.refusals];
  if (stops(refusals)) return refuse(refusals, registered);

  if (!register) {
    const created = new Set(tasks.all.flatMap(({ event }) => [...createdGtins(event)]));
    refusals.push(...unknownProducts(tasks.all, await chain.products([...created])));
    if (stops(refusals)) return refuse(refusals, registered);
  }
  const left = new Set(refusals.map(({ event }) => event));
  const kept = tasks.all.filter(({ read }) => !left.has(read?.index));
  const all = options.openingStock ? await findPresumed(kept, chain, directory) : kept;
  const openings = all.length - kept.length;
  const gtins = [...new Set(all.flatMap(({ event }) => [...createdGtins(event)]))];
  const filed = await chain.products(gtins);
  if (register && !dryRun) {
    const glns = await chain.glns([...new Set(all.map(({ by }) => by))]);
    const { derived = new Set<string>() } = options;
    const known = new Set([...filed].filter((gtin) => !derived.has(gtin)));
    const products = deriveProducts(all, told, known, (party) => glns.get(party));
    for (const { gtin } of products) if (!filed.has(gtin)) derived.add(gtin);
    if (products.length > 0) {
      const more = await chain.register({ ...told, products }, derived);
      registered = { ...registered, products: more.products };
    }
  }
  if (dryRun) return { ...refuse(refusals, registered), ok: refusals.length === 0, withheld: false, openings };

  const declaring = all.filter(({ opening }) => opening).map(({ by }) => by);
  await chain.allowOpening([...new Set(declaring)]);
  const outcome = await captureTasks({
    chain,
    archive,
    tasks: all,
    document,
    progress: options.progress,
    signal: options.signal,
  });
  refusals.push(...outcome.refusals);
  refusals.sort((a, b) => (a.event ?? -1) - (b.event ?? -1));
  return {
    ...{ ...begun, ...outcome, ok: refusals.length === 0, refusals, refused: refusedEvents(refusals) },
    ...{ withheld: false, registered, openings },
  };
}

/** How many events are told of; a refusal of none in particular counts for none. */
function refusedEvents(refusals: readonly Refusal[]): number {
  return new Set(refusals.flatMap(({ event }) => event ?? [])).size;
}

async function look(chain: TraceChain, needs: Needs): Promise<Known> {
  return { parties: await chain.parties([...needs.parties]), places: await chain.places([...needs.places]) };
}

/** What would be filed, numbered as if it were. */
function supposed({ parties, places }: Known, { parties: more, places: others }: Masters): Known {
  return {
    parties: new Map([...more.map(({ gln }) => [gln, SOME] as const), ...parties]),
    places: new Map([
      ...others.map(({ gln, extension }) => [`${gln}/${extension}`, { place: SOME, owner: SOME }] as const),
      ...places,
    ]),
  };
}

function prepare(events: readonly ReadEvent[], known: Known): { events: Prepared[]; refusals: Refusal[] } {
  const ids = new Map<string, Hex>();
  for (const event of events) {
    if (typeof event.json.eventID === "string" && !("errorDeclaration" in event.json)) {
      ids.set(event.json.eventID, contentId(event));
    }
  }
  const directory: Directory = {
    party: (key) => known.parties.get(key),
    place: (gln, extension) => known.places.get(`${gln}/${extension}`)?.place,
    event: (id) => ids.get(id),
  };
  const prepared = events.map((event) => toCapture(event, directory));
  return { events: orderEvents(prepared), refusals: prepared.flatMap(({ refusals }) => refusals) };
}

interface Assignment {
  readonly stated: ReadonlyMap<string, string>;
  readonly given: string | undefined;
  readonly sender: string | undefined;
  readonly document: ReadDocument;
}

async function assign(
  events: readonly Prepared[],
  { parties, places }: Known,
  chain: TraceChain,
  { stated, given, sender, document }: Assignment,
): Promise<{ all: Task[]; refusals: Refusal[] }> {
  const owners = new Map([...places.values()].map(({ place, owner }) => [place, owner]));
  const openings = statedOpenings(document);
  const numbers = new Map([...stated].flatMap(([id, gln]) => (parties.has(gln) ? [[id, parties.get(gln) ?? 0]] : [])));
  const refusals: Refusal[] = [];
  const all: Task[] = [];
  // Who last had a thing captures what names neither parties nor places, such as the report of a logger.
  const last = new Map<Hex, number>();
  for (const { read, captured, declaration } of events) {
    if (captured === undefined) continue;
    const things = [...captured.objects, captured.parent, ...captured.quantities.map(({ object }) => object)];
    const by =
      findCapturer(captured, {
        given: given === undefined ? undefined : parties.get(given),
        stated: numbers,
        ownerOf: (place) => owners.get(place),
        sender: sender === undefined ? undefined : parties.get(sender),
      }) ??
      things.map((thing) => last.get(thing)).find((party) => party !== undefined) ??
      (await chain.possessor(captured.objects));
    if (by === undefined) {
      refusals.push(capturerUnknown(read));
      continue;
    }
    for (const thing of things) last.set(thing, by);
    all.push({ by, event: captured, declaration, opening: openings.has(captured.contentId), read });
  }
  return { all, refusals };
}

function capturerUnknown({ index, pointer }: ReadEvent): Refusal {
  return {
    code: "TRACE_CAPTURER_UNKNOWN",
    event: index,
    pointer,
    rule: "C-19",
    message: { en: "the event does not tell which party captures it", zh: "事件未说明由哪一方采集" },
    cure: {
      en: "Give --by GLN, or a read point, sources or destinations of a party that is filed.",
      zh: "请使用 --by GLN，或在事件中给出已登记交易方的读取点、来源或去向。",
    },
  };
}

function unknownProducts(tasks: readonly Task[], filed: ReadonlySet<string>): Refusal[] {
  return tasks.flatMap(({ event, read }) =>
    [...createdGtins(event)]
      .filter((gtin) => !filed.has(gtin))
      .map((gtin) => ({
        code: "TRACE_PRODUCT_UNKNOWN",
        ...(read === undefined ? {} : { event: read.index }),
        pointer: read?.pointer ?? "",
        rule: "C-17",
        message: { en: `no product is filed under GTIN ${gtin}`, zh: `没有登记 GTIN 为 ${gtin} 的产品` },
        cure: {
          en: "File the product first, by the document's master data, a file of --masters, or --register.",
          zh: "请先登记该产品：在文件主数据中给出，或使用 --masters 文件，或 --register。",
        },
      })),
  );
}

/** The second tells more than the first. */
function merge(first: Masters, second: Masters): Masters {
  const join = <item>(a: readonly item[], b: readonly item[], keyOf: (item: item) => string): item[] => [
    ...new Map([...a, ...b].map((item) => [keyOf(item), item])).values(),
  ];
  return {
    parties: join(first.parties, second.parties, ({ gln }) => gln),
    places: join(first.places, second.places, ({ gln, extension }) => `${gln}/${extension}`),
    products: join(first.products, second.products, ({ gtin }) => gtin),
  };
}

function glnOf(sender: string | undefined): string | undefined {
  if (sender === undefined) return undefined;
  if (/^\d{13}$/.test(sender)) return hasCheckDigit(sender) ? sender : undefined;
  try {
    return parseGln(sender)?.gln;
  } catch {
    return undefined;
  }
}

function foreignIds(events: readonly ReadEvent[]): number {
  return events.filter((event) => {
    const { eventID } = event.json;
    const stated = typeof eventID === "string" ? /^ni:\/\/\/sha-256;([0-9a-f]{64})/i.exec(eventID)?.[1] : undefined;
    return stated !== undefined && `0x${stated.toLowerCase()}` !== contentId(event);
  }).length;
}
