import { expect } from "chai";
import fc from "fast-check";
import { type Hex, zeroAddress, zeroHash } from "viem";
import { loadBatteries } from "../../fixtures/batteries.ts";
import { batteryCode, DeviceKind } from "../../fixtures/devices-actors.ts";

const RENT = 198_00n;
const CODES = [batteryCode(1), batteryCode(2), batteryCode(3)];
const RIDERS = ["rider one", "rider two"] as const;

const act = fc.record({
  kind: fc.constantFrom("stock", "unstock", "take", "take", "swap", "bring back"),
  battery: fc.nat(CODES.length - 1),
  cabinet: fc.nat(1),
  rider: fc.nat(RIDERS.length - 1),
});

/** Where a battery is: in a cabinet, with a rider, or in the operator's hands. */
type Where = { readonly cabinet?: number; readonly rider?: string };

describe("BatterySwaps: where batteries are over random acts", () => {
  it("B-36: given any stocking, swaps and returns: each battery is in one place, each rider has one, and what cannot be is refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
        const { app, actors, operator, group, issue, passports } = await loadBatteries();
        const { swaps } = app.contracts;
        const cabinets = [
          await actors.enrol("cabinet one", { kind: DeviceKind.TERMINAL, owner: operator, group }),
          await actors.enrol("cabinet two", { kind: DeviceKind.TERMINAL, owner: operator, group }),
        ] as const;
        for (const battery of CODES) await issue({ battery });
        const payee = app.address("payee");
        await swaps.writeAndWait.offerPlan({ operator, payee, rent: RENT }, await app.as("operator"));
        for (const rider of RIDERS) {
          await actors.fund(rider, RENT);
          await swaps.writeAndWait.payRent({ plan: 1n, months: 1n }, await app.as(rider));
        }
        const places = new Map<Hex, Where>(CODES.map((code) => [code, {}]));
        const heldBy = (rider: string) => CODES.find((code) => places.get(code)?.rider === rider) ?? zeroHash;

        for (const { kind, battery, cabinet: which, rider: number } of acts) {
          const [code, cabinet, rider] = [CODES[battery] ?? zeroHash, cabinets[which] ?? cabinets[0], RIDERS[number]];
          if (rider === undefined) continue;
          const at = places.get(code) ?? {};
          const held = heldBy(rider);
          let [possible, call]: [boolean, () => Promise<unknown>] = [false, async () => undefined];
          let then: readonly (readonly [Hex, Where])[] = [];
          if (kind === "stock" || kind === "unstock") {
            possible =
              kind === "stock" ? at.cabinet === undefined && at.rider === undefined : at.cabinet === cabinet.id;
            then = [[code, kind === "stock" ? { cabinet: cabinet.id } : {}]];
            call = async () =>
              await swaps.writeAndWait[kind]({ cabinet: cabinet.id, batteries: [code] }, await app.as("operator"));
          } else {
            const returned = kind === "take" ? zeroHash : held;
            const issued = kind === "bring back" ? zeroHash : code;
            const gives = issued === zeroHash || at.cabinet === cabinet.id;
            possible = gives && held === returned && (returned !== zeroHash || issued !== zeroHash);
            then = [
              ...(returned === zeroHash ? [] : ([[returned, { cabinet: cabinet.id }]] as const)),
              ...(issued === zeroHash ? [] : ([[issued, { rider }]] as const)),
            ];
            call = async () => await actors.swap(cabinet, rider, { returned, issued });
          }
          const done = await call().then(
            () => true,
            () => false,
          );
          expect(done, `${kind} of ${battery} at ${which} by ${rider}`).to.equal(possible);
          if (done) for (const [moved, where] of then) places.set(moved, where);

          for (const each of CODES) {
            const { cabinet: inside = 0, rider: holder } = places.get(each) ?? {};
            expect(await swaps.read.cabinetOf({ battery: each })).to.equal(inside);
            expect((await passports.read.batteryOf({ battery: each })).keeper).to.equal(
              holder === undefined ? zeroAddress : app.address(holder),
            );
          }
          for (const each of RIDERS) {
            expect(await swaps.read.heldBy({ rider: app.address(each), operator })).to.equal(heldBy(each));
          }
        }
      }),
      { numRuns: 10 },
    );
  });
});
