import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { BanyanError } from "@banyan/app-common";
import type { AppContext, AppDeployment, RequestProvider, Text } from "@banyan/app-common/app";
import { createGasStation, createSigningProvider, openClients } from "@banyan/app-common/app";
import { deployModule, hasCode } from "@banyan/app-common/deploy";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, concat, type Hex, keccak256, stringToHex, toHex } from "viem";
import type { Wallet } from "../play/wallet.ts";
import { openContracts } from "./contracts.ts";
import { GAS_TERMS } from "./gas-terms.ts";
import { OFFICE_HOLDERS } from "./offices.ts";
import { prepaidModule } from "./prepaid-module.ts";
import { publishPolicies } from "./publish-policies.ts";
import { PREPAID_ROLE_IDS } from "./roles.ts";

/** A deployment with what signatures of it carry. */
export interface PrepaidDeployment extends AppDeployment {
  /** Hash of the chain's first block: a chain that began anew is another chain. */
  readonly genesis: Hex;
  /** Salt of the signatures' domain. */
  readonly salt: Hex;
}

/** What a deployment needs. */
export interface DeployOptions {
  readonly context: AppContext;
  readonly connection: NetworkConnection;
  readonly wallet: Wallet;
}

const SAYS: Readonly<Record<"contracts" | "roles" | "policies" | "written", Text>> = {
  contracts: { en: "Deploying the contracts and wiring the roles", zh: "正在部署合约并配置角色" },
  roles: { en: "Granting the offices' roles", zh: "正在授予各机构角色" },
  policies: { en: "Publishing calendar and policies", zh: "正在发布日历与政策参数" },
  written: { en: "Written to", zh: "已写入" },
};

/**
 * Deploys the prepaid code, or what of it is missing: contracts and their roles by Ignition, which resumes; then the offices, the
 * calendar and the policies, each only where it is not there yet. On a network the result is written to `deployments/`.
 */
export async function deployPrepaid({ context, connection, wallet }: DeployOptions): Promise<PrepaidDeployment> {
  const say = (key: keyof typeof SAYS, more = ""): unknown =>
    context.inProcess ? undefined : context.stderr.write(`${SAYS[key][context.language]}${more}\n`);
  const { chainId, genesis, treasury } = await identify(connection.provider);
  const salt = keccak256(concat([genesis, stringToHex("prepaid-code")]));

  say("contracts");
  const addresses = await deployModule({
    connection,
    module: prepaidModule,
    parameters: { Prepaid: { salt } },
    folder: context.inProcess
      ? undefined
      : join(context.ignition, "deployments", `prepaid-code-${chainId}-${genesis.slice(2, 10)}`),
  });

  const provider = createSigningProvider({ provider: connection.provider, accountOf: wallet.accountOf, ...GAS_TERMS });
  const contracts = openContracts({ addresses, chainId, salt }, openClients(provider));
  const gas = createGasStation({ provider, treasury });

  say("roles");
  const grants = OFFICE_HOLDERS.map(({ role, office }) => ({
    role,
    account: wallet.account(office).address,
    holder: office,
  }));
  for (const { role, account } of grants) {
    await gas.fill(account);
    const roleId = PREPAID_ROLE_IDS[role];
    const { isMember } = await contracts.authority.read.hasRole({ roleId, account });
    if (!isMember)
      await contracts.authority.writeAndWait.grantRole({ roleId, account, executionDelay: 0 }, { account: treasury });
  }

  say("policies");
  await publishPolicies(contracts, { account: wallet.account("regulator").address });

  const deployment = { app: "prepaid-code", network: context.network, chainId, genesis, salt, addresses, grants };
  if (!context.inProcess) {
    const path = deploymentPath(context, chainId);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(deployment, null, 2)}\n`);
    say("written", ` ${path}`);
  }
  return deployment;
}

/**
 * The deployment on a network, if it was made and its chain is still the same.
 *
 * @throws BanyanError `DEPLOYMENT_DAMAGED` when the file is not what a deployment wrote
 */
export async function findDeployment(
  context: AppContext,
  connection: NetworkConnection,
): Promise<PrepaidDeployment | undefined> {
  const { chainId, genesis } = await identify(connection.provider);
  const path = deploymentPath(context, chainId);
  if (!existsSync(path)) return undefined;
  const deployment = readDeployment(path);
  if (deployment.genesis !== genesis) return undefined;
  const { Authority } = deployment.addresses;
  return Authority !== undefined && (await hasCode(connection.provider, Authority)) ? deployment : undefined;
}

function readDeployment(path: string): PrepaidDeployment {
  try {
    const deployment: PrepaidDeployment = JSON.parse(readFileSync(path, "utf8"));
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

function deploymentPath({ root, network }: AppContext, chainId: number): string {
  return join(root, "deployments", "prepaid-code", `${network}-${chainId}.json`);
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
