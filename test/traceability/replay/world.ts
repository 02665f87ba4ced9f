import type { Hex } from "viem";
import type { CapturedEvent } from "../../../apps/trace-common/epcis/index.ts";
import {
  type Actor,
  bond,
  commission,
  destroy,
  type EventTerms,
  epcis,
  GTIN,
  giai,
  grai,
  KIND,
  lgtin,
  loose,
  observe,
  PARTY,
  pack,
  qty,
  receive,
  sell,
  sgtin,
  ship,
  sscc,
  type Trace,
  transform,
  transformation,
  unpack,
} from "../../fixtures/trace.ts";

/** Who acts in the random sequences. */
export const ACTORS: readonly Actor[] = ["grower", "processor", "shop"];
/** Lots of leaf. */
export const LEAVES = [lgtin(GTIN.LEAF, "L1"), lgtin(GTIN.LEAF, "L2")] as const;
/** Lots of tea. */
export const TEAS = [lgtin(GTIN.TEA, "T1"), lgtin(GTIN.TEA, "T2")] as const;
/** Lots that move, all in kilograms. */
export const LOTS: readonly Hex[] = [...LEAVES, ...TEAS];
/** Items with a product. */
export const BOXES = ["1", "2", "3"].map((serial) => sgtin(GTIN.BOX, serial));
/** Logistic units, which packing creates, and a crate that is commissioned. */
export const CONTAINERS = [sscc(1), sscc(2), grai("1")];
/** What is neither product nor container. */
export const ASSETS = [giai("SENSOR1")];
/** Every item and container. */
export const OBJECTS = [...BOXES, ...CONTAINERS, ...ASSETS];

/** The consignee of goods that whoever receives first has. */
export const ANYBODY = 2 ** 32 - 1;

/** Four numbers that decide what a step is about. */
export type Dice = readonly [number, number, number, number];

/** What a step would capture, and for whom. */
export interface Attempt {
  readonly actor: Actor;
  readonly event: CapturedEvent;
}

const pick = <T>(list: readonly T[], die: number): T => {
  const chosen = list[die % list.length];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
};

/** The party that possesses an object, or another one now and then, so that strangers try too. */
async function holder(trace: Trace, object: Hex, die: number): Promise<Actor> {
  const possessor = await trace.state.read.possessorOf([object]);
  const actor = ACTORS.find((name) => PARTY[name] === possessor);
  return actor === undefined || die % 7 === 0 ? pick(ACTORS, die) : actor;
}

const statement = (die: number): EventTerms => ({
  ...(die % 2 === 0 ? { location: 1 + (die % 3) } : {}),
  ...(die % 5 === 0 ? { set: 1n << 8n } : {}),
  ...(die % 7 === 0 ? { unset: 1n << 8n } : {}),
});

/** Kilograms from 1 to 20. */
const kilograms = (die: number): number => 1 + (die % 20);

type Maker = (trace: Trace, dice: Dice) => Promise<Attempt>;

