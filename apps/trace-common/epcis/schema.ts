import type { Text } from "@banyan/app-common/app";
import { readContext } from "./context.ts";
import { isUri, parseOffset, parseTime } from "./formats.ts";
import { below, type EpcisFault } from "./refusal.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Tells what is wrong with the value at a place. */
export type Report = (code: EpcisFault, pointer: string, rule: string, message: Text, cure: Text) => void;

/** Checks one value. */
export type Check = (value: unknown, pointer: string, report: Report) => void;

/** A JSON object. */
export type Fields = { readonly [name: string]: unknown };

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const quote = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};

/** A text. */
export const text =
  (rule: string): Check =>
  (value, pointer, report) => {
    if (typeof value !== "string") wrongType(value, pointer, report, rule, { en: "a text", zh: "文本" });
  };

/** A number. */
export const number =
  (rule: string): Check =>
  (value, pointer, report) => {
    if (typeof value !== "number") wrongType(value, pointer, report, rule, { en: "a number", zh: "数字" });
  };

/** True or false. */
export const boolean =
  (rule: string): Check =>
  (value, pointer, report) => {
    if (typeof value !== "boolean")
      wrongType(value, pointer, report, rule, { en: "true or false", zh: "true 或 false" });
  };

/** A text of a certain form. */
export const pattern =
  (rule: string, form: RegExp, words: Text): Check =>
  (value, pointer, report) => {
    if (typeof value !== "string") wrongType(value, pointer, report, rule, { en: "a text", zh: "文本" });
    else if (!form.test(value)) {
      report(
        "EPCIS_FORM_INVALID",
        pointer,
        rule,
        { en: `${quote(value)} is not ${words.en}`, zh: `${quote(value)} 不是${words.zh}` },
        { en: `Write ${words.en}.`, zh: `请写${words.zh}。` },
      );
    }
  };

/** A URI. */
export const uri =
  (rule: string): Check =>
  (value, pointer, report) => {
    if (typeof value !== "string") wrongType(value, pointer, report, rule, { en: "a URI", zh: "URI" });
    else if (!isUri(value)) {
      report(
        "EPCIS_URI_INVALID",
        pointer,
        rule,
        { en: `${quote(value)} is not a URI`, zh: `${quote(value)} 不是 URI` },
        {
          en: "Write an EPC URI, a GS1 Digital Link URI or another absolute URI; percent-encode what a URI may not hold.",
          zh: "请写 EPC URI、GS1 Digital Link URI 或其他绝对 URI；不允许的字符请百分号编码。",
        },
      );
    }
  };

/** A moment. */
export const time =
  (rule: string): Check =>
  (value, pointer, report) => {
    if (typeof value !== "string") wrongType(value, pointer, report, rule, { en: "a time", zh: "时间" });
    else if (parseTime(value) === undefined) {
      report(
        "EPCIS_TIME_INVALID",
        pointer,
        rule,
        { en: `${quote(value)} is not a time with an offset`, zh: `${quote(value)} 不是带时区偏移的时间` },
        { en: "Write such as 2026-11-21T09:00:00.000+08:00.", zh: "请写作 2026-11-21T09:00:00.000+08:00 的形式。" },
      );
    }
  };

/** An offset from UTC. */
export const offset =
  (rule: string): Check =>
  (value, pointer, report) => {
    if (typeof value !== "string") wrongType(value, pointer, report, rule, { en: "an offset", zh: "时区偏移" });
    else if (parseOffset(value) === undefined) {
      report(
        "EPCIS_OFFSET_INVALID",
        pointer,
        rule,
        { en: `${quote(value)} is not an offset`, zh: `${quote(value)} 不是时区偏移` },
        { en: "Write from -14:00 to +14:00, such as +08:00.", zh: "请写 -14:00 至 +14:00，如 +08:00。" },
      );
    }
  };

/** One of a few words. */
export const oneOf =
  (rule: string, words: readonly string[]): Check =>
  (value, pointer, report) => {
    if (typeof value === "string" && words.includes(value)) return;
    report(
      "EPCIS_TERM_UNKNOWN",
      pointer,
      rule,
      { en: `${quote(value)} is not one of ${words.join(", ")}`, zh: `${quote(value)} 不在 ${words.join("、")} 之中` },
      { en: `Choose one of: ${words.join(", ")}.`, zh: `请选择：${words.join("、")}。` },
    );
  };

const { expand } = readContext();
/** Where only GS1 makes words. */
const GS1_WORDS = /^https?:\/\/(?:ref\.gs1\.org\/cbv\/|(?:www\.)?gs1\.org\/voc\/)/;

