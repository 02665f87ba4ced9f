/** What a check found. */
export interface CheckResult {
  /** What is checked, in a few words. */
  readonly title: string;
  /** One line per problem, with its place and its cure; empty when the check holds. */
  readonly problems: readonly string[];
  /** A figure worth seeing when the check holds. */
  readonly summary?: string;
}

/** One check of the repository; run from the repository's root. */
export type Check = () => Promise<CheckResult>;
