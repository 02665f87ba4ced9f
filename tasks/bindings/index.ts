import { task } from "hardhat/config";

/** `npx hardhat bindings`: see the description. */
export const bindingsTask = task(
  "bindings",
  "Generates the typed clients: apps/<app>/client/ from the contracts that apps/<app>/bindings.json names",
)
  .addFlag({
    name: "check",
    description: "Writes nothing; compares with what is committed and exits 1, naming each file that differs",
  })
  .setAction(() => import("./action.ts"))
  .build();
