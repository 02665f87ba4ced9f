import type { EventKind } from "../event-kind.ts";
import { captureEvents } from "./capture.ts";
import { certificateEvents } from "./certificates.ts";
import { codeEvents } from "./codes.ts";
import { coldEvents } from "./cold.ts";
import { deviceEvents } from "./devices.ts";
import { refusedEvent } from "./expectations.ts";
import { partyEvents } from "./parties.ts";
import { productEvents } from "./products.ts";
import { quotaEvents } from "./quotas.ts";
import { recallEvents } from "./recalls.ts";
import { thingEvents } from "./things.ts";

const all: readonly EventKind[] = [
  ...partyEvents,
  ...productEvents,
  ...quotaEvents,
  ...certificateEvents,
  ...captureEvents,
  ...codeEvents,
  ...deviceEvents,
  ...coldEvents,
  ...recallEvents,
  ...thingEvents,
  refusedEvent,
];

/** Every event that a story may hold, by its word; `open` is the first line of a story. */
export const eventKinds: ReadonlyMap<string, EventKind> = new Map(all.map((kind) => [kind.event, kind]));
