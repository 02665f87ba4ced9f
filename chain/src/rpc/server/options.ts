import type { RecordRequest } from "../json-rpc.ts";

/** What connections may take up. */
export interface ServerLimits {
  /** Bytes of one request, a whole batch included. Default 32 MiB. */
  readonly body: number;
  /** Connections at a time, over HTTP and WebSocket. Default 1,000. */
  readonly connections: number;
  /** Messages of a WebSocket that wait for their turn; while there are so many, no more are read. Default 256. */
  readonly queued: number;
  /** Bytes that a WebSocket's client leaves unread; a slower one is cut off. Default 64 MiB. */
  readonly unread: number;
  /** Milliseconds in which a request must have arrived. Default 60,000. */
  readonly arrival: number;
  /** Milliseconds after which an idle HTTP connection is closed. Default 65,000. */
  readonly idle: number;
}

/** The limits unless options say otherwise. */
export const SERVER_LIMITS: ServerLimits = {
  body: 32 * 1024 * 1024,
  connections: 1_000,
  queued: 256,
  unread: 64 * 1024 * 1024,
  arrival: 60_000,
  idle: 65_000,
};

/** What a server has to say of itself; loggers such as pino's are one. */
export interface ServerLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Where and how to serve. */
export interface ServerOptions {
  /** Address to listen on. Default `127.0.0.1`: this machine only. */
  readonly hostname?: string;
  /** Port, default 8545; 0 takes a free one. */
  readonly port?: number;
  /**
   * Serves the unlocked accounts and the development methods on an address that other machines reach. Default false: there they are refused.
   * On a loopback address they are always served.
   */
  readonly unsafe?: boolean;
  /** Origins of web pages that may ask; `*`: every page. Pages of this machine may always. Default: no others. */
  readonly corsOrigins?: readonly string[];
  /** Names, as `node.example`, under which clients may reach the server; `*`: every name. Addresses and `localhost` always work. Default: no others. */
  readonly allowedHosts?: readonly string[];
  readonly limits?: Partial<ServerLimits>;
  /** Told of each answered request. */
  readonly onRequest?: RecordRequest;
  /** Default: nothing is written. */
  readonly log?: ServerLog;
}
