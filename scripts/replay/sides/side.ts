import type { LoggedRequest } from "../log.ts";

/** A network that requests are replayed on. */
export interface Side {
  /** Answers a request. @throws what a client of this network would catch */
  request(request: LoggedRequest): Promise<unknown>;
  close(): void;
}

/** The networks there are. */
export const SIDES = ["banyan", "edr"] as const;

/** A network by its name: ours, and Hardhat's own. */
export type SideName = (typeof SIDES)[number];
