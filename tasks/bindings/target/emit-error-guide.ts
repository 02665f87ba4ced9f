import type { ErrorModel } from "../../contract-model/types.ts";
import { sentence } from "../../support/sentence.ts";
import { tsdoc } from "./tsdoc.ts";

/**
 * Emits what each error means and what to do about it, for programs that show refusals to people.
 *
 * @param errors - the errors of the client, each once
 */
export function emitErrorGuide(errors: readonly ErrorModel[]): string {
  const entries = errors
    .flatMap(({ name, doc: { notice, cure } }) => (notice === undefined ? [] : [{ name, notice, cure }]))
    .map(({ name, notice, cure }) => {
      const cureLine = cure === undefined ? "" : `\n    cure: ${JSON.stringify(sentence(cure))},`;
      return `  ${name}: {\n    meaning: ${JSON.stringify(sentence(notice))},${cureLine}\n  },\n`;
    });
  return [
    `${tsdoc(["What an error means, and what to do about it."])}export interface ErrorGuide {`,
    "  readonly meaning: string;",
    "  readonly cure?: string;",
    "}",
    "",
    `${tsdoc(["What each documented error of this client means, by its name."])}export const errorGuide: Readonly<Record<string, ErrorGuide>> = {`,
    `${entries.join("")}};`,
    "",
  ].join("\n");
}
