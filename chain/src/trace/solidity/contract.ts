import type { AbiEntry } from "./build-info.ts";
import type { Location, SolidityFunction } from "./source-file.ts";

/** A version of the compiler. */
export type CompilerVersion = readonly [major: number, minor: number, patch: number];

/** A contract or library as its source describes it. */
export interface Contract {
  readonly name: string;
  readonly isLibrary: boolean;
  readonly location: Location;
  readonly solc: CompilerVersion;
  /** Its own; a contract without one has an implicit constructor. */
  readonly constructorFunction: SolidityFunction | undefined;
  readonly fallback: SolidityFunction | undefined;
  readonly receive: SolidityFunction | undefined;
  /** Functions and getters that can be called from outside, inherited ones too, by selector without `0x`. */
  readonly functions: ReadonlyMap<string, SolidityFunction>;
  /** Signatures by selector, as the compiler gives them: `setValue(uint256)`. */
  readonly signatures: ReadonlyMap<string, string>;
  /** Custom errors in its ABI. */
  readonly errors: readonly AbiEntry[];
}

/** Reads a version such as `0.8.34` or `0.8.34+commit.80d5c536`. */
export function parseVersion(text: string): CompilerVersion {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)];
}

/** Whether a version is another one or later. */
export function isAtLeast(version: CompilerVersion, [major, minor, patch]: CompilerVersion): boolean {
  return (version[0] - major || version[1] - minor || version[2] - patch) >= 0;
}
