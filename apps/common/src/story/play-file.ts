import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { NetworkConnection } from "hardhat/types/network";
import type { Address, Hash } from "viem";
import type { AppContext, PlayOptions, PlayReport } from "../app/app.ts";
import { GAS_TERMS } from "../app/gas-terms.ts";
import type { Language } from "../app/language.ts";
import { createProgress, type ProgressStream } from "../app/progress.ts";
import { createSigningProvider, type RequestProvider } from "../app/signing-provider.ts";
import { BanyanError } from "../errors.ts";
import { type Journal, openJournal, setAsideJournal } from "./journal.ts";
import { openingOf, playStory, type Stage, type StoryResult } from "./story.ts";
import { openStoryFiles, type StoryFiles } from "./story-files.ts";
import type { StoryWallet } from "./wallet.ts";

/** How long a chain in this process begins before the story, so that the policies hold when it opens. */
const LEAD = 86_400n;

/** An app whose stories are played. */
export interface StoryApp<deployment extends StoryDeployment, stage extends Stage> {
  /** The folder's name. */
  readonly app: string;
  /** The value of `format` in the first line of a story. */
  readonly format: string;
  /** The page that describes a story, without its ending. */
  readonly page: string;
  /** The app's own story. */
  readonly story: string;
  /** Opens a wallet file, or the sample. */
  openWallet(path: string | undefined): StoryWallet;
  /** The deployment on a network, if there is one. */
  find(context: AppContext, connection: NetworkConnection): Promise<deployment | undefined>;
  /** Deploys what is missing. */
  deploy(setting: StorySetting): Promise<deployment>;
  /** Makes the stage. */
  createStage(scene: StoryScene<deployment>): stage;
  /** Reads what the chain says at the end and draws it. */
  finish(ending: StoryEnding<stage>): Promise<PlayReport>;
}

/** What a story needs to know of a deployment. */
export interface StoryDeployment {
  readonly chainId: number;
  /** Hash of the chain's first block: a chain that began anew is another chain. */
  readonly genesis: Hash;
}

/** Where an app is deployed for a story. */
export interface StorySetting {
  readonly context: AppContext;
  readonly connection: NetworkConnection;
  readonly wallet: StoryWallet;
}

/** What a stage is made from. */
export interface StoryScene<deployment> {
  readonly deployment: deployment;
  readonly wallet: StoryWallet;
  /** Signs for the wallet's accounts. */
  readonly provider: RequestProvider;
  /** The account that pays the others' gas. */
  readonly treasury: Address;
  /** To be told which line the next transactions belong to. */
  readonly onLine: (line: number) => void;
  /** To be called by an event that itself finds out what of it an earlier run had done: its transactions are not looked for any more. */
  readonly forgetSent: () => void;
  /** Where progress goes. */
  readonly stderr: ProgressStream;
  /** The files beside the story. */
  readonly files: StoryFiles;
}

/** What is left to report when a story was played. */
export interface StoryEnding<stage> {
  readonly stage: stage;
  readonly wallet: StoryWallet;
  readonly treasury: Address;
  readonly result: StoryResult;
  readonly seconds: number;
  readonly language: Language;
}

/**
 * Plays a story on an app: deploys where nothing is deployed, goes on where an earlier run on the same chain stopped, and reports.
 *
 * @param app - the app
 * @param context - what the command was given
 * @param options - which file, and whether only to check it
 */
export async function playFile<deployment extends StoryDeployment, stage extends Stage>(
  app: StoryApp<deployment, stage>,
  context: AppContext,
  options: PlayOptions,
): Promise<PlayReport> {
  const { input: path = app.story, dryRun } = options;
  const { format } = app;
  const name = nameOf(path);
  const content = read(path, name, app.page);
  const started = openingOf({ content, name, format });

  const connection = await (dryRun ? context.connectPrivately : context.connect)({ initialDate: started - LEAD });
  const privately = dryRun || context.inProcess;
  const wallet = app.openWallet(options.wallet);
  const setting = { ...context, inProcess: privately };
  const deployment =
    (privately ? undefined : await app.find(setting, connection)) ??
    (await app.deploy({ context: setting, connection, wallet }));
  if (!privately) await requireSettableTime(connection, context.network);

  const journal = privately
    ? undefined
    : await openJournalOf(connection, journalPath(app.app, context, deployment, path), deployment.genesis);
  const replay = createReplay(journal);
  const provider = createSigningProvider({
    provider: connection.provider,
    accountOf: wallet.accountOf,
    ...GAS_TERMS,
    beforeSend: ({ hash }) => journal?.sending(replay.line(), hash),
    sentBefore: replay.next,
  });
  const treasury = await treasuryOf(connection);
  const { language, now } = context;
  const files = openStoryFiles(dirname(resolve(path)));
  const { stderr } = context;
  const scene = { deployment, wallet, provider, treasury, files, stderr };
  const stage = app.createStage({ ...scene, onLine: replay.enter, forgetSent: replay.forget });

  const total = content.split("\n").filter((line) => line.trim() !== "").length;
  const unit = language === "en" ? "events/s" : "个/秒";
  const progress = createProgress({ stream: context.stderr, total, now, unit });
  const before = now();
  const { signal } = context;
  const story = { content, name, format, stage, files, journal, progress, language, signal };
  const result = await playStory(story).catch((error: unknown) => {
    progress.end();
    throw error;
  });
  const seconds = (now() - before) / 1000;
  return await app.finish({ stage, wallet, treasury, result, seconds, language });
}

