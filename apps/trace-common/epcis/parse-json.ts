import type { Text } from "@banyan/app-common/app";
import type { Refusal } from "./refusal.ts";
import { repeatedNames } from "./repeated-names.ts";

/** A JSON file that was read, or why it could not be. */
export type ParsedJson =
  | {
      readonly value: unknown;
      /** Where a name stands a second time in one object. */
      readonly repeated: readonly string[];
    }
  | { readonly refusal: Refusal };

const MEND: Text = { en: "Mend the JSON.", zh: "请修正 JSON。" };
const XML: Text = {
  en: "EPCIS in XML has to be converted to JSON-LD first.",
  zh: "XML 形式的 EPCIS 文件须先转换为 JSON-LD。",
};
const LINES: Text = {
  en: "Put the events of all lines into one eventList, or write one document per file.",
  zh: "请将各行事件放入同一个 eventList，或每个文件只写一份文档。",
};

/**
 * Parses a JSON file: UTF-8, with or without a byte order mark.
 *
 * @param source - the file, as it is or as text
 */
export function parseJson(source: string | Uint8Array): ParsedJson {
  let text: string;
  try {
    text =
      typeof source === "string"
        ? source.replace(/^\uFEFF/, "")
        : new TextDecoder("utf-8", { fatal: true }).decode(source);
  } catch {
    return refused(
      "EPCIS_ENCODING_INVALID",
      { en: "the file is not UTF-8", zh: "文件不是 UTF-8 编码" },
      { en: "Save it as UTF-8.", zh: "请另存为 UTF-8 编码。" },
    );
  }
  if (text.trim() === "") {
    return refused(
      "EPCIS_JSON_INVALID",
      { en: "the file is empty", zh: "文件为空" },
      { en: "Give a file with an EPCIS document.", zh: "请给出含有 EPCIS 文档的文件。" },
    );
  }
  try {
    return { value: JSON.parse(text), repeated: repeatedNames(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { message } = error;
    return refused(
      "EPCIS_JSON_INVALID",
      { en: `the file is not JSON: ${message}`, zh: `文件不是 JSON：${message}` },
      text.trimStart().startsWith("<") ? XML : isLines(text) ? LINES : MEND,
    );
  }
}

/** Whether each of the first two lines is a JSON value of its own. */
function isLines(text: string): boolean {
  const [first, second] = text.split("\n").filter((line) => line.trim() !== "");
  try {
    return [first, second].every((line) => typeof JSON.parse(line ?? "") === "object");
  } catch {
    return false;
  }
}

function refused(code: string, message: Text, cure: Text): ParsedJson {
  return { refusal: { code, pointer: "", rule: "RFC 8259", message, cure } };
}
