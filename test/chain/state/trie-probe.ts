import { compileAssembly } from "../../../scripts/engine/compile-assembly.ts";

/** A root in the compiled trie: its node, 0 without keys. */
export type Root = number;

/** The state's compiled trie, on its own, with keys of one's choice. */
export interface TrieProbe {
  /** From now on, what there is is kept as it is. */
  beginBatch(): void;
  put(root: Root, key: Uint8Array, value: Uint8Array): Root;
  remove(root: Root, key: Uint8Array): Root;
  get(root: Root, key: Uint8Array): Uint8Array | undefined;
  hash(root: Root): Uint8Array;
  proof(root: Root, key: Uint8Array): Uint8Array[];
  mark(): number;
  dropNodes(mark: number): void;
}

let module: Promise<WebAssembly.Module> | undefined;

/** A fresh one. The module is compiled once per process. */
export async function trieProbe(): Promise<TrieProbe> {
  module ??= compileAssembly("trie-probe.ts").then((bytes) => new WebAssembly.Module(bytes));
  const nobody = (): number => 0;
  const { exports } = new WebAssembly.Instance(await module, {
    host: { loadAccount: nobody, loadSlot: nobody, exhausted: nobody },
  });
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error("no memory");
  const call = (name: string, ...operands: number[]): number => {
    const found = exports[name];
    if (typeof found !== "function") throw new Error(`The tries have no ${name}`);
    return Number(found(...operands) ?? 0);
  };
  const constant = (name: string): number => {
    const found = exports[name];
    if (!(found instanceof WebAssembly.Global)) throw new Error(`The tries have no ${name}`);
    return Number(found.value);
  };
  const key = constant("scratch");
  const bytes = (): Uint8Array => new Uint8Array(memory.buffer);
  const probe: TrieProbe = {
    beginBatch: () => void call("beginBatch"),
    put(root, path, value) {
      bytes().set(path, key);
      bytes().set(value, key + 32);
      return call("put", root, value.length);
    },
    remove(root, path) {
      bytes().set(path, key);
      return call("remove", root);
    },
    get(root, path) {
      bytes().set(path, key);
      const leaf = call("trieGet", root, key);
      if (leaf === 0) return undefined;
      const value = leaf + constant("L_VALUE");
      return bytes().slice(value, value + (bytes()[leaf + constant("L_SIZE")] ?? 0));
    },
    hash(root) {
      call("trieHash", root, key + 64);
      return bytes().slice(key + 64, key + 96);
    },
    proof(root, path) {
      bytes().set(path, key);
      const nodes: Uint8Array[] = [];
      let depth = 0;
      for (let node = root; node !== 0; node = call("trieNext", node, key, depth), depth = constant("nextDepth")) {
        const size = call("encodeNode", node, depth);
        const at = constant("encodedAt");
        if (size >= 32 || node === root) nodes.push(bytes().slice(at, at + size));
      }
      return nodes;
    },
    mark: () => call("nodeMark"),
    dropNodes: (mark) => void call("dropNodes", mark),
  };
  return probe;
}
