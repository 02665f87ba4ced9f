import type { Abi, AbiParameter, AbiStateMutability, Hex } from "viem";
import type { NatSpec } from "./natspec.ts";

/** A parameter with what the documentation says of it. Unnamed parameters got a name: `arg0`, results `result0`. */
export interface ParameterModel {
  readonly name: string;
  readonly abi: AbiParameter;
  readonly text: string | undefined;
  readonly unit: string | undefined;
  /** For events: whether it can be filtered by. */
  readonly indexed: boolean;
}

/** An error that a function can throw. */
export interface ThrownError {
  readonly name: string;
  /** When; from `@custom:error`, or else the error's own notice. */
  readonly condition: string | undefined;
  /** Whether the function's own documentation names it. */
  readonly documented: boolean;
}

/** A function. */
export interface FunctionModel {
  readonly name: string;
  /** The name, or the signature where the name is overloaded: what the client calls it. */
  readonly key: string;
  /** `issue(uint256,address)` */
  readonly signature: string;
  readonly selector: Hex;
  readonly mutability: AbiStateMutability;
  readonly inputs: readonly ParameterModel[];
  readonly outputs: readonly ParameterModel[];
  readonly doc: NatSpec;
  /** Every error it can throw: those it documents and those that its code can reach. */
  readonly errors: readonly ThrownError[];
  /** Whether the AccessManager decides who may call. */
  readonly restricted: boolean;
  /** The source that declares it; undefined if that is not known. */
  readonly source: string | undefined;
}

/** An event. */
export interface EventModel {
  readonly name: string;
  readonly key: string;
  readonly signature: string;
  readonly topic: Hex;
  readonly inputs: readonly ParameterModel[];
  readonly doc: NatSpec;
}

/** A custom error. */
export interface ErrorModel {
  readonly name: string;
  readonly signature: string;
  readonly selector: Hex;
  readonly inputs: readonly ParameterModel[];
  readonly doc: NatSpec;
  /** The source that declares it. */
  readonly source: string | undefined;
  /** The contract, interface or library that declares it; undefined for a file-level error. */
  readonly declaredIn: string | undefined;
}

/** A struct, an enum or a user-defined value type that occurs in the contract's ABI. */
export type TypeModel = StructModel | EnumModel | ValueTypeModel;

interface NamedType {
  /** `IPrepaidCards.Card`, or the bare name of a file-level type. */
  readonly canonicalName: string;
  readonly text: string | undefined;
}

/** A struct. */
export interface StructModel extends NamedType {
  readonly kind: "struct";
  readonly members: readonly ParameterModel[];
}

/** An enum; its values count from 0. */
export interface EnumModel extends NamedType {
  readonly kind: "enum";
  readonly values: readonly { readonly name: string; readonly text: string | undefined }[];
}

/** A user-defined value type. */
export interface ValueTypeModel extends NamedType {
  readonly kind: "value";
  /** The elementary type below it. */
  readonly underlying: string;
}

/** A contract with its documentation. */
export interface ContractModel {
  readonly name: string;
  /** The source that declares it, `contracts/prepaid/PrepaidCards.sol`. */
  readonly source: string;
  readonly kind: "contract" | "abstract" | "interface" | "library";
  readonly doc: NatSpec;
  /** The ABI with every parameter named. */
  readonly abi: Abi;
  /** The creation code; `0x` where there is nothing to deploy. */
  readonly bytecode: Hex;
  /** Libraries that the creation code links to, and where (in bytes). */
  readonly links: readonly { readonly library: string; readonly start: number }[];
  readonly constructorInputs: readonly ParameterModel[];
  readonly constructorPayable: boolean;
  readonly functions: readonly FunctionModel[];
  readonly events: readonly EventModel[];
  readonly errors: readonly ErrorModel[];
  /** Sorted by canonical name. */
  readonly types: readonly TypeModel[];
}
