import type { Address, Word } from "@banyan/chain";
import { expect } from "chai";
import fc from "fast-check";
import { fromHex, toHex } from "../../../chain/src/codec/hex.ts";
import { ChainError } from "../../../chain/src/errors.ts";
import { accountsRoot } from "../../../chain/src/state/account-leaf.ts";
import { MissingPage } from "../../../chain/src/state/missing-page.ts";
import { createState, type State, type StateSnapshot } from "../../../chain/src/state/state.ts";
import { createTrieReader, proveAccount, type StateReader } from "../../../chain/src/state/state-reader.ts";
import { word } from "../support.ts";
import { ADDRESSES, type Edit, look, Model, type Picture, perform, SLOTS } from "./model.ts";

const address = fc.constantFrom(...ADDRESSES);
const slot = fc.constantFrom(...SLOTS);
const value = fc.constantFrom("", "01", "80", "ff".repeat(32)).map((hex) => fromHex(`0x${hex}`));
const amount = fc.constantFrom(0n, 1n, 2n ** 64n - 1n);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    do: fc.constant("balance" as const),
    address,
    amount: fc.constantFrom(0n, 7n, 2n ** 64n, 2n ** 256n - 1n),
  }),
  fc.record({ do: fc.constant("nonce" as const), address, amount }),
  fc.record({ do: fc.constant("code" as const), address, value }),
  { weight: 4, arbitrary: fc.record({ do: fc.constant("storage" as const), address, slot, value }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("transient" as const), address, slot, value }) },
  fc.record({ do: fc.constantFrom("warm" as const, "clear" as const, "delete" as const), address }),
  fc.record({ do: fc.constant("warmSlot" as const), address, slot }),
);
type Step =
  | { readonly do: "edit"; readonly edit: Edit }
  | { readonly do: "checkpoint" }
  | { readonly do: "revert" | "commit" }
  | { readonly do: "begin" | "seal" | "snapshot" }
  | { readonly do: "restore" | "release"; readonly which: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: fc.constant("edit" as const), edit }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("checkpoint" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("revert" as const, "commit" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("begin" as const, "seal" as const, "snapshot" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("restore" as const, "release" as const), which: fc.nat(3) }),
  },
);

const HOLDER: Address = `0x${"c0".repeat(20)}`;
const ONE = Uint8Array.of(1);

/** A key like those of a mapping: spread over all 32 bytes. */
function spread(index: number): Word {
  return `0x${(BigInt(index + 1) * 0x9e3779b97f4a7c15f39cc0605cedc8341082276bf3a27251f86c6a11d0c18e95n).toString(16).padStart(64, "0").slice(-64)}`;
}

function rootOf(state: State): string {
  return toHex(accountsRoot(state.root()));
}

