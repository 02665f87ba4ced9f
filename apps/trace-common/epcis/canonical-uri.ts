import { canonicalLink, parseDigitalLink } from "./digital-link.ts";
import { isEpcUrn, parseEpcUrn } from "./epc-urn.ts";

/** Identifiers come again and again within a document. */
const MOST_KEPT = 50_000;
const kept = new Map<string, string>();

/**
 * A URI as CBV 2.0 writes it before hashing (section 8.9): an EPC URI or a GS1 Digital Link URI becomes the canonical Digital Link URI of its finest
 * level; any other text stays. Check digits are not judged here, so that the hash of a wrong document is still that of other systems.
 *
 * @param text - the URI as it stands in the document
 */
export function canonicalUri(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const canonical = canonicalOf(text);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(text, canonical);
  return canonical;
}

function canonicalOf(text: string): string {
  if (isEpcUrn(text)) {
    try {
      return canonicalLink(parseEpcUrn(text));
    } catch {
      return text;
    }
  }
  if (!/^https?:/i.test(text)) return text;
  const link = parseDigitalLink(text, { strict: false });
  return link === undefined ? text : canonicalLink(link.identifier);
}
