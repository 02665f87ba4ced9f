import type { Peer } from "./peers.ts";

/**
 * Brings the answers of Hardhat's network and Anvil into the form of geth where they are known to differ from it; `docs/tracing.md` lists what
 * is done here. Whatever still differs is a finding.
 *
 * @param side Whose answer it is.
 * @param other With whose answers ours are compared.
 * @param refused Slots at which an instruction of the transaction failed (see `refusedSlots`).
 */
export function normalise(
  question: string,
  answer: unknown,
  side: Peer["name"],
  other: Peer["name"],
  refused: ReadonlySet<string>,
): unknown {
  switch (question) {
    case "structLog":
      return structLog(answer, side);
    case "prestateTracer":
      return withoutSlots(accountsOf(answer), refused);
    case "prestateTracer diff": {
      const { pre, post } = Object(answer);
      return { pre: accountsOf(pre), post: withoutCodeHash(post) };
    }
    case "callTracer": {
      // Anvil's outermost frame has the gas that is left after the intrinsic cost.
      const { gas: _gas, ...frame } = callFrame(answer);
      return frame;
    }
    case "proof":
      return proofOf(answer, other);
    case "flatCallTracer":
      return Array.isArray(answer) ? answer.map(flatFrame) : answer;
    default:
      return withoutFields(answer, other === "anvil" ? LEFT_OUT_WITH_ANVIL : LEFT_OUT);
  }
}

type Json = Record<string, unknown>;

/** Fields in which the blocks of the others differ, or which some leave out. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  // The genesis of Hardhat's network names another root of no transactions: every hash after it is another.
  "hash",
  "blockHash",
  "parentHash",
  "size",
  // Drawn by lot by Anvil.
  "mixHash",
  "parentBeaconBlockRoot",
  // Of transactions: not told by Hardhat's network; and of receipts and transactions: told by Anvil alone.
  "yParity",
  "blockTimestamp",
  "blobGasPrice",
  "blobGasUsed",
]);

const LEFT_OUT_WITH_ANVIL: ReadonlySet<string> = new Set([
  ...LEFT_OUT,
  // Anvil keeps slots that were set to zero in its tries.
  "stateRoot",
  // Told by Anvil also of a creation that failed.
  "contractAddress",
]);

function withoutFields(answer: unknown, fields: ReadonlySet<string>): unknown {
  if (Array.isArray(answer)) return answer.map((item) => withoutFields(item, fields));
  if (typeof answer !== "object" || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([field]) => !fields.has(field))
      .map(([field, value]) => [field, withoutFields(value, fields)]),
  );
}

/** Hardhat's network writes an empty memory and an empty output; geth leaves them out. */
function structLog(answer: unknown, side: Peer["name"]): unknown {
  const { structLogs: listed, ...rest } = Object(answer);
  if (!Array.isArray(listed)) return answer;
  // A creation without code runs nothing; to the others it runs a STOP.
  const structLogs = listed.filter(
    ({ op, pc }: Json, index) => op !== "STOP" || pc !== 0 || !String(listed[index - 1]?.op).startsWith("CREATE"),
  );
  return {
    ...rest,
    structLogs: structLogs.map((entry: Json, index) => {
      const { memory, returnData, error, op, gasCost, storage, refund, ...kept } = entry;
      const next: Json | undefined = structLogs[index + 1];
      const isLast = next === undefined || Number(next.depth) < Number(entry.depth);
      const isUnknown = op === "Unknown" || op === "UNKNOWN" || op === "INVALID" || String(op).startsWith("opcode 0x");
      return {
        ...kept,
        op: isUnknown ? "INVALID" : op,
        // What an instruction that fails would have cost, or what was left: told otherwise by each, as is why. Geth does not count what a
        // creation passes on.
        ...(isLast || op === "CREATE" || op === "CREATE2" ? {} : { gasCost }),
        // Geth's counter is the transaction's, that of the others the frame's.
        ...(entry.depth === 1 ? { refund } : {}),
        // Geth's list goes on after a frame failed; the slot of the instruction itself is told alike by all, if it was not refused.
        ...(storage === undefined || isLast ? {} : { storage: ownSlot(entry, next, side) }),
        ...(Array.isArray(memory) && memory.length > 0 ? { memory } : {}),
        ...(returnData === undefined || returnData === "0x" ? {} : { returnData }),
        ...(error === undefined || isLast ? {} : { error: true }),
      };
    }),
  };
}

/**
 * The value at the slot of an SLOAD or SSTORE. Hardhat's network and Anvil sometimes show what a frame had written that was taken back since;
 * what was read or is written stands on the stack, which they tell right.
 */
