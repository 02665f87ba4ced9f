import { BanyanError } from "@banyan/app-common";
import type { Language } from "@banyan/app-common/app";
import { nodeFailure } from "./node-failure.ts";

const CURE: Readonly<Record<Language, string>> = { en: "What to do: ", zh: "处理办法：" };

/** The exit code of a process that was stopped by Ctrl+C, as shells count. */
const INTERRUPTED = 130;

/**
 * Runs a command and turns a coded error into a message with its cure and exit code 1; with `--json` into one JSON object. Anything else is a
 * defect and goes on to Hardhat with its stack.
 *
 * @param options - whether JSON is asked for, and the language
 * @param work - the command
 */
export async function reportFailure(
  options: { readonly json: boolean; readonly language: Language },
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const failure = error instanceof BanyanError ? error : nodeFailure(error);
    if (failure === undefined) throw error;
    const { code } = failure;
    process.exitCode = code === "STORY_INTERRUPTED" ? INTERRUPTED : 1;
    const { message, cure } = failure.in(options.language);
    if (options.json) {
      console.log(
        JSON.stringify({ ok: false, error: { code, message, ...(cure === undefined ? {} : { cure }) } }, null, 2),
      );
      return;
    }
    console.error(`\n${message} [${code}]${cure === undefined ? "" : `\n${CURE[options.language]}${cure}`}\n`);
  }
}
