import { HardhatPluginError } from "hardhat/plugins";
import type { EdrNetworkConfig } from "hardhat/types/config";
import type { HookContext, NetworkHooks } from "hardhat/types/hooks";
import type { ChainType, NetworkConnection } from "hardhat/types/network";
import { createChain, type EmbeddedChain } from "../create-chain.ts";
import type { RpcSession } from "../rpc/rpc.ts";
import { stackTracerOfProject } from "./build-infos.ts";
import type { InProcessChainConfig } from "./config.ts";
import { createErrorNamer } from "./error-namer.ts";
import { chainOptionsOf } from "./forking-config.ts";
import { measuringOption } from "./measuring-option.ts";

/** A connection's chain with the session that answers it. */
interface Attachment {
  readonly chain: EmbeddedChain;
  readonly session: RpcSession;
}

type AnyConnection = NetworkConnection<ChainType | string>;

function settingsOf({ networkConfig }: AnyConnection): InProcessChainConfig | undefined {
  return networkConfig.type === "http" ? networkConfig.banyan : undefined;
}

/** Coverage and gas figures come out of Hardhat's own network: a run on ours would show none, silently. */
function refuseMeasurements({ globalOptions }: HookContext, { networkName }: AnyConnection): void {
  if (networkName !== (globalOptions.network ?? "default")) return;
  const option = measuringOption(globalOptions);
  if (option === undefined) return;
  throw new HardhatPluginError("banyan-chain", `${option} is measured on Hardhat's own network: add --network edr`);
}

/**
 * Gives a connection the type of a simulated network. Tools ask for it to know whether a network outlives the process: Hardhat Ignition would
 * write a journal for a chain that is gone the next time, and then find nothing of it.
 */
function presentAsSimulated({ config }: HookContext, connection: AnyConnection, settings: InProcessChainConfig): void {
  const { networkConfig: given } = connection;
  // Hardhat sees to it that this one is a simulated network.
  const { node } = config.networks;
  if (given.type !== "http" || node?.type !== "edr-simulated") return;
  const { url: _url, timeout: _timeout, httpHeaders: _headers, accounts: _accounts, ...common } = given;
  const chainId = Number(settings.chainId ?? node.chainId);
  const networkConfig: EdrNetworkConfig = { ...node, ...common, type: "edr-simulated", chainId, networkId: chainId };
  Object.defineProperty(connection, "networkConfig", { value: networkConfig, enumerable: true });
}

/** Makes the network hooks of the plugin: a fresh chain per connection, answering in process, ahead of all request modifiers. */
export default async (): Promise<Partial<NetworkHooks>> => {
  const attachments = new WeakMap<AnyConnection, Attachment>();
  const openings = new WeakMap<AnyConnection, Promise<Attachment>>();

  async function attach(
    context: HookContext,
    connection: AnyConnection,
    settings: InProcessChainConfig,
  ): Promise<Attachment> {
    refuseMeasurements(context, connection);
    const chain = await createChain(await chainOptionsOf(settings, context.config.paths.cache), {
      nameError: createErrorNamer(context.artifacts),
      stackTracer: stackTracerOfProject(context.artifacts),
    });
    const session = chain.rpc.openSession((subscription, result) => {
      const data = { subscription, result };
      connection.provider.emit("message", { type: "eth_subscription", data });
      connection.provider.emit("notification", data);
    });
    const attachment = { chain, session };
    attachments.set(connection, attachment);
    return attachment;
  }

  /** Opens the connection's chain once, whoever asks first. */
  function open(context: HookContext, connection: AnyConnection, settings: InProcessChainConfig): Promise<Attachment> {
    let opening = openings.get(connection);
    if (opening === undefined) {
      opening = attach(context, connection, settings);
      openings.set(connection, opening);
    }
    return opening;
  }

  return {
    async newConnection(context, next) {
      const connection = await next(context);
      const settings = settingsOf(connection);
      if (settings !== undefined) {
        await open(context, connection, settings);
        presentAsSimulated(context, connection, settings);
      }
      return connection;
    },
    async onRequest(context, connection, request, next) {
      let attachment = attachments.get(connection);
      if (attachment === undefined) {
        const settings = settingsOf(connection);
        if (settings === undefined) return next(context, connection, request);
        attachment = await open(context, connection, settings);
      }
      const result = await attachment.session.request(request.method, request.params);
      return { jsonrpc: "2.0", id: request.id, result };
    },
    async closeConnection(context, connection, next) {
      await next(context, connection);
      const attachment = attachments.get(connection);
      if (attachment === undefined) return;
      attachments.delete(connection);
      attachment.session.close();
      attachment.chain.close();
    },
  };
};
