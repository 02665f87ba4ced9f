import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DeploymentParameters, IgnitionModule, IgnitionModuleResult } from "@nomicfoundation/ignition-core";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, concat, type Hex, keccak256, type LocalAccount, stringToHex, toHex } from "viem";
import { Authority } from "../../client/index.ts";
import type { AppContext, AppDeployment } from "../app/app.ts";
import { createGasStation } from "../app/gas-station.ts";
import { GAS_TERMS } from "../app/gas-terms.ts";
import type { Text } from "../app/language.ts";
import { openClients } from "../app/open-clients.ts";
import { createSigningProvider, type RequestProvider } from "../app/signing-provider.ts";
import { BanyanError } from "../errors.ts";
import type { ContractClients } from "../runtime/index.ts";
import { deployModule, hasCode } from "./deploy-module.ts";

/** A deployment on a chain, with what signatures of it carry. */
export interface ChainDeployment extends AppDeployment {
  /** Hash of the chain's first block: a chain that began anew is another chain. */
  readonly genesis: Hex;
  /** Salt of the signatures' domain. */
  readonly salt: Hex;
}

/** A role and the office of the wallet that holds it. */
export interface OfficeHolder {
  readonly role: string;
  readonly roleId: bigint;
  readonly office: string;
}

/** What an app is deployed with. */
export interface DeployAppOptions<contracts extends IgnitionModuleResult<string>> {
  /** The app's folder. */
  readonly app: string;
  readonly context: AppContext;
  readonly connection: NetworkConnection;
  /** The offices' accounts. */
  readonly wallet: {
    account(party: string): LocalAccount;
    accountOf(address: string): LocalAccount | undefined;
  };
  readonly module: IgnitionModule<string, string, contracts>;
  /** The module's parameters, made from the salt of the signatures' domain. */
  readonly parameters: (salt: Hex) => DeploymentParameters;
  readonly holders: readonly OfficeHolder[];
  /** Publishes calendar and policies, each only where it is not there yet. */
  readonly publish: (deployment: ChainDeployment, clients: ContractClients) => Promise<void>;
}

const SAYS: Readonly<Record<"contracts" | "roles" | "policies" | "written", Text>> = {
  contracts: { en: "Deploying the contracts and wiring the roles", zh: "正在部署合约并配置角色" },
  roles: { en: "Granting the offices' roles", zh: "正在授予各机构角色" },
  policies: { en: "Publishing calendar and policies", zh: "正在发布日历与政策参数" },
  written: { en: "Written to", zh: "已写入" },
};

/**
 * Deploys an app, or what of it is missing: contracts and their roles by Ignition, which resumes; then the offices, the
 * calendar and the policies, each only where it is not there yet. On a network the result is written to `deployments/`.
 *
 * @param options - the app, its module and its offices
 */
