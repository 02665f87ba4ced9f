import { expect } from "chai";
import { checkDigit } from "../../../apps/trace-common/epcis/check-digit.ts";
import { KeyKind, packObjectId } from "../../../apps/trace-common/epcis/index.ts";
import { bond, commission, giai, loadTrace, loose, PARTY } from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const sgln = (number: string, text: string) => packObjectId({ kind: KeyKind.SGLN, number, text });
/** The processor's place on file, and one that it never filed. */
const FILED = sgln("6975310000207", "1");
const UNFILED = sgln("6975310000207", "77");
/** A place of a GLN that nobody filed. */
const NOBODYS = sgln(`697531000099${checkDigit("697531000099")}`, "1");
const SENSOR = giai("SENSOR1");

describe("TraceState: associations with places", () => {
  for (const [what, place] of [
    ["on file", FILED],
    ["of a party's GLN that is not on file", UNFILED],
  ] as const) {
    it(`C-04: given a place ${what}, when another party would put its things on the place's list, then it is refused`, async () => {
      const trace = await loadTrace();
      await trace.capture("shop", commission([SENSOR]));
      const call = trace.capture("shop", bond(place, [SENSOR]));
      await expectRevert(call, trace.state, "TraceStateNotConcerned", [place, PARTY.shop]);
    });

    it(`C-04: given a place ${what}, when its owner or a laboratory associates things with it, then they are, and leave it again`, async () => {
      const trace = await loadTrace();
      for (const actor of ["processor", "lab"] as const) {
        const sensor = giai(`SENSOR-${actor}`);
        await trace.capture(actor, commission([sensor]), bond(place, [sensor]));
        expect((await trace.stateOf(sensor)).bond).to.equal(place);
        await trace.capture(actor, loose(place, [sensor]));
        expect((await trace.stateOf(sensor)).bond).to.equal(trace.nothing);
      }
    });
  }

  it("C-04: given a place of nobody on file, when a party associates things with it, then they are", async () => {
    const trace = await loadTrace();
    await trace.capture("shop", commission([SENSOR]), bond(NOBODYS, [SENSOR]));
    expect((await trace.stateOf(SENSOR)).bond).to.equal(NOBODYS);
  });
});
