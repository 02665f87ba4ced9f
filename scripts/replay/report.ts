import { renderTable } from "@banyan/app-common/app";
import type { Surprise } from "./judge.ts";
import type { LogReport } from "./replay-log.ts";
import type { Words } from "./words.ts";

/** Longest message that is shown whole. */
const MESSAGE = 160;

/** The reports in words: a table, then what was otherwise than expected. */
export function formatReports(reports: readonly LogReport[], words: Words, shown: number): string {
  const seconds = (milliseconds: number | undefined): string =>
    milliseconds === undefined ? "" : (milliseconds / 1000).toFixed(2);
  const table = renderTable(
    [
      { heading: words.log },
      { heading: words.requests, align: "right" },
      { heading: words.mustFail, align: "right" },
      { heading: words.unexpected, align: "right" },
      { heading: words.ours, align: "right" },
      { heading: words.edr, align: "right" },
      { heading: words.ratio, align: "right" },
      { heading: words.cpuRatio, align: "right" },
    ],
    reports.map(({ name, requests, expected, expectedFrom, surprises, ours, edr, ratio, oursCpu, edrCpu }) => [
      name,
      String(requests),
      expectedFrom === "none" ? "" : String(expected),
      expectedFrom === "none" ? "" : String(surprises.length),
      seconds(ours.median),
      seconds(edr?.median),
      ratio === undefined ? "" : ratio.toFixed(2),
      edrCpu === undefined ? "" : (oursCpu.median / edrCpu.median).toFixed(2),
    ]),
  );
  const lines = [table];
  for (const report of reports) lines.push(...notesOf(report, words, shown));
  return lines.join("\n");
}

function notesOf(report: LogReport, words: Words, shown: number): string[] {
  const { name, fork, expectedFrom, surprises, peerSurprises, differences } = report;
  const lines: string[] = [];
  if (fork !== undefined) lines.push(words.otherFork(name, fork.asked, fork.taken));
  if (expectedFrom === "edr") lines.push(words.expectedFromEdr(name));
  if (expectedFrom === "none") lines.push(words.nothingExpected(name));
  if (surprises.length > 0) lines.push("", words.surprises(name, Math.min(shown, surprises.length), surprises.length));
  for (const surprise of surprises.slice(0, shown)) lines.push(lineOf(surprise, words));
  if (peerSurprises.length > 0) {
    lines.push("", words.peerSurprises(name, Math.min(shown, peerSurprises.length), peerSurprises.length));
    for (const surprise of peerSurprises.slice(0, shown)) lines.push(lineOf(surprise, words));
  }
  if (differences === undefined) return lines;
  const count = differences.reduce((sum, group) => sum + group.count, 0);
  lines.push("", words.differences(name, count));
  for (const group of differences.slice(0, shown)) {
    lines.push(
      `  ${group.count} ${group.method}${group.fields === "" ? "" : ` (${group.fields})`} #${group.index}`,
      `    ${words.ours}: ${cut(group.ours)}`,
      `    ${words.edr}: ${cut(group.theirs)}`,
    );
  }
  return lines;
}

function lineOf({ index, kind, method, message }: Surprise, words: Words): string {
  const what = kind === "unexpected-failure" ? words.failed : words.succeeded;
  return `  #${index} ${method}: ${what}${message === "" ? "" : ` (${cut(message)})`}`;
}

function cut(text: string): string {
  const line = text.replaceAll("\n", " ");
  return line.length > MESSAGE ? `${line.slice(0, MESSAGE)}…` : line;
}
