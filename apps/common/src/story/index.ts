export {
  type EventKind,
  type EventKinds,
  eventDefiner,
  kindOf,
  readOpening,
  type StoryOpening,
} from "./event-kind.ts";
export { fieldError, refuseField } from "./field-error.ts";
export {
  coded,
  count,
  type Document,
  day,
  digestOf,
  document,
  instant,
  money,
  NO_DIGEST,
  name,
  pattern,
} from "./fields.ts";
export {
  type AppliedEvent,
  type Journal,
  type JournalState,
  type Names,
  openJournal,
  setAsideJournal,
} from "./journal.ts";
export { createKindsStage, type KindsStage, type StageOptions } from "./kinds-stage.ts";
export { createNameBook, type NameBook, type NameWords } from "./names.ts";
export { parseEnum, wordOf } from "./parse-enum.ts";
export {
  playFile,
  type StoryApp,
  type StoryDeployment,
  type StoryEnding,
  type StoryScene,
  type StorySetting,
} from "./play-file.ts";
export { createRandom, type Random } from "./random.ts";
export { createExplanation, type RefusalWords } from "./refusal.ts";
export { openingOf, playStory, type Stage, type StoryEvent, type StoryOptions, type StoryResult } from "./story.ts";
export { type FileDigests, openStoryFiles, type StoryFiles } from "./story-files.ts";
export { type KeyPath, openStoryWallet, type StoryWallet } from "./wallet.ts";