/** What can be tried, each with its weight. */
export const ACTIONS: Readonly<Record<string, { readonly weight: number; readonly make: Maker }>> = {
  grow: {
    weight: 3,
    make: async (_, [a, b, c]) => ({
      actor: a % 5 === 0 ? "processor" : "grower",
      event: commission([qty(pick(LOTS.slice(0, 2), a), kilograms(b) + 10)], statement(c)),
    }),
  },
  commission: {
    weight: 4,
    make: async (_, [a, b, c]) => ({
      actor: a % 6 === 0 ? "shop" : "processor",
      event: commission([pick([...BOXES, grai("1"), ...ASSETS], b)], {
        ...statement(c),
        ...(c % 3 === 0 ? { ilmd: { lot: pick(LOTS, c) } } : {}),
      }),
    }),
  },
  shipLot: {
    weight: 5,
    make: async (_, [a, b, c]) => ({
      actor: pick(ACTORS, a),
      // Now and then to nobody by name.
      event: ship(
        [qty(pick(LOTS, b), kilograms(c))],
        c % 4 === 1 ? 0 : PARTY[pick(ACTORS, a + 1 + (b % 2))],
        statement(c),
      ),
    }),
  },
  receiveLot: {
    weight: 5,
    make: async (trace, [a, b, c]) => {
      const lot = pick(LOTS, b);
      for (const from of ACTORS) {
        const open = await trace.state.read.transitNode([PARTY[from], ANYBODY]);
        const left = await trace.state.read.amountAt([lot, open]);
        if (left > 0n && c % 2 === 0) {
          const part = { ...qty(lot, 1), amount: c % 3 === 0 ? left / 2n : left };
          if (c % 5 === 0) return { actor: from, event: epcis({ step: "void_shipping", quantities: [part] }) };
          return { actor: pick(ACTORS, a), event: receive([part], PARTY[from], statement(c)) };
        }
        for (const to of ACTORS) {
          const amount = await trace.transit(lot, from, to);
          if (amount > 0n) {
            const part = { ...qty(lot, 1), amount: c % 3 === 0 ? amount / 2n : amount };
            const refused = { flow: { fromHolder: PARTY[from], toHolder: PARTY[to] }, step: "void_shipping" };
            if (c % 5 === 0) {
              return { actor: a % 2 ? from : to, event: epcis({ ...refused, quantities: [part] }) };
            }
            return { actor: to, event: receive([part], PARTY[from], statement(c)) };
          }
        }
      }
      return { actor: pick(ACTORS, a), event: receive([qty(lot, 1)], PARTY[pick(ACTORS, c)]) };
    },
  },
  shipItem: {
    weight: 6,
    make: async (trace, [a, b, c]) => {
      const root = await trace.state.read.rootOf([pick(OBJECTS, a)]);
      const carrier = c % 3 === 0 ? { flow: { carrier: PARTY.carrier } } : {};
      return {
        actor: await holder(trace, root, b),
        event: ship([root], c % 4 === 1 ? 0 : PARTY[pick(ACTORS, c)], { ...statement(c), ...carrier }),
      };
    },
  },
  receiveItem: {
    weight: 7,
    make: async (trace, [a, b, c]) => {
      const object = pick(OBJECTS, a);
      const all = await Promise.all(OBJECTS.map(async (id) => ({ id, state: await trace.stateOf(id) })));
      const moving = all.filter(({ state }) => state.consignee !== 0 && state.parent === trace.nothing);
      const chosen = moving.length === 0 ? undefined : pick(moving, a);
      if (chosen === undefined) return { actor: pick(ACTORS, b), event: receive([object], 0) };
      const to = ACTORS.find((name) => PARTY[name] === chosen.state.consignee) ?? pick(ACTORS, c);
      const from = ACTORS.find((name) => PARTY[name] === chosen.state.shipper) ?? "grower";
      if (c % 6 === 0) {
        return { actor: b % 2 ? from : to, event: epcis({ step: "void_shipping", objects: [chosen.id] }) };
      }
      const flow = c % 2 ? { toOwner: PARTY[to] } : {};
      const step = c % 4 === 0 ? "accepting" : "receiving";
      return { actor: to, event: receive([chosen.id], 0, { ...statement(b), step, flow }) };
    },
  },
  accept: {
    weight: 1,
    make: async (trace, [a, b]) => {
      const object = pick(OBJECTS, a);
      return { actor: await holder(trace, object, b), event: receive([object], 0, { step: "accepting" }) };
    },
  },
  pack: {
    weight: 7,
    make: async (trace, [a, b, c, d]) => {
      const parent = pick(CONTAINERS, a);
      const child = pick(OBJECTS, b);
      const lot = pick(LOTS, c);
      const actor = await holder(trace, d % 2 ? child : parent, d);
      const what = d % 3 === 0 ? [child, qty(lot, kilograms(c))] : d % 3 === 1 ? [child] : [qty(lot, kilograms(c))];
      return { actor, event: pack(parent, what, statement(d)) };
    },
  },
  unpack: {
    weight: 6,
    make: async (trace, [a, b, c]) => {
      const child = pick(OBJECTS, a);
      const { parent } = await trace.stateOf(child);
      const container = parent === trace.nothing ? pick(CONTAINERS, b) : parent;
      const actor = await holder(trace, container, c);
      const [lots, amounts] = await trace.state.read.lotsIn([container]);
      const [lot, amount] = [lots[0], amounts[0]];
      if (c % 3 === 0) return { actor, event: unpack(container, [], statement(b)) };
      if (c % 3 === 1 && lot !== undefined && amount !== undefined) {
        return { actor, event: unpack(container, [{ ...qty(lot, 1), amount: b % 2 ? amount : amount / 2n }]) };
      }
      return { actor, event: unpack(container, [child], statement(b)) };
    },
  },
  process: {
    weight: 6,
    make: async (_, [a, b, c, d]) => {
      const kg = kilograms(c);
      const shared = d % 3 === 0 ? { transformation: transformation(String(d % 2)) } : {};
      if (a % 4 === 0) {
        const [one, other] = b % 2 ? [LOTS[0], LOTS[1]] : [LOTS[2], LOTS[3]];
        const actor = pick(ACTORS, d);
        if (one === undefined || other === undefined) throw new Error("no lots");
        return { actor, event: transform([qty(one, kg)], [qty(other, kg)], statement(b)) };
      }
      if (a % 4 === 1) {
        const box = pick(BOXES, b);
        return { actor: "processor", event: transform([qty(pick(LOTS.slice(2), c), 1)], [box], shared) };
      }
      const [leaf, tea] = [pick(LOTS.slice(0, 2), b), pick(LOTS.slice(2), c)];
      if (d % 3 === 0 && a % 4 === 2) return { actor: "processor", event: transform([qty(leaf, kg)], [], shared) };
      if (d % 3 === 0) return { actor: "processor", event: transform([], [qty(tea, kg / 8)], shared) };
      return { actor: "processor", event: transform([qty(leaf, kg)], [qty(tea, kg / 4)], statement(b)) };
    },
  },
  end: {
    weight: 3,
    make: async (trace, [a, b, c]) => {
      const object = pick(OBJECTS, a);
      const actor = await holder(trace, object, b);
      const what = c % 3 === 0 ? [qty(pick(LOTS, a), kilograms(b))] : [object];
      return { actor, event: c % 2 ? sell(what) : destroy(what, statement(b)) };
    },
  },
  takeReturn: {
    weight: 2,
    make: async (trace, [a, b]) => {
      const object = pick(OBJECTS, a);
      const actor = await holder(trace, object, b);
      return { actor, event: receive([object], 0, { disposition: "returned" }) };
    },
  },
  associate: {
    weight: 4,
    make: async (trace, [a, b, c]) => {
      const child = pick([...ASSETS, ...BOXES], a);
      const parent = pick(CONTAINERS, b);
      const actor = await holder(trace, child, c);
      const { bond: present } = await trace.stateOf(child);
      if (present === trace.nothing || c % 4 === 0) return { actor, event: bond(parent, [child], statement(c)) };
      return { actor, event: c % 2 ? loose(present, [child]) : loose(present, []) };
    },
  },
  observe: {
    weight: 4,
    make: async (_, [a, b, c]) => ({
      actor: pick(ACTORS, a),
      event:
        c % 3 === 0
          ? epcis({
              kind: KIND.AGGREGATION,
              step: "inspecting",
              parent: pick(CONTAINERS, a),
              objects: [pick(OBJECTS, b)],
            })
          : observe([pick(OBJECTS, b), qty(pick(LOTS, a), 1)].slice(c % 2, 2), {
              ...statement(c),
              disposition: 1 + (b % 30),
            }),
    }),
  },
};
