import type { Hex } from "viem";
import { parameterId, regionId } from "./parameter-id.ts";
import type { PolicyDocument } from "./policy-document.ts";

/** The arguments of `PolicyRegistry.publish`, in their order. */
export type PublicationArguments = readonly [
  region: Hex,
  parameters: readonly Hex[],
  values: readonly bigint[],
  fromDate: bigint,
  source: string,
];

/** A call of `PolicyRegistry.publish` that makes a document hold. */
export interface Publication {
  /** The document's file, for progress and messages. */
  readonly file: string;
  readonly args: PublicationArguments;
}

/**
 * Plans how documents come into the policy registry.
 *
 * The registry takes no number for a moment that has passed, and the versions of a region in the order of their dates. A document that was in
 * force before is therefore published from `start` on, one second after the one before it; a document whose date is still to come keeps it.
 *
 * @param documents - in the order in which they were made
 * @param start - the first moment at which they can hold, in seconds: later than the block that publishes the last of them
 * @returns one call per document, in the same order, and the moment from which all that are in force hold
 */
export function planPublications(
  documents: readonly PolicyDocument[],
  start: bigint,
): { readonly publications: readonly Publication[]; readonly holdsFrom: bigint } {
  const latest = new Map<string, bigint>();
  let holdsFrom = start;
  const publications = documents.map((document) => {
    const before = latest.get(document.region);
    const earliest = before === undefined ? start : before + 1n;
    const planned = document.fromDate !== undefined && document.fromDate > start;
    const fromDate = planned && document.fromDate > earliest ? document.fromDate : earliest;
    latest.set(document.region, fromDate);
    if (!planned && fromDate > holdsFrom) holdsFrom = fromDate;
    return { file: document.file, args: publicationArguments(document, fromDate) };
  });
  return { publications, holdsFrom };
}

function publicationArguments(document: PolicyDocument, fromDate: bigint): PublicationArguments {
  const entries = document.parameters.flatMap(({ id, value, trades }) =>
    trades.length === 0
      ? [{ key: parameterId(id), value }]
      : trades.map((trade) => ({ key: parameterId(id, trade), value })),
  );
  return [
    regionId(document.region),
    entries.map(({ key }) => key),
    entries.map(({ value }) => value),
    fromDate,
    sourceOf(document),
  ];
}

/** The document, its articles with rule and sureness, and until when it holds; `[draft]` in front as the registry asks. */
function sourceOf({ source, draft, until, parameters }: PolicyDocument): string {
  const articles = new Set(parameters.map(({ article, rule, sure }) => `${article} (${rule}; ${sure})`));
  const text = `${source}: ${[...articles].join(", ")}`;
  return `${draft === undefined ? "" : "[draft] "}${text}${until === undefined ? "" : `; until ${until}`}`;
}
