import { BanyanError } from "@banyan/app-common";
import type { Language } from "@banyan/app-common/app";

const CURE: Readonly<Record<Language, string>> = { en: "What to do", zh: "处理办法" };

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
    if (!(error instanceof BanyanError)) throw error;
    process.exitCode = 1;
    const { code } = error;
    const { message, cure } = error.in(options.language);
    if (options.json) {
      console.log(
        JSON.stringify({ ok: false, error: { code, message, ...(cure === undefined ? {} : { cure }) } }, null, 2),
      );
      return;
    }
    console.error(`\n${message} [${code}]${cure === undefined ? "" : `\n${CURE[options.language]}: ${cure}`}\n`);
  }
}
