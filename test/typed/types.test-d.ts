// Checked by the compiler (`npm run typecheck`), never run. Each expected error is an assertion: if the line under it compiles, the check fails.
import type { Address, Hash, Hex } from "viem";
import {
  type AnyError,
  BindingProbe,
  type BindingProbeError,
  type BindingProbeEvent,
  type Parcel,
  ParcelState,
} from "./snapshots/client/index.ts";

declare const probe: BindingProbe;
declare const owner: Address;
declare function exactly<expected>(): <actual>(
  value: actual,
) => [actual, expected] extends [expected, actual] ? true : "differs";
declare function ok(value: true): void;

const size = { width: 1, height: 2 };

/** Arguments. */
export async function argumentsOfFunctions(): Promise<void> {
  await probe.write.store({ owner, size, labels: ["a"], note: "" });
  // @ts-expect-error the note is missing
  await probe.write.store({ owner, size, labels: ["a"] });
  // @ts-expect-error there is no argument of that name
  await probe.write.store({ owner, size, labels: [], note: "", notes: "" });
  // @ts-expect-error an address begins with 0x
  await probe.write.store({ owner: "alice", size, labels: [], note: "" });
  // @ts-expect-error a uint256 is a bigint
  await probe.write.setFee({ fee: 1 });
  // @ts-expect-error a uint8 is a number
  await probe.read.shapes({ small: 1n, signed: 1n, matrix: [] });
  // @ts-expect-error the inner arrays have two members
  await probe.read.shapes({ small: 1, signed: 1n, matrix: [[1, 2, 3]] });
  // @ts-expect-error a struct needs all its members
  await probe.write.store({ owner, size: { width: 1 }, labels: [], note: "" });
  // @ts-expect-error arguments go by name
  await probe.write.setFee(1n);
  // @ts-expect-error an overloaded function is called by its signature
  await probe.read.find({ id: 1n });
  // @ts-expect-error these are the arguments of the other overload
  await probe.read["find(uint256)"]({ owner, limit: 1n });
  // @ts-expect-error a view is no transaction
  await probe.write.currentFee();
  // @ts-expect-error a transaction is no view
  await probe.read.setFee({ fee: 1n });
  // @ts-expect-error the constructor takes an authority
  await BindingProbe.deploy(probe.clients, { fee: 1n });
  // @ts-expect-error the block is a number of type bigint
  await probe.read.currentFee({ blockNumber: 1 });
}

/** Results. */
export async function resultsOfFunctions(): Promise<void> {
  ok(exactly<Parcel>()(await probe.read["find(uint256)"]({ id: 1n })));
  ok(exactly<bigint>()(await probe.read.currentFee()));
  ok(exactly<Hash>()(await probe.write.setFee({ fee: 1n })));
  ok(exactly<bigint>()(await probe.simulate.store({ owner, size, labels: [], note: "" })));
  ok(exactly<void>()(await probe.simulate.setFee({ fee: 1n })));
  const { result0, result1, sums } = await probe.read.shapes({ small: 1, signed: 1n, matrix: [] });
  ok(exactly<number>()(result0));
  ok(exactly<bigint>()(result1));
  ok(exactly<readonly bigint[]>()(sums));
  const { paid, owed } = await probe.simulate.pay({ id: 1n });
  ok(exactly<bigint>()(paid));
  ok(exactly<bigint>()(owed));
  const { state, digests } = await probe.read["find(uint256)"]({ id: 1n });
  ok(exactly<readonly [Hex, Hex]>()(digests));
  ok(exactly<0 | 1 | 2>()(state));
  ok(exactly<1>()(ParcelState.Stored));
  // @ts-expect-error the enum has no such value
  ok(state === 3);
}

/** Events. */
export async function events(): Promise<void> {
  const [stored] = await probe.events.ParcelStored.get({ args: { owner } });
  ok(exactly<string | undefined>()(stored?.args.note));
  // @ts-expect-error the note is not indexed
  await probe.events.ParcelStored.get({ args: { note: "" } });
  // @ts-expect-error there is no such event
  await probe.events.ParcelLost.get();
  const outcome = await probe.writeAndWait.setFee({ fee: 1n });
  ok(exactly<bigint>()(outcome.event("FeeChanged").args.fee));
  // @ts-expect-error there is no such event
  outcome.event("ParcelLost");
  const event: BindingProbeEvent | undefined = outcome.events[0];
  if (event?.eventName === "FeeChanged") ok(exactly<bigint>()(event.args.fee));
  // @ts-expect-error without its name it could be any event
  ok(exactly<bigint>()(event?.args.fee));
}

/** Errors. */
export function errors(error: BindingProbeError, any: AnyError): void {
  if (error.errorName === "BindingProbeBadSize") ok(exactly<number>()(error.args.size.width));
  if (any.errorName === "Panic") ok(exactly<bigint>()(any.args.code));
  // @ts-expect-error this error belongs to another contract
  ok(error.errorName === "BindingProbeDeskClosed");
  // @ts-expect-error without its name it could be any error
  ok(error.args.size);
}
