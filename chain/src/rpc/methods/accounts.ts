import { toHex } from "../../codec/hex.ts";
import type { PreparedTransaction } from "../../controls.ts";
import { keccak256 } from "../../crypto/keccak.ts";
import { recoverAddressBytes } from "../../crypto/secp256k1.ts";
import type { Address, Transaction } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import { senderOf } from "../default-sender.ts";
import { executionError, submissionHash } from "../execution-error.ts";
import { formatTransaction } from "../format.ts";
import { transactionRequest } from "../object-params.ts";
import { address, decodeData, decodeInteger, invalidParam, optional, param, required } from "../params.ts";
import { method } from "./define.ts";

const PRIVATE_KEY_BYTES = 32;
const SIGNATURE_BYTES = 65;

const privateKey = required("privateKey", "32 bytes in hex", (value, name): Uint8Array => {
  // Geth takes it without 0x.
  const key = decodeData(typeof value === "string" && !value.startsWith("0x") ? `0x${value}` : value, name);
  if (key.length !== PRIVATE_KEY_BYTES) throw invalidParam(name, "32 bytes in hex", "a key of another length");
  return key;
});

const passphrase = param.optionalText("passphrase");
const duration = optional("duration", "seconds; it changes nothing", decodeInteger, undefined);

/** Digest that a personal signature is over (EIP-191, version 0x45). */
function personalDigest(message: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`\x19Ethereum Signed Message:\n${message.length}`);
  return keccak256(Buffer.concat([head, message]));
}

async function preparedOf(prepared: PreparedTransaction, context: RpcContext): Promise<Transaction> {
  if (prepared.refused !== undefined) throw await executionError(prepared.refused, context);
  return prepared.transaction;
}

/** Accounts that come and go while the chain runs. They are always unlocked: passphrases are taken and not looked at. */
export const keyMethods = {
  personal_listAccounts: method({
    summary: "Addresses that the node signs for.",
    params: [],
    handler: ({ chain }) => [...chain.accounts],
  }),
  personal_newAccount: method({
    summary:
      "Adds an account, without money; its key follows from the chain id, the number of accounts and the passphrase.",
    params: [passphrase],
    handler({ chain }, phrase) {
      const seed = new TextEncoder().encode(`${chain.chainId} ${chain.accounts.length} ${phrase}`);
      return chain.addAccount(keccak256(seed));
    },
  }),
  personal_importRawKey: method({
    summary: "Adds the account of a private key; returns its address.",
    params: [privateKey, passphrase],
    handler: ({ chain }, key) => chain.addAccount(key),
  }),
  personal_unlockAccount: method({
    summary: "True for an account that the node sends for: none is ever locked.",
    params: [address, passphrase, duration],
    handler: ({ chain }, account) => chain.accounts.includes(account) || chain.isImpersonated(account),
  }),
  personal_lockAccount: method({
    summary: "Always false: an account of a development chain stays unlocked.",
    params: [address],
    handler: () => false,
  }),
  personal_sendTransaction: method({
    summary: "The same as `eth_sendTransaction`.",
    params: [transactionRequest, passphrase],
    async handler(context, request) {
      const result = await context.chain.sendTransaction({ ...request, from: senderOf(context, request) });
      return submissionHash(result, context);
    },
  }),
  eth_signTransaction: method({
    summary:
      "Completes a transaction, signs it with one of the node's accounts and returns its bytes, without submitting it.",
    params: [transactionRequest, passphrase],
    async handler(context, request) {
      const signed = await context.chain.signTransaction({ ...request, from: senderOf(context, request) });
      return toHex((await preparedOf(signed, context)).raw);
    },
  }),
  eth_fillTransaction: method({
    summary: "Completes a transaction and returns it unsigned, as bytes and as an object.",
    params: [transactionRequest],
    async handler(context, request) {
      const prepared = await context.chain.fillTransaction({ ...request, from: senderOf(context, request) });
      const filled = await preparedOf(prepared, context);
      return { raw: toHex(filled.raw), tx: formatTransaction(filled, undefined) };
    },
  }),
  personal_ecRecover: method({
    summary: "The address whose key signed a message with its EIP-191 prefix.",
    params: [
      param.data("message"),
      required("signature", "65 bytes in hex", (value, name): Uint8Array => {
        const signature = decodeData(value, name);
        if (signature.length !== SIGNATURE_BYTES) throw invalidParam(name, "65 bytes in hex", value);
        return signature;
      }),
    ],
    handler(_context, message, signature): Address {
      const v = signature[SIGNATURE_BYTES - 1] ?? 0;
      const parity = v >= 27 ? v - 27 : v;
      const found =
        parity > 1 ? undefined : recoverAddressBytes(personalDigest(message), signature.subarray(0, 64), parity);
      if (found === undefined) throw invalidParam("signature", "one that a key can have made", toHex(signature));
      return toHex(found);
    },
  }),
  evm_addAccount: method({
    summary: "Accepts transactions from an account without its key; false if it did already.",
    params: [address, passphrase],
    handler({ chain }, account) {
      if (chain.accounts.includes(account) || chain.isImpersonated(account)) return false;
      chain.impersonate(account);
      return true;
    },
  }),
  evm_removeAccount: method({
    summary: "Forgets an account and its key; false if the node did not send for it.",
    params: [address, passphrase],
    handler: ({ chain }, account) => chain.removeAccount(account) || chain.stopImpersonating(account),
  }),
} as const;
