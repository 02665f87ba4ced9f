import type { Address } from "../../types.ts";
import type { StepView } from "../tracer.ts";
import type { Machine } from "./machine.ts";
import { opcodeName } from "./opcode-table.ts";

// Offsets as in `assembly/frames.ts`.
const FRAME_SIZE = 256;
const SELF = 40;
const CODE_ACCOUNT = 44;
const WORD = 32;

/** The instruction that a machine is about to run: one view for all of them, for there are millions. What nobody asks for is not read. */
export class MachineStep implements StepView {
  pc = 0;
  opcode = 0;
  readonly #machine: Machine;
  #gasLeft = 0n;
  #gasCost = 0n;
  #height = 0;
  #stack: readonly bigint[] | undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Turns the view to the next instruction. */
  turn(pc: number, opcode: number, gasLeft: bigint, gasCost: bigint, height: number): this {
    this.pc = pc;
    this.opcode = opcode;
    this.#gasLeft = gasLeft;
    this.#gasCost = gasCost;
    this.#height = height;
    this.#stack = undefined;
    return this;
  }

  get opName(): string {
    return opcodeName(this.opcode);
  }

  get gasLeft(): bigint {
    return BigInt.asUintN(64, this.#gasLeft);
  }

  get gasCost(): bigint {
    return BigInt.asUintN(64, this.#gasCost);
  }

  get gasRefund(): bigint {
    return this.#machine.exports.refund.value;
  }

  get depth(): number {
    const { frame, frames } = this.#machine.exports;
    return (frame.value - frames.value) / FRAME_SIZE;
  }

  get address(): Address {
    return this.#addressAt(SELF);
  }

  get codeAddress(): Address {
    return this.#addressAt(CODE_ACCOUNT);
  }

  get stack(): readonly bigint[] {
    if (this.#stack === undefined) {
      const floor = this.#machine.exports.floor.value;
      const stack: bigint[] = new Array(this.#height);
      for (let i = 0; i < this.#height; i++) stack[i] = this.#machine.readWord(floor + WORD * i);
      this.#stack = stack;
    }
    return this.#stack;
  }

  get memory(): Uint8Array {
    const { mem, memSize } = this.#machine.exports;
    return this.#machine.subarray(mem.value, memSize.value);
  }

  get returnData(): Uint8Array {
    const { returnArea, returnSize } = this.#machine.exports;
    return this.#machine.subarray(returnArea.value, returnSize.value);
  }

  #addressAt(offset: number): Address {
    return this.#machine.readAddress(this.#machine.readU32(this.#machine.exports.frame.value + offset));
  }
}
