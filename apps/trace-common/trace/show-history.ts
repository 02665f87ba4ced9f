import type { Hex } from "viem";
import {
  BIZ_STEPS,
  DISPOSITIONS,
  EVENT_TYPES,
  formatLocalTime,
  fromMillionths,
  fromUnit,
  KeyKind,
  type Names,
  NO_OBJECT,
  objectUri,
  unpackObjectId,
  type Vocabulary,
} from "../epcis/index.ts";
import { eventsNaming, type Logged, type LoggedCapture, readLog } from "./chain/events-log.ts";
import { openNames } from "./chain/open-names.ts";
import type { TraceContracts } from "./chain/trace-contracts.ts";

/** An event of a thing's life. */
export interface HistoryEntry {
  readonly id: number;
  readonly time: string;
  readonly type: string;
  readonly action: string;
  readonly step: string;
  readonly disposition: string;
  readonly by: string;
  readonly place: string;
  readonly from: string;
  readonly to: string;
  /** The container that it names and in which the thing lay at that time; empty where it names the thing itself. */
  readonly inside: string;
  /** Whether it was declared erroneous. */
  readonly erroneous: boolean;
  readonly opening: boolean;
}

/** A thing and what it was made of, or lies in. */
export interface Ancestor {
  readonly object: Hex;
  readonly uri: string;
  readonly kind: string;
  readonly from: readonly Ancestor[];
  /** Whether it was shown above already, so that it is not shown again. */
  readonly again: boolean;
}

/** The history of a thing. */
export interface History {
  readonly object: Hex;
  readonly uri: string;
  readonly kind: string;
  /** Whether anything is known of it. */
  readonly known: boolean;
  /** As it stands, by words. */
  readonly state: Readonly<Record<string, string>>;
  /** What it lies in, outermost last. */
  readonly containers: readonly string[];
  /** What lies in it. */
  readonly contents: readonly string[];
  readonly ancestors: Ancestor;
  /** Whether lineage goes on above what is shown. */
  readonly cut: boolean;
  readonly events: readonly HistoryEntry[];
}

const STATUS = ["never commissioned", "active", "consumed", "sold", "destroyed", "decommissioned"];
const ACTIONS = ["", "ADD", "OBSERVE", "DELETE"];
/** Things drawn in a tree at most. */
const MOST = 200;
const KINDS = new Map<number, string>(Object.entries(KeyKind).map(([word, number]) => [number, word]));

/**
 * Tells the history of an item, a lot or a container: how it stands, what it lies in and what lies in it, what it was made of, and its events.
 *
 * @param contracts - the contracts
 * @param object - the thing
 */
export async function showHistory(contracts: TraceContracts, object: Hex): Promise<History> {
  const { log, inside } = await lifeOf(contracts, object);
  const captures = log.filter((one) => one.type === "capture");
  const erroneous = new Set(log.flatMap((one) => (one.type === "declaration" ? [one.id] : [])));
  const lot = unpackObjectId(object).kind === KeyKind.LGTIN;
  const state = lot ? undefined : await contracts.state.read.stateOf({ object });
  const lotState = lot ? await contracts.state.read.lotOf({ lot: object }) : undefined;
  const names = await openNames(contracts, {
    parties: [
      ...captures.flatMap(({ by, event: { flow } }) => [
        by,
        flow.fromOwner,
        flow.toOwner,
        flow.fromHolder,
        flow.toHolder,
      ]),
      ...(state === undefined ? [] : [state.possessor, state.owner, state.producer, namedConsigneeOf(state)]),
      lotState?.producer ?? 0,
    ].filter((party) => party !== 0),
    places: [
      ...captures.flatMap(({ event }) => [event.readPoint, event.location]),
      state?.place ?? lotState?.place ?? 0,
    ],
    gtins: [],
  });
  const tree = await ancestorsOf(contracts, object);
  return {
    object,
    uri: objectUri(object),
    kind: kindOf(object),
    known: captures.length > 0,
    state: state === undefined ? lotWords(lotState, names) : itemWords(state, names),
    containers: await containersOf(contracts, state?.parent ?? NO_OBJECT),
    contents: lot ? [] : await contentsOf(contracts, object),
    ...tree,
    events: captures.map((capture) => ({
      ...entryOf(capture, names, erroneous),
      inside: inside.get(capture.id) ?? "",
    })),
  };
}

