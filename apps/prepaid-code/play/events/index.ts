import type { EventKind } from "../event-kind.ts";
import { cardEvents } from "./cards.ts";
import { custodyEvents } from "./custody.ts";
import { expectationEvents } from "./expectations.ts";
import { merchantEvents } from "./merchants.ts";
import { redemptionEvents } from "./redemptions.ts";
import { refundEvents } from "./refunds.ts";

/** Every event that a story may hold, by its word; `open` is the first line of a story. */
export const eventKinds: ReadonlyMap<string, EventKind> = new Map(
  [...merchantEvents, ...custodyEvents, ...cardEvents, ...redemptionEvents, ...refundEvents, ...expectationEvents].map(
    (kind) => [kind.event, kind],
  ),
);
