export { type AppliedEvent, type Journal, type JournalState, type Names, openJournal } from "./journal.ts";
export { playStory, type Stage, type StoryEvent, type StoryOptions, type StoryResult } from "./story.ts";
