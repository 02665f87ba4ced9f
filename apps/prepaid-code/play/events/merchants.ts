import { count, day, document, money, name, parseEnum } from "@banyan/app-common/story";
import { z } from "zod";
import { ClosingKind, MerchantScale, Refusal } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { trade } from "../trade.ts";

const merchant = name;

/** Events in the life of a merchant: filing, linking, warning, refusal, closing, default. */
export const merchantEvents: readonly EventKind[] = [
  defineEvent(
    "file",
    {
      en: "The platform files a merchant with its trade, figures and licence.",
      zh: "平台为商户备案，登记行业、经营数据和营业执照。",
    },
    z.strictObject({
      merchant,
      trade,
      scale: parseEnum(MerchantScale).default("OTHER"),
      licensed: day,
      leaseEnds: day.optional(),
      revenue: money.default("0.00"),
      capital: money.default("0.00"),
      onPlatform: z.boolean().default(false),
      franchisor: name.optional(),
      licence: document,
      responsible: document,
    }),
    async (play, filing) => {
      play.names.requireFree("merchant", filing.merchant);
      const franchisor = filing.franchisor === undefined ? 0n : play.names.id("merchant", filing.franchisor);
      const outcome = await play.contracts.register.writeAndWait.file(
        {
          filing: {
            agent: play.address(filing.merchant),
            settlement: play.address(`${filing.merchant}:settlement`),
            region: play.region,
            trade: filing.trade,
            scale: filing.scale,
            licensedAt: filing.licensed,
            leaseEndsAt: filing.leaseEnds ?? 0n,
            lastYearRevenue: filing.revenue,
            paidInCapital: filing.capital,
            onCompliantPlatform: filing.onPlatform,
            franchisor,
            licence: play.digest(filing.licence),
            responsible: play.digest(filing.responsible),
          },
        },
        await play.as("platform"),
      );
      play.names.define("merchant", filing.merchant, outcome.event("MerchantFiled").args.merchant);
    },
  ),
  defineEvent(
    "updateFigures",
    { en: "The platform records a merchant's new figures.", zh: "平台登记商户更新后的经营数据。" },
    z.strictObject({
      merchant,
      scale: parseEnum(MerchantScale),
      revenue: money,
      capital: money,
      leaseEnds: day.optional(),
      evidence: document,
    }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.updateFigures(
        {
          merchant: play.names.id("merchant", event.merchant),
          scale: event.scale,
          lastYearRevenue: event.revenue,
          paidInCapital: event.capital,
          leaseEndsAt: event.leaseEnds ?? 0n,
          evidence: play.digest(event.evidence),
        },
        await play.as("platform"),
      );
    },
  ),
  defineEvent(
    "link",
    {
      en: "The platform links a merchant to supervision and gives it the mark.",
      zh: "平台将商户接入监管并发放对接标识。",
    },
    z.strictObject({ merchant, mark: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.link(
        { merchant: play.names.id("merchant", event.merchant), mark: play.digest(event.mark) },
        await play.as("platform"),
      );
    },
  ),
  defineEvent(
    "unlink",
    { en: "The platform takes the link back.", zh: "平台取消商户的对接。" },
    z.strictObject({ merchant, reason: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.unlink(
        { merchant: play.names.id("merchant", event.merchant), reason: play.digest(event.reason) },
        await play.as("platform"),
      );
    },
  ),
  defineEvent(
    "showMark",
    { en: "The merchant shows the link mark at its premises.", zh: "商户在经营场所公示对接标识。" },
    z.strictObject({ merchant }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.showMark(
        { merchant: play.names.id("merchant", event.merchant) },
        await play.asAgent(event.merchant),
      );
    },
  ),
  defineEvent(
    "report",
    { en: "The merchant reports the use of funds of a quarter.", zh: "商户报送一个季度的资金使用情况。" },
    z.strictObject({ merchant, year: z.number().int(), quarter: z.number().int().min(1).max(4), report: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.reportFunds(
        {
          merchant: play.names.id("merchant", event.merchant),
          year: event.year,
          quarter: event.quarter,
          report: play.digest(event.report),
        },
        await play.asAgent(event.merchant),
      );
    },
  ),
  defineEvent(
    "warn",
    { en: "The regulator warns a merchant.", zh: "监管部门对商户发出警示。" },
    z.strictObject({ merchant, reason: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.warn(
        { merchant: play.names.id("merchant", event.merchant), reason: play.digest(event.reason) },
        await play.as("regulator"),
      );
    },
  ),
  defineEvent(
    "refuse",
    {
      en: "The regulator refuses a merchant new prepayments, for a reason.",
      zh: "监管部门以某项理由不准商户新增预收款。",
    },
    z.strictObject({ merchant, reason: parseEnum(Refusal), evidence: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.refuse(
        {
          merchant: play.names.id("merchant", event.merchant),
          reason: event.reason,
          evidence: play.digest(event.evidence),
        },
        await play.as("regulator"),
      );
    },
  ),
  defineEvent(
    "lift",
    {
      en: "The regulator lifts a refusal when its reason is gone.",
      zh: "理由消除后，监管部门解除不准新增预收款的决定。",
    },
    z.strictObject({ merchant, reason: parseEnum(Refusal), evidence: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.lift(
        {
          merchant: play.names.id("merchant", event.merchant),
          reason: event.reason,
          evidence: play.digest(event.evidence),
        },
        await play.as("regulator"),
      );
    },
  ),
  defineEvent(
    "penalise",
    {
      en: "The regulator records a penalty; several in a year put the merchant on the serious-breach list.",
      zh: "监管部门记录一次行政处罚；一年内多次处罚的，列入严重失信主体名单。",
    },
    z.strictObject({ merchant, decision: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.penalise(
        { merchant: play.names.id("merchant", event.merchant), decision: play.digest(event.decision) },
        await play.as("regulator"),
      );
    },
  ),
  defineEvent(
    "announceClosing",
    {
      en: "The merchant announces a closing, a move or a pause with its last day of service.",
      zh: "商户公告停业、歇业或迁址及最后营业日。",
    },
    z.strictObject({ merchant, kind: parseEnum(ClosingKind).default("CLOSING"), lastDay: day, notice: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.announceClosing(
        {
          merchant: play.names.id("merchant", event.merchant),
          kind: event.kind,
          lastDay: event.lastDay,
          notice: play.digest(event.notice),
        },
        await play.asAgent(event.merchant),
      );
    },
  ),
  defineEvent(
    "resume",
    { en: "The platform records that a merchant serves again.", zh: "平台登记商户恢复经营。" },
    z.strictObject({ merchant, evidence: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.resume(
        { merchant: play.names.id("merchant", event.merchant), evidence: play.digest(event.evidence) },
        await play.as("platform"),
      );
    },
  ),
  defineEvent(
    "requestExit",
    { en: "The merchant asks to leave the platform; the request is published.", zh: "商户申请退出平台，并予公示。" },
    z.strictObject({ merchant, notice: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.requestExit(
        { merchant: play.names.id("merchant", event.merchant), notice: play.digest(event.notice) },
        await play.asAgent(event.merchant),
      );
    },
  ),
  defineEvent(
    "completeExit",
    {
      en: "The platform completes an exit once every card is settled and the notice is over.",
      zh: "全部卡结清且公示期满后，平台办结退出。",
    },
    z.strictObject({ merchant }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.completeExit(
        { merchant: play.names.id("merchant", event.merchant) },
        await play.as("platform"),
      );
    },
  ),
  defineEvent(
    "recordStop",
    { en: "The arbiter records since when a merchant no longer serves.", zh: "裁决机构认定商户自何日起停止提供服务。" },
    z.strictObject({ merchant, stopped: day, ruling: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.recordStop(
        {
          merchant: play.names.id("merchant", event.merchant),
          stoppedAt: event.stopped,
          ruling: play.digest(event.ruling),
        },
        await play.as("arbiter"),
      );
    },
  ),
  defineEvent(
    "default",
    { en: "The regulator declares a merchant in default.", zh: "监管部门宣布商户违约。" },
    z.strictObject({ merchant, stopped: day, decision: document }),
    async (play, event) => {
      await play.contracts.register.writeAndWait.declareDefault(
        {
          merchant: play.names.id("merchant", event.merchant),
          stoppedAt: event.stopped,
          decision: play.digest(event.decision),
        },
        await play.as("regulator"),
      );
    },
  ),
  defineEvent(
    "terms",
    { en: "The merchant files the terms that its cards are sold under.", zh: "商户备案售卡所依据的条款。" },
    z.strictObject({
      terms: name,
      merchant,
      coolingOffDays: count.default(0),
      refundDays: count.default(0),
      operatorRatePpm: count.default(0),
      consumerRatePpm: count.default(0),
      cheapestItem: money.optional(),
      cheapestVisits: count.optional(),
      voidClauses: z.number().int().min(0).max(255).default(0),
      text: document,
    }),
    async (play, event) => {
      play.names.requireFree("terms", event.terms);
      const outcome = await play.contracts.terms.writeAndWait.fileTerms(
        {
          terms: {
            merchant: play.names.id("merchant", event.merchant),
            filedAt: 0n,
            coolingOffDays: event.coolingOffDays,
            refundDays: event.refundDays,
            operatorRatePpm: event.operatorRatePpm,
            consumerRatePpm: event.consumerRatePpm,
            cheapestItem: event.cheapestItem ?? BigInt(event.cheapestVisits ?? 0),
            clauses: event.voidClauses,
            text: play.digest(event.text),
          },
        },
        await play.asAgent(event.merchant),
      );
      play.names.define("terms", event.terms, outcome.event("TermsFiled").args.terms, { merchant: event.merchant });
    },
  ),
];
