import { type Address, parseEther, toHex } from "viem";
import type { RequestProvider } from "./signing-provider.ts";

/** Keeps senders able to pay for gas. */
export interface GasStation {
  /** Fills an account up when it runs low. */
  fill(account: Address): Promise<void>;
}

/** How a {@link createGasStation} fills up. */
export interface GasStationOptions {
  readonly provider: RequestProvider;
  /** The account that pays. */
  readonly treasury: Address;
}

const LOW = parseEther("1");
const FULL = parseEther("10");
/** Transactions that a filled account can surely send before it has to be looked at again. */
const TRANSACTIONS = 50;

/**
 * Makes a gas station. On a chain with free gas every account has enough with nothing, so an account is filled only where gas has a price.
 *
 * @param options - the provider and the paying account
 */
export function createGasStation({ provider, treasury }: GasStationOptions): GasStation {
  const left = new Map<Address, number>();
  return {
    async fill(account) {
      const known = left.get(account) ?? 0;
      if (known > 0) {
        left.set(account, known - 1);
        return;
      }
      left.set(account, TRANSACTIONS);
      if (account === treasury) return;
      const balance = BigInt(
        (await provider.request({ method: "eth_getBalance", params: [account, "latest"] })) as string,
      );
      if (balance >= LOW) return;
      await provider.request({
        method: "eth_sendTransaction",
        params: [{ from: treasury, to: account, value: toHex(FULL - balance), gas: toHex(21_000) }],
      });
    },
  };
}
