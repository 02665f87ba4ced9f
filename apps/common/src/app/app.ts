import type { NetworkConnection } from "hardhat/types/network";
import type { Address } from "viem";
import type { Language, Text } from "./language.ts";
import type { ProgressStream } from "./progress.ts";

/** How a chain begins. */
export interface ConnectOptions {
  /** Time of the first block of a chain in this process, in seconds; a node keeps its own time. */
  readonly initialDate?: bigint;
}

/** What every command of an app is given. */
export interface AppContext {
  /** The network's name, as given with `--network`. */
  readonly network: string;
  /** Whether the chain lives in this process and ends with it. */
  readonly inProcess: boolean;
  /** Connects to the network; closed when the command ends. A chain in this process is a fresh one each time. */
  connect(options?: ConnectOptions): Promise<NetworkConnection>;
  /** Connects to a fresh chain in this process, whichever network was chosen: for dry runs. */
  connectPrivately(options?: ConnectOptions): Promise<NetworkConnection>;
  readonly language: Language;
  /** Where progress goes; standard error. */
  readonly stderr: ProgressStream;
  /** Aborted when the user asks to stop: what is under way is finished, then the command ends. */
  readonly signal?: AbortSignal;
  /** Milliseconds since any start. */
  readonly now: () => number;
  /** The repository's root folder. */
  readonly root: string;
  /** The folder where Ignition keeps its records. */
  readonly ignition: string;
}

/** How an app is deployed. */
export interface DeployOptions {
  /** A wallet file with the parties' keys; the app's own sample when left out. */
  readonly wallet?: string | undefined;
}

/** What a deployment put where. */
export interface AppDeployment {
  readonly app: string;
  readonly network: string;
  readonly chainId: number;
  /** By contract name. */
  readonly addresses: Readonly<Record<string, Address>>;
  /** Who was given which role. */
  readonly grants: readonly { readonly role: string; readonly account: Address; readonly holder: string }[];
}

/** How an app is played. */
export interface PlayOptions extends DeployOptions {
  /** A JSON Lines file; the app's own story when left out. */
  readonly input: string | undefined;
  /** Only check: nothing is sent to the network. */
  readonly dryRun: boolean;
}

/** What a play gives back: one value that is written as JSON, and the same drawn for people. */
export interface PlayReport {
  /** Whether every expectation held and every book balanced. */
  readonly ok: boolean;
  /** For `--json`; amounts as decimal strings. */
  readonly json: unknown;
  /** For a terminal. */
  readonly text: string;
}

/** A use case: contracts to deploy and a story to play on them. Exported as `app` from `apps/<name>/app.ts`. */
export interface App {
  /** The folder's name. */
  readonly name: string;
  readonly title: Text;
  /** The folders of `contracts/` that it deploys from: a command of the app compiles these and no others. */
  readonly contracts: readonly string[];
  /** Deploys what is not yet deployed, wires roles and publishes policies; may be run again. */
  deploy(context: AppContext, options?: DeployOptions): Promise<AppDeployment>;
  /** Plays a story to its end, or throws a `BanyanError` that names the line and the cure. */
  play(context: AppContext, options: PlayOptions): Promise<PlayReport>;
}
