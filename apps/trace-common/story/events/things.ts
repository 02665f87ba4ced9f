import { name, parseEnum } from "@banyan/app-common/story";
import { z } from "zod";
import { Disposition, ObjectStatus } from "../../client/index.ts";
import { classId, KeyKind, unpackObjectId } from "../../epcis/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { code, plainAmount } from "../fields.ts";
import { compare } from "./expectations.ts";

const amount = z.string().regex(/^\d+(?:\.\d{1,6})?$/);

/** Expectations of items, containers and lots; they send nothing. */
export const thingEvents: readonly EventKind[] = [
  defineEvent(
    "expectObject",
    {
      en: "Compares an item or container with what must be; sends nothing.",
      zh: "核对单品或容器与预期结果；不发送交易。",
    },
    z.strictObject({
      code,
      status: parseEnum(ObjectStatus).optional(),
      possessor: name.optional(),
      owner: name.optional(),
      disposition: parseEnum(Disposition).optional(),
      recalled: z.boolean().optional(),
      children: z.number().int().optional(),
    }),
    async (play, { code: object, ...expected }) => {
      const { kind, number, text } = unpackObjectId(object);
      const state = await play.contracts.state.read.stateOf({ object });
      const nameOf = (party: number): string => play.names.nameOf("party", BigInt(party)) ?? String(party);
      compare(`${KIND_WORDS[kind] ?? "object"} ${number}${text}`, expected, {
        ...state,
        possessor: nameOf(state.possessor),
        owner: nameOf(state.owner),
      });
    },
  ),
  defineEvent(
    "expectLot",
    { en: "Compares a lot with what must be; sends nothing.", zh: "核对批次与预期结果；不发送交易。" },
    z.strictObject({
      lot: z.string().min(1),
      created: amount.optional(),
      live: amount.optional(),
      sold: amount.optional(),
      consumed: amount.optional(),
      destroyed: amount.optional(),
      recalled: z.boolean().optional(),
    }),
    async (play, { lot, ...expected }) => {
      const state = await play.contracts.state.read.lotOf({ lot: classId(lot) });
      const { created, live, sold, consumed, destroyed, recalled } = state;
      const amounts = Object.entries({ created, live, sold, consumed, destroyed });
      const found = Object.fromEntries(amounts.map(([key, value]) => [key, plainAmount(value)]));
      compare(`lot ${lot}`, expected, { ...found, recalled });
    },
  ),
];

const KIND_WORDS: Readonly<Record<number, string>> = {
  [KeyKind.SGTIN]: "item",
  [KeyKind.SSCC]: "logistic unit",
  [KeyKind.GRAI]: "asset",
  [KeyKind.MEDICINE]: "medicine",
};
