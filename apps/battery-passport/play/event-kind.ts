import { type EventKind as AnyEventKind, eventDefiner } from "@banyan/app-common/story";
import type { Play } from "./play-context.ts";

/** The page that describes the events of a story, without its ending. */
export const EVENTS_PAGE = "apps/battery-passport/README";

/** What an event of the battery passport is, and how it is applied. */
export type EventKind = AnyEventKind<Play>;

/** Defines an event of the battery passport. */
export const defineEvent = eventDefiner<Play>(EVENTS_PAGE);