/** A term of a vocabulary, or a URI of somebody else's; spellings that the standard closes to own terms are given. */
export const term =
  (rule: string, vocabulary: Vocabulary, closed: RegExp): Check =>
  (value, pointer, report) => {
    if (typeof value !== "string") {
      wrongType(value, pointer, report, rule, { en: `a ${vocabulary.name}`, zh: "词汇表中的词" });
      return;
    }
    if (vocabulary.terms.includes(value)) return;
    const own = isUri(value);
    const full = expand(value);
    // A term's web address names the same term; any other word in GS1's namespaces names none.
    const named = full.startsWith(vocabulary.web) && vocabulary.terms.includes(full.slice(vocabulary.web.length));
    if (own && !closed.test(value) && (named || !GS1_WORDS.test(full))) return;
    const bare =
      vocabulary.urn !== undefined && value.startsWith(vocabulary.urn) ? value.slice(vocabulary.urn.length) : "";
    const known = vocabulary.terms.includes(bare) ? bare : undefined;
    report(
      own ? "EPCIS_TERM_NAMESPACE" : "EPCIS_TERM_UNKNOWN",
      pointer,
      rule,
      {
        en: `${quote(value)} is no ${vocabulary.name} of CBV 2.0${own ? ", and GS1's namespace is not for own terms" : ""}`,
        zh: `${quote(value)} 不是 CBV 2.0 的词${own ? "，且 GS1 命名空间不得用于自定义词" : ""}`,
      },
      known === undefined
        ? {
            en: `Write one of its terms, such as ${vocabulary.terms[0]}, or a URI of your own.`,
            zh: `请写其中的词，如 ${vocabulary.terms[0]}，或自己的 URI。`,
          }
        : { en: `In JSON it is written "${known}".`, zh: `在 JSON 中写作 "${known}"。` },
    );
  };

/** How many items a list has, and whether one may come twice. */
export interface ListOptions {
  readonly min?: number;
  readonly unique?: boolean;
}

/** A list. */
export const list =
  (rule: string, item: Check, { min = 0, unique = false }: ListOptions = {}): Check =>
  (value, pointer, report) => {
    if (!Array.isArray(value)) {
      wrongType(value, pointer, report, rule, { en: "a list in square brackets", zh: "方括号中的列表" });
      return;
    }
    if (value.length < min) {
      report(
        "EPCIS_LIST_EMPTY",
        pointer,
        rule,
        { en: "the list is empty", zh: "列表为空" },
        { en: "Give at least one item, or leave the field out.", zh: "请至少给出一项，或省略该字段。" },
      );
    }
    for (const [index, one] of value.entries()) item(one, below(pointer, index), report);
    if (!unique) return;
    const seen = new Set<string>();
    value.forEach((one, index) => {
      const key = canonicalJson(one);
      if (seen.has(key)) {
        report(
          "EPCIS_LIST_REPEATS",
          below(pointer, index),
          rule,
          { en: `${quote(one)} comes twice in the list`, zh: `${quote(one)} 在列表中重复` },
          { en: "Leave the second one out.", zh: "请去掉重复项。" },
        );
      }
      seen.add(key);
    });
  };

/** How an object is checked. */
export interface FieldsOptions {
  readonly fields: Readonly<Record<string, Check>>;
  readonly required?: readonly string[];
  /** What else may stand: nothing, names that are URIs or carry a prefix, or anything. */
  readonly others?: "none" | "prefixed" | "any";
}

/** An object. */
export const object =
  (rule: string, { fields, required = [], others = "none" }: FieldsOptions): Check =>
  (value, pointer, report) => {
    if (!isFields(value)) {
      wrongType(value, pointer, report, rule, { en: "an object in braces", zh: "花括号中的对象" });
      return;
    }
    for (const name of required) if (!Object.hasOwn(value, name)) missing(name, pointer, report, rule);
    for (const [name, one] of Object.entries(value)) {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (check !== undefined) check(one, below(pointer, name), report);
      else if (others === "none" || (others === "prefixed" && !isUri(name))) {
        const names = Object.keys(fields);
        report(
          "EPCIS_FIELD_UNKNOWN",
          below(pointer, name),
          rule,
          { en: `there is no field "${name}" here`, zh: `此处没有字段 "${name}"` },
          others === "none"
            ? { en: `The fields here are: ${names.join(", ")}.`, zh: `此处的字段为：${names.join("、")}。` }
            : {
                en: "Give a field of your own a prefix that the @context declares, such as ext:name.",
                zh: "自定义字段请使用 @context 中声明的前缀，如 ext:name。",
              },
        );
      }
    }
  };

/** Reports that a field is missing. */
export function missing(name: string, pointer: string, report: Report, rule: string): void {
  report(
    "EPCIS_FIELD_MISSING",
    below(pointer, name),
    rule,
    { en: `the field "${name}" is missing`, zh: `缺少字段 "${name}"` },
    { en: `Add "${name}".`, zh: `请补充 "${name}"。` },
  );
}

function wrongType(value: unknown, pointer: string, report: Report, rule: string, wanted: Text): void {
  report(
    "EPCIS_FIELD_TYPE",
    pointer,
    rule,
    { en: `${quote(value)} stands where ${wanted.en} must stand`, zh: `${quote(value)} 处应为${wanted.zh}` },
    { en: `Write ${wanted.en}.`, zh: `请写${wanted.zh}。` },
  );
}

/** JSON with the fields of every object in the order of their names: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isFields(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(",")}}`;
}
