import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Address } from "viem";
import { z } from "zod";
import type { PrepaidContracts } from "./contracts.ts";
import { readPolicyDocuments } from "./policy-document.ts";
import { planPublications } from "./publications.ts";

const POLICIES = fileURLToPath(new URL("../data/policies", import.meta.url));
const CALENDAR = new URL("../data/calendar.json", import.meta.url);

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

/**
 * Publishes the calendar and the policies of the app, each only where it is not there yet; may be run again after it was cut off.
 *
 * @param contracts - the deployment
 * @param options - the regulator as the sender
 */
export async function publishPolicies(
  contracts: PrepaidContracts,
  options: { readonly account: Address },
): Promise<void> {
  const { calendar, policies, clock } = contracts;
  for (const { year, daysOff, workDays, source } of calendarSchema.parse(JSON.parse(readFileSync(CALENDAR, "utf8")))) {
    if ((await calendar.read.revisionOf({ year })) > 0) continue;
    await calendar.writeAndWait.publishYear({ year, daysOff, workdays: workDays, source }, options);
  }

  const { publications } = planPublications(readPolicyDocuments(POLICIES), (await clock.read.timestamp()) + LEAD);
  const published = await publishedSources(contracts);
  for (const { args } of publications) {
    const [region, parameters, values, fromDate, source] = args;
    if (published.has(`${region} ${source}`)) continue;
    await policies.writeAndWait.publish({ region, parameters, values, fromDate, source }, options);
  }
}

async function publishedSources({ policies }: PrepaidContracts): Promise<ReadonlySet<string>> {
  const events = await policies.events.PolicyPublished.get();
  return new Set(events.map(({ args }) => `${args.region} ${args.source}`));
}
