import { isoMoment, isoSecond, type SampleEvent } from "./events.ts";

/** A file of a story, by its path below the data folder. */
export type SampleFiles = ReadonlyMap<string, string>;

/** A party's name or an office's. */
type Party = string;

/** What collects the lines of a story and the EPCIS documents that they name. */
export interface StoryWriter {
  /**
   * Adds a line.
   *
   * @param at - seconds since 1970
   * @param fields - what the line says beside its date
   */
  step(at: number, fields: Readonly<Record<string, unknown>> & { readonly event: string }): void;
  /**
   * Adds an EPCIS document and the line that captures it.
   *
   * @param at - when it is captured, in seconds since 1970
   * @param by - who captures
   * @param file - the document's name, without folder and ending
   * @param events - in their order
   */
  capture(at: number, by: Party, file: string, events: readonly SampleEvent[]): void;
  /**
   * Adds an EPCIS document that must be refused.
   *
   * @param error - the code or the contract's error
   */
  refused(at: number, by: Party, file: string, events: readonly SampleEvent[], error: string): void;
  /** Adds a line that must be refused. */
  refusedStep(at: number, attempt: Readonly<Record<string, unknown>> & { readonly event: string }, error: string): void;
  /** Adds a file that a line names, by its path from the story's folder. */
  file(path: string, text: string): void;
  /** How many EPCIS events the documents hold, those that must be refused left out. */
  events(): number;
  /** The files: the story under its name, the documents in `epcis/`. */
  files(name: string): SampleFiles;
}

/** What every document of a story carries. */
export interface DocumentHead {
  /** Prefixes of the makers' own namespaces. */
  readonly prefixes: Readonly<Record<string, string>>;
  /** What the documents' ids begin with. */
  readonly id: string;
}

const CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/**
 * Makes a story writer. Lines come out in the order of their dates; lines of one moment in the order in which they were added.
 *
 * @param head - what every document carries
 */
export function createStoryWriter({ prefixes, id }: DocumentHead): StoryWriter {
  const lines: { readonly at: number; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  const documents = new Map<string, string>();
  let count = 0;

  const step = (at: number, fields: Readonly<Record<string, unknown>>): void => {
    lines.push({ at, fields });
  };
  const write = (at: number, name: string, events: readonly SampleEvent[]): string => {
    const path = `epcis/${name}.jsonld`;
    if (documents.has(path)) throw new RangeError(`There are two documents ${path}`);
    documents.set(path, documentOf(`${id}${name}`, prefixes, at, events));
    return path;
  };

  return {
    step,
    capture(at, by, name, events) {
      step(at, { event: "capture", by, file: write(at, name, events) });
      count += events.length;
    },
    refused(at, by, name, events, error) {
      step(at, { event: "refused", attempt: { event: "capture", by, file: write(at, name, events) }, error });
    },
    refusedStep(at, attempt, error) {
      step(at, { event: "refused", attempt, error });
    },
    file(path, text) {
      documents.set(path, text);
    },
    events: () => count,
    files(name) {
      const sorted = lines.map((line, index) => ({ line, index }));
      sorted.sort((a, b) => a.line.at - b.line.at || a.index - b.index);
      const story = sorted.map(({ line }) => `${JSON.stringify({ date: isoSecond(line.at), ...line.fields })}\n`);
      return new Map([[name, story.join("")], ...documents]);
    },
  };
}

/** A document with one event a line. */
function documentOf(
  id: string,
  prefixes: DocumentHead["prefixes"],
  at: number,
  events: readonly SampleEvent[],
): string {
  const head = {
    "@context": [CONTEXT, prefixes],
    id,
    type: "EPCISDocument",
    schemaVersion: "2.0",
    creationDate: isoMoment(at),
  };
  const list = events.map((event) => JSON.stringify(event)).join(",\n");
  return `${JSON.stringify(head).slice(0, -1)},"epcisBody":{"eventList":[\n${list}\n]}}\n`;
}
