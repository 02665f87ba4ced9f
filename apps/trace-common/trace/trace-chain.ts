import type { Hex } from "viem";
import type { CapturedDeclaration, CapturedEvent, CapturedQuantity, Masters } from "../epcis/index.ts";

/** A place that is filed. */
export interface FiledPlace {
  readonly place: number;
  readonly owner: number;
}

/** What an import needs of a chain. */
export interface TraceChain {
  /** The parties of GLNs and of commitments of confidential partners; what is not filed is left out. */
  parties(keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The GLNs of parties; confidential partners are left out. */
  glns(parties: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** The places of SGLNs, by `gln/extension`. */
  places(keys: readonly string[]): Promise<ReadonlyMap<string, FiledPlace>>;
  /** Which of the GTINs are filed. */
  products(gtins: readonly string[]): Promise<ReadonlySet<string>>;
  /** Files what of the masters is not filed yet: by the platform's account. Of products with GTINs in `extend` further producers are licensed. */
  register(
    masters: Masters,
    extend?: ReadonlySet<string>,
  ): Promise<{ readonly parties: number; readonly places: number; readonly products: number }>;
  /** Which of the events were captured before. */
  captured(contentIds: readonly Hex[]): Promise<ReadonlySet<Hex>>;
  /** Which of the items, containers and assets were ever commissioned. */
  existing(objects: readonly Hex[]): Promise<ReadonlySet<Hex>>;
  /** Who possesses the first of the things that anybody possesses. */
  possessor(objects: readonly Hex[]): Promise<number | undefined>;
  /** How much of a lot is at a node, in millionths, by `lot/node`. */
  amounts(pairs: readonly (readonly [lot: Hex, node: Hex])[]): Promise<ReadonlyMap<string, bigint>>;
  /** The quantities that lie in containers. */
  inside(containers: readonly Hex[]): Promise<ReadonlyMap<Hex, readonly CapturedQuantity[]>>;
  /** Lets parties declare what is in circulation already. */
  allowOpening(parties: readonly number[]): Promise<void>;
  /** Captures events of one party, all or none; with more gas than usual where that is given. */
  capture(
    by: number,
    events: readonly CapturedEvent[],
    opening: boolean,
    gas?: bigint,
  ): Promise<{ readonly gasUsed: bigint }>;
  /** The most gas that a transaction may have: that of a block. */
  mostGas(): Promise<bigint>;
  /** Declares a captured event erroneous. */
  declare(by: number, event: CapturedEvent, declaration: CapturedDeclaration): Promise<{ readonly gasUsed: bigint }>;
  /** The time of the latest block, in seconds. */
  now(): Promise<bigint>;
  /** What a contract refused with, as a code of its own with message and cure; nothing for any other failure. */
  refusal(error: unknown): ChainRefusal | undefined;
}

/** A contract's refusal. */
export interface ChainRefusal {
  /** The custom error's name. */
  readonly name: string;
  readonly message: { readonly en: string; readonly zh: string };
  readonly cure: { readonly en: string; readonly zh: string };
  /** Things that the error names. */
  readonly objects: readonly Hex[];
}
