import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import {
  type AppContext,
  createGasStation,
  createSigningProvider,
  GAS_TERMS,
  openClients,
} from "@banyan/app-common/app";
import { Clock, PolicyRegistry, WorkCalendar } from "@banyan/app-common/client";
import {
  addressOf,
  type ChainDeployment,
  deployApp,
  findDeployment,
  OFFICE_ROLE_IDS,
  type OfficeHolder,
} from "@banyan/app-common/deploy";
import { publishPolicies, SAMPLE_CALENDAR } from "@banyan/app-common/policy";
import { type KeyPath, openStoryWallet, type StoryWallet } from "@banyan/app-common/story";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, toHex } from "viem";
import {
  EpcisRepository,
  ProductCatalogue,
  RecallDesk,
  RecallMarks,
  TraceLineage,
  TraceState,
  TradeParties,
} from "../client/index.ts";
import { TRACE_PARAMETERS, traceModule } from "../deploy/index.ts";
import { type Archive, createMemoryArchive, openFileArchive } from "./archive.ts";
import { openTraceChain } from "./chain/open-trace-chain.ts";
import type { TraceContracts } from "./chain/trace-contracts.ts";
import type { TraceChain } from "./trace-chain.ts";

/** The contracts with those of recalls. */
export interface StageContracts extends TraceContracts {
  readonly recalls: RecallDesk;
  readonly marks: RecallMarks;
}

/** What the commands of traceability work on. */
export interface TraceStage {
  readonly deployment: ChainDeployment;
  readonly contracts: StageContracts;
  readonly chain: TraceChain;
  readonly archive: Archive;
  /** The platform's account. */
  readonly platform: Address;
  readonly regulator: Address;
}

/** Which deployment, and with which keys. */
export interface StageOptions {
  /** The folder of the deployment's records: `trace`, or an app that stands on traceability. */
  readonly app: string;
  /** A wallet file with the keys of the offices and of the parties that an import files; a sample that everybody knows when left out. */
  readonly wallet: string | undefined;
  /** The region of parties and places that master data gives none for. */
  readonly region: string;
}

/** The deployment that `trace deploy` makes. */
export const TRACE_APP = "trace";
const SAMPLE_WALLET = fileURLToPath(new URL("../sample/wallet.json", import.meta.url));
const OFFICES: readonly string[] = ["deployer", "platform", "regulator", "emergency", "auditor", "quality"];
const POLICIES = fileURLToPath(new URL("../policies", import.meta.url));
const HOLDERS: readonly OfficeHolder[] = [
  { role: "PLATFORM", roleId: OFFICE_ROLE_IDS.PLATFORM, office: "platform" },
  { role: "REGULATOR", roleId: OFFICE_ROLE_IDS.REGULATOR, office: "regulator" },
];
/** Gas of a block of a chain in this process: consortium chains give transactions 300 million to 3 billion. */
const BLOCK_GAS = 1_000_000_000;
/** Seconds after which published policies hold: they cannot be published for a moment that has passed. */
const POLICY_LEAD = 600;
/** Opening stock may be declared until then: the end of 2099. */
const OPENING_UNTIL = 4_102_444_799n;

/**
 * Deploys what import, export, history and recall need, with calendar and policies, or what of it is missing. An app deploys the desks of its domain
 * besides.
 */
export async function deployStage(
  context: AppContext,
  connection: NetworkConnection,
  { app, wallet }: StageOptions,
): Promise<ChainDeployment> {
  const offices = openTraceWallet(wallet);
  return await deployApp({
    app,
    context,
    connection,
    wallet: offices,
    module: traceModule,
    parameters: () => ({}),
    holders: HOLDERS,
    async publish({ addresses }, clients) {
      const contracts = {
        clock: new Clock(addressOf(addresses, "Clock"), clients),
        policies: new PolicyRegistry(addressOf(addresses, "PolicyRegistry"), clients),
        calendar: new WorkCalendar(addressOf(addresses, "WorkCalendar"), clients),
      };
      await publishPolicies(contracts, {
        account: offices.account("regulator").address,
        folder: POLICIES,
        catalogue: TRACE_PARAMETERS,
        calendar: SAMPLE_CALENDAR,
      });
    },
  });
}

