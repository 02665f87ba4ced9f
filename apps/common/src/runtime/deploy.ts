import type { Abi, Address, Hex } from "viem";
import { deployContract } from "viem/actions";
import { BanyanError } from "../errors.ts";
import { receiptOf, requireWallet } from "./methods.ts";
import type { Bytecode, ContractClients, DeployOptions } from "./types.ts";

/**
 * Deploys a contract and waits until it is mined.
 *
 * @param abi - the contract's ABI
 * @param bytecode - its creation code
 * @param clients - the viem clients to work through; the wallet deploys
 * @param args - the constructor's arguments, in order
 * @param options - sender, value, gas, libraries
 * @returns the contract's address
 * @throws BanyanError `LIBRARY_MISSING` when a library that the contract links to has no address, `DEPLOYMENT_FAILED` when the constructor reverted
 */
export async function deploy(
  abi: Abi,
  bytecode: Bytecode,
  clients: ContractClients,
  args: readonly unknown[],
  options: DeployOptions = {},
): Promise<Address> {
  const { libraries = {}, value, gas, nonce } = options;
  const wallet = requireWallet(clients);
  const account = options.account ?? wallet.account;
  if (account === undefined) {
    throw new BanyanError("ACCOUNT_MISSING", "no account to deploy from", {
      cure: "Give the wallet client an account, or pass { account }.",
    });
  }
  const hash = await deployContract(wallet, {
    ...{ abi, bytecode: link(bytecode, libraries), args },
    ...{ account, value, gas, nonce, chain: wallet.chain ?? null },
  });
  const receipt = await receiptOf(clients.public, hash);
  if (receipt.status === "reverted" || receipt.contractAddress == null) {
    throw new BanyanError("DEPLOYMENT_FAILED", `the deployment in transaction ${hash} was reverted`, {
      cure: "Trace the transaction; the constructor refused its arguments or the gas did not suffice.",
    });
  }
  return receipt.contractAddress;
}

function link({ object, links }: Bytecode, libraries: Readonly<Record<string, Address>>): Hex {
  let linked = object.slice(2);
  for (const { library, start } of links) {
    const address = libraries[library];
    if (address === undefined) {
      throw new BanyanError("LIBRARY_MISSING", `the contract links to the library ${library}`, {
        cure: `Deploy ${library} and pass { libraries: { ${library}: address } }.`,
      });
    }
    linked = linked.slice(0, start * 2) + address.slice(2).toLowerCase() + linked.slice(start * 2 + 40);
  }
  return `0x${linked}`;
}
