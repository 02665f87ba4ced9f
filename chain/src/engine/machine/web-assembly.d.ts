/** The part of the WebAssembly API that Banyan uses. The ES library of TypeScript has none; that of browsers would bring much else. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number });
    readonly buffer: ArrayBuffer;
    /** Grows by pages of 64 KiB; detaches the buffer of before. Returns the number of pages of before. */
    grow(pages: number): number;
  }
  class Global {
    value: number | bigint;
  }
  type ExportValue = ((...operands: (number | bigint)[]) => number | bigint | undefined) | Memory | Global;
  type ImportValue = ((...operands: never[]) => unknown) | Memory | Global;
  class Instance {
    constructor(module: Module, imports?: Readonly<Record<string, Readonly<Record<string, ImportValue>>>>);
    readonly exports: Readonly<Record<string, ExportValue>>;
  }
  class RuntimeError extends Error {}
}
