import { document, name, parseEnum } from "@banyan/app-common/story";
import { z } from "zod";
import { PartyRole, PlaceKind } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { gln, parseBits, region, sgln } from "../fields.ts";

/** Who takes part, and where. */
export const partyEvents: readonly EventKind[] = [
  defineEvent(
    "party",
    {
      en: "The platform files a party by its GLN, with its roles and its region.",
      zh: "平台按全球位置码登记参与方及其角色、地区。",
    },
    z.strictObject({ party: name, gln, roles: parseBits(PartyRole), region, title: document }),
    async (play, event) => {
      play.names.requireFree("party", event.party);
      const outcome = await play.contracts.parties.writeAndWait.file(
        {
          filing: {
            gln: event.gln,
            region: event.region,
            roles: event.roles,
            agent: play.address(event.party),
            name: play.digest(event.title),
          },
        },
        await play.as("platform"),
      );
      const { party } = outcome.event("PartyFiled").args;
      play.names.define("party", event.party, BigInt(party), { gln: event.gln.toString().padStart(13, "0") });
    },
  ),
  defineEvent(
    "place",
    {
      en: "A party files a place that it runs, by its SGLN.",
      zh: "参与方按 SGLN 登记其场所。",
    },
    z.strictObject({ owner: name, sgln, kind: parseEnum(PlaceKind), region, title: document }),
    async (play, event) => {
      await play.contracts.parties.writeAndWait.filePlace(
        {
          filing: {
            owner: play.party(event.owner),
            gln: event.sgln.gln,
            extension: event.sgln.extension,
            kind: event.kind,
            region: event.region,
            description: play.digest(event.title),
          },
        },
        await play.asAgent(event.owner),
      );
    },
  ),
  defineEvent(
    "mandate",
    {
      en: "A party lets the platform capture for it, or no longer.",
      zh: "参与方授权平台代其采集事件，或撤回授权。",
    },
    z.strictObject({ party: name, given: z.boolean() }),
    async (play, event) => {
      await play.contracts.parties.writeAndWait.setMandate(
        { party: play.party(event.party), given: event.given },
        await play.asAgent(event.party),
      );
    },
  ),
  defineEvent(
    "suspend",
    { en: "The regulator suspends a party: it captures nothing.", zh: "监管部门暂停参与方采集事件。" },
    z.strictObject({ party: name, reason: document }),
    async (play, event) => {
      await play.contracts.parties.writeAndWait.suspend(
        { party: play.party(event.party), reason: play.digest(event.reason) },
        await play.as("regulator"),
      );
    },
  ),
];
