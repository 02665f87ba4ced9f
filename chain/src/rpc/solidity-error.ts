import { formatSolidityFrame, type SolidityFrame } from "../trace/solidity/solidity-frame.ts";
import { RpcError, type RpcErrorDetails } from "./rpc-error.ts";

const STACK_LINE = "\n    at ";

/**
 * A failed execution of a contract. Its `stack` begins with the lines of the Solidity stack trace, innermost first, and goes on with those of
 * JavaScript; both are worked out when they are asked for, so that a failure that is expected costs next to nothing.
 */
export class SolidityError extends RpcError {
  readonly #frames: () => readonly SolidityFrame[];

  constructor(code: number, message: string, details: RpcErrorDetails, frames: () => readonly SolidityFrame[]) {
    super(code, message, details);
    this.name = "SolidityError";
    this.#frames = frames;
    // V8 writes the text of its stack when it is first read: its own getter is kept, and asked when somebody asks for this one.
    const inJavaScript = Object.getOwnPropertyDescriptor(this, "stack");
    const stackOf = (): string => {
      const stack = String(inJavaScript?.get?.call(this) ?? inJavaScript?.value ?? "");
      const first = stack.indexOf(STACK_LINE);
      const lines = this.stackTrace.map((frame) => `${STACK_LINE}${formatSolidityFrame(frame)}`);
      return `${this.name}: ${this.message}${lines.join("")}${first < 0 ? "" : stack.slice(first)}`;
    };
    Object.defineProperty(this, "stack", {
      get: stackOf,
      set(value: unknown) {
        Object.defineProperty(this, "stack", { value, configurable: true, writable: true });
      },
      configurable: true,
    });
    Object.defineProperty(this, Symbol.for("nodejs.util.inspect.custom"), { value: () => this.stack });
  }

  /** The Solidity stack trace, innermost first. */
  override get stackTrace(): readonly SolidityFrame[] {
    return this.#frames();
  }

  /** The same in lines of text. */
  get solidityStack(): string {
    return this.stackTrace.map(formatSolidityFrame).join("\n");
  }
}
