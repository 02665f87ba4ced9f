import { KeyKind, packObjectId } from "@banyan/trace-common/epcis";
import { expect } from "chai";
import { stringToHex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import {
  BEGIN,
  DEALER,
  GLN,
  GROWER,
  loadTrade,
  MISSING,
  NO_PAPER,
  NOBODY,
  PAPER,
  text20,
} from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const keyOf = (text: string) => packObjectId({ kind: KeyKind.SGLN, number: String(GLN.grower), text });

describe("TradeParties.filePlace", () => {
  it("refuses who does not act for the owner, and an owner that is suspended or not filed", async () => {
    const { parties, accounts, placeFiling, asGrower, asRegulator } = await loadTrade();
    for (const account of [accounts.platform, accounts.dealerAgent, accounts.stranger]) {
      const call = parties.write.filePlace([placeFiling()], { account });
      await expectRevert(call, parties, "TradePartiesNotAgent", [GROWER, account.address]);
    }
    const unknown = parties.write.filePlace([placeFiling({ owner: NOBODY })], asGrower);
    await expectRevert(unknown, parties, "TradePartiesUnknown", [NOBODY]);
    await parties.write.suspend([GROWER, PAPER], asRegulator);
    const suspended = parties.write.filePlace([placeFiling()], asGrower);
    await expectRevert(suspended, parties, "TradePartiesSuspended", [GROWER]);
  });

  it("C-17: given a GLN with a wrong check digit, none, or 14 digits, when filed, then it is refused", async () => {
    const { parties, placeFiling, asGrower } = await loadTrade();
    for (const gln of [GLN.grower + 1n, 0n, 10000000000007n]) {
      const call = parties.write.filePlace([placeFiling({ gln })], asGrower);
      await expectRevert(call, parties, "TradePartiesInvalidGln", [gln]);
    }
  });

  it("given no kind, a malformed region, no description, or a malformed extension, when filed, then it is refused", async () => {
    const { parties, placeFiling, asGrower } = await loadTrade();
    const file = (change: Parameters<typeof placeFiling>[0]) =>
      parties.write.filePlace([placeFiling(change)], asGrower);
    await expectRevert(file({ kind: 0 }), parties, "TradePartiesKindMissing", []);
    for (const code of ["", "cn-sh", "CN-"]) {
      const region = ascii(code);
      await expectRevert(file({ region }), parties, "TradePartiesInvalidRegion", [region]);
    }
    await expectRevert(file({ description: NO_PAPER }), parties, "DigestsMissing", MISSING);
    for (const text of ["0", "A B", "\0A"]) {
      const serial = stringToHex(text, { size: 32 });
      const call = file({ extension: text20(text) });
      await expectRevert(call, parties, "TraceKeysInvalidSerial", [KeyKind.SGLN, serial]);
    }
  });

  it("given an SGLN that is filed, when another party files it, then it is refused and the place is named", async () => {
    const { parties, placeFiling, asGrower, asDealer } = await loadTrade();
    await parties.write.filePlace([placeFiling()], asGrower);
    const call = parties.write.filePlace([placeFiling({ owner: DEALER })], asDealer);
    await expectRevert(call, parties, "TradePartiesPlaceTaken", [keyOf("1"), 1]);
  });

  it("C-19: given a place, when filed by an agent, then it has the next number and is found by its SGLN", async () => {
    const { parties, placeFiling, asGrower, connection, nextBlockAt } = await loadTrade();
    const filedAt = await nextBlockAt(BEGIN + 60n);
    const filing = placeFiling({ kind: 4 });
    await expectEvents(connection, parties.write.filePlace([filing], asGrower), [
      event(parties, "PlaceFiled", {
        ...{ place: 1, owner: GROWER, key: keyOf("1"), kind: 4, region: filing.region, description: PAPER },
      }),
    ]);
    expect(await parties.read.placeOf([1])).to.deep.equal({ ...filing, filedAt, closedAt: 0n });
    expect(await parties.read.placeByKey([keyOf("1")])).to.equal(1);
    expect(await parties.read.placeOwner([1])).to.equal(GROWER);
    expect(await parties.read.placeCount()).to.equal(1n);
    await parties.read.requireOpenPlace([1]);
  });

  it("given a mandate, when the platform files places with other extensions and with none, then each is its own place", async () => {
    const { parties, placeFiling, asGrower, asPlatform } = await loadTrade();
    await parties.write.setMandate([GROWER, true], asGrower);
    for (const text of ["1", "2", ""]) {
      await parties.write.filePlace([placeFiling({ extension: text20(text) })], asPlatform);
    }
    expect(await parties.read.placeCount()).to.equal(3n);
    expect(await parties.read.placeByKey([keyOf("")])).to.equal(3);
  });
});

describe("TradeParties.closePlace", () => {
  it("refuses a place that is not filed, and who does not act for its owner", async () => {
    const { parties, accounts, placeFiling, asGrower, asRegulator } = await loadTrade();
    for (const place of [0, NOBODY]) {
      const unknown = parties.write.closePlace([place], asGrower);
      await expectRevert(unknown, parties, "TradePartiesUnknownPlace", [place]);
      await expectRevert(parties.read.placeOf([place]), parties, "TradePartiesUnknownPlace", [place]);
      await expectRevert(parties.read.requireOpenPlace([place]), parties, "TradePartiesUnknownPlace", [place]);
      expect(await parties.read.placeOwner([place])).to.equal(0);
    }
    await parties.write.filePlace([placeFiling()], asGrower);
    for (const account of [accounts.platform, accounts.dealerAgent]) {
      const call = parties.write.closePlace([1], { account });
      await expectRevert(call, parties, "TradePartiesNotAgent", [GROWER, account.address]);
    }
    await parties.write.suspend([GROWER, PAPER], asRegulator);
    await expectRevert(parties.write.closePlace([1], asGrower), parties, "TradePartiesSuspended", [GROWER]);
  });

  it("given an open place, when closed, then it stays on file and its SGLN stays taken, and it closes once", async () => {
    const { parties, placeFiling, asGrower, connection, nextBlockAt } = await loadTrade();
    await parties.write.filePlace([placeFiling()], asGrower);
    const closedAt = await nextBlockAt(BEGIN + 600n);
    await expectEvents(connection, parties.write.closePlace([1], asGrower), [
      event(parties, "PlaceClosed", { place: 1 }),
    ]);
    expect((await parties.read.placeOf([1])).closedAt).to.equal(closedAt);
    await expectRevert(parties.read.requireOpenPlace([1]), parties, "TradePartiesPlaceClosed", [1]);
    await expectRevert(parties.write.closePlace([1], asGrower), parties, "TradePartiesPlaceClosed", [1]);
    const again = parties.write.filePlace([placeFiling()], asGrower);
    await expectRevert(again, parties, "TradePartiesPlaceTaken", [keyOf("1"), 1]);
  });
});
