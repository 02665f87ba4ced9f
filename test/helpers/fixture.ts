import { config, globalOptions, network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { startingAt } from "../../tasks/support/initial-date.ts";

/** A connection to the network under test, as `hardhat test --network` chose it. */
export type Connection = NetworkConnection;

/**
 * Makes a test file's fixture: the first call opens a fresh chain and runs `setup` on it, every later call takes the chain
 * back to the state that `setup` left.
 *
 * @param setup - Deploys what the file needs and returns it.
 * @param options - When the chain begins, in seconds; now when left out.
 * @returns A function to call in a test or a `beforeEach`.
 */
export function defineFixture<setup extends (connection: Connection) => Promise<unknown>>(
  setup: setup,
  { initialDate }: { readonly initialDate?: bigint } = {},
): () => ReturnType<setup> {
  let opened: Promise<Connection> | undefined;
  // The snapshot is kept under this function, which therefore must be one and must have a name.
  async function state(connection: Connection): Promise<unknown> {
    return setup(connection);
  }
  const load = async (): Promise<unknown> => {
    opened ??= network.create(initialDate === undefined ? {} : onDate(initialDate));
    const { networkHelpers } = await opened;
    const fixture = await networkHelpers.loadFixture(state);
    // A network may count the real time since the snapshot on top of the chain's: the next block follows the fixture's last.
    await networkHelpers.time.setNextBlockTimestamp((await networkHelpers.time.latest()) + 1);
    return fixture;
  };
  // What `setup` returned. Stated by its function and not by what that promises, so that the compiler need not compare whole deployments.
  return load as () => ReturnType<setup>;
}

/** The network under test, its chain beginning at a moment. */
function onDate(initialDate: bigint) {
  const name = globalOptions.network ?? "default";
  return { network: name, ...startingAt(config.networks[name], initialDate) };
}
