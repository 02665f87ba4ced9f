import { count, document, name, parseEnum } from "@banyan/app-common/story";
import { stringToHex } from "viem";
import { z } from "zod";
import { ProductClass, TemperatureClass } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { factor, gtin, parseBits, region, unit } from "../fields.ts";

const DAY = 86_400n;
const GTIN_DIGITS = 14;

const gtinText = (value: bigint): string => value.toString().padStart(GTIN_DIGITS, "0");

/** What is traced: products, who may make them, how much one gives of another, and where they may be sold. */
export const productEvents: readonly EventKind[] = [
  defineEvent(
    "product",
    {
      en: "A brand owner files a product; without a unit it is counted in pieces.",
      zh: "品牌所有者登记产品；未写单位的按件计数。",
    },
    z.strictObject({
      gtin,
      owner: name,
      unit,
      classes: parseBits(ProductClass),
      temperature: parseEnum(TemperatureClass).default("NONE"),
      shelfLifeDays: count.default(0),
      drug: z
        .string()
        .regex(/^[0-9A-Z]{7}$/)
        .optional(),
      title: document,
    }),
    async (play, event) => {
      await play.contracts.products.writeAndWait.file(
        {
          filing: {
            gtin: event.gtin,
            owner: play.party(event.owner),
            unit: event.unit,
            classes: event.classes,
            temperature: event.temperature,
            shelfLife: BigInt(event.shelfLifeDays) * DAY,
            drug: stringToHex(event.drug ?? "", { size: 7 }),
            name: play.digest(event.title),
          },
        },
        await play.asAgent(event.owner),
      );
      // The chain knows a digest of the title; the report shows it.
      play.names.define("product", gtinText(event.gtin), event.gtin, { title: event.title });
    },
  ),
  defineEvent(
    "license",
    { en: "A brand owner lets a party produce a product.", zh: "品牌所有者许可参与方生产某产品。" },
    z.strictObject({ gtin, owner: name, producer: name, licensed: z.boolean().default(true) }),
    async (play, event) => {
      await play.contracts.products.writeAndWait.license(
        { gtin: event.gtin, producer: play.party(event.producer), licensed: event.licensed },
        await play.asAgent(event.owner),
      );
    },
  ),
  defineEvent(
    "factor",
    {
      en: "The brand owner of a product states how much of it one unit of another gives at most.",
      zh: "产品的品牌所有者声明一单位投入最多可产出多少该产品。",
    },
    z.strictObject({ input: gtin, output: gtin, owner: name, factor, basis: document }),
    async (play, event) => {
      await play.contracts.products.writeAndWait.stateFactor(
        { input: event.input, output: event.output, ppm: event.factor, basis: play.digest(event.basis) },
        await play.asAgent(event.owner),
      );
    },
  ),
  defineEvent(
    "territory",
    {
      en: "A brand owner says where a dealer, or everybody without a list of its own, may sell a product.",
      zh: "品牌所有者规定某经销商（未写则为所有无单独清单者）可销售产品的地区。",
    },
    z.strictObject({ gtin, owner: name, dealer: name.optional(), regions: z.array(region).max(40) }),
    async (play, event) => {
      await play.contracts.products.writeAndWait.setTerritory(
        {
          gtin: event.gtin,
          dealer: event.dealer === undefined ? 0 : play.party(event.dealer),
          regions: event.regions,
        },
        await play.asAgent(event.owner),
      );
    },
  ),
];
