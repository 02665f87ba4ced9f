import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Address } from "viem";
import { z } from "zod";
import type { Clock, PolicyRegistry, WorkCalendar } from "../../client/index.ts";
import type { ParameterCatalogue } from "./parameter-catalogue.ts";
import { readPolicyDocuments } from "./policy-document.ts";
import { planPublications } from "./publications.ts";

/** A calendar of some years with holidays that are assumed: a sample. */
export const SAMPLE_CALENDAR = fileURLToPath(new URL("calendar.json", import.meta.url));

/** Seconds that all publications together may take before the first of them holds. */
const LEAD = 300n;

const calendarSchema = z.array(
  z.object({
    year: z.number().int(),
    /** Days of the year, 1 to 366, that are free although they fall on Monday to Friday. */
    daysOff: z.array(z.number().int()),
    /** Days of the year that are worked although they fall on a weekend. */
    workDays: z.array(z.number().int()),
    source: z.string(),
  }),
);

/** Where policies are published. */
export interface PolicyContracts {
  readonly clock: Clock;
  readonly calendar: WorkCalendar;
  readonly policies: PolicyRegistry;
}

/** What is published, and by whom. */
export interface PublishPoliciesOptions {
  /** The regulator as the sender. */
  readonly account: Address;
  /** The folder with one JSON file per document. */
  readonly folder: string;
  /** The parameters that the documents may state. */
  readonly catalogue: ParameterCatalogue;
  /** The JSON file with the calendar's years. */
  readonly calendar: string;
}

/**
 * Publishes a calendar and policies, each only where it is not there yet; may be run again after it was cut off.
 *
 * @param contracts - where they are published
 * @param options - what is published, and by whom
 */
export async function publishPolicies(contracts: PolicyContracts, options: PublishPoliciesOptions): Promise<void> {
  const { calendar, policies, clock } = contracts;
  const { account, folder, catalogue } = options;
  const years = calendarSchema.parse(JSON.parse(readFileSync(options.calendar, "utf8")));
  for (const { year, daysOff, workDays, source } of years) {
    if ((await calendar.read.revisionOf({ year })) > 0) continue;
    await calendar.writeAndWait.publishYear({ year, daysOff, workdays: workDays, source }, { account });
  }

  const documents = readPolicyDocuments(folder, catalogue);
  const { publications } = planPublications(documents, (await clock.read.timestamp()) + LEAD);
  const published = await publishedSources(contracts);
  for (const { args } of publications) {
    const [region, parameters, values, fromDate, source] = args;
    if (published.has(`${region} ${source}`)) continue;
    await policies.writeAndWait.publish({ region, parameters, values, fromDate, source }, { account });
  }
}

async function publishedSources({ policies }: PolicyContracts): Promise<ReadonlySet<string>> {
  const events = await policies.events.PolicyPublished.get();
  return new Set(events.map(({ args }) => `${args.region} ${args.source}`));
}
