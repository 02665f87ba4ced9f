import { document, instant, name, parseEnum } from "@banyan/app-common/story";
import { z } from "zod";
import { DeviceKind } from "../../client/index.ts";
import { DEVICE_TYPES } from "../../devices/index.ts";
import { NO_OBJECT } from "../../epcis/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { code } from "../fields.ts";
import { signTyped } from "../sign-typed.ts";

/** Devices with keys of their own, and what they are bound to. */
export const deviceEvents: readonly EventKind[] = [
  defineEvent(
    "group",
    { en: "A party opens a group for the readings of its devices.", zh: "参与方为其设备的读数建立数据组。" },
    z.strictObject({ group: name, owner: name, title: document }),
    async (play, event) => {
      play.names.requireFree("group", event.group);
      const outcome = await play.contracts.groups.writeAndWait.open(
        { owner: play.party(event.owner), region: play.region, name: play.digest(event.title) },
        await play.asAgent(event.owner),
      );
      play.names.define("group", event.group, BigInt(outcome.event("ReadingGroupOpened").args.group), {
        owner: event.owner,
      });
    },
  ),
  defineEvent(
    "enrol",
    {
      en: "The platform enrols a device of a maker for its owner; the key inside it signs that it is there.",
      zh: "平台为所有者登记厂商的设备；设备内的密钥签名证明其持有。",
    },
    z.strictObject({
      device: name,
      kind: parseEnum(DeviceKind).default("SENSOR"),
      maker: name,
      owner: name,
      group: name,
      fingerprint: document,
      identity: code.optional(),
    }),
    async (play, event) => {
      play.names.requireFree("device", event.device);
      const { devices } = play.contracts;
      const owner = play.party(event.owner);
      const key = `device:${event.device}`;
      const fingerprint = play.digest(event.fingerprint);
      const possession = await signTyped(
        devices,
        play.account(key),
        { Enrolment: DEVICE_TYPES.DeviceRegister.Enrolment },
        {
          fingerprint: fingerprint.value,
          algorithm: fingerprint.algorithm,
          owner: BigInt(owner),
        },
      );
      const outcome = await devices.writeAndWait.enrol(
        {
          filing: {
            kind: event.kind,
            maker: play.party(event.maker),
            owner,
            group: Number(play.names.id("group", event.group)),
            gateway: 0,
            key: play.address(key),
            identity: event.identity ?? NO_OBJECT,
            fingerprint,
          },
          possession,
        },
        await play.as("platform"),
      );
      play.names.define("device", event.device, BigInt(outcome.event("DeviceEnrolled").args.device), {
        owner: event.owner,
      });
    },
  ),
  defineEvent(
    "bind",
    { en: "The owner binds a device to a container or an asset.", zh: "所有者将设备绑定到容器或资产。" },
    z.strictObject({ device: name, object: code }),
    async (play, event) => {
      await play.contracts.devices.writeAndWait.bind(
        { device: Number(play.names.id("device", event.device)), object: event.object },
        await play.asAgent(play.names.fact("device", event.device, "owner")),
      );
    },
  ),
  defineEvent(
    "calibrate",
    {
      en: "The auditor records the calibration of a device; the largest error in hundredths of a kelvin.",
      zh: "审计机构登记设备校准；最大误差以百分之一开尔文计。",
    },
    z.strictObject({
      device: name,
      maxError: z.number().int().nonnegative(),
      until: instant,
      certificate: document,
    }),
    async (play, event) => {
      await play.contracts.devices.writeAndWait.calibrate(
        {
          device: Number(play.names.id("device", event.device)),
          maxError: event.maxError,
          validUntil: event.until,
          certificate: play.digest(event.certificate),
        },
        await play.as("auditor"),
      );
    },
  ),
];