/**
 * Opens what the commands work on: on a network the deployment that was made there, in this process a fresh one.
 *
 * @param context - what the command was given
 * @param connection - the network
 * @param options - which deployment
 * @throws BanyanError `TRACE_NOT_DEPLOYED`
 */
export async function openStage(
  context: AppContext,
  connection: NetworkConnection,
  options: StageOptions,
): Promise<TraceStage> {
  const deployment = context.inProcess
    ? await deployFresh(context, connection, options)
    : await findDeployment<ChainDeployment>(options.app, context, connection);
  if (deployment === undefined) throw notDeployed(context.network, options.app);
  const wallet = openTraceWallet(options.wallet);
  const [platform, regulator] = [wallet.account("platform").address, wallet.account("regulator").address];
  const provider = createSigningProvider({ provider: connection.provider, accountOf: wallet.accountOf, ...GAS_TERMS });
  const clients = openClients(provider);
  const at = (name: string): Address => addressOf(deployment.addresses, name);
  const contracts: StageContracts = {
    parties: new TradeParties(at("TradeParties"), clients),
    products: new ProductCatalogue(at("ProductCatalogue"), clients),
    repository: new EpcisRepository(at("EpcisRepository"), clients),
    state: new TraceState(at("TraceState"), clients),
    lineage: new TraceLineage(at("TraceLineage"), clients),
    recalls: new RecallDesk(at("RecallDesk"), clients),
    marks: new RecallMarks(at("RecallMarks"), clients),
  };
  const [treasury] = (await connection.provider.request({ method: "eth_accounts" })) as readonly Address[];
  const gas = createGasStation({ provider, treasury: treasury ?? platform });
  await gas.fill(platform);
  await gas.fill(regulator);
  const chain = openTraceChain({
    contracts,
    platform,
    agentOf: (gln) => wallet.account(`gln-${gln}`).address,
    fill: (account) => gas.fill(account),
    region: options.region,
    openingUntil: () => OPENING_UNTIL,
  });
  const kept = join(context.root, "deployments", options.app, `${context.network}-${deployment.chainId}-events.jsonl`);
  const archive = context.inProcess ? createMemoryArchive() : openFileArchive(kept);
  return { deployment, contracts, chain, archive, platform, regulator };
}

/** Deploys on a chain that began with this command, and waits until the policies hold. */
async function deployFresh(
  context: AppContext,
  connection: NetworkConnection,
  options: StageOptions,
): Promise<ChainDeployment> {
  const ask = (method: string, ...params: unknown[]) => connection.provider.request({ method, params });
  await ask("evm_setBlockGasLimit", toHex(BLOCK_GAS));
  const deployment = await deployStage(context, connection, options);
  await ask("evm_increaseTime", toHex(POLICY_LEAD));
  await ask("evm_mine");
  return deployment;
}

/**
 * Opens a wallet file: the offices by their words, any other name a party; as the stories of the apps do.
 *
 * @param path - a JSON file with a mnemonic
 */
export function openTraceWallet(path: string = SAMPLE_WALLET): StoryWallet {
  if (!existsSync(path)) {
    throw new BanyanError(
      "WALLET_INVALID",
      { en: `${path} does not exist`, zh: `${path} 不存在` },
      { cure: { en: "Check the path of --wallet.", zh: "请检查 --wallet 的路径。" } },
    );
  }
  return openStoryWallet(path, pathOf);
}

function pathOf(party: string): KeyPath {
  const office = OFFICES.indexOf(party);
  if (office >= 0) return [0, office];
  return [1, createHash("sha256").update(party).digest().readUInt32BE(0) & 0x7fff_ffff];
}

function notDeployed(network: string, app: string): BanyanError {
  const command = app === TRACE_APP ? "trace deploy" : `app deploy ${app}`;
  return new BanyanError(
    "TRACE_NOT_DEPLOYED",
    { en: `traceability is not deployed on ${network} as "${app}"`, zh: `${network} 上没有名为 "${app}" 的溯源部署` },
    {
      cure: {
        en: `Run \`npx hardhat --network ${network} ${command}\` first, or name another deployment with --app.`,
        zh: `请先运行 \`npx hardhat --network ${network} ${command}\`，或用 --app 指定其他部署。`,
      },
    },
  );
}