function ownSlot(entry: Json, next: Json, side: Peer["name"]): unknown {
  if (side === "banyan") return Object(entry.storage)[slotOf(entry)];
  const { stack } = entry.op === "SLOAD" ? next : entry;
  return wordAt(stack, entry.op === "SLOAD" ? 1 : 2);
}

function slotOf({ stack }: Json): string {
  return wordAt(stack, 1);
}

function wordAt(stack: unknown, depth: number): string {
  return `0x${Array.isArray(stack) ? String(stack.at(-depth)).slice(2).padStart(64, "0") : ""}`;
}

/**
 * Slots at which an SLOAD or SSTORE of a transaction failed, which is then the last instruction of its frame. Hardhat's network and Anvil have
 * read the slot by then and list it; geth does not.
 */
export function refusedSlots(structLog: unknown): ReadonlySet<string> {
  const { structLogs: listed } = Object(structLog);
  const entries: Json[] = Array.isArray(listed) ? listed : [];
  const failed = entries.filter((entry, index) => {
    const next = entries[index + 1];
    return (entry.op === "SLOAD" || entry.op === "SSTORE") && (!next || Number(next.depth) < Number(entry.depth));
  });
  return new Set(failed.map(slotOf));
}

function withoutSlots(accounts: Json, slots: ReadonlySet<string>): Json {
  return Object.fromEntries(
    Object.entries(accounts).map(([address, account]) => {
      const { storage, ...rest } = Object(account);
      const left = Object.entries(Object(storage)).filter(([slot]) => !slots.has(slot));
      return [address, left.length === 0 ? rest : { ...rest, storage: Object.fromEntries(left) }];
    }),
  );
}

/** Where there is no storage, geth proves nothing by no nodes, and the others by the empty one. */
function proofOf(answer: unknown, other: Peer["name"]): Json {
  const { storageProof, ...whole } = Object(answer);
  const { storageHash: _hash, accountProof: _proof, ...figures } = whole;
  const rest = other === "anvil" ? figures : whole;
  return {
    ...rest,
    storageProof: (Array.isArray(storageProof) ? storageProof : []).map(({ proof, ...slot }: Json) => ({
      ...slot,
      ...(other === "anvil"
        ? {}
        : { proof: Array.isArray(proof) && proof.length === 1 && proof[0] === "0x80" ? [] : proof }),
    })),
  };
}

/** Accounts that were empty are not listed by geth; the others list no hash of the code. */
function accountsOf(answer: unknown): Json {
  return Object.fromEntries(
    Object.entries(withoutCodeHash(answer)).filter(([, account]) => {
      const { balance, nonce, code } = Object(account);
      return balance !== "0x0" || nonce !== undefined || code !== undefined;
    }),
  );
}

function withoutCodeHash(answer: unknown): Json {
  return Object.fromEntries(
    Object.entries(Object(answer)).map(([address, account]) => {
      const { codeHash: _hash, ...rest } = Object(account);
      return [address, rest];
    }),
  );
}

/** The index of a log counts only those that are not taken back, which geth leaves out; a failure is told in words of one's own. */
function callFrame(answer: unknown, hasFailed = false): Json {
  const { calls, logs, error, revertReason: _reason, ...rest } = Object(answer);
  // An account that is its own heir is none to the others.
  if (rest.type === "SELFDESTRUCT") return { type: rest.type };
  const isKept = !hasFailed && error === undefined;
  return {
    ...rest,
    ...(error === undefined ? {} : { error: true }),
    ...(Array.isArray(calls) ? { calls: calls.map((call) => callFrame(call, !isKept)) } : {}),
    ...(Array.isArray(logs) && logs.length > 0 && isKept
      ? { logs: logs.map(({ index: _index, ...log }: Json) => log) }
      : {}),
  };
}

/** The outermost frame counts the gas of the transaction; a failure keeps its result only if it reverted. */
function flatFrame(frame: Json): Json {
  const { result, error, traceAddress, blockHash: _hash, ...rest } = frame;
  if (frame.type === "suicide") return { type: frame.type, traceAddress };
  const isOutermost = Array.isArray(traceAddress) && traceAddress.length === 0;
  const { gasUsed, ...figures } = Object(result);
  return {
    ...rest,
    traceAddress,
    ...(error === undefined ? {} : { error: true }),
    ...(result === undefined || error !== undefined ? {} : { result: isOutermost ? figures : { gasUsed, ...figures } }),
  };
}
