import { expect } from "chai";
import { keccak256, stringToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { BOX, COLD, loadCold, STAGE } from "../../fixtures/cold.ts";
import { digestOf } from "../../fixtures/common.ts";
import { commission, PARTY, ship } from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

/** Kinds of devices, as `DeviceKind` counts. */
const [SENSOR, GATEWAY] = [1, 4];
const voice = privateKeyToAccount(keccak256(stringToHex("key of the gateway")));

describe("ColdLog.record: a sensor without a key", () => {
  it("C-35: given a sensor for which a gateway signs: takes what the gateway signed, until that is retired", async () => {
    const f = await loadCold();
    const store = f.as("store");
    await f.enrol("gateway", GATEWAY, voice);
    await f.enrol("silent sensor", SENSOR, 2);
    await f.register.write.bind([3, BOX], store);
    const until = (await f.now()) + 31_536_000n;
    await f.register.write.calibrate([3, 30, until, digestOf("certificate")], f.officer);
    await f.capture("store", commission([BOX]));
    const plan = { object: BOX, class: COLD.VACCINE, stage: STAGE.TRANSPORT, device: 3, carrier: 0 };
    await f.cold.write.plan([PARTY.store, plan], store);
    await f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
    await f.pass(600n);
    const record = async () => {
      const { batch } = await f.signLog({ values: [5_00] });
      const own = { ...batch, device: 3, sequence: (await f.log.read.sequenceOf([3])) + 1n };
      const { domain, types, primaryType, message } = f.toSign(own);
      const data = await voice.signTypedData({ domain, types, primaryType, message });
      return await f.log.write.record([own, { algorithm: 1, data }], { account: f.accounts.bob });
    };
    await record();
    expect((await f.figures()).intervals).to.equal(1);
    await f.register.write.retire([2, digestOf("broken")], { account: f.accounts.regulator });
    await expectRevert(record(), f.register, "DeviceRegisterRetired", [2]);
  });
});
