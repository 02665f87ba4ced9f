import type { RemoteClient, RemoteRequest } from "./remote-client.ts";
import type { RequestLog } from "./request-log.ts";

/** The remote node of one fork, with what is known of its answers. */
export interface Remote {
  /** The URL without secrets. */
  readonly url: string;
  /** The answer to a request if it is kept on disk. */
  recall(request: RemoteRequest): unknown;
  /**
   * Answers to requests, in their order: those on disk from there, the others fetched together and kept if `keep` says so.
   * @throws ChainError `REMOTE_*`
   */
  ask(requests: readonly RemoteRequest[], keep: (answer: unknown) => boolean): Promise<unknown[]>;
}

/**
 * Puts a client and a log together.
 * @param log `undefined` if nothing is to be kept, as of blocks that may yet be reorganised
 */
export function createRemote(client: RemoteClient, log: RequestLog | undefined): Remote {
  const recall = (request: RemoteRequest): unknown => log?.get(keyOf(request));
  return {
    url: client.url,
    recall,
    async ask(requests, keep) {
      const answers = requests.map(recall);
      const missing = requests.flatMap((request, index) => (answers[index] === undefined ? [{ request, index }] : []));
      if (missing.length === 0) return answers;
      const fetched = await client.send(missing.map(({ request }) => request));
      const entries: [string, unknown][] = [];
      for (const [at, { request, index }] of missing.entries()) {
        const answer = fetched[at];
        answers[index] = answer;
        if (answer !== null && keep(answer)) entries.push([keyOf(request), answer]);
      }
      if (entries.length > 0) log?.put(entries);
      return answers;
    },
  };
}

/** Whatever a remote node answers about the past stays true. */
export const always = (): boolean => true;

function keyOf({ method, params }: RemoteRequest): string {
  return `${method} ${JSON.stringify(params)}`;
}
