import type { HaltReason } from "../types.ts";

/** Why the EVM stopped, in words. */
export const haltWords: Readonly<Record<Exclude<HaltReason, "revert">, string>> = {
  "out-of-gas": "Transaction ran out of gas",
  "invalid-opcode": "VM Exception while processing transaction: invalid opcode",
  "stack-underflow": "VM Exception while processing transaction: stack underflow",
  "stack-overflow": "VM Exception while processing transaction: stack overflow",
  "invalid-jump": "VM Exception while processing transaction: invalid jump",
  "static-state-change": "VM Exception while processing transaction: a static call tried to change the state",
  "insufficient-balance": "VM Exception while processing transaction: a call sent more than its contract holds",
  "create-collision": "VM Exception while processing transaction: the address of the new contract is taken",
  "code-size-exceeded":
    "Transaction reverted: trying to deploy a contract whose code is too large (EIP-170: 24,576 bytes)",
  "initcode-size-exceeded":
    "Transaction reverted: trying to deploy a contract whose init code is too large (EIP-3860: 49,152 bytes)",
  "invalid-code": "Transaction reverted: the deployed code starts with 0xef (EIP-3541)",
  "value-overflow": "VM Exception while processing transaction: value overflow",
  "precompile-failure": "VM Exception while processing transaction: a precompiled contract failed",
  other: "VM Exception while processing transaction: the EVM stopped",
};
