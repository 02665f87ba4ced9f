import { BanyanError } from "@banyan/app-common";
import type { Names } from "@banyan/app-common/story";

/** What a name in a story can stand for. */
export type NameKind =
  | "merchant"
  | "terms"
  | "card"
  | "redemption"
  | "authorisation"
  | "refund"
  | "cover"
  | "payout"
  | "record";

/** What a story must remember of a named thing: whom it belongs to, which card it is about. */
export type Fact = "merchant" | "holder" | "card" | "provider";

/** The names of a story: what the file calls a thing, the id the chain gave it, and whom it belongs to. */
export interface NameBook {
  /** The id behind a name. Throws `NAME_UNKNOWN`. */
  id(kind: NameKind, name: string): bigint;
  /** A fact of a named thing. Throws `NAME_UNKNOWN`. */
  fact(kind: NameKind, name: string, fact: Fact): string;
  /** Gives a new name to an id. Throws `NAME_TAKEN`. */
  define(kind: NameKind, name: string, id: bigint, facts?: Partial<Readonly<Record<Fact, string>>>): void;
  /** Changes a fact. */
  setFact(kind: NameKind, name: string, fact: Fact, value: string): void;
  /** Refuses a name that is taken, before anything is sent. Throws `NAME_TAKEN`. */
  requireFree(kind: NameKind, name: string): void;
  /** The names of a kind with their ids, in the order they were made. */
  all(kind: NameKind): readonly (readonly [name: string, id: bigint])[];
  /** The name of an id, if it has one. */
  nameOf(kind: NameKind, id: bigint): string | undefined;
  /** Keeps what the story's first line said. */
  setStory(story: StoryHead): void;
  /** What the story's first line said, if it was read. */
  story(): StoryHead | undefined;
  /** What is new since the last call, for the journal. */
  takeNew(): Names;
  /** Takes over what the journal kept. */
  restore(names: Names): void;
}

/** What the first line of a story says. */
export interface StoryHead {
  readonly region: string;
  readonly salt: string;
}

interface Entry {
  readonly id: bigint;
  readonly facts: Map<string, string>;
}

/** Makes an empty name book. */
export function createNameBook(): NameBook {
  const entries = new Map<string, Map<string, Entry>>();
  const names = new Map<string, string>();
  let fresh: Record<string, string> = {};
  let head: StoryHead | undefined;

  const of = (kind: string): Map<string, Entry> => {
    const known = entries.get(kind) ?? new Map<string, Entry>();
    entries.set(kind, known);
    return known;
  };
  const entry = (kind: NameKind, name: string): Entry => {
    const found = of(kind).get(name);
    if (found !== undefined) return found;
    throw new BanyanError("NAME_UNKNOWN", `there is no ${kind} "${name}"`, {
      cure: `Name a ${kind} that a line above has made${alike(name, [...of(kind).keys()])}.`,
    });
  };
  const put = (kind: string, name: string, id: bigint): void => {
    of(kind).set(name, { id, facts: new Map() });
    names.set(`${kind} ${id}`, name);
  };
  const requireFree = (kind: NameKind, name: string): void => {
    if (!of(kind).has(name)) return;
    throw new BanyanError("NAME_TAKEN", `there is already a ${kind} "${name}"`, {
      cure: "Choose a name that no line above has used.",
    });
  };
  const setFact = (kind: NameKind, name: string, fact: Fact, value: string): void => {
    entry(kind, name).facts.set(fact, value);
    fresh[`${kind} ${name} ${fact}`] = value;
  };

  return {
    id: (kind, name) => entry(kind, name).id,
    fact(kind, name, fact) {
      const value = entry(kind, name).facts.get(fact);
      if (value === undefined)
        throw new BanyanError("FACT_UNKNOWN", `nothing is known of the ${fact} of ${kind} "${name}"`);
      return value;
    },
    define(kind, name, id, facts = {}) {
      requireFree(kind, name);
      put(kind, name, id);
      fresh[`${kind} ${name}`] = id.toString();
      for (const [fact, value] of Object.entries(facts)) setFact(kind, name, fact as Fact, value);
    },
    setFact,
    requireFree,
    all: (kind) => [...of(kind)].map(([name, { id }]) => [name, id] as const),
    nameOf: (kind, id) => names.get(`${kind} ${id}`),
    setStory(story) {
      head = story;
      fresh.story = JSON.stringify(story);
    },
    story: () => head,
    takeNew() {
      const taken = fresh;
      fresh = {};
      return taken;
    },
    restore(saved) {
      for (const [key, value] of Object.entries(saved)) {
        const [kind = "", name = "", fact] = key.split(" ");
        if (key === "story") head = JSON.parse(value);
        else if (fact === undefined) put(kind, name, BigInt(value));
        else of(kind).get(name)?.facts.set(fact, value);
      }
    },
  };
}

/** Names that begin alike, as a hint. */
function alike(name: string, known: readonly string[]): string {
  const hints = known.filter((other) => other.slice(0, 2).toLowerCase() === name.slice(0, 2).toLowerCase()).slice(0, 5);
  return hints.length === 0 ? "" : `, such as ${hints.join(", ")}`;
}
