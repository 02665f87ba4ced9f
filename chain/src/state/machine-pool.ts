import { createMachine, type Machine } from "../engine/machine/machine.ts";
import { createBaseHost } from "./base-host.ts";
import type { CodeTable, StateReader } from "./state-reader.ts";

/** A machine for the time that one state needs it. */
export interface MachineLease {
  readonly machine: Machine;
  /** Empties the machine; the next state over a base takes it, with the code that it has decoded. */
  giveBack(): void;
}

interface Kept {
  readonly machine: Machine;
  base: StateReader | undefined;
}

/** Machines that wait, at most, for each table of code: that is, for each chain. */
const MAX_IDLE = 4;

const idle = new WeakMap<CodeTable, Kept[]>();

/**
 * A machine with empty tables.
 * @param codes all code ever set
 * @param base state below its tables, if there is one
 * @param isLayer whether its trie holds what differs from the base
 */
export function leaseMachine(codes: CodeTable, base: StateReader | undefined, isLayer: boolean): MachineLease {
  const kept = (base === undefined ? undefined : idle.get(codes)?.pop()) ?? create(codes);
  const { machine } = kept;
  kept.base = base;
  machine.exports.setBase(base === undefined ? 0 : 1);
  machine.exports.setLayer(isLayer ? 1 : 0);
  return {
    machine,
    giveBack() {
      if (kept.base === undefined) return;
      kept.base = undefined;
      machine.exports.wipe();
      const others = idle.get(codes) ?? [];
      idle.set(codes, others);
      if (others.length < MAX_IDLE) others.push(kept);
    },
  };
}

function create(codes: CodeTable): Kept {
  const kept: Kept = {
    machine: createMachine(
      createBaseHost(
        codes,
        () => kept.base,
        () => kept.machine,
      ),
    ),
    base: undefined,
  };
  return kept;
}
