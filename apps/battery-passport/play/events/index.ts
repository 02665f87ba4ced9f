import type { EventKinds } from "@banyan/app-common/story";
import type { Play } from "../play-context.ts";
import { expectationEvents } from "./expectations.ts";
import { financeEvents } from "./finance.ts";
import { partyEvents } from "./parties.ts";
import { rideEvents } from "./rides.ts";

/** Every kind of event that a story may hold, by its word. */
export const eventKinds: EventKinds<Play> = new Map(
  [...partyEvents, ...rideEvents, ...financeEvents, ...expectationEvents].map((kind) => [kind.event, kind]),
);
