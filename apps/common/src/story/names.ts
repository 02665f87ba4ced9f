import { BanyanError } from "../errors.ts";
import type { StoryOpening } from "./event-kind.ts";
import type { Names } from "./journal.ts";

/** The names of a story: what the file calls a thing, the id the chain gave it, and whom it belongs to. */
export interface NameBook<kind extends string, fact extends string> {
  /** The id behind a name. Throws `NAME_UNKNOWN`. */
  id(kind: kind, name: string): bigint;
  /** A fact of a named thing. Throws `NAME_UNKNOWN`. */
  fact(kind: kind, name: string, fact: fact): string;
  /** Gives a new name to an id. Throws `NAME_TAKEN`. */
  define(kind: kind, name: string, id: bigint, facts?: Partial<Readonly<Record<fact, string>>>): void;
  /** Changes a fact. */
  setFact(kind: kind, name: string, fact: fact, value: string): void;
  /** Refuses a name that is taken, before anything is sent. Throws `NAME_TAKEN`. */
  requireFree(kind: kind, name: string): void;
  /** The names of a kind with their ids, in the order they were made. */
  all(kind: kind): readonly (readonly [name: string, id: bigint])[];
  /** The name of an id, if it has one. */
  nameOf(kind: kind, id: bigint): string | undefined;
  /** Notes that a party took part, so that a run that goes on later counts what it holds. */
  meet(party: string): void;
  /** The parties that took part, this run's and those of the runs before. */
  parties(): readonly string[];
  /** Keeps what the story's first line said. */
  setStory(story: StoryOpening): void;
  /** What the story's first line said, if it was read. */
  story(): StoryOpening | undefined;
  /** What is new since the last call, for the journal. */
  takeNew(): Names;
  /** Takes over what the journal kept. */
  restore(names: Names): void;
}

/** What the things of a story are called in Chinese. */
export interface NameWords<kind extends string, fact extends string> {
  readonly kinds: Readonly<Record<kind, string>>;
  /** What must be remembered of a named thing: whom it belongs to, what it is about. */
  readonly facts: Readonly<Record<fact, string>>;
}

interface Entry {
  readonly id: bigint;
  readonly facts: Map<string, string>;
}

/**
 * Makes an empty name book.
 *
 * @param words - the kinds of things and the facts, with their Chinese names
 */
export function createNameBook<kind extends string, fact extends string>(
  words: NameWords<kind, fact>,
): NameBook<kind, fact> {
  const entries = new Map<string, Map<string, Entry>>();
  const names = new Map<string, string>();
  const parties = new Set<string>();
  let fresh: Record<string, string> = {};
  let head: StoryOpening | undefined;

  const of = (kind: string): Map<string, Entry> => {
    const known = entries.get(kind) ?? new Map<string, Entry>();
    entries.set(kind, known);
    return known;
  };
  const entry = (kind: kind, name: string): Entry => {
    const found = of(kind).get(name);
    if (found !== undefined) return found;
    const hint = (like: string): string => alike(like, name, [...of(kind).keys()]);
    throw new BanyanError(
      "NAME_UNKNOWN",
      { en: `there is no ${kind} "${name}"`, zh: `没有名为 "${name}" 的${words.kinds[kind]}` },
      {
        cure: {
          en: `Name a ${kind} that a line above has made${hint(", such as ")}.`,
          zh: `请写前面各行已建立的${words.kinds[kind]}${hint("，例如 ")}。`,
        },
      },
    );
  };
  const put = (kind: string, name: string, id: bigint): void => {
    of(kind).set(name, { id, facts: new Map() });
    names.set(`${kind} ${id}`, name);
  };
  const requireFree = (kind: kind, name: string): void => {
    if (!of(kind).has(name)) return;
    throw new BanyanError(
      "NAME_TAKEN",
      { en: `there is already a ${kind} "${name}"`, zh: `已有名为 "${name}" 的${words.kinds[kind]}` },
      {
        cure: { en: "Choose a name that no line above has used.", zh: "请换一个前面各行没有用过的名称。" },
      },
    );
  };
  const setFact = (kind: kind, name: string, fact: fact, value: string): void => {
    entry(kind, name).facts.set(fact, value);
    fresh[`${kind} ${name} ${fact}`] = value;
  };

  return {
    id: (kind, name) => entry(kind, name).id,
    fact(kind, name, fact) {
      const value = entry(kind, name).facts.get(fact);
      if (value === undefined)
        throw new BanyanError("FACT_UNKNOWN", {
          en: `nothing is known of the ${fact} of ${kind} "${name}"`,
          zh: `不知道${words.kinds[kind]} "${name}" 的${words.facts[fact]}`,
        });
      return value;
    },
    define(kind, name, id, facts = {}) {
      requireFree(kind, name);
      put(kind, name, id);
      fresh[`${kind} ${name}`] = id.toString();
      for (const fact of Object.keys(facts) as fact[]) {
        const value = facts[fact];
        if (value !== undefined) setFact(kind, name, fact, value);
      }
    },
    setFact,
    requireFree,
    all: (kind) => [...of(kind)].map(([name, { id }]) => [name, id] as const),
    nameOf: (kind, id) => names.get(`${kind} ${id}`),
    meet(party) {
      if (parties.has(party)) return;
      parties.add(party);
      fresh[`party ${party}`] = "";
    },
    parties: () => [...parties],
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
        // A party that was only met has no id.
        else if (kind === "party" && value === "") parties.add(name);
        else if (fact === undefined) put(kind, name, BigInt(value));
        else of(kind).get(name)?.facts.set(fact, value);
      }
    },
  };
}

/** Names that begin alike, as a hint. */
function alike(like: string, name: string, known: readonly string[]): string {
  const hints = known.filter((other) => other.slice(0, 2).toLowerCase() === name.slice(0, 2).toLowerCase()).slice(0, 5);
  return hints.length === 0 ? "" : `${like}${hints.join(", ")}`;
}
