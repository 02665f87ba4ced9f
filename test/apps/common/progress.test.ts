import { createProgress } from "@banyan/app-common/app";
import { expect } from "chai";

function play(isTTY: boolean) {
  let written = "";
  let time = 0;
  const progress = createProgress({
    stream: { isTTY, write: (text) => (written += text) },
    total: 100,
    now: () => time,
    unit: "events/s",
  });
  for (let done = 1; done <= 100; done++) {
    time += 10;
    progress.at(done, "March");
  }
  progress.say("a line");
  progress.end();
  return written;
}

describe("progress of a long work", () => {
  it("given a pipe, when a hundred steps are done, then ten lines and the said one are written", () => {
    const lines = play(false).trimEnd().split("\n");
    expect(lines).to.have.length(11);
    expect(lines[4]).to.match(/ 50 % {2}50\/100 {2}100 events\/s {2}March$/);
  });

  it("given a terminal, when steps come fast, then the line is redrawn at most every tenth of a second", () => {
    const redrawn = play(true).split("\u001b[2K").length - 1;
    expect(redrawn).to.be.within(8, 13);
  });
});
