import { count, document, money, name, parseEnum } from "@banyan/app-common/story";
import { DeviceKind, PartyRole, SignatureAlgorithm } from "@banyan/trace-common/client";
import { stringToHex, zeroAddress, zeroHash } from "viem";
import { z } from "zod";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { batteryId } from "../fields.ts";

const NO_SIGNATURE = { algorithm: SignatureAlgorithm.NONE, data: "0x" } as const;

/** Parties, devices, passports, plans: what there is before anybody rides. */
export const partyEvents: readonly EventKind[] = [
  defineEvent(
    "party",
    {
      en: "The platform files a party, which gives the platform its mandate to capture.",
      zh: "平台登记参与方，参与方授权平台代为采集。",
    },
    z.strictObject({
      party: name,
      gln: z.string().length(13),
      roles: z.array(parseEnum(PartyRole)),
      region: z.string(),
    }),
    async ({ contracts, names, as, address, digest }, { party, gln, roles, region }) => {
      names.requireFree("party", party);
      const outcome = await contracts.parties.writeAndWait.file(
        {
          filing: {
            gln: BigInt(gln),
            region: stringToHex(region, { size: 32 }),
            roles: roles.reduce((bits: number, role) => bits | (1 << role), 0),
            agent: address(party),
            name: digest(`name of ${party}`),
          },
        },
        await as("platform"),
      );
      const id = outcome.event("PartyFiled").args.party;
      await contracts.parties.writeAndWait.setMandate({ party: id, given: true }, await as(party));
      names.define("party", party, BigInt(id));
    },
  ),
  defineEvent(
    "group",
    { en: "A party makes a group of readings.", zh: "参与方建立数据分组。" },
    z.strictObject({ group: name, owner: name }),
    async ({ contracts, names, asParty, digest, region }, { group, owner }) => {
      names.requireFree("group", group);
      const outcome = await contracts.groups.writeAndWait.open(
        { owner: Number(names.id("party", owner)), region, name: digest(group) },
        await asParty(owner),
      );
      names.define("group", group, BigInt(outcome.event("ReadingGroupOpened").args.group), { owner });
    },
  ),
  defineEvent(
    "device",
    { en: "The platform enrols a device, whose key signs.", zh: "平台登记设备，设备以自身密钥签名。" },
    z.strictObject({ device: name, kind: parseEnum(DeviceKind), owner: name, maker: name, group: name }),
    async ({ contracts, names, as, address, digest, sign }, { device, kind, owner, maker, group }) => {
      names.requireFree("device", device);
      const fingerprint = digest(`fingerprint of ${device}`);
      const party = Number(names.id("party", owner));
      const key = address(device);
      const { value, algorithm } = fingerprint;
      const possession =
        key === zeroAddress
          ? NO_SIGNATURE
          : await sign(device, "DeviceRegister", "Enrolment", { fingerprint: value, algorithm, owner: BigInt(party) });
      const outcome = await contracts.register.writeAndWait.enrol(
        {
          filing: {
            ...{ kind, owner: party, maker: Number(names.id("party", maker)), group: Number(names.id("group", group)) },
            ...{ gateway: 0, key, identity: zeroHash, fingerprint },
          },
          possession,
        },
        await as("platform"),
      );
      names.define("device", device, BigInt(outcome.event("DeviceEnrolled").args.device), { owner });
    },
  ),
  defineEvent(
    "passport",
    {
      en: "An operator issues the passport of a battery and binds the module that is built in.",
      zh: "运营方签发电池护照并绑定内置模组。",
    },
    z.strictObject({ battery: batteryId, operator: name, group: name, module: name, ratedWh: count, fields: document }),
    async ({ contracts, names, asParty, digest }, { battery, operator, group, module, ratedWh, fields }) => {
      const party = Number(names.id("party", operator));
      await contracts.passports.writeAndWait.issue(
        {
          filing: {
            ...{ battery: battery.id, operator: party, owner: party, group: Number(names.id("group", group)), ratedWh },
            fields: [
              digest(fields),
              digest(`${fields}, for persons with an interest`),
              digest(`${fields}, for authorities`),
            ],
          },
        },
        await asParty(operator),
      );
      await contracts.register.writeAndWait.bind(
        { device: Number(names.id("device", module)), object: battery.id },
        await asParty(operator),
      );
      const passport = await contracts.passports.read.currentOf({ battery: battery.id });
      names.define("battery", battery.code, BigInt(passport), { module, operator, group });
    },
  ),
  defineEvent(
    "plan",
    { en: "An operator offers a plan by the month.", zh: "运营方推出包月套餐。" },
    z.strictObject({ plan: name, operator: name, rent: money }),
    async ({ contracts, names, asParty, address }, { plan, operator, rent }) => {
      names.requireFree("plan", plan);
      const outcome = await contracts.swaps.writeAndWait.offerPlan(
        { operator: Number(names.id("party", operator)), payee: address(operator), rent },
        await asParty(operator),
      );
      names.define("plan", plan, outcome.event("PlanOffered").args.plan, { operator, payee: operator });
    },
  ),
  defineEvent(
    "capture",
    { en: "The EPCIS events of a document are captured for a party.", zh: "为参与方采集 EPCIS 文件中的事件。" },
    z.strictObject({ by: name, file: z.string().min(1) }),
    async ({ capture }, { by, file }) => await capture(by, file),
  ),
];