/** A stay in a container: from the event that packed to the one that took out. */
interface Stay {
  readonly parent: Hex;
  readonly from: number;
  to: number;
}

/** Containers within containers at most. */
const DEEPEST = 8;
const [AGGREGATION, ADD, DELETE] = [2, 1, 3];

/** The events that name a thing, and those that name a container while the thing lay in it; of the latter, which container. */
async function lifeOf(
  contracts: TraceContracts,
  object: Hex,
): Promise<{ log: readonly Logged[]; inside: ReadonlyMap<number, string> }> {
  const inside = new Map<number, string>();
  const ids = new Set<number>();
  const follow = async (thing: Hex, from: number, to: number, depth: number): Promise<void> => {
    const own = (await eventsNaming(contracts, thing)).filter((id) => id > from && id < to);
    for (const id of own) {
      if (ids.has(id)) continue;
      ids.add(id);
      if (thing !== object) inside.set(id, objectUri(thing));
    }
    if (depth === DEEPEST) return;
    for (const stay of staysOf(thing, await readLog(contracts, own), to)) {
      await follow(stay.parent, Math.max(from, stay.from), stay.to, depth + 1);
    }
  };
  await follow(object, 0, Number.POSITIVE_INFINITY, 0);
  const log = await readLog(contracts, [...ids]);
  return { log: [...log].sort((a, b) => a.id - b.id), inside };
}

function staysOf(thing: Hex, log: readonly Logged[], end: number): Stay[] {
  const wrong = new Set(log.flatMap((one) => (one.type === "declaration" ? [one.id] : [])));
  const stays: Stay[] = [];
  for (const one of log) {
    if (one.type !== "capture" || wrong.has(one.id) || one.event.kind !== AGGREGATION) continue;
    const { parent, action, objects, quantities } = one.event;
    if (parent === thing) continue;
    const named = objects.includes(thing) || quantities.some(({ object }) => object === thing);
    if (action === ADD && named) stays.push({ parent, from: one.id, to: end });
    if (action === DELETE && (named || objects.length + quantities.length === 0)) {
      const open = stays.find((stay) => stay.parent === parent && stay.to === end);
      if (open !== undefined) open.to = one.id;
    }
  }
  return stays;
}

type ItemState = Awaited<ReturnType<TraceContracts["state"]["read"]["stateOf"]>>;
type LotState = Awaited<ReturnType<TraceContracts["state"]["read"]["lotOf"]>>;

function itemWords(state: ItemState, names: Names): Record<string, string> {
  return filled({
    status: STATUS[state.status] ?? "",
    recalled: state.recalled ? "yes" : "",
    possessor: partyOf(state.possessor, names),
    owner: partyOf(state.owner, names),
    producer: partyOf(state.producer, names),
    "in transit to": state.consignee === ANYBODY ? "whoever receives it" : partyOf(state.consignee, names),
    place: placeOf(state.place, names),
    disposition: termOf(DISPOSITIONS, state.disposition),
    persistent: persistentOf(state.persistent),
    lot: state.lot === NO_OBJECT ? "" : objectUri(state.lot),
    "associated with": state.bond === NO_OBJECT ? "" : objectUri(state.bond),
    produced: dateOf(state.producedAt),
    expires: dateOf(state.expiresAt),
    "declared as opening stock": state.opening ? "yes" : "",
  });
}

function lotWords(state: LotState | undefined, names: Names): Record<string, string> {
  if (state === undefined) return {};
  const unit = fromUnit(state.unit);
  const amount = (millionths: bigint): string =>
    millionths === 0n ? "" : `${fromMillionths(millionths)}${unit === undefined ? "" : ` ${unit}`}`;
  return filled({
    created: amount(state.created),
    live: amount(state.live),
    sold: amount(state.sold),
    consumed: amount(state.consumed),
    destroyed: amount(state.destroyed),
    recalled: state.recalled ? "yes" : "",
    producer: partyOf(state.producer, names),
    place: placeOf(state.place, names),
    disposition: termOf(DISPOSITIONS, state.disposition),
    persistent: persistentOf(state.persistent),
    produced: dateOf(state.producedAt),
    expires: dateOf(state.expiresAt),
    "declared as opening stock": state.opening ? "yes" : "",
  });
}

