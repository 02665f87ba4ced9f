import type { Address, CallRequest } from "../types.ts";
import type { RpcContext } from "./context.ts";
import type { SenderlessRequest } from "./object-params.ts";
import { invalidParam } from "./params.ts";

/** As in Hardhat's network, a call without a sender comes from the first account. */
export function withSender({ chain }: RpcContext, request: CallRequest): CallRequest {
  const [first] = chain.accounts;
  return request.from !== undefined || first === undefined ? request : { ...request, from: first };
}

/** As in Hardhat's network, a transaction without a sender comes from the first account. */
export function senderOf({ chain }: RpcContext, request: SenderlessRequest): Address {
  const sender = request.from ?? chain.accounts[0];
  if (sender === undefined)
    throw invalidParam("transaction.from", "an address, for this chain has no accounts of its own", undefined);
  return sender;
}
