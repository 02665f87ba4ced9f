import { expect } from "chai";
import { normalise } from "./normalise.ts";

/** What a transaction sent through a typed client came to. */
interface Outcome {
  readonly events: readonly { readonly eventName: string; readonly args: unknown }[];
}

/**
 * Expects a contract to have emitted exactly these events in a transaction, in this order and no others of its own.
 *
 * @param outcome - What the typed client returned.
 * @param expected - Name and every argument by name.
 */
export function expectOwnEvents(outcome: Outcome, expected: readonly (readonly [name: string, args: object])[]): void {
  expect(outcome.events.map(({ eventName, args }) => [eventName, normalise(args)])).to.deep.equal(
    expected.map(([eventName, args]) => [eventName, normalise(args)]),
  );
}
