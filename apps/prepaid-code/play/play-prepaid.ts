import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import {
  type AppContext,
  createProgress,
  createSigningProvider,
  openClients,
  type PlayOptions,
  type PlayReport,
} from "@banyan/app-common/app";
import { type Journal, openingOf, openJournal, playStory, setAsideJournal } from "@banyan/app-common/story";
import type { NetworkConnection } from "hardhat/types/network";
import type { Address, Hash } from "viem";
import { openContracts } from "../deploy/contracts.ts";
import { deployPrepaid, findDeployment, type PrepaidDeployment } from "../deploy/deploy-prepaid.ts";
import { GAS_TERMS } from "../deploy/gas-terms.ts";
import { readFigures } from "./figures.ts";
import { drawReport, reportJson } from "./report.ts";
import { createStage } from "./stage.ts";
import { openWallet, SAMPLE_WALLET } from "./wallet.ts";

/** The value of `format` in the first line of a story. */
const STORY_FORMAT = "banyan-prepaid/1";

const MONTH = fileURLToPath(new URL("../data/month.jsonl", import.meta.url));

/** A chain in this process begins this long before the story, so that the policies hold when it opens. */
const LEAD = 86_400n;

/** Plays a story on the prepaid code. */
export async function playPrepaid(context: AppContext, options: PlayOptions): Promise<PlayReport> {
  const { input: path = MONTH, dryRun } = options;
  const name = nameOf(path);
  const content = read(path, name);
  const started = openingOf({ content, name, format: STORY_FORMAT });

  const connection = await (dryRun ? context.connectPrivately : context.connect)({ initialDate: started - LEAD });
  const privately = dryRun || context.inProcess;
  const wallet = openWallet(options.wallet ?? SAMPLE_WALLET);
  const setting = { ...context, inProcess: privately };
  const deployment =
    (privately ? undefined : await findDeployment(setting, connection)) ??
    (await deployPrepaid({ context: setting, connection, wallet }));
  if (!privately) await requireSettableTime(connection, context.network);

  const journal = privately
    ? undefined
    : await openJournalOf(connection, journalPath(context, deployment, path), deployment.genesis);
  const replay = createReplay(journal);
  const provider = createSigningProvider({
    provider: connection.provider,
    accountOf: wallet.accountOf,
    ...GAS_TERMS,
    beforeSend: ({ hash }) => journal?.sending(replay.line(), hash),
    sentBefore: replay.next,
  });
  const contracts = openContracts(deployment, openClients(provider));
  const treasury = await treasuryOf(connection);
  const { language, now } = context;
  const stage = createStage({ contracts, wallet, provider, treasury, onLine: replay.enter });

  const total = content.split("\n").filter((line) => line.trim() !== "").length;
  const unit = language === "en" ? "events/s" : "个/秒";
  const progress = createProgress({ stream: context.stderr, total, now, unit });
  const before = now();
  const { signal } = context;
  const story = { content, name, format: STORY_FORMAT, stage, journal, progress, language, signal };
  const result = await playStory(story).catch((error: unknown) => {
    progress.end();
    throw error;
  });
  const seconds = (now() - before) / 1000;

  // Whoever took part only before the line at which this run went on holds deposits too.
  const parties = stage.names.parties().map((party) => wallet.account(party).address);
  const accounts = [treasury, ...wallet.opened(), ...parties];
  const figures = await readFigures({ contracts, names: stage.names, accounts });
  return {
    ok: figures.books.every(({ holds }) => holds),
    json: reportJson(figures, result, seconds),
    text: drawReport(figures, result, seconds, language),
  };
}

/** A file as the user would write it: from the folder where the command runs, or in full if it lies outside. */
function nameOf(path: string): string {
  const name = relative(process.cwd(), path);
  return name === "" || name.startsWith("..") ? resolve(path) : name;
}

function read(path: string, name: string): string {
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
          en: "Give --input a JSON Lines file; apps/prepaid-code/README.md describes it.",
          zh: "请用 --input 指定一个 JSON Lines 文件；格式见 apps/prepaid-code/README.zh.md。",
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
function journalPath({ root, network }: AppContext, { chainId, genesis }: PrepaidDeployment, path: string): string {
  const digest = createHash("sha256").update(resolve(path)).digest("hex").slice(0, 8);
  const file = `${basename(path).replace(/[^A-Za-z0-9._-]+/g, "_")}-${digest}`;
  return join(root, ".banyan", "play", `prepaid-code-${network}-${chainId}-${genesis.slice(2, 10)}`, `${file}.journal`);
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
  };
}
