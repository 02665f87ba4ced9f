import type { Abi, AbiEvent, AbiFunction, AbiParameter, AbiParameterToPrimitiveType, AbiStateMutability } from "viem";

/** The arguments of `inputs` as one object, by name. */
export type NamedValues<inputs extends readonly AbiParameter[], kind extends "inputs" | "outputs" = "inputs"> = {
  readonly [input in inputs[number] as input["name"] & string]: AbiParameterToPrimitiveType<input, kind>;
};

/** One value, or several values by name. */
export type ResultOf<outputs extends readonly AbiParameter[]> = outputs extends readonly [
  infer output extends AbiParameter,
]
  ? AbiParameterToPrimitiveType<output, "outputs">
  : NamedValues<outputs, "outputs">;

/**
 * Written as methods, whose arguments are compared in either direction: a client's enum argument is narrower than the ABI's number, its enum
 * result as well.
 */
type Signature<item extends AbiFunction> = item["outputs"] extends readonly []
  ? item["inputs"] extends readonly []
    ? () => void
    : { call(args: NamedValues<item["inputs"]>): void }["call"]
  : item["inputs"] extends readonly []
    ? () => ResultOf<item["outputs"]>
    : { call(args: NamedValues<item["inputs"]>): ResultOf<item["outputs"]> }["call"];

/**
 * What the ABI says about its functions of the given mutability. A generated client states the same by hand-readable interfaces; the compiler
 * compares the two, so a client that disagrees with its ABI does not compile.
 */
export type FunctionsOf<abi extends Abi, mutability extends AbiStateMutability> = {
  [item in Extract<abi[number], { type: "function"; stateMutability: mutability }> as item["name"]]: Signature<item>;
};

/** What the ABI says about its events: the arguments of each, by name. */
export type EventsOf<abi extends Abi> = {
  [item in Extract<abi[number], { type: "event" }> as item["name"]]: EventArguments<item>;
};

type EventArguments<item extends AbiEvent> = {
  readonly [input in item["inputs"][number] as input["name"] & string]: EventArgument<input>;
};

/** An indexed argument of a type without fixed size is only known by its hash. */
type EventArgument<input extends AbiEvent["inputs"][number]> = input extends { indexed: true; type: HashedWhenIndexed }
  ? `0x${string}`
  : AbiParameterToPrimitiveType<input, "outputs">;

type HashedWhenIndexed = "string" | "bytes" | `tuple${string}` | `${string}[${string}]`;

/** The indexed arguments of an event, each one value or a list of accepted values. An overloaded event takes any names. */
export type EventFilter<abi extends Abi, name> = [Extract<abi[number], { type: "event"; name: name }>] extends [never]
  ? Readonly<Record<string, unknown>>
  : {
      readonly [input in FilterInput<Extract<abi[number], { type: "event"; name: name }>> as input["name"] & string]?:
        | AbiParameterToPrimitiveType<input, "inputs">
        | readonly AbiParameterToPrimitiveType<input, "inputs">[]
        | undefined;
    };

type FilterInput<item extends AbiEvent> = Exclude<
  Extract<item["inputs"][number], { indexed: true }>,
  { type: `tuple${string}` | `${string}[${string}]` }
>;

/** What the ABI says about its errors: the arguments of each, by name. */
export type ErrorsOf<abi extends Abi> = {
  [item in Extract<abi[number], { type: "error" }> as item["name"]]: NamedValues<item["inputs"], "outputs">;
};

/**
 * What hand-readable members must be for the ABI to agree: each member that the ABI knows by the same name is as the ABI says. Overloaded ones
 * carry a signature for a name and are left out.
 */
export type Agreeing<members, stated> = {
  // The names are crossed once: asked of each name whether it is stated, the compiler would list all stated names for each.
  [name in keyof members & keyof stated]: stated[name];
};
