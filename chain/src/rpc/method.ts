import { RpcError, rpcErrorCodes } from "./rpc-error.ts";

/** A request's parameter: how it is called, what it accepts, and the decoder of its JSON. */
export interface Param<T> {
  /** Name, as the execution API specification gives it. */
  readonly name: string;
  /** What it accepts, in words for the documentation. */
  readonly accepts: string;
  /** May be left out or be null. */
  readonly optional: boolean;
  /** Decodes the JSON value or throws -32602 that names the parameter. */
  decode(value: unknown, name: string): T;
}

/** Decoded arguments of a parameter list. */
export type ArgsOf<P extends readonly Param<unknown>[]> = {
  -readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never;
};

/** One row of the method table. `C` is what handlers work with. */
export interface RpcMethod<C> {
  /** One sentence for the documentation. */
  readonly summary: string;
  /** The parameters, in order. */
  readonly params: readonly Param<unknown>[];
  /** Set on an alias: the name of the method it stands for. */
  readonly aliasOf?: string;
  /** Decodes the parameters and runs the handler; the result is plain JSON. */
  run(context: C, params: readonly unknown[]): unknown;
}

/** Rows of the method table by method name. */
export type MethodTable<C> = Readonly<Record<string, RpcMethod<C>>>;

/** What a row of the method table is made of. */
export interface MethodSpec<C, P extends readonly Param<unknown>[]> {
  summary: string;
  params: P;
  handler(context: C, ...args: ArgsOf<P>): unknown;
}

/**
 * Makes a row of the method table.
 * @returns a function, for one kind of context, that takes the row's parts
 */
export function methodsOf<C>(): <const P extends readonly Param<unknown>[]>(spec: MethodSpec<C, P>) => RpcMethod<C> {
  return <const P extends readonly Param<unknown>[]>(spec: MethodSpec<C, P>): RpcMethod<C> => ({
    summary: spec.summary,
    params: spec.params,
    run(context, given) {
      const { params } = spec;
      if (given.length > params.length) {
        throw new RpcError(
          rpcErrorCodes.invalidParams,
          `Invalid params: ${given.length} parameters were given, at most ${params.length} are accepted (${params.map((p) => p.name).join(", ")})`,
        );
      }
      const args: unknown[] = new Array(params.length);
      for (let i = 0; i < params.length; i++) {
        const param = params[i] as Param<unknown>;
        args[i] = param.decode(given[i], param.name);
      }
      return spec.handler(context, ...(args as ArgsOf<P>));
    },
  });
}
