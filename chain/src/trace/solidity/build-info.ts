/** A node of Solidity's compact AST, as far as stack traces look into it. Anything a compiler left out is absent. */
export interface AstNode {
  readonly id?: number;
  readonly nodeType?: string;
  /** Place in the sources: `start:length:file`, in bytes. */
  readonly src?: string;
  readonly name?: string;
  readonly kind?: string;
  readonly contractKind?: string;
  readonly visibility?: string;
  readonly stateMutability?: string;
  readonly implemented?: boolean;
  /** Hexadecimal without `0x`; older compilers leave it out. */
  readonly functionSelector?: string;
  readonly linearizedBaseContracts?: readonly number[];
  readonly nodes?: readonly AstNode[];
}

/** Bytes of a bytecode that are filled in later. */
export interface CodeReference {
  readonly start: number;
  readonly length: number;
}

/** A bytecode in a compiler's output. */
export interface CompiledCode {
  /** Hexadecimal without `0x`, with placeholders for libraries. */
  readonly object: string;
  readonly sourceMap?: string;
  readonly linkReferences?: Readonly<Record<string, Readonly<Record<string, readonly CodeReference[]>>>>;
  readonly immutableReferences?: Readonly<Record<string, readonly CodeReference[]>>;
}

/** One entry of a contract's ABI; what it is made of is read only once the entry is needed. */
export interface AbiEntry {
  readonly type: string;
  readonly name?: string | undefined;
  readonly inputs?: readonly AbiInput[] | undefined;
}

/** A parameter in an ABI. */
export interface AbiInput {
  readonly name?: string | undefined;
  readonly type: string;
  readonly components?: readonly AbiInput[] | undefined;
}

/** A contract in a compiler's output. */
export interface CompiledContract {
  readonly abi?: readonly AbiEntry[];
  readonly evm?: {
    readonly bytecode?: CompiledCode;
    readonly deployedBytecode?: CompiledCode;
    /** Selectors without `0x`, by signature. */
    readonly methodIdentifiers?: Readonly<Record<string, string>>;
  };
}

/**
 * What one run of the Solidity compiler was given and gave: the JSON of `--standard-json`, which Hardhat keeps as build information. Stack
 * traces need the ASTs, the source maps of both bytecodes, the method identifiers and the ABIs.
 */
export interface BuildInfo {
  /** `0.8.34` */
  readonly solcVersion: string;
  readonly input: {
    readonly sources: Readonly<Record<string, { readonly content?: string }>>;
  };
  readonly output: {
    readonly sources?: Readonly<Record<string, { readonly id: number; readonly ast?: AstNode }>>;
    readonly contracts?: Readonly<Record<string, Readonly<Record<string, CompiledContract>>>>;
  };
}
