/** Prefixes that the EPCIS context itself declares. */
const STANDARD: Readonly<Record<string, string>> = {
  epcis: "https://ref.gs1.org/epcis/",
  cbv: "https://ref.gs1.org/cbv/",
  cbvmda: "urn:epcglobal:cbv:mda:",
  gs1: "https://gs1.org/voc/",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  owl: "http://www.w3.org/2002/07/owl#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  dcterms: "http://purl.org/dc/terms/",
};

/** The `@context` of the standard. */
export const EPCIS_CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/** What compact URIs of a document mean. */
export interface Prefixes {
  /** The namespace of a prefix. */
  readonly get: (prefix: string) => string | undefined;
  /** A compact URI in full; any other text as it is. */
  readonly expand: (text: string) => string;
  /** A field's name as the pre-hash string writes it: `{namespace}local`; a name without a known prefix as it is. */
  readonly field: (name: string) => string;
  /** A value as the pre-hash string writes it: only prefixes that the document itself declares are expanded. */
  readonly value: (text: string) => string;
}

/**
 * Reads the prefixes of a document.
 *
 * @param contexts - the `@context` of the document, then that of the event if it has one of its own
 */
export function readContext(...contexts: readonly unknown[]): Prefixes {
  const declared = new Map<string, string>();
  for (const context of contexts) {
    for (const part of Array.isArray(context) ? context : [context]) {
      if (typeof part !== "object" || part === null) continue;
      for (const [prefix, meaning] of Object.entries(part)) {
        const namespace =
          typeof meaning === "object" && meaning !== null && "@id" in meaning ? meaning["@id"] : meaning;
        if (typeof namespace === "string" && !prefix.startsWith("@")) declared.set(prefix, namespace);
      }
    }
  }
  const get = (prefix: string): string | undefined => declared.get(prefix) ?? STANDARD[prefix];
  const split = (text: string): readonly [namespace: string | undefined, local: string, own: boolean] => {
    const colon = text.indexOf(":");
    // `https://…` is no compact URI, whatever a context may call a prefix.
    if (colon <= 0 || text.startsWith("//", colon + 1)) return [undefined, text, false];
    const prefix = text.slice(0, colon);
    return [get(prefix), text.slice(colon + 1), declared.has(prefix)];
  };
  return {
    get,
    expand(text) {
      const [namespace, local] = split(text);
      return namespace === undefined ? text : namespace + local;
    },
    field(name) {
      const [namespace, local] = split(name);
      return namespace === undefined ? name : `{${namespace}}${local}`;
    },
    value(text) {
      const [namespace, local, own] = split(text);
      return namespace === undefined || !own ? text : namespace + local;
    },
  };
}
