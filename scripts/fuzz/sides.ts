import { createEthereumjsEngine } from "../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts";
import { createMachineEngine } from "../../chain/src/engine/machine/create-machine-engine.ts";
import { createState } from "../../chain/src/state/state.ts";
import type { Side } from "./compare-engines.ts";
import { CHAIN_ID } from "./scenario.ts";

/** The EVM of ethereumjs: the oracle. */
export const ethereumjsSide: Side = {
  name: "ethereumjs",
  createEngine: (fork) => createEthereumjsEngine({ fork, chainId: CHAIN_ID, allowUnlimitedContractSize: false }),
  createState: () => createState(),
};

/** The compiled engine: the one that is judged. */
export const machineSide: Side = {
  name: "machine",
  createEngine: (fork) => createMachineEngine({ fork, chainId: CHAIN_ID, allowUnlimitedContractSize: false }),
  createState: () => createState(),
};
