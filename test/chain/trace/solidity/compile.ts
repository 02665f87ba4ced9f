import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BuildInfo } from "@banyan/chain";
import type { Abi, Hex } from "viem";

/** Settings of the compiler that change where source maps point. */
export interface Settings {
  readonly name: string;
  readonly optimizer: boolean;
  readonly viaIR: boolean;
}

interface CodeReference {
  readonly start: number;
  readonly length: number;
}

interface CompiledContract {
  readonly abi: Abi;
  readonly evm: {
    readonly bytecode: {
      readonly object: string;
      readonly linkReferences: Record<string, Record<string, readonly CodeReference[]>>;
    };
  };
}

interface CompilerOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly sources: Record<string, { id: number; ast: object }>;
  readonly contracts: Record<string, Record<string, CompiledContract>>;
}

/** A build with what tests need to call its contracts. */
export interface Build {
  /** As Hardhat's network takes it. */
  readonly input: object;
  readonly output: CompilerOutput;
  readonly info: BuildInfo;
  abi(contract: string): Abi;
  /** Init code without arguments; libraries are linked to an address. */
  bytecode(contract: string, library?: string): Hex;
}

const require = createRequire(import.meta.url);

interface Solc {
  version(): string;
  compile(input: string): string;
}

/**
 * Compiles a fixture.
 * @param file name in the folder of fixtures
 * @param settings optimizer and pipeline
 * @param compiler where another compiler lies
 */
export function compile(file: string, { optimizer, viaIR }: Settings, compiler = "solc"): Build {
  const solc: Solc = require(compiler);
  // Under a name that Hardhat does not compile: these sources make the compiler warn on purpose.
  const content = readFileSync(new URL(`./fixtures/${file}.txt`, import.meta.url), "utf8");
  const sourceName = `project/test/${file}`;
  const input = {
    language: "Solidity",
    sources: { [sourceName]: { content } },
    settings: {
      optimizer: { enabled: optimizer, runs: 200 },
      ...(viaIR ? { viaIR } : {}),
      outputSelection: {
        "*": { "": ["ast"], "*": ["abi", "evm.bytecode", "evm.deployedBytecode", "evm.methodIdentifiers"] },
      },
    },
  };
  const output: CompilerOutput = JSON.parse(solc.compile(JSON.stringify(input)));
  const problems = (output.errors ?? []).filter(({ severity }) => severity === "error");
  if (problems.length > 0) throw new Error(problems.map(({ formattedMessage }) => formattedMessage).join("\n"));
  const contractOf = (name: string): CompiledContract => {
    const found = output.contracts[sourceName]?.[name];
    if (found === undefined) throw new Error(`${file} has no contract ${name}`);
    return found;
  };
  const [solcVersion = ""] = solc.version().split("+");
  return {
    input,
    output,
    info: { solcVersion, input, output },
    abi: (name) => contractOf(name).abi,
    bytecode(name, library = "00".repeat(20)) {
      const { object, linkReferences } = contractOf(name).evm.bytecode;
      let hex = object;
      for (const { start } of Object.values(linkReferences).flatMap((file) => Object.values(file).flat()))
        hex = `${hex.slice(0, start * 2)}${library.replace("0x", "")}${hex.slice(start * 2 + 40)}`;
      return `0x${hex}`;
    },
  };
}
