export { EVENTS_PAGE, type EventKind } from "./event-kind.ts";
export { eventKinds } from "./events/index.ts";
export { type PlayFigures, readFigures } from "./figures.ts";
export { createNameBook, type NameBook } from "./names.ts";
export type { Play } from "./play-context.ts";
export { playTrace, type TraceApp } from "./play-trace.ts";
export { explain, refusalOf } from "./refusal.ts";
export { openWallet, SAMPLE_WALLET } from "./wallet.ts";
