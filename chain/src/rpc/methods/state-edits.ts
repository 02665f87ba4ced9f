import { fromHex } from "../../codec/hex.ts";
import type { Address, Word } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import { resetRequest } from "../fork-params.ts";
import { param } from "../params.ts";
import { RpcError, rpcErrorCodes } from "../rpc-error.ts";
import { packState, unpackState } from "../state-file.ts";
import { findSlot } from "../token-slots.ts";
import { method } from "./define.ts";

const MAX_UINT256 = 2n ** 256n - 1n;
// Selectors of balanceOf(address) and allowance(address,address).
const BALANCE_OF = "70a08231";
const ALLOWANCE = "dd62ed3e";

function padded(address: Address): string {
  return address.slice(2).padStart(64, "0");
}

/** Sets the word that a view of a token returns. */
async function setView({ chain }: RpcContext, token: Address, data: string, value: bigint): Promise<null> {
  const found = await findSlot(chain, token, fromHex(`0x${data}`), value);
  if (found === undefined) {
    throw new RpcError(
      rpcErrorCodes.invalidInput,
      `No storage word of ${token} decides this balance or allowance alone: it is no plain ERC-20`,
      { data: { reason: "SLOT_NOT_FOUND", token } },
    );
  }
  const word: Word = `0x${value.toString(16).padStart(64, "0")}`;
  await chain.setStorageAt(found.address, found.slot, word);
  return null;
}

/** What Anvil and Ganache set in the state. */
export const stateEditMethods = {
  anvil_addBalance: method({
    summary: "Adds to a balance, in wei.",
    params: [param.address("address"), param.integer("amount")],
    async handler({ chain }, account, amount) {
      const sum = (await chain.getBalance(account)) + amount;
      if (sum > MAX_UINT256) {
        throw new RpcError(rpcErrorCodes.invalidInput, `The balance of ${account} would exceed 2^256 wei`, {
          data: { reason: "BALANCE_OVERFLOW", address: account },
        });
      }
      await chain.setBalance(account, sum);
      return null;
    },
  }),
  anvil_setNonce: method({
    summary: "Sets a nonce, also to less than it was.",
    params: [param.address("address"), param.integer64("nonce")],
    async handler({ chain }, account, nonce) {
      await chain.overwriteNonce(account, nonce);
      return null;
    },
  }),
  evm_setAccountNonce: method({
    summary: "The same; true.",
    params: [param.address("address"), param.integer64("nonce")],
    async handler({ chain }, account, nonce) {
      await chain.overwriteNonce(account, nonce);
      return true;
    },
  }),
  evm_setAccountBalance: method({
    summary: "Sets a balance, in wei; true.",
    params: [param.address("address"), param.integer("balance")],
    async handler({ chain }, account, balance) {
      await chain.setBalance(account, balance);
      return true;
    },
  }),
  evm_setAccountStorageAt: method({
    summary: "Sets a storage word, of any width; true.",
    params: [param.address("address"), param.slot("slot"), param.slot("value")],
    async handler({ chain }, account, slot, value) {
      await chain.setStorageAt(account, slot, value);
      return true;
    },
  }),
  anvil_dealERC20: method({
    summary: "Sets the balance of an account in an ERC-20 token, by the storage word that `balanceOf` returns.",
    params: [param.address("account"), param.address("token"), param.integer("balance")],
    handler: (context, account, token, balance) => setView(context, token, `${BALANCE_OF}${padded(account)}`, balance),
  }),
  anvil_setERC20Allowance: method({
    summary: "Sets what a spender may take of an owner's ERC-20 tokens.",
    params: [param.address("owner"), param.address("spender"), param.address("token"), param.integer("allowance")],
    handler: (context, owner, spender, token, allowance) =>
      setView(context, token, `${ALLOWANCE}${padded(owner)}${padded(spender)}`, allowance),
  }),
  anvil_dumpState: method({
    summary: "All accounts with code and storage, in Anvil's form: JSON, gzip, hex. Blocks are not part of it.",
    params: [],
    handler: async ({ chain }) => packState(await chain.dumpAccounts(), chain.latestBlock().header.number),
  }),
  anvil_loadState: method({
    summary: "Sets the accounts of such a state; others stay, and so do the blocks. Takes Anvil's own files too.",
    params: [param.data("state")],
    async handler({ chain }, state) {
      await chain.loadAccounts(await unpackState(state, "state"));
      return true;
    },
  }),
  hardhat_reset: method({
    summary: "Begins anew, with genesis or, given `forking: {jsonRpcUrl, blockNumber}`, with a block of another chain.",
    params: [resetRequest],
    async handler({ chain, filters }, forking) {
      await chain.reset(forking === undefined ? {} : { forking });
      filters.restart();
      return true;
    },
  }),
  anvil_dropAllTransactions: method({
    summary: "Empties the pool.",
    params: [],
    async handler({ chain }) {
      await chain.dropAllTransactions();
      return null;
    },
  }),
  anvil_removePoolTransactions: method({
    summary: "Takes a sender's transactions out of the pool.",
    params: [param.address("address")],
    async handler({ chain }, sender) {
      await chain.dropTransactionsOf(sender);
      return null;
    },
  }),
  anvil_setChainId: method({
    summary: "Sets the chain id, for CHAINID and signatures; `evm_revert` brings the old one back.",
    params: [param.integer64("chainId")],
    async handler({ chain }, id) {
      await chain.setChainId(id);
      return null;
    },
  }),
  miner_setExtra: method({
    summary: "Sets the extra data of the headers to come, at most 32 bytes; true.",
    params: [param.data("extraData")],
    async handler({ chain }, data) {
      await chain.setExtraData(data);
      return true;
    },
  }),
  hardhat_addCompilationResult: method({
    summary: "Always false: the contracts are those of the project's own build.",
    params: [param.any("solcVersion"), param.any("input"), param.any("output")],
    handler: () => false,
  }),
  hardhat_getStackTraceFailuresCount: method({ summary: "Always zero.", params: [], handler: () => 0 }),
} as const;
