import { readJsonLines } from "@banyan/app-common/app";
import { expect } from "chai";

const read = (content: string) => [...readJsonLines(content, "story.jsonl")];

describe("JSON Lines", () => {
  for (const [what, content, line] of [
    ["a broken object", '{"a":1}\n{"b":', 2],
    ["a list", '{"a":1}\n\n[1]', 3],
    ["a bare word", "null", 1],
  ] as const) {
    it(`given ${what}, when read, then file and line are named`, () => {
      expect(() => read(content))
        .to.throw()
        .with.property("code", "JSON_LINE_INVALID");
      expect(() => read(content)).to.throw(`story.jsonl:${line}`);
    });
  }

  it("given empty lines, a byte order mark and Windows line ends, when read, then lines keep their numbers", () => {
    expect(read('\uFEFF{"a":1}\r\n\r\n{"b":2}\r\n').map(({ number, value }) => [number, value])).to.deep.equal([
      [1, { a: 1 }],
      [3, { b: 2 }],
    ]);
  });
});
