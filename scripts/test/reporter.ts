import Mocha from "mocha";

/**
 * Mocha's own report, and after it one line that a program can read: `N passed, N failed`.
 *
 * The figures are Mocha's totals. A failed hook counts as a failure, as it does in Mocha.
 */
export default class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = this.stats;
      console.log(`${passes} passed, ${failures} failed`);
    });
  }
}