function entryOf(
  { id, by, opening, event }: LoggedCapture,
  names: Names,
  erroneous: ReadonlySet<number>,
): Omit<HistoryEntry, "inside"> {
  const { flow } = event;
  return {
    id,
    time: formatLocalTime(Number(event.eventTime), event.zoneOffset),
    type: EVENT_TYPES[event.kind - 1] ?? "",
    action: ACTIONS[event.action] ?? "",
    step: termOf(BIZ_STEPS, event.step),
    disposition: termOf(DISPOSITIONS, event.disposition),
    by: partyOf(by, names),
    place: placeOf(event.readPoint === 0 ? event.location : event.readPoint, names),
    from: partyOf(flow.fromHolder === 0 ? flow.fromOwner : flow.fromHolder, names),
    to: partyOf(flow.toHolder === 0 ? flow.toOwner : flow.toHolder, names),
    erroneous: erroneous.has(id),
    opening,
  };
}

async function containersOf({ state }: TraceContracts, parent: Hex): Promise<string[]> {
  const containers: string[] = [];
  for (let above = parent; above !== NO_OBJECT && containers.length < MOST; ) {
    containers.push(objectUri(above));
    above = (await state.read.stateOf({ object: above })).parent;
  }
  return containers;
}

async function contentsOf({ state }: TraceContracts, parent: Hex): Promise<string[]> {
  const { children } = await state.read.childrenOf({ parent, offset: 0n, limit: 100n });
  const { inside, amounts } = await state.read.lotsIn({ container: parent });
  const quantities = inside.map((lot, at) => `${objectUri(lot)} × ${fromMillionths(amounts[at] ?? 0n)}`);
  return [...children.map(objectUri), ...quantities];
}

/** What a thing was made of, each thing once; a transformation stands between what came out and what went in. */
async function ancestorsOf({ lineage }: TraceContracts, root: Hex): Promise<{ ancestors: Ancestor; cut: boolean }> {
  const seen = new Set<Hex>();
  let cut = false;
  const above = async (object: Hex): Promise<Ancestor> => {
    const again = seen.has(object);
    seen.add(object);
    const from: Ancestor[] = [];
    if (!again) {
      let offset = 0n;
      do {
        const page = await lineage.read.up({ object, offset, limit: 100n });
        for (const item of page.items) {
          if (seen.size >= MOST) cut = true;
          else from.push(await above(item));
        }
        offset = page.next;
      } while (offset !== 0n && !cut);
    }
    return { object, uri: objectUri(object), kind: kindOf(object), from, again };
  };
  return { ancestors: await above(root), cut };
}

function filled(words: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== ""));
}

function kindOf(object: Hex): string {
  return KINDS.get(Number.parseInt(object.slice(2, 4), 16)) ?? "";
}

function termOf({ terms }: Vocabulary, number: number): string {
  return number === 0 ? "" : (terms[number - 1] ?? "own");
}

function persistentOf(bits: bigint): string {
  return [...DISPOSITIONS.terms, "own"].filter((_, at) => (bits >> BigInt(at + 1)) & 1n).join(", ");
}

/** The consignee of an open consignment: whoever receives it first. */
const ANYBODY = 2 ** 32 - 1;

function namedConsigneeOf({ consignee }: ItemState): number {
  return consignee === ANYBODY ? 0 : consignee;
}

function partyOf(party: number, names: Names): string {
  return party === 0 ? "" : names.party(party).replace("https://id.gs1.org/417/", "");
}

function placeOf(place: number, names: Names): string {
  if (place === 0) return "";
  const { gln, extension } = names.place(place);
  return extension === "" ? gln : `${gln} ${extension}`;
}

function dateOf(seconds: bigint): string {
  return seconds === 0n ? "" : new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
}