describe("State tables", () => {
  it("given any edits, transactions, blocks, reverts and snapshots, answer as a model that copies everything, root included", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const state = createState();
        let model = new Model();
        let marks: { mark: number; model: Model }[] = [];
        let kept: { snapshot: StateSnapshot; world: ReadonlyMap<string, string> }[] = [];
        const begin = (): void => {
          state.beginTransaction();
          model.begin();
          marks = [];
        };
        begin();
        for (const one of steps) {
          if (one.do === "edit") {
            perform(state, one.edit);
            model.perform(one.edit);
          } else if (one.do === "checkpoint") marks.push({ mark: state.checkpoint(), model: model.copy() });
          else if (one.do === "commit") marks.pop();
          else if (one.do === "revert") {
            const last = marks.pop();
            if (last === undefined) continue;
            state.revert(last.mark);
            ({ model } = last);
          } else if (one.do === "begin") begin();
          else if (one.do === "seal") {
            expect(toHex(accountsRoot(state.seal()))).to.equal(toHex(accountsRoot(model.root())));
            begin();
          } else if (one.do === "snapshot") {
            begin();
            kept.push({ snapshot: state.snapshot(), world: model.world });
          } else if (one.do === "restore") {
            const chosen = kept[one.which];
            if (chosen === undefined) continue;
            state.restore(chosen.snapshot);
            model.returnTo(chosen.world);
            kept = kept.slice(0, one.which + 1);
            begin();
            expect(rootOf(state)).to.equal(toHex(accountsRoot(model.root())));
          } else if (one.do === "release") {
            const [chosen] = kept.splice(one.which, 1);
            if (chosen === undefined) continue;
            state.release(chosen.snapshot);
          }
          expect(look(state)).to.deep.equal(model.look());
        }
        expect(rootOf(state)).to.equal(toHex(accountsRoot(model.root())));
      }),
      { numRuns: 400 },
    );
  });

  it("given a base that lacks its pages at first, nothing changes until they are there, and then all is as over a base that has them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 20 }), fc.array(edit, { maxLength: 20 }), async (below, above) => {
        const bottom = createState();
        for (const one of below) perform(bottom, one);
        const whole = createTrieReader(bottom.seal(), bottom.codes);
        const state = createState({ base: withHoles(whole), codes: bottom.codes });
        const twin = createState({ base: whole, codes: bottom.codes });
        const retry = async <T>(work: () => T): Promise<T> => {
          for (;;) {
            const before = state.checkpoint();
            try {
              return work();
            } catch (error) {
              if (!(error instanceof MissingPage)) throw error;
              state.revert(before);
              await error.load();
            }
          }
        };
        for (const one of above) {
          await retry(() => perform(state, one));
          perform(twin, one);
        }
        expect(await retry((): Picture => look(state))).to.deep.equal(look(twin));
      }),
      { numRuns: 60 },
    );
  });

  it("given 40,000 slots, finds each, and none after a revert", () => {
    const state = createState();
    const { exports } = state.machine;
    const mark = state.checkpoint();
    for (let i = 0; i < 40_000; i++) state.setStorage(HOLDER, spread(i), Uint8Array.of(1 + (i % 255)));
    expect(exports.slotCount()).to.equal(40_000);
    for (let i = 0; i < 40_000; i++) expect(state.getStorage(HOLDER, spread(i))[0]).to.equal(1 + (i % 255));
    state.revert(mark);
    expect(exports.slotCount()).to.equal(0);
    expect(exports.accountCount()).to.equal(0);
    expect(state.getStorage(HOLDER, spread(39_999))).to.have.length(0);
    expect(state.seal()).to.equal(undefined);
  });

  it("given 10,000 reverted calls that each touch fresh slots and accounts, uses no more memory than after the first ones", () => {
    const state = createState();
    const { exports } = state.machine;
    let after = 0;
    for (let call = 0; call < 10_000; call++) {
      const before = state.snapshot();
      state.beginTransaction();
      for (let i = 0; i < 4; i++) {
        state.setStorage(HOLDER, spread(4 * call + i), ONE);
        state.setTransient(HOLDER, spread(4 * call + i), ONE);
      }
      state.warm(`0x${call.toString(16).padStart(40, "0")}`);
      state.restore(before);
      state.release(before);
      if (call === 10) after = exports.heapSize();
    }
    expect(exports.heapSize()).to.equal(after);
  });

  it("given blocks that look at ever new slots and accounts, or fill and empty them, keeps none of them", () => {
    const state = createState();
    state.setBalance(HOLDER, 1n);
    state.seal();
    const { exports } = state.machine;
    for (let block = 0; block < 1_000; block++) {
      state.beginTransaction();
      state.warmSlot(HOLDER, spread(3 * block));
      state.setStorage(HOLDER, spread(3 * block + 1), ONE);
      state.setTransient(HOLDER, spread(3 * block + 2), ONE);
      state.warm(`0x${block.toString(16).padStart(40, "0")}`);
      state.seal();
      state.beginTransaction();
      state.setStorage(HOLDER, spread(3 * block + 1), new Uint8Array(0));
      state.seal();
      expect(state.isWarmSlot(HOLDER, spread(3 * block))).to.equal(false);
    }
    expect(exports.slotCount()).to.equal(0);
    expect(exports.accountCount()).to.equal(1);
  });

  it("given a closed state over a base, the next one takes its machine and sees nothing of it", () => {
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 20 }),
        fc.array(edit, { maxLength: 20 }),
        fc.boolean(),
        (one, other, seals) => {
          const bottom = createState();
          perform(bottom, { do: "storage", address: HOLDER, slot: word(1), value: ONE });
          const base = createTrieReader(bottom.seal(), bottom.codes);
          const first = createState({ base, codes: bottom.codes });
          const mark = first.snapshot();
          for (const change of one) perform(first, change);
          if (seals) first.release(mark);
          first.close();
          const second = createState({ base, codes: bottom.codes });
          expect(second.machine).to.equal(first.machine);
          expect(second.machine.exports.slotCount()).to.equal(0);
          const fresh = createState({ base, codes: new Map(bottom.codes) });
          expect(fresh.machine).to.not.equal(second.machine);
          for (const state of [second, fresh]) {
            state.beginTransaction();
            for (const change of other) perform(state, change);
          }
          expect(look(second)).to.deep.equal(look(fresh));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("given tables and tries beyond 2 GiB, reads, reverts and proves as below", () => {
    const [low, high] = [createState(), createState()];
    high.machine.exports.allocateBlock(2 ** 31);
    const answers = [low, high].map((state) => {
      state.setBalance(HOLDER, 2n ** 200n);
      state.setNonce(HOLDER, 3n);
      state.setCode(HOLDER, ONE);
      for (let i = 0; i < 200; i++) state.setStorage(HOLDER, spread(i), Uint8Array.of(i + 1, i));
      const before = state.seal();
      state.beginTransaction();
      const mark = state.checkpoint();
      state.setStorage(HOLDER, spread(1), ONE);
      state.warmSlot(HOLDER, spread(2));
      const seen = [
        toHex(state.getOriginalStorage(HOLDER, spread(1))),
        state.isWarmSlot(HOLDER, spread(2)),
        state.getBalance(HOLDER),
        state.getNonce(HOLDER),
        toHex(state.getCode(HOLDER)),
      ];
      state.revert(mark);
      const proof = proveAccount(before, HOLDER, [spread(7)]);
      const past = createTrieReader(before, state.codes);
      const account = past.account(HOLDER);
      const then = [account?.balance, account?.nonce, account?.codeHash, toHex(past.storage(HOLDER, spread(9)))];
      return [seen, rootOf(state), proof, then];
    });
    expect(high.machine.exports.heapSize()).to.be.lessThan(0);
    expect(answers[1]).to.deep.equal(answers[0]);
  });

  it("given 4 GiB in use, refuses what needs more by a code of its own", () => {
    const state = createState();
    state.machine.exports.allocateBlock(2 ** 31);
    state.machine.exports.allocateBlock(2 ** 30);
    const fill = (): void => {
      for (let bits = 29; bits > 4; bits--) state.machine.exports.allocateBlock(2 ** bits);
      for (let i = 0; i < 3_000; i++) state.setStorage(HOLDER, spread(i), ONE);
    };
    expect(fill).to.throw(ChainError).with.property("code", "STATE_FULL");
  });

  it("given storage that is cleared in one block and written again in the next, the root knows only what was written again", () => {
    const state = createState();
    state.setNonce(HOLDER, 1n);
    state.setStorage(HOLDER, word(1), ONE);
    state.setStorage(HOLDER, word(2), ONE);
    state.seal();
    state.beginTransaction();
    state.clearStorage(HOLDER);
    state.seal();
    state.beginTransaction();
    state.setStorage(HOLDER, word(2), Uint8Array.of(5));
    const plain = createState();
    plain.setNonce(HOLDER, 1n);
    plain.setStorage(HOLDER, word(2), Uint8Array.of(5));
    expect(rootOf(state)).to.equal(rootOf(plain));
    expect(state.getStorage(HOLDER, word(1))).to.have.length(0);
  });

  it("given a revert across a root, the next root is that of what is left", () => {
    const gentle = edit.filter((one) => one.do !== "clear" && one.do !== "delete");
    const edits = fc.array(gentle, { maxLength: 12 });
    fc.assert(
      fc.property(edits, edits, edits, edits, (kept, undone, after, last) => {
        const state = createState();
        for (const one of kept) perform(state, one);
        const expected = createState();
        for (const one of kept) perform(expected, one);
        state.beginTransaction();
        const mark = state.checkpoint();
        for (const one of undone) perform(state, one);
        state.root();
        for (const one of after) perform(state, one);
        state.revert(mark);
        expect(rootOf(state)).to.equal(rootOf(expected));
        for (const one of last) {
          perform(state, one);
          perform(expected, one);
        }
        expect(rootOf(state)).to.equal(rootOf(expected));
      }),
    );
  });

  it("given a slot warmed before its account's storage is cleared, the slot stays warm", () => {
    const state = createState();
    state.beginTransaction();
    state.warmSlot(HOLDER, word(1));
    state.clearStorage(HOLDER);
    expect(state.isWarmSlot(HOLDER, word(1))).to.equal(true);
  });
});

/** The reader, with every page missing until it was loaded once. */
function withHoles(whole: StateReader): StateReader {
  const loaded = new Set<string>();
  const need = (page: string): void => {
    if (loaded.has(page)) return;
    throw new MissingPage(async () => {
      loaded.add(page);
    });
  };
  return {
    account(address) {
      need(address);
      return whole.account(address);
    },
    storage(address, slot) {
      need(`${address} ${slot}`);
      return whole.storage(address, slot);
    },
    code: (codeHash) => whole.code(codeHash),
  };
}
