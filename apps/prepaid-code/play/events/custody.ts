import { z } from "zod";
import { CoverForm } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { day, document, money, name, party } from "../fields.ts";
import { parseEnum } from "../parse-enum.ts";

const merchant = name;

/** Events of money: deposits, vaults, covers, payouts, freezes. */
export const custodyEvents: readonly EventKind[] = [
  defineEvent("fund", z.strictObject({ party, amount: money, entry: document }), async (play, event) => {
    const account = play.address(event.party);
    const { token, custody, sales, refunds } = play.contracts;
    await token.writeAndWait.mint(
      { to: account, amount: event.amount, bankEntry: play.digest(event.entry) },
      await play.as("bank"),
    );
    // Whoever pays lets the contracts that collect money do so, once.
    if ((await token.read.allowance({ owner: account, spender: custody.address })) > 0n) return;
    const options = await play.as(event.party);
    for (const spender of [custody, sales, refunds]) {
      await token.writeAndWait.approve({ spender: spender.address, value: 2n ** 256n - 1n }, options);
    }
  }),
  defineEvent("openVault", z.strictObject({ merchant }), async (play, event) => {
    await play.contracts.custody.writeAndWait.openVault(
      { merchant: play.names.id("merchant", event.merchant) },
      await play.as("bank"),
    );
  }),
  defineEvent("deposit", z.strictObject({ merchant, amount: money }), async (play, event) => {
    await play.contracts.custody.writeAndWait.deposit(
      { merchant: play.names.id("merchant", event.merchant), amount: event.amount },
      await play.asAgent(event.merchant),
    );
  }),
  defineEvent(
    "cover",
    z.strictObject({
      cover: name,
      merchant,
      form: parseEnum(CoverForm),
      amount: money,
      from: day,
      until: day,
      policy: document,
    }),
    async (play, event) => {
      play.names.requireFree("cover", event.cover);
      const outcome = await play.contracts.custody.writeAndWait.registerCover(
        {
          merchant: play.names.id("merchant", event.merchant),
          form: event.form,
          amount: event.amount,
          startsAt: event.from,
          expiresAt: event.until,
          policy: play.digest(event.policy),
        },
        await play.as("insurer"),
      );
      play.names.define("cover", event.cover, outcome.event("CoverRegistered").args.cover, {
        merchant: event.merchant,
      });
    },
  ),
  defineEvent("reduceCover", z.strictObject({ cover: name, amount: money }), async (play, event) => {
    await play.contracts.custody.writeAndWait.reduceCover(
      { cover: play.names.id("cover", event.cover), amount: event.amount },
      await play.as("insurer"),
    );
  }),
  defineEvent("payClaim", z.strictObject({ cover: name, amount: money, claim: document }), async (play, event) => {
    await play.contracts.custody.writeAndWait.payClaim(
      { cover: play.names.id("cover", event.cover), amount: event.amount, claim: play.digest(event.claim) },
      await play.as("insurer"),
    );
  }),
  defineEvent("release", z.strictObject({ merchant, amount: money }), async (play, event) => {
    await play.contracts.custody.writeAndWait.release(
      { merchant: play.names.id("merchant", event.merchant), amount: event.amount },
      await play.asAgent(event.merchant),
    );
  }),
  defineEvent(
    "requestPayout",
    z.strictObject({ payout: name, merchant, amount: money, reason: document }),
    async (play, event) => {
      play.names.requireFree("payout", event.payout);
      const outcome = await play.contracts.custody.writeAndWait.requestPayout(
        {
          merchant: play.names.id("merchant", event.merchant),
          amount: event.amount,
          reason: play.digest(event.reason),
        },
        await play.asAgent(event.merchant),
      );
      play.names.define("payout", event.payout, outcome.event("PayoutRequested").args.payout, {
        merchant: event.merchant,
      });
    },
  ),
  defineEvent("approvePayout", z.strictObject({ payout: name, reason: document }), async (play, event) => {
    await play.contracts.custody.writeAndWait.approvePayout(
      { payout: play.names.id("payout", event.payout), reason: play.digest(event.reason) },
      await play.as("regulator"),
    );
  }),
  defineEvent("refusePayout", z.strictObject({ payout: name, reason: document }), async (play, event) => {
    await play.contracts.custody.writeAndWait.refusePayout(
      { payout: play.names.id("payout", event.payout), reason: play.digest(event.reason) },
      await play.as("regulator"),
    );
  }),
  defineEvent("cancelPayout", z.strictObject({ payout: name }), async (play, event) => {
    await play.contracts.custody.writeAndWait.cancelPayout(
      { payout: play.names.id("payout", event.payout) },
      await play.asAgent(play.names.fact("payout", event.payout, "merchant")),
    );
  }),
  defineEvent("freeze", z.strictObject({ merchant, reason: document }), async (play, event) => {
    await play.contracts.custody.writeAndWait.freeze(
      { merchant: play.names.id("merchant", event.merchant), reason: play.digest(event.reason) },
      await play.as("emergency"),
    );
  }),
  defineEvent("unfreeze", z.strictObject({ merchant, reason: document }), async (play, event) => {
    await play.contracts.custody.writeAndWait.unfreeze(
      { merchant: play.names.id("merchant", event.merchant), reason: play.digest(event.reason) },
      await play.as("regulator"),
    );
  }),
  defineEvent("returnSurplus", z.strictObject({ merchant }), async (play, event) => {
    await play.contracts.custody.writeAndWait.returnSurplus(
      { merchant: play.names.id("merchant", event.merchant) },
      await play.asAgent(event.merchant),
    );
  }),
  defineEvent("refresh", z.strictObject({ merchant }), async (play, event) => {
    await play.contracts.code.writeAndWait.refresh(
      { merchant: play.names.id("merchant", event.merchant) },
      await play.as("platform"),
    );
  }),
  defineEvent("escalate", z.strictObject({ merchant }), async (play, event) => {
    await play.contracts.code.writeAndWait.escalate(
      { merchant: play.names.id("merchant", event.merchant) },
      await play.as("regulator"),
    );
  }),
];
