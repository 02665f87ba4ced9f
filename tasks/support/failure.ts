import { BanyanError } from "../../apps/common/src/errors.ts";

/**
 * Runs what a task does. A {@link BanyanError} is told on standard error as message, cure and code and ends the process with exit code 1;
 * any other error is a defect and is thrown on.
 */
export async function reportFailure(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof BanyanError)) throw error;
    console.error(`Error ${error.code}: ${error.message}`);
    if (error.cure !== undefined) console.error(`Cure: ${error.cure}`);
    process.exitCode = 1;
  }
}
