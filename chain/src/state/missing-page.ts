import type { Awaitable } from "../types.ts";

/** Runs work that may lack several pages, to find out which. */
export interface PageSource {
  /**
   * Runs `work` with guesses in place of what is missing, so that one run finds many missing pages, then fetches them together.
   * @param work must leave everything as it was, whatever it runs into
   * @returns how many pages were fetched; 0: `work` lacks nothing that this source has
   */
  foresee(work: () => Awaitable<void>): Promise<number>;
}

/**
 * Thrown by a `StateReader`, or by whoever looks up a block of the past, that does not have what it is asked for at hand. Whoever executes undoes
 * the transaction, waits for {@link load}, and starts it anew. A state's tables are as before the question.
 */
export class MissingPage extends Error {
  /** Fetches what was missing, so that the same question is answered next time. */
  readonly load: () => Promise<void>;
  /** Can tell what else an execution will miss. */
  readonly source: PageSource | undefined;

  constructor(load: () => Promise<void>, source?: PageSource) {
    super("A page of the state is not at hand yet");
    this.name = "MissingPage";
    this.load = load;
    this.source = source;
  }
}

/** Does work that changes nothing until it has all its pages: again and again, until it has them. Synchronous if nothing is missing. */
export function patiently<T>(work: () => Awaitable<T>): Awaitable<T> {
  let answer: Awaitable<T>;
  try {
    answer = work();
  } catch (error) {
    return afterLoading(error, work);
  }
  return answer instanceof Promise ? answer.catch((error) => afterLoading(error, work)) : answer;
}

async function afterLoading<T>(error: unknown, work: () => Awaitable<T>): Promise<T> {
  if (!(error instanceof MissingPage)) throw error;
  await error.load();
  return patiently(work);
}
