/** What sending took. */
export interface Sending {
  readonly seconds: number;
  /** Transactions that were answered with a hash. */
  readonly accepted: number;
  /** The first refusal, if any. */
  readonly refusal: string | undefined;
}

/**
 * Posts batches in order over a few connections, as many at a time, and waits for all answers.
 * @param batches bodies of requests, as `signedBatches` makes them
 * @param after what each client asks for after each of its batches
 */
export async function sendBatches(
  url: string,
  batches: readonly string[],
  connections: number,
  after?: () => Promise<unknown>,
): Promise<Sending> {
  let next = 0;
  let accepted = 0;
  let refusal: string | undefined;
  const start = performance.now();
  async function client(): Promise<void> {
    while (next < batches.length) {
      const body = batches[next++];
      if (body === undefined) return;
      const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
      const text = await response.text();
      // Looked at as text: the client is not what is measured.
      const refused = text.indexOf('"error"');
      if (refused >= 0) refusal ??= text.slice(refused, refused + 200);
      accepted += text.split('"result"').length - 1;
      await after?.();
    }
  }
  await Promise.all(Array.from({ length: connections }, client));
  return { seconds: (performance.now() - start) / 1_000, accepted, refusal };
}
