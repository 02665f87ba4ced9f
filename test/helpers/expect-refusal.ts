import { expect } from "chai";
import { normalise } from "./normalise.ts";

/** A custom error as the typed clients decode it. */
interface Refusal {
  readonly errorName: string;
  readonly args: object;
}

type ArgsOf<refusal extends Refusal, name> = Extract<refusal, { readonly errorName: name }>["args"];

/**
 * Makes the expectation that a contract refuses with one custom error and exactly these arguments, as the typed clients name them.
 *
 * @param decode - The client's decoder, such as `decodeAnyError`.
 * @returns A function that waits for the failure of an action; an error or argument that the client does not know does not compile.
 */
export function createExpectRefusal<refusal extends Refusal>(decode: (error: unknown) => refusal | undefined) {
  return async <const name extends refusal["errorName"]>(
    action: Promise<unknown>,
    errorName: name,
    args: ArgsOf<refusal, name>,
  ): Promise<void> => {
    let failure: unknown;
    try {
      await action;
    } catch (error) {
      failure = error;
    }
    if (failure === undefined) throw new Error(`Expected a refusal with ${errorName}, and nothing failed`);
    const refusal = decode(failure);
    if (refusal === undefined) {
      throw new Error(`Expected a refusal with ${errorName}, got a failure that is none`, { cause: failure });
    }
    expect(normalise({ errorName: refusal.errorName, args: refusal.args })).to.deep.equal(
      normalise({ errorName, args }),
    );
  };
}
