import { BanyanError } from "@banyan/app-common";
import type { Text } from "@banyan/app-common/app";

/** What is wrong with a document, in the words of a program. */
export type EpcisFault =
  | "EPCIS_JSON_INVALID"
  | "EPCIS_ENCODING_INVALID"
  | "EPCIS_TYPE_UNKNOWN"
  | "EPCIS_EVENT_TYPE_OWN"
  | "EPCIS_CONTEXT_MISSING"
  | "EPCIS_FIELD_MISSING"
  | "EPCIS_FIELD_UNKNOWN"
  | "EPCIS_FIELD_REPEATED"
  | "EPCIS_FIELD_TYPE"
  | "EPCIS_FORM_INVALID"
  | "EPCIS_URI_INVALID"
  | "EPCIS_TIME_INVALID"
  | "EPCIS_OFFSET_INVALID"
  | "EPCIS_TERM_UNKNOWN"
  | "EPCIS_TERM_NAMESPACE"
  | "EPCIS_LIST_EMPTY"
  | "EPCIS_LIST_REPEATS"
  | "EPCIS_OBJECTS_MISSING"
  | "EPCIS_ILMD_MISPLACED";

/** One thing that is wrong, with its place and cure. Codes beyond {@link EpcisFault} come from identifiers, masters and the contracts. */
export interface Refusal {
  readonly code: string;
  /** Place of the event in the file's list, counted from 0; nothing for the document itself. */
  readonly event?: number;
  /** The field, as a JSON pointer from the file's root (RFC 6901). */
  readonly pointer: string;
  /** The rule that it breaks, such as `C-08`. */
  readonly rule: string;
  readonly message: Text;
  readonly cure: Text;
}

/**
 * A refusal as the error that a command ends with.
 *
 * @param file - the file's name
 * @param refusal - what is wrong
 */
export function refusalError(file: string, { code, event, pointer, rule, message, cure }: Refusal): BanyanError {
  const place = event === undefined ? "" : ` event ${event}`;
  const placeZh = event === undefined ? "" : ` 事件 ${event}`;
  const field = pointer === "" ? "/" : pointer;
  return new BanyanError(
    code,
    {
      en: `${file}:${place} ${field}: ${message.en} (rule ${rule})`,
      zh: `${file}：${placeZh} ${field}：${message.zh}（规则 ${rule}）`,
    },
    { cure },
  );
}

/**
 * A place below another, as a JSON pointer.
 *
 * @param pointer - the place above
 * @param name - the field's name or the item's number
 */
export function below(pointer: string, name: string | number): string {
  return `${pointer}/${String(name).replace(/~/g, "~0").replace(/\//g, "~1")}`;
}
