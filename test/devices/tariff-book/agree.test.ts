import { AgreementStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { zeroHash } from "viem";
import { DeviceKind } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { loadTariffs } from "../../fixtures/tariffs.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

describe("TariffBook.offer", () => {
  it("given a caller who does not act for the operator: refuses", async () => {
    const { app, operator, offer } = await loadTariffs();
    await expectRefusal(offer({}, "user"), "PartyUserNotAgent", { party: operator, caller: app.address("user") });
    await expectRefusal(offer({ operator: 0 }), "PartyUserNotAgent", { party: 0, caller: app.address("operator") });
  });

  it("given terms without region, user or bank, or a share above the whole: refuses", async () => {
    const { offer } = await loadTariffs();
    for (const missing of [{ region: zeroHash }, { user: 0 }, { bank: 0 }, { userPpm: 1_000_001 }]) {
      await expectRefusal(offer(missing), "TariffBookInvalidTerms", {});
    }
  });

  it("given a meter that is none, or of another: refuses", async () => {
    const { actors, user, group, offer } = await loadTariffs();
    await expectRefusal(offer({ meter: 9 }), "DeviceRegisterUnknown", { device: 9 });
    const foreign = await actors.enrol("foreign", { kind: DeviceKind.METER, owner: user, group });
    await expectRefusal(offer({ meter: foreign.id }), "TariffBookForeignMeter", { meter: foreign.id, owner: user });
  });

  it("given whole terms: offers them, the whole income to the user included", async () => {
    const { operator, user, tariffs, terms, offer } = await loadTariffs();
    const whole = { ...terms, userPpm: 1_000_000 };
    const outcome = await offer(whole);
    expectOwnEvents(outcome, [["StorageOffered", { agreement: 1n, operator, user, terms: whole }]]);
    expect(await tariffs.read.agreementOf({ agreement: 1n })).to.deep.equal({
      ...{ terms: whole, status: AgreementStatus.OFFERED, since: 0n, statements: 0 },
    });
    expect(await tariffs.read.count()).to.equal(1n);
    for (const agreement of [0n, 2n]) {
      await expectRefusal(tariffs.read.agreementOf({ agreement }), "TariffBookUnknown", { agreement, statement: 0 });
    }
  });
});

describe("TariffBook.accept", () => {
  it("given no agreement, or a caller who does not act for the user: refuses", async () => {
    const { app, user, offer, accept } = await loadTariffs();
    await expectRefusal(accept(1n), "TariffBookUnknown", { agreement: 1n, statement: 0 });
    await offer();
    for (const name of ["operator", "settlement bank"]) {
      await expectRefusal(accept(1n, name), "PartyUserNotAgent", { party: user, caller: app.address(name) });
    }
  });

  it("given an offer: it is in force from this second on, and accepted once", async () => {
    const { app, tariffs, offer, accept } = await loadTariffs();
    await offer();
    expectOwnEvents(await accept(), [["StorageAccepted", { agreement: 1n }]]);
    const { status, since } = await tariffs.read.agreementOf({ agreement: 1n });
    expect([status, since]).to.deep.equal([AgreementStatus.IN_FORCE, await app.now()]);
    await expectRefusal(accept(), "TariffBookWrongStatus", { agreement: 1n, status: AgreementStatus.IN_FORCE });
  });
});
