import type { Address, Word } from "@banyan/chain";
import { DefaultStateManager } from "@nomicfoundation/ethereumjs-statemanager";
import { Account, Address as EvmAddress } from "@nomicfoundation/ethereumjs-util";
import { expect } from "chai";
import fc from "fast-check";
import { fromHex, toHex } from "../../chain/src/codec/hex.ts";
import { accountsRoot } from "../../chain/src/state/account-leaf.ts";
import { createState, type State, type StateSnapshot } from "../../chain/src/state/state.ts";
import { createTrieReader } from "../../chain/src/state/state-reader.ts";
import { word } from "./support.ts";

const ADDRESSES: readonly Address[] = Array.from(
  { length: 4 },
  (_, i): Address => `0x${(i + 1).toString(16).padStart(40, "a")}`,
);
const SLOTS: readonly Word[] = [0, 1, 2].map(word);

const address = fc.constantFrom(...ADDRESSES);
const slot = fc.constantFrom(...SLOTS);
const amount = fc.bigInt({ min: 0n, max: 5n });
const value = fc.constantFrom("", "01", "02", "ff00").map((hex) => fromHex(`0x${hex}`));
const edit = fc.oneof(
  fc.record({ do: fc.constant("balance" as const), address, amount }),
  fc.record({ do: fc.constant("nonce" as const), address, amount }),
  fc.record({ do: fc.constant("code" as const), address, value }),
  fc.record({ do: fc.constant("storage" as const), address, slot, value }),
  fc.record({ do: fc.constant("storage" as const), address, slot, value }),
  fc.record({ do: fc.constant("transient" as const), address, slot, value }),
  fc.record({ do: fc.constant("warm" as const), address }),
  fc.record({ do: fc.constant("warmSlot" as const), address, slot }),
  fc.record({ do: fc.constant("clear" as const), address }),
  fc.record({ do: fc.constant("delete" as const), address }),
);
const command = fc.oneof(
  { weight: 9, arbitrary: edit },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("checkpoint" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("revert" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("commit" as const) }) },
);
type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Edit = Generated<typeof edit>;

/** Everything a state can be asked, written out. */
interface Picture {
  readonly [question: string]: string;
}

function look(state: State): Picture {
  const seen: Record<string, string> = {};
  for (const one of ADDRESSES) {
    seen[`${one} balance`] = String(state.getBalance(one));
    seen[`${one} nonce`] = String(state.getNonce(one));
    seen[`${one} code`] = toHex(state.getCode(one));
    seen[`${one} exists`] = String(state.exists(one));
    seen[`${one} warm`] = String(state.isWarm(one));
    for (const key of SLOTS) {
      seen[`${one} ${key}`] = toHex(state.getStorage(one, key));
      seen[`${one} ${key} original`] = toHex(state.getOriginalStorage(one, key));
      seen[`${one} ${key} transient`] = toHex(state.getTransient(one, key));
      seen[`${one} ${key} warm`] = String(state.isWarmSlot(one, key));
    }
  }
  return seen;
}

/** The same questions answered by the plainest model there is: maps, copied whole at each checkpoint. */
class Model {
  values = new Map<string, string>();
  originals = new Map<string, string>();

  apply(change: Edit): void {
    const { values } = this;
    const at = change.address;
    if (change.do === "balance" || change.do === "nonce") values.set(`${at} ${change.do}`, String(change.amount));
    if (change.do === "code") values.set(`${at} code`, toHex(change.value));
    if (change.do === "storage") values.set(`${at} ${change.slot}`, toHex(change.value));
    if (change.do === "transient") values.set(`${at} ${change.slot} transient`, toHex(change.value));
    if (change.do === "warm") values.set(`${at} warm`, "true");
    if (change.do === "warmSlot") values.set(`${at} ${change.slot} warm`, "true");
    if (change.do === "clear" || change.do === "delete") for (const key of SLOTS) values.delete(`${at} ${key}`);
    if (change.do === "delete") for (const field of ["balance", "nonce", "code"]) values.delete(`${at} ${field}`);
  }

  /** Storage values; the rest is the same by construction. */
  look(): Picture {
    const { values } = this;
    const seen: Record<string, string> = {};
    for (const one of ADDRESSES) {
      const balance = values.get(`${one} balance`) ?? "0";
      const nonce = values.get(`${one} nonce`) ?? "0";
      const code = values.get(`${one} code`) ?? "0x";
      Object.assign(seen, { [`${one} balance`]: balance, [`${one} nonce`]: nonce, [`${one} code`]: code });
      seen[`${one} exists`] = String(balance !== "0" || nonce !== "0" || code !== "0x");
      seen[`${one} warm`] = values.get(`${one} warm`) ?? "false";
      for (const key of SLOTS) {
        seen[`${one} ${key}`] = values.get(`${one} ${key}`) ?? "0x";
        seen[`${one} ${key} transient`] = values.get(`${one} ${key} transient`) ?? "0x";
        seen[`${one} ${key} warm`] = values.get(`${one} ${key} warm`) ?? "false";
      }
    }
    return seen;
  }
}

