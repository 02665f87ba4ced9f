import { type EventKind as AnyEventKind, eventDefiner } from "@banyan/app-common/story";
import type { Play } from "./play-context.ts";

/** The page that describes the events of a story, without its ending. */
export const EVENTS_PAGE = "apps/trace-common/README";

/** What an event of traceability is, and how it is applied. */
export type EventKind = AnyEventKind<Play>;

/** Defines an event of traceability. */
export const defineEvent = eventDefiner<Play>(EVENTS_PAGE);
