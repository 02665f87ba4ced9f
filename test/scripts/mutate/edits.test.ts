import { expect } from "chai";
import { findEdits } from "../../../scripts/mutate/edits.ts";
import { applyEdit } from "../../../scripts/mutate/mutant.ts";
import { parseSolidity } from "../../../scripts/mutate/parse.ts";

/** The faults found in the body of a function, as `kind: what stood there -> what stands there now`. */
function faultsIn(body: string, modifiers = ""): string[] {
  const source = contractWith(body, modifiers);
  return findEdits(parseSolidity(source), source).map((edit) => {
    const { kind, before, after } = applyEdit(source, edit);
    return `${kind}: ${before} -> ${after}`;
  });
}

/** The function is preceded by words of more than one byte each, which solc counts as bytes. */
function contractWith(body: string, modifiers = ""): string {
  return `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;
/// @notice 预付卡 a < b && c; require(false)
contract Sample is Base {
    uint256 private constant LIMIT = 10 + 1;
    constructor(uint256 a) Base(a) {}
    function sample(uint256 a, uint256 b, bool c) external ${modifiers} returns (uint256 r) {
        /* 余额 a + b */ ${body}
    }
}
`;
}

describe("mutation: faults", () => {
  it("given comparisons, moves the bound by one and turns it round", () => {
    expect(faultsIn("c = a < b;")).to.deep.equal([
      "drop-statement: c = a < b; -> {}",
      "comparison: < -> <=",
      "comparison: < -> >=",
    ]);
    expect(faultsIn("c = a >= b;").slice(1)).to.deep.equal(["comparison: >= -> <", "comparison: >= -> >"]);
    expect(faultsIn("c = a == b;").slice(1)).to.deep.equal(["comparison: == -> !="]);
  });

  it("given a condition in parts, swaps and, or and not", () => {
    expect(faultsIn("c = c && !c || c;").slice(1)).to.have.members([
      "logic: && -> ||",
      "logic: ! -> ",
      "logic: || -> &&",
    ]);
  });

  it("given arithmetic, swaps the operator and moves each number by one", () => {
    expect(faultsIn("r = (a + b) * 1_000 - 0;").slice(1)).to.have.members([
      "arithmetic: + -> -",
      "arithmetic: * -> /",
      "arithmetic: - -> +",
      "literal: 1_000 -> 1001",
      "literal: 1_000 -> 999",
      "literal: 0 -> 1",
    ]);
    expect(faultsIn("a += b; a++; --b;")).to.include.members([
      "arithmetic: += -> -=",
      "arithmetic: ++ -> --",
      "arithmetic: -- -> ++",
    ]);
  });

  it("given a rounding or an extreme, takes its opposite", () => {
    expect(faultsIn("r = Money.shareUp(a, b);").slice(1)).to.deep.equal(["rounding: shareUp -> shareDown"]);
    expect(faultsIn("r = a.mulDiv(b, a, Math.Rounding.Floor);").slice(1)).to.deep.equal(["rounding: Floor -> Ceil"]);
    expect(faultsIn("r = Money.min(a, b);").slice(1)).to.deep.equal(["extreme: min -> max"]);
  });

  it("given a check, drops it whichever way it is written", () => {
    expect(faultsIn("require(c, Bad(a));")).to.deep.equal(["drop-check: require(c, Bad(a)); -> {}"]);
    expect(faultsIn("if (c) revert Bad(a);")).to.have.members(["condition: c -> !(c)", "drop-check: c -> false"]);
    expect(faultsIn("if (c) { revert Bad(a); }")).to.include("drop-check: c -> false");
    expect(faultsIn("if (c) return a;")).to.deep.equal(["condition: c -> !(c)"]);
  });

  it("given statements, leaves out each alone: a call, an assignment, an event, a deletion", () => {
    expect(faultsIn("book.record(a); emit Done(a); delete r;")).to.have.members([
      "drop-statement: book.record(a); -> {}",
      "drop-event: emit Done(a); -> {}",
      "drop-statement: delete r; -> {}",
    ]);
  });

  it("given modifiers, leaves out each, but not the arguments of a base", () => {
    expect(faultsIn("return a;", "restricted whenRunning(c)")).to.deep.equal([
      "drop-modifier: restricted -> ",
      "drop-modifier: whenRunning(c) -> ",
    ]);
  });

  it("given comments, text and constants, leaves them alone", () => {
    expect(faultsIn('// a < b\n revert("a < b");')).to.deep.equal(['drop-check: revert("a < b"); -> {}']);
  });

  it("given any fault, says its line, changes nothing else, and leaves Solidity behind", () => {
    const source = contractWith("if (a > 2 || c) { r = Money.max(a, b) / 3; emit Done(r); }", "restricted");
    const edits = findEdits(parseSolidity(source), source);
    expect(edits.length).to.be.greaterThan(10);
    for (const edit of edits) {
      const mutant = applyEdit(source, edit);
      expect(mutant.before).to.not.equal(mutant.after);
      expect(mutant.source).to.equal(replaceInLine(source, mutant.line, edit, mutant.after));
      expect(() => parseSolidity(mutant.source)).to.not.throw();
      expect(source.split("\n")[mutant.line - 1])
        .to.equal(mutant.soundLine)
        .and.to.include(mutant.before);
    }
  });

  it("given text that is no Solidity, says so", () => {
    expect(() => parseSolidity("contract {")).to.throw();
  });
});

/** The same change, made on characters instead of bytes. */
function replaceInLine(source: string, line: number, edit: { start: number; end: number }, after: string): string {
  const lines = source.split("\n");
  const before = Buffer.from(source).subarray(0, edit.start).toString();
  const column = before.length - (before.lastIndexOf("\n") + 1);
  const length = Buffer.from(source).subarray(edit.start, edit.end).toString().length;
  const sound = lines[line - 1] ?? "";
  lines[line - 1] = sound.slice(0, column) + after + sound.slice(column + length);
  return lines.join("\n");
}
