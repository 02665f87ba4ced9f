import type { EpcisRepository, ProductCatalogue, TraceLineage, TraceState, TradeParties } from "../../client/index.ts";

/** The contracts that import, export and history work with. */
export interface TraceContracts {
  readonly parties: TradeParties;
  readonly products: ProductCatalogue;
  readonly repository: EpcisRepository;
  readonly state: TraceState;
  readonly lineage: TraceLineage;
}
