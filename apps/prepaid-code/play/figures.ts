import type { Text } from "@banyan/app-common/app";
import { wordOf } from "@banyan/app-common/story";
import type { Address } from "viem";
import { Colour, EndCause, MerchantStatus } from "../client/index.ts";
import type { PrepaidContracts } from "../deploy/contracts.ts";
import type { NameBook } from "./names.ts";

/** A merchant at the end; money in fen. */
export interface MerchantSheet {
  readonly name: string;
  readonly status: string;
  readonly balance: bigint;
  readonly custody: bigint;
  readonly cover: bigint;
  readonly required: bigint;
  readonly colour: string;
  readonly compliant: boolean;
}

/** What was refunded for one cause; money in fen. */
export interface RefundsByCause {
  readonly cause: string;
  readonly count: number;
  readonly principal: bigint;
  readonly interest: bigint;
  readonly fromCustody: bigint;
  readonly fromMerchant: bigint;
  readonly owed: bigint;
}

/** Two sums that must agree; money in fen. */
export interface Balances {
  readonly merchant: string;
  readonly book: Text;
  readonly left: bigint;
  readonly right: bigint;
  readonly holds: boolean;
}

/** What a play shows at its end. */
export interface PlayFigures {
  readonly merchants: readonly MerchantSheet[];
  readonly refunds: readonly RefundsByCause[];
  readonly books: readonly Balances[];
}

/** What the figures are read from. */
export interface FiguresOptions {
  readonly contracts: PrepaidContracts;
  readonly names: NameBook;
  /** Every account that took part: together with the vaults they hold all deposits. */
  readonly accounts: readonly Address[];
}

const BOOKS = {
  custody: { en: "paid in = vault + released + refunded + returned", zh: "存入 = 存管余额 + 已拨付 + 已退款 + 已返还" },
  vault: { en: "vault as booked = vault's deposits", zh: "存管账面 = 存管账户存款" },
  cards: { en: "sum of card principals = balance", zh: "各卡本金之和 = 预收余额" },
  book: { en: "prepaid = redeemed + refunded + balance", zh: "预收 = 已兑付 + 已退款 + 余额" },
  released: { en: "released <= redeemed", zh: "已拨付 ≤ 已兑付" },
  deposits: { en: "deposits issued = deposits held", zh: "存款发行 = 存款持有" },
} as const satisfies Readonly<Record<string, Text>>;

/** Reads what a play shows at its end, from the chain alone. */
export async function readFigures(options: FiguresOptions): Promise<PlayFigures> {
  const merchants = [];
  const books: Balances[] = [];
  const vaults: bigint[] = [];
  const principals = await principalsByMerchant(options);
  for (const [name, merchant] of options.names.all("merchant")) {
    const { contracts } = options;
    const sheet = await contracts.desk.read.sheetOf({ merchant });
    const { status, balance, custody, cover, required, colour, compliant } = sheet;
    merchants.push({
      ...{ name, balance, custody, cover, required, compliant },
      status: wordOf(MerchantStatus, status),
      colour: wordOf(Colour, colour),
    });
    const account = await contracts.custody.read.accountOf({ merchant });
    const totals = await contracts.book.read.totalsOf({ merchant });
    const held = custody === 0n ? 0n : await contracts.token.read.balanceOf({ account: account.vault });
    vaults.push(held);
    const { paidIn, released, refunded, returned } = account;
    books.push(
      equal(name, BOOKS.custody, paidIn, custody + released + refunded + returned),
      equal(name, BOOKS.vault, custody, held),
      equal(name, BOOKS.cards, principals.get(name) ?? 0n, balance),
      equal(name, BOOKS.book, totals.paid, totals.redeemed + totals.refunded + balance),
      {
        merchant: name,
        book: BOOKS.released,
        left: released,
        right: totals.redeemed,
        holds: released <= totals.redeemed,
      },
    );
  }
  books.push(await depositsBook(options, vaults));
  return { merchants, refunds: await refundsByCause(options), books };
}

function equal(merchant: string, book: Text, left: bigint, right: bigint): Balances {
  return { merchant, book, left, right, holds: left === right };
}

async function principalsByMerchant({ contracts, names }: FiguresOptions): Promise<ReadonlyMap<string, bigint>> {
  const sums = new Map<string, bigint>();
  for (const [card, id] of names.all("card")) {
    const merchant = names.fact("card", card, "merchant");
    sums.set(merchant, (sums.get(merchant) ?? 0n) + (await contracts.cards.read.principalOf({ id })));
  }
  return sums;
}

async function depositsBook({ contracts, accounts }: FiguresOptions, vaults: readonly bigint[]): Promise<Balances> {
  let held = vaults.reduce((sum, vault) => sum + vault, 0n);
  for (const account of new Set(accounts)) held += await contracts.token.read.balanceOf({ account });
  return equal("*", BOOKS.deposits, await contracts.token.read.totalSupply(), held);
}

async function refundsByCause({ contracts, names }: FiguresOptions): Promise<RefundsByCause[]> {
  const rows = new Map<string, RefundsByCause>();
  const add = (cause: string, amounts: Omit<RefundsByCause, "cause" | "count">, count = 1): void => {
    const before = rows.get(cause) ?? {
      cause,
      count: 0,
      principal: 0n,
      interest: 0n,
      fromCustody: 0n,
      fromMerchant: 0n,
      owed: 0n,
    };
    rows.set(cause, {
      cause,
      count: before.count + count,
      principal: before.principal + amounts.principal,
      interest: before.interest + amounts.interest,
      fromCustody: before.fromCustody + amounts.fromCustody,
      fromMerchant: before.fromMerchant + amounts.fromMerchant,
      owed: before.owed + amounts.owed,
    });
  };
  for (const [, refund] of names.all("refund")) {
    const { cause, principal, paidFromCustody, paidByMerchant, interestPaid } = await contracts.refunds.read.refundOf({
      refund,
    });
    const owed = await contracts.refunds.read.owedOf({ refund });
    add(wordOf(EndCause, cause), {
      ...{ principal, interest: interestPaid, fromCustody: paidFromCustody, fromMerchant: paidByMerchant },
      owed: owed.principal + owed.interest,
    });
  }
  for (const { args } of await contracts.claims.events.ShareClaimed.get()) {
    add("DEFAULT", { principal: args.share, interest: 0n, fromCustody: args.share, fromMerchant: 0n, owed: 0n });
  }
  return Object.values(EndCause).flatMap((cause) => rows.get(wordOf(EndCause, cause)) ?? []);
}