/** A file as the user would write it: from the folder where the command runs, or in full if it lies outside. */
function nameOf(path: string): string {
  const name = relative(process.cwd(), path);
  return name === "" || name.startsWith("..") ? resolve(path) : name;
}

function read(path: string, name: string, page: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const why = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const missing = why === "ENOENT";
    throw new BanyanError(
      missing ? "INPUT_MISSING" : "INPUT_UNREADABLE",
      missing
        ? { en: `there is no file ${name}`, zh: `没有文件 ${name}` }
        : { en: `${name} cannot be read (${why})`, zh: `无法读取 ${name}（${why}）` },
      {
        cure: {
          en: `Give --input a JSON Lines file; ${page}.md describes it.`,
          zh: `请用 --input 指定一个 JSON Lines 文件；格式见 ${page}.zh.md。`,
        },
        cause,
      },
    );
  }
}

/** A story has dates of its own: the chain must take them. */
async function requireSettableTime({ provider }: NetworkConnection, network: string): Promise<void> {
  try {
    await provider.request({ method: "evm_increaseTime", params: [0] });
  } catch (cause) {
    throw new BanyanError(
      "TIME_NOT_SETTABLE",
      {
        en: `the time of network ${network} cannot be set, and a story has dates of its own`,
        zh: `网络 ${network} 的时间不能设定，而业务文件自带日期`,
      },
      {
        cure: {
          en: "Play on the in-process chain, on `npx hardhat chain`, or on another development node; use --dry-run to only check.",
          zh: "请在进程内的链、`npx hardhat chain` 或其他开发节点上执行；若只需检查，请用 --dry-run。",
        },
        cause,
      },
    );
  }
}

/** Each file has a journal of its own, from whichever folder it is named. */
function journalPath(
  app: string,
  { root, network }: AppContext,
  { chainId, genesis }: StoryDeployment,
  path: string,
): string {
  const digest = createHash("sha256").update(resolve(path)).digest("hex").slice(0, 8);
  const file = `${basename(path).replace(/[^A-Za-z0-9._-]+/g, "_")}-${digest}`;
  return join(root, ".banyan", "play", `${app}-${network}-${chainId}-${genesis.slice(2, 10)}`, `${file}.journal`);
}

/** The journal of a story on this chain; one that tells of a chain that is gone is set aside. */
async function openJournalOf({ provider }: NetworkConnection, path: string, identity: Hash): Promise<Journal> {
  const journal = openJournal(path, identity);
  const { applied, first } = journal.state;
  if (applied.length === 0 || first.length === 0) return journal;
  for (const hash of first) {
    if ((await provider.request({ method: "eth_getTransactionByHash", params: [hash] })) !== null) return journal;
  }
  setAsideJournal(path);
  return openJournal(path, identity);
}

async function treasuryOf({ provider }: NetworkConnection): Promise<Address> {
  const accounts = (await provider.request({ method: "eth_accounts" })) as readonly Address[];
  const [treasury] = accounts;
  if (treasury === undefined) {
    throw new BanyanError(
      "ACCOUNT_MISSING",
      { en: "the network has no account that pays for gas", zh: "该网络没有可支付燃料费的账户" },
      {
        cure: {
          en: "Give the network an account in hardhat.config.ts (accounts), or unlock one in the node.",
          zh: "请在 hardhat.config.ts 中为该网络配置账户（accounts），或在节点中解锁一个账户。",
        },
      },
    );
  }
  return treasury;
}

/** Hands out the transactions that a cut-off run signed for the line it was cut off in, in their order. */
function createReplay(journal: Journal | undefined) {
  let line = 0;
  let left: Hash[] = [];
  return {
    line: () => line,
    enter(number: number) {
      line = number;
      const pending = journal?.state.pending;
      left = pending?.line === number ? [...pending.hashes] : [];
    },
    next: () => left.shift(),
    forget() {
      left = [];
    },
  };
}
