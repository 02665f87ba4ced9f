import { WarningStatus } from "@banyan/trace-common/client";
import { DEVICE_TYPES } from "@banyan/trace-common/devices";
import { expect } from "chai";
import { encodeAbiParameters, keccak256 } from "viem";
import { hashStruct } from "viem/utils";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  MEASURE,
  PAGE,
  PartyRole,
} from "../../fixtures/devices-actors.ts";
import { type DevicesApp, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

/** Micrograms of sulphur dioxide in a cubic metre. */
const LIMIT = 35_000n;

system("zouping-eco-monitoring", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let mill: number;
  let emergencyOffice: number;
  let site: number;
  let terminal: Device;

  /** A mill with a terminal at its stack; the environment bureau set the limit. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    mill = await actors.party("mill");
    emergencyOffice = await actors.party("emergency office", [PartyRole.OFFICE]);
    site = await actors.group(mill, "mill");
    terminal = await actors.enrol("stack terminal", { kind: DeviceKind.TERMINAL, owner: mill, group: site });
    await setLimit(LIMIT);
  });

  const setLimit = async (upper: bigint, by = "bureau") =>
    await app.contracts.alarms.writeAndWait.setStrategy(
      {
        ...{ group: site, device: 0, measure: MEASURE.SULPHUR, lower: 0n, upper },
        source: app.digest(`limit of ${upper}`),
      },
      await app.as(by),
    );
  const measure = async (values: readonly bigint[]) => {
    await app.pass(3_600n);
    return await actors.signBatch(terminal, { source: terminal, measure: MEASURE.SULPHUR, values });
  };

  it("raises a warning and seals the evidence with the reading itself: nobody has to do anything", async () => {
    const { alarms } = app.contracts;
    const signed = await measure([30_000n, 41_200n, 33_000n]);
    const outcome = await actors.bring([signed], "courier");
    const warned = (await alarms.events.WarningRaised.get()).at(-1);
    expect(warned?.transactionHash).to.equal(outcome.receipt.transactionHash);
    const { warning, evidence } = warned?.args ?? {};
    expect(warned?.args).to.include({ group: site, value: 41_200n, version: 1, source: terminal.id });

    // The seal is over what the terminal signed, the limit in force and the time: anybody can make it again.
    const { strategy } = await alarms.read.strategyOf({ group: site, device: terminal.id, measure: MEASURE.SULPHUR });
    const entry = await alarms.read.warningOf({ warning: warning ?? 0 }, await app.as("bureau"));
    const structHash = hashStruct({
      data: { ...signed.batch },
      primaryType: "ReadingBatch",
      types: { ReadingBatch: [...DEVICE_TYPES.DeviceReadings.ReadingBatch] },
    });
    const sealed = keccak256(
      encodeAbiParameters([{ type: "bytes32" }, { type: "bytes" }], [structHash, signed.signature.data]),
    );
    const STRATEGY = {
      type: "tuple",
      components: [
        { type: "int64", name: "lower" },
        { type: "int64", name: "upper" },
        { type: "uint64", name: "from" },
        {
          ...{ type: "tuple", name: "source" },
          components: [
            { type: "bytes32", name: "value" },
            { type: "uint8", name: "algorithm" },
          ],
        },
      ],
    } as const;
    expect(evidence).to.equal(
      keccak256(
        encodeAbiParameters(
          [{ type: "bytes32" }, { type: "uint32" }, { type: "bool" }, STRATEGY, { type: "uint64" }],
          [sealed, 1, false, { ...strategy, source: { ...strategy.source } }, entry.raisedAt],
        ),
      ),
    );
    expect(entry).to.include({ status: WarningStatus.OPEN, above: true, evidence });
  });

  it("is silent while a reading is within the limit", async () => {
    await actors.bring([await measure([30_000n, LIMIT])]);
    expect(await app.contracts.alarms.read.count()).to.equal(0n);
  });

  it("refuses what a terminal posts that is not enrolled", async () => {
    const stranger: Device = { name: "second-hand terminal", id: 88 };
    const signed = await actors.signBatch(stranger, { source: stranger, measure: MEASURE.SULPHUR, values: [1n] });
    await expectRefusal(actors.bring([signed]), "DeviceRegisterUnknown", { device: 88 });
    expect(await app.contracts.alarms.read.count()).to.equal(0n);
  });

  it("lets the mill neither raise its own limit nor close its own warning", async () => {
    const { alarms } = app.contracts;
    await expectRefusal(setLimit(90_000n, "mill"), "AccessManagedUnauthorized", { caller: app.address("mill") });
    await actors.bring([await measure([50_000n])]);
    const close = { warning: 1, decision: app.digest("a faulty sensor") };
    await expectRefusal(alarms.writeAndWait.close(close, await app.as("mill")), "AccessManagedUnauthorized", {
      caller: app.address("mill"),
    });
    await alarms.writeAndWait.answer({ warning: 1, report: app.digest("scrubber mended") }, await app.as("mill"));
    await alarms.writeAndWait.close(close, await app.as("bureau"));
    expect(await alarms.read.standingOf({ group: site })).to.deep.equal({ raised: 1n, open: 0n });
  });

  it("shares a warning with the departments that the mill's group lets in", async () => {
    const { alarms } = app.contracts;
    await actors.bring([await measure([50_000n])]);
    const warnings = async (by: string) =>
      (await alarms.read.warningsOf({ group: site, ...PAGE }, await app.as(by))).warnings;
    await expectRefusal(warnings("emergency office"), "ReadingGroupsNotOpen", {
      ...{ group: site, account: app.address("emergency office") },
    });
    await actors.letIn(site, "mill", emergencyOffice);
    await actors.openReading(site, "emergency office", emergencyOffice, "alert");
    await actors.openReading(site, "regulator", 0, "alert");
    for (const office of ["emergency office", "regulator", "bureau"]) expect(await warnings(office)).to.deep.equal([1]);
  });
});
