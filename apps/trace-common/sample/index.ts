export {
  type Action,
  type Amount,
  aggregationEvent,
  associationEvent,
  declaration,
  type ErrorDeclaration,
  type EventFields,
  type Flow,
  isoMoment,
  isoSecond,
  objectEvent,
  type SampleEvent,
  type SensorSpan,
  sensorElement,
  type Transformation,
  transactionEvent,
  transformationEvent,
} from "./events.ts";
export { type Company, createCompany, type Notation } from "./keys.ts";
export { createStoryWriter, type DocumentHead, type SampleFiles, type StoryWriter } from "./story-writer.ts";
export { writeFiles } from "./write-files.ts";
