import { toHex } from "../../chain/src/codec/hex.ts";
import type { Kind } from "./kinds.ts";
import type { Finding } from "./shrink.ts";

/** A difference with all that is needed to see it again, as JSON takes it. */
export interface FindingReport {
  readonly kind: Kind;
  readonly index: number;
  readonly seed: string;
  /** The command that shows it again. */
  readonly command: string;
  readonly fork: string;
  readonly field: string;
  readonly check: string | undefined;
  readonly oracle: string;
  readonly subject: string;
  readonly actions: readonly string[];
  readonly accounts: readonly string[];
}

/** Describes a finding. */
export function reportOf(kind: Kind, index: number, seed: string, { scenario, difference }: Finding): FindingReport {
  return {
    kind,
    index,
    seed,
    command: `npm run fuzz -- --seed ${seed} --only ${kind}:${index}`,
    fork: scenario.fork,
    field: difference.field,
    check: difference.check,
    oracle: difference.oracle,
    subject: difference.subject,
    actions: scenario.actions.map((action) => {
      if (action.kind !== "transaction") return action.kind;
      const { from, to, value, gasLimit, data, accessList, maxFeePerGas } = action.execution;
      const list = accessList.map(({ address, storageKeys }) => `${address}[${storageKeys.length}]`).join(",");
      return `${from} -> ${to ?? "create"} value ${value} gas ${gasLimit} price ${maxFeePerGas} list [${list}] data ${toHex(data)}`;
    }),
    accounts: scenario.accounts.map(({ address, balance, nonce, code, storage }) => {
      const slots = storage.map(([slot, value]) => `${slot.toString(16)}=${value.toString(16)}`).join(" ");
      return `${address} balance ${balance} nonce ${nonce} storage {${slots}} code ${toHex(code)}`;
    }),
  };
}

/** A finding for people. */
export function textOf(report: FindingReport): string {
  const { kind, index, seed, command, fork, field, check, oracle, subject, actions, accounts } = report;
  const cut = (text: string, most: number): string =>
    text.length > most ? `${text.slice(0, most)}… (${text.length})` : text;
  return [
    `DIFFERENCE in ${field}: ${kind} ${index} of seed ${seed}, ${fork}`,
    ...(check === undefined ? [] : [`  check    ${check}`]),
    ...(oracle === "" ? [] : [`  oracle   ${cut(oracle, 1_500)}`]),
    `  subject  ${cut(subject, 3_000)}`,
    ...actions.map((action) => `  action   ${cut(action, 1_000)}`),
    ...accounts.map((account) => `  account  ${cut(account, 1_000)}`),
    `  again    ${command}`,
  ].join("\n");
}
