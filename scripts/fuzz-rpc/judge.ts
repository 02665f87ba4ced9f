/** What is wrong with an answer; `undefined` if nothing is. */
export type Verdict = string | undefined;

const INTERNAL = -32_603;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function judgeResponse(response: unknown): Verdict {
  if (!isRecord(response)) return "a response is no object";
  if (response.jsonrpc !== "2.0") return "a response is not of version 2.0";
  const { id } = response;
  if (!(id === null || typeof id === "number" || typeof id === "string")) return "a response has no id";
  const hasResult = Object.hasOwn(response, "result");
  if (hasResult === Object.hasOwn(response, "error")) return "a response needs either a result or an error";
  if (hasResult) return undefined;
  const { error } = response;
  if (!isRecord(error) || !Number.isInteger(error.code) || typeof error.message !== "string" || error.message === "")
    return "an error needs a whole code and a message";
  return error.code === INTERNAL ? `a defect of the chain: ${error.message}` : undefined;
}

/**
 * Judges the text of an answer.
 * @param text what came; `undefined` if nothing was to be answered
 * @param answers how many responses there must be, if that is known
 */
export function judgeText(text: string | undefined, answers: number | undefined): Verdict {
  if (text === undefined) return answers === undefined || answers === 0 ? undefined : "nothing was answered";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "the answer is no JSON";
  }
  if (!Array.isArray(value))
    return answers !== undefined && answers > 1 ? "one answer to a batch" : judgeResponse(value);
  if (answers !== undefined && value.length !== answers) return `${value.length} answers to ${answers} requests`;
  for (const response of value) {
    const verdict = judgeResponse(response);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}
