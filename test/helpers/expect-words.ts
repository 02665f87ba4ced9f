import { expect } from "chai";
import { deployablesOf } from "./deployable.ts";

/** Meaning and cure by an error's name. */
export type Words = Readonly<Record<string, { readonly meaning: string; readonly cure?: string }>>;

const CHINESE = /[\u4e00-\u9fff]/;

/** The refusals of contracts and their words in both languages. */
export interface SpokenRefusals {
  /** The folders of `contracts/` whose errors they are. */
  readonly folders: readonly string[];
  readonly english: Words;
  readonly chinese: Words;
}

/**
 * Describes that no refusal lacks either language: neither an error of anything that can be deployed, nor one of the client, which holds the errors
 * of abstract contracts and libraries too.
 *
 * @param refusals - the errors and their words
 */
export function describeWords({ folders, english, chinese }: SpokenRefusals): void {
  it("given every error of a contract that can be deployed, when looked up, then it has a meaning and a cure in English and in Chinese", async () => {
    const contracts = await deployablesOf(...folders);
    const silent = contracts.flatMap(({ contract, abi }) =>
      abi
        .filter((item) => item.type === "error")
        .filter(({ name }) => !isWhole(english[name]) || !isWhole(chinese[name]))
        .map(({ name }) => `${contract}: ${name}`),
    );
    expect(silent).to.deep.equal([]);
    expect(contracts.length).to.be.greaterThan(folders.length);
  });

  it("given every documented error of the client, when looked up, then it is translated, and nothing else is", () => {
    expect(Object.keys(chinese).sort()).to.deep.equal(Object.keys(english).sort());
  });

  it("given every translation, when compared, then meaning and cure are Chinese and name the same functions and fields", () => {
    const wrong = Object.entries(english).filter(([name, { cure }]) => {
      const words = chinese[name];
      const spoken = CHINESE.test(words?.meaning ?? "") && CHINESE.test(words?.cure ?? "");
      return !spoken || codesIn(words?.cure) !== codesIn(cure);
    });
    expect(wrong.map(([name]) => name)).to.deep.equal([]);
  });
}

function isWhole(words: Words[string] | undefined): boolean {
  return words !== undefined && words.meaning !== "" && words.cure !== undefined && words.cure !== "";
}

/** What stands between backticks, in alphabetical order. */
function codesIn(text = ""): string {
  return [...new Set(text.match(/`[^`]+`/g))].sort().join(" ");
}
