import { displayWidth } from "./table.ts";

/** Where progress is written: standard error, so that standard output stays clean for pipes. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  /** The width of a terminal; asked for at each drawing, because it may change. */
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** What a long work tells while it runs. */
export interface Progress {
  /** Says how far the work is. Cheap enough to call for each step. */
  at(done: number, note: string): void;
  /** Says a line that stays, above the moving one. */
  say(line: string): void;
  /** Ends the moving line. */
  end(): void;
}

/** How a {@link Progress} is made. */
export interface ProgressOptions {
  readonly stream: ProgressStream;
  /** The number of steps. */
  readonly total: number;
  /** Milliseconds since any start; only differences are used. */
  readonly now: () => number;
  /** How a step is called in the rate, e.g. `events/s`. */
  readonly unit: string;
}

const BAR = 24;
const REDRAW_AFTER = 100;

/**
 * Makes a progress line: redrawn in place on a terminal, one line for each tenth elsewhere.
 *
 * @param options - the stream, the number of steps and a clock
 */
export function createProgress({ stream, total, now, unit }: ProgressOptions): Progress {
  const started = now();
  const live = stream.isTTY === true;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let tenth = 0;
  let drawn = false;

  const text = (done: number, note: string): string => {
    const share = total === 0 ? 1 : done / total;
    const seconds = Math.max(0.001, (now() - started) / 1000);
    const full = Math.round(share * BAR);
    const bar = `${"█".repeat(full)}${"░".repeat(BAR - full)}`;
    return `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${done}/${total}  ${Math.round(done / seconds)} ${unit}  ${note}`;
  };
  const clear = (): void => {
    if (drawn) stream.write("\r\u001b[2K");
    drawn = false;
  };

  return {
    at(done, note) {
      if (live) {
        if (now() - drawnAt < REDRAW_AFTER && done < total) return;
        drawnAt = now();
        clear();
        // A line that wraps could not be taken back.
        stream.write(shorten(text(done, note), (stream.columns ?? Number.POSITIVE_INFINITY) - 1));
        drawn = true;
        return;
      }
      const reached = total === 0 ? 10 : Math.floor((done * 10) / total);
      if (reached <= tenth) return;
      tenth = reached;
      stream.write(`${text(done, note)}\n`);
    },
    say(line) {
      clear();
      stream.write(`${line}\n`);
    },
    end() {
      if (drawn) stream.write("\n");
      drawn = false;
    },
  };
}

/** The beginning of a text that takes at most so many columns. */
function shorten(text: string, columns: number): string {
  let [width, kept] = [0, ""];
  for (const character of text) {
    width += displayWidth(character);
    if (width > columns) break;
    kept += character;
  }
  return kept;
}
