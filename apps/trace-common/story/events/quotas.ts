import { count, document, name } from "@banyan/app-common/story";
import { z } from "zod";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { amount, code, factor, gtin } from "../fields.ts";

const season = z.number().int().min(1970).max(9_999);

/** What may be made at most: harvest per garden, labels per firm. */
export const quotaEvents: readonly EventKind[] = [
  defineEvent(
    "protect",
    {
      en: "The regulator puts a product under the quota of a keeper.",
      zh: "监管部门将某产品纳入管理方的额度管理。",
    },
    z.strictObject({ gtin, keeper: name }),
    async (play, event) => {
      await play.contracts.quotas.writeAndWait.protect(
        { gtin: event.gtin, keeper: play.party(event.keeper) },
        await play.as("regulator"),
      );
    },
  ),
  defineEvent(
    "grantGarden",
    { en: "The keeper grants a garden's quota of a season.", zh: "管理方核定茶园（产地）当季额度。" },
    z.strictObject({ gtin, keeper: name, garden: code, season, amount, basis: document }),
    async (play, event) => {
      await play.contracts.quotas.writeAndWait.grantGarden(
        {
          gtin: event.gtin,
          garden: await play.contracts.parties.read.placeByKey({ key: event.garden }),
          season: event.season,
          amount: event.amount,
          basis: play.digest(event.basis),
        },
        await play.asAgent(event.keeper),
      );
    },
  ),
  defineEvent(
    "bindLabels",
    {
      en: "The keeper counts the labels of a finished product against a harvest.",
      zh: "管理方将成品的标签数与采收量挂钩。",
    },
    z.strictObject({ finished: gtin, raw: gtin, keeper: name, labels: factor }),
    async (play, event) => {
      await play.contracts.quotas.writeAndWait.bindLabels(
        { finished: event.finished, raw: event.raw, ppm: event.labels },
        await play.asAgent(event.keeper),
      );
    },
  ),
  defineEvent(
    "issueLabels",
    { en: "The keeper issues labels to a firm against its harvest.", zh: "管理方按采收量向企业核发标签。" },
    z.strictObject({ finished: gtin, firm: name, keeper: name, season, count, numbers: document }),
    async (play, event) => {
      await play.contracts.quotas.writeAndWait.issueLabels(
        {
          finished: event.finished,
          firm: play.party(event.firm),
          season: event.season,
          count: BigInt(event.count),
          numbers: play.digest(event.numbers),
        },
        await play.asAgent(event.keeper),
      );
    },
  ),
];
