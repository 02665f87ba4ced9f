import { BANYAN_NAMESPACE, type Fields, isFields, type ReadDocument } from "../../epcis/index.ts";

/** The names of what a document written here says beside its events. */
export const SAID = {
  /** GLN of the capturing party, then content ids. */
  capturers: `${BANYAN_NAMESPACE}capturers`,
  /** Content ids of events that declare what was in circulation before. */
  openings: `${BANYAN_NAMESPACE}openings`,
} as const;

/** Who captured each event, by content id: what a document written here says. */
export function statedCapturers(document: ReadDocument): ReadonlyMap<string, string> {
  const said = find(document, SAID.capturers);
  if (!isFields(said)) return new Map();
  return new Map(
    Object.entries(said).flatMap(([party, ids]) => {
      const gln = party.replace(/^.*[/:]/, "");
      return (Array.isArray(ids) ? ids : []).map((id) => [String(id), gln] as const);
    }),
  );
}

/** Which events declare what was in circulation before, by content id. */
export function statedOpenings(document: ReadDocument): ReadonlySet<string> {
  const said = find(document, SAID.openings);
  return new Set(Array.isArray(said) ? said.map(String) : []);
}

function find({ document, prefixes }: ReadDocument, name: string): unknown {
  const fields: Fields = isFields(document) ? document : {};
  return Object.entries(fields).find(([key]) => prefixes.expand(key) === name)?.[1];
}
