export { canonicalUri } from "./canonical-uri.ts";
export {
  type CapturedDeclaration,
  type CapturedEvent,
  type CapturedFlow,
  type CapturedQuantity,
  MILLION,
  NO_DIGEST,
  PIECES,
} from "./captured-event.ts";
export { checkDigit, hasCheckDigit } from "./check-digit.ts";
export { EPCIS_CONTEXT, type Prefixes, readContext } from "./context.ts";
export { digestJson, digestText, digestUri } from "./digest-json.ts";
export { canonicalLink, type DigitalLink, type DigitalLinkOptions, parseDigitalLink } from "./digital-link.ts";
export { formatElements, parseElementString, parseElements } from "./element-string.ts";
export { isEpcUrn, parseEpcUrn } from "./epc-urn.ts";
export { formatLocalTime, formatOffset, formatTime, isUri, parseOffset, parseTime } from "./formats.ts";
export type { Identifier, Scheme } from "./identifier.ts";
export { classId, identify, instanceId, parseGln, parseIdentifier } from "./identify.ts";
export { KeyKind, type ObjectKey } from "./key-kind.ts";
export {
  type Masters,
  mastersJson,
  NO_MASTERS,
  type PartyMaster,
  type PlaceMaster,
  type ProductMaster,
  readMasterFile,
  readMasters,
} from "./masters.ts";
export { NO_OBJECT, objectUri, packObjectId, packUri, showCode, unpackObjectId } from "./object-id.ts";
export { contentId, hashId, parseHashId, preHash } from "./pre-hash.ts";
export { fromMillionths, fromUnit, toMillionths, toUnit } from "./quantity.ts";
export { type ReadDocument, type ReadEvent, readDocument, readJson, refusedDocument } from "./read-document.ts";
export { type EpcisFault, type Refusal, refusalError } from "./refusal.ts";
export { canonicalJson, type Fields, isFields } from "./schema.ts";
export { type Directory, PARTNER_URN, type Prepared, refusalOf, toCapture } from "./to-capture.ts";
export {
  BANYAN_NAMESPACE,
  declarationJson,
  EXPORT_CONTEXT,
  isOriginal,
  type Names,
  presumedEvent,
  toEpcis,
  type WrittenEvent,
  withContentId,
} from "./to-epcis.ts";
export { BIZ_STEPS, DISPOSITIONS, EVENT_TYPES, termNumber, termOf, type Vocabulary } from "./vocabulary.ts";
