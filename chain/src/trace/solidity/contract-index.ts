import type { BuildInfo, CodeReference, CompiledCode } from "./build-info.ts";
import { type ContractCode, createContractCode } from "./contract-code.ts";
import { type ReadContract, readContracts } from "./read-contracts.ts";

/** Finds out which contract a bytecode belongs to. */
export interface ContractIndex {
  /**
   * @param code bytecode as it stands at an address, with immutable values and library addresses in it
   * @returns its contract, or `undefined` if no build knows it
   */
  runtime(code: Uint8Array): ContractCode | undefined;
  /** @param initCode init code with the constructor's arguments behind it */
  creation(initCode: Uint8Array): ContractCode | undefined;
  /**
   * @param selector without `0x`
   * @returns the function that some contract has for it: `transfer(address,uint256)`
   */
  signature(selector: string): string | undefined;
}

/** A compiled bytecode to compare with. */
interface Candidate {
  readonly code: Uint8Array;
  /** Ranges that differ between deployments, in order. */
  readonly holes: readonly CodeReference[];
  /** Length without the metadata behind the instructions. */
  readonly executable: number;
  view(): ContractCode;
}

const LIBRARY_ADDRESS = { start: 1, length: 20 } as const;
const PUSH20 = 0x73;
const SHORTEST_METADATA = 0x08;

/**
 * Indexes the bytecodes of builds. What a source map says is read for a contract when it is first met.
 * @param builds runs of the compiler; of equal bytecodes the last one counts
 */
export function createContractIndex(builds: Iterable<BuildInfo>): ContractIndex {
  const runtime: Candidate[] = [];
  const creation: Candidate[] = [];
  const signatures = new Map<string, string>();
  for (const build of builds) {
    for (const read of readContracts(build)) {
      for (const [selector, signature] of read.contract.signatures) signatures.set(selector, signature);
      add(runtime, read, read.compiled.evm?.deployedBytecode, false);
      add(creation, read, read.compiled.evm?.bytecode, true);
    }
  }
  const known = new WeakMap<Uint8Array, ContractCode | false>();

  return {
    signature: (selector) => signatures.get(selector),
    runtime(code) {
      let found = known.get(code);
      if (found === undefined) {
        found =
          runtime
            .findLast((candidate) => candidate.code.length === code.length && fits(candidate, code, code.length))
            ?.view() ??
          withOtherMetadata(runtime, code, executableLength(code))?.view() ??
          false;
        known.set(code, found);
      }
      return found === false ? undefined : found;
    },
    creation(initCode) {
      const whole = creation.findLast(
        (candidate) => candidate.code.length <= initCode.length && fits(candidate, initCode, candidate.code.length),
      );
      return (whole ?? withOtherMetadata(creation, initCode, undefined))?.view();
    },
  };
}

function add(
  candidates: Candidate[],
  read: ReadContract,
  compiled: CompiledCode | undefined,
  isCreation: boolean,
): void {
  if (compiled === undefined || compiled.object === "") return;
  const links = Object.values(compiled.linkReferences ?? {}).flatMap((libraries) => Object.values(libraries).flat());
  const immutables = Object.values(compiled.immutableReferences ?? {}).flat();
  const code = bytesOf(compiled.object, links);
  const holes = [...links, ...immutables];
  // A library's own address is written into its code when it is deployed.
  if (!isCreation && read.contract.isLibrary && code[0] === PUSH20) holes.push(LIBRARY_ADDRESS);
  let view: ContractCode | undefined;
  candidates.push({
    code,
    holes: holes.sort((a, b) => a.start - b.start),
    executable: executableLength(code),
    view() {
      const { sourceMap = "" } = compiled;
      view ??= createContractCode({ contract: read.contract, isCreation, code, sourceMap, files: read.files });
      return view;
    },
  });
}

/** Placeholders of libraries are not hexadecimal. */
function bytesOf(object: string, links: readonly CodeReference[]): Uint8Array {
  let hex = object.startsWith("0x") ? object.slice(2) : object;
  for (const { start, length } of links)
    hex = `${hex.slice(0, start * 2)}${"00".repeat(length)}${hex.slice((start + length) * 2)}`;
  const buffer = Buffer.from(hex, "hex");
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** Whether the first bytes of a code are those of a candidate, holes apart. */
function fits({ code, holes }: Candidate, actual: Uint8Array, length: number): boolean {
  let from = 0;
  for (const hole of holes) {
    const end = Math.min(hole.start, length);
    if (!sameBytes(code, actual, from, end)) return false;
    from = hole.start + hole.length;
    if (from >= length) return true;
  }
  return sameBytes(code, actual, from, length);
}

function sameBytes(a: Uint8Array, b: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The same instructions with other metadata behind them: the same contract, compiled elsewhere or with other comments. */
function withOtherMetadata(
  candidates: readonly Candidate[],
  code: Uint8Array,
  executable: number | undefined,
): Candidate | undefined {
  return candidates.findLast(
    (candidate) =>
      candidate.executable < candidate.code.length &&
      candidate.executable <= code.length &&
      (executable === undefined || executable === candidate.executable) &&
      fits(candidate, code, candidate.executable),
  );
}

/** Solidity puts CBOR metadata behind the code, and its length in two bytes at the end. */
function executableLength(code: Uint8Array): number {
  const { length } = code;
  if (length < 2) return length;
  const size = ((code[length - 2] ?? 0) << 8) | (code[length - 1] ?? 0);
  const start = length - 2 - size;
  const isMap = ((code[start] ?? 0) & 0xf0) === 0xa0;
  return size >= SHORTEST_METADATA && start > 0 && isMap ? start : length;
}
