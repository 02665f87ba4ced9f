export {
  type AppliedEvent,
  type Journal,
  type JournalState,
  type Names,
  openJournal,
  setAsideJournal,
} from "./journal.ts";
export { openingOf, playStory, type Stage, type StoryEvent, type StoryOptions, type StoryResult } from "./story.ts";