function perform(state: State, change: Edit): void {
  if (change.do === "balance") state.setBalance(change.address, change.amount);
  if (change.do === "nonce") state.setNonce(change.address, change.amount);
  if (change.do === "code") state.setCode(change.address, change.value);
  if (change.do === "storage") state.setStorage(change.address, change.slot, change.value);
  if (change.do === "transient") state.setTransient(change.address, change.slot, change.value);
  if (change.do === "warm") state.warm(change.address);
  if (change.do === "warmSlot") state.warmSlot(change.address, change.slot);
  if (change.do === "clear") state.clearStorage(change.address);
  if (change.do === "delete") state.deleteAccount(change.address);
}

/** The picture without original values, which the model leaves out. */
function plain(picture: Picture): Picture {
  return Object.fromEntries(Object.entries(picture).filter(([question]) => !question.endsWith("original")));
}

/** Root that the stock state manager of ethereumjs computes for what our state holds. */
async function stockRoot(state: State): Promise<string> {
  const stock = new DefaultStateManager();
  for (const one of ADDRESSES) {
    const storage = SLOTS.filter((key) => state.getStorage(one, key).length > 0);
    if (!state.exists(one) && storage.length === 0) continue;
    const at = new EvmAddress(fromHex(one));
    await stock.putAccount(at, new Account(state.getNonce(one), state.getBalance(one)));
    if (state.getCode(one).length > 0) await stock.putContractCode(at, state.getCode(one));
    for (const key of storage) await stock.putContractStorage(at, fromHex(key), state.getStorage(one, key));
  }
  return toHex(await stock.getStateRoot());
}

describe("State journal", () => {
  it("given any edits, checkpoints and reverts, answers as a model that copies everything", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const state = createState();
        const model = new Model();
        const marks: { mark: number; values: Map<string, string> }[] = [];
        state.beginTransaction();
        for (const one of commands) {
          if (one.do === "checkpoint") marks.push({ mark: state.checkpoint(), values: new Map(model.values) });
          else if (one.do === "commit") marks.pop();
          else if (one.do === "revert") {
            const last = marks.pop();
            if (last === undefined) continue;
            state.revert(last.mark);
            model.values = last.values;
          } else {
            perform(state, one);
            model.apply(one);
          }
          expect(plain(look(state))).to.deep.equal(model.look());
        }
      }),
      { numRuns: 300 },
    );
  });

  it("given edits with reverts between roots, every root is the one ethereumjs computes, and a snapshot restores all of it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(command, { maxLength: 15 }), { minLength: 2, maxLength: 6 }),
        async (blocks) => {
          const state = createState();
          const kept: { snapshot: StateSnapshot; picture: Picture; root: string }[] = [];
          for (const block of blocks) {
            const marks: number[] = [];
            state.beginTransaction();
            for (const one of block) {
              if (one.do === "checkpoint") marks.push(state.checkpoint());
              else if (one.do === "commit") marks.pop();
              else if (one.do === "revert") state.revert(marks.pop() ?? state.checkpoint());
              else perform(state, one);
            }
            state.beginTransaction();
            const root = toHex(accountsRoot(state.seal()));
            expect(root).to.equal(await stockRoot(state));
            kept.push({ snapshot: state.snapshot(), picture: look(state), root });
          }
          for (const { snapshot, picture, root } of kept.reverse()) {
            state.restore(snapshot);
            state.beginTransaction();
            expect(look(state)).to.deep.equal(picture);
            expect(toHex(accountsRoot(state.root()))).to.equal(root);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("given a state laid over a kept root, reads that root and leaves it as it was", () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 25 }), fc.array(edit, { maxLength: 25 }), (below, above) => {
        const state = createState();
        state.beginTransaction();
        for (const one of below) perform(state, one);
        state.beginTransaction();
        const root = state.seal();
        const picture = look(state);
        const overlay = createState({ base: createTrieReader(root, state.codes), codes: state.codes });
        overlay.beginTransaction();
        expect(look(overlay)).to.deep.equal(picture);
        const mark = overlay.checkpoint();
        const twin = createState();
        twin.beginTransaction();
        for (const one of below) perform(twin, one);
        twin.beginTransaction();
        for (const one of above) {
          perform(overlay, one);
          perform(twin, one);
          expect(look(overlay)).to.deep.equal(look(twin));
        }
        expect(look(state)).to.deep.equal(picture);
        overlay.revert(mark);
        overlay.beginTransaction();
        expect(look(overlay)).to.deep.equal(picture);
      }),
    );
  });

  it("given a second write in one transaction, the original value is that of its start", () => {
    const state = createState();
    const [one] = ADDRESSES as [Address];
    const [key] = SLOTS as [Word];
    state.setStorage(one, key, Uint8Array.of(7));
    state.beginTransaction();
    expect(state.getOriginalStorage(one, key)).to.deep.equal(Uint8Array.of(7));
    state.setStorage(one, key, Uint8Array.of(8));
    state.setStorage(one, key, Uint8Array.of(9));
    expect(state.getOriginalStorage(one, key)).to.deep.equal(Uint8Array.of(7));
    state.beginTransaction();
    expect(state.getOriginalStorage(one, key)).to.deep.equal(Uint8Array.of(9));
  });
});
