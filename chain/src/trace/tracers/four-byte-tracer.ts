import { toHex } from "../../codec/hex.ts";
import type { TraceCollector, TraceSubject } from "../collector.ts";

const SELECTOR_SIZE = 4;

/** Counts the selectors that calls began with, each with the length of the data behind it: geth's `4byteTracer`. */
export function createFourByteTracer({ rules }: TraceSubject): TraceCollector {
  const counts = new Map<string, number>();
  const precompiles = new Set<string>(rules.precompiles);
  return {
    tracer: {
      onEnter({ kind, codeAddress, data }) {
        if (data.length < SELECTOR_SIZE || kind === "create" || kind === "create2") return;
        // A precompiled contract is an instruction in disguise.
        if (codeAddress === undefined || precompiles.has(codeAddress)) return;
        const key = `${toHex(data.subarray(0, SELECTOR_SIZE))}-${data.length - SELECTOR_SIZE}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      },
      onRestart: () => counts.clear(),
    },
    result: () => Object.fromEntries(counts),
  };
}