export async function deployApp<contracts extends IgnitionModuleResult<string>>(
  options: DeployAppOptions<contracts>,
): Promise<ChainDeployment> {
  const { app, context, connection, wallet, module, holders } = options;
  const say = (key: keyof typeof SAYS, more = ""): unknown =>
    context.inProcess ? undefined : context.stderr.write(`${SAYS[key][context.language]}${more}\n`);
  const { chainId, genesis, treasury } = await identify(connection.provider);
  const salt = keccak256(concat([genesis, stringToHex(app)]));

  say("contracts");
  const addresses = await deployModule({
    connection,
    module,
    parameters: options.parameters(salt),
    folder: context.inProcess
      ? undefined
      : join(context.ignition, "deployments", `${app}-${chainId}-${genesis.slice(2, 10)}`),
  });

  const provider = createSigningProvider({ provider: connection.provider, accountOf: wallet.accountOf, ...GAS_TERMS });
  const clients = openClients(provider);
  const gas = createGasStation({ provider, treasury });

  say("roles");
  const authority = new Authority(addressOf(addresses, "Authority"), clients);
  for (const { roleId, office } of holders) {
    const account = wallet.account(office).address;
    await gas.fill(account);
    const { isMember } = await authority.read.hasRole({ roleId, account });
    if (!isMember)
      await authority.writeAndWait.grantRole({ roleId, account, executionDelay: 0 }, { account: treasury });
  }

  const grants = holders.map(({ role, office }) => ({ role, account: wallet.account(office).address, holder: office }));
  const deployment = { app, network: context.network, chainId, genesis, salt, addresses, grants };
  say("policies");
  await options.publish(deployment, clients);

  if (!context.inProcess) {
    const path = deploymentPath(app, context, chainId);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(deployment, null, 2)}\n`);
    say("written", ` ${path}`);
  }
  return deployment;
}

/**
 * The address of a contract of a deployment.
 *
 * @param addresses - by contract name
 * @param name - the contract
 */
export function addressOf(addresses: Readonly<Record<string, Address>>, name: string): Address {
  const address = addresses[name];
  if (address === undefined) throw new Error(`The deployment names no ${name}`);
  return address;
}

/**
 * The deployment on a network, if it was made and its chain is still the same.
 *
 * @param app - the app's folder
 * @param context - what the command was given
 * @param connection - the network
 * @throws BanyanError `DEPLOYMENT_DAMAGED` when the file is not what a deployment wrote
 */
export async function findDeployment<deployment extends ChainDeployment>(
  app: string,
  context: AppContext,
  connection: NetworkConnection,
): Promise<deployment | undefined> {
  const { chainId, genesis } = await identify(connection.provider);
  const path = deploymentPath(app, context, chainId);
  if (!existsSync(path)) return undefined;
  const deployment = readDeployment<deployment>(path);
  if (deployment.genesis !== genesis) return undefined;
  const { Authority } = deployment.addresses;
  return Authority !== undefined && (await hasCode(connection.provider, Authority)) ? deployment : undefined;
}

function readDeployment<deployment extends ChainDeployment>(path: string): deployment {
  try {
    const deployment: deployment = JSON.parse(readFileSync(path, "utf8"));
    if (typeof deployment.addresses.Authority === "string") return deployment;
  } catch {
    // Told below, together with a file that is JSON but no deployment.
  }
  throw new BanyanError(
    "DEPLOYMENT_DAMAGED",
    { en: `${path} is not a deployment`, zh: `${path} 不是有效的部署记录` },
    {
      cure: {
        en: "Restore the file, or delete it and deploy again: what is already on the chain is found.",
        zh: "请恢复该文件；或将其删除后重新部署，链上已有的部分会被识别。",
      },
    },
  );
}

function deploymentPath(app: string, { root, network }: AppContext, chainId: number): string {
  return join(root, "deployments", app, `${network}-${chainId}.json`);
}

async function identify(provider: RequestProvider): Promise<{ chainId: number; genesis: Hex; treasury: Address }> {
  const chainId = Number(await provider.request({ method: "eth_chainId" }));
  const block = await provider.request({ method: "eth_getBlockByNumber", params: [toHex(0), false] });
  const accounts = await provider.request({ method: "eth_accounts" });
  const [treasury] = Array.isArray(accounts) ? accounts : [];
  if (typeof block !== "object" || block === null || !("hash" in block) || typeof treasury !== "string") {
    throw new BanyanError(
      "NODE_ANSWER_INVALID",
      {
        en: "the network has no first block or no account to deploy from",
        zh: "该网络没有创世块，或没有可用于部署的账户",
      },
      {
        cure: {
          en: "Give the network an account in hardhat.config.ts (accounts), or unlock one in the node.",
          zh: "请在 hardhat.config.ts 中为该网络配置账户（accounts），或在节点中解锁一个账户。",
        },
      },
    );
  }
  return { chainId, genesis: block.hash as Hex, treasury: treasury as Address };
}
