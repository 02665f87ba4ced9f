import { concat, encodeAbiParameters, type Hex, keccak256 } from "viem";

/** A single reading, as a leaf of the tree under a batch. */
export interface SingleReading {
  /** When it was made, in seconds. */
  readonly time: bigint;
  /** In the measure's unit. */
  readonly value: bigint;
  /** Keeps it from being guessed from its neighbour's proof. */
  readonly salt: Hex;
}

/** A tree over the readings of a batch. */
export interface ReadingTree {
  readonly root: Hex;
  /** The hashes beside the path of a reading. */
  proofOf(index: number): Hex[];
}

const LEAF = [{ type: "uint64" }, { type: "int64" }, { type: "bytes32" }] as const;

/**
 * The leaf of a reading, as OpenZeppelin's standard tree makes it: hashed twice, so that no inner node passes for a reading.
 *
 * @param reading - the reading
 */
export function leafOf({ time, value, salt }: SingleReading): Hex {
  return keccak256(keccak256(encodeAbiParameters(LEAF, [time, value, salt])));
}

/**
 * Makes the tree over readings, in the layout of OpenZeppelin's standard tree: leaves sorted, pairs sorted.
 *
 * @param readings - at least one
 */
export function readingTree(readings: readonly SingleReading[]): ReadingTree {
  const size = readings.length;
  if (size === 0) throw new RangeError("a tree needs a reading");
  const leaves = readings.map((reading, index) => ({ hash: leafOf(reading), index }));
  leaves.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));
  // The leaves stand at the end, in reverse; the children of node i are 2i + 1 and 2i + 2.
  const nodes = new Array<Hex>(2 * size - 1);
  const places = new Array<number>(size);
  for (const [order, { hash, index }] of leaves.entries()) {
    const place = nodes.length - 1 - order;
    nodes[place] = hash;
    places[index] = place;
  }
  for (let place = size - 2; place >= 0; place--)
    nodes[place] = pair(at(nodes, 2 * place + 1), at(nodes, 2 * place + 2));
  return {
    root: at(nodes, 0),
    proofOf(index) {
      const proof: Hex[] = [];
      for (let place = at(places, index); place > 0; place = Math.floor((place - 1) / 2)) {
        proof.push(at(nodes, place % 2 === 0 ? place - 1 : place + 1));
      }
      return proof;
    },
  };
}

function pair(a: Hex, b: Hex): Hex {
  return keccak256(a < b ? concat([a, b]) : concat([b, a]));
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`the tree has no reading ${index}`);
  return found;
}
