/** The languages of a script's words. */
export type Language = "en" | "zh";

/** An error of a script's own, that the one who called it can cure. */
export interface CurableError extends Error {
  readonly code: string;
  readonly cure: string;
}

/** A script of the command line. */
export interface Script {
  /** Does the work and returns the exit code. */
  run(args: readonly string[]): Promise<number>;
  /** Which errors are shown by message and cure; others are defects and end the process as such. */
  isCurable(error: unknown): error is CurableError;
  /** Heads the cure. */
  whatToDo(language: Language): string;
}

/** Runs a script as the process: sets its exit code, 2 after an error that can be cured. */
export async function runScript({ run, isCurable, whatToDo }: Script): Promise<void> {
  const args = process.argv.slice(2);
  try {
    process.exitCode = await run(args);
  } catch (error) {
    if (!isCurable(error)) throw error;
    console.error(`${error.message} [${error.code}]\n${whatToDo(languageOf(args))}: ${error.cure}`);
    process.exitCode = 2;
  }
}

/** The language asked for, whether or not the other arguments can be read. */
function languageOf(args: readonly string[]): Language {
  const isChinese = args.some((arg, at) => arg === "--lang=zh" || (arg === "zh" && args[at - 1] === "--lang"));
  return isChinese ? "zh" : "en";
}
