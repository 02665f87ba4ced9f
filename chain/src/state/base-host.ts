import { EMPTY_BYTES } from "../codec/hex.ts";
import type { Machine, MachineHost } from "../engine/machine/machine.ts";
import { ACCOUNT } from "../engine/machine/state-exports.ts";
import type { CodeTable, StateReader } from "./state-reader.ts";

/**
 * Answers a machine's questions about the code of its accounts and the state below its tables.
 * @param codes all code ever set
 * @param base state below at the time, if there is one
 * @param machine the machine that asks; it exists by the time it does
 */
export function createBaseHost(
  codes: CodeTable,
  base: () => StateReader | undefined,
  machine: () => Machine,
): MachineHost {
  return {
    code: (codeHash) => codes.get(codeHash) ?? base()?.code(codeHash) ?? EMPTY_BYTES,
    keepCode(codeHash, code) {
      if (!codes.has(codeHash)) codes.set(codeHash, code);
    },
    loadAccount(address, out) {
      const memory = machine();
      const fields = base()?.account(memory.readAddress(address));
      if (fields === undefined) return 0;
      memory.writeWord(out + ACCOUNT.balance, fields.balance);
      memory.writeHash(out + ACCOUNT.codeHash, fields.codeHash);
      memory.writeU64(out + ACCOUNT.nonce, fields.nonce);
      return fields.hasStorage ? 3 : 1;
    },
    loadSlot(address, key, out) {
      const memory = machine();
      const value = base()?.storage(memory.readAddress(address), memory.readHash(key));
      memory.writeTrimmed(out, value ?? EMPTY_BYTES);
    },
  };
}
