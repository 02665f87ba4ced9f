import { hashMessage, hashTypedData, signatureHex, type TypedData, type TypedField } from "../../crypto/typed-data.ts";
import { signOnce } from "../../pool/signature-cache.ts";
import type { Address, Hex } from "../../types.ts";
import type { RpcContext } from "../context.ts";
import { address, asRecord, invalidParam, param, required } from "../params.ts";
import { RpcError, rpcErrorCodes } from "../rpc-error.ts";
import { method } from "./define.ts";

function keyOf({ chain }: RpcContext, account: Address): Uint8Array {
  const key = chain.privateKeyOf(account);
  if (key === undefined) {
    throw new RpcError(
      rpcErrorCodes.invalidInput,
      `The node has no key of ${account}: it signs only for the accounts that eth_accounts lists`,
      {
        data: { reason: "ACCOUNT_UNKNOWN", address: account },
      },
    );
  }
  return key;
}

/** Signs with the prefix of EIP-191, version 0x45. */
function signMessage(context: RpcContext, account: Address, message: Uint8Array): Hex {
  return signatureHex(signOnce(hashMessage(message), account, keyOf(context, account)));
}

const acceptsTypedData = "EIP-712 typed data {types, primaryType, domain, message}, as an object or as its JSON text";

function isFieldList(value: unknown): value is { name: string; type: string }[] {
  return (
    Array.isArray(value) &&
    value.every((field) => typeof asRecord(field)?.name === "string" && typeof asRecord(field)?.type === "string")
  );
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

const typedData = required("typedData", acceptsTypedData, (value, name): TypedData => {
  const record = asRecord(parsed(value));
  const types = asRecord(record?.types);
  const message = asRecord(record?.message);
  if (record === undefined || types === undefined || message === undefined || typeof record.primaryType !== "string") {
    throw invalidParam(name, acceptsTypedData, value);
  }
  const lists: Record<string, readonly TypedField[]> = {};
  for (const [typeName, fields] of Object.entries(types)) {
    if (!isFieldList(fields)) throw invalidParam(`${name}.types.${typeName}`, "a list of {name, type}", fields);
    lists[typeName] = fields;
  }
  if (lists[record.primaryType] === undefined)
    throw invalidParam(`${name}.primaryType`, "one of types", record.primaryType);
  return {
    types: lists,
    primaryType: record.primaryType,
    domain: { ...asRecord(record.domain) },
    message: { ...message },
  };
});

/** The node's own accounts and their signatures. */
export const accountMethods = {
  eth_accounts: method({
    summary: "Addresses that the node signs for.",
    params: [],
    handler: ({ chain }) => [...chain.accounts],
  }),
  eth_requestAccounts: method({
    summary: "Addresses that the node signs for.",
    params: [],
    handler: ({ chain }) => [...chain.accounts],
  }),
  eth_sign: method({
    summary: "Signs a message with its EIP-191 prefix.",
    params: [address, param.data("message")],
    handler: signMessage,
  }),
  personal_sign: method({
    summary: "Signs a message with its EIP-191 prefix.",
    params: [param.data("message"), address],
    handler: (context, message, account) => signMessage(context, account, message),
  }),
  eth_signTypedData_v4: method({
    summary: "Signs EIP-712 typed data.",
    params: [address, typedData],
    handler(context, account, data) {
      const privateKey = keyOf(context, account);
      try {
        return signatureHex(signOnce(hashTypedData(data), account, privateKey));
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new RpcError(rpcErrorCodes.invalidParams, `Invalid params: "typedData" cannot be encoded: ${why}`, {
          data: { parameter: "typedData" },
          cause: error,
        });
      }
    },
  }),
} as const;
