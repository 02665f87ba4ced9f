import { z } from "zod";
import { ClosingKind, MerchantScale, Refusal } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { count, day, document, money, name } from "../fields.ts";
import { parseEnum } from "../parse-enum.ts";
import { trade } from "../trade.ts";

const merchant = name;

/** Events in the life of a merchant: filing, linking, warning, refusal, closing, default. */
export const merchantEvents: readonly EventKind[] = [
  defineEvent(
    "file",
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
  defineEvent("link", z.strictObject({ merchant, mark: document }), async (play, event) => {
    await play.contracts.register.writeAndWait.link(
      { merchant: play.names.id("merchant", event.merchant), mark: play.digest(event.mark) },
      await play.as("platform"),
    );
  }),
  defineEvent("unlink", z.strictObject({ merchant, reason: document }), async (play, event) => {
    await play.contracts.register.writeAndWait.unlink(
      { merchant: play.names.id("merchant", event.merchant), reason: play.digest(event.reason) },
      await play.as("platform"),
    );
  }),
  defineEvent("showMark", z.strictObject({ merchant }), async (play, event) => {
    await play.contracts.register.writeAndWait.showMark(
      { merchant: play.names.id("merchant", event.merchant) },
      await play.asAgent(event.merchant),
    );
  }),
  defineEvent(
    "report",
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
  defineEvent("warn", z.strictObject({ merchant, reason: document }), async (play, event) => {
    await play.contracts.register.writeAndWait.warn(
      { merchant: play.names.id("merchant", event.merchant), reason: play.digest(event.reason) },
      await play.as("regulator"),
    );
  }),
  defineEvent(
    "refuse",
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
  defineEvent("penalise", z.strictObject({ merchant, decision: document }), async (play, event) => {
    await play.contracts.register.writeAndWait.penalise(
      { merchant: play.names.id("merchant", event.merchant), decision: play.digest(event.decision) },
      await play.as("regulator"),
    );
  }),
  defineEvent(
    "announceClosing",
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
  defineEvent("resume", z.strictObject({ merchant, evidence: document }), async (play, event) => {
    await play.contracts.register.writeAndWait.resume(
      { merchant: play.names.id("merchant", event.merchant), evidence: play.digest(event.evidence) },
      await play.as("platform"),
    );
  }),
  defineEvent("requestExit", z.strictObject({ merchant, notice: document }), async (play, event) => {
    await play.contracts.register.writeAndWait.requestExit(
      { merchant: play.names.id("merchant", event.merchant), notice: play.digest(event.notice) },
      await play.asAgent(event.merchant),
    );
  }),
  defineEvent("completeExit", z.strictObject({ merchant }), async (play, event) => {
    await play.contracts.register.writeAndWait.completeExit(
      { merchant: play.names.id("merchant", event.merchant) },
      await play.as("platform"),
    );
  }),
  defineEvent("recordStop", z.strictObject({ merchant, stopped: day, ruling: document }), async (play, event) => {
    await play.contracts.register.writeAndWait.recordStop(
      {
        merchant: play.names.id("merchant", event.merchant),
        stoppedAt: event.stopped,
        ruling: play.digest(event.ruling),
      },
      await play.as("arbiter"),
    );
  }),
  defineEvent("default", z.strictObject({ merchant, stopped: day, decision: document }), async (play, event) => {
    await play.contracts.register.writeAndWait.declareDefault(
      {
        merchant: play.names.id("merchant", event.merchant),
        stoppedAt: event.stopped,
        decision: play.digest(event.decision),
      },
      await play.as("regulator"),
    );
  }),
  defineEvent(
    "terms",
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
