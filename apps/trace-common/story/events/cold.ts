import { document, instant, name, parseEnum } from "@banyan/app-common/story";
import { z } from "zod";
import { ColdClass, ColdStage, LegStatus, Verdict } from "../../client/index.ts";
import { DEVICE_TYPES, readingTree } from "../../devices/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { code } from "../fields.ts";
import { signTyped } from "../sign-typed.ts";
import { compare } from "./expectations.ts";

/** Hundredths of a degree in a degree, as stories write temperatures. */
const HUNDREDTHS = 100;
const temperature = z
  .number()
  .min(-273)
  .max(300)
  .transform((degrees) => Math.round(degrees * HUNDREDTHS));
const leg = name;

/** Legs of the cold chain: planned, logged by the device that is bound, judged, cleared by a second role, refused. */
export const coldEvents: readonly EventKind[] = [
  defineEvent(
    "planLeg",
    {
      en: "The possessor plans a leg of an item or container, watched by the device bound to it.",
      zh: "占有者为单品或容器计划一段冷链，由绑定的设备监测。",
    },
    z.strictObject({
      leg,
      by: name,
      object: code,
      class: parseEnum(ColdClass),
      stage: parseEnum(ColdStage).default("TRANSPORT"),
      device: name,
      carrier: name.optional(),
    }),
    async (play, event) => {
      play.names.requireFree("leg", event.leg);
      const outcome = await play.contracts.coldChain.writeAndWait.plan(
        {
          by: play.party(event.by),
          planned: {
            object: event.object,
            class: event.class,
            stage: event.stage,
            device: Number(play.names.id("device", event.device)),
            carrier: event.carrier === undefined ? 0 : play.party(event.carrier),
          },
        },
        await play.asAgent(event.by),
      );
      const planned = outcome.event("LegPlanned");
      play.names.define("leg", event.leg, BigInt(planned.args.leg), { device: event.device });
    },
  ),
  defineEvent(
    "samples",
    {
      en: "The device of a leg signs a batch of its log: one temperature in degrees for each interval of `every` seconds.",
      zh: "冷链段的设备对一批记录签名：每 `every` 秒一个温度（摄氏度）。",
    },
    z.strictObject({
      leg,
      from: instant,
      every: z.number().int().positive(),
      degrees: z.array(temperature).min(1).max(300),
    }),
    async (play, event) => {
      const { coldLog } = play.contracts;
      const id = Number(play.names.id("leg", event.leg));
      const name = play.names.fact("leg", event.leg, "device");
      const device = Number(play.names.id("device", name));
      const readings = event.degrees.map((value, index) => ({
        time: event.from + BigInt(index * event.every),
        value: BigInt(value),
        salt: play.digest(`${name} ${event.from} ${index}`).value,
      }));
      const batch = {
        leg: id,
        device,
        sequence: (await coldLog.read.sequenceOf({ device })) + 1n,
        from: event.from,
        interval: event.every,
        min: event.degrees,
        max: event.degrees,
        mean: event.degrees,
        root: readingTree(readings).root,
      };
      const signature = await signTyped(coldLog, play.account(`device:${name}`), DEVICE_TYPES.ColdLog, batch);
      await coldLog.writeAndWait.record({ batch, signature }, await play.as("platform"));
    },
  ),
  defineEvent(
    "clearAlarm",
    {
      en: "A quality officer who acts neither for shipper nor carrier clears the alarm of a leg, with a reason.",
      zh: "不代表发货方或承运方的质量负责人说明理由后解除报警。",
    },
    z.strictObject({ leg, by: name.default("quality"), reason: document }),
    async (play, event) => {
      await play.contracts.coldLog.writeAndWait.clearAlarm(
        { leg: Number(play.names.id("leg", event.leg)), reason: play.digest(event.reason) },
        await play.as(event.by),
      );
    },
  ),
  defineEvent(
    "reportRefusal",
    {
      en: "The consignee that refused the goods of a leg reports it.",
      zh: "拒收的收货方报告拒收情况。",
    },
    z.strictObject({ leg, by: name, report: document }),
    async (play, event) => {
      await play.contracts.coldChain.writeAndWait.reportRefusal(
        {
          leg: Number(play.names.id("leg", event.leg)),
          by: play.party(event.by),
          report: play.digest(event.report),
        },
        await play.asAgent(event.by),
      );
    },
  ),
  defineEvent(
    "expectLeg",
    { en: "Compares a leg with what must be; sends nothing.", zh: "核对冷链段与预期结果；不发送交易。" },
    z.strictObject({
      leg,
      status: parseEnum(LegStatus).optional(),
      verdict: parseEnum(Verdict).optional(),
      max: temperature.optional(),
      outsideSeconds: z.number().int().optional(),
      gaps: z.number().int().optional(),
      alarm: z.boolean().optional(),
    }),
    async (play, { leg: ref, ...expected }) => {
      const id = Number(play.names.id("leg", ref));
      const { coldChain, coldLog } = play.contracts;
      const { status } = await coldChain.read.legOf({ leg: id });
      const verdict = await coldChain.read.verdictOfLeg({ leg: id });
      const figures = await coldLog.read.figuresOf({ leg: id });
      const { alarm } = await coldLog.read.watchOf({ leg: id });
      const { max, outside, gaps } = figures;
      compare(`leg ${ref}`, expected, { status, verdict, max, outsideSeconds: outside, gaps, alarm });
    },
  ),
  defineEvent(
    "expectCold",
    {
      en: "Compares what all legs of an item come to, those of its containers included; sends nothing.",
      zh: "核对单品（含其所在容器）全部冷链段的结论；不发送交易。",
    },
    z.strictObject({ object: code, verdict: parseEnum(Verdict), legs: z.number().int().optional() }),
    async (play, { object, ...expected }) => {
      const { verdict, legs } = await play.contracts.coldChain.read.verdictOf({ object });
      compare("cold chain", expected, { verdict, legs: Number(legs) });
    },
  ),
];
