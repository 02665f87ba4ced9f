import { document, instant, money, name, parseEnum } from "@banyan/app-common/story";
import { PassportStatus } from "@banyan/trace-common/client";
import { z } from "zod";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { batteryId } from "../fields.ts";

const batteries = z.array(batteryId).min(1).max(30);

/** Lenders, appraisers, buyers and second lives. */
export const financeEvents: readonly EventKind[] = [
  defineEvent(
    "letIn",
    { en: "The owner of a group lets a party read until a moment.", zh: "分组所有者授权参与方读取至某一时刻。" },
    z.strictObject({ group: name, reader: name, until: instant }),
    async ({ contracts, names, asParty }, { group, reader, until }) => {
      await contracts.groups.writeAndWait.grant(
        { group: Number(names.id("group", group)), reader: Number(names.id("party", reader)), until },
        await asParty(names.fact("group", group, "owner")),
      );
    },
  ),
  defineEvent(
    "read",
    { en: "A party opens a reading of a group, which is written down.", zh: "参与方打开分组读取，并留痕。" },
    z.strictObject({ group: name, by: name, purpose: document }),
    async ({ contracts, names, asParty, digest }, { group, by, purpose }) => {
      await contracts.groups.writeAndWait.openReading(
        { group: Number(names.id("group", group)), by: Number(names.id("party", by)), purpose: digest(purpose) },
        await asParty(by),
      );
    },
  ),
  defineEvent(
    "pledge",
    { en: "An owner pledges batteries to a lender.", zh: "所有者将电池质押给出借方。" },
    z.strictObject({ pledge: name, owner: name, lender: name, batteries, loan: document }),
    async ({ contracts, names, asParty, digest }, { pledge, owner, lender, batteries: pledged, loan }) => {
      names.requireFree("pledge", pledge);
      const outcome = await contracts.pledges.writeAndWait.pledge(
        {
          ...{ owner: Number(names.id("party", owner)), lender: Number(names.id("party", lender)) },
          ...{ batteries: pledged.map(({ id }) => id), loan: digest(loan) },
        },
        await asParty(owner),
      );
      names.define("pledge", pledge, outcome.event("BatteriesPledged").args.pledge, { owner: lender });
    },
  ),
  defineEvent(
    "release",
    { en: "The lender releases batteries.", zh: "出借方解除质押。" },
    z.strictObject({ pledge: name, batteries }),
    async ({ contracts, names, asParty }, { pledge, batteries: released }) => {
      await contracts.pledges.writeAndWait.release(
        { id: names.id("pledge", pledge), batteries: released.map(({ id }) => id) },
        await asParty(names.fact("pledge", pledge, "owner")),
      );
    },
  ),
  defineEvent(
    "assess",
    { en: "An appraiser that may read a battery assesses its worth.", zh: "有权读取的评估方评估电池价值。" },
    z.strictObject({ battery: batteryId, by: name, value: money, report: document }),
    async ({ contracts, names, asParty, digest }, { battery, by, value, report }) => {
      await contracts.pledges.writeAndWait.assess(
        { battery: battery.id, by: Number(names.id("party", by)), value, report: digest(report) },
        await asParty(by),
      );
    },
  ),
  defineEvent(
    "transfer",
    { en: "An owner transfers a battery.", zh: "所有者转让电池。" },
    z.strictObject({ battery: batteryId, owner: name, to: name }),
    async ({ contracts, names, asParty }, { battery, owner, to }) => {
      await contracts.passports.writeAndWait.transfer(
        { battery: battery.id, to: Number(names.id("party", to)) },
        await asParty(owner),
      );
    },
  ),
  defineEvent(
    "status",
    { en: "An operator changes a passport's status.", zh: "运营方变更护照状态。" },
    z.strictObject({ battery: batteryId, by: name, status: parseEnum(PassportStatus), evidence: document }),
    async ({ contracts, asParty, digest }, { battery, by, status, evidence }) => {
      await contracts.passports.writeAndWait.changeStatus(
        { battery: battery.id, status, evidence: digest(evidence) },
        await asParty(by),
      );
    },
  ),
  defineEvent(
    "secondLife",
    {
      en: "An operator offers a battery for a second life, and another accepts it with a new passport.",
      zh: "运营方移交电池作梯次利用，另一运营方接受并签发新护照。",
    },
    z.strictObject({
      ...{ battery: batteryId, from: name, to: name, status: parseEnum(PassportStatus) },
      ...{ group: name, ratedWh: z.number().int().positive(), fields: document },
    }),
    async ({ contracts, names, asParty, digest }, { battery, from, to, status, group, ratedWh, fields }) => {
      const operator = Number(names.id("party", to));
      const { passports } = contracts;
      await passports.writeAndWait.offerSecondLife({ battery: battery.id, to: operator, status }, await asParty(from));
      const none = digest(`${fields}, for authorities`);
      await passports.writeAndWait.acceptSecondLife(
        {
          filing: {
            ...{ battery: battery.id, operator, owner: operator, group: Number(names.id("group", group)), ratedWh },
            fields: [digest(fields), digest(`${fields}, for persons with an interest`), none],
          },
        },
        await asParty(to),
      );
    },
  ),
];
