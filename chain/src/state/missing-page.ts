/**
 * Thrown by a {@link StateReader} that does not have what it is asked for at hand. Whoever executes undoes the transaction, waits for
 * {@link load}, and starts it anew. A state's tables are as before the question.
 */
export class MissingPage extends Error {
  /** Fetches what was missing, so that the same question is answered next time. */
  readonly load: () => Promise<void>;

  constructor(load: () => Promise<void>) {
    super("A page of the state is not at hand yet");
    this.name = "MissingPage";
    this.load = load;
  }
}
